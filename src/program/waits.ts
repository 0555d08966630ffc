import type { Expr } from '../model/facts.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { isRunAgain } from '../effects/attempts.js'
import type { Effect } from '../effects/effects.js'
import { someExpression } from '../link/shape.js'
import type { Program } from './program.js'

/** Where a function waits on the clock. */
export interface Wait {
  inst: Instance
  x: Expr
}

/** What ends when its time has come, and a timer that ends a promise. */
const SLEEPS = /^(delay|p-sleep|sleep-promise)#default$|^(node:)?timers\/promises#setTimeout$/
const TIMER = /^(global|node:timers)#setTimeout$/
/** A helper that sleeps lies no deeper than this. */
const DEEPEST = 2

/** Where something that is tried again waits between the attempts. */
export const waitBetween = (program: Program, led: Pick<Effect, 'call'> & { calls: readonly CallEdge[] }): Wait | undefined => {
  if (isRunAgain(program, led) !== 'retry') return undefined
  for (const inst of [led.call.inst, ...led.calls.map(({ from }) => from).toReversed()]) {
    const x = sleepIn(program, inst, 0)
    if (x) return { inst, x }
  }
  return undefined
}

/** What a function awaits that only the clock ends: a timer in it, or in what it calls for that. */
const sleepIn = (program: Program, inst: Instance, depth: number): Expr | undefined => {
  const own = program.callsOf(inst).find(({ path, site }) => SLEEPS.test(path) || (TIMER.test(path) && resolves(inst, site)))
  if (own) return own.site
  if (depth >= DEEPEST) return undefined
  return inst.callees.find(({ to, site }) => (depth > 0 || awaits(inst, site)) && sleepIn(program, to, depth + 1) !== undefined)?.site
}

/** `(resolve) => setTimeout(resolve, ms)`: the timer ends the promise that the function was given for. */
const resolves = ({ fn, unit }: Instance, site: Expr): boolean => {
  const [resolve] = fn.params
  const [callback] = site.k === 'call' ? site.a : []
  const binding = resolve?.t.k === 'bind' ? resolve.t.b : undefined
  if (binding === undefined || !callback) return false
  const isIt = (x: Expr): boolean => x.k === 'ref' && x.b === binding
  return isIt(callback) || (callback.k === 'fn' && someExpression(unit.facts.functions[callback.f]?.body ?? [], (x) => x.k === 'call' && isIt(x.f)))
}

/** Is a call a part of what is awaited? */
const awaits = ({ fn }: Instance, site: Expr): boolean => someExpression(fn.body, (x) => x.k === 'await' && x.p <= site.p && site.e <= x.e)
