import { isCaught } from '../flow/catches.js'
import type { Expr, FnFact } from '../model/facts.js'
import { eachExpression, isExpression, someExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import type { Guards } from './guards.js'
import { isAround } from './in-flight.js'
import { isSame } from './once.js'

const TAKES = /^(shift|pop|splice|dequeue|poll)$/

/**
 * `if (!running) { running = true; await build(); running = false }`: a flag that is up while something goes on, and that keeps others
 * from beginning it too. Another replica begins.
 */
export const isUpWhile = (cell: Cell, guards: Guards): boolean => {
  if (!cell.writes.every((w) => isSetTo(w, true) || isSetTo(w, false))) return false
  const raised = cell.writes.filter((w) => isSetTo(w, true))
  const lowered = cell.writes.filter((w) => isSetTo(w, false) && !isCaught(w.inst.fn, w.site))
  return raised.length > 0 && raised.every((up) => guards.testsEmpty(up, cell) && lowered.some((down) => isAround(up.inst, down.inst) && waitsBefore(up, down)))
}

/** Taken down where nothing has failed, having been put up elsewhere: no mark of what was done once. */
export const isTakenDown = (cell: Cell): boolean => {
  return cell.writes.some((w) => isSetTo(w, false) && !isCaught(w.inst.fn, w.site)) && cell.writes.some((w) => !isSetTo(w, false))
}

/** `if (!changed) return; changed = false; write(rows)`: a mark for a timer of this process, which writes out what it has been given. */
export const isMark = (cell: Cell): boolean => {
  const lowered = cell.writes.filter((w) => isSetTo(w, false))
  if (lowered.length === 0 || !cell.writes.every((w) => isSetTo(w, true) || isSetTo(w, false))) return false
  const fns = new Set(lowered.filter(({ inst }) => inst.phase === 'background').map(({ inst }) => inst.fn))
  return fns.size > 0 && cell.reads.length > 0 && cell.reads.every(({ inst }) => fns.has(inst.fn))
}

/** Does what goes on take what waits in line? Then the line says it all. */
export const worksOffLine = (cell: Cell): boolean => cell.writes.some(({ inst }) => takes(inst) || inst.callees.some(({ to }) => takes(to)))

const takes = ({ fn }: CellWrite['inst']): boolean => someExpression(fn.body, (x) => (x.k === 'call' && x.f.k === 'mem' && TAKES.test(x.f.n)) || isSwapped(fn, x))

/** `const all = this.waiting; this.waiting = []` */
const isSwapped = ({ body }: FnFact, x: Expr): boolean =>
  x.k === 'set' && x.op === '=' && x.r.k === 'arr' && x.r.x.length === 0 && isExpression(x.l) && someExpression(body, (read, s) => s.k === 'var' && read.p < x.p && s.d.some(({ i }) => i === read) && isSame(read, x.l as Expr))

const isSetTo = ({ kind, valueExpr }: CellWrite, value: boolean): boolean => kind === 'assign' && valueExpr?.k === 'lit' && valueExpr.v === value

/** What is up and down again before anybody else runs keeps nobody out. */
const waitsBefore = (up: CellWrite, down: CellWrite): boolean => {
  if (up.inst.fn !== down.inst.fn) return true
  let waits = false
  eachExpression(up.inst.fn.body, (x) => { if (x.k === 'await' && x.p > (up.site as { p: number }).p && x.p < (down.site as { p: number }).p) waits = true })
  return waits
}
