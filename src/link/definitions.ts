import type { BindingId, Expr, FileFacts, Stmt } from '../model/facts.js'
import { blocksOf, boundBy as patternBindings, eachInside } from './shape.js'

/**
 * What the names of a file are initialised with. One that is made from itself has none: what `var opts = opts || {}`
 * stands for is what the parameter was given, and who follows such a name step by step would never arrive.
 */
export const definitionsOf = (facts: FileFacts): ReadonlyMap<BindingId, Expr> => {
  const known = definitions.get(facts)
  if (known) return known
  const map = new Map<BindingId, Expr>()
  for (const fn of facts.functions) collect(fn.body, map)
  definitions.set(facts, withoutCircles(map))
  return map
}

const definitions = new WeakMap<FileFacts, ReadonlyMap<BindingId, Expr>>()

const collect = (body: Stmt[], into: Map<BindingId, Expr>): void => {
  for (const s of body) {
    if (s.k === 'var') for (const d of s.d) declare(d.t, d.i, into)
    if (s.k === 'loop' && s.each) declare(s.each, s.t, into)
    for (const inner of blocksOf(s)) collect(inner, into)
  }
}

type Declared = Parameters<typeof patternBindings>[0]

const declare = (pattern: Declared, value: Expr | undefined, into: Map<BindingId, Expr>): void => {
  if (value) for (const id of patternBindings(pattern)) if (!into.has(id)) into.set(id, value)
}

/** `var name = user.email; var user = name.split('@')[0]`: the definition that leads back is taken away. */
const withoutCircles = (map: Map<BindingId, Expr>): Map<BindingId, Expr> => {
  const seen = new Map<BindingId, 'open' | 'done'>()
  const visit = (id: BindingId): void => {
    const made = map.get(id)
    if (!made || seen.has(id)) return
    seen.set(id, 'open')
    let back = false
    for (const named of namedIn(made)) {
      visit(named)
      back ||= seen.get(named) === 'open'
    }
    if (back) map.delete(id)
    seen.set(id, 'done')
  }
  for (const id of map.keys()) visit(id)
  return map
}

const namedIn = (made: Expr): BindingId[] => {
  const named: BindingId[] = []
  eachInside(made, (x) => { if (x.k === 'ref') named.push(x.b) })
  return named
}
