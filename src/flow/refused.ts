import { blocksOf, someExpression } from '../link/shape.js'
import type { Expr, FnFact, Stmt } from '../model/facts.js'

/** `await count(attempt); throw new Refused()`: does what stands there only lead to a refusal? */
export const isBeforeThrow = (fn: FnFact, site: Expr): boolean => inside(fn.body, site)

const inside = (body: Stmt[], site: Expr): boolean =>
  body.some((s) => {
    const inner = blocksOf(s)
    if (inner.length > 0) return inner.some((block) => inside(block, site))
    return body.at(-1)?.k === 'throw' && body.length > 1 && s.k === 'expr' && someExpression([s], (x) => x === site)
  })
