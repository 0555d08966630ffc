import type { Expr, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import { isExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'

/**
 * `const event = { ...TEMPLATE }; event.item.id = id; return JSON.stringify(event)`: members of a written object that each use sets anew
 * before it is written out, and before anybody else runs. What an earlier use has left there is never seen.
 */
export const arePatched = (cell: Cell): boolean => {
  const { home, reads, writes } = cell
  if (home.kind !== 'binding' || reads.length === 0 || writes.length === 0) return false
  const names = new Set(writes.map(memberOf))
  if (names.has(undefined)) return false
  return [...new Set([...reads, ...writes].map(({ inst }) => inst.fn))].every((fn) => fn.async === undefined && onlyWritesOut(fn) && [...names].every((name) => isSetAlways(fn, writes.filter((w) => w.inst.fn === fn && memberOf(w) === name))))
}

const memberOf = ({ kind, op, site, keyExpr }: CellWrite): string | undefined =>
  kind === 'member' && op === '=' && keyExpr === undefined && site.k === 'set' && isExpression(site.l) && site.l.k === 'mem' ? site.l.n : undefined

/** Gives back texts alone. */
const onlyWritesOut = (fn: FnFact): boolean => {
  const { end, returns } = pointsOf(fn)
  return returns.length > 0 && end === undefined && returns.every(({ x }) => x !== undefined && isText(x))
}

const isText = (x: Expr): boolean => x.k === 'tpl' || x.k === 'lit' || (x.k === 'bin' && x.op === '+') || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'stringify' && x.f.o.k === 'glob' && x.f.o.n === 'JSON')

/** Has it run wherever something is given back that has the text in it? */
const isSetAlways = (fn: FnFact, sets: CellWrite[]): boolean =>
  pointsOf(fn).returns.filter(({ x }) => x?.k !== 'lit').every(({ at }) => [...holdingAt(at)].some((point) => point.kind === 'ran' && sets.some(({ site }) => site === point.x)))
