import type { Analysis } from './analysis.js'
import type { Application, Library } from './library.js'
import { type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/** Handlers that are named by a controller and one of its methods. */
export class NamedControllers {
  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  /** `[Controller, 'method']`; the first of a list of functions is not called to see what it makes. */
  ofList(made: Application, pair: ObjectValue, see: (fn: FnValue) => void): void {
    const first = this.library.access.position(constant(pair.id), 0)
    if (pair.site?.k === 'arr' && pair.site.x.length === 1) return this.oneAction(made, first, see)
    this.a.solver.watch(this.library.access.position(constant(pair.id), 1), (name) => {
      const method = this.a.value(name)
      if (method.kind === 'lit' && typeof method.value === 'string') this.methodOf(made, first, constant(name), see)
    })
  }

  /** `[Controller]`, `[() => import('#controllers/pages')]`: a controller of one action. */
  private oneAction(made: Application, controller: Ref, see: (fn: FnValue) => void): void {
    this.a.solver.watch(controller, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'class' || value.kind === 'ns' || (value.kind === 'fn' && value.fn.params.length === 0)) this.methodOf(made, constant(id), constant(this.a.literal('handle').id), see)
    })
  }

  private methodOf(made: Application, controller: Ref, name: Ref, see: (fn: FnValue) => void): void {
    this.a.solver.watch(this.library.arguments.beyond(controller, '.new', made), (id) => {
      this.a.solver.watch(this.library.access.loadKey(constant(id), name), (f) => {
        const fn = this.a.value(f)
        if (fn.kind === 'fn') see(fn)
      })
    })
  }
}
