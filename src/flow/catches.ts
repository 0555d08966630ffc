import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression } from '../link/shape.js'

const known = new WeakMap<FnFact, Set<Expr>>()

/** What is called, by its last name: `db.notes.insert` and `rows.insert` are alike. */
const nameOf = (x: Expr): string => (x.k === 'mem' || x.k === 'glob' ? x.n : x.k === 'ref' ? `#${x.b}` : '')

const callsIn = (body: Stmt[]): (Expr & { k: 'call' | 'new' })[] => {
  const calls: (Expr & { k: 'call' | 'new' })[] = []
  eachExpression(body, (x) => { if (x.k === 'call' || x.k === 'new') calls.push(x) })
  return calls
}

/** Calls of a function that are made only where something else has failed, and that are not what failed, tried again. */
const callsInCatches = (body: readonly Stmt[], into: Set<Expr>): Set<Expr> => {
  for (const s of body) {
    if (s.k === 'try' && s.c) {
      const tried = new Set(callsIn(s.b).map(({ f }) => nameOf(f)))
      for (const call of callsIn(s.c)) if (!tried.has(nameOf(call.f))) into.add(call)
    }
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
