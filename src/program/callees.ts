import type { Analysis, GapRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Expr } from '../model/facts.js'

/** Calls on request paths, each place once, and whether they lead somewhere. */
export const calleesOf = (a: Analysis): Map<Expr, boolean> => {
  const places = new Map<Expr, boolean>()
  for (const { inst, site, callee } of a.callees) places.set(site, (places.get(site) ?? false) || a.solver.size(callee) > 0 || isGiven(inst, site))
  return places
}

/** The last word that a framework gives its handlers (`done(null, user)`, an acknowledgement): a parameter of code that no request code calls. */
const isGiven = (inst: Instance, site: Expr): boolean => {
  const called = site.k === 'call' && site.f.k === 'ref' ? inst.unit.facts.bindings[site.f.b] : undefined
  if (called?.kind !== 'param') return false
  let at: Instance | undefined = inst
  while (at && at.fn !== inst.unit.facts.functions[called.f]) at = at.env
  return at?.phase === 'request' && at.callers.every(({ from, later }) => later === true || from.phase !== 'request')
}

/** What could not be resolved on request paths, each place once. */
export const gapsOf = (a: Analysis, places: Map<Expr, boolean>): GapRecord[] => {
  const seen = new Set<Expr>()
  const calls = a.callees.flatMap(({ inst, site }): GapRecord[] => {
    if (places.get(site) || seen.has(site)) return []
    seen.add(site)
    return [{ reason: 'callee not resolved', unit: inst.unit, at: site.p, symbol: site.k === 'call' ? nameOf(site.f) : 'call', inst }]
  })
  const own = a.gaps.filter((gap) => gap.inst === undefined || gap.inst.phase === 'request')
  return [...own, ...calls].sort((x, y) => x.unit.index - y.unit.index || x.at - y.at)
}

const nameOf = (x: Expr): string => (x.k === 'mem' ? x.n : x.k === 'glob' ? x.n : 'call')
