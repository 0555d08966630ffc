import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import { type Ref, constant } from './solver.js'

/** The argument that `f(...list)` gives at a position of the list. */
export const spreadInto = (a: Analysis, access: Access, base: Ref, index: number, node: number): void => {
  a.solver.watch(base, (id) => {
    const value = a.value(id)
    const isKnown = value.kind === 'object' && value.shape === 'array' && value.holder.fields.has(String(index))
    if (isKnown) a.solver.flow(a.field(value, String(index)), node)
    else access.elementsInto(constant(id), node)
  })
}
