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
  const given = givenTo(fn, base.b)
  const last = given.at(-1)
  if (last === undefined || last.e > site.p || !isCopy(last.r)) return false
  for (const at of holdingAt(pointsOf(fn).at.get(site))) if (at.kind === 'ran' && at.x === last) return true
  return false
}

/** What a name is given after it was declared, in the order of the text. */
const givenTo = (fn: FnFact, binding: BindingId): (Expr & { k: 'set' })[] => {
  const found: (Expr & { k: 'set' })[] = []
  eachExpression(fn.body, (x) => { if (x.k === 'set' && x.l.k === 'ref' && x.l.b === binding) found.push(x) })
  return found.sort((a, b) => a.p - b.p)
}

const isCopy = (x: Expr): boolean => {
  if (x.k === 'obj' || x.k === 'arr') return true
  if (x.k !== 'call') return false
  const { f, a: [first] } = x
  if (f.k === 'mem' && f.n === 'assign') return first?.k === 'obj'
  return (f.k === 'mem' || f.k === 'glob') && COPIES.test(f.n)
}
