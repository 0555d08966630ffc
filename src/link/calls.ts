import type { Expr, FnFact, Pattern } from '../model/facts.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import { isPartial } from './binding.js'
import { Contexts } from './contexts.js'
import type { Evaluator } from './evaluator.js'
import { Handed } from './handed.js'
import type { Context, Instance, Phase } from './instances.js'
import type { Library } from './library.js'
import { mayBeCalled } from './primitives.js'
import { madeOf } from './prototypes.js'
import { argumentsOf, shapeOf } from './shape.js'
import { NOTHING, type Ref, type Seer, constant } from './solver.js'
import { Spreads } from './spread.js'
import { SuperMembers } from './super-members.js'
import { ELEMENTS, type ClassValue, type FnValue, type ObjectValue, type Preset, type Value } from './values.js'

/** Code that assigns, and where: a setter that stands for the field runs then and there. */
export interface Assigning {
  inst: Instance
  site: Expr
}

interface CallOptions {
  phase?: Phase
  later?: boolean
  /** Place that is `this` for functions without a receiver of their own. */
  self?: Ref
  context?: Context
}

/** Calls and constructions: what a callee may be, and what running it means. */
export class Calls {
  library!: Library
  readonly supers: SuperMembers
  private readonly spreads: Spreads
  private readonly contexts: Contexts
  private readonly handed: Handed
  private readonly initialised = new Map<ObjectValue, Map<ClassValue, Expr>>()
  /** What stands for all that is thrown of a class. */
  private readonly errors = new Map<ClassValue, Map<Phase, ObjectValue>>()

  constructor(
    private readonly a: Analysis,
    readonly ev: Evaluator,
    private readonly access: Access,
  ) {
    this.spreads = new Spreads(a, access)
    this.contexts = new Contexts(a)
    this.handed = new Handed(a, () => this.library)
    this.supers = new SuperMembers(a, ev)
  }

  // ---------------------------------------------------------------- expressions

  call(inst: Instance, x: Expr & { k: 'call' }): Ref {
    const special = this.specialCall(inst, x)
    if (special !== undefined) return special
    const result = this.resultNode(inst, x)
    const self = x.f.k === 'mem' || x.f.k === 'elem' ? this.receiver(inst, x.f) : undefined
    const callee = self === undefined ? this.ev.expression(inst, x.f) : this.calleeOf(inst, x.f, self)
    const args = this.ev.expressions(inst, x.a)
    if (self !== undefined && x.f.k === 'mem' && FOLDED.has(x.f.n)) this.foldText(x.f.n, self, result)
    if (inst.phase === 'request') this.a.callees.push({ inst, site: x, callee })
    this.a.solver.watch(callee, new Called(this, this.a, inst, x, args, result, self === undefined ? {} : { self }))
    return result
  }

  /** `route.method.toLowerCase()` of a known text is known. */
  private foldText(name: string, text: Ref, result: number): void {
    this.a.solver.watch(text, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'lit' || typeof value.value !== 'string') return
      this.a.solver.add(result, this.a.literal(name === 'toLowerCase' ? value.value.toLowerCase() : value.value.toUpperCase()).id)
    })
  }

  /** `require(…)` and `super(…)`. */
  private specialCall(inst: Instance, x: Expr & { k: 'call' }): Ref | undefined {
    if (x.f.k === 'super') {
      this.superCall(inst, x)
      return NOTHING
    }
    if (x.f.k === 'glob' && x.f.n === 'require' && x.a[0]) return this.ev.modules.require(inst, x.a[0])
    if (x.f.k === 'glob' && x.f.n === 'use' && x.a[0]?.k === 'lit' && x.a.length === 1) return this.ev.modules.contained(inst.unit, String(x.a[0].v))
    return undefined
  }

  private resultNode(inst: Instance, x: Expr): number {
    const known = inst.results.get(x)
    if (known !== undefined) return known
    const node = this.a.solver.node()
    inst.results.set(x, node)
    return node
  }

  private receiver(inst: Instance, callee: Expr & { k: 'mem' | 'elem' }): Ref {
    return callee.o.k === 'super' ? this.ev.self(inst) : this.ev.expression(inst, callee.o)
  }

  private calleeOf(inst: Instance, callee: Expr, self: Ref): Ref {
    if (callee.k === 'mem') {
      if (callee.o.k === 'super') return this.supers.member(inst, callee.n)
      if (inst.phase !== 'startup') this.a.reads.push({ inst, site: callee, base: self, name: callee.n })
      return this.access.load(self, callee.n)
    }
    if (callee.k !== 'elem') return NOTHING
    if (inst.phase !== 'startup') this.a.reads.push({ inst, site: callee, base: self })
    const key = this.ev.expression(inst, callee.i)
    const found = this.access.loadKey(self, key, callee.i)
    if (callee.o.k !== 'this') this.access.anyMethod(self, key, callee.i, found)
    return found
  }

  construct(inst: Instance, x: Expr & { k: 'new' }): Ref {
    const result = this.resultNode(inst, x)
    const callee = this.ev.expression(inst, x.f)
    const args = this.ev.expressions(inst, x.a)
    this.a.solver.watch(callee, (id) => this.constructValue(inst, x, this.a.value(id), args, result))
    this.handed.see({ inst, x, callee, args, result })
    return result
  }

  /** `throw new NotFound(…)`: nothing follows what is thrown, so one object of each class stands for all. */
  thrown(inst: Instance, x: Expr & { k: 'new' }): void {
    const callee = this.ev.expression(inst, x.f)
    const args = this.ev.expressions(inst, x.a)
    this.a.solver.watch(callee, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'class') this.initialise(inst, x, value, this.errorOf(value, inst), args, this.a.root)
      else this.constructValue(inst, x, value, args, this.resultNode(inst, x))
    })
  }

  private errorOf(cls: ClassValue, { phase, unit }: Instance): ObjectValue {
    let byPhase = this.errors.get(cls)
    if (!byPhase) this.errors.set(cls, (byPhase = new Map()))
    let made = byPhase.get(phase)
    if (!made) byPhase.set(phase, (made = this.a.object({ unit, site: undefined, phase, env: cls.env, shape: 'instance', cls })))
    return made
  }

  private constructValue(inst: Instance, x: Expr & { k: 'new' }, callee: Value, args: Ref[], result: number): void {
    if (callee.kind === 'class') {
      const made = this.a.allocate(inst, x, 'instance', { cls: callee })
      this.a.solver.add(result, made.id)
      this.initialise(inst, x, callee, made, args)
    } else if (callee.kind === 'fn') {
      const made = this.a.allocate(inst, x, 'instance', { proto: callee })
      this.a.solver.add(result, made.id)
      this.invoke(inst, x, callee, x.a, args, result, { self: constant(made.id) })
    } else if (callee.kind === 'lib') this.library.construct(inst, x, callee, args, result)
    else if (callee.kind === 'object' && callee.path) this.library.construct(inst, x, this.a.library(callee.path, callee), args, result)
  }

  /** A template tag is a call with the text first. */
  tagged(inst: Instance, x: Expr & { k: 'tpl' }, parts: Ref[]): Ref {
    const tag = x.tag as Expr
    const result = this.resultNode(inst, x)
    const self = tag.k === 'mem' ? this.receiver(inst, tag) : undefined
    const callee = self === undefined ? this.ev.expression(inst, tag) : this.calleeOf(inst, tag, self)
    this.a.solver.watch(callee, (id) => this.apply(inst, x, this.a.value(id), x.x, [NOTHING, ...parts], result, {}))
    return result
  }

  // ---------------------------------------------------------------- application

  /** Applies a value to arguments. */
  apply(inst: Instance, site: Expr, callee: Value, written: Expr[], args: Ref[], result: number, options: CallOptions): void {
    if ((callee.kind === 'lib' || callee.kind === 'object') && callee.path !== undefined && !mayBeCalled(callee.path)) return
    switch (callee.kind) {
      case 'fn':
        this.invoke(inst, site, callee, written, args, result, options)
        return
      case 'lib':
        this.library.call(inst, site, callee, args, result)
        return
      case 'object':
        if (callee.path) this.library.call(inst, site, this.a.library(callee.path, callee), args, result)
        return
      case 'ns':
        this.a.solver.watch(this.access.load(constant(callee.id), 'default'), (id) => this.apply(inst, site, this.a.value(id), written, args, result, options))
    }
  }

  /** Runs a project function: arguments to parameters, its result to the place of the call. */
  invoke(inst: Instance, site: Expr, callee: FnValue, written: Expr[], args: Ref[], result: number, options: CallOptions = {}): Instance | undefined {
    if (callee.fn.bodiless || callee.unit.facts.directives.includes('use client')) return undefined
    if (callee.preset) return this.invokeBound(inst, site, callee, callee.preset, written, args, result, options)
    const context = options.context ?? this.contexts.of(inst, site, callee, args)
    const target = this.a.instance(callee, options.phase ?? inst.phase, context, receiverKey(callee))
    this.a.edge(inst, target, site, written, options.later)
    if (callee.self) this.a.solver.add(target.self, callee.self.id)
    else if (options.self !== undefined) this.a.solver.flow(options.self, target.self)
    this.pass(target, written, args)
    if (callee.self?.kind === 'object' && callee.self.given) this.library.unknown.tables.give(callee.self, target.params[0])
    if (result >= 0) this.deliver(callee.fn, target, result)
    return target
  }

  /** What was bound comes first. */
  private invokeBound(inst: Instance, site: Expr, callee: FnValue, preset: Preset, written: Expr[], args: Ref[], result: number, options: CallOptions): Instance | undefined {
    if (isPartial(callee, written)) {
      if (result >= 0) this.a.solver.add(result, this.a.preset(callee, site, inst, args, preset.curried === 'once' ? undefined : preset.curried).id)
      return undefined
    }
    const context = preset.context ?? options.context
    return this.invoke(inst, site, { ...callee, preset: undefined }, [...preset.args.map(() => UNWRITTEN), ...written], [...preset.args, ...args], result, { ...options, ...(context && { context }) })
  }

  private deliver(fn: FnFact, target: Instance, result: number): void {
    if (!fn.gen) {
      this.a.solver.flow(target.result, result)
      return
    }
    const list = this.a.object({ unit: target.unit, site: undefined, phase: target.phase, env: target, shape: 'array', path: 'global#Array.new' })
    this.a.solver.flow(target.result, this.a.field(list, ELEMENTS))
    this.a.solver.add(result, list.id)
  }

  private pass(target: Instance, written: Expr[], args: Ref[]): void {
    const { params } = target.fn
    const spread = written.findIndex((x) => x.k === 'spread')
    const isLast = spread === written.length - 1
    params.forEach((param, i) => {
      const node = target.params[i] as number
      const isSpread = spread >= 0 && i >= spread
      if (param.rest) this.passRest(target, param.t, node, spread >= 0 && spread < i ? args.slice(spread) : args.slice(i), { spread: spread < 0 ? spread : Math.max(spread - i, 0), isWhole: isLast && spread === i })
      else if (isSpread && isLast) this.spreads.at(args[spread] as Ref, i - spread, node)
      else if (isSpread) this.spreads.before(args[spread] as Ref, args.slice(spread + 1), i - spread, params.length - spread, node)
      else if (args[i] !== undefined) this.a.solver.flow(args[i] as Ref, node)
    })
  }

  /** A rest parameter; `f(...args)` hands on what came in as `...args`. */
  private passRest(target: Instance, key: Pattern, node: number, args: Ref[], { spread, isWhole }: { spread: number; isWhole: boolean }): void {
    const list = this.a.allocate(target, key, 'array', { path: 'global#Array.new', rest: true })
    const elements = this.a.field(list, ELEMENTS)
    this.spreads.gave(list, spread < 0 ? args.length : undefined)
    args.forEach((arg, i) => {
      if (i === spread) return this.handOn(arg, list, isWhole ? node : NOTHING)
      this.a.solver.flow(arg, elements)
      if (i < 8 && (spread < 0 || i < spread)) this.a.solver.flow(arg, this.a.field(list, String(i)))
    })
    this.a.solver.add(node, list.id)
  }

  private handOn(arg: Ref, list: ObjectValue, whole: Ref): void {
    this.a.solver.watch(arg, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.rest && whole !== NOTHING) this.a.solver.add(whole, id)
      else this.access.elementsInto(constant(id), this.a.field(list, ELEMENTS))
    })
  }

  // ---------------------------------------------------------------- objects of classes

  /** Field initialisers and constructors of a class and those above it, on one object. */
  initialise(inst: Instance, site: Expr, cls: ClassValue, self: ObjectValue, args: Ref[], context = this.contextOfNew(inst, site)): void {
    const { ctor, init } = cls.cls
    madeOf(this.a, self, cls)
    const run = (index: number, given: Ref[]): void => {
      this.invoke(inst, site, this.a.fnValue(cls.unit, index, cls.env, self), argumentsOf(site), given, NOTHING, { context })
    }
    if (init !== undefined) run(init, [])
    if (ctor !== undefined) run(ctor, args)
    else this.a.solver.watch(cls.parent, (id) => this.initialiseParent(inst, site, this.a.value(id), self, args))
  }

  private contextOfNew(inst: Instance, site: Expr): Context {
    return inst.phase === 'startup' || shapeOf(inst.unit.facts, inst.fn).wraps ? this.a.context(site, inst) : this.a.root
  }

  private initialiseParent(inst: Instance, site: Expr, parent: Value, self: ObjectValue, args: Ref[]): void {
    if (parent.kind === 'class') this.initialiseOnce(inst, site, parent, self, args)
    else if (parent.kind === 'fn') this.invoke(inst, site, parent, argumentsOf(site), args, NOTHING, { self: constant(self.id) })
    else if (parent.kind === 'lib') {
      self.path ??= this.a.catalog.canonical(this.a.catalog.instance(parent.path))
      this.library.constructed(inst, site, parent.path, self, args)
    }
  }

  /** A class whose superclass may be itself (a mixin used twice) does not initialise for ever. */
  private initialiseOnce(inst: Instance, site: Expr, cls: ClassValue, self: ObjectValue, args: Ref[]): void {
    let done = this.initialised.get(self)
    if (!done) this.initialised.set(self, (done = new Map()))
    if (done.get(cls) === site) return
    done.set(cls, site)
    this.initialise(inst, site, cls, self, args)
  }

  private superCall(inst: Instance, x: Expr & { k: 'call' }): void {
    const cls = this.supers.classAround(inst)
    const args = this.ev.expressions(inst, x.a)
    if (!cls) return
    this.a.solver.watch(cls.parent, (parent) => {
      this.a.solver.watch(this.ev.self(inst), (id) => {
        const self = this.a.value(id)
        if (self.kind === 'object') this.initialiseParent(inst, x, this.a.value(parent), self, args)
      })
    })
  }

  runStatic(inst: Instance, cls: ClassValue, index: number): void {
    const target = this.a.instance(this.a.fnValue(cls.unit, index, inst), inst.phase, this.a.root, STATIC)
    this.a.solver.add(target.self, cls.id)
    this.a.edge(inst, target, { k: 'this', p: cls.cls.p, e: cls.cls.p }, [])
  }

  // ---------------------------------------------------------------- accessors and decorators

  getter(inst: Instance, site: Expr, value: Ref, self: ObjectValue, name: string): void {
    this.a.solver.watch(value, (id) => {
      const fn = this.a.value(id)
      if (fn.kind === 'fn') this.invoke(inst, site, fn, [], [], this.a.field(self, name), { self: constant(self.id) })
    })
  }

  runGetter(fn: FnValue, self: ObjectValue | ClassValue, node: number): void {
    const env = self.kind === 'object' ? self.env ?? self.unit.module : self.env
    const site: Expr = { k: 'this', p: fn.fn.p, e: fn.fn.p }
    // Read in any phase: run in the phase of its object, and per request where the object belongs to one.
    this.invoke(env, site, fn, [], [], node, { context: this.a.root })
    if (env.phase === 'startup') this.invoke(env, site, fn, [], [], node, { context: this.a.root, phase: 'request' })
  }

  runSetter(fn: FnValue, self: ObjectValue | ClassValue, value: Ref, by: Assigning | undefined): void {
    this.invoke(by?.inst ?? self.env ?? self.unit.module, by?.site ?? { k: 'this', p: fn.fn.p, e: fn.fn.p }, fn, [], [value], NOTHING, { context: this.a.root })
  }

  /** Decorators of a class are calls that are given the class; those that stand for a component make it one. */
  decorate(inst: Instance, cls: ClassValue): void {
    for (const decorator of cls.cls.dec ?? []) this.ev.expression(inst, decorator.x)
    this.library.component(inst, cls)
  }
}

const FOLDED = new Set(['toLowerCase', 'toUpperCase'])

/** A call that waits for its callees. */
class Called implements Seer {
  constructor(
    private readonly calls: Calls,
    private readonly a: Analysis,
    private readonly inst: Instance,
    private readonly site: Expr & { k: 'call' },
    private readonly args: Ref[],
    private readonly result: number,
    private readonly options: CallOptions,
  ) {}

  see(id: number): void {
    this.calls.apply(this.inst, this.site, this.a.value(id), this.site.a, this.args, this.result, this.options)
  }
}

/** Receivers tell invocations apart by how long they live and, for inherited methods, by their class: 0 for none, then kinds of receivers. Decorators are told apart each. */
/** Stands for an argument that was written elsewhere. */
const UNWRITTEN: Expr = { k: 'this', p: 0, e: 0 }

const receiverKey = (callee: FnValue): number => {
  const { self } = callee
  if (!self) return 0
  if (self.kind === 'class') return 5 + self.id * 3
  const lives = self.phase === 'startup' ? 1 : 2
  if (lives === 1 && (callee.code.shape ??= shapeOf(callee.unit.facts, callee.fn)).handsOn) return 5 + self.id * 3
  return self.cls && callee.fn.cls !== undefined && self.cls.cls !== callee.unit.facts.classes[callee.fn.cls] ? 5 + lives + self.cls.id * 3 : lives
}
const STATIC = 3
