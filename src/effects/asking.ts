import type { Expr } from '../model/facts.js'

/** They throw where no row is there. */
const INSISTS = /^(throwIfNotFound|orFail|\w+OrThrow|\w+OrFail|\w+OrFailBy)$/
export const isInsisting = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && INSISTS.test(x.f.n)

/** `Settings.query().limit(1).first()`: no part of the chain says which row. */
export const asksNothing = (x: Expr): boolean => {
  for (let at: Expr = x; at.k === 'call' && at.f.k === 'mem'; at = at.f.o) if (at.a.some((arg) => (arg.k === 'obj' ? arg.m.length > 0 : arg.k !== 'lit' || typeof arg.v === 'string'))) return false
  return true
}
