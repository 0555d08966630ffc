import type { Expr, FnFact } from '../model/facts.js'
import { eachExpression, someExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import type { Guards } from './guards.js'
import { calledName } from './handles.js'

/** What runs something after the code that is running now, and nothing in between. */
const SOON = /^(setImmediate|nextTick|queueMicrotask)$/

/**
 * `if (pending) return; pending = true; setImmediate(() => { pending = false; draw() })`: calls that come at once are answered by one. What is
 * lowered before anybody waits for anything keeps no request out, and each process gathers its own calls.
 */
export const isGathering = (cell: Cell, guards: Guards): boolean => {
  if (cell.contents.size > 0 || !cell.writes.every((w) => isSetTo(w, true) || isSetTo(w, false))) return false
  const raised = cell.writes.filter((w) => isSetTo(w, true))
  const lowered = cell.writes.filter((w) => isSetTo(w, false))
  return raised.length > 0 && raised.every((up) => guards.testsEmpty(up, cell) && lowered.some((down) => runsSoon(up, down))) && lowered.every((down) => !waitsBefore(down.inst.fn, down.site))
    && cell.reads.every(({ inst }) => raised.some((up) => up.inst.fn === inst.fn))
}

const runsSoon = (up: CellWrite, down: CellWrite): boolean => {
  const { functions } = up.inst.unit.facts
  return someExpression(up.inst.fn.body, (x) => x.k === 'call' && SOON.test(calledName(x)) && x.a.some((arg) => arg.k === 'fn' && functions[arg.f] === down.inst.fn))
}

const waitsBefore = (fn: FnFact, site: Expr): boolean => {
  let waits = false
  eachExpression(fn.body, (x) => { if (x.k === 'await' && x.p < site.p) waits = true })
  return waits
}

const isSetTo = ({ kind, valueExpr }: CellWrite, value: boolean): boolean => kind === 'assign' && valueExpr?.k === 'lit' && valueExpr.v === value
