import type { Expr, FnFact, Pattern, PropFact, Stmt } from '../model/facts.js'
import { boundBy, childrenOf } from '../link/shape.js'

/** What an expression is directly part of. */
export interface Around {
  parent?: Expr
  /** The property of an object literal whose value it is. */
  prop?: PropFact
  statement?: Stmt
  /** What it initialises: a declaration, or a default. */
  pattern?: Pattern
}

const known = new WeakMap<FnFact, Map<Expr, Around>>()

/** For each expression of a function, what is directly around it; not entering functions. */
export const surroundings = (fn: FnFact): Map<Expr, Around> => {
  let map = known.get(fn)
  if (!map) {
    known.set(fn, (map = new Map()))
    for (const param of fn.params) defaults(param.t, map)
    statements(fn.body, map)
  }
  return map
}

const enter = (x: Expr | undefined, around: Around, into: Map<Expr, Around>): void => {
  if (!x) return
  into.set(x, around)
  for (const child of childrenOf(x)) enter(child, { parent: x }, into)
  if (x.k === 'obj') for (const prop of x.m) into.set(prop.v, { parent: x, prop })
  if (x.k === 'set' && !('p' in x.l && 'e' in x.l)) defaults(x.l as Pattern, into)
}

const defaults = (pattern: Pattern, into: Map<Expr, Around>): void => {
  if (pattern.k === 'def') {
    enter(pattern.d, { pattern: pattern.t }, into)
    defaults(pattern.t, into)
  } else if (pattern.k === 'objpat') for (const m of pattern.m) defaults(m.t, into)
  else if (pattern.k === 'arrpat') for (const m of pattern.x) if (m) defaults(m, into)
}

const statements = (body: Stmt[], into: Map<Expr, Around>): void => {
  for (const s of body) {
    if (s.k === 'expr' || s.k === 'throw' || s.k === 'ret') enter(s.x, { statement: s }, into)
    else if (s.k === 'var') {
      for (const d of s.d) {
        enter(d.i, { statement: s, pattern: d.t }, into)
        defaults(d.t, into)
      }
    } else if (s.k === 'if') {
      enter(s.t, { statement: s }, into)
      statements(s.c, into)
      if (s.a) statements(s.a, into)
    } else if (s.k === 'loop') {
      enter(s.t, { statement: s }, into)
      statements(s.b, into)
    } else if (s.k === 'block') statements(s.b, into)
    else if (s.k === 'try') for (const part of [s.b, s.c ?? [], s.f ?? []]) statements(part, into)
    else if (s.k === 'switch') {
      enter(s.x, { statement: s }, into)
      for (const c of s.cases) statements(c.b, into)
    }
  }
}

/** Names that a pattern gives. */
export const namesOf = (pattern: Pattern, bindings: { n: string }[]): string[] => [...boundBy(pattern)].map((id) => bindings[id]?.n ?? '')
