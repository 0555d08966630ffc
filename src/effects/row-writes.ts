import type { Expr } from '../model/facts.js'
import { isExpression } from '../link/shape.js'

/** What is put together by a call that lays objects over one another. */
export const mergeOf = (x: Expr): Expr[] | undefined => {
  if (x.k === 'await') return mergeOf(x.x)
  return x.k === 'call' && x.f.k === 'mem' && MERGES.test(x.f.n) && x.a.length > 1 ? x.a.slice(1) : undefined
}
const MERGES = /^(merge|assign|extend)$/

/** `list.splice(i, 1)`, `list.pull(x)`, `a.list = a.list.filter(…)`. */
export const takenFrom = (x: Expr): Expr | undefined => {
  if (x.k === 'call' && x.f.k === 'mem') return (x.f.n === 'splice' && x.a.length < 3) || x.f.n === 'pull' ? x.f.o : undefined
  return x.k === 'set' && isExpression(x.l) && x.r.k === 'call' && x.r.f.k === 'mem' && x.r.f.n === 'filter' ? x.l : undefined
}

/** `parseInt(row.count, 10)`, `+row.count` */
export const asNumber = (x: Expr): Expr => {
  if (x.k === 'un' && x.op === '+') return x.x
  return x.k === 'call' && x.f.k === 'glob' && /^(parseInt|parseFloat|Number|BigInt)$/.test(x.f.n) ? x.a[0] ?? x : x
}

/** `row.update({ state: 'paid' })`, `row.set({ … })`: members that it sets to constants. */
export const setToConstants = (x: Expr): string[] => {
  const [row] = x.k === 'call' && x.f.k === 'mem' && /^(update|set|patch)$/.test(x.f.n) ? x.a : []
  return row?.k === 'obj' ? row.m.flatMap(({ n, v }) => (n !== undefined && v.k === 'lit' ? [n] : [])) : []
}
