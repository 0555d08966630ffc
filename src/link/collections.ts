import type { CollectionModel } from '../model/catalog.js'
import type { Context } from './instances.js'
import type { Application, Library } from './library.js'
import { bodyOf, eachElement } from './rounds.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS } from './values.js'

/** Functions on lists and objects that are given them first: `_.map(list, fn)`, `_.merge(into, from)`. */
export class Collections {
  constructor(private readonly library: Library) {}

  private get a(): Library['a'] {
    return this.library.a
  }

  /** `_(list).each(fn)`: the list is what the chain was made of. */
  chained(made: Application, model: CollectionModel): void {
    const [list] = made.recv?.kind === 'object' ? made.recv.args ?? [] : []
    if (made.result >= 0 && made.recv) this.a.solver.add(made.result, made.recv.id)
    if (list !== undefined) this.call({ ...made, args: [list, ...made.args], result: NOTHING }, model, false)
  }

  call(made: Application, model: CollectionModel, listLast: boolean): void {
    if (listLast && made.args.length > 1 && model !== 'joined') return this.call({ ...made, args: [...made.args.slice(-1), made.args[0] as Ref, ...made.args.slice(1, -1)] }, model, false)
    if (model === 'joined') return this.joined(made)
    if (model === 'merge') return this.merge(made)
    if (model === 'copy') return this.copy(made)
    const [from] = made.args
    if (from === undefined) return
    const elements = this.elements(from)
    const out = this.result(made, model, from, elements)
    for (const callback of made.args.slice(1)) {
      this.overEach(made, model, elements, (element, context) => {
        const given = model === 'fold' ? [made.result, element] : [element, NOTHING, from]
        this.library.functions(callback, (fn) => this.library.calls.invoke(made.inst, made.site, fn, [], given, out, context && { context }))
      })
    }
  }

  /** Rows of a table are told apart, as the methods of arrays tell them. */
  private overEach({ inst, site }: Application, model: CollectionModel, elements: Ref, see: (element: Ref, context: Context | undefined) => void): void {
    if (model !== 'each' && model !== 'map' && model !== 'fold') return see(elements, undefined)
    eachElement(this.library.ev, inst, elements, bodyOf(inst, site.k === 'call' ? site.a.find(({ k }) => k === 'fn') : undefined), see)
  }

  /** Where what the callback returns goes. */
  private result(made: Application, model: CollectionModel, from: Ref, elements: Ref): Ref {
    const { solver } = this.a
    if (made.result < 0) return NOTHING
    if (model === 'each') solver.flow(from, made.result)
    if (model === 'one') solver.flow(elements, made.result)
    if (model === 'same') solver.flow(elements, this.library.builtins.listInto(made))
    if (model === 'fold' && made.args[2] !== undefined) solver.flow(made.args[2], made.result)
    if (model === 'map') return this.library.builtins.listInto(made)
    return model === 'fold' ? made.result : NOTHING
  }

  /** Elements of a list, or values of an object. Nobody goes through the fields of an instance of a class: it is one of the elements, or came in by a test that keeps it out. */
  private elements(from: Ref): Ref {
    const node = this.a.solver.node()
    const { access } = this.library
    this.a.solver.watch(from, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.cls) return
      const listed = (value.kind === 'object' && value.shape === 'array') || value.kind === 'lib'
      this.a.solver.flow(listed ? access.iterated(constant(id)) : access.anyField(constant(id)), node)
    })
    return node
  }

  private merge(made: Application): void {
    const [into, ...sources] = made.args
    if (into === undefined) return
    if (made.result >= 0) this.a.solver.flow(into, made.result)
    const all = [...sources, ...sources.map((source) => this.spread(source))]
    this.a.solver.watch(into, (id) => {
      const target = this.a.value(id)
      if (target.kind !== 'object' && target.kind !== 'fn' && target.kind !== 'class') return
      for (const source of all) this.library.access.copyFields(source, target)
    })
  }

  /** `mergeRight(defaults, options)` */
  private joined(made: Application): void {
    if (made.result < 0) return
    const object = this.a.allocate(made.inst, made.site, 'object')
    this.a.solver.add(made.result, object.id)
    for (const source of made.args) this.library.access.copyFields(source, object)
  }

  /** `_.merge({}, ...objects)`, `deepmerge.all(objects)`: the elements of a list that is given. */
  private spread(source: Ref): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(source, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'array') this.a.solver.flow(this.a.field(value, ELEMENTS), node)
    })
    return node
  }

  private copy(made: Application): void {
    if (made.result < 0 || made.args[0] === undefined) return
    const copied = this.a.allocate(made.inst, made.site, 'object')
    let listed: Ref | undefined
    this.a.solver.watch(made.args[0], (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'array') {
        // A list of its own, of the same elements.
        listed ??= this.library.builtins.listInto(made)
        this.a.solver.flow(this.a.field(value, ELEMENTS), listed)
      } else if (value.kind === 'object' && !value.path && !value.cls) {
        this.a.solver.add(made.result, copied.id)
        this.library.access.copyFields(constant(id), copied)
      } else this.a.solver.add(made.result, id)
    })
  }
}
