import type { BindingId, Expr, Pattern } from '../model/facts.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import type { Calls } from './calls.js'
import { endsOnPrototype } from './ends.js'
import type { Instance, Unit } from './instances.js'
import { JoinedTexts } from './joined-texts.js'
import type { Modules } from './modules.js'
import { ROOT_PATH, folderOf } from './paths.js'
import { givenBehind } from './no-object.js'
import { Presence } from './presence.js'
import { Production } from './production.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { runStatements } from './statements.js'
import { restOf } from './rest.js'
import { ELEMENTS, type ClassValue } from './values.js'
import { type Version, versionAt, versionsOf } from './versions.js'
import { isBuiltinGlobal, isClock, isPlatformGlobal } from './globals.js'

/** Turns the bodies of invocations into places, flows and records: one case an expression form. */
export class Evaluator {
  access!: Access
  calls!: Calls
  modules!: Modules

  readonly production: Production
  readonly presence: Presence
  private readonly texts: JoinedTexts

  constructor(readonly a: Analysis) {
    this.production = new Production(a)
    this.texts = new JoinedTexts(a)
    this.presence = new Presence(a, (inst, id) => this.ownerOf(inst, id), this.production)
  }

  /** Evaluates the body of an invocation once: parameters, then statements. */
  body(inst: Instance): void {
    inst.fn.params.forEach((param, i) => this.parameter(inst, param.t, i))
    runStatements(this, inst, inst.fn.body)
  }

  private parameter(inst: Instance, pattern: Pattern, i: number): void {
    const node = inst.params[i] as number
    const always = (): boolean => this.presence.isGiven(inst, i)
    if (pattern.k !== 'def' || !isMade(pattern.d) || !always()) return this.pattern(inst, pattern, node)
    this.pattern(inst, pattern.t, node)
    this.presence.leaveOut(always, () => this.a.solver.flow(this.expression(inst, pattern.d), node))
  }

  // ---------------------------------------------------------------- names

  /** Node of a name as seen from an invocation. */
  binding(inst: Instance, id: BindingId): number {
    const owner = this.ownerOf(inst, id)
    const known = owner.locals.get(id)
    if (known !== undefined) return known
    const node = this.a.solver.node()
    owner.locals.set(id, node)
    const fact = inst.unit.facts.bindings[id]
    if (fact?.fn !== undefined) this.a.solver.add(node, this.a.fnValue(inst.unit, fact.fn, owner).id)
    if (fact?.kind === 'import') this.modules.importInto(inst.unit, id, node)
    return node
  }

  /** What a name holds at a place of its own function; of any other place all that it ever holds. */
  bindingAt(inst: Instance, id: BindingId, place: number): number {
    const fact = inst.unit.facts.bindings[id]
    const versions = fact && inst.unit.facts.functions[fact.f] === inst.fn ? versionsOf(inst.unit.facts, inst.fn).get(id) : undefined
    if (!versions) return this.binding(inst, id)
    const owner = this.ownerOf(inst, id)
    let nodes = owner.versions.get(id)
    if (!nodes) owner.versions.set(id, (nodes = this.versionNodes(versions, this.binding(owner, id))))
    return nodes[versionAt(versions, place)] as number
  }

  private versionNodes(versions: readonly Version[], all: number): number[] {
    const { solver } = this.a
    const nodes = [solver.node()]
    for (const { adds } of versions) {
      const node = solver.node()
      if (adds) solver.flow(nodes.at(-1) as number, node)
      nodes.push(node)
    }
    for (const node of nodes) solver.flow(node, all)
    return nodes
  }

  /** The invocation that made a binding: up the closure environments. */
  ownerOf(inst: Instance, id: BindingId): Instance {
    const fn = inst.unit.facts.functions[inst.unit.facts.bindings[id]?.f ?? 0]
    let at: Instance | undefined = inst
    while (at && (at.fn !== fn || (at.own && !at.own.has(id)))) at = at.env
    return at ?? inst.unit.module
  }

  /** Node of `this`: arrows take it from around them. */
  self(inst: Instance): number {
    let at = inst
    while ((at.fn.kind === 'arrow' || at.own) && at.env) at = at.env
    return at === at.unit.module ? this.ofModule(at) : at.self
  }

  /** `exports.pause = () => { this.paused = true }`: at the top of a CommonJS module `this` is what it exports at first. */
  private ofModule({ unit, self }: Instance): number {
    return unit.facts.exports.length === 0 ? this.a.field(unit.cjs, 'exports') : self
  }

  /** The method, constructor or initialiser around an invocation. */
  method(inst: Instance): Instance {
    let at = inst
    while ((at.fn.kind === 'arrow' || at.own) && at.env) at = at.env
    return at
  }

  // ---------------------------------------------------------------- patterns

  /** Lets a value flow into what a pattern declares or assigns. */
  pattern(inst: Instance, pattern: Pattern, value: Ref, site?: Expr): void {
    switch (pattern.k) {
      case 'bind':
        this.a.solver.flow(value, this.bindingAt(inst, pattern.b, site?.e ?? 0))
        return
      case 'def':
        this.pattern(inst, pattern.t, this.either(value, this.expression(inst, pattern.d)), site)
        return
      case 'target':
        this.assign(inst, pattern.x, value, site ?? pattern.x, '=')
        return
      case 'objpat':
        for (const member of pattern.m) {
          if (member.c) this.expression(inst, member.c)
          const part = member.n === undefined ? this.access.anyField(value) : this.access.load(value, member.n)
          const to = member.t.k === 'def' ? member.t.t : member.t
          if (member.n !== undefined && to.k === 'bind' && inst.phase !== 'startup') this.a.reads.push({ inst, taken: to.b, base: value, name: member.n })
          this.pattern(inst, member.t, part, site)
        }
        if (pattern.rest) this.pattern(inst, pattern.rest, restOf(this, inst, pattern, value), site)
        return
      case 'arrpat':
        pattern.x.forEach((part, i) => part && this.pattern(inst, part, this.access.position(value, i), site))
        if (pattern.rest) this.pattern(inst, pattern.rest, restOf(this, inst, pattern, value), site)
    }
  }

  private either(a: Ref, b: Ref): Ref {
    if (a === NOTHING) return b
    if (b === NOTHING) return a
    const node = this.a.solver.node()
    this.a.solver.flow(a, node)
    this.a.solver.flow(b, node)
    return node
  }

  // ---------------------------------------------------------------- expressions

  expressions(inst: Instance, list: Expr[]): Ref[] {
    return list.map((x) => this.expression(inst, x))
  }

  /** The place that holds an expression's value; evaluates what is inside it. */
  expression(inst: Instance, x: Expr): Ref {
    const { a } = this
    switch (x.k) {
      case 'ref': return this.reference(inst, x)
      case 'glob': return this.globalName(inst, x.n, x)
      case 'lit': return x.v === null ? NOTHING : constant(a.literal(x.v).id)
      case 'mem': return this.member(inst, x)
      case 'elem': return this.element(inst, x)
      case 'call': return this.calls.call(inst, x)
      case 'new': return this.calls.construct(inst, x)
      case 'fn': return constant(a.fnValue(inst.unit, x.f, inst).id)
      case 'class': return this.classExpression(inst, x.c)
      case 'obj': return this.object(inst, x)
      case 'arr': return this.array(inst, x)
      case 'tpl': return this.template(inst, x)
      case 'cond': return this.conditional(inst, x)
      case 'log': return this.logical(inst, x)
      case 'bin': return this.binary(inst, x)
      case 'un':
        this.expression(inst, x.x)
        return NOTHING
      case 'await': return this.access.awaited(this.expression(inst, x.x))
      case 'yield': {
        if (!x.x) return NOTHING
        const given = this.expression(inst, x.x)
        a.solver.flow(given, inst.result)
        // Whoever runs generators as if they were async functions (co, Koa 1) answers with what was yielded.
        return this.access.awaited(given)
      }
      case 'spread': return this.expression(inst, x.x)
      case 'this': return this.self(inst)
      case 'super': return this.self(inst)
      case 're': return constant(a.library('global#RegExp.new').id)
      case 'set': return this.assignment(inst, x)
      case 'upd':
        this.assign(inst, x.x, NOTHING, x, x.op)
        return NOTHING
      case 'del':
        this.deletion(inst, x)
        return NOTHING
      case 'seq': return this.expressions(inst, x.x).at(-1) ?? NOTHING
      case 'imp': return this.modules.dynamicImport(inst, x.s)
      case 'meta': return constant(a.library(`global#${x.n}`).id)
    }
  }

  private reference(inst: Instance, x: Expr & { k: 'ref' }): Ref {
    const owner = this.ownerOf(inst, x.b)
    if (inst.phase !== 'startup' && owner.phase === 'startup') this.a.reads.push({ inst, site: x, binding: x.b, owner })
    return this.bindingAt(inst, x.b, x.p)
  }

  /** A name that the file does not bind: CommonJS, a built-in, or a project's own global. */
  private globalName(inst: Instance, name: string, site: Expr): Ref {
    const { a } = this
    switch (name) {
      case 'module': return constant(inst.unit.cjs.id)
      // In an ES module that is compiled to CommonJS, it is what the file exports.
      case 'exports': return inst.unit.facts.exports.some(({ n }) => n !== '=') ? constant(a.namespace(inst.unit).id) : a.field(inst.unit.cjs, 'exports')
      case '__dirname': return constant(a.literal(ROOT_PATH + folderOf(inst.unit.path)).id)
      case '__filename': return constant(a.literal(ROOT_PATH + inst.unit.path).id)
      case 'undefined': return constant(a.literal(undefined).id)
      case 'arguments': return this.argumentsOf(inst, site)
      case 'globalThis': case 'global': case 'window': case 'self': return constant(a.global.id)
    }
    if (isBuiltinGlobal(name)) return constant(a.library(`global#${name}`).id)
    const store = subscribed(inst.unit, name)
    if (store !== undefined) return this.access.load(this.binding(inst, store), 'value')
    const imported = this.modules.autoImports.ref(inst.unit, name)
    if (imported === undefined && inst.phase !== 'startup') a.reads.push({ inst, site, base: constant(a.global.id), name })
    const given = imported ?? this.access.load(constant(a.global.id), name)
    if (!isPlatformGlobal(name)) return given
    const either = a.solver.node()
    a.solver.add(either, a.library(`global#${name}`).id)
    a.solver.flow(given, either)
    return either
  }

  private conditional(inst: Instance, x: Expr & { k: 'cond' }): Ref {
    this.expression(inst, x.t)
    const side = this.production.truth(inst.unit, x.t)
    if (side !== undefined) return this.expression(inst, side ? x.c : x.a)
    const there = this.presence.truth(inst, x.t)
    if (there !== undefined) return this.unless(inst, x.t, there, this.expression(inst, there ? x.c : x.a), there ? x.a : x.c)
    return this.either(givenBehind(this, inst, x.c, [{ test: x.t, holds: true }]), givenBehind(this, inst, x.a, [{ test: x.t, holds: false }]))
  }

  /** A value, and another one should its test ever come out the other way. */
  private unless(inst: Instance, test: Expr, side: boolean, value: Ref, other: Expr): Ref {
    const node = this.a.solver.node()
    this.a.solver.flow(value, node)
    this.presence.leaveOut(() => this.presence.truth(inst, test) === side, () => this.a.solver.flow(this.expression(inst, other), node))
    return node
  }

  private logical(inst: Instance, x: Expr & { k: 'log' }): Ref {
    const left = this.expression(inst, x.l)
    const side = x.op === '??' ? undefined : this.production.truth(inst.unit, x.l)
    if (side === (x.op === '||')) return left
    const there = x.op === '&&' ? undefined : this.presence.truth(inst, x.l)
    if (there === true) return this.unless(inst, x.l, there, left, x.r)
    const right = this.expression(inst, x.r)
    // `a && b` gives `a` only where it is empty.
    return x.op === '&&' ? right : this.either(left, right)
  }

  private argumentsOf(inst: Instance, site: Expr): Ref {
    const method = this.method(inst)
    const list = this.a.allocate(method, site, 'array', { path: 'global#Array.new' })
    for (const param of method.params) this.a.solver.flow(param, this.a.field(list, ELEMENTS))
    return constant(list.id)
  }

  private member(inst: Instance, x: Expr & { k: 'mem' }): Ref {
    if (x.o.k === 'meta' && x.n === 'dirname') return constant(this.a.literal(ROOT_PATH + folderOf(inst.unit.path)).id)
    if (x.o.k === 'meta' && (x.n === 'url' || x.n === 'filename')) return constant(this.a.literal(ROOT_PATH + inst.unit.path).id)
    if (x.o.k === 'super') return this.calls.supers.member(inst, x.n)
    const base = this.expression(inst, x.o)
    if (inst.phase !== 'startup') this.a.reads.push({ inst, site: x, base, name: x.n })
    return this.access.load(base, x.n)
  }

  private element(inst: Instance, x: Expr & { k: 'elem' }): Ref {
    const base = this.expression(inst, x.o)
    const key = this.expression(inst, x.i)
    if (inst.phase !== 'startup') this.a.reads.push({ inst, site: x, base })
    return this.production.isEnvironmentName(inst.unit, x.i) ? this.ofProduction(base, key) : this.access.loadKey(base, key, x.i)
  }

  /** `config[process.env.NODE_ENV]`: what holds in production, where a table says so. */
  private ofProduction(base: Ref, key: Ref): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(base, (id) => {
      const value = this.a.value(id)
      const known = value.kind === 'object' && value.holder.fields.has('production')
      this.a.solver.flow(known ? this.access.load(constant(id), 'production') : this.access.loadKey(constant(id), key), node)
    })
    return node
  }

  private classExpression(inst: Instance, index: number): Ref {
    const value = this.a.classValue(inst.unit, index, inst)
    // Inside its own body the class goes by the name it was written with.
    const own = value.cls.b
    if (own !== undefined) this.a.solver.flow(constant(value.id), this.binding(inst, own))
    this.defineClass(inst, value)
    return constant(value.id)
  }

  /** Superclass, statics and decorators of a class where it is written. */
  defineClass(inst: Instance, value: ClassValue): void {
    const { cls } = value
    if (cls.ext) this.a.solver.flow(this.expression(inst, cls.ext), value.parent)
    if (cls.sinit !== undefined) this.calls.runStatic(inst, value, cls.sinit)
    this.calls.decorate(inst, value)
  }

  private object(inst: Instance, x: Expr & { k: 'obj' }): Ref {
    const { a } = this
    const made = a.allocate(inst, x, 'object')
    for (const prop of x.m) {
      if (prop.kind === 'spread') {
        made.holder.over = namesFrom(x, x.m.indexOf(prop) + 1)
        this.access.copyFields(this.expression(inst, prop.v), made, made.holder.over)
        continue
      }
      const key = prop.c ? this.expression(inst, prop.c) : NOTHING
      if (prop.n !== undefined && (prop.kind === 'method' || prop.v.k === 'fn')) (made.holder.methods ??= new Set()).add(prop.n)
      const value = this.expression(inst, prop.v)
      if (prop.kind === 'get') this.calls.getter(inst, prop.v, value, made, prop.n ?? ELEMENTS)
      else if (prop.kind !== 'set') this.access.storeProperty(made, prop.n, key, value)
    }
    return constant(made.id)
  }

  private array(inst: Instance, x: Expr & { k: 'arr' }): Ref {
    const { a } = this
    const made = a.allocate(inst, x, 'array', { path: 'global#Array.new' })
    const elements = a.field(made, ELEMENTS)
    x.x.forEach((item, i) => {
      const value = this.expression(inst, item)
      if (item.k === 'spread') this.access.elementsInto(value, elements)
      else {
        a.solver.flow(value, elements)
        if (i < 8) a.solver.flow(value, a.field(made, String(i)))
      }
    })
    return constant(made.id)
  }

  private template(inst: Instance, x: Expr & { k: 'tpl' }): Ref {
    const parts = this.expressions(inst, x.x)
    if (x.tag) return this.calls.tagged(inst, x, parts)
    return this.texts.joined(inst, x.q, parts)
  }

  private binary(inst: Instance, x: Expr & { k: 'bin' }): Ref {
    const l = this.expression(inst, x.l)
    const r = this.expression(inst, x.r)
    return x.op === '+' ? this.texts.joined(inst, ['', '', ''], [l, r]) : NOTHING
  }

  // ---------------------------------------------------------------- writes

  private assignment(inst: Instance, x: Expr & { k: 'set' }): Ref {
    const value = this.expression(inst, x.r)
    const target = x.l
    if ('k' in target && (target.k === 'objpat' || target.k === 'arrpat' || target.k === 'def' || target.k === 'bind' || target.k === 'target')) {
      this.pattern(inst, target as Pattern, value, x)
      return value
    }
    const logical = x.op === '||=' || x.op === '&&=' || x.op === '??='
    const stored = x.op === '=' || logical ? value : NOTHING
    this.assign(inst, target as Expr, stored, x, x.op)
    return logical ? this.either(value, this.expression(inst, target as Expr)) : value
  }

  /** Writes to a name, a field or an element. */
  private assign(inst: Instance, target: Expr, value: Ref, site: Expr, op: string): void {
    if (target.k === 'ref') this.assignBinding(inst, target.b, value, site, op)
    else if (target.k === 'glob') this.assignGlobal(inst, target.n, value, site, op)
    else if (target.k === 'mem') {
      const base = this.expression(inst, target.o)
      this.a.writes.push({ inst, site, base, name: target.n, value, op })
      this.access.store(base, target.n, value, { inst, site })
    } else if (target.k === 'elem') {
      const base = this.expression(inst, target.o)
      const key = this.expression(inst, target.i)
      this.a.writes.push({ inst, site, base, key, value, op })
      if (!wrapsInPlace(site, target)) this.access.storeKey(base, key, value, endsOnPrototype(target, inst.fn.body))
    } else this.expression(inst, target)
  }

  private assignBinding(inst: Instance, id: BindingId, value: Ref, site: Expr, op: string): void {
    const owner = this.ownerOf(inst, id)
    if (owner !== inst) this.a.writes.push({ inst, site, binding: id, owner, value, op })
    this.a.solver.flow(value, this.bindingAt(inst, id, site.e))
  }

  private assignGlobal(inst: Instance, name: string, value: Ref, site: Expr, op: string): void {
    if (name === 'exports' || name === 'module' || isClock(name, () => this.a.resolver.manifestOf(inst.unit.path)?.dependencies ?? {})) return
    const store = subscribed(inst.unit, name)
    if (store !== undefined) return this.storeWrite(inst, this.binding(inst, store), value, site, op)
    const base = constant(this.a.global.id)
    this.a.writes.push({ inst, site, base, name, value, op })
    this.access.store(base, name, value)
  }

  /** `$user = data.user` in a Svelte component sets the store `user`. */
  private storeWrite(inst: Instance, base: Ref, value: Ref, site: Expr, op: string): void {
    this.a.writes.push({ inst, site, base, name: 'value', value, op })
    this.access.store(base, 'value', value)
  }

  private deletion(inst: Instance, x: Expr & { k: 'del' }): void {
    const target = x.x
    if (target.k !== 'mem' && target.k !== 'elem') return void this.expression(inst, target)
    const base = this.expression(inst, target.o)
    if (target.k === 'mem') this.a.writes.push({ inst, site: x, base, name: target.n, value: NOTHING, op: 'delete' })
    else this.a.writes.push({ inst, site: x, base, key: this.expression(inst, target.i), value: NOTHING, op: 'delete' })
  }
}

/** A default that is worth leaving out. */
const isMade = (x: Expr): boolean => x.k === 'new' || x.k === 'call'

/** The names that an object literal writes after so many of its parts: over what a spread before them brought. */
const namesFrom = (x: Expr & { k: 'obj' }, first: number): string[] =>
  x.m.slice(first).flatMap(({ n, kind }) => (n === undefined || kind === 'spread' || kind === 'set' ? [] : [n]))

/** The binding of a store that a Svelte component names with a dollar. */
const subscribed = ({ path, facts }: Unit, name: string): BindingId | undefined => {
  if (!name.startsWith('$') || !path.endsWith('.svelte')) return undefined
  const found = facts.bindings.findIndex(({ n, f }) => f === 0 && n === name.slice(1))
  return found < 0 ? undefined : found
}

/** `o[name] = wrap(o[name])`: each member stays what it was, however it is called now. */
const wrapsInPlace = (site: Expr, target: Expr & { k: 'elem' }): boolean => {
  if (site.k !== 'set' || site.r.k !== 'call' || target.o.k !== 'ref' || target.i.k !== 'ref') return false
  const { b: base } = target.o
  const { b: key } = target.i
  return site.r.a.some((x) => x.k === 'elem' && x.o.k === 'ref' && x.o.b === base && x.i.k === 'ref' && x.i.b === key)
}
