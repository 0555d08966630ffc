import type { Expr, FnFact, Pattern } from '../model/facts.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import type { Evaluator } from './evaluator.js'
import type { Context, Instance, Phase } from './instances.js'
import type { Library } from './library.js'
import { mayBeCalled } from './primitives.js'
import { type FnShape, shapeOf } from './shape.js'
import { NOTHING, type Ref, type Seer, constant } from './solver.js'
import { Spreads } from './spread.js'
import { SuperMembers } from './super-members.js'
import { ELEMENTS, type ClassValue, type FnValue, type ObjectValue, type Value } from './values.js'

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
  private readonly initialised = new Map<ObjectValue, Map<ClassValue, Expr>>()

  constructor(
    private readonly a: Analysis,
    private readonly ev: Evaluator,
    private readonly access: Access,
  ) {
    this.spreads = new Spreads(a, access)
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
    return this.access.loadKey(self, this.ev.expression(inst, callee.i))
  }

  construct(inst: Instance, x: Expr & { k: 'new' }): Ref {
    const result = this.resultNode(inst, x)
    const callee = this.ev.expression(inst, x.f)
    const args = this.ev.expressions(inst, x.a)
    this.a.solver.watch(callee, (id) => this.constructValue(inst, x, this.a.value(id), args, result))
    return result
  }

  private readonly errors = new Map<ClassValue, Map<Phase, ObjectValue>>()

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
    const context = options.context ?? this.contextOf(inst, site, callee, args)
    const target = this.a.instance(callee, options.phase ?? inst.phase, context, receiverKey(callee))
    this.a.edge(inst, target, site, written, options.later)
    if (callee.self) this.a.solver.add(target.self, callee.self.id)
    else if (options.self !== undefined) this.a.solver.flow(options.self, target.self)
    this.pass(target, written, args)
    if (callee.self?.kind === 'object' && callee.self.given) this.library.tables.give(callee.self, target.params[0])
    if (result >= 0) this.deliver(callee.fn, target, result)
    return target
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

  /** Which invocations of a function are told apart: by call site for higher-order functions and start-up factories. */
  private contextOf(inst: Instance, site: Expr, callee: FnValue, args: Ref[]): Context {
    const own = this.contextOfOwn(inst, site, callee, args)
    if (process.env.NOSHARE || own.site !== site || inst.phase !== 'startup') return own
    const same = this.sameOf(callee, args)
    if (same === undefined) return own
    const known = this.shared.get(same)
    if (known) return known
    this.shared.set(same, own)
    return own
  }

  private readonly shared = new Map<string, Context>()

  private sameOf(callee: FnValue, args: Ref[]): string | undefined {
    if (args.length === 0) return undefined
    const parts: string[] = []
    let any = false
    for (const arg of args) {
      const values = this.a.of(arg)
      if (values.length === 0 || values.length > 4) return undefined
      any ||= values.some(({ kind }) => kind === 'object')
      parts.push(values.map(({ id }) => id).sort().join(','))
    }
    return any ? `${callee.id} ${parts.join(' ')}` : undefined
  }

  private contextOfOwn(inst: Instance, site: Expr, callee: FnValue, args: Ref[]): Context {
    if ((site.k === 'call' && site.jsx) || (this.a.solver.haste > 0 && inst.phase !== 'startup')) return this.a.root
    const again = recursionOf(inst, callee.fn)
    if (again) return again
    const shape = (callee.code.shape ??= shapeOf(callee.unit.facts, callee.fn))
    if (shape.higherOrder && args.some((arg, i) => this.holdsFunction(arg, inst.phase) || this.isPendingCall(argumentsOf(site)[i], arg) || (shape.factory && this.isPendingLocal(inst, argumentsOf(site)[i], arg)))) return this.a.context(site, inst)
    if (shape.higherOrder && inst.phase === 'startup' && isOfRow(inst)) return this.a.context(site, inst)
    if (shape.wraps || (inst.phase === 'startup' && (shape.factory || (shape.spells && isWrittenOut(site))))) return this.a.context(site, inst)
    return this.chosenBy(inst, shape, args) ?? this.a.root
  }

  /** `hooks.fire('saved', row)`: what is fired under one name has nothing to do with other names, nor has what is called with that name in turn. */
  private chosenBy(inst: Instance, { keys, memberKeys }: FnShape, args: Ref[]): Context | undefined {
    for (const key of keys) {
      const text = this.textOf(args[key])
      if (text !== undefined) return this.a.chosenBy(text)
    }
    for (const { param, name } of memberKeys ?? []) {
      const text = this.textOf(this.memberOf(args[param], name))
      if (text !== undefined) return this.a.chosenBy(text)
    }
    const around = chosenAround(inst)
    return around && args.some((arg) => this.textOf(arg) === around.text) ? around : undefined
  }

  /** The member of the one object that a place holds. */
  private memberOf(arg: Ref | undefined, name: string): Ref | undefined {
    const [only, another] = arg === undefined ? [] : this.a.of(arg)
    return only?.kind === 'object' && only.shape === 'object' && !another ? only.holder.fields.get(name) : undefined
  }

  /** The one text that a place holds. */
  private textOf(arg: Ref | undefined): string | undefined {
    if (arg === undefined || this.a.solver.size(arg) !== 1) return undefined
    const [only] = this.a.of(arg)
    return only?.kind === 'lit' && typeof only.value === 'string' ? only.value : undefined
  }

  /** A call whose result is not there yet (`handler.bind(this)`) may give a function. */
  private isPendingCall(written: Expr | undefined, arg: Ref): boolean {
    return written?.k === 'call' && arg >= 0 && this.a.solver.size(arg) === 0
  }

  /** `const found = container.build(x); return wrap(found)`: what a wrapper is given may come later. */
  private isPendingLocal({ unit, fn }: Instance, written: Expr | undefined, arg: Ref): boolean {
    if (written?.k !== 'ref' || arg < 0 || this.a.solver.size(arg) > 0) return false
    const binding = unit.facts.bindings[written.b]
    return binding?.kind === 'const' && unit.facts.functions[binding.f] === fn
  }

  private holdsFunction(arg: Ref, phase: Phase): boolean {
    for (const id of this.a.solver.values(arg)) {
      const value = this.a.value(id)
      if (value.kind === 'fn' || value.kind === 'class' || (value.kind === 'lib' && phase === 'startup')) return true
      if (value.kind === 'object' && this.fieldsHoldFunction(value)) return true
    }
    return false
  }

  private fieldsHoldFunction(value: ObjectValue): boolean {
    if (value.shape !== 'object' && value.shape !== 'array') return false
    if (value.holder.fields.size > 40) return false
    for (const node of value.holder.fields.values()) {
      for (const id of this.a.solver.values(node)) {
        const kind = this.a.value(id).kind
        if (kind === 'fn' || kind === 'class') return true
      }
    }
    return false
  }

  // ---------------------------------------------------------------- objects of classes

  /** Field initialisers and constructors of a class and those above it, on one object. */
  initialise(inst: Instance, site: Expr, cls: ClassValue, self: ObjectValue, args: Ref[], context = this.contextOfNew(inst, site)): void {
    const { ctor, init } = cls.cls
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

/** The choice that an invocation, or one around it, was made for. */
const chosenAround = (inst: Instance): Context | undefined => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.context.text !== undefined) return at.context
  return undefined
}

/** The context of a function that calls itself for the second time: what it makes of parts of parts is not told apart further. */
const recursionOf = (inst: Instance, fn: FnFact): Context | undefined => {
  const outer = runsIn(inst, fn)
  const before = outer?.context.caller
  return before && runsIn(before, fn) ? outer.context : undefined
}

/** The invocation of a function that an invocation is, or stands in. */
const runsIn = (inst: Instance, fn: FnFact): Instance | undefined => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.fn === fn) return at
  return undefined
}

const argumentsOf = (site: Expr): Expr[] => (site.k === 'call' || site.k === 'new' ? site.a : [])

/** Receivers tell invocations apart by how long they live and, for inherited methods, by their class: 0 for none, then kinds of receivers. Decorators are told apart each. */
const receiverKey = (callee: FnValue): number => {
  const { self } = callee
  if (!self) return 0
  if (self.kind === 'class') return 5 + self.id * 3
  const lives = self.phase === 'startup' ? 1 : 2
  if (lives === 1 && (callee.code.shape ??= shapeOf(callee.unit.facts, callee.fn)).handsOn) return 5 + self.id * 3
  return self.cls && callee.fn.cls !== undefined && self.cls.cls !== callee.unit.facts.classes[callee.fn.cls] ? 5 + lives + self.cls.id * 3 : lives
}
const STATIC = 3

/** Given texts: what it makes of each is another one. */
const isWrittenOut = (site: Expr): boolean => site.k === 'call' && site.a[0]?.k === 'lit' && typeof site.a[0].v === 'string'

/** Called for one row of a table: what it registers is that row's. */
const isOfRow = ({ context: { site } }: Instance): boolean => site?.k === 'obj'
