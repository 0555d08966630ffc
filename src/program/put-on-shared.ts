import type { Expr } from '../model/facts.js'
import type { LibraryCall, WriteRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, isExpression } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Program } from './program.js'
import type { SetterUse } from './library-queries.js'

const INSTEAD = 'Hand it over with the call, tell answers apart by an id that goes along, or make the object for each request.'
const WHO = ['user', 'session', 'token'] as const

/**
 * `client.onReply = (m) => res.json(m)`, `client.token = req.session.token`: a member of an object of a library that the process has once. What one
 * request puts there the next one overwrites, while the first still waits.
 */
export const putOnShared = (program: Program): SetterUse[] => {
  const seen = new Set<Expr>()
  return program.a.writes.flatMap((write): SetterUse[] => {
    const { inst, site, name } = write
    if (inst.phase !== 'request' || name === undefined || site.k !== 'set' || site.op !== '=' || seen.has(site) || !isExpression(site.l) || site.l.k !== 'mem') return []
    const path = sharedPath(program, write)
    const what = path === undefined ? undefined : ofOneRequest(program, write, site.r)
    const way = what === undefined ? undefined : program.reach.way(inst)
    if (path === undefined || what === undefined || !way?.entry) return []
    seen.add(site)
    const call: LibraryCall = { inst, site, path, recv: undefined, args: [], result: -1, row: undefined }
    return [{ use: { path, row: { path }, site: program.siteOf(inst, site), phase: inst.phase, call }, what: `\`${name}\` is set to ${what}`, instead: INSTEAD, entry: program.origin(way) }]
  })
}

/** The object of a library that was made at start-up and is all that it can be. */
const sharedPath = (program: Program, { base }: WriteRecord): string | undefined => {
  const values = base === undefined ? [] : program.a.of(base)
  return values.length > 0 && values.every((value) => isShared(program, value)) ? values.flatMap((value) => (value.kind === 'object' ? [value.path ?? ''] : []))[0] : undefined
}

const isShared = ({ a }: Program, value: Value): boolean => {
  if (value.kind !== 'object' || value.shape !== 'library' || value.phase !== 'startup' || value.path === undefined || !value.path.includes('.new') || /^(global|node:)/.test(value.path)) return false
  const row = a.catalog.row(value.path)
  return !row?.bag && !row?.owned
}

const ofOneRequest = (program: Program, { inst, value }: WriteRecord, given: Expr): string | undefined => {
  if (given.k === 'fn') return takes(inst, given.f) ? 'a function of the current request' : undefined
  const { identity } = program.taints.of(inst, given, value)
  return WHO.some((one) => identity.has(one)) ? 'what belongs to the current caller' : undefined
}

/** Does a function take parameters of the functions around it: those that the request was handed to? */
const takes = (inst: Instance, index: number): boolean => {
  const { functions, bindings } = inst.unit.facts
  const around = new Set<number>()
  for (let at: Instance | undefined = inst; at && at.phase === 'request' && at.unit === inst.unit; at = at.env) around.add(functions.indexOf(at.fn))
  const isTaken = (f: number): boolean => {
    let found = false
    eachExpression(functions[f]?.body ?? [], (x) => {
      const fact = x.k === 'ref' ? bindings[x.b] : undefined
      if ((fact?.kind === 'param' && around.has(fact.f)) || (x.k === 'fn' && x.f !== f && isTaken(x.f))) found = true
    })
    return found
  }
  return isTaken(index)
}
