import type { FnFact } from '../model/facts.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/**
 * `withDb({ find, save }, { db })`: what an unknown function of a package makes of functions by name has functions of these names, which are
 * given what else was handed over. What of them the project never calls, the package may call by itself.
 */
export class WrappedTables {
  private readonly waiting: { made: Application; fn: FnValue }[] = []

  constructor(private readonly library: Library) {}

  /** Takes an object that a call is given; says whether it names functions and nothing else. */
  take(made: Application, value: ObjectValue): boolean {
    if (made.result < 0 || !namesOnly(made, value)) return false
    const { a } = this.library
    const table = a.allocate(made.inst, made.site, 'object', { given: made.args })
    a.solver.add(made.result, table.id)
    value.holder.onField((name, node) => {
      a.solver.watch(node, (id) => {
        const fn = a.value(id)
        if (fn.kind !== 'fn') return
        this.waiting.push({ made, fn })
        a.solver.add(a.field(table, name), a.wrapped(fn, table).id)
      })
    })
    return true
  }

  /** What is handed over beside the functions, each of them finds in its first parameter. */
  give(table: ObjectValue, first: Ref | undefined): void {
    const { a } = this.library
    if (first === undefined) return
    for (const arg of table.given ?? []) {
      a.solver.watch(arg, (id) => {
        const value = a.value(id)
        if (value.kind === 'object' && value.shape === 'object') a.solver.flow(constant(id), first)
      })
    }
  }

  /** Runs those of tables of which nothing was called; says whether there were any. */
  runUncalled(reached: ReadonlySet<FnFact>): boolean {
    const waiting = this.waiting.splice(0)
    const called = new Set(waiting.filter(({ fn }) => reached.has(fn.fn)).map(({ made }) => made.site))
    const uncalled = waiting.filter(({ made }) => !called.has(made.site))
    for (const { made, fn } of uncalled) this.library.calls.invoke(made.inst, made.site, fn, [], [], NOTHING)
    return uncalled.length > 0
  }
}

/** Written as an object of functions, or of names, where it is handed over. */
const namesOnly = ({ inst, site }: Application, { env, site: written }: ObjectValue): boolean =>
  env === inst && site.k === 'call' && !site.jsx && written?.k === 'obj' && written.m.length > 0 && written.m.every(({ n, v }) => n !== undefined && (v.k === 'ref' || v.k === 'fn'))
