import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Expr } from '../model/facts.js'

/**
 * Invocations at start-up of what requests run from the same place, too (`queue.next()`, called once to begin with): their locals
 * are each invocation's own.
 */
export class Repeated {
  private sites: Set<Expr> | undefined

  constructor(private readonly a: Analysis) {}

  has(made: Instance | undefined): boolean {
    const sites = (this.sites ??= this.ofRequests())
    for (let inst = made; inst && inst.fn.kind !== 'module'; inst = inst.env) if (inst.callers.some(({ site }) => sites.has(site))) return true
    return false
  }

  private ofRequests(): Set<Expr> {
    return new Set(this.a.instances.flatMap(({ phase, callers }) => (phase === 'request' ? callers.filter(({ from }) => from.phase === 'request').map(({ site }) => site) : [])))
  }
}
