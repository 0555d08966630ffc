import type { ComponentModel, EntryKind, EntryModel } from '../model/catalog.js'
import type { DecoratorFact, Expr, FnFact, MethodFact, ParamFact, TypeFact } from '../model/facts.js'
import { Families } from './families.js'
import type { MergedRow } from './catalog-index.js'
import type { Instance, Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { isOwn, ownUse, whenMade } from './own-decorators.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { type Asker, askerOf } from './services.js'
import { Types, type TypeTarget } from './types.js'
import type { ClassValue, ObjectValue, Value } from './values.js'
import { writtenAt } from './written-places.js'

/** A decorator of a library where it is used. */
interface DecoratorUse {
  path: string
  row: MergedRow | undefined
  args: Ref[]
  site: Expr
}

const UNSAID: ComponentModel = { scope: 'singleton' }

/** Classes that a container or framework makes: instances, what is injected into them, and their entries. */
export class Components {
  readonly types: Types
  private readonly families: Families

  constructor(private readonly library: Library) {
    this.types = new Types(library.a)
    this.families = new Families(library.a)
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  define(inst: Instance, cls: ClassValue): void {
    for (const decorator of cls.cls.dec ?? []) this.decorated(inst, decorator, (use) => whenMade(this.a, cls, use.path, () => this.classDecorator(inst, cls, use)))
    for (const method of cls.cls.methods) {
      for (const decorator of method.dec ?? []) {
        this.decorated(inst, decorator, (use) => whenMade(this.a, cls, use.path, () => this.methodDecorator(inst, cls, method, use)))
        this.library.functions(this.library.ev.expression(inst, decorator.x), (fn) => this.library.access.wrapped.decorate(inst, cls, method, fn, decorator.x))
      }
    }
    for (const field of cls.cls.fields) for (const decorator of field.dec ?? []) this.library.ev.expression(inst, decorator.x)
    this.inherited(inst, cls, cls.parent, [cls], new Set([cls]))
  }

  /** A library class somewhere above may be one whose subclasses a framework makes and runs. Mixins may stand on each other in any order: each class above is looked at once. */
  private inherited(inst: Instance, cls: ClassValue, above: Ref, below: ClassValue[], seen: Set<ClassValue>): void {
    this.a.solver.watch(above, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class' && !seen.has(parent)) {
        seen.add(parent)
        this.inheritRoutes(cls, parent, below)
        this.inherited(inst, cls, parent.parent, [...below, parent], seen)
      }
      if (parent.kind !== 'lib') return
      const component = this.a.catalog.row(this.a.catalog.instance(parent.path))?.component ?? this.a.catalog.row(parent.path)?.component
      if (component) this.manage(inst, cls, component, undefined)
    })
  }

  /** Abstract classes with a subclass that can be made. */
  private readonly extended = new Set<ClassValue>()

  /** `abstract class CrudController { @Post() create() … }`: a route of each class below, unless that one has a method of its own for it. */
  private inheritRoutes(cls: ClassValue, parent: ClassValue, below: ClassValue[]): void {
    if (!parent.cls.abstract || cls.cls.abstract) return
    this.extended.add(parent)
    for (const method of parent.cls.methods) {
      if (method.static || !method.dec || below.some((one) => one.cls.methods.some(({ n }) => n === method.n))) continue
      for (const decorator of method.dec) this.decorated(parent.env, decorator, (use) => this.methodEntries(cls, parent, method, use))
    }
  }

  /** What a decorator is of a library: itself, or what a function of the project puts together (`applyDecorators(…)`). */
  private decorated(inst: Instance, decorator: DecoratorFact, see: (use: DecoratorUse) => void): void {
    const { x } = decorator
    const callee = x.k === 'call' ? x.f : x
    this.a.solver.watch(this.library.ev.expression(inst, callee), (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib') see({ path: value.path, row: this.a.catalog.row(value.path), args: this.argumentsOf(inst, decorator), site: x })
      else if (value.kind === 'fn' && x.k === 'call') {
        const own = ownUse(this.a, value, x, inst.unit.facts, () => this.argumentsOf(inst, decorator))
        if (own) see({ ...own, row: this.a.catalog.row(own.path), site: x })
        this.composite(this.library.ev.expression(inst, x), x, see)
      }
    })
  }

  private composite(ref: Ref, site: Expr, see: (use: DecoratorUse) => void): void {
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'array') this.composite(this.library.access.iterated(constant(id)), site, see)
      else if ((value.kind === 'object' || value.kind === 'lib') && value.path?.endsWith('()')) {
        const path = value.path.slice(0, -2)
        see({ path, row: this.a.catalog.row(path), args: (value.kind === 'object' && value.args) || [], site })
      }
    })
  }

  private argumentsOf(inst: Instance, decorator: DecoratorFact): Ref[] {
    return decorator.x.k === 'call' ? decorator.x.a.map((arg) => this.library.ev.expression(inst, arg)) : []
  }

  private application(inst: Instance, use: DecoratorUse, recv: ObjectValue | undefined): Application {
    return { inst, site: use.site, path: use.path, recv, args: use.args, result: NOTHING }
  }

  private classDecorator(inst: Instance, cls: ClassValue, use: DecoratorUse): void {
    const { row } = use
    const made = this.application(inst, use, undefined)
    if (row?.component && !row.component.bound) made.recv = this.manage(inst, cls, row.component, made)
    if (row?.prefix && made.recv?.kind === 'object') {
      const prefix = this.library.arguments.ref(row.prefix, made)
      if (prefix !== undefined) this.a.mounts.push({ parent: undefined, child: made.recv, path: prefix, inst, site: use.site })
    }
    if (row?.mount) this.children(cls, made, row.mount.children)
    this.applied(cls, made, use)
  }

  /** `@ChildControllers([new ToolController()])`: what stands below a class, each under its own prefix. */
  private children(cls: ClassValue, made: Application, paths: string[]): void {
    const see = (ref: Ref): void => this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'array') return see(this.library.access.iterated(constant(id)))
      const child = value.kind === 'class' ? value : value.kind === 'object' ? value.cls : undefined
      if (child) this.a.mounts.push({ parent: this.managed(cls), child: this.managed(child), path: NOTHING, inst: made.inst, site: made.site })
    })
    for (const path of paths) for (const ref of this.library.arguments.refs(path, made)) see(ref)
  }

  private methodDecorator(inst: Instance, cls: ClassValue, method: MethodFact, use: DecoratorUse): void {
    const { row } = use
    const made = this.application(inst, use, undefined)
    if (row?.component && !method.static) made.recv = this.manage(inst, cls, row.component, made)
    this.applied(cls, made, use)
    if (method.static) return
    if (row?.listens) this.listens(made, row.listens.to, constant(this.a.fnValue(cls.unit, method.f, cls.env, this.managed(cls)).id))
    if (!cls.cls.abstract) this.methodEntries(cls, cls, method, use)
    else if (row?.entries.some(({ decorator }) => decorator)) this.a.undecided.push(() => !this.extended.has(cls) && this.methodEntries(cls, cls, method, use))
  }

  /** What a class serves by a method of its own or of a class above. */
  private methodEntries(cls: ClassValue, owner: ClassValue, method: MethodFact, use: DecoratorUse): void {
    for (const entry of use.row?.entries ?? []) if (entry.decorator) this.methodEntry(this.application(owner.env, use, this.managed(cls)), owner, method, entry)
  }

  /** What a decorator does besides marking: callbacks and handlers among its arguments. */
  private applied(cls: ClassValue, made: Application, { row }: DecoratorUse): void {
    if (!isOwn(made.path)) this.a.calls.push({ inst: made.inst, site: made.site, path: made.path, recv: made.recv, args: made.args, result: NOTHING, row })
    if (row?.listens?.method !== undefined) this.listens(made, row.listens.to, this.library.access.load(constant(this.managed(cls).id), row.listens.method))
    if (row?.service && made.recv) this.library.services.bind(made, row.service)
    const entries = row?.entries.filter((entry) => !entry.decorator) ?? []
    if (!row || (entries.length === 0 && !row.run)) return
    const { component: _, prefix: __, mount: ___, service: ____, ...rest } = row
    made.recv ??= this.managed(cls)
    this.library.perform(made, { ...rest, entries }, made.path)
  }

  private listens(made: Application, to: string, fn: Ref): void {
    for (const keys of this.library.arguments.refs(to, made)) this.library.dispatch.listen(keys, fn)
  }

  private methodEntry(made: Application, { unit, env }: ClassValue, method: MethodFact, model: EntryModel): void {
    const self = made.recv as ObjectValue
    const record = this.library.registration.record(made, model, `${self.cls?.cls.n ?? ''}.${method.n}`)
    const fn = this.a.fnValue(unit, method.f, env, self)
    const params = fn.fn.params.map((param, i) => this.handlerParam(unit, made.inst, param, model.params?.[i]))
    // `@route('/books') @POST()`: another decorator of the method says its path.
    for (const decorator of method.dec ?? []) this.decorated(made.inst, decorator, (use) => {
      const path = use.row?.prefix === undefined ? undefined : this.library.arguments.ref(use.row.prefix, this.application(made.inst, use, undefined))
      if (path !== undefined) record.pathRefs.push(path)
    })
    this.library.registration.handle(made, record, fn, params, 0)
  }

  /** Parameters of a handler method are request data: what their decorator or type says, or input. */
  private handlerParam(unit: Unit, inst: Instance, param: ParamFact, path: string | undefined): Ref {
    const node = this.a.solver.node()
    for (const decorator of param.dec ?? []) {
      this.decorated(inst, decorator, ({ path: name, row }) => this.a.solver.flow(this.library.typed(this.decoratedPath(name, row)), node))
    }
    if (path) this.a.solver.flow(this.library.typed(path), node)
    if ((param.dec ?? []).length === 0 && !path) this.seed(unit, param.ty, node, 'request')
    return node
  }

  /** What a parameter's decorator gives: who calls and what they sent are known by the decorator's own path. */
  private decoratedPath(name: string, row: MergedRow | undefined): string {
    const called = this.a.catalog.call(name)
    if (row?.returns) return row.returns
    return (row?.identity || row?.owned) && !this.a.catalog.row(called) ? name : called
  }

  // ---------------------------------------------------------------- instances

  /** A class that a platform makes, though it says so nowhere. */
  madeLike(cls: ClassValue, model: ComponentModel): void {
    this.manage(cls.env, cls, model, undefined)
  }

  /** The instance of a class that something else makes: one per process unless its scope says otherwise. */
  managed(cls: ClassValue): ObjectValue {
    return cls.managed ?? this.manage(cls.env, cls, this.ownModel(cls), undefined)
  }

  /** The instance that a container gives for a class, an injection token or a library class. */
  instanceFor(value: Value, asker?: Asker): Ref {
    if (value.kind === 'class') return value.cls.abstract ? NOTHING : constant((asker && this.ownModel(value).scope === 'transient' ? this.instance(value, asker) : this.managed(value)).id)
    return value.kind === 'lib' ? this.library.typed(this.a.catalog.instance(value.path), 'startup') : NOTHING
  }

  /** An instance of a class that a container makes for something that lives so long. */
  instance(cls: ClassValue, asker: Asker, byName?: string): ObjectValue {
    if (!byName && this.ownModel(cls).scope === 'request') return this.managed(cls)
    const known = [cls.managed, this.further.get(cls)].find((object) => object && askerOf(object.phase) === asker)
    if (known) return known
    const self = this.a.object({ unit: cls.unit, site: undefined, phase: asker, env: cls.env, shape: 'instance', cls })
    if (cls.managed) this.further.set(cls, self)
    else cls.managed = self
    this.construct(cls.env, cls, self, byName)
    return self
  }

  /** Where a class has an instance for the process and one for each request. */
  private readonly further = new Map<ClassValue, ObjectValue>()

  /** Is it said where the class is bound how long its instances live? */
  isBound(cls: ClassValue): boolean {
    return this.ownModel(cls).bound === true
  }

  /** What the decorators of a class say, also before its file was looked at. */
  private ownModel(cls: ClassValue): ComponentModel {
    let model = this.models.get(cls)
    if (!model && (model = this.saidModel(cls)) !== UNSAID) this.models.set(cls, model)
    return model
  }

  /** Methods that a framework calls on what it makes of a class, when the program starts. */
  private readonly started = new Map<ClassValue, Set<string>>()
  isStartedBy(cls: ClassValue, method: string): boolean {
    return this.started.get(cls)?.has(method) ?? false
  }

  private readonly models = new Map<ClassValue, ComponentModel>()

  private saidModel(cls: ClassValue): ComponentModel {
    for (const { x } of cls.cls.dec ?? []) {
      for (const value of this.a.of(this.library.ev.expression(cls.env, x.k === 'call' ? x.f : x))) {
        const model = value.kind === 'lib' ? this.a.catalog.row(value.path)?.component : undefined
        if (model) return { ...model, scope: this.scopeOf(model, { inst: cls.env, site: x, path: '', recv: undefined, args: this.argumentsOf(cls.env, { x, p: x.p, e: x.e }), result: NOTHING }) }
      }
    }
    return UNSAID
  }

  private manage(inst: Instance, cls: ClassValue, model: ComponentModel, made: Application | undefined): ObjectValue {
    const known = cls.managed
    const scope = known ? undefined : this.scopeWith(cls, model, made)
    this.started.set(cls, new Set([...(this.started.get(cls) ?? []), ...(model.startup ?? [])]))
    const self = known ?? this.a.object({ unit: cls.unit, site: undefined, phase: scope === 'singleton' ? 'startup' : 'request', env: cls.env, shape: 'instance', cls })
    if (scope === 'request') self.anew = true
    if (!known) {
      cls.managed = self
      this.construct(inst, cls, self, model.byName)
    }
    this.lifecycle(inst, cls, self, model)
    return self
  }

  /** Nest: what is given something that lives for a request lives for a request itself. */
  private scopeWith(cls: ClassValue, model: ComponentModel, made: Application | undefined, depth = 0): ComponentModel['scope'] {
    const own = this.scopeOf(model, made)
    if (own !== 'singleton' || !model.scopeFrom || depth > 5 || cls.cls.ctor === undefined) return own
    const params = cls.unit.facts.functions[cls.cls.ctor]?.params ?? []
    const given = params.flatMap((param) => this.types.targets(cls.unit, param.ty))
    const bubbles = given.some((target) => target.kind === 'class' && target.value !== cls && this.scopeWith(target.value, this.ownModel(target.value), undefined, depth + 1) === 'request')
    return bubbles ? 'request' : own
  }

  private scopeOf(model: ComponentModel, made: Application | undefined): ComponentModel['scope'] {
    const from = model.scopeFrom
    if (!from || !made) return model.scope
    const known = this.library.arguments.now(from.arg, made).map((value) => (value.kind === 'lib' ? value.path : value.kind === 'lit' ? String(value.value) : ''))
    const written = dotted(writtenAt(made.site, from.arg))
    const says = (paths: string[] | undefined): boolean => (paths ?? []).some((path) => known.includes(path) || (written !== undefined && (path === written || path.endsWith(`#${written}`))))
    if (says(from.request)) return 'request'
    return says(from.transient) ? 'transient' : model.scope
  }

  /** Runs initialisers and the constructor with what is injected. */
  private construct(inst: Instance, cls: ClassValue, self: ObjectValue, byName?: string): void {
    this.fillFields(inst, cls, self)
    const site: Expr = { k: 'class', c: cls.unit.facts.classes.indexOf(cls.cls), p: cls.cls.p, e: cls.cls.e }
    const context = this.a.context(site, inst)
    const run = (index: number, args: Ref[]): void => {
      this.library.calls.invoke(cls.env, site, this.a.fnValue(cls.unit, index, cls.env, self), [], args, NOTHING, { context, phase: self.phase === 'startup' ? 'startup' : 'request' })
    }
    if (cls.cls.init !== undefined) run(cls.cls.init, [])
    if (cls.cls.ctor !== undefined) {
      const params = cls.unit.facts.functions[cls.cls.ctor]?.params ?? []
      run(cls.cls.ctor, byName === undefined ? params.map((param) => this.injected(cls.unit, inst, param, askerOf(self.phase))) : this.library.services.named(cls.unit.facts.functions[cls.cls.ctor] as FnFact, cls.unit, byName, askerOf(self.phase)))
      return
    }
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class' && parent !== cls) this.construct(inst, parent, self, byName)
      else if (parent.kind === 'lib') {
        self.path ??= this.a.catalog.canonical(this.a.catalog.instance(parent.path))
        this.library.constructed(inst, site, parent.path, self, [])
      }
    })
  }

  /** Methods that the framework calls: once for each class, method and kind, whichever rows ask for it. */
  private lifecycle(inst: Instance, cls: ClassValue, self: ObjectValue, model: ComponentModel): void {
    for (const name of model.startup ?? []) this.lifecycleMethod(inst, cls, self, name, 'startup', [], undefined)
    for (const name of model.background ?? []) this.lifecycleMethod(inst, cls, self, name, 'background', [], 'job')
    for (const [name, params] of Object.entries(model.request ?? {})) {
      this.lifecycleMethod(inst, cls, self, name, 'request', this.library.registration.params(params), model.kinds?.[name] ?? model.requestKind ?? 'middleware')
    }
  }

  private readonly called = new Map<ClassValue, Set<string>>()

  private lifecycleMethod(inst: Instance, cls: ClassValue, self: ObjectValue, name: string, phase: Instance['phase'], params: Ref[], kind: EntryKind | undefined): void {
    const called = this.called.get(cls) ?? new Set()
    this.called.set(cls, called)
    const key = `${name} ${phase}`
    const method = cls.cls.methods.find((m) => m.n === name && !m.static)
    if (!method || called.has(key)) return
    called.add(key)
    const site: Expr = { k: 'this', p: cls.cls.q, e: cls.cls.q }
    const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
    if (!kind) return void this.library.calls.invoke(inst, site, fn, [], params, NOTHING, { phase })
    const made: Application = { inst, site, path: '', recv: self, args: [], result: NOTHING }
    const record = this.library.registration.record(made, { kind }, `${cls.cls.n ?? ''}.${name}`)
    this.library.registration.at(record, cls.unit, method.q, method.q + name.length)
    this.library.registration.handle(made, record, fn, params, 0)
  }

  // ---------------------------------------------------------------- injection

  private injected(unit: Unit, inst: Instance, param: ParamFact, asker: Asker): Ref {
    const node = this.a.solver.node()
    for (const decorator of param.dec ?? []) this.injectedBy(inst, decorator, node, asker)
    // The annotated class itself may be the token: `{ provide: Repository, useClass: SqlRepository }`.
    const targets = this.types.targets(unit, param.ty)
    for (const target of targets) if (target.kind === 'class') this.library.services.ask(constant(target.value.id), node, asker, this.isBound(target.value) && (param.dec ?? []).length === 0)
    // `{ provide: winston.Logger, useFactory: … }`: a class of a library.
    for (const target of targets) if (target.kind === 'lib') this.library.services.ask(constant(this.a.library(target.path).id), node, asker, false)
    if (targets.some((target) => target.kind === 'class' && this.isBound(target.value))) this.unfilled.push({ unit, type: param.ty, node })
    else this.seed(unit, param.ty, node, 'startup')
    return node
  }

  private injectedBy(inst: Instance, decorator: DecoratorFact, node: number, asker: Asker): void {
    this.decorated(inst, decorator, (use) => {
      const token = use.row?.injects !== undefined ? this.library.arguments.ref(use.row.injects, this.application(inst, use, undefined)) : use.args[0]
      if (token !== undefined) this.library.services.ask(token, node, asker, use.row?.injects !== undefined)
    })
  }

  /** `@inject(TYPES.Store) private store!: Store`. */
  private fillFields(inst: Instance, cls: ClassValue, self: ObjectValue): void {
    for (const field of cls.cls.fields) {
      for (const decorator of (!field.static && field.dec) || []) {
        this.decorated(inst, decorator, (use) => {
          if (use.row?.injects !== undefined) this.injectedBy(inst, decorator, this.a.field(self, field.n), askerOf(self.phase))
        })
      }
    }
  }

  private readonly unfilled: { unit: Unit; type: TypeFact | undefined; node: number }[] = []

  /** Joins injection tokens with what is bound to them, once that is known; says whether there was anything new. */
  bindTokens(): boolean {
    const open = this.unfilled.splice(0)
    const settled = this.library.services.settle()
    // What no binding names is what its annotation says.
    for (const { unit, type, node } of open) if (!settled && this.a.solver.size(node) === 0) this.seed(unit, type, node, 'startup')
    if (settled) for (const one of open) this.unfilled.push(one)
    return settled || open.length > 0
  }

  /** Lets what an annotation promises flow into a place that nothing else fills. */
  seed(unit: Unit, type: TypeFact | undefined, node: number, phase: 'startup' | 'request'): boolean {
    let found = false
    for (const target of this.types.targets(unit, type)) {
      found = true
      if (target.kind === 'lib') this.a.solver.flow(this.libraryInstance(target, type, phase), node)
      else this.classInstances(target, node, phase)
    }
    return found
  }

  /** What an annotation promises for the time of a request is one thing, however many calls lead there. */
  private libraryInstance(target: TypeTarget & { kind: 'lib' }, type: TypeFact | undefined, phase: 'startup' | 'request'): Ref {
    const path = this.a.catalog.instance(target.path)
    const ref = type && phase === 'request' ? this.library.handed(type, path) : this.library.typed(path, phase)
    const [entity] = target.args
    for (const value of this.a.of(ref)) if (value.kind === 'object' && value.shape !== 'bag' && entity?.k === 'ref') value.of = entity.n
    return ref
  }

  private classInstances({ value: cls, args: [entity] }: TypeTarget & { kind: 'class' }, node: number, phase: 'startup' | 'request'): void {
    if (phase === 'startup' && entity?.k === 'ref' && cls.cls.ext && !cls.cls.abstract && this.ownModel(cls) === UNSAID) return this.a.solver.add(node, this.repositoryOf(cls, entity.n).id)
    const known = [...this.families.of(cls), ...this.types.implementersOf(cls.cls)].flatMap((other) => other.instances)
    for (const instance of known) this.a.solver.add(node, instance.id)
    if (known.length > 0) return
    if (phase === 'startup' && !cls.cls.abstract) this.a.solver.add(node, this.managed(cls).id)
    else if (!cls.cls.abstract) this.a.solver.add(node, this.borrowed(cls).id)
  }

  private readonly repositories = new Map<ClassValue, Map<string, ObjectValue>>()

  /** `BaseRepository<User>`: one of its own for each entity. */
  private repositoryOf(cls: ClassValue, entity: string): ObjectValue {
    const known = this.repositories.get(cls) ?? new Map<string, ObjectValue>()
    this.repositories.set(cls, known)
    let made = known.get(entity)
    if (!made) {
      known.set(entity, (made = this.a.object({ unit: cls.unit, site: undefined, phase: 'startup', env: cls.env, shape: 'instance', cls, of: entity })))
      this.construct(cls.env, cls, made)
    }
    return made
  }

  /** An object that somebody unknown made: its class is known, its life is the request's. */
  private borrowed(cls: ClassValue): ObjectValue {
    return this.a.object({ unit: cls.unit, site: undefined, phase: 'request', env: cls.env, shape: 'instance', cls })
  }
}

const dotted = (x: Expr | undefined): string | undefined => {
  if (x?.k === 'lit') return String(x.v)
  return x?.k === 'mem' && x.o.k === 'ref' ? `Scope.${x.n}` : undefined
}
