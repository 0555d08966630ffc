import type { SendModel } from '../model/services.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'

/** What is sent without saying to whom: commands to the handlers of their class, events to the listeners of their name. */
export class Dispatch {
  /** Listeners by class or text. */
  private readonly listeners = new Map<number, number>()

  constructor(private readonly library: Library) {}

  private get a(): Library['a'] {
    return this.library.a
  }

  private of(key: number): number {
    let node = this.listeners.get(key)
    if (node === undefined) this.listeners.set(key, (node = this.a.solver.node()))
    return node
  }

  /** `@CommandHandler(Order)`, `@OnEvent('ordered')`: functions that run when something of that kind is sent. */
  listen(keys: Ref, fn: Ref): void {
    this.a.solver.watch(keys, (id) => {
      const key = this.a.value(id)
      if (key.kind === 'object' && key.shape === 'array') this.listen(this.library.access.iterated(constant(id)), fn)
      else if (key.kind === 'class' || key.kind === 'lit') this.a.solver.flow(fn, this.of(id))
    })
  }

  /** A member of something that has a name: called by both, with a dot between them. */
  listenUnder(prefix: Ref, name: string, fn: Ref): void {
    this.a.solver.watch(prefix, (id) => {
      const { value } = this.a.value(id) as { value?: unknown }
      if (typeof value === 'string') this.a.solver.flow(fn, this.of(this.a.literal(`${value}.${name}`).id))
    })
  }

  send(made: Application, model: SendModel): void {
    for (const key of this.library.arguments.refs(model.key, made)) this.sendTo(made, model, key)
  }

  private sendTo(made: Application, model: SendModel, key: Ref): void {
    this.a.solver.watch(key, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'array') return this.sendTo(made, model, this.library.access.iterated(constant(id)))
      const to = value.kind === 'lit' ? id : value.kind === 'object' ? value.cls?.id : undefined
      if (to === undefined) return
      const given = model.args ? model.args.flatMap((path) => this.library.arguments.refs(path, made)) : [constant(id)]
      this.library.functions(this.of(to), (fn) => {
        this.library.calls.invoke(made.inst, made.site, fn, [], given, model.unasked ? NOTHING : made.result)
      })
    })
  }
}
