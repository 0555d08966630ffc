import type { EntryModel } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { EntryRecord } from './analysis.js'
import type { Instance, Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { NamedControllers } from './named-controllers.js'
import { sdlMethod } from './sdl-operations.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, openParams, type FnValue, type Value } from './values.js'
import { type Placed, calledMember, inheritedMember } from './written-places.js'

/** Field of a library object for the handlers that it stands for. */
export const HANDLERS = '@handlers'

/** Registrations of request-time code. */
export class Registration {
  private readonly controllers: NamedControllers

  constructor(private readonly library: Library) {
    this.controllers = new NamedControllers(library)
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  // ---------------------------------------------------------------- entries

  entry(made: Application, model: EntryModel): void {
    if (model.minArgs !== undefined && made.args.length < model.minArgs) return
    if (!this.library.conditions.holds(model.onlyWhen, made)) return
    if (model.deployed) return this.library.deployed.trigger(made, model)
    const listed = elementForm(model)
    if (listed) for (const list of this.library.arguments.refs(listed.list, made)) this.eachElement(made, listed.index, list, listed.model)
    const rest = listed ? listed.rest : model.handlers ?? ['last']
    for (const path of rest.filter(isNamed)) this.namedEntries(made, model, path)
    const plain = rest.filter((path) => !isNamed(path))
    if (plain.length > 0 || model.byItself) this.plainEntry(made, model, plain)
  }

  private plainEntry(made: Application, model: EntryModel, paths: string[]): void {
    const record = this.record(made, model)
    const params = this.sharedParams(made, model.params)
    const errors = model.errorParams && this.sharedParams(made, model.errorParams)
    const given: Ref[] = []
    if (model.byItself) record.opaque = true
    if (model.ofResult) this.a.solver.watch(made.result, (id) => this.belongTo(record, this.a.value(id)))
    if (model.resource) this.resource(made, model, (fn) => this.handle(made, record, fn, params, 0))
    else record.given = given
    paths.forEach((path, i) => {
      this.library.arguments.refs(path, model.madeAnew ? { ...made, calledIn: 'request' } : made).forEach((ref, j) => {
        if (made.result >= 0 && model.kind === 'lambda') this.keep(made.result, ref)
        given.push(ref)
        const see = (fn: FnValue): void => this.handle(made, record, fn, errors && openParams(fn) >= errors.length ? errors : params, i * 10 + j)
        this.handlers(made, ref, see)
        if (model.orLibrary) this.orLibrary(ref, model.orLibrary, record)
        if (model.named) this.named(made, ref, model.named, see)
      })
    })
  }

  private belongTo(record: EntryRecord, value: Value): void {
    if (value.kind === 'object') record.recv ??= value
  }

  private orLibrary(ref: Ref, packages: string[], record: EntryRecord, lists = new Set<number>()): void {
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      // A list may hold itself.
      if (value.kind === 'object' && value.shape === 'array' && lists.size !== lists.add(id).size) this.orLibrary(this.library.access.iterated(constant(id)), packages, record, lists)
      if (value.kind === 'lib' && packages.some((name) => value.path.startsWith(name))) Object.assign(record, { opaque: true, answeredBy: value.path })
    })
  }

  /** `Route.resource('boats', 'BoatController')`: a controller may lack some of the methods. */
  private resource(made: Application, model: EntryModel, see: (fn: FnValue) => void): void {
    this.a.solver.watch(made.args[1] ?? NOTHING, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string') this.library.namedHandlers.find(made, model.named ?? [], `${value.value}.${model.resource}`, see)
    })
  }

  /** What a call yields may stand for the handler that it was given (`middy(handler).use(…)`). */
  private keep(result: number, handler: Ref): void {
    this.a.solver.watch(result, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.path !== undefined && this.a.catalog.row(value.path)?.handles) this.a.solver.flow(handler, this.a.field(value, HANDLERS))
    })
  }

  /** `server.route([{ method, path, handler }, …])`: each object of the list is a registration of its own. */
  private eachElement(made: Application, index: number, list: Ref, model: EntryModel): void {
    this.a.solver.watch(this.library.access.iterated(list), (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object') return
      if (value.shape === 'array') return this.eachElement(made, index, constant(id), model)
      const args = made.args.map((arg, i) => (i === index ? constant(id) : arg))
      this.entry({ ...made, args, ...(value.site && value.env && { site: value.site, inst: value.env }) }, model)
    })
  }

  /** Functions of a handler argument; `[Controller, 'method']` and objects with a handler are asked for it. */
  private handlers(made: Application, ref: Ref, see: (fn: FnValue) => void): void {
    this.library.functions(ref, see)
    const written = made.site.k === 'call' ? made.site.a[made.args.indexOf(ref)] : undefined
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib' && written?.k === 'call') this.wrapped(made, written, value.path, see)
      if (value.kind === 'object' && value.shape === 'array') this.controllers.ofList(made, value, see)
      else if (value.kind === 'class') this.library.components.managed(value)
    })
  }

  private named(made: Application, ref: Ref, folders: string[], see: (fn: FnValue) => void): void {
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string') this.library.namedHandlers.find(made, folders, value.value, see)
    })
  }

  /** `app.post('/x', wrap(handler))` where nothing is known of a library's `wrap`: what it is given answers. */
  private wrapped(made: Application, call: Expr & { k: 'call' }, path: string, see: (fn: FnValue) => void): void {
    if (!path.endsWith('()') || path.startsWith('global#') || this.a.catalog.row(path) || this.a.catalog.row(path.slice(0, -2))) return
    for (const x of call.a) {
      if (x.k === 'fn' || x.k === 'ref' || x.k === 'mem') this.library.functions(this.library.ev.expression(made.inst, x), see)
    }
  }

  record(made: Application, model: EntryModel, name?: string): EntryRecord {
    const record: EntryRecord = {
      model, inst: made.inst, site: made.site, unit: made.inst.unit, start: made.site.p, end: made.site.e,
      methods: model.method ? [model.method] : [],
      methodRef: model.methodFrom ? this.library.arguments.ref(model.methodFrom, made) ?? NOTHING : NOTHING,
      pathRefs: (model.path ?? '').split('~').flatMap((path) => (path === '' ? [] : [this.library.arguments.ref(path, made) ?? NOTHING])),
      pathExpr: model.path !== undefined && /^\d(\.\w+)*$/.test(model.path) && made.site.k === 'call' ? writtenUnder(made.site.a, model.path.split('.')) : undefined,
      name, route: undefined, recv: made.recv?.kind === 'object' ? made.recv : undefined, handlers: [],
      ...(model.does?.model !== undefined && { workedOn: this.library.arguments.refs(model.does.model, made) }),
      ...(model.onlyWhen && { condition: this.library.arguments.ref(model.onlyWhen.arg, made) ?? NOTHING }),
    }
    this.a.entries.push(record)
    return record
  }

  params(paths: string[] | undefined): Ref[] {
    return (paths ?? []).map((path) => this.library.typed(path))
  }

  /** What handlers are given: routes that one file registers alike share it, since nothing tells their requests apart. */
  sharedParams(made: Application, paths: string[] | undefined): Ref[] {
    return (paths ?? []).map((path) => this.library.handed(made.inst.unit, path))
  }

  handle(made: Application, record: EntryRecord, fn: FnValue, params: Ref[], order: number): void {
    const phase = record.model.kind === 'job' ? 'background' : 'request'
    const [self] = record.model.thisIs === undefined ? [] : made.self === undefined ? this.sharedParams(made, [record.model.thisIs]) : [made.self]
    const instance = this.library.calls.invoke(made.inst, made.site, fn, [], params, NOTHING, { phase, later: true, context: this.a.root, ...(self !== undefined && { self }) })
    if (instance) record.handlers.push({ instance, order })
  }

  /** Members of an object are entries of their own: resolvers, services, actions. The name stands for the last `{}`. */
  private namedEntries(made: Application, model: EntryModel, path: string): void {
    const at = path.lastIndexOf('{}')
    const tail = path.slice(at + 2)
    for (const ref of this.library.arguments.refs(path.slice(0, at), made)) {
      this.members(ref, (name, node, holder) => {
        const fn = this.library.arguments.beyond(node, tail, made)
        if (model.under) for (const prefix of this.library.arguments.refs(model.under, made)) this.library.dispatch.listenUnder(prefix, name, fn)
        this.namedEntry(made, model, name, fn, holder)
      })
    }
  }

  /** Named functions that an object, a module or an instance holds. */
  members(ref: Ref, see: (name: string, node: Ref, holder: Value) => void): void {
    this.a.solver.watch(ref, (id) => this.eachMember(this.a.value(id), see))
  }

  private eachMember(value: Value, see: (name: string, node: Ref, holder: Value) => void): void {
    if (value.kind === 'object' && value.shape === 'array') return this.members(this.library.access.iterated(constant(value.id)), see)
    const seen = new Set<string>()
    const once = (name: string, node: Ref): void => {
      if (seen.has(name) || name.startsWith('@') || name === ELEMENTS) return
      seen.add(name)
      see(name, node, value)
    }
    if (value.kind === 'class') return this.eachMember(this.library.components.managed(value), see)
    if (value.kind === 'object') value.holder.onField(once)
    else if (value.kind === 'ns') this.library.access.modules.eachExport(value.unit, once)
    if (value.kind === 'object' && value.cls) for (const m of value.cls.cls.methods) if (!m.static && m.kind === 'method') once(m.n, this.library.access.load(constant(value.id), m.n))
  }

  private namedEntry(made: Application, model: EntryModel, name: string, node: Ref, holder: Value): void {
    let record: EntryRecord | undefined
    const params = this.sharedParams(made, model.params)
    const member = calledMember(holder, name)
    const method = model.sdl && sdlMethod(this.a, made.inst.unit, name)
    const own = { ...model, ...(model.methodFrom && { methodFrom: model.methodFrom.replace('{@}', name) }), ...(method && { method }) }
    this.library.functions(node, (fn) => {
      record ??= this.placedAt(this.record(made, own, name), fn, member ?? inheritedMember(this.a, holder, name, fn))
      const bound = holder.kind === 'object' && holder.cls ? this.a.bound(fn, holder) : fn
      this.handle(made, record, bound, params, 0)
    })
  }

  /**
   * Where the function is written; of what a wrapper gives back, `editUser: withLogin(async …)`, where that was called, and where the member is
   * written that several functions of a call stand for: `addNote: inTurn(isOwner, async …)`.
   */
  private placedAt(record: EntryRecord, { unit, fn, env }: FnValue, member: Placed | undefined): EntryRecord {
    const isGivenBack = env.fn.body.some((s) => s.k === 'ret' && s.x?.k === 'fn' && unit.facts.functions[s.x.f] === fn)
    const [wrapped, another] = isGivenBack ? env.callers : []
    if (member && !wrapped) return this.at(record, member.unit, member.start, member.end)
    if (!wrapped || another || wrapped.site.k !== 'call') return this.at(record, unit, fn.q, fn.q + (record.name ?? fn.n ?? '').length)
    return this.at(record, wrapped.from.unit, wrapped.site.p, wrapped.site.f.e)
  }

  /** Moves the place of an entry to where its function is written. */
  at(record: EntryRecord, unit: Unit, start: number, end: number): EntryRecord {
    return Object.assign(record, { unit, start, end })
  }

  /**
   * Drops forms of a call that turned out not to be meant, now that all values are known: of several forms at one place,
   * the one whose condition holds for sure counts, and one without a condition comes before one that nothing speaks for.
   */
  settle(): void {
    this.settleConnected()
    const forms = new Map<Expr, Map<string, EntryRecord[]>>()
    for (const record of this.a.entries) {
      if (!record.site || (record.handlers.length === 0 && !record.opaque)) continue
      const bySite = forms.get(record.site) ?? new Map<string, EntryRecord[]>()
      forms.set(record.site, bySite)
      const key = `${record.inst.id} ${record.model.kind} ${record.name ?? ''}`
      bySite.set(key, [...(bySite.get(key) ?? []), record])
    }
    for (const bySite of forms.values()) {
      settleVerbs([...bySite.values()].flat())
      this.settlePhases([...bySite.values()].flat())
      for (const records of bySite.values()) this.settleForms(records)
    }
  }

  /** What is connected to the standard input and output alone serves the client that started it: nobody else has anything to do with what it keeps. */
  private settleConnected(): void {
    const others = new Map<Value, boolean>()
    for (const { recv, row, args, inst } of this.a.calls) {
      if (!row?.connects || recv?.kind !== 'object') continue
      const to = this.library.arguments.values(row.connects.to, { args, inst })
      const isOne = to.length > 0 && to.every((value) => row.connects?.one.includes(value.kind === 'object' ? value.path ?? '' : value.kind === 'lit' ? String(value.value) : ''))
      others.set(recv, !isOne || (others.get(recv) ?? false))
    }
    if (others.size === 0) return
    for (const record of this.a.entries) {
      if (!record.recv || others.get(record.recv) !== false) continue
      this.a.ofOneClient++
      Object.assign(record, { handlers: [], settledOut: true })
    }
  }

  /** Code that registers at start-up and is reached by a request, too, registers nothing new then. */
  private settlePhases(records: EntryRecord[]): void {
    if (!records.some((record) => record.inst.phase === 'startup')) return
    for (const record of records) {
      if (record.inst.phase !== 'request') continue
      // Nor does it run what it registers.
      for (const { instance } of record.handlers) unlink(record.inst, instance, record.site)
      record.handlers = []
    }
  }

  private settleForms(records: EntryRecord[]): void {
    const holds = (record: EntryRecord, sure: boolean): boolean => !record.model.onlyWhen || this.library.conditions.holdsAt(record.model.onlyWhen, record.condition, sure)
    const possible = records.filter((record) => holds(record, false))
    const sure = possible.filter((record) => record.model.onlyWhen && holds(record, true))
    const free = possible.filter((record) => !record.model.onlyWhen)
    const kept = sure.length > 0 ? sure : free.length > 0 ? free : possible
    for (const record of records) {
      if (kept.includes(record)) continue
      delete record.opaque
      record.handlers = []
      record.settledOut = true
    }
  }

}

/** `app[verb](…)`: where verbs are known, those count. */
const settleVerbs = (records: EntryRecord[]): void => {
  if (records.every((record) => record.model.unknownVerb || record.handlers.length === 0)) return
  for (const record of records) if (record.model.unknownVerb) Object.assign(record, { handlers: [], settledOut: true })
}

/** `0.endpoints.0`, where the argument and its members are written down. */
const writtenUnder = (args: Expr[], [first = '', ...names]: string[]): Expr | undefined =>
  names.reduce<Expr | undefined>((x, name) => (x?.k === 'obj' ? x.m.find(({ n }) => n === name)?.v : x?.k === 'arr' ? x.x[Number(name)] : undefined), args[Number(first)])

const isNamed = (path: string): boolean => path.includes('{}')

/** The part of an entry whose paths start with the elements of one list (`0[]`, `0.lists[].routes[]`), written for one such element in the place of the argument. */
const elementForm = (model: EntryModel): { list: string; index: number; model: EntryModel; rest: string[] } | undefined => {
  const handlers = model.handlers ?? []
  const named = [model.path, model.methodFrom].find((path) => path?.includes('[]'))
  const each = named === undefined ? undefined : /^(\d).*\[\](?=$|[.{(])/.exec(named)
  if (!each || !handlers.some((path) => path.startsWith(each[0]))) return undefined
  const [whole, index = '0'] = each
  const alone = (path: string): string => (path.startsWith(whole) ? index + path.slice(whole.length) : path)
  const { onlyWhen: _, ...rest } = model
  const own: EntryModel = { ...rest, handlers: handlers.filter((path) => path.startsWith(whole)).map(alone) }
  if (own.path) own.path = own.path.split('~').map(alone).join('~')
  if (own.methodFrom) own.methodFrom = alone(own.methodFrom)
  return { list: whole.slice(0, -2), index: Number(index), model: own, rest: handlers.filter((path) => !path.startsWith(whole)) }
}

/** Takes back that a call runs a function. */
const unlink = (from: Instance, to: Instance, site: Expr | undefined): void => {
  from.callees = from.callees.filter((edge) => edge.to !== to || edge.site !== site)
  to.callers = to.callers.filter((edge) => edge.from !== from || edge.site !== site)
}
