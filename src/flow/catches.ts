import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression } from '../link/shape.js'

const known = new WeakMap<FnFact, Set<Expr>>()
const caught = new WeakMap<FnFact, Set<unknown>>()

/** What is called, by its last name: `db.notes.insert` and `rows.insert` are alike. */
const nameOf = (x: Expr): string => (x.k === 'mem' || x.k === 'glob' ? x.n : x.k === 'ref' ? `#${x.b}` : '')

const expressionsIn = (body: Stmt[]): Expr[] => {
  const found: Expr[] = []
  eachExpression(body, (x) => { found.push(x) })
  return found
}

const callsIn = (body: Stmt[]): (Expr & { k: 'call' | 'new' })[] => expressionsIn(body).filter((x) => x.k === 'call' || x.k === 'new')

/** Each `try` of a function that catches: what it tries, and what it does where that has failed. */
export function* catchesIn(body: readonly Stmt[]): Generator<{ tried: Stmt[]; caught: Stmt[] }> {
  for (const s of body) {
    if (s.k === 'try' && s.c) yield { tried: s.b, caught: s.c }
    for (const block of blocksOf(s)) yield* catchesIn(block)
  }
}

/** Does it stand in a `catch` of the function? */
export const isCaught = (fn: FnFact, site: unknown): boolean => {
  let found = caught.get(fn)
  if (!found) caught.set(fn, (found = new Set([...catchesIn(fn.body)].flatMap((one) => expressionsIn(one.caught)))))
  return found.has(site)
}

/** `try { return await ask() } catch (error) { if (isRevoked(error)) await signOut(); throw error }`: is it done on the way to a failure of what a helper was given to do? */
export const isBeforeRethrow = (fn: FnFact, site: Expr): boolean => {
  const isGiven = (f: Expr): boolean => f.k === 'ref' && fn.params.some(({ t }) => t.k === 'bind' && t.b === f.b)
  return [...catchesIn(fn.body)].some(({ tried, caught }) => caught.at(-1)?.k === 'throw' && expressionsIn(caught).includes(site) && callsIn(tried).some(({ f }) => isGiven(f)))
}

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
