import type { BindingId, Expr, Stmt } from '../model/facts.js'
import type { LookedUp } from '../link/peek.js'
import { blocksOf, isExpression } from '../link/shape.js'
import type { CellWrite } from './cell.js'

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

/** What is pushed on to, or given an element: `rows.push(row)`, `rows[i] = row`. */
export const filledIn = ({ site }: CellWrite): Expr | undefined =>
  site.k === 'call' && site.f.k === 'mem' ? site.f.o : site.k === 'set' && isExpression(site.l) && site.l.k === 'elem' ? site.l.o : undefined

/** `const rows = []; rows.push(row)`: a function fills what it has made itself. */
export const fillsOwn = (look: LookedUp, write: CellWrite): boolean => {
  const { inst } = write
  const target = filledIn(write)
  const { bindings, functions } = inst.unit.facts
  if (target?.k !== 'ref' || inst.fn.kind === 'module' || functions[bindings[target.b]?.f ?? 0] !== inst.fn) return false
  return isMadeAnew(look.definition(inst, target.b))
}

export const isMadeAnew = (x: Expr | undefined): boolean => x?.k === 'arr' || x?.k === 'obj' || x?.k === 'new'
