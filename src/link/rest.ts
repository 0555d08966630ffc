import type { Pattern } from '../model/facts.js'
import type { Evaluator } from './evaluator.js'
import type { Instance } from './instances.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, type ObjectValue, type Value } from './values.js'

/**
 * What a pattern leaves over: `const { ...row } = found`, `const [...list] = all`. It is an object of its own with the same things in
 * it, so that what is set on it is not set on what it was taken from. Objects of libraries stand for their own rest.
 */
export const restOf = (ev: Evaluator, inst: Instance, { k, rest }: Pattern & { k: 'objpat' | 'arrpat' }, value: Ref): Ref => {
  if (value === NOTHING || !rest) return value
  const { a, access } = ev
  const node = a.solver.node()
  a.solver.watch(value, (id) => {
    const source = a.value(id)
    if (!isCopied(source)) return a.solver.add(node, id)
    const copy = k === 'arrpat' ? a.allocate(inst, rest, 'array', { path: 'global#Array.new' }) : a.allocate(inst, rest, 'object')
    if (k === 'arrpat') access.elementsInto(constant(id), a.field(copy, ELEMENTS))
    else access.copyFields(constant(id), copy)
    ;(copy.copyOf ??= []).push(source)
    a.solver.add(node, copy.id)
  })
  return node
}

/** Lists, plain objects, and the data of files. */
const isCopied = (value: Value): value is ObjectValue =>
  value.kind === 'object' && ((value.shape === 'object' && value.path === undefined && !value.cls) || value.path === 'global#Array.new')
