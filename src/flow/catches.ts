import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression } from '../link/shape.js'

const known = new WeakMap<FnFact, Set<Expr>>()

/** Calls of a function that are made only where something else has failed. */
const callsInCatches = (body: readonly Stmt[], into: Set<Expr>): Set<Expr> => {
  for (const s of body) {
    if (s.k === 'try' && s.c) eachExpression(s.c, (x) => { if (x.k === 'call' || x.k === 'new') into.add(x) })
    for (const block of blocksOf(s)) callsInCatches(block, into)
  }
  return into
}

/** Is a call made only in a `catch`? */
export const isInCatch = (fn: FnFact, site: Expr): boolean => {
  let calls = known.get(fn)
  if (!calls) known.set(fn, (calls = callsInCatches(fn.body, new Set())))
  return calls.has(site)
}
