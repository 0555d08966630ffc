import type { Analysis, EntryRecord } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import type { Ref } from '../link/solver.js'

/** A registration of request-time code that led to no code. */
export interface Unresolved {
  reason: string
  unit: Unit
  at: number
  symbol: string
}

const KINDS = new Set(['route', 'socket', 'message', 'job', 'middleware', 'hook', 'procedure', 'resolver', 'lambda'])

/** How many registrations of known frameworks led to code, and which did not: each place where one is written counts once. */
export const registrationsOf = (a: Analysis): { total: number; unresolved: Unresolved[] } => {
  const places = new Map<string, { record: EntryRecord; resolved: boolean; why: string | undefined }>()
  for (const record of a.entries) {
    if (!KINDS.has(record.model.kind)) continue
    const key = `${record.unit.index} ${record.start} ${record.inst.id} ${record.site ? '' : record.name}`
    const known = places.get(key)
    const resolved = record.handlers.length > 0 || known?.resolved === true || record.settledOut === true
    places.set(key, { record: known?.record ?? record, resolved, why: known?.why ?? reasonOf(a, record) })
  }
  const judged = [...places.values()].filter(({ resolved, why }) => resolved || why !== undefined)
  const unresolved = judged.filter(({ resolved }) => !resolved).map(({ record, why }): Unresolved => ({ reason: why ?? '', unit: record.unit, at: record.start, symbol: record.model.method ? `${record.model.kind} ${record.model.method}` : record.model.kind }))
  return { total: judged.length, unresolved: unresolved.sort((x, y) => x.unit.index - y.unit.index || x.at - y.at) }
}

/** Why a registration has no handler of ours; nothing where a library's own answers, or where there is none to be had. */
const reasonOf = (a: Analysis, { given }: EntryRecord): string | undefined => {
  if (!given || given.length === 0) return undefined
  if (given.some((ref) => isOfLibrary(a, ref))) return undefined
  if (given.every((ref) => a.solver.size(ref) === 0)) return 'its handler comes from where nothing is known'
  return given.some((ref) => a.of(ref).some((value) => value.kind === 'object' && !value.path)) ? 'no function in the object that is given' : undefined
}

const isOfLibrary = (a: Analysis, ref: Ref): boolean => a.of(ref).some((value) => value.kind === 'lib' || (value.kind === 'object' && value.path !== undefined && value.shape !== 'array'))

