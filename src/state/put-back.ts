import type { BindingId, Expr, FnFact, Stmt } from '../model/facts.js'
import { blocksOf, isExpression, someExpression } from '../link/shape.js'
import { isSame } from './once.js'

/**
 * `const before = Error.prepareStackTrace; Error.prepareStackTrace = …; try { … } finally { Error.prepareStackTrace = before }`:
 * a function that waits for nothing and leaves things as they were. Nobody else sees what it sets.
 */
export const isPutBack = (fn: FnFact, write: Expr): boolean => {
  if (fn.async !== undefined || write.k !== 'set' || !isExpression(write.l)) return false
  const place = write.l
  const saved = new Set<BindingId>()
  collectSaved(fn.body, place, saved)
  return saved.size > 0 && someExpression(fn.body, (x) => x.k === 'set' && isExpression(x.l) && isSame(x.l, place) && x.r.k === 'ref' && saved.has(x.r.b))
}

const collectSaved = (body: Stmt[], place: Expr, into: Set<BindingId>): void => {
  for (const s of body) {
    for (const d of s.k === 'var' ? s.d : []) if (d.i && d.t.k === 'bind' && isSame(d.i, place)) into.add(d.t.b)
    for (const inner of blocksOf(s)) collectSaved(inner, place, into)
  }
}
