import type { BindingId, Expr, FileFacts, FnFact, Pattern } from '../model/facts.js'
import { nodes } from './code-nodes.js'

/** A parameter of a constructor or of a helper, or a part of one that is taken out of an object. */
export interface Parameter {
  owner: FnFact
  /** The class that is constructed, the function or the method that is called. */
  name: string
  position: number
  member?: string
  fallback?: Expr
}

/** What a binding is a parameter of, if that has a name to be called by. */
export function parameterOf(facts: FileFacts, binding: BindingId): Parameter | undefined {
  const owner = facts.functions[facts.bindings[binding]?.f ?? -1]
  const name = owner && nameOf(facts, owner)
  if (!owner || name === undefined) return undefined
  for (const [position, { t }] of owner.params.entries()) {
    const [target, fallback] = withDefault(t)
    if (target.k === 'bind' && target.b === binding) return { owner, name, position, ...(fallback && { fallback }) }
    for (const part of target.k === 'objpat' ? target.m : []) {
      const [inner, own] = withDefault(part.t)
      if (inner.k === 'bind' && inner.b === binding && part.n !== undefined) return { owner, name, position, member: part.n, ...(own && { fallback: own }) }
    }
  }
  return undefined
}

const withDefault = (t: Pattern): [Pattern, Expr | undefined] => (t.k === 'def' ? [t.t, t.d] : [t, undefined])

const nameOf = (facts: FileFacts, owner: FnFact): string | undefined =>
  owner.kind === 'ctor' ? (owner.cls === undefined ? undefined : facts.classes[owner.cls]?.n) : owner.n

/** Where a file constructs a class, or calls a helper, of this name: `new ShopStack(…)`, `addService(…)`, `this.addService(…)`. */
export function* callsTo(facts: FileFacts, { owner, name }: Parameter): Generator<Expr & { k: 'call' | 'new' }> {
  for (const node of nodes(facts.functions)) {
    const x = node as unknown as Expr
    if (owner.kind === 'ctor' ? x.k !== 'new' : x.k !== 'call') continue
    const called = x as Expr & { k: 'call' | 'new' }
    if (called.f.k === 'ref' ? facts.bindings[called.f.b]?.n === name : called.f.k === 'mem' && owner.kind !== 'ctor' && called.f.n === name) yield called
  }
}
