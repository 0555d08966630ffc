import type { BindingId, Expr, Stmt } from '../model/facts.js'
import { declaringOf, type Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { blocksOf, isExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cell.js'

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

/** `const rows = []; rows.push(row)`, also in its callbacks: a function fills what it has made itself. */
export const fillsOwn = (look: LookedUp, write: CellWrite): boolean => {
  const { inst } = write
  const target = filledIn(write)
  if (target?.k !== 'ref' || !isOfCall(inst, target.b)) return false
  return isMadeAnew(look.definition(inst, target.b))
}

/** `const rows = []; rows.push(row); this.rows = rows`: what is pushed there is part of what is set. */
export const fillsWhatIsSet = (look: LookedUp, { writes }: Cell, write: CellWrite): boolean => {
  const target = filledIn(write)
  return target?.k === 'ref' && writes.some(({ kind, valueExpr }) => kind === 'assign' && valueExpr?.k === 'ref' && valueExpr.b === target.b) && fillsOwn(look, write)
}

/** A local of the function itself, or of one around it that runs while serving. */
const isOfCall = (inst: Instance, binding: BindingId): boolean => {
  const owner = declaringOf(inst, binding)
  return owner !== undefined && owner.fn.kind !== 'module' && (owner === inst || owner.phase !== 'startup')
}

export const isMadeAnew = (x: Expr | undefined): boolean => x?.k === 'arr' || x?.k === 'obj' || x?.k === 'new'
