import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { catchesIn } from '../flow/catches.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import { eachExpression } from '../link/shape.js'

const known = new WeakMap<FnFact, Set<Expr>>()

/** Does a call run only where something has failed: in a `catch`, or in what `.catch(…)` is given? What is said then is no work that was asked for. */
export const tellsOfFailure = ({ inst, site }: LibraryCall, reached: Callers): boolean =>
  isCaught(inst.fn, site) || (reached.has(inst) && callsTo(reached, inst).some((edge) => isCaught(edge.from.fn, edge.site) || handlesFailure(edge.site, edge.from.unit.facts.functions, edge.to.fn)))

const handlesFailure = (site: Expr, functions: FnFact[], fn: FnFact): boolean =>
  site.k === 'call' && site.f.k === 'mem' && site.f.n === 'catch' && site.a.some((arg) => arg.k === 'fn' && functions[arg.f] === fn)

const isCaught = (fn: FnFact, site: Expr): boolean => {
  let found = known.get(fn)
  if (!found) {
    known.set(fn, (found = new Set()))
    for (const { caught } of catchesIn(fn.body)) collect(caught, found)
  }
  return found.has(site)
}

const collect = (body: Stmt[], into: Set<Expr>): void => eachExpression(body, (x) => { into.add(x) })
