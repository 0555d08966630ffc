import type { Analysis } from './analysis.js'
import { isOfEmitter } from './builtins.js'
import type { Evaluator } from './evaluator.js'
import type { Instance } from './instances.js'
import type { Ref } from './solver.js'
import type { ClassValue, FnValue } from './values.js'

/** `super.name`: what the classes above have under it, on the object at hand. */
export class SuperMembers {
  constructor(
    private readonly a: Analysis,
    private readonly ev: Evaluator,
  ) {}

  /** Place of `super.name`. */
  member(inst: Instance, name: string): Ref {
    const node = this.a.solver.node()
    const cls = this.classAround(inst)
    if (!cls) return node
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class' && parent !== cls) this.method(inst, parent, name, node)
      else if (parent.kind === 'lib') this.ofParent(inst, parent.path, name, node)
    })
    return node
  }

  /** `super.emit(event)` of an emitter's class: whose listeners they are is known by the object. A static method speaks of the class itself: `static query() { return super.query() }`. */
  private ofParent(inst: Instance, parent: string, name: string, node: number): void {
    const path = `${this.a.catalog.instance(parent)}.${name}`
    if (this.isStatic(inst)) this.a.solver.watch(this.ev.self(inst), (id) => {
      const self = this.a.value(id)
      if (self.kind === 'class') this.a.solver.add(node, this.a.library(this.a.catalog.member(parent, name), self).id)
    })
    else if (!isOfEmitter(path)) this.a.solver.add(node, this.a.library(path).id)
    else this.a.solver.watch(this.ev.self(inst), (id) => {
      const self = this.a.value(id)
      if (self.kind === 'object') this.a.solver.add(node, this.a.library(path, self).id)
    })
  }

  /** Mixins may stand on each other in any order: each class above is asked once. */
  private method(inst: Instance, parent: ClassValue, name: string, node: number, seen = new Set([parent])): void {
    const method = parent.cls.methods.find((m) => m.n === name && m.kind === 'method')
    if (method) this.bind(inst, this.a.fnValue(parent.unit, method.f, parent.env), node)
    else {
      this.a.solver.watch(parent.parent, (id) => {
        const above = this.a.value(id)
        if (above.kind === 'class' && !seen.has(above)) this.method(inst, above, name, node, seen.add(above))
        else if (above.kind === 'lib') this.ofParent(inst, above.path, name, node)
      })
    }
  }

  /** `super.save(row)` runs on the object at hand: what one subclass hands up is not what another one does. */
  private bind(inst: Instance, fn: FnValue, node: number): void {
    const selves = this.ev.self(inst)
    this.a.solver.watch(selves, (id) => {
      const self = this.a.value(id)
      if (self.kind === 'object' || self.kind === 'class') this.a.solver.add(node, this.a.bound(fn, self).id)
    })
    this.a.undecided.push(() => {
      if (this.a.solver.size(selves) === 0) this.a.solver.add(node, fn.id)
    })
  }

  private isStatic(inst: Instance): boolean {
    const { unit, fn } = this.ev.method(inst)
    const cls = this.classAround(inst)
    return cls?.cls.methods.some(({ f, static: isStatic }) => isStatic && unit.facts.functions[f] === fn) === true
  }

  /** The class that an invocation stands in. */
  classAround(inst: Instance): ClassValue | undefined {
    const method = this.ev.method(inst)
    return method.fn.cls === undefined ? undefined : this.a.classValue(inst.unit, method.fn.cls, method.env ?? inst.unit.module)
  }
}
