import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Expr } from '../model/facts.js'

/**
 * Invocations at start-up of what requests run from the same place, too (`queue.next()`, called once to begin with): their locals
 * are each invocation's own.
 */
export class Repeated {
  private sites: Set<Expr> | undefined
  private readonly known = new Map<Instance, boolean>()

  constructor(private readonly a: Analysis) {}

  /** Is an invocation, or one around it, such? */
  has(inst: Instance | undefined): boolean {
    if (!inst || inst.fn.kind === 'module') return false
    let known = this.known.get(inst)
    if (known === undefined) this.known.set(inst, (known = this.isOne(inst) || this.has(inst.env)))
    return known
  }

  private isOne({ callers }: Instance): boolean {
    const sites = (this.sites ??= this.ofRequests())
    return callers.some(({ site }) => sites.has(site))
  }

  private ofRequests(): Set<Expr> {
    return new Set(this.a.instances.flatMap(({ phase, callers }) => (phase === 'request' ? callers.filter(({ from }) => from.phase === 'request').map(({ site }) => site) : [])))
  }
}
