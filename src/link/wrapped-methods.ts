import type { BindingId, Expr, FileFacts, FnFact, MethodFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Calls } from './calls.js'
import type { Instance } from './instances.js'
import { boundBy, someExpression } from './shape.js'
import { type Ref, constant } from './solver.js'
import type { ClassValue, FnValue } from './values.js'

/** Decorators of the project's own that put another function in a method's place: `descriptor.value = async function (…args) { … }`. */
export class WrappedMethods {
  private readonly places = new Map<ClassValue, Map<string, number>>()

  constructor(private readonly a: Analysis, private readonly calls: () => Calls) {}

  /** Place of what stands in a method's stead. */
  of(cls: ClassValue, { n, dec }: MethodFact): Ref | undefined {
    if (!dec) return undefined
    let places = this.places.get(cls)
    if (!places) this.places.set(cls, (places = new Map()))
    let place = places.get(n)
    if (place === undefined) places.set(n, (place = this.a.solver.node()))
    return place
  }

  /** A decorator is a call at start-up, which is given the class, the method's name and what describes it. */
  decorate(inst: Instance, cls: ClassValue, method: MethodFact, decorator: FnValue, site: Expr): void {
    const place = this.of(cls, method)
    const { functions } = cls.unit.facts
    if (place === undefined || !wraps(decorator.fn, decorator.unit.facts)) return
    const own = this.a.fnValue(cls.unit, method.f, cls.env)
    const descriptor = this.a.allocate(inst, site, 'object')
    this.a.solver.add(this.a.field(descriptor, 'value'), own.id)
    const isOther = (id: number): void => {
      const value = this.a.value(id)
      if (value.kind === 'fn' && value.fn !== functions[method.f]) this.a.solver.add(place, id)
    }
    const result = this.a.solver.node()
    const first = decorator.fn.params.length > 2 ? cls : own
    this.calls().invoke(inst, site, decorator, [], [constant(first.id), constant(this.a.literal(method.n).id), constant(descriptor.id)], result, { phase: 'startup' })
    this.a.solver.watch(this.a.field(descriptor, 'value'), isOther)
    this.a.solver.watch(result, isOther)
  }
}

/** Does it assign the descriptor's function, or give another one back? */
const wraps = ({ params, body }: FnFact, { functions }: FileFacts): boolean => {
  const descriptor = params[2] ? boundBy(params[2].t) : new Set<BindingId>()
  if (someExpression(body, (x) => x.k === 'set' && x.l.k === 'mem' && x.l.n === 'value' && x.l.o.k === 'ref' && descriptor.has(x.l.o.b))) return true
  return params.length === 2 && body.some((s) => s.k === 'ret' && s.x?.k === 'fn' && functions[s.x.f] !== undefined)
}
