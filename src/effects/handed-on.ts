import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import { boundBy, someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

const GROWS = /^(push|unshift|concat|append)$/

/** `ref.transaction((count) => (count || 0) + 1)`: what is stored is handed to a function, which gives back that and more. */
export const goesOnFromStored = (program: Program, call: LibraryCall): boolean => {
  const { turns } = call.row?.effect ?? {}
  return turns !== undefined && program.argument(call, turns).some((value) => value.kind === 'fn' && goesOn(value.fn))
}

const goesOn = (fn: FnFact): boolean => {
  const given = new Set<BindingId>()
  if (fn.params[0]) boundBy(fn.params[0].t, given)
  const isOfIt = (x: Expr): boolean => (x.k === 'ref' ? given.has(x.b) : x.k === 'mem' || x.k === 'elem' ? isOfIt(x.o) : x.k === 'log' ? isOfIt(x.l) : x.k === 'call' && x.a[0] !== undefined && x.f.k === 'glob' && x.f.n === 'Number' && isOfIt(x.a[0]))
  return given.size > 0 && someExpression(fn.body, (x) => {
    if (x.k === 'bin') return /^[-+*]$/.test(x.op) && (isOfIt(x.l) || isOfIt(x.r))
    if (x.k === 'upd') return isOfIt(x.x)
    if (x.k === 'set') return /^[-+*]=$/.test(x.op) && 'p' in x.l && isOfIt(x.l as Expr)
    if (x.k === 'call') return x.f.k === 'mem' && GROWS.test(x.f.n) && isOfIt(x.f.o)
    return x.k === 'arr' && x.x.length > 1 && x.x.some((one) => one.k === 'spread' && isOfIt(one.x))
  })
}
