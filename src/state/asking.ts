import type { BindingId, Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { membersIn, someExpression } from '../link/shape.js'

/** How the first parameter of a callback is called that is told of a failure. */
const FAILURE = /^_?(e|er|err|error)$/i

/** What the function around a callback asks for: `load().then((rows) => …)`, `read(path, (error, text) => …)`. */
export const askedFor = (inst: Instance): Expr | undefined => {
  const { env, fn, unit } = inst
  if (!env) return undefined
  const calledBack = isCalledBack(inst)
  if (!calledBack && !membersIn(env.fn).has('then')) return undefined
  const index = unit.facts.functions.indexOf(fn)
  let asked: Expr | undefined
  someExpression(env.fn.body, (x) => {
    if (x.k !== 'call') return false
    const isGiven = (at: number): boolean => { const arg = x.a[at]; return arg?.k === 'fn' && arg.f === index }
    if (x.f.k === 'mem' && x.f.n === 'then' && isGiven(0)) asked = x.f.o
    else if (calledBack && isGiven(x.a.length - 1)) asked = x
    return asked !== undefined
  })
  return asked
}

/** `(async () => { … })()` */
export const isCalledAtOnce = ({ env, fn, unit }: Instance): boolean => {
  const index = fn.kind === 'arrow' && fn.params.length === 0 ? unit.facts.functions.indexOf(fn) : -1
  return index >= 0 && env !== undefined && someExpression(env.fn.body, (x) => x.k === 'call' && x.f.k === 'fn' && x.f.f === index)
}

/** Is a parameter what has come of that? */
export const isAnswer = (inst: Instance, binding: BindingId): boolean => {
  const { bindings, functions } = inst.unit.facts
  if (bindings[binding]?.kind !== 'param' || functions[bindings[binding]?.f ?? 0] !== inst.fn) return false
  return !isCalledBack(inst) || !isBinding(inst, 0, binding)
}

/** `(error, text) => …`, while the same request is served. */
const isCalledBack = ({ env, fn, phase, unit }: Instance): boolean => {
  const first = fn.params[0]?.t
  return fn.params.length === 2 && env?.phase === phase && first?.k === 'bind' && FAILURE.test(unit.facts.bindings[first.b]?.n ?? '')
}

const isBinding = ({ fn }: Instance, at: number, binding: BindingId): boolean => {
  const t = fn.params[at]?.t
  return t?.k === 'bind' && t.b === binding
}
