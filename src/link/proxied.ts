import type { Expr, FnFact, Pattern } from '../model/facts.js'
import { eachExpression } from './shape.js'

/** `get(_, name) { return client()[name] }`, `Reflect.get(client(), name)`: what a proxy hands all its members on from. */
export const handsOnFrom = ({ params, body }: FnFact): Expr | undefined => {
  const [target, name] = [bindingOf(params[0]?.t), bindingOf(params[1]?.t)]
  if (name === undefined) return undefined
  let found: Expr | undefined
  eachExpression(body, (x) => {
    const from = x.k === 'elem' ? isName(x.i, name) && x.o : isReflected(x) && isName(x.a[1], name) && x.a[0]
    if (from && !isName(from, target)) found ??= from
  })
  return found
}

const isReflected = (x: Expr): x is Expr & { k: 'call' } => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'get' && x.f.o.k === 'glob' && x.f.o.n === 'Reflect'

const isName = (x: Expr | undefined, binding: number | undefined): boolean => x?.k === 'ref' && x.b === binding

const bindingOf = (t: Pattern | undefined): number | undefined => (t?.k === 'bind' ? t.b : undefined)
