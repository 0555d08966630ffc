import type { ArgumentPath } from '../model/catalog.js'
import { GIVEN, GIVEN_SESSION, isOnce } from './called-back.js'
import type { Application, Library } from './library.js'
import { constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/** Stores of sessions that the project writes itself, where they are given to a library: `session({ store: { get, set, destroy } })`. It calls them with each request. */
export class GivenStores {
  private readonly known = new Set<ObjectValue | FnValue>()

  constructor(private readonly library: Library) {}

  given(made: Application, paths: ArgumentPath[]): void {
    const { a, arguments: args } = this.library
    for (const path of paths) for (const ref of args.refs(path, made)) {
      a.solver.watch(ref, (id) => {
        const store = a.value(id)
        // What extends a class of the library is known by that.
        if (store.kind !== 'object' || store.shape !== 'object' || store.path !== undefined || this.known.has(store)) return
        this.known.add(store)
        store.holder.onField((name, node) => { if (!isOnce(name)) this.library.functions(node, (fn) => this.answers({ ...made, recv: store }, fn, name)) })
      })
    }
  }

  private answers(made: Application, fn: FnValue, name: string): void {
    if (this.known.has(fn)) return
    this.known.add(fn)
    const { a, registration } = this.library
    const record = registration.record(made, { kind: 'middleware' }, name)
    record.guessed = true
    registration.handle(made, record, fn, fn.fn.params.map((_, i) => (i === 0 ? constant(a.library(GIVEN_SESSION).id) : constant(a.library(GIVEN).id))), 0)
  }
}
