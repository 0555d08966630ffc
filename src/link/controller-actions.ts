import type { ConventionRow, EntryModel } from '../model/catalog.js'
import type { FnFact } from '../model/facts.js'
import type { EntryRecord } from './analysis.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { eachExpression, isExpression } from './shape.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

type ExportModel = ConventionRow['exports'][string]

const VERB = /^(get|post|put|patch|delete|head|options)$/

/** `class extends think.Controller { async addAction() {} }` in `src/api/controller/cart.js`: the framework makes one for each request, and finds its methods by their names. */
export const enterActions = (library: Library, unit: Unit, inside: string, node: Ref, model: ExportModel, before: Map<FnFact, EntryRecord>): void => {
  const { a } = library
  const { actions } = model
  if (!actions) return
  const path = pathOf(inside, actions.below)
  a.evaluateLater(unit)
  a.solver.watch(node, (id) => {
    const value = a.value(id)
    if (value.kind !== 'class') return
    const self = library.components.instance(value, 'request')
    library.registration.members(constant(self.id), (name, field) => {
      if (name.endsWith(actions.ending)) enter(library, unit, self, field, model, path, name.slice(0, -actions.ending.length))
    })
    if (actions.before) goBefore(library, unit, self, actions.before, before)
  })
}

const enter = (library: Library, unit: Unit, self: ObjectValue, node: Ref, model: ExportModel, path: string, action: string): void => {
  const { a, registration } = library
  const verb = VERB.exec(action)?.[0].toUpperCase()
  library.functions(node, (fn) => {
    const record = placed(library, unit, fn, { kind: model.kind, method: verb ?? verbOf(library, unit, fn.fn, model) ?? 'ALL' }, action)
    record.route = verb === undefined ? `${path}/${action}` : path
    registration.handle(madeIn(unit), record, a.bound(fn, self), registration.params(model.params), 0)
  })
}

/** What a base class does before each action is one thing, whatever extends it. */
const goBefore = (library: Library, unit: Unit, self: ObjectValue, name: string, known: Map<FnFact, EntryRecord>): void => {
  library.functions(library.access.load(constant(self.id), name), (fn) => {
    const record = known.get(fn.fn) ?? placed(library, unit, fn, { kind: 'middleware' }, name)
    known.set(fn.fn, record)
    library.registration.handle(madeIn(unit), record, library.a.bound(fn, self), [], 0)
  })
}

/** The verb of an action that is not called by it: what a class beside it allows, or else what the action reads. */
const verbOf = ({ a }: Library, unit: Unit, fn: FnFact, { actions }: ExportModel): string | undefined => {
  const { verbs = [], allowed, below = '' } = actions ?? {}
  const beside = allowed && a.unitOf.get(unit.path.replace(`/${below}/`, `/${allowed.folder}/`))
  const said = beside?.facts.functions.filter(({ n }) => n !== undefined && n === fn.n).flatMap((one) => textsSet(one, allowed?.member ?? '')) ?? []
  if (said.length === 1) return said[0]?.toUpperCase()
  const read = new Set<string>()
  eachExpression(fn.body, (x) => { if (x.k === 'mem' && x.o.k === 'this') read.add(x.n) })
  return verbs.find(([, members]) => members.some((member) => read.has(member)))?.[0]
}

/** `this.allowMethods = 'get,post'` */
const textsSet = ({ body }: FnFact, member: string): string[] => {
  const found: string[] = []
  eachExpression(body, (x) => {
    if (x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.n === member && x.r.k === 'lit') found.push(...String(x.r.v).toLowerCase().split(/\s*,\s*/))
  })
  return found
}

const madeIn = (unit: Unit): Application => ({ inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING })

const placed = ({ registration }: Library, unit: Unit, fn: FnValue, model: EntryModel, name: string): EntryRecord => {
  const record = registration.at(registration.record(madeIn(unit), model, name), fn.unit, fn.fn.q, fn.fn.q + (fn.fn.n?.length ?? 1))
  record.site = undefined
  return record
}

/** `src/api/controller/user/cart.js` → `/api/user/cart`. */
const pathOf = (inside: string, below: string): string => {
  const parts = inside.replace(/\.\w+$/, '').split('/')
  const at = parts.indexOf(below)
  return `/${[...parts.slice(1, at), ...parts.slice(at + 1)].join('/')}`
}
