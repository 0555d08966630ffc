import type { CatalogRow, ComponentModel, EntryModel } from '../model/catalog.js'
import type { DecoratorFact, Expr, MethodFact, ParamFact, TypeFact } from '../model/facts.js'
import type { Instance, Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { Types, type TypeTarget } from './types.js'
import type { ClassValue, ObjectValue } from './values.js'

/** Classes that a container or framework makes: instances, what is injected into them, and their entries. */
export class Components {
  readonly types: Types
  /** Objects that say `provide: token`: bindings of a container, wherever they stand. */
  private providers: { token: Ref; object: ObjectValue }[] | undefined

  constructor(private readonly library: Library) {
    this.types = new Types(library.a)
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  define(inst: Instance, cls: ClassValue): void {
    for (const decorator of cls.cls.dec ?? []) this.decorated(inst, decorator, (path, row) => this.classDecorator(inst, cls, decorator, path, row))
    for (const method of cls.cls.methods) {
      for (const decorator of method.dec ?? []) this.decorated(inst, decorator, (path, row) => this.methodDecorator(inst, cls, method, decorator, path, row))
    }
    for (const field of cls.cls.fields) for (const decorator of field.dec ?? []) this.library.ev.expression(inst, decorator.x)
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind !== 'lib') return
      const row = this.a.catalog.row(this.a.catalog.instance(parent.path)) ?? this.a.catalog.row(parent.path)
      if (row?.component) this.manage(inst, cls, row.component, undefined)
    })
  }

  /** The library path that a decorator stands for. */
  private decorated(inst: Instance, decorator: DecoratorFact, see: (path: string, row: CatalogRow | undefined) => void): void {
    const callee = decorator.x.k === 'call' ? decorator.x.f : decorator.x
    this.a.solver.watch(this.library.ev.expression(inst, callee), (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib') see(value.path, this.a.catalog.row(value.path))
    })
  }

  private argumentsOf(inst: Instance, decorator: DecoratorFact): Ref[] {
    return decorator.x.k === 'call' ? decorator.x.a.map((arg) => this.library.ev.expression(inst, arg)) : []
  }

  private application(inst: Instance, decorator: DecoratorFact, path: string, recv: ObjectValue | undefined): Application {
    return { inst, site: decorator.x, path, recv, args: this.argumentsOf(inst, decorator), result: NOTHING }
  }

  private classDecorator(inst: Instance, cls: ClassValue, decorator: DecoratorFact, path: string, row: CatalogRow | undefined): void {
    const made = this.application(inst, decorator, path, undefined)
    if (row?.component) made.recv = this.manage(inst, cls, row.component, made)
    if (row?.prefix && made.recv?.kind === 'object') {
      const prefix = this.library.arguments.ref(row.prefix, made)
      if (prefix !== undefined) this.a.mounts.push({ parent: undefined, child: made.recv, path: prefix, inst, site: decorator.x })
    }
    this.a.calls.push({ inst, site: decorator.x, path, recv: made.recv, args: made.args, result: NOTHING, row })
  }

  private methodDecorator(inst: Instance, cls: ClassValue, method: MethodFact, decorator: DecoratorFact, path: string, row: CatalogRow | undefined): void {
    const made = this.application(inst, decorator, path, undefined)
    this.a.calls.push({ inst, site: decorator.x, path, recv: undefined, args: made.args, result: NOTHING, row })
    if (!row?.entry?.decorator || method.static) return
    made.recv = this.managed(cls)
    this.methodEntry(made, cls, method, row.entry)
  }

  private methodEntry(made: Application, cls: ClassValue, method: MethodFact, model: EntryModel): void {
    const self = made.recv as ObjectValue
    const record = this.library.registration.record(made, model, `${cls.cls.n ?? ''}.${method.n}`)
    const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
    const params = fn.fn.params.map((param, i) => this.handlerParam(cls.unit, made.inst, param, model.params?.[i]))
    this.library.registration.handle(made, record, fn, params, 0)
  }

  /** Parameters of a handler method are request data: what their decorator or type says, or input. */
  private handlerParam(unit: Unit, inst: Instance, param: ParamFact, path: string | undefined): Ref {
    const node = this.a.solver.node()
    for (const decorator of param.dec ?? []) {
      this.decorated(inst, decorator, (name, row) => {
        this.a.solver.flow(this.library.typed(row?.returns ?? this.a.catalog.call(name)), node)
      })
    }
    if (path) this.a.solver.flow(this.library.typed(path), node)
    if ((param.dec ?? []).length === 0 && !path) this.seed(unit, param.ty, node, 'request')
    return node
  }

  // ---------------------------------------------------------------- instances

  /** The instance of a class that something else makes: one per process unless its scope says otherwise. */
  managed(cls: ClassValue): ObjectValue {
    return this.manage(cls.env, cls, { scope: 'singleton' }, undefined)
  }

  private manage(inst: Instance, cls: ClassValue, model: ComponentModel, made: Application | undefined): ObjectValue {
    if (cls.managed) return cls.managed
    const phase = this.scopeOf(model, made) === 'singleton' ? 'startup' : 'request'
    const self = this.a.object({ unit: cls.unit, site: undefined, phase, env: cls.env, shape: 'instance', cls })
    cls.managed = self
    this.construct(inst, cls, self)
    this.lifecycle(inst, cls, self, model)
    return self
  }

  private scopeOf(model: ComponentModel, made: Application | undefined): ComponentModel['scope'] {
    const from = model.scopeFrom
    if (!from || !made) return model.scope
    const ref = this.library.arguments.ref(from.arg, made)
    for (const value of ref === undefined ? [] : this.a.of(ref)) {
      const name = value.kind === 'lib' ? value.path : value.kind === 'lit' ? String(value.value) : ''
      if (from.request?.includes(name)) return 'request'
      if (from.transient?.includes(name)) return 'transient'
    }
    return model.scope
  }

  /** Runs initialisers and the constructor with what is injected. */
  private construct(inst: Instance, cls: ClassValue, self: ObjectValue): void {
    const site: Expr = { k: 'class', c: cls.unit.facts.classes.indexOf(cls.cls), p: cls.cls.p, e: cls.cls.e }
    const context = this.a.context(site, inst)
    const run = (index: number, args: Ref[]): void => {
      this.library.calls.invoke(cls.env, site, this.a.fnValue(cls.unit, index, cls.env, self), [], args, NOTHING, { context, phase: 'startup' })
    }
    if (cls.cls.init !== undefined) run(cls.cls.init, [])
    if (cls.cls.ctor !== undefined) {
      const params = cls.unit.facts.functions[cls.cls.ctor]?.params ?? []
      run(cls.cls.ctor, params.map((param) => this.injected(cls.unit, inst, param)))
      return
    }
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class') this.construct(inst, parent, self)
      else if (parent.kind === 'lib') {
        self.path ??= this.a.catalog.canonical(this.a.catalog.instance(parent.path))
        this.library.constructed(inst, site, parent.path, self, [])
      }
    })
  }

  private lifecycle(inst: Instance, cls: ClassValue, self: ObjectValue, model: ComponentModel): void {
    const site: Expr = { k: 'this', p: cls.cls.q, e: cls.cls.q }
    const call = (name: string, phase: Instance['phase'], params: Ref[], entry: boolean): void => {
      const method = cls.cls.methods.find((m) => m.n === name && !m.static)
      if (!method) return
      const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
      const made: Application = { inst, site, path: '', recv: self, args: [], result: NOTHING }
      if (!entry) return void this.library.calls.invoke(inst, site, fn, [], params, NOTHING, { phase })
      const record = this.library.registration.record(made, { kind: phase === 'background' ? 'job' : 'middleware' }, `${cls.cls.n ?? ''}.${name}`)
      this.library.registration.at(record, cls.unit, method.q, method.q + name.length)
      this.library.registration.handle(made, record, fn, params, 0)
    }
    for (const name of model.startup ?? []) call(name, 'startup', [], false)
    for (const name of model.background ?? []) call(name, 'background', [], true)
    for (const [name, params] of Object.entries(model.request ?? {})) call(name, 'request', this.library.registration.params(params), true)
  }

  // ---------------------------------------------------------------- injection

  private injected(unit: Unit, inst: Instance, param: ParamFact): Ref {
    const node = this.a.solver.node()
    for (const decorator of param.dec ?? []) {
      const [token] = this.argumentsOf(inst, decorator)
      if (token !== undefined) this.tokens.push({ token, node })
    }
    this.seed(unit, param.ty, node, 'startup')
    return node
  }

  private readonly tokens: { token: Ref; node: number }[] = []

  /** Joins injection tokens with what objects with `provide` say, once they are known; says whether there was anything new. */
  bindTokens(): boolean {
    const open = this.tokens.splice(0)
    if (open.length === 0) return false
    this.providers ??= this.a.objects.flatMap((object) => {
      const token = object.shape === 'object' ? object.holder.fields.get('provide') : undefined
      return token === undefined ? [] : [{ token, object }]
    })
    for (const { token, node } of open) for (const provider of this.providers) if (this.sameToken(token, provider.token)) this.provide(provider.object, node)
    return true
  }

  private sameToken(a: Ref, b: Ref): boolean {
    const known = new Set(this.a.solver.values(b))
    for (const id of this.a.solver.values(a)) if (known.has(id)) return true
    return false
  }

  private provide(provider: ObjectValue, node: number): void {
    const of = (name: string): Ref => provider.holder.fields.get(name) ?? NOTHING
    this.a.solver.flow(of('useValue'), node)
    this.a.solver.watch(of('useClass'), (id) => {
      const cls = this.a.value(id)
      if (cls.kind === 'class') this.a.solver.add(node, this.managed(cls).id)
    })
    this.library.functions(of('useFactory'), (fn) => {
      this.library.calls.invoke(provider.env ?? provider.unit.module, { k: 'this', p: fn.fn.p, e: fn.fn.p }, fn, [], [], node, { phase: 'startup' })
    })
  }

  /** Lets what an annotation promises flow into a place that nothing else fills. */
  seed(unit: Unit, type: TypeFact | undefined, node: number, phase: 'startup' | 'request'): boolean {
    let found = false
    for (const target of this.types.targets(unit, type)) {
      found = true
      if (target.kind === 'lib') this.a.solver.flow(this.libraryInstance(target, phase), node)
      else this.classInstances(target.value, node, phase)
    }
    return found
  }

  private libraryInstance(target: TypeTarget & { kind: 'lib' }, phase: 'startup' | 'request'): Ref {
    const ref = this.library.typed(this.a.catalog.instance(target.path), phase)
    const [entity] = target.args
    for (const value of this.a.of(ref)) if (value.kind === 'object' && value.shape !== 'bag' && entity?.k === 'ref') value.of = entity.n
    return ref
  }

  private classInstances(cls: ClassValue, node: number, phase: 'startup' | 'request'): void {
    const known = this.a.classes.filter((other) => other === cls || this.extends(other, cls)).flatMap((other) => other.instances)
    for (const instance of known) this.a.solver.add(node, instance.id)
    if (known.length > 0) return
    if (phase === 'startup' && !cls.cls.abstract) this.a.solver.add(node, this.managed(cls).id)
    else if (!cls.cls.abstract) this.a.solver.add(node, this.borrowed(cls).id)
  }

  /** An object that somebody unknown made: its class is known, its life is the request's. */
  private borrowed(cls: ClassValue): ObjectValue {
    return this.a.object({ unit: cls.unit, site: undefined, phase: 'request', env: cls.env, shape: 'instance', cls })
  }

  private extends(cls: ClassValue, base: ClassValue, depth = 0): boolean {
    if (depth > 6) return false
    for (const id of this.a.solver.values(cls.parent)) {
      const parent = this.a.value(id)
      if (parent === base || (parent.kind === 'class' && this.extends(parent, base, depth + 1))) return true
    }
    return false
  }
}
