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

type Calling = Expr & { k: 'call' | 'new' }

/** Where a file constructs a class, or calls a helper, of this name: `new ShopStack(…)`, `addService(…)`, `this.addService(…)`. */
export function callsTo(facts: FileFacts, { owner, name }: Parameter): Calling[] {
  const isCtor = owner.kind === 'ctor'
  return (callsOf(facts).get(name) ?? []).filter(({ k, f }) => (k === 'new') === isCtor && (f.k === 'ref' || !isCtor))
}

const known = new WeakMap<FileFacts, Map<string, Calling[]>>()

/** The calls of a file by the name that is called: many parameters ask. */
function callsOf(facts: FileFacts): Map<string, Calling[]> {
  let calls = known.get(facts)
  if (calls) return calls
  known.set(facts, (calls = new Map()))
  for (const node of nodes(facts.functions)) {
    const x = node as unknown as Expr
    if (x.k !== 'call' && x.k !== 'new') continue
    const name = x.f.k === 'ref' ? facts.bindings[x.f.b]?.n : x.f.k === 'mem' ? x.f.n : undefined
    if (name === undefined) continue
    const list = calls.get(name)
    if (list) list.push(x)
    else calls.set(name, [x])
  }
  return calls
}
