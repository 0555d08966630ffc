import type { CatalogRow, MountModel } from '../model/catalog.js'
import type { ClassFact } from '../model/facts.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { openParams, type FnValue, type LibraryValue, type ObjectValue } from './values.js'
import { exportedExpression } from './written-places.js'

/** What stands under something else: routers, middleware, plugins, folders of them. */
export class Mounts {
  constructor(private readonly library: Library) {}

  private get a(): Library['a'] {
    return this.library.a
  }

  /** `router.prefix('/x')`: all routes of the receiver stand under it. */
  ownPrefix(made: Application, recv: ObjectValue, path: string): void {
    const ref = this.library.arguments.ref(path, made)
    if (ref !== undefined) (recv.prefixes ??= []).push(ref)
  }

  mount(made: Application, model: MountModel): void {
    const path = model.path ? this.library.arguments.ref(model.path, made) ?? NOTHING : NOTHING
    const listed = model.children.filter((child) => child.startsWith('0[].'))
    if (listed.length > 0) this.mountEach(made, { ...model, children: listed.map((child) => `0${child.slice(3)}`) })
    for (const child of model.children.filter((one) => !listed.includes(one))) {
      for (const ref of this.library.arguments.refs(child, made)) this.child(made, model, ref, path)
    }
    if (model.packaged && made.args[0] !== undefined) this.packaged(made, model.packaged, made.args[0])
  }

  /** `register({ plugin, options })`, a list of those, or the package's plugin alone. */
  private packaged(made: Application, names: NonNullable<MountModel['packaged']>, given: Ref): void {
    const { access } = this.library
    this.a.solver.watch(given, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib') return this.registerPlugin({ ...made, args: [] }, value.path)
      if (value.kind === 'ns') return this.packaged(made, names, access.load(constant(id), 'default'))
      if (value.kind !== 'object') return
      if (value.shape === 'array') return this.packaged(made, names, access.iterated(constant(id)))
      this.plugin({ ...made, args: [given, access.load(constant(id), names.options)] }, access.load(constant(id), names.plugin))
    })
  }

  private plugin(made: Application, plugin: Ref): void {
    this.a.solver.watch(plugin, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib') this.registerPlugin(made, value.path)
      else if (value.kind === 'ns') this.plugin(made, this.library.access.load(constant(id), 'default'))
    })
  }

  /** `server.register([{ plugin, routes: { prefix } }, …])`: each of the list has its own prefix. */
  private mountEach(made: Application, model: MountModel): void {
    this.a.solver.watch(this.library.access.iterated(made.args[0] ?? NOTHING), (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object') return
      this.mount({ ...made, args: [constant(id), ...made.args.slice(1)], ...(value.site && value.env && { site: value.site, inst: value.env }) }, model)
    })
  }

  /** A list may be thought to hold itself (what a recursive merge gives): each is gone through once. */
  private child(made: Application, model: MountModel, ref: Ref, path: Ref, through = new Set<number>()): void {
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (through.has(id)) return
      if (value.kind === 'fn') this.mountFunction(made, model, value, path)
      else if (value.kind === 'object' && value.shape === 'array') this.child(made, model, this.library.access.iterated(constant(id)), path, through.add(id))
      else if (value.kind === 'object') this.mountObject(made, model, value, path)
      else if (value.kind === 'class' && isController(value.cls)) this.mountObject(made, model, this.library.components.managed(value), path)
      else if (value.kind === 'lib') this.mountLibrary(made, model, value, path)
      else if (value.kind === 'ns') this.child(made, model, this.library.access.load(constant(id), 'default'), path)
    })
  }

  /** A plugin of a package, or a member that stands for the router it was read from (`router.handler` of h3). */
  private mountLibrary(made: Application, model: MountModel, { path: plugin, recv }: LibraryValue, path: Ref): void {
    const row = this.a.catalog.row(plugin)
    if (row?.property && row.returns === 'this' && recv?.kind === 'object') this.mountObject(made, model, recv, path)
    else this.registerPlugin(made, plugin)
  }

  private mountObject(made: Application, model: MountModel, child: ObjectValue, path: Ref): void {
    this.a.mounts.push({ parent: made.recv?.kind === 'object' ? made.recv : undefined, child, path, inst: made.inst, site: made.site })
    if (child.shape === 'object' && model.plugin) this.child(made, model, this.library.access.load(constant(child.id), 'default'), path)
  }

  private mountFunction(made: Application, model: MountModel, fn: FnValue, path: Ref): void {
    if (model.plugin) return this.runPlugin(made, model, fn, path)
    const record = this.library.registration.record(made, { kind: 'middleware', method: 'ALL', ...(model.params && { params: model.params }), ...(model.thisIs && { thisIs: model.thisIs }) })
    record.pathRefs = [path]
    const errors = model.errorParams && openParams(fn) >= model.errorParams.length ? model.errorParams : undefined
    this.library.registration.handle(made, record, fn, this.library.registration.sharedParams(made, errors ?? model.params), 0)
  }

  /** A plugin runs once at start-up on a child of the receiver, which carries the prefix. */
  private runPlugin(made: Application, model: MountModel, fn: FnValue, path: Ref): void {
    const child = this.childOf(made, path)
    const params = (model.plugin?.params ?? []).map((spec) => (spec === 'this' && child ? constant(child.id) : this.library.parameter(spec, made)))
    const self = model.plugin?.bound && child ? { self: constant(child.id) } : {}
    this.library.calls.invoke(made.inst, made.site, fn, [], params, NOTHING, { phase: 'startup', context: this.a.context(made.site, made.inst), ...self })
  }

  private childOf(made: Application, path: Ref): ObjectValue | undefined {
    const { recv } = made
    if (recv?.kind !== 'object' || !recv.path) return undefined
    const child = this.a.object({ unit: made.inst.unit, site: made.site, phase: 'startup', env: made.inst, shape: 'library', path: recv.path, recv })
    this.a.mounts.push({ parent: recv, child, path, inst: made.inst, site: made.site })
    return child
  }

  /** `app.register(plugin, options)`: the row of the plugin sees the options as its arguments. */
  private registerPlugin(made: Application, plugin: string): void {
    const path = `${plugin}(register)`
    const row = this.a.catalog.row(path)
    const application: Application = { ...made, path, args: made.args.slice(1), result: NOTHING }
    this.a.calls.push({ inst: made.inst, site: made.site, path, recv: made.recv, args: application.args, result: NOTHING, row })
    if (row) this.library.perform(application, row, path)
  }

  // ---------------------------------------------------------------- directories

  /** A plugin out of a folder that is loaded as a whole: folders are prefixes of its routes. */
  loadedPlugin(made: Application, model: NonNullable<CatalogRow['loads']>, folder: string, unit: Unit): void {
    const exported = this.library.access.modules.exportNode(unit, 'default')
    const inner = unit.path.slice(folder.length + 1).split('/').slice(0, -1).filter((part) => !/^_|^\(/.test(part) || part.startsWith('_'))
    const prefix = model.prefixFromPath && inner.length > 0 ? constant(this.a.literal(`/${inner.map((p) => p.replace(/^_/, ':')).join('/')}`).id) : NOTHING
    const site = exportedExpression(unit)
    const place = site ? { ...made, inst: unit.module, site } : made
    this.child({ ...place, args: [exported, ...this.ownOptions(made, unit)] }, { children: [], plugin: { params: ['this', 'arg:1'] } }, exported, prefix)
  }

  /** What a loaded plugin says its options are (`export const autoConfig`), or those that all of its folder get. */
  private ownOptions(made: Application, unit: Unit): Ref[] {
    if (!unit.facts.exports.some(({ n }) => n === 'autoConfig')) return made.args
    const options = this.a.solver.node()
    this.a.solver.watch(this.library.access.modules.exportNode(unit, 'autoConfig'), (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'fn') this.a.solver.add(options, id)
      else this.library.calls.invoke(made.inst, made.site, value, [], [made.recv ? constant(made.recv.id) : NOTHING], options, { phase: 'startup' })
    })
    return [options]
  }
}

/** A class with methods that decorators make something of: a framework makes its instance. */
const isController = (cls: ClassFact): boolean => cls.methods.some(({ dec }) => dec !== undefined)
