import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression, someExpression } from '../link/shape.js'

const known = new WeakMap<FnFact, Set<Expr>>()

/** What is called, by its last name: `db.notes.insert` and `rows.insert` are alike. */
const nameOf = (x: Expr): string => (x.k === 'mem' || x.k === 'glob' ? x.n : x.k === 'ref' ? `#${x.b}` : '')

const callsIn = (body: Stmt[]): (Expr & { k: 'call' | 'new' })[] => {
  const calls: (Expr & { k: 'call' | 'new' })[] = []
  eachExpression(body, (x) => { if (x.k === 'call' || x.k === 'new') calls.push(x) })
  return calls
}

/** Each `try` of a function that catches: what it tries, and what it does where that has failed. */
export function* catchesIn(body: readonly Stmt[]): Generator<{ tried: Stmt[]; caught: Stmt[] }> {
  for (const s of body) {
    if (s.k === 'try' && s.c) yield { tried: s.b, caught: s.c }
    for (const block of blocksOf(s)) yield* catchesIn(block)
  }
}

/** Does it stand in a `catch` of the function? */
export const isCaught = (fn: FnFact, site: unknown): boolean => [...catchesIn(fn.body)].some(({ caught }) => someExpression(caught, (x) => x === site))

/** Calls of a function that are made only where something else has failed, and that are not what failed, tried again. */
const callsInCatches = (body: readonly Stmt[]): Set<Expr> => {
  const calls = new Set<Expr>()
  for (const { tried, caught } of catchesIn(body)) {
    const names = new Set(callsIn(tried).map(({ f }) => nameOf(f)))
    for (const call of callsIn(caught)) if (!names.has(nameOf(call.f))) calls.add(call)
  }
  return calls
}

/** Is a call made only in a `catch`? */
export const isInCatch = (fn: FnFact, site: Expr): boolean => {
  let calls = known.get(fn)
  if (!calls) known.set(fn, (calls = callsInCatches(fn.body)))
  return calls.has(site)
}
