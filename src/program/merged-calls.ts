import type { CallEdge } from '../link/instances.js'
import { givenTo } from './callees.js'

/** So many functions a wrapper runs that was told apart too little. */
const FEWEST = 4

/**
 * `measured(name, run) { return run() }`, called in many places and taken for one (deep in a program, or in a very large one): each way through it
 * leads from all that call it to all that they hand over, so it is likely, not certain.
 */
export const isMerged = ({ from, site }: CallEdge): boolean => {
  const owner = site.k === 'call' && site.f.k === 'ref' ? givenTo(from, site.f.b) : undefined
  if (owner === undefined) return false
  const run = new Set(from.callees.flatMap((edge) => (edge.site === site ? [edge.to.fn] : [])))
  return run.size >= FEWEST && new Set(owner.callers.map((edge) => edge.site)).size >= FEWEST
}
