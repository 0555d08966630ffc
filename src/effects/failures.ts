import type { Expr, FnFact } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'

/** Does a call run only where something has failed: in a `catch`, or in what `.catch(…)` is given? What is said then is no work that was asked for. */
export const tellsOfFailure = ({ inst, site }: LibraryCall, reached: Callers): boolean =>
  isCaught(inst.fn, site) || (reached.has(inst) && callsTo(reached, inst).some((edge) => isCaught(edge.from.fn, edge.site) || handlesFailure(edge.site, edge.from.unit.facts.functions, edge.to.fn)))

const handlesFailure = (site: Expr, functions: FnFact[], fn: FnFact): boolean =>
  site.k === 'call' && site.f.k === 'mem' && site.f.n === 'catch' && site.a.some((arg) => arg.k === 'fn' && functions[arg.f] === fn)

/** What tells that a query failed says nothing of rows, but where one was demanded. */
export const ERROR = /^(error|err|errors|failure|issues)$/

/** `(err, user) => …`: the first of them tells of a failure. */
export const isOfFailure = ({ params }: FnFact, binding: number, name = ''): boolean => {
  const [first] = params
  return first?.t.k === 'bind' && first.t.b === binding && (params.length > 1 || ERROR.test(name))
}
