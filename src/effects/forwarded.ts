import type { CallExpr, Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { Program } from '../program/program.js'

/** How far functions are followed that only hand back what another one gives. */
const FARTHEST = 4
const known = new WeakMap<Instance, Instance[]>()

/**
 * `transaction(work)` with `return db.transaction((tx) => work(tx))` in it: a helper that runs what it is given and hands its answer back stands
 * for that function, so what its callers learn of rows is what the function found.
 */
export const forwarded = (program: Program, inst: Instance, depth = FARTHEST): Instance[] => {
  const before = known.get(inst)
  if (before) return before
  const behind = depth === 0 ? [] : runBy(program, inst)
  const found = behind.length === 0 ? [inst] : [...new Set(behind.flatMap((one) => forwarded(program, one, depth - 1)))]
  if (depth === FARTHEST) known.set(inst, found)
  return found
}

const runBy = (program: Program, inst: Instance): Instance[] => {
  const call = handedBack(program, inst)
  return call && runsGiven(program, inst, call) ? inst.callees.filter(({ site, later, to }) => site === call && !later && to !== inst).map(({ to }) => to) : []
}

/** The one call whose answer a function gives, whatever it has tested. */
const handedBack = ({ look }: Program, inst: Instance): CallExpr | undefined => {
  const [only, ...others] = pointsOf(inst.fn).returns.filter(({ x }) => x !== undefined)
  if (!only?.x || others.length > 0 || [...holdingAt(only.at)].some((at) => at.kind === 'test' && at.by !== 'failure')) return undefined
  const made: Expr | undefined = only.x.k === 'ref' ? look.definition(inst, only.x.b) : only.x
  const x = made?.k === 'await' ? made.x : made
  return x?.k === 'call' ? x : undefined
}

/** A function that came as a parameter, here or in a function around, or a library that runs what it is given and yields its answer. */
const runsGiven = (program: Program, inst: Instance, call: CallExpr): boolean => {
  if (call.f.k === 'ref') return inst.unit.facts.bindings[call.f.b]?.kind === 'param'
  const calls = program.callsOf(inst).filter(({ site }) => site === call)
  return calls.length > 0 && calls.every(({ row }) => row?.run?.some(({ result }) => result === 'value') === true)
}
