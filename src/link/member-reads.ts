import type { ClassFact, Expr, MethodFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Calls } from './calls.js'
import { type Ends, endsOf, fits } from './ends.js'
import { FURTHER_METHODS } from './further-promises.js'
import { Bags } from './bags.js'
import { isBuiltinGlobal } from './globals.js'
import { isSamePath } from './paths.js'
import { hasMember, isPrimitive } from './primitives.js'
import type { Modules } from './modules.js'
import { keysInto } from './member-names.js'
import { mostKeys, OwnMembers, prototypesOf } from './own-members.js'
import { WrappedMethods } from './wrapped-methods.js'
import { prototypeOf, prototypeOfClass } from './prototypes.js'
import { NOTHING, type Ref, type Seer, constant, constantOf, isConstant } from './solver.js'
import { ELEMENTS, type ClassValue, type FnValue, type LibraryValue, type ObjectHolder, type ObjectValue, type Value } from './values.js'

export const PROMISED = '@promised'
const NO_METHODS: MethodFact[] = []
/** What a member of a library path leads to: a path of its own, or an object that all share. */
interface Member {
  path: string
  shared: boolean
  /** It keeps the object that it was read from. */
  own: boolean
}
const PROMISE_METHODS = new Set(['then', 'catch', 'finally'])
const isOfPromise = (name: string): boolean => PROMISE_METHODS.has(name) || FURTHER_METHODS.has(name)

/** A read that waits for objects. */
class Load implements Seer {
  constructor(
    private readonly access: MemberReads,
    private readonly a: Analysis,
    readonly name: string,
    readonly node: number,
  ) {}

  see(id: number): void {
    this.access.loadFrom(this.a.value(id), this.name, this.node)
  }
}

/** Reading members: which places a member expression may mean. */
export class MemberReads {
  calls!: Calls
  modules!: Modules
  private readonly members = new Map<string, Map<string, Member | undefined>>()
  private readonly ofFields = new Map<ObjectHolder, number>()
  private readonly ofPrototypes = new Map<number, Map<string, number>>()
  private readonly methods = new Map<ClassFact, Map<string, MethodFact[]>>()
  private readonly own: OwnMembers
  protected readonly bags: Bags
  readonly wrapped: WrappedMethods

  constructor(protected readonly a: Analysis) {
    this.bags = new Bags(a)
    this.own = new OwnMembers(a)
    this.wrapped = new WrappedMethods(a, () => this.calls)
  }

  // ---------------------------------------------------------------- reading

  /** Place of `base.name`. */
  load(base: Ref, name: string): Ref {
    const direct = this.direct(base, name)
    if (direct !== undefined) return direct
    const known = this.loaded(base, name)
    if (known !== undefined) return known
    const node = this.a.solver.node()
    this.a.solver.watch(base, new Load(this, this.a, name, node))
    // An async function that returns nothing still settles: its callbacks run.
    if (PROMISE_METHODS.has(name)) this.a.solver.add(node, this.a.library(`global#Promise.new.${name}`).id)
    return node
  }

  /** Place of the same member of the same place, where it was read before. */
  private loaded(base: Ref, name: string): Ref | undefined {
    const seers = this.a.solver.seers(base)
    if (seers instanceof Load) return seers.name === name ? seers.node : undefined
    if (!Array.isArray(seers)) return undefined
    for (let i = Math.max(0, seers.length - 16); i < seers.length; i++) {
      const seer = seers[i]
      if (seer instanceof Load && seer.name === name) return seer.node
    }
    return undefined
  }

  /** Members of a known library value need no place of their own. */
  private direct(base: Ref, name: string): Ref | undefined {
    if (base === NOTHING) return PROMISE_METHODS.has(name) ? constant(this.a.library(`global#Promise.new.${name}`).id) : this.a.solver.node()
    if (!isConstant(base)) return undefined
    const value = this.a.value(constantOf(base))
    return value.kind === 'lib' ? this.libraryMember(value.path, value.recv, name) : undefined
  }

  private libraryMember(path: string, recv: LibraryValue['recv'], name: string): Ref {
    if (PROMISE_METHODS.has(name) || (name === 'spread' && path.endsWith('()'))) return constant(this.a.library(`global#Promise.new.${name}`, this.held(path, recv)).id)
    return this.pathMember(path, recv, name)
  }

  /** A promise of a library value: an object that stands for the value, so that callbacks receive it. */
  private held(path: string, recv: LibraryValue['recv']): ObjectValue {
    const holder = this.a.bag(`@promise ${path} ${recv?.id ?? ''}`)
    this.a.solver.add(this.a.field(holder, PROMISED), recv ? this.a.library(path, recv).id : this.a.library(path).id)
    return holder
  }

  private pathMember(path: string, recv: LibraryValue['recv'], name: string): Ref {
    const to = this.memberOf(path, name)
    if (to === undefined) return NOTHING
    if (to.shared) return constant(this.a.bag(to.path).id)
    return constant(this.a.library(to.path, to.own ? recv : undefined).id)
  }

  private memberOf(path: string, name: string): Member | undefined {
    let known = this.members.get(path)
    if (!known) this.members.set(path, (known = new Map()))
    if (known.has(name)) return known.get(name)
    const found = this.findMember(path, name)
    known.set(name, found)
    return found
  }

  private findMember(path: string, name: string): Member | undefined {
    if (isPrimitive(path) && name === ELEMENTS) return { path, shared: false, own: false }
    if (!hasMember(path, name)) return undefined
    const member = this.a.catalog.member(path, name)
    if (this.bags.isShared(member)) return { path: member, shared: true, own: false }
    const canonical = this.a.catalog.canonical(member)
    if (canonical !== member && canonical.endsWith('.new') && this.bags.isShared(canonical)) return { path: canonical, shared: true, own: false }
    return { path: member, shared: false, own: true }
  }

  loadFrom(value: Value, name: string, node: number): void {
    switch (value.kind) {
      case 'object': return this.loadFromObject(value, name, node)
      case 'fn': return this.loadFromFunction(value, name, node)
      case 'class': return this.loadStatic(value, value, name, node)
      case 'lib':
        this.bags.load(this.a.catalog.canonical(value.path), name, node)
        return this.a.solver.flow(this.libraryMember(value.path, value.recv, name), node)
      case 'ns': return PROMISE_METHODS.has(name) ? this.a.solver.add(node, this.a.library(`global#Promise.new.${name}`, this.modules.promiseOf(value)).id) : this.modules.exportInto(value.unit, name, node)
      case 'lit':
        if (typeof value.value === 'string' && isSamePath(value.value, name)) this.a.solver.add(node, value.id)
        else if (typeof value.value === 'string' && hasMember('global#String.new', name)) this.a.solver.add(node, this.a.library(`global#String.new.${name}`).id)
    }
  }

  private loadFromObject(value: ObjectValue, name: string, node: number): void {
    const { solver } = this.a
    const said = value.extension?.said?.get(name)
    if (said !== undefined) return solver.add(node, said)
    if (value.cls && name === 'constructor') solver.add(node, value.cls.id)
    else if (value.cls) this.loadMethod(value.cls, value, name, node)
    for (const prototypes of prototypesOf(this.a, value, name)) solver.flow(this.inherited(prototypes, name), node)
    solver.flow(this.a.field(value, name), node)
    if (value.path && !value.path.startsWith('@promise')) this.loadFromPath(value, value.path, name, node)
    else if (isOfPromise(name)) solver.add(node, this.a.library(`global#Promise.new.${name}`, value).id)
    if (value.shape === 'global' && isBuiltinGlobal(name)) solver.add(node, this.a.library(`global#${name}`).id)
    if (value.shape === 'object' || value.shape === 'exports') this.loadPrototype(value, name, node)
  }

  private loadPrototype(value: ObjectValue, name: string, node: number): void {
    const parent = value.holder.fields.get('__proto__')
    if (parent !== undefined && name !== '__proto__') this.a.solver.flow(this.inherited(parent, name), node)
  }

  /** Place of a member of prototypes: one for each, since chains of prototypes may be circles. */
  private inherited(prototypes: number, name: string): number {
    let known = this.ofPrototypes.get(prototypes)
    if (!known) this.ofPrototypes.set(prototypes, (known = new Map()))
    let node = known.get(name)
    if (node === undefined) {
      known.set(name, (node = this.a.solver.node()))
      this.a.solver.watch(prototypes, new Load(this, this.a, name, node))
    }
    return node
  }

  private loadFromPath(value: ObjectValue, path: string, name: string, node: number): void {
    if (value.cls && this.own.declares(value.cls, name) && !this.a.catalog.row(this.a.catalog.member(path, name))) return
    this.bags.load(path, name, node)
    if (isOfPromise(name)) this.a.solver.add(node, this.a.library(`global#Promise.new.${name}`, value).id)
    else this.a.solver.flow(this.pathMember(path, value, name), node)
  }

  /** Methods and accessors of a name. */
  protected methodsOf({ cls }: ClassValue, name: string): MethodFact[] {
    let known = this.methods.get(cls)
    if (!known) {
      known = new Map()
      for (const method of cls.methods) known.set(method.n, [...(known.get(method.n) ?? []), method])
      this.methods.set(cls, known)
    }
    return known.get(name) ?? NO_METHODS
  }

  /** Methods, getters and library members along the class chain. A mixin may be its own superclass where its uses are not told apart: each class is asked once. */
  private loadMethod(cls: ClassValue, self: ObjectValue, name: string, node: number, seen?: Set<ClassValue>): void {
    const method = this.methodsOf(cls, name).find((m) => !m.static && m.kind !== 'set' && !m.abstract)
    if (method) {
      const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
      if (method.kind === 'get') this.calls.runGetter(fn, self, node)
      else this.a.solver.add(node, fn.id)
      const instead = this.wrapped.of(cls, method)
      if (instead !== undefined) this.a.solver.flow(instead, node)
      return
    }
    if (cls.parent === NOTHING || seen?.has(cls)) return
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class') this.loadMethod(parent, self, name, node, (seen ?? new Set()).add(cls))
      else if (parent.kind === 'lib' && !self.found) this.loadFromPath(self, this.a.catalog.canonical(this.a.catalog.instance(parent.path)), name, node)
      else if (parent.kind === 'fn') this.a.solver.flow(this.inherited(this.a.field(parent, 'prototype'), name), node)
    })
  }

  private loadStatic(cls: ClassValue, self: ClassValue, name: string, node: number, seen?: Set<ClassValue>): void {
    if (name === 'prototype') {
      prototypeOfClass(this.a, cls)
      this.a.solver.flow(this.a.field(cls, 'prototype'), node)
      return
    }
    const method = this.methodsOf(cls, name).find((m) => m.static && m.kind !== 'set')
    if (method) {
      const fn = this.a.fnValue(cls.unit, method.f, cls.env, self)
      if (method.kind === 'get') this.calls.runGetter(fn, self, node)
      else this.a.solver.add(node, fn.id)
      return
    }
    this.a.solver.flow(name === 'name' && cls === self && cls.cls.n !== undefined && !cls.holder.fields.has(name) ? constant(this.a.literal(cls.cls.n).id) : this.a.field(cls, name), node)
    if (cls.parent === NOTHING || seen?.has(cls)) return
    this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class') this.loadStatic(parent, self, name, node, (seen ?? new Set()).add(cls))
      else if (parent.kind === 'lib') this.a.solver.flow(constant(this.a.library(this.a.catalog.member(parent.path, name), self).id), node)
    })
  }

  private loadFromFunction(value: FnValue, name: string, node: number): void {
    if (name === 'call' || name === 'apply' || name === 'bind') {
      this.a.solver.add(node, this.a.library(`global#Function.new.${name}`, value).id)
      return
    }
    if (name === 'prototype') prototypeOf(this.a, value)
    this.a.solver.flow(this.a.field(value, name), node)
  }

  /** Place of `base[key]`; `written` is the key's expression, which may say how it begins or ends. */
  loadKey(base: Ref, key: Ref, written?: Expr): Ref {
    const node = this.a.solver.node()
    const ends = written && endsOf(written)
    this.a.solver.watch(base, (id) => this.loadKeyFrom(this.a.value(id), key, node, ends))
    return node
  }

  private loadKeyFrom(value: Value, key: Ref, node: number, ends: Ends | undefined): void {
    let unknown = false
    let left = mostKeys(value)
    const any = (): void => {
      if (unknown) return
      unknown = true
      if (!ends || !this.loadNamed(value, ends, node)) this.loadAny(value, node)
    }
    this.a.solver.watch(key, (id) => {
      const known = this.a.value(id)
      if (known.kind === 'lit' && typeof known.value === 'string') {
        if (left-- > 0) this.loadFrom(value, known.value, node)
        else if (left === -1 && value.kind === 'object') this.a.solver.flow(this.a.field(value, ELEMENTS), node)
      }
      else any()
    })
    this.onceKnown(key, () => { if (this.a.solver.size(key) === 0) any() })
  }

  /** `votes[kind + 'Vote']`: the members of a plain object whose names begin and end so. */
  private loadNamed(value: Value, ends: Ends, node: number): boolean {
    if (value.kind !== 'object' || !/^(object|exports)$/.test(value.shape) || value.path !== undefined) return false
    value.holder.onField((name, field) => { if (fits(name, ends)) this.a.solver.flow(field, node) })
    this.a.solver.flow(this.a.field(value, ELEMENTS), node)
    return true
  }

  /** Acts when something of a key is known, or when nothing will be. */
  protected onceKnown(key: Ref, act: () => void): void {
    if (key === NOTHING || this.a.solver.size(key) > 0) act()
    else this.a.undecided.push(act)
  }

  /** Any field: for keys that nobody knows; of what a library gives, the one by its place where that is known by itself. */
  private loadAny(value: Value, node: number, place = ELEMENTS): void {
    if (value.kind === 'object' && value.shape === 'array') this.a.solver.flow(this.a.field(value, ELEMENTS), node)
    else if (value.kind === 'object' && value.path) this.a.solver.flow(this.pathMember(value.path, value, place !== ELEMENTS && this.a.catalog.row(`${value.path}.${place}`) ? place : ELEMENTS), node)
    else if (value.kind === 'object' || value.kind === 'fn') this.a.solver.flow(this.allFields(value.holder), node)
    else if (value.kind === 'lib') this.a.solver.flow(this.pathMember(value.path, undefined, ELEMENTS), node)
    else if (value.kind === 'ns') this.modules.allExports(value.unit, node)
    if (value.kind === 'object') this.a.solver.flow(this.a.field(value, ELEMENTS), node)
    if (value.kind === 'object' && value.shape === 'bag') this.a.solver.flow(this.allFields(value.holder), node)
  }

  /** One place of all fields of a holder, however many reads with unknown keys there are. */
  private allFields(holder: ObjectHolder): number {
    let node = this.ofFields.get(holder)
    if (node === undefined) {
      const all = (node = this.a.solver.node())
      this.ofFields.set(holder, all)
      holder.onField((_, field) => this.a.solver.flow(field, all))
    }
    return node
  }

  anyField(base: Ref): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(base, (id) => this.loadAny(this.a.value(id), node))
    return node
  }

  /** Place of element `i` of an array pattern. */
  position(base: Ref, index: number): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(base, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object' || value.shape !== 'array') this.loadAny(value, node, String(index))
      else this.a.solver.flow(this.a.field(value, value.holder.fields.has(String(index)) ? String(index) : ELEMENTS), node)
    })
    return node
  }

  /** What `for … of` and spreading give. */
  iterated(base: Ref): Ref {
    const node = this.a.solver.node()
    this.elementsInto(base, node)
    return node
  }

  elementsInto(base: Ref, node: number): void {
    this.a.solver.watch(base, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib' || (value.kind === 'object' && this.a.catalog.row(`${value.path}.${ELEMENTS}`))) this.a.solver.flow(this.pathMember(value.path ?? '', value.kind === 'lib' ? undefined : value, ELEMENTS), node)
      if (value.kind !== 'object') return
      this.a.solver.flow(this.a.field(value, value.path === 'global#Map.new' ? '@entries' : ELEMENTS), node)
      if (value.path === 'global#Map.new') this.mapEntry(value, node)
    })
  }

  /** `[key, value]` of a Map, as one array object. */
  mapEntry(map: ObjectValue, node: number): void {
    const entries = this.a.field(map, '@entries')
    if (this.a.solver.size(entries) === 0) {
      const pair = this.a.object({ unit: map.unit, site: undefined, phase: map.phase, env: map.env, shape: 'array', path: 'global#Array.new' })
      this.a.solver.flow(this.a.field(map, '@keys'), this.a.field(pair, '0'))
      this.a.solver.flow(this.a.field(map, ELEMENTS), this.a.field(pair, '1'))
      this.a.solver.flow(this.a.field(pair, '0'), this.a.field(pair, ELEMENTS))
      this.a.solver.flow(this.a.field(pair, '1'), this.a.field(pair, ELEMENTS))
      this.a.solver.add(entries, pair.id)
    }
    this.a.solver.flow(entries, node)
  }

  /** Names of an object's fields, as literals. */
  keysOf(base: Ref): Ref {
    const node = this.a.solver.node()
    this.a.solver.watch(base, (id) => keysInto(this.a, this.modules, this.a.value(id), node))
    return node
  }
}
