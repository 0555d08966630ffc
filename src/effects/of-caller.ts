import type { DecoratorFact, Expr, ParamFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import { CALLER } from '../catalog/words.js'
import type { LookedUp } from '../link/peek.js'
import type { Program } from '../program/program.js'

/** `req.user`: who asks, as authentication has put it on the request. */
export const isCaller = ({ a, look }: Program, inst: Instance, x: Expr & { k: 'mem' }): boolean =>
  CALLER.test(x.n) && look.values(inst, x.o).some((value) => (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && a.catalog.row(value.path)?.owned === 'request')

/** `@GetUser() user`: the decorator is the project's own, and its function gives who asks. */
export const isGivenCaller = ({ look }: Program, inst: Instance, param: ParamFact): boolean => decoratedBy(look, inst, param).length > 0

/** What a decorator of the project's own calls who asks. */
const callerIn = (look: LookedUp, inst: Instance, { x }: DecoratorFact): string | undefined => {
  const callee = x.k === 'call' ? x.f : x
  const made = callee.k === 'ref' ? look.written(inst, callee.b) : undefined
  const fn = made?.x.k === 'call' ? made.x.a[0] : undefined
  const body = fn?.k === 'fn' ? made?.inst.unit.facts.functions[fn.f]?.body ?? [] : []
  let name: string | undefined
  someExpression(body, (y) => y.k === 'mem' && CALLER.test(y.n) && (name = y.n) !== undefined)
  return name
}

const OWN_KEY = /^_?id$/i

/** A field of who asks, other than the key: `req.user.email`, `me.email` of `@Me() me`, `email` of `@Me('email') email`. */
export const callerField = (program: Program, inst: Instance, x: Expr): { name: string; field: string } | undefined => {
  if (x.k === 'ref') {
    const [dec, name] = decoratedBy(program.look, inst, paramOf(inst, x.b))
    const [field] = dec?.x.k === 'call' ? dec.x.a : []
    return name !== undefined && field?.k === 'lit' && typeof field.v === 'string' ? { name, field: field.v } : undefined
  }
  if (x.k !== 'mem') return undefined
  const name = x.o.k === 'mem' && isCaller(program, inst, x.o) ? x.o.n : x.o.k === 'ref' ? decoratedBy(program.look, inst, paramOf(inst, x.o.b))[1] : undefined
  return name === undefined || OWN_KEY.test(x.n) ? undefined : { name, field: x.n }
}

const paramOf = (inst: Instance, binding: number): ParamFact | undefined => inst.fn.params.find(({ t }) => t.k === 'bind' && t.b === binding)

const decoratedBy = (look: LookedUp, inst: Instance, param: ParamFact | undefined): [DecoratorFact?, string?] => {
  for (const dec of param?.dec ?? []) {
    const name = callerIn(look, inst, dec)
    if (name !== undefined) return [dec, name]
  }
  return []
}
