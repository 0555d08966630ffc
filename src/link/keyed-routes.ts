import type { ConventionRow } from '../model/catalog.js'
import type { EntryRecord } from './analysis.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref } from './solver.js'
import type { FnValue, Value } from './values.js'

type ExportModel = ConventionRow['exports'][string]

/** A table whose keys are routes, as Sails has it: `'POST /orders': 'OrderController.create'`, `{ action: 'order/create' }`, or a function. */
export const enterKeyed = (library: Library, unit: Unit, key: string, node: Ref, holder: Value, model: ExportModel): void => {
  const [, verb, path] = /^(?:([a-z]+)\s+)?(\/\S*)$/i.exec(key.trim()) ?? []
  if (path === undefined) return
  const { registration, access } = library
  const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
  let record: EntryRecord | undefined
  const see = (fn: FnValue): void => {
    record ??= placed(Object.assign(registration.record(made, { kind: model.kind }), { methods: [verb?.toUpperCase() ?? 'ALL'], route: path, site: undefined }), unit, key, holder)
    registration.handle(made, record, fn, registration.params(model.params), 0)
  }
  const named = (text: string): void => library.namedHandlers.find(made, model.named ?? [], text, see)
  library.functions(node, see)
  library.functions(access.load(node, 'fn'), see)
  eachText(library, node, named)
  eachText(library, access.iterated(node), named)
  eachText(library, access.load(node, 'target'), named)
  eachText(library, access.load(node, 'action'), (action) => {
    named(action)
    eachText(library, access.load(node, 'controller'), (controller) => named(`${controller}.${action}`))
  })
}

const eachText = ({ a }: Library, ref: Ref, see: (text: string) => void): void => {
  a.solver.watch(ref, (id) => {
    const value = a.value(id)
    if (value.kind === 'lit' && typeof value.value === 'string' && !value.value.startsWith('/')) see(value.value)
  })
}

/** Where the key is written. */
const placed = (record: EntryRecord, unit: Unit, key: string, holder: Value): EntryRecord => {
  const site = holder.kind === 'object' ? holder.site : undefined
  const member = site?.k === 'obj' ? site.m.find(({ n }) => n === key) : undefined
  return Object.assign(record, member ? { unit: holder.kind === 'object' ? holder.unit : unit, start: member.q, end: member.q + key.length } : { unit, start: 0, end: 1 })
}
