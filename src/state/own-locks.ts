import type { Expr, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression, someExpression } from '../link/shape.js'
import { holdsSettler } from './answers.js'
import type { Cell, CellWrite } from './cells.js'
import type { Guards } from './guards.js'
import { inside, ownWrites } from './patterns.js'

/**
 * A lock of the project's own for each name: whoever finds it taken waits until it is free, by looking again and again
 * (`while (busy.has(id)) await pause()`) or with a promise that goes on only where it has taken it. What merely remembers names keeps nobody waiting.
 */
export const letsOneIn = (cell: Cell, guards: Guards): boolean => {
  const writes = ownWrites(cell)
  const taken = writes.filter(isTaken)
  if (cell.contents.size === 0 || taken.length === 0 || !writes.some(isFreed) || !writes.every((w) => taken.includes(w) || isFreed(w))) return false
  return taken.every((w) => looksAgain(w.inst.fn.body, w, cell) || (goesOn(w) && guards.testsEmpty(w, cell)))
}

/**
 * `if (claiming.has(id)) return; claiming.add(id); try { await claim(id) } finally { claiming.delete(id) }`: up for a name while the work for it goes on.
 * Whoever comes meanwhile goes away; another replica begins the same.
 */
export const isUpForEach = (cell: Cell, guards: Guards): boolean => {
  const writes = ownWrites(cell)
  const taken = writes.filter(isTaken)
  const freed = writes.filter(isFreed)
  if (cell.contents.size === 0 || taken.length === 0 || freed.length === 0 || taken.length + freed.length !== writes.length) return false
  return taken.every((up) => guards.testsEmpty(up, cell) && freed.some((down) => down.inst === up.inst && awaitsBetween(up, down)))
}

const awaitsBetween = ({ inst, site }: CellWrite, down: CellWrite): boolean => someExpression(inst.fn.body, (x) => x.k === 'await' && x.p >= site.e && x.e <= down.site.p)

const isTaken = ({ kind, op, keyExpr, valueExpr }: CellWrite): boolean =>
  op === 'add' || ((op === 'set' || (kind === 'member' && keyExpr !== undefined)) && valueExpr?.k === 'lit' && valueExpr.v === true)

const isFreed = ({ kind, op, valueExpr }: CellWrite): boolean =>
  (kind === 'delete' && op !== 'clear') || ((op === 'set' || kind === 'member') && valueExpr?.k === 'lit' && valueExpr.v === false)

/** A loop before it that waits for as long as it is taken. */
const looksAgain = (body: Stmt[], write: CellWrite, cell: Cell): boolean => body.some((s) => {
  if (s.k !== 'loop' || s.p > write.site.p) return blocksOf(s).some((inner) => looksAgain(inner, write, cell))
  const { t: test } = s
  return test !== undefined && cell.reads.some((read) => read.inst === write.inst && inside(read.site, test)) && someExpression(s.b, (x) => x.k === 'await')
})

/** Is the promise of whoever waits settled with it, and nowhere else in the same function? */
const goesOn = ({ inst, site }: CellWrite): boolean => {
  const settled: Expr[] = []
  eachExpression(inst.fn.body, (x) => { if (x.k === 'call' && x.f.k === 'ref' && holdsSettler(inst.unit, x.f)) settled.push(x) })
  return settled.length === 1 && settled.every((x) => x.p > site.p)
}
