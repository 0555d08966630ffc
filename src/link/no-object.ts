import type { BindingId, Expr } from '../model/facts.js'
import type { Evaluator } from './evaluator.js'
import type { Instance } from './instances.js'
import { NOTHING, type Ref } from './solver.js'

/** A test, and how it came out where one stands. */
export interface Passed {
  test: Expr
  holds: boolean
}

/** What an expression gives behind these tests: `if (typeof x !== 'object') return x` gives none of the objects that `x` may be. */
export const givenBehind = (ev: Evaluator, inst: Instance, x: Expr, passed: Passed[]): Ref => {
  const value = ev.expression(inst, x)
  const known = value !== NOTHING && x.k === 'ref' && passed.some(({ test, holds }) => saysNoObject(test, holds, x.b))
  return known && !ev.presence.changedIn(inst.unit.facts).has(x.b) ? withoutObjects(ev, value) : value
}

const withoutObjects = ({ a }: Evaluator, value: Ref): Ref => {
  const node = a.solver.node()
  a.solver.watch(value, (id) => { if (a.value(id).kind !== 'object') a.solver.add(node, id) })
  return node
}

const saysNoObject = (test: Expr, holds: boolean, b: BindingId): boolean => {
  if (test.k === 'un') return test.op === '!' && (isIt(test.x, b) ? holds : saysNoObject(test.x, !holds, b))
  if (isIt(test, b)) return !holds
  if (test.k === 'log' && test.op !== '??') {
    const sides = [test.l, test.r]
    return (test.op === '&&') === holds ? sides.some((side) => saysNoObject(side, holds, b)) : sides.every((side) => saysNoObject(side, holds, b))
  }
  return test.k === 'bin' && (saysOfType(test, holds, b) || saysNoObjectOf(test.l, test.r, test.op, holds, b))
}

/** `typeof x !== 'object'`, `typeof x === 'string'` */
const saysOfType = ({ l, r, op }: Expr & { k: 'bin' }, holds: boolean, b: BindingId): boolean => {
  if (l.k !== 'un' || l.op !== 'typeof' || !isIt(l.x, b) || r.k !== 'lit' || !/^[!=]==?$/.test(op)) return false
  return (r.v === 'object') !== (holds === op.startsWith('='))
}

/** `x === null`, `Object(x) !== x` */
const saysNoObjectOf = (l: Expr, r: Expr, op: string, holds: boolean, b: BindingId): boolean => {
  if (!/^[!=]==?$/.test(op)) return false
  const equal = holds === op.startsWith('=')
  if (isIt(l, b) && ((r.k === 'lit' && r.v === null) || (r.k === 'glob' && r.n === 'undefined'))) return equal
  const [made, other] = isIt(l, b) ? [r, l] : [l, r]
  return !equal && isIt(other, b) && made.k === 'call' && made.f.k === 'glob' && made.f.n === 'Object' && made.a[0] !== undefined && isIt(made.a[0], b)
}

const isIt = (x: Expr, b: BindingId): boolean => x.k === 'ref' && x.b === b
