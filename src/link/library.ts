import { madeByUnknown } from '../catalog/effects/any-api.js'
import { CHANGES_ROWS, RUNS_SQL, SQL_OF_UNKNOWN } from '../catalog/effects/any-sql.js'
import type { AccessModel, CallbackModel } from '../model/catalog.js'
import type { Expr, TypeFact } from '../model/facts.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import { actorOf } from './actors.js'
import { goAlong } from './along.js'
import { Arguments, type Given } from './arguments.js'
import { Conditions } from './conditions.js'
import { bound, type Binding } from './binding.js'
import { BUILTIN_HANDLERS } from './builtin-handlers.js'
import { Builtins } from './builtins.js'
import type { Calls } from './calls.js'
import { type MergedRow, mergeRows, moduleOf } from './catalog-index.js'
import { packageOf } from './client.js'
import { Collections } from './collections.js'
import { Components } from './components.js'
import { DeployedCode } from './deployed-code.js'
import type { Evaluator } from './evaluator.js'
import { Dispatch } from './dispatch.js'
import { FileNames } from './file-names.js'
import { Folders } from './folders.js'
import type { Instance, Phase, Unit } from './instances.js'
import { primitiveResult } from './primitives.js'
import { Mounts } from './mounts.js'
import { GivenStores } from './given-stores.js'
import { ModelMembers } from './model-members.js'
import { NamedHandlers } from './named-handlers.js'
import { NestedNames } from './nested-names.js'
import { PluginNames } from './plugin-names.js'
import { HANDLERS, Registration } from './registration.js'
import { RequestHooks } from './request-hooks.js'
import { isDecorator, isKept, withoutResult } from './row-kinds.js'
import { Services, askerOf } from './services.js'
import { NOTHING, type Ref, constant, constantOf, isConstant } from './solver.js'
import { Turns } from './turns.js'
import type { ClassValue, FnValue, LibraryValue, ModelExtension, ObjectValue } from './values.js'
import { isWrapper, UnknownCalls } from './unknown-calls.js'

/** One application of something of a library. */
export interface Application extends Given {
  inst: Instance
  site: Expr
  path: string
  recv: ObjectValue | FnValue | ClassValue | undefined
  args: Ref[]
  result: number
  /** What handlers have as `this`. */
  self?: Ref
}

/** Places of a list of which only is known what is in it: a path, and what stands behind it. */
const FEWEST_PLACES = 2

/** What calls of libraries do, by the catalog: results, callbacks, entries, mounts. */
export class Library {
  readonly arguments: Arguments
  readonly conditions: Conditions
  readonly builtins: Builtins
  readonly registration: Registration
  readonly namedHandlers = new NamedHandlers(this)
  private readonly models = new ModelMembers(this)
  private readonly stores = new GivenStores(this)
  readonly components: Components
  readonly folders: Folders
  readonly fileNames: FileNames
  readonly deployed = new DeployedCode(this)
  readonly collections: Collections
  readonly services: Services
  readonly dispatch: Dispatch
  readonly mounts = new Mounts(this)
  readonly unknown = new UnknownCalls(this)
  readonly turns = new Turns(this)
  private readonly hooks = new RequestHooks(this)

  constructor(
    readonly a: Analysis,
    readonly access: Access,
    readonly calls: Calls,
    readonly ev: Evaluator,
  ) {
    this.arguments = new Arguments(a, access)
    this.conditions = new Conditions(a, this.arguments)
    this.builtins = new Builtins(this)
    this.registration = new Registration(this)
    this.components = new Components(this)
    this.folders = new Folders(this)
    this.fileNames = new FileNames(this)
    this.collections = new Collections(this)
    this.services = new Services(this)
    this.dispatch = new Dispatch(this)
  }

  call(inst: Instance, site: Expr, callee: LibraryValue, args: Ref[], result: number): void {
    const through = this.through(callee)
    if (through?.how === 'call') return this.call(inst, site, through.callee, args.slice(1), result)
    if (through?.how === 'apply') return this.applied(inst, site, through.callee, args[1], result)
    if (through) return result >= 0 ? this.a.solver.add(result, through.callee.id) : undefined
    const made: Application = { inst, site, path: callee.path, recv: callee.recv, args, result }
    const builtin = this.builtins.call(made)
    const row = this.rowOf(made.path)
    this.a.calls.push({ inst, site, path: made.path, recv: made.recv, args, result, row: row ?? sqlRow(made.path, site) ?? this.apiRow(made.path, site) })
    if (row?.sends) this.dispatch.send(made, row.sends)
    if (row?.collection && row.chained) this.collections.chained(made, row.collection)
    else if (row?.collection) this.collections.call(made, row.collection, row.listLast === true)
    else if (!builtin) this.perform(made, row, this.a.catalog.call(made.path))
  }

  /** `new AcmeClient().parcels.create({ … })` of a package that the catalog says nothing of. */
  private apiRow(path: string, site: Expr): MergedRow | undefined {
    const row = site.k === 'call' ? madeByUnknown(path, site.a.length) : undefined
    return row && !this.a.catalog.knows(packageOf(moduleOf(path))) ? { ...row, entries: [] } : undefined
  }

  /** `router[verb].apply(router, [path, ...handlers])`; of a list that was put together, each place may hold any of it. */
  private applied(inst: Instance, site: Expr, callee: LibraryValue, list: Ref | undefined, result: number): void {
    this.a.solver.watch(list ?? NOTHING, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object' || value.shape !== 'array') return
      const places = Math.max([...value.holder.fields.keys()].filter((name) => /^\d+$/.test(name)).length, FEWEST_PLACES)
      this.call(inst, site, callee, Array.from({ length: places }, (_, i) => this.access.position(constant(id), i)), result)
    })
  }

  /** `app[verb].call(app, path, handler)`, `app.get.bind(app)`: the library's function itself. */
  private through({ path, recv }: LibraryValue): { how: string; callee: LibraryValue } | undefined {
    const at = path.lastIndexOf('.')
    const how = path.slice(at + 1)
    if (!/^(call|apply|bind)$/.test(how) || at < 0 || this.rowOf(path) || !(this.rowOf(path.slice(0, at)) || path.slice(0, at) in BUILTIN_HANDLERS)) return undefined
    return { how, callee: this.a.library(path.slice(0, at), recv) }
  }

  private readonly rows = new Map<string, MergedRow | undefined>()

  private rowOf(path: string): MergedRow | undefined {
    if (this.rows.has(path)) return this.rows.get(path)
    const member = this.a.catalog.row(path)
    const result = this.a.catalog.row(`${path}()`)
    const merged = result ? mergeRows(member, result) : member
    this.rows.set(path, merged)
    return merged
  }

  /** `new X(…)` of a library class. */
  construct(inst: Instance, site: Expr, callee: LibraryValue, args: Ref[], result: number): void {
    if (this.builtins.construct(callee.path, inst, site, args, result)) return
    const of = this.a.catalog.canonical(callee.path)
    const handed = this.a.catalog.canonical(this.a.catalog.instance(of))
    const path = this.a.catalog.row(handed)?.opened ?? handed
    const made = this.a.allocate(inst, site, shapeOfPath(path), { path, args })
    this.a.solver.add(result, made.id)
    made.rowOf ??= modelOf(callee.recv)
    this.builtins.filled(made, args)
    if (path === 'global#URL.new') this.folders.url(inst, args, result)
    this.constructed(inst, site, of, made, args)
  }

  /** The library side of a construction, also of a project class that extends it. */
  constructed(inst: Instance, site: Expr, path: string, made: ObjectValue, args: Ref[]): void {
    const instance = this.a.catalog.instance(path)
    const row = this.a.catalog.row(instance)
    made.args ??= args
    const application: Application = { inst, site, path: instance, recv: made, args, result: NOTHING }
    this.a.calls.push({ inst, site, path: instance, recv: made, args, result: constant(made.id), row })
    if (row?.holds) this.models.hold(made, row.holds, application)
    this.perform(application, row ? withoutResult(row) : undefined, instance)
  }

  /** A class with decorators, or one that extends a library class: is it made by a container? */
  component(inst: Instance, cls: ClassValue): void {
    this.components.define(inst, cls)
  }

  // ---------------------------------------------------------------- facets

  perform(given: Application, row: MergedRow | undefined, resultPath: string): void {
    // A callback is told what the call itself does not give.
    const made = given.result < 0 && row?.run?.some(({ params }) => params?.includes('result')) ? { ...given, result: this.a.solver.node() } : given
    if (row?.adds) this.models.add(made, row.adds)
    if (made.result >= 0 && row?.lists !== undefined) this.fileNames.list(made, row.lists, () => this.giveResult(made, row, resultPath))
    else if (made.result >= 0 && (!row?.builds || row.returns)) this.giveResult(made, row, resultPath)
    if (!row && made.inst.phase === 'startup' && made.result >= 0 && isWrapper(made.path)) this.unknown.standsFor(made)
    if (!row) return this.unknown.run(made)
    if (row.acts) made.self = actorOf(this, made, row.acts)
    for (const callback of row.run ?? []) this.callback(made, callback, this.hooks.begins(made, callback, row))
    for (const entry of row.entries) if (!entry.decorator) this.registration.entry(made, entry)
    if (row.prefix && row.returns === 'this' && made.recv?.kind === 'object') this.mounts.ownPrefix(made, made.recv, row.prefix)
    if (row.access) this.named(made, row.access)
    if (row.mount) this.mounts.mount(made, row.mount)
    if (row.data && made.result >= 0 && made.inst.phase === 'startup') this.data(made)
    if (row.service) this.services.bind(made, row.service)
    if (row.builds) this.services.build(made, row.builds, row.returns !== undefined)
    if (row.extension) this.models.extend(made, row.extension)
    if (row.takesClass) this.models.takeClass(made, row.takesClass)
    if (row.session?.store) this.stores.given(made, row.session.store)
    if (row.takesMember) this.models.takeMember(made, row.takesMember)
    if (row.inherits && made.recv) for (const ref of this.arguments.refs(row.inherits, made)) this.builtins.inherit(ref, constant(made.recv.id))
    if (row.scopes) this.services.scope(made.recv, row.scopes)
    if (row.puts) for (const ref of this.arguments.refs(row.puts.from, made)) this.put(ref, row.puts.on, row.puts.as)
    if (row.along) goAlong(this, made, row.along)
    if (row.group !== undefined) for (const fn of this.arguments.refs(row.group, made)) this.a.groups.push({ fn, result: made.result })
    if (row.deploys) this.deployed.deploys(made, row.deploys)
    if (row.carries) this.deployed.carries(made, row.carries)
    if (row.loads) this.folders.loads(made, row.loads)
    if (row.binds && made.args[0] !== undefined) this.bindFirst(made, made.args[0], row.binds)
    if (row.memo) for (const fn of this.arguments.refs(row.memo.fn, made)) this.a.solver.flow(fn, made.result >= 0 ? made.result : this.a.solver.node())
    if (!row.run && row.entries.length === 0 && !row.mount && !row.memo && !row.binds && !row.along) this.unknown.run(made, this.givenBack(made, row))
  }

  /** `_.partial(fn, db)`, `_.bind(fn, self, db)`. */
  private bindFirst(made: Application, first: Ref, binding: Binding): void {
    this.functions(first, (fn) => bound(this.a, made, fn, binding))
  }

  /** `asyncHandler(fn)`: what a call gives back is called by whoever gets it, and not here. */
  private givenBack(made: Application, { returns, property }: MergedRow): Ref[] {
    return !property && returns?.startsWith('arg:') ? this.arguments.refs(returns.slice(4), made) : []
  }

  /** `app.decorate('db', pool)`, `app.set('db', pool)`, `app.get('db')`: fields of the instance, or of what all instances share, by their written name. */
  private named(made: Application, { op, key, value, on, also, list, dotted, under }: AccessModel): void {
    for (const other of also ?? []) this.named(made, { op, on: other, ...(key !== undefined && { key }), ...(value !== undefined && { value }) })
    if (list && key !== undefined) this.eachNamed(made, key, { op, key: `${key}.${list.key}`, value: `${key}.${list.value}`, ...(on !== undefined && { on }), ...(dotted && { dotted }) })
    if ((op !== 'write' && op !== 'read') || key === undefined || made.path.startsWith('global#')) return
    const path = on ?? (made.recv?.kind === 'object' ? made.recv.path : undefined)
    const shared = path !== undefined && (on !== undefined || this.a.catalog.row(path)?.bag)
    const kept = shared ? this.a.bag(path) : made.recv?.kind === 'object' ? made.recv : undefined
    const holder = kept && under ? this.ofPlugin(made, kept) : kept
    if (!holder) return
    if (under && made.args.length === 1 && made.args[0] !== undefined) return this.access.putOn(made.args[0], holder)
    for (const name of this.arguments.refs(key, made)) {
      this.a.solver.watch(name, (id) => {
        const known = this.a.value(id)
        if (known.kind !== 'lit' || typeof known.value !== 'string') return
        const field = dotted ? this.inside.field(holder, known.value.split('.')) : this.a.field(holder, known.value)
        if (op === 'read' && made.result >= 0) this.a.solver.flow(field, made.result)
        else if (op === 'write' && value !== undefined) for (const given of this.arguments.refs(value, made)) this.a.solver.flow(given, field)
      })
    }
  }

  readonly inside = new NestedNames(() => this.a)
  private readonly pluginNames = new PluginNames(() => this.a)

  /** What the plugin that calls keeps for others under its name. */
  private ofPlugin(made: Application, holder: ObjectValue): ObjectValue | undefined {
    const name = this.pluginNames.of(made.inst.unit)
    return name === undefined ? undefined : this.inside.object(holder, name)
  }

  private eachNamed(made: Application, key: string, model: AccessModel): void {
    for (const ref of this.arguments.refs(key, made)) {
      this.a.solver.watch(ref, (id) => {
        const value = this.a.value(id)
        if (value.kind !== 'object' || value.shape === 'library') return
        if (value.shape !== 'array') return this.named({ ...made, args: [constant(id)] }, model)
        this.a.solver.watch(this.access.iterated(constant(id)), (one) => this.named({ ...made, args: [constant(one)] }, model))
      })
    }
  }

  /** Read at start-up, it outlives the requests that change it. */
  private data(made: Application): void {
    const known = this.read.get(made.site)
    const data = known ?? this.a.data(made.inst.unit, made.site, made.inst)
    if (!known) this.read.set(made.site, data)
    this.a.solver.add(made.result, data.id)
  }

  private readonly read = new Map<Expr, ObjectValue>()

  private giveResult(made: Application, row: MergedRow | undefined, path: string): void {
    const { solver } = this.a
    const primitive = row ? undefined : primitiveResult(made.path)
    if (primitive) return solver.flow(this.fileNames.derived(made) ?? constant(this.a.library(primitive).id), made.result)
    const returns = row?.property ? undefined : row?.returns
    if (row?.named) for (const name of this.arguments.refs(row.named.name, made)) solver.flow(this.access.loadKey(constant(this.a.bag(row.named.on).id), name), made.result)
    if (returns === 'this') {
      const owner = this.memberOwner(made)
      if (owner) solver.add(made.result, this.a.library(owner, made.recv).id)
      else if (made.recv) solver.add(made.result, made.recv.id)
      else solver.add(made.result, this.a.library(receiverOf(made.path)).id)
    } else if (returns?.startsWith('arg:')) {
      this.giveArgument(made, returns.slice(4))
      if (row?.besides) this.giveInstance(made, row, row.besides)
    } else this.giveInstance(made, row, returns ?? path)
  }

  /** The property whose method is called, where it is a value of its own and no object: `t.procedure` of `t.procedure.use(…)`, `db.models.User` of `db.models.User.scope(…)`. */
  private memberOwner({ path, recv }: Application): string | undefined {
    const owner = path.slice(0, path.lastIndexOf('.'))
    if (recv?.kind !== 'object' || recv.shape !== 'library' || recv.path === undefined || recv.path === owner) return undefined
    return owner.endsWith('.new') || isElsewhere(owner, this.a.catalog.canonical(recv.path)) ? owner : undefined
  }

  /** A part of the call is its result; `arg:0.new` is the instance that a container has of the class there. */
  private giveArgument(made: Application, path: string): void {
    const { solver } = this.a
    const asked = path.endsWith('.new')
    for (const ref of this.arguments.refs(asked ? path.slice(0, -4) : path, made)) {
      if (!asked) solver.flow(ref, made.result)
      else this.services.ask(ref, made.result, askerOf(made.inst.phase))
    }
  }

  private giveInstance(made: Application, row: MergedRow | undefined, path: string): void {
    const canonical = this.a.catalog.canonical(path)
    const shared = this.a.catalog.row(canonical)
    const asked = row?.ofReceiver ? classAsked(made.recv) : undefined
    if (asked) {
      const object = this.a.allocate(made.inst, made.site, 'instance', { path: canonical, cls: asked, found: true, phase: 'request' })
      this.a.solver.add(made.result, object.id)
    } else if (row?.extension || canonical.endsWith('.new') || isKept(row) || isKept(shared) || isDecorator(this.a.catalog.row(made.path))) {
      const object = this.a.allocate(made.inst, made.site, shapeOfPath(canonical), { path: canonical, args: made.args })
      if (made.recv?.kind === 'object') object.recv = made.recv
      object.rowOf ??= modelOf(made.recv)
      if (row?.prefix) object.prefix = row.prefix
      this.a.solver.add(made.result, object.id)
    } else this.a.solver.add(made.result, this.a.library(canonical).id)
  }

  /** A value known by its path alone: what a framework hands to a callback. */
  typed(path: string, phase: Phase = 'request'): Ref {
    if (path === '') return NOTHING
    const canonical = this.a.catalog.canonical(path)
    if (this.a.catalog.row(canonical)?.bag) return constant(this.a.bag(canonical).id)
    if (!canonical.endsWith('.new')) return constant(this.a.library(canonical).id)
    const unit = this.a.units[0]
    if (!unit) return NOTHING
    return constant(this.a.object({ unit, site: undefined, phase, env: undefined, shape: shapeOfPath(canonical), path: canonical }).id)
  }

  private callback(made: Application, model: CallbackModel, isHook: boolean): void {
    if (model.when !== 'never') this.conditions.once(model.onlyWhen, made, () => this.runCallback(made, model, isHook))
  }

  private runCallback(made: Application, model: CallbackModel, isHook: boolean): void {
    if (model.inTurn && this.turns.run(made, model.inTurn)) return
    const params = (model.params ?? []).map((spec) => this.parameter(spec, made))
    const phase = phaseOf(model.when, made.inst.phase)
    const self = model.thisIs === undefined ? {} : { self: this.parameter(model.thisIs, made) }
    const result = model.makes ? this.a.solver.node() : model.result && made.result >= 0 ? this.callbackResult(made, model) : NOTHING
    if (model.makes) this.put(result, model.makes, model.as)
    for (const fn of this.arguments.refs(model.fn, made)) {
      this.functions(fn, (value) => {
        const begun = this.calls.invoke(made.inst, made.site, value, [], params, result, { phase, later: model.when !== 'now', ...self })
        if (isHook && begun) this.hooks.begin(made, model, begun)
      })
    }
  }

  /** What was put together for a request is what every value of that kind has: one context stands for all. */
  private put(ref: Ref, on: string, as?: string): void {
    if (as !== undefined) return this.a.solver.flow(ref, this.a.field(this.a.bag(on), as))
    this.access.putOn(this.access.awaited(ref), this.a.bag(on))
  }

  private callbackResult(made: Application, model: CallbackModel): number {
    return model.result === 'elements' ? this.builtins.listInto(made) : made.result
  }

  parameter(spec: string, made: Application): Ref {
    if (spec === 'this') return made.recv ? constant(made.recv.id) : NOTHING
    if (spec === 'result') return made.result
    if (spec === 'element') return made.recv ? this.access.iterated(constant(made.recv.id)) : NOTHING
    if (spec.startsWith('arg:')) return this.arguments.ref(spec.slice(4), made) ?? NOTHING
    return this.handed(made.site, spec, made.inst.phase === 'startup' ? 'request' : made.inst.phase)
  }

  private readonly handouts = new Map<object, Map<string, Ref>>()

  /** What a library hands over at one place, a call, a file or an annotation: the same, whoever leads there. */
  handed(place: Expr | Unit | TypeFact, spec: string, phase: Phase = 'request'): Ref {
    let known = this.handouts.get(place)
    if (!known) this.handouts.set(place, (known = new Map()))
    const key = `${phase} ${spec}`
    const handed = known.get(key) ?? this.typed(spec, phase)
    known.set(key, handed)
    return handed
  }

  /** Functions in a place, in arrays too; of lists that hold each other each is looked into once. */
  functions(ref: Ref, see: (fn: FnValue) => void, lists?: Set<number>): void {
    if (this.isText(ref)) return
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'fn') see(value)
      else if (value.kind !== 'object' || lists?.has(id)) return
      else if (value.shape === 'array') this.functions(this.access.iterated(constant(id)), see, (lists ??= new Set()).add(id))
      else if (value.path !== undefined && this.a.catalog.row(value.path)?.handles) this.functions(this.a.field(value, HANDLERS), see, (lists ??= new Set()).add(id))
    })
  }

  /** A text or number that is written out: nothing comes of it. */
  isText(ref: Ref): boolean {
    return isConstant(ref) && this.a.value(constantOf(ref)).kind === 'lit'
  }

}

/** A path that a property leads to, and that is not below its object's. */
const isElsewhere = (owner: string, path: string): boolean => owner.includes('#') && !owner.includes('(') && owner !== path && !owner.startsWith(`${path}.`)

/** `X.new.scope` is called on `X.new`. */
const receiverOf = (path: string): string => (/\.[^.()#]+$/.test(path) ? path.slice(0, path.lastIndexOf('.')) : `${path}()`)
const shapeOfPath = (path: string): ObjectValue['shape'] => (path === 'global#Array.new' ? 'array' : 'library')

/** The class that is asked for its rows, also by a query of it. */
const classAsked = (recv: LibraryValue['recv']): ClassValue | undefined => (recv?.kind === 'class' ? recv : recv?.kind === 'object' && recv.found ? recv.cls : undefined)

/** What comes of a model, and what comes of that, has the members of its rows. */
const modelOf = (from: LibraryValue['recv']): ModelExtension | undefined => (from?.kind === 'object' ? (from.extension ?? from.rowOf) : undefined)

const phaseOf = (when: CallbackModel['when'], caller: Phase): Phase => {
  if (when === 'now' || when === 'soon') return caller
  if (when === 'request') return 'request'
  if (when === 'startup' || when === 'background') return when
  return caller === 'startup' ? 'background' : caller
}

/** `db.execute('INSERT INTO …')` of a library that nobody knows. */
const sqlRow = (path: string, site: Expr): MergedRow | undefined => {
  const text = site.k === 'call' ? site.a[0] : undefined
  const begin = text?.k === 'lit' ? text.v : text?.k === 'tpl' && !text.tag ? text.q[0] : undefined
  return typeof begin === 'string' && CHANGES_ROWS.test(begin) && RUNS_SQL.test(path) && !/^(global#|node:)/.test(path) ? { ...SQL_OF_UNKNOWN, entries: [] } : undefined
}
