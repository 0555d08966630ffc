import type { Expr, FnFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { Program } from './program.js'

/** Work that scheduled jobs do as well: what a restart loses of it, their next run does. */
export class JobsAgain {
  private reached: Set<FnFact> | undefined

  constructor(private readonly program: Program) {}

  /** `worker.run().catch(log)`: nothing of the request goes into it, and a job runs the same function. */
  does(inst: Instance, x: Expr): boolean {
    let at = x
    while (at.k === 'call' && at.f.k === 'mem' && /^(then|catch|finally)$/.test(at.f.n)) at = at.f.o
    if (at.k !== 'call' || at.a.length > 0 || this.isOfOwnObject(inst, at.f)) return false
    const started = inst.callees.filter(({ site }) => site === at)
    return started.length > 0 && started.every(({ to }) => this.ofJobs.has(to.fn))
  }

  /** `new Import(req.body).run()` carries what the request brought. */
  private isOfOwnObject(inst: Instance, f: Expr): boolean {
    if (f.k !== 'mem') return false
    const made = f.o.k === 'ref' ? this.program.look.definition(inst, f.o.b) ?? f.o : f.o
    return made.k === 'new' || made.k === 'call' || made.k === 'await'
  }

  private get ofJobs(): Set<FnFact> {
    if (!this.reached) {
      const jobs = this.program.a.entries.filter(({ model }) => model.kind === 'job').flatMap(({ handlers }) => handlers.map(({ instance }) => instance))
      this.reached = new Set([...this.program.reach.forward(jobs)].map(({ fn }) => fn))
    }
    return this.reached
  }
}
