import type { BindingId, Expr, FileFacts, Pattern, Stmt } from '../model/facts.js'
import { blocksOf } from '../link/shape.js'

const known = new WeakMap<FileFacts, Set<BindingId>>()

/** `const lang = config.language || 'en'`, `const { most = 0 } = settings`: texts and numbers, whatever members of that name may hold. */
export const plainLocals = (facts: FileFacts): ReadonlySet<BindingId> => {
  let found = known.get(facts)
  if (found) return found
  known.set(facts, (found = new Set()))
  for (const fn of facts.functions) collect(fn.body, found)
  for (const id of found) if (facts.bindings[id]?.kind !== 'const') found.delete(id)
  return found
}

const collect = (body: Stmt[], into: Set<BindingId>): void => {
  for (const s of body) {
    if (s.k === 'var') for (const { t, i } of s.d) declare(t, i, into)
    for (const inner of blocksOf(s)) collect(inner, into)
  }
}

const declare = (pattern: Pattern, value: Expr | undefined, into: Set<BindingId>): void => {
  if (pattern.k === 'bind' && value && isPlain(value, into)) into.add(pattern.b)
  else if (pattern.k === 'objpat') for (const { t } of pattern.m) if (t.k === 'def') declare(t.t, t.d, into)
}

/** … and what falls back on such a name: `config.pause ?? PAUSE`. */
const isPlain = (x: Expr, named: ReadonlySet<BindingId>): boolean => {
  if (x.k === 'lit') return x.v !== null
  if (x.k === 'ref') return named.has(x.b)
  if (x.k === 'log') return x.op !== '&&' && isPlain(x.r, named)
  return x.k === 'tpl' || (x.k === 'mem' && x.n === 'length') || (x.k === 'bin' && isPlain(x.r, named))
}
