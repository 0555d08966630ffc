import type { CallEdge, Instance } from '../link/instances.js'
import type { BindingId } from '../model/facts.js'

/** So many functions a wrapper runs that was told apart too little. */
const FEWEST = 4

/**
 * `measured(name, run) { return run() }`, called in many places and taken for one (deep in a program, or in a very large one): each way through it
 * leads from all that call it to all that they hand over, so it is likely, not certain.
 */
export const isMerged = ({ from, site }: CallEdge): boolean => {
  const owner = site.k === 'call' && site.f.k === 'ref' ? handedTo(from, site.f.b) : undefined
  if (owner === undefined) return false
  const run = new Set(from.callees.flatMap((edge) => (edge.site === site ? [edge.to.fn] : [])))
  return run.size >= FEWEST && new Set(owner.callers.map((edge) => edge.site)).size >= FEWEST
}

/** The invocation, of the function or one around it, that was given a name as an argument. */
const handedTo = (inst: Instance, binding: BindingId): Instance | undefined => {
  const { bindings, functions } = inst.unit.facts
  const name = bindings[binding]
  if (name?.kind !== 'param') return undefined
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.fn === functions[name.f]) return at
  return undefined
}
