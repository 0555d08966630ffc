import { holdingAt, pointsOf } from '../flow/points.js'
import type { WriteRecord } from '../link/analysis.js'
import { eachExpression } from '../link/shape.js'
import type { BindingId, Expr, FnFact } from '../model/facts.js'

const COPIES = /^(structuredClone|cloneDeep|clone|slice|map|filter|concat|toSorted|toSpliced|toReversed)$/

/**
 * `if (row) { row = Object.assign({}, row); delete row.secret }`: whatever the name held before, on every way to the write it has been given a copy,
 * and nothing after that. What lies deeper in the copy is still shared.
 */
export const isOfOwnCopy = ({ inst: { fn, unit }, site }: WriteRecord): boolean => {
  const target = site.k === 'set' ? site.l : site.k === 'upd' || site.k === 'del' ? site.x : undefined
  const base = target !== undefined && (target.k === 'mem' || target.k === 'elem') ? target.o : undefined
  if (base?.k !== 'ref' || unit.facts.functions[unit.facts.bindings[base.b]?.f ?? 0] !== fn) return false
  const last = givenTo(fn).get(base.b)
  if (last === undefined || last.e > site.p || !isCopy(last.r)) return false
  for (const at of holdingAt(pointsOf(fn).at.get(site))) if (at.kind === 'ran' && at.x === last) return true
  return false
}

/** What names are given last after they were declared, in the order of the text; each function is read once. */
const givenTo = (fn: FnFact): ReadonlyMap<BindingId, Expr & { k: 'set' }> => {
  const known = given.get(fn)
  if (known) return known
  const last = new Map<BindingId, Expr & { k: 'set' }>()
  eachExpression(fn.body, (x) => { if (x.k === 'set' && x.l.k === 'ref' && x.p >= (last.get(x.l.b)?.p ?? 0)) last.set(x.l.b, x) })
  given.set(fn, last)
  return last
}
const given = new WeakMap<FnFact, Map<BindingId, Expr & { k: 'set' }>>()

const isCopy = (x: Expr): boolean => {
  if (x.k === 'obj' || x.k === 'arr') return true
  if (x.k !== 'call') return false
  const { f, a: [first] } = x
  if (f.k === 'mem' && f.n === 'assign') return first?.k === 'obj'
  return (f.k === 'mem' || f.k === 'glob') && COPIES.test(f.n)
}
