import type { BindingId, Expr, FnFact, Pattern } from '../model/facts.js'
import { moduleOf } from './catalog-index.js'
import { packageOf } from './client.js'
import type { Application, Library } from './library.js'
import { someExpression } from './shape.js'
import type { Ref } from './solver.js'
import type { FnValue } from './values.js'

/**
 * `boot.acquire((ctx, next) => { ctx.store = … }).boot((ctx) => …)`: steps that a package of which nothing is known runs when the program starts
 * are handed one thing, which the first of them fills. It is the same where it goes by the same name.
 */
export class SharedSteps {
  private readonly places = new Map<string, Ref>()

  constructor(private readonly library: Library) {}

  /** What such a step is given. */
  handed({ inst, path }: Application, { unit, fn }: FnValue): Ref[] {
    const first = fn.params[0]?.t
    if (inst.phase !== 'startup' || first?.k !== 'bind' || /^(?:node:|global#|library#)/.test(path)) return []
    const key = `steps:${packageOf(moduleOf(path))} ${unit.facts.bindings[first.b]?.n}`
    const place = this.placeOf(key)
    if (fills(fn, first.b)) this.library.a.solver.add(place, this.library.a.bag(key).id)
    return [place]
  }

  private placeOf(key: string): Ref {
    let place = this.places.get(key)
    if (place === undefined) this.places.set(key, (place = this.library.a.solver.node()))
    return place
  }
}

/** Is a member of it set? */
const fills = (fn: FnFact, binding: BindingId): boolean => someExpression(fn.body, (x) => x.k === 'set' && isMemberOf(x.l, binding))

const isMemberOf = (target: Expr | Pattern, binding: BindingId): boolean => target.k === 'mem' && target.o.k === 'ref' && target.o.b === binding
