import type { FnFact } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import { ownerOf, passingOf } from './passing.js'

/** Bindings that functions inside the one that makes them see, and go on to see after start-up. */
export class Captured {
  private readonly known = new Map<Unit, Set<number>>()
  private phases: Map<FnFact, Set<Instance['phase']>> | undefined

  constructor(private readonly a: Analysis) {}

  in(unit: Unit): ReadonlySet<number> {
    let set = this.known.get(unit)
    if (!set) this.known.set(unit, (set = this.find(unit)))
    return set
  }

  private find({ facts: { functions, bindings } }: Unit): Set<number> {
    const found = new Set<number>()
    const passing = passingOf(functions)
    functions.forEach((fn, index) => this.onlyStarts(fn) || eachExpression(fn.body, (x) => {
      if (x.k === 'ref' && bindings[x.b]?.f !== index && bindings[x.b]?.f !== ownerOf(functions, index, passing)) found.add(x.b)
    }))
    return found
  }

  /** Functions that run when the program starts, and never afterwards, keep nothing for requests. */
  private onlyStarts(fn: FnFact): boolean {
    if (!this.phases) {
      this.phases = new Map()
      for (const { fn: ran, phase } of this.a.instances) this.phases.set(ran, (this.phases.get(ran) ?? new Set()).add(phase))
    }
    const phases = this.phases.get(fn)
    return phases?.size === 1 && phases.has('startup')
  }
}
