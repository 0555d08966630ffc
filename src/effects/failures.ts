import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { isNothing } from './compared.js'

/** Does a call run only where something has failed: in a `catch`, in what `.catch(…)` is given, or behind `if (err)` of a callback? What is said then is no work that was asked for. */
export const tellsOfFailure = ({ inst, site }: LibraryCall, reached: Callers): boolean =>
  isFailed(inst, site) || (reached.has(inst) && callsTo(reached, inst).some((edge) => isFailed(edge.from, edge.site) || handlesFailure(edge.site, edge.from.unit.facts.functions, edge.to.fn)))

const isFailed = ({ fn, unit }: Instance, site: Expr): boolean =>
  isCaught(fn, site) || [...holdingAt(pointsOf(fn).at.get(site))].some((point) => point.kind === 'test' && saysFailed(fn, unit.facts, point.test, point.holds))

/** `err`, `err !== null`, in a function whose first parameter that is. */
const saysFailed = (fn: FnFact, facts: FileFacts, test: Expr, holds: boolean): boolean => {
  if (test.k === 'un' && test.op === '!') return saysFailed(fn, facts, test.x, !holds)
  if (test.k === 'bin') return /^[!=]==?$/.test(test.op) && isNothing(test.r) && saysFailed(fn, facts, test.l, holds === test.op.startsWith('!'))
  const name = test.k === 'ref' ? facts.bindings[test.b]?.n : undefined
  return holds && test.k === 'ref' && name !== undefined && ERROR.test(name) && isOfFailure(fn, test.b, name)
}

const handlesFailure = (site: Expr, functions: FnFact[], fn: FnFact): boolean =>
  site.k === 'call' && site.f.k === 'mem' && site.f.n === 'catch' && site.a.some((arg) => arg.k === 'fn' && functions[arg.f] === fn)

/** What tells that a query failed says nothing of rows, but where one was demanded. */
export const ERROR = /^(error|err|errors|failure|issues)$/

/** `(err, user) => …`: the first of them tells of a failure. */
export const isOfFailure = ({ params }: FnFact, binding: number, name = ''): boolean => {
  const [first] = params
  return first?.t.k === 'bind' && first.t.b === binding && (params.length > 1 || ERROR.test(name))
}
