import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression } from '../link/shape.js'

const HEADER = /^(x-)?idempotency[-_]?key$/i
const MEMBER = /^idempotency-?key$/i
const LOGS = /^(console|log|logger)$/

/** Which functions read an idempotency key of the request and hand it on. One that is only demanded or logged guards nothing. */
export class KeyReads {
  private readonly known = new Map<FnFact, boolean>()

  uses({ fn, unit }: Instance): boolean {
    let uses = this.known.get(fn)
    if (uses === undefined) this.known.set(fn, (uses = handsOn(fn, unit.facts)))
    return uses
  }
}

const isKey = (x: Expr): boolean => (x.k === 'lit' && typeof x.v === 'string' && HEADER.test(x.v)) || (x.k === 'mem' && MEMBER.test(x.n))

const handsOn = (fn: FnFact, facts: FileFacts): boolean => {
  let found = false
  const kept = new Set<number>()
  eachExpression(fn.body, (x, statement) => {
    if (!isKey(x)) return
    const names = statement.k === 'var' ? statement.d.flatMap(({ t }) => (t.k === 'bind' ? [t.b] : [])) : []
    if (names.length === 0) found = true
    for (const name of names) kept.add(name)
  })
  return found || (kept.size > 0 && facts.functions.some(({ body }) => passes(body, kept)))
}

/** Is one of these names given to a call, put into an object, written somewhere or returned? */
const passes = (body: FnFact['body'], names: ReadonlySet<number>): boolean => {
  let found = false
  const holds = (x: Expr): boolean => (x.k === 'ref' && names.has(x.b)) || childrenOf(x).some(holds)
  eachExpression(body, (x, statement) => {
    if (found) return
    if (x.k === 'call' || x.k === 'new') found = !isLog(x.f) && x.a.some(holds)
    else if (x.k === 'set') found = holds(x.r)
    else if (x.k === 'elem') found = holds(x.i)
    else if (statement.k === 'ret' && statement.x === x) found = holds(x)
  })
  return found
}

const isLog = (callee: Expr): boolean => callee.k === 'mem' && ((callee.o.k === 'glob' && LOGS.test(callee.o.n)) || /^(debug|info|warn|trace)$/.test(callee.n))
