import type { Expr, FnFact } from '../model/facts.js'
import { pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { someExpression, somePart } from '../link/shape.js'
import type { LookedUp } from '../link/peek.js'
import type { Cell } from './cells.js'
import { isReset, ownWrites } from './patterns.js'
import { localOf } from './locals.js'

const STOPPER_NAME = /unsub|unlisten|unwatch|dispos|cleanup|teardown|remover|stopper|cancel|(^|[._])offs?$/i

/** `return spare.pop() ?? { … }`: things that have been used, kept to be used again instead of new ones. What was in them is nothing to anybody. */
export const areSpares = (cell: Cell, look: LookedUp): boolean => {
  const takes = ownWrites(cell).filter(({ op }) => op === 'pop' || op === 'shift')
  return takes.length > 0 && cell.reads.every(({ op }) => op !== 'iterate') && takes.every(({ inst, site }) => givesEither(inst, site as Expr, look))
}

/** Gives back what was taken, or something made here in its place: written out, or by `const child = fork(file)`. */
const givesEither = (inst: Instance, take: Expr, look: LookedUp): boolean => {
  const { returns } = pointsOf(inst.fn)
  const taken = localOf(inst.fn.body, take)
  const isTaken = (x: Expr): boolean => x === take || (x.k === 'ref' && x.b === taken)
  const isMade = (x: Expr): boolean => x.k !== 'call' && somePart(x, (part) => part.k === 'obj' || part.k === 'new')
  const isMaking = (x: Expr): boolean => {
    const made = x.k === 'ref' && x.b !== taken ? look.definition(inst, x.b) : undefined
    return isMade(x) || (made !== undefined && (isMade(made) || (made.k === 'call' && MAKES.test(nameOf(inst, made.f)))))
  }
  return returns.some(({ x }) => x !== undefined && somePart(x, isTaken)) && returns.some(({ x }) => x !== undefined && isMaking(x))
}

const MAKES = /^(fork|spawn|create|make|connect|open|build)/
const nameOf = ({ unit }: Instance, callee: Expr): string => (callee.k === 'ref' ? unit.facts.bindings[callee.b]?.n : callee.k === 'mem' || callee.k === 'glob' ? callee.n : undefined) ?? ''

/** `unsubscribers.set(id, device.subscribe(…))`, called without anything to let go of it: whoever listens keeps the way to stop. */
export const areStoppers = (cell: Cell, look: LookedUp): boolean => {
  if (areBoundStops(cell)) return true
  if (!STOPPER_NAME.test(cell.home.name)) return false
  const puts = ownWrites(cell).filter(({ kind, op }) => kind === 'member' || op === 'set' || op === 'push' || op === 'add')
  return puts.length > 0 && puts.every(({ inst, site, valueExpr }) => {
    const given = valueExpr ?? (site.k === 'call' ? site.a.at(-1) : undefined)
    if (given === undefined) return false
    if (given.k === 'fn' || given.k === 'call') return true
    const values = look.values(inst, given)
    return values.length > 0 ? values.every(({ kind }) => kind === 'fn' || kind === 'lib') : given.k === 'ref'
  }) && !cell.reads.some(({ inst, site }) => isCalledWith(inst.fn, site))
}

/** `hangUp = socket.destroy.bind(socket)`, called when all is over and by no request: a way to stop by what it is. */
const areBoundStops = (cell: Cell): boolean => {
  const puts = ownWrites(cell).filter((write) => !isReset(write))
  return puts.length > 0 && puts.every(({ valueExpr }) => valueExpr !== undefined && isBoundStop(valueExpr)) && cell.reads.every(({ inst, site }) => inst.phase !== 'request' && !isCalledWith(inst.fn, site))
}
const isBoundStop = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'bind' && x.f.o.k === 'mem' && STOPS.test(x.f.o.n)
const STOPS = /^(destroy|close|end|terminate|disconnect|kill|abort|unsubscribe|stop|removeListener)$/

/** `listeners.get(id)?.(message)`: what is handed something is no way to stop. */
const isCalledWith = (fn: FnFact, read: Expr): boolean => someExpression(fn.body, (x) => x.k === 'call' && x.a.length > 0 && x.f === read)
