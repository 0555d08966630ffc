import type { Analysis, GapRecord } from '../link/analysis.js'
import type { Expr } from '../model/facts.js'

/** Calls on request paths, each place once, and whether they lead somewhere. */
export const calleesOf = (a: Analysis): Map<Expr, boolean> => {
  const places = new Map<Expr, boolean>()
  for (const { site, callee } of a.callees) places.set(site, (places.get(site) ?? false) || a.solver.size(callee) > 0)
  return places
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
