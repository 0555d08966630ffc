import type { Expr, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'
import { blocksOf, eachExpression } from '../link/shape.js'

const VERB = /^(GET|POST|PUT|PATCH|DELETE)$/

/** Does a handler ask which method it is: `req.method`, `const { method } = req`, or verbs that are given to a helper (`allow(req, ['POST'])`, `byMethod({ POST })`)? */
export const asksMethod = (fn: FnFact): boolean => {
  let asks = fn.params.some(({ t }) => takes(t, 'method')) || declares(fn.body, 'method')
  // Handed on, it is decided elsewhere, by a setting perhaps.
  const handedOn = new Set<Expr>()
  eachExpression(fn.body, (x) => {
    if (x.k === 'call' && x.a.length > 1 && !x.a.some(namesVerb)) for (const arg of x.a) handedOn.add(arg)
    if (x.k === 'mem' && x.n === 'method' && !handedOn.has(x)) asks = true
    if (x.k === 'call' && x.f.k !== 'mem' && x.a.length > 1 && x.a.some(namesVerb)) asks = true
  })
  return asks
}

/** The same in a function inside: `req.on('end', () => { if (req.method !== 'POST') return refuse(res); … })`. */
export const asksMethodInside = ({ functions }: FileFacts, fn: FnFact): boolean => functions.some((inner) => functions[inner.owner] === fn && asksMethod(inner))

const namesVerb = (x: Expr): boolean => {
  if (x.k === 'lit') return typeof x.v === 'string' && VERB.test(x.v)
  return (x.k === 'arr' && x.x.length > 0 && x.x.every(namesVerb)) || (x.k === 'obj' && x.m.some((m) => m.n !== undefined && VERB.test(m.n)))
}

/** Is a member of this name taken out of an object by a declaration? */
const declares = (list: Stmt[], name: string): boolean =>
  list.some((s) => (s.k === 'var' && s.d.some(({ t }) => takes(t, name))) || blocksOf(s).some((inner) => declares(inner, name)))

const takes = (pattern: Pattern, name: string): boolean => {
  if (pattern.k === 'def') return takes(pattern.t, name)
  return pattern.k === 'objpat' && pattern.m.some((m) => m.n === name || takes(m.t, name))
}
