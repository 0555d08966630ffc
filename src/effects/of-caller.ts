import type { Expr, ParamFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import { CALLER } from '../catalog/words.js'
import type { Program } from '../program/program.js'

/** `req.user`: who asks, as authentication has put it on the request. */
export const isCaller = ({ a, look }: Program, inst: Instance, x: Expr & { k: 'mem' }): boolean =>
  CALLER.test(x.n) && look.values(inst, x.o).some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && a.catalog.row(value.path)?.owned === 'request')

/** `@GetUser() user`: the decorator is the project's own, and its function gives who asks. */
export const isGivenCaller = ({ look }: Program, inst: Instance, { dec = [] }: ParamFact): boolean => dec.some(({ x }) => {
  const callee = x.k === 'call' ? x.f : x
  const made = callee.k === 'ref' ? look.written(inst, callee.b) : undefined
  const fn = made?.x.k === 'call' ? made.x.a[0] : undefined
  const body = fn?.k === 'fn' ? made?.inst.unit.facts.functions[fn.f]?.body ?? [] : []
  return someExpression(body, (y) => y.k === 'mem' && CALLER.test(y.n))
})
