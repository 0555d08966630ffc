import type { BindingId, Expr, FnFact } from '../model/facts.js'
import { eachExpression } from '../link/shape.js'

/** They throw where no row is there. */
const INSISTS = /^(throwIfNotFound|orFail|\w+OrThrow|\w+OrFail|\w+OrFailBy)$/
export const isInsisting = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && INSISTS.test(x.f.n)

/** `Settings.query().limit(1).first()`: no part of the chain says which row. */
export const asksNothing = (x: Expr): boolean => {
  for (let at: Expr = x; at.k === 'call' && at.f.k === 'mem'; at = at.f.o) if (at.a.some((arg) => (arg.k === 'obj' ? arg.m.length > 0 : arg.k !== 'lit' || typeof arg.v === 'string'))) return false
  return true
}

/** `let row; try { row = await find(…) } catch { … }; if (row) …`: what a local was last given before a place, as the text goes. */
export const lastAssignment = (fn: FnFact, binding: BindingId, at: number): Expr | undefined => {
  let last: Expr | undefined
  eachExpression(fn.body, (x) => { if (x.k === 'set' && 'b' in x.l && x.l.b === binding && x.e <= at && (!last || x.r.p > last.p)) last = x.r })
  return last?.k === 'await' || last?.k === 'call' ? last : undefined
}
