import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import type { Guards } from './guards.js'

const SETTLES = /^(then|catch|finally)$/

/**
 * `const found = await ask(); offline = !found.length`: a flag that says how something has turned out. What keeps others out is put up before
 * the work that it protects, or behind a look at itself; this is only known when that is done.
 */
export const tellsOutcome = (cell: Cell, guards: Guards): boolean =>
  cell.writes.every((w) => isKnownLater(w) && !guards.testsEmpty(w, cell)) && !cell.writes.some((up) => cell.writes.some((down) => waitsBetween(up, down)))

/** After something that its function waits for, or where a promise has settled. */
const isKnownLater = ({ inst, site }: CellWrite): boolean => waits(inst, 0, site.p) || isSettled(inst)

const isSettled = (inst: Instance): boolean => {
  for (let at = inst; at.env; at = at.env) if (isGivenToPromise(at.env, at)) return true
  return false
}

const isGivenToPromise = ({ unit, fn }: Instance, inner: Instance): boolean => {
  const index = unit.facts.functions.indexOf(inner.fn)
  return someExpression(fn.body, (x) => x.k === 'call' && x.f.k === 'mem' && SETTLES.test(x.f.n) && x.a.some((arg) => arg.k === 'fn' && arg.f === index))
}

/** Up while something goes on, and down after it. */
const waitsBetween = (up: CellWrite, down: CellWrite): boolean => up.inst.fn === down.inst.fn && waits(up.inst, up.site.e, down.site.p)

const waits = ({ fn }: Instance, from: number, to: number): boolean => someExpression(fn.body, (x: Expr) => x.k === 'await' && x.p >= from && x.e <= to)
