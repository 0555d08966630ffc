import type { BindingId, Expr, FnFact, ObjectExpr, Stmt } from '../model/facts.js'
import type { Unit } from '../link/instances.js'
import { isExpression } from '../link/shape.js'

const FEWEST = 2

/** Object literals that a file goes on to give methods (`const Game = { players: {} }; Game.join = function () { … }`), with these. */
export type Given = ReadonlyMap<Expr, readonly FnFact[]>

const known = new WeakMap<Unit, Given>()

export const givenMethods = (unit: Unit): Given => {
  let given = known.get(unit)
  if (!given) known.set(unit, (given = find(unit)))
  return given
}

const find = ({ facts: { functions } }: Unit): Given => {
  const given = new Map<Expr, readonly FnFact[]>()
  // What a function makes so may be one of many, and is told as a whole.
  const body = functions[0]?.body ?? []
  const literals = literalsOf(body)
  const methods = new Map<BindingId, FnFact[]>()
  if (literals.size > 0) for (const s of body) note(s, functions, literals, methods)
  for (const [name, own] of methods) if (own.length >= FEWEST) given.set(literals.get(name) as Expr, own)
  return given
}

const literalsOf = (body: readonly Stmt[]): Map<BindingId, ObjectExpr> => {
  const literals = new Map<BindingId, ObjectExpr>()
  for (const s of body) if (s.k === 'var') for (const { t, i } of s.d) {
    const made = i?.k === 'set' ? i.r : i
    if (t.k === 'bind' && made?.k === 'obj') literals.set(t.b, made)
  }
  return literals
}

const note = (s: Stmt, functions: readonly FnFact[], literals: ReadonlyMap<BindingId, ObjectExpr>, methods: Map<BindingId, FnFact[]>): void => {
  const target = s.k === 'expr' && s.x.k === 'set' && s.x.op === '=' && isExpression(s.x.l) ? s.x.l : undefined
  const value = s.k === 'expr' && s.x.k === 'set' ? s.x.r : undefined
  if (target?.k !== 'mem' || target.o.k !== 'ref' || value?.k !== 'fn' || !literals.has(target.o.b)) return
  const fn = functions[value.f]
  const own = methods.get(target.o.b)
  if (own && fn) own.push(fn)
  else if (fn) methods.set(target.o.b, [fn])
}
