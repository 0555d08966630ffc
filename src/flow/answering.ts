import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { BindingId, Expr, FileFacts, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from './points.js'

/** Express and its like hand over request, response and `next`. */
const OF_EXPRESS = 3

/** `app.use('/rooms', (req, res) => …)`: nothing comes behind what takes no `next`, or never mentions it. It answers, whatever the method. */
export const answersAlone = ({ model, handlers }: EntryRecord, paths: string[]): boolean =>
  model.kind === 'middleware' && model.method === 'ALL' && model.params?.length === OF_EXPRESS && paths.some((path) => /\w/.test(path) && !path.includes('*')) && handlers.length > 0 && handlers.every(({ instance }) => !goesOn(instance))

const goesOn = ({ unit, fn }: Instance): boolean => {
  if (fn.params.length < 2 || fn.params.length > 3 || fn.args) return true
  const next = fn.params[2]?.t
  if (next === undefined) return false
  return next.k !== 'bind' || mentions(unit.facts, fn, next.b)
}

/** Is it spoken of, other than to say that something failed? */
const mentions = (facts: FileFacts, fn: FnFact, binding: BindingId): boolean => {
  const failing = new Set<Expr>()
  eachExpression(fn.body, (x) => {
    if (x.k !== 'call') return
    if (x.f.k === 'ref' && x.f.b === binding && saysFailure(facts, fn, x)) failing.add(x.f)
    if (x.f.k === 'mem' && x.f.n === 'catch' && x.a[0]) failing.add(x.a[0])
  })
  let found = false
  eachExpression(fn.body, (x) => {
    if (x.k === 'ref' && x.b === binding && !failing.has(x)) found = true
    const inner = x.k === 'fn' && !found ? facts.functions[x.f] : undefined
    if (inner) found = mentions(facts, inner, binding)
  })
  return found
}

/** `if (err) return next(err)`, `catch (err) { next(err) }`, `next(new Error(…))`: what may be nothing lets the request go on. */
const saysFailure = (facts: FileFacts, fn: FnFact, x: Expr & { k: 'call' }): boolean => {
  const [given] = x.a
  if (given?.k === 'new') return true
  if (given?.k !== 'ref') return false
  return facts.bindings[given.b]?.kind === 'catch' || [...holdingAt(pointsOf(fn).at.get(x))].some((point) => point.kind === 'test' && point.holds && point.test.k === 'ref' && point.test.b === given.b)
}
