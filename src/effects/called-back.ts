import { CALLED_BACK } from '../catalog/words.js'
import type { Entry } from '../flow/entries.js'
import { eachExpression } from '../link/shape.js'
import type { Expr, FnFact, Pattern } from '../model/facts.js'

const known = new WeakMap<FnFact, boolean>()

/** Does somebody else send browsers there, by GET: it is named so, or it takes the code that comes back from a log-in elsewhere (`req.query.code`)? */
export const isCalledBack = ({ symbol, handlers }: Entry): boolean => CALLED_BACK.test(symbol) || handlers.some(({ fn }) => takesCode(fn))

const takesCode = (fn: FnFact): boolean => {
  let takes = known.get(fn)
  if (takes !== undefined) return takes
  takes = false
  eachExpression(fn.body, (x, s) => {
    takes ||= isCode(x) || (s.k === 'var' && s.d.some(({ t, i }) => i === x && isQuery(x) && picksCode(t)))
  })
  known.set(fn, takes)
  return takes
}

/** `req.query.code`, `url.searchParams.get('code')` */
const isCode = (x: Expr): boolean => {
  if (x.k === 'mem') return x.n === 'code' && isQuery(x.o)
  const [name] = x.k === 'call' && x.f.k === 'mem' && x.f.n === 'get' ? x.a : []
  return name?.k === 'lit' && name.v === 'code' && x.k === 'call' && x.f.k === 'mem' && isParams(x.f.o)
}

const isQuery = (x: Expr): boolean => x.k === 'mem' && x.n === 'query'
const isParams = (x: Expr): boolean => (x.k === 'mem' && /^(searchParams|query)$/.test(x.n)) || x.k === 'ref'

/** `const { code, state } = req.query` */
const picksCode = (t: Pattern): boolean => t.k === 'objpat' && t.m.some(({ n }) => n === 'code')
