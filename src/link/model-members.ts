import type { ArgumentPath, CatalogRow, ExtensionModel } from '../model/catalog.js'
import type { Application, Library } from './library.js'
import type { Ref } from './solver.js'
import type { ModelExtension, ObjectValue } from './values.js'

/**
 * Members that a project gives to what a library makes of its schemas: `schema.statics.load = …` is found on the model, `schema.methods.open = …`
 * on each row; a model may be asked for by its name alone, in another file.
 */
export class ModelMembers {
  private readonly named = new Map<string, ModelExtension>()

  constructor(private readonly library: Library) {}

  /** Objects that members are put on, and what the options bring. */
  hold(schema: ObjectValue, held: Record<string, string>, made: Application): void {
    const { a } = this.library
    for (const [name, option] of Object.entries(held)) {
      const place = a.field(schema, name)
      a.solver.add(place, a.object({ unit: made.inst.unit, site: undefined, phase: made.inst.phase, env: made.inst, shape: 'object' }).id)
      for (const ref of this.library.arguments.refs(option, made)) a.solver.flow(ref, place)
    }
  }

  /** `schema.loadClass(UserClass)`: its methods run on the model, or on one of its rows. */
  takeClass(made: Application, { from, own, rows }: NonNullable<CatalogRow['takesClass']>): void {
    const { a } = this.library
    const schema = made.recv
    if (schema?.kind !== 'object') return
    for (const ref of this.library.arguments.refs(from, made)) {
      a.solver.watch(ref, (id) => {
        const value = a.value(id)
        if (value.kind !== 'class') return
        for (const { kind, f, n, static: ofClass } of value.cls.methods) {
          if (kind !== 'method') continue
          const fn = a.fnValue(value.unit, f, value.env).id
          a.solver.watch(a.field(schema, ofClass ? own : rows), (held) => this.put(held, n, fn))
        }
      })
    }
  }

  /** `schema.method('open', function () { … })`, `schema.static({ load() { … } })` */
  takeMember(made: Application, { name, value, of }: NonNullable<CatalogRow['takesMember']>): void {
    const { a, arguments: args } = this.library
    const schema = made.recv
    if (schema?.kind !== 'object') return
    const place = a.field(schema, of)
    for (const ref of args.refs(name, made)) {
      a.solver.watch(ref, (id) => {
        const named = a.value(id)
        if (named.kind === 'object') a.solver.add(place, id)
        if (named.kind !== 'lit' || typeof named.value !== 'string') return
        const member = named.value
        for (const given of args.refs(value, made)) a.solver.watch(given, (fn) => a.solver.watch(place, (held) => this.put(held, member, fn)))
      })
    }
  }

  /** `repository.extend({ open() { … } })` */
  add(made: Application, from: ArgumentPath[]): void {
    const { recv } = made
    if (recv?.kind !== 'object') return
    const { own } = (recv.extension ??= this.members())
    for (const path of from) for (const ref of this.library.arguments.refs(path, made)) this.library.a.solver.flow(ref, own)
  }

  private put(holder: number, name: string, fn: number): void {
    const { a } = this.library
    const value = a.value(holder)
    if (value.kind === 'object') a.solver.add(a.field(value, name), fn)
  }

  /** The model that a call makes of a name and a schema, or knows by its name. */
  extend(made: Application, model: ExtensionModel): void {
    const { a } = this.library
    const object = made.inst.allocations.get(made.site)
    if (!object || object.extension) return
    const members = (object.extension = this.members())
    const schemas = this.library.arguments.refs(model.schema, made)
    for (const schema of schemas) this.take(schema, model, members)
    for (const name of this.library.arguments.refs(model.name, made)) {
      a.solver.watch(name, (id) => {
        const value = a.value(id)
        if (value.kind === 'lit' && typeof value.value === 'string') this.share(value.value, schemas.length > 0, members)
      })
    }
  }

  private take(schema: Ref, model: ExtensionModel, { own, rows }: ModelExtension): void {
    const { a } = this.library
    a.solver.watch(schema, (id) => {
      const value = a.value(id)
      if (value.kind !== 'object') return
      a.solver.flow(a.field(value, model.own), own)
      a.solver.flow(a.field(value, model.rows), rows)
    })
  }

  /** What is known of a name flows from the call that has the schema to those that have the name alone. */
  private share(name: string, isMaker: boolean, members: ModelExtension): void {
    const { solver } = this.library.a
    if (members.name !== undefined && members.name !== name) members.several = true
    members.name = members.several ? undefined : name
    let known = this.named.get(name)
    if (!known) this.named.set(name, (known = this.members()))
    const [from, to] = isMaker ? [members, known] : [known, members]
    solver.flow(from.own, to.own)
    solver.flow(from.rows, to.rows)
  }

  private members(): ModelExtension {
    const { solver } = this.library.a
    return { own: solver.node(), rows: solver.node() }
  }
}
