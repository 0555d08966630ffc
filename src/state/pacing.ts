import type { Expr, FileFacts, FnFact, FnId } from '../model/facts.js'
import { boundBy, someExpression } from '../link/shape.js'
import type { Cell } from './cells.js'
import { STARTS, calledName } from './handles.js'

const paced = new WeakMap<FnFact, boolean>()

/**
 * `throttle(fn, ms)` written by hand: the timer, the last moment and the last arguments that a function keeps to call later what it was given.
 * Each process slows down its own calls; what is gathered for later (`items.push(item)`) is another matter.
 */
export const isPacing = ({ home, writes }: Cell): boolean => {
  if (home.kind !== 'binding' || !writes.every(({ kind }) => kind === 'assign')) return false
  const { facts } = home.unit
  const maker = facts.bindings.find(({ p }) => p === home.start)?.f ?? 0
  return maker !== 0 && paces(facts, maker)
}

const paces = (facts: FileFacts, maker: FnId): boolean => {
  const fn = facts.functions[maker] as FnFact
  let known = paced.get(fn)
  if (known === undefined) {
    const given = new Set(fn.params.flatMap(({ t }) => [...boundBy(t)]))
    const inner = facts.functions.filter((one) => standsIn(facts, one, maker))
    const some = (test: (x: Expr) => boolean): boolean => inner.some(({ body }) => someExpression(body, test))
    known = given.size > 0 && some((x) => x.k === 'call' && STARTS.test(calledName(x))) && some((x) => x.k === 'call' && isOneOf(x.f, given))
    paced.set(fn, known)
  }
  return known
}

const standsIn = (facts: FileFacts, fn: FnFact, maker: FnId): boolean => {
  for (let at = fn.owner; at > 0; at = facts.functions[at]?.owner ?? 0) if (at === maker) return true
  return false
}

/** `fn(…)`, `fn.apply(null, args)` */
const isOneOf = (callee: Expr, given: ReadonlySet<number>): boolean => {
  if (callee.k === 'ref') return given.has(callee.b)
  return callee.k === 'mem' && /^(apply|call)$/.test(callee.n) && isOneOf(callee.o, given)
}
