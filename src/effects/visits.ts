import { VISITOR, VISITOR_HEADERS } from '../catalog/words.js'
import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf } from '../link/shape.js'
import type { LookedUp } from '../link/peek.js'

const FARTHEST = 3
/** One of them may be part of what was asked for. */
const ENOUGH = 2

/** Does a call write down the visit itself: who came with which browser from where? */
export const notesVisit = (look: LookedUp, { inst, site }: LibraryCall): boolean => {
  const rows = site.k === 'call' ? site.a.flatMap((arg) => (arg.k === 'obj' ? [arg] : [])) : []
  return rows.some((row) => row.m.filter(({ v }) => saysWho(look, inst, v, 0)).length >= ENOUGH)
}

const saysWho = (look: LookedUp, inst: Instance, x: Expr, depth: number): boolean => {
  if (depth > FARTHEST || x.k === 'fn') return false
  if (x.k === 'mem' && VISITOR.test(x.n)) return true
  const named = x.k === 'call' ? x.a[0] : x.k === 'elem' ? x.i : undefined
  if (named?.k === 'lit' && typeof named.v === 'string' && VISITOR_HEADERS.test(named.v)) return true
  const made = x.k === 'ref' ? look.definition(inst, x.b) : undefined
  return (made !== undefined && saysWho(look, inst, made, depth + 1)) || childrenOf(x).some((child) => saysWho(look, inst, child, depth + 1))
}
