import { eachExpression } from '../link/shape.js'
import type { ReadRecord } from '../link/analysis.js'
import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { Cell, CellRead } from './cell.js'

const uses = new WeakMap<FnFact, Map<BindingId, Expr[]>>()

/** `const { items } = this`: where the name is used that a pattern took a member under. */
const usesOfName = (fn: FnFact, binding: BindingId): Expr[] => {
  let found = uses.get(fn)
  if (!found) {
    const all = new Map<BindingId, Expr[]>()
    eachExpression(fn.body, (x) => {
      if (x.k !== 'ref') return
      const known = all.get(x.b)
      if (known) known.push(x)
      else all.set(x.b, [x])
    })
    uses.set(fn, (found = all))
  }
  return found.get(binding) ?? []
}

/** Notes that a cell is read there: at the place itself, or wherever the name stands that was given to it. */
export const markRead = (cell: Cell | undefined, { inst, site, taken }: ReadRecord, op: CellRead['op']): void => {
  if (!cell) return
  if (site) cell.reads.push({ inst, site, op })
  else if (taken !== undefined) for (const at of usesOfName(inst.fn, taken)) cell.reads.push({ inst, site: at, op })
}
