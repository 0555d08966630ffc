import { eachExpression } from '../link/shape.js'
import type { Expr, FnFact } from '../model/facts.js'

const SENDS = /^(json|jsonp|send|end|write|emit|publish|render|stringify|success|ok)$/
const found = new WeakMap<FnFact, Set<Expr>>()

/** `res.json(state)`, `return state`, `res.json({ ...state })`: an object is given away with all that it holds. */
export const isGivenWhole = (fn: FnFact, x: Expr | undefined): boolean => {
  let given = found.get(fn)
  if (!given) found.set(fn, (given = givenIn(fn)))
  return x !== undefined && given.has(x)
}

const givenIn = (fn: FnFact): Set<Expr> => {
  const given = new Set<Expr>()
  const take = (x: Expr): void => {
    if (x.k === 'ref') given.add(x)
    if (x.k === 'obj') for (const { v } of x.m) take(v.k === 'spread' ? v.x : v)
    if (x.k === 'spread') take(x.x)
  }
  eachExpression(fn.body, (x, statement) => {
    if (statement.k === 'ret' && statement.x === x) take(x)
    if (x.k === 'call' && x.f.k === 'mem' && SENDS.test(x.f.n)) x.a.forEach(take)
  })
  return given
}
