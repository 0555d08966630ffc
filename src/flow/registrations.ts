import type { Analysis, EntryRecord } from '../link/analysis.js'
import type { Ref } from '../link/solver.js'
import { ELEMENTS, type ObjectValue } from '../link/values.js'
import { bySite, type Site } from '../model/site.js'

/** A registration of request-time code that led to no code. */
export interface Unresolved {
  reason: string
  at: Site
  symbol: string
}

const KINDS = new Set(['route', 'socket', 'message', 'job', 'middleware', 'hook', 'procedure', 'resolver', 'lambda'])

/**
 * How many registrations of known frameworks led to code, and which did not: each place where one is written counts once,
 * a helper's where it is called with path and handler.
 */
export const registrationsOf = (a: Analysis, siteOf: (record: EntryRecord) => Site): { total: number; unresolved: Unresolved[] } => {
  const places = new Map<string, { record: EntryRecord; resolved: boolean; why: string | undefined; at: Site }>()
  for (const record of a.entries) {
    if (!KINDS.has(record.model.kind)) continue
    const at = siteOf(registered(record))
    const key = `${at.file} ${at.start} ${record.site ? '' : record.name}`
    const known = places.get(key)
    const resolved = record.handlers.length > 0 || known?.resolved === true || record.settledOut === true
    places.set(key, { record: known?.record ?? record, resolved, why: known?.why ?? reasonOf(a, record), at })
  }
  const judged = [...places.values()].filter(({ resolved, why }) => resolved || why !== undefined)
  const unresolved = judged.filter(({ resolved }) => !resolved).map(({ record, why, at }): Unresolved => ({ reason: why ?? '', at, symbol: record.model.method ? `${record.model.kind} ${record.model.method}` : record.model.kind }))
  return { total: judged.length, unresolved: unresolved.sort((x, y) => bySite(x.at, y.at)) }
}

/** The call that registers it, where the entry itself stands at its function. */
const registered = (record: EntryRecord): EntryRecord => (record.site && record.site.k !== 'this' ? { ...record, unit: record.inst.unit, start: record.site.p, end: record.site.e } : record)

/** Why a registration has no handler of ours; nothing where a library's own answers, or where there is none to be had. */
const reasonOf = (a: Analysis, { given, model, site }: EntryRecord): string | undefined => {
  if (!given || given.length === 0 || hasNoneOf(site, model.handlers)) return undefined
  if (given.some((ref) => isOfLibrary(a, ref))) return undefined
  if (given.every((ref) => a.solver.size(ref) === 0)) return 'its handler comes from where nothing is known'
  return model.kind !== 'middleware' && given.some((ref) => a.of(ref).some((value) => value.kind === 'object' && !value.path && holdsUnknown(a, value))) ? 'no function in the object that is given' : undefined
}

/** `app.hooks({ setup: [] })`: an object is written there, and none of the members that handlers stand under is. */
const hasNoneOf = (site: EntryRecord['site'], handlers: readonly string[] | undefined): boolean => {
  if (site?.k !== 'call' || !handlers || handlers.length === 0) return false
  return handlers.every((path) => {
    const [, index, name] = /^(\d)\.(\w+)/.exec(path) ?? []
    if (index === undefined) return false
    const written = site.a[Number(index)]
    return written === undefined || written.k === 'lit' || (written.k === 'obj' && written.m.every(({ n }) => n !== undefined && n !== name))
  })
}

const isOfLibrary = (a: Analysis, ref: Ref): boolean => a.of(ref).some((value) => value.kind === 'lib' || (value.kind === 'object' && value.path !== undefined && value.shape !== 'array'))

/** So many objects in objects are looked into. */
const DEEPEST = 3

/** Is there anything in an object of which nothing is known, and so may be a handler? Texts, empty lists and what a library made are none. */
const holdsUnknown = (a: Analysis, object: ObjectValue): boolean => {
  const seen = new Set([object])
  for (let level = [object], depth = 0; level.length > 0; depth++) {
    const fields = level.flatMap(({ holder }) => [...holder.fields])
    if (fields.some(([name, field]) => name !== ELEMENTS && a.solver.size(field) === 0)) return true
    if (depth >= DEEPEST) return false
    level = []
    for (const [, field] of fields) for (const value of a.of(field)) {
      if (value.kind !== 'object' || value.path || seen.has(value)) continue
      seen.add(value)
      level.push(value)
    }
  }
  return false
}
