import type { BindingId, Expr, Stmt } from '../model/facts.js'
import { blocksOf } from '../link/shape.js'

/** The first local of a function whose written value is the one that is looked for. */
export const localWith = (body: Stmt[], isValue: (value: Expr) => boolean): { binding: BindingId; value: Expr } | undefined => {
  for (const s of body) {
    for (const { t, i } of s.k === 'var' ? s.d : []) if (i && t.k === 'bind' && isValue(i)) return { binding: t.b, value: i }
    for (const inner of blocksOf(s)) {
      const found = localWith(inner, isValue)
      if (found) return found
    }
  }
  return undefined
}

/** The local that is given an expression itself. */
export const localOf = (body: Stmt[], value: Expr): BindingId | undefined => localWith(body, (x) => x === value)?.binding
