import type { BindingId, Expr, FnId } from '../model/facts.js'
import type { Unit } from '../link/instances.js'
import { boundBy, eachExpression } from '../link/shape.js'

/** Is this what a promise is settled by, or does it hold that? */
export function holdsSettler(unit: Unit, x: Expr): boolean {
  const settles = (part: Expr): boolean => part.k === 'ref' && isSettler(unit, part.b)
  if (x.k === 'arr') return x.x.some(settles)
  return x.k === 'obj' ? x.m.some(({ v }) => v !== undefined && settles(v)) : settles(x)
}

const isSettler = (unit: Unit, binding: BindingId): boolean => {
  const fact = unit.facts.bindings[binding]
  return fact !== undefined && (fact.kind === 'param' ? executorsOf(unit).has(fact.f) : resolversOf(unit).has(binding))
}

/** Locals that are taken from `Promise.withResolvers()`. */
function resolversOf(unit: Unit): ReadonlySet<BindingId> {
  let found = taken.get(unit)
  if (!found) {
    const bindings = new Set<BindingId>()
    for (const { body } of unit.facts.functions) eachExpression(body, (x, s) => { if (makesPair(x) && s.k === 'var') for (const { t, i } of s.d) if (i === x) boundBy(t, bindings) })
    taken.set(unit, (found = bindings))
  }
  return found
}

const makesPair = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'withResolvers' && x.f.o.k === 'glob' && x.f.o.n === 'Promise'

const taken = new WeakMap<Unit, ReadonlySet<BindingId>>()
const known = new WeakMap<Unit, ReadonlySet<FnId>>()

/** Functions that are given to `new Promise(…)`. */
function executorsOf(unit: Unit): ReadonlySet<FnId> {
  let found = known.get(unit)
  if (!found) {
    const ids = new Set<FnId>()
    for (const { body } of unit.facts.functions) eachExpression(body, (x) => { if (x.k === 'new' && x.f.k === 'glob' && x.f.n === 'Promise' && x.a[0]?.k === 'fn') ids.add(x.a[0].f) })
    known.set(unit, (found = ids))
  }
  return found
}
