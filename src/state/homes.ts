import type { ClassFact, Expr, FnFact, Stmt } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import { ALONG } from '../link/along.js'
import type { Instance, Unit } from '../link/instances.js'
import { blocksOf, boundBy, childrenOf, eachExpression, isExpression } from '../link/shape.js'
import { Captured } from './captured.js'
import { DecoratedFields } from './decorated-fields.js'
import { enter, isOfCollections, isServiceOf, servicesOf, requiredBy, shownBase, SiteReader } from './home-sites.js'
import { isServiceValue, markBags, markGlobals, markRows } from './marks.js'
import { endWithScripts } from './of-scripts.js'
import { isSame } from './once.js'
import { Parts } from './parts.js'
import { plainLocals } from './plain-locals.js'
import { Repeated } from './repeated.js'
import { writtenThrough } from './written-through.js'
import { ELEMENTS, type ClassValue, type FnValue, type Home, type ObjectValue, type Value } from '../link/values.js'

/** A field of an object that stands for itself (a member of a class instance, of a service object, of exports). */
export type HomeKey = string

/**
 * Where values live: the declaration that a person would point at. First from the text (what an allocation initialises),
 * then from the heap (what holds it).
 */
export class Homes {
  private readonly written = new Map<Unit, Map<Expr, Home>>()
  private readonly held = new Map<ObjectValue, Home>()
  private searched = false
  readonly parts: Parts
  readonly repeated: Repeated
  private readonly captured: Captured

  private readonly decorated: DecoratedFields

  constructor(private readonly a: Analysis, isScript: (unit: Unit) => boolean) {
    endWithScripts(a, isScript)
    this.parts = new Parts(a)
    this.repeated = new Repeated(a)
    this.captured = new Captured(a)
    this.decorated = new DecoratedFields(a)
    markGlobals(a)
    markBags(a)
    markRows(a)
  }

  /** The declaration that an object belongs to. */
  of(object: ObjectValue): Home | undefined {
    if (object.home) return object.home
    const home = this.find(object)
    if (home) object.home = home
    return home
  }

  /** What holds it for longer comes before the local that it was first put in; a local that dies at start-up is no home. */
  private find(object: ObjectValue): Home | undefined {
    const written = this.ofSite(object)
    if (isPlainData(object) && (!written || written.local)) return ofModule(this.holderOf(object)) ?? (written?.captured ? written : undefined)
    if (written?.assigned || written?.nameless) return this.holderOf(object) ?? (this.isOfRequest(object) ? undefined : written)
    if (!written?.local) return written ?? this.holderOf(object)
    const holder = this.holderOf(object)
    if (holder && !holder.local) return holder
    // What a function at start-up hands on (`routes(app, rooms)`) is kept by who was handed it.
    return (written.captured || holder?.captured) && !this.repeated.has(object.env) ? written : undefined
  }

  private ofRequests: Set<ObjectValue> | undefined
  /** `ctx.auth = {}`: put on what a framework gives to one request, also where the same code runs before any has come. */
  private isOfRequest(object: ObjectValue): boolean {
    if (!this.ofRequests) {
      const owned = this.a.objects.filter(({ path, shape }) => (shape === 'library' || shape === 'bag') && path !== undefined && this.a.catalog.row(path)?.owned === 'request')
      this.ofRequests = new Set(owned.flatMap(({ holder }) => [...holder.fields.values()].flatMap((node) => this.a.of(node).flatMap((value) => (value.kind === 'object' ? [value] : [])))))
    }
    return this.ofRequests.has(object)
  }

  /** Does a binding live on after the function that makes it has returned: of the module, or captured by inner functions? */
  outlives(unit: Unit, id: number): boolean {
    const fact = unit.facts.bindings[id]
    if (!fact || fact.kind === 'import' || (fact.f !== 0 && !this.captured.in(unit).has(id))) return false
    return !this.loopVariables(unit).has(id)
  }

  private readonly loopsOf = new Map<Unit, Set<number>>()
  /** What a loop goes through is held by something else. */
  private loopVariables(unit: Unit): Set<number> {
    let set = this.loopsOf.get(unit)
    if (!set) {
      this.loopsOf.set(unit, (set = new Set()))
      for (const fn of unit.facts.functions) eachLoop(fn.body, set)
    }
    return set
  }

  private ofSite(object: ObjectValue): Home | undefined {
    return object.site ? this.siteHomes(object.unit).get(object.site) : undefined
  }

  nameOfSite(unit: Unit, site: Expr): string | undefined {
    const name = this.homeOfSite(unit, site)?.name
    // Settings that a file exports as a whole have no name.
    return name === 'module.exports' && site.k === 'obj' ? undefined : name
  }

  /** The declaration that an expression initialises. */
  homeOfSite(unit: Unit, site: Expr): Home | undefined {
    return this.siteHomes(unit).get(site)
  }

  /** Name of the property whose value contains an expression, in any object literal of the file. */
  propertyOfSite(unit: Unit, site: Expr): string | undefined {
    let name: string | undefined
    for (const fn of unit.facts.functions) {
      eachExpression(fn.body, (x) => {
        if (x.k === 'obj') for (const m of x.m) if (m.kind === 'init' && m.v.p <= site.p && m.v.e >= site.e) name = m.n
      })
    }
    return name
  }

  binding(unit: Unit, id: number): Home {
    const fact = unit.facts.bindings[id]
    const home: Home = { unit, name: fact?.n ?? '?', start: fact?.p ?? 0, end: fact?.e ?? 0, kind: 'binding' }
    if (fact && fact.f !== 0) home.local = true
    if (fact && fact.f !== 0 && this.captured.in(unit).has(id)) home.captured = true
    return home
  }

  /** A field as the place: where it is declared, else where it is first given a value. */
  field(holder: ObjectValue | ClassValue | FnValue, name: string): Home | undefined {
    if (holder.kind === 'class') return this.classField(holder, name, true)
    if (holder.kind === 'fn') return this.functionField(holder, name)
    if (holder.cls) return this.ofNameless(holder) ?? this.classField(holder.cls, name, false)
    if (holder.shape === 'bag' || holder.shape === 'global') return this.inBag(holder, name)
    if (holder.site?.k === 'obj') return this.property(holder, holder.site, name)
    return this.assigned(holder, name)
  }

  private inBag(bag: ObjectValue, name: string): Home | undefined {
    const home = this.assigned(bag, name)
    return home && bag.path !== undefined && this.a.catalog.row(bag.path)?.templates ? { ...home, templates: true } : home
  }

  /** Something that one talks to, kept among the data of a project's global (`App.data.engine = require(…)`): a place of its own. */
  serviceSlot(data: ObjectValue, name: string): Home | undefined {
    if (data.cls || data.phase !== 'startup' || data.shape !== 'object' || this.of(data)?.kind !== 'global') return undefined
    const values = this.a.of(data.holder.fields.get(name) ?? -1)
    return values.some((value) => isServiceValue(value) || this.hasMethods(value)) ? this.assigned(data, name) : undefined
  }

  private hasMethods(value: Value): boolean {
    return value.kind === 'object' && value.shape === 'object' && [...value.holder.fields.values()].some((node) => this.a.of(node).some(({ kind }) => kind === 'fn'))
  }

  /** The only object of a class without a name (`const list = new class { … }`) is one thing: the declaration says it all. */
  private ofNameless(object: ObjectValue): Home | undefined {
    return object.cls?.cls.n === undefined ? this.ofSite(object) : undefined
  }

  private functionField(fn: FnValue, name: string): Home {
    return { unit: fn.unit, name: `${fn.fn.n ?? 'function'}.${name}`, start: fn.fn.q, end: fn.fn.q + (fn.fn.n?.length ?? 1), kind: 'property' }
  }

  private classField(cls: ClassValue, name: string, isStatic: boolean): Home | undefined {
    const owner = this.declaring(cls, name, isStatic, 0)
    if (owner) {
      const field = owner.cls.fields.find((f) => f.n === name && !f.static === !isStatic)
      if (field?.dec?.some(({ x }) => this.decorated.as('column').has(x))) return undefined
      const shown = field?.dec?.some(({ x }) => this.decorated.as('templates').has(x)) === true
      if (field) return { unit: owner.unit, name: `${owner.cls.n ?? 'class'}.${name}`, start: field.q, end: field.q + name.length, kind: isStatic ? 'static' : 'field', ...(shown && { templates: true }) }
    }
    return this.assignedInClass(cls, name) ?? (isStatic ? this.assignedToClass(cls, name) : undefined)
  }

  /** `Tickets.last = 0`, in a method of the class or beside it. */
  private assignedToClass(cls: ClassValue, name: string): Home | undefined {
    // What a setter is given is kept somewhere else.
    if (cls.cls.methods.some((method) => method.n === name)) return undefined
    for (const { site, base, inst } of this.assignments().get(name) ?? []) {
      const target = site.k === 'set' && isExpression(site.l) ? site.l : undefined
      if (target?.k !== 'mem' || base === undefined || !this.a.of(base).includes(cls)) continue
      return { unit: inst.unit, name: `${cls.cls.n ?? 'class'}.${name}`, start: target.q, end: target.q + name.length, kind: 'static' }
    }
    return undefined
  }

  /** Does a class, or one that it extends, have a setter of that name? */
  isSet(cls: ClassValue, name: string, depth = 0): boolean {
    const own = cls.cls.methods.find((method) => method.n === name && method.kind === 'set' && !method.static)
    return own !== undefined || (depth <= 6 && cls.parent >= 0 && this.a.of(cls.parent).some((value) => value.kind === 'class' && this.isSet(value, name, depth + 1)))
  }

  private declaring(cls: ClassValue, name: string, isStatic: boolean, depth: number): ClassValue | undefined {
    if (cls.cls.fields.some((f) => f.n === name && !f.static === !isStatic)) return cls
    if (depth > 6) return undefined
    for (const value of this.a.of(cls.parent)) {
      const found = value.kind === 'class' ? this.declaring(value, name, isStatic, depth + 1) : undefined
      if (found) return found
    }
    return undefined
  }

  /** JavaScript classes declare their fields by assigning them in the constructor. */
  private assignedInClass(cls: ClassValue, name: string): Home | undefined {
    const { functions, classes } = cls.unit.facts
    const index = classes.indexOf(cls.cls)
    const ctor = cls.cls.ctor === undefined ? undefined : functions[cls.cls.ctor]
    const ordered = ctor ? [ctor, ...functions.filter((f) => f.cls === index && f !== ctor)] : functions.filter((f) => f.cls === index)
    for (const fn of ordered) {
      const place = assignmentTo(fn, name)
      if (place) return { unit: cls.unit, name: `${cls.cls.n ?? 'class'}.${name}`, start: place.start, end: place.end, kind: 'field' }
    }
    return undefined
  }

  private property(holder: ObjectValue, site: Expr & { k: 'obj' }, name: string): Home {
    const prop = site.m.find((m) => m.n === name)
    const base = this.ofSite(holder)?.name ?? this.holderName(holder)
    if (prop) return { unit: holder.unit, name: base ? `${base}.${name}` : name, start: prop.q, end: prop.q + name.length, kind: 'property' }
    const assigned = this.assigned(holder, name)
    if (assigned) return holder.ofServices ? { ...assigned, kind: 'global' } : assigned
    return { unit: holder.unit, name, start: site.p, end: site.p + 1, kind: 'property' }
  }

  private holderName(holder: ObjectValue): string | undefined {
    return this.holderOf(holder)?.name
  }

  /** The first assignment of a member that nothing declares, start-up before request. */
  private assigned(holder: ObjectValue, name: string): Home | undefined {
    const writes = this.assignments().get(name) ?? []
    // What a module exports is declared there, wherever it is assigned again.
    // So does what a constructor function gives its object.
    const maker = holder.kind === 'object' ? holder.proto?.fn : undefined
    const own = holder.shape === 'exports' ? writes.filter((write) => write.inst.unit === holder.unit) : maker ? writes.filter((write) => write.inst.fn === maker) : []
    for (const write of own.length > 0 ? own : writes) {
      if (write.base === undefined) continue
      const hit = this.a.of(write.base).some((v) => v === holder || (v.kind === 'object' && v.shape === 'library' && v.path !== undefined && v.path === holder.path))
      const viaPath = holder.shape === 'bag' && this.a.of(write.base).some((v) => v.kind === 'lib' && v.path === holder.path)
      if (!hit && !viaPath) continue
      const target = write.site.k === 'set' && isExpression(write.site.l) ? write.site.l : undefined
      if (write.site.k === 'set' && target && isMadeOf(write.site.r, target)) continue
      const start = target?.k === 'mem' ? target.q : write.site.p
      const base = shownBase(target) ?? (holder.shape === 'library' ? calledBy(write.inst.unit, target) : '')
      return { unit: write.inst.unit, name: `${base}${name}`, start, end: start + name.length, kind: holder.shape === 'bag' ? 'bag' : 'property' }
    }
    return holder.kind === 'object' && holder.shape === 'bag' ? this.putByCall(holder, name) : undefined
  }

  /** `app.decorate('hits', …)`: a call that puts something into a bag under a written name. */
  private putByCall(bag: ObjectValue, name: string): Home | undefined {
    for (const { row, recv, site, inst, path } of this.a.calls) {
      const access = row?.access
      const isOf = access?.on === undefined ? (recv?.kind === 'object' && recv.path === bag.path) || path.startsWith(`${bag.path}.`) : access.on === bag.path
      const key = access?.op === 'write' && isOf && site.k === 'call' ? site.a[Number(access.key)] : undefined
      if (key?.k === 'lit' && key.v === name) return { unit: inst.unit, name, start: key.p + 1, end: key.p + 1 + name.length, kind: 'bag' }
    }
    return undefined
  }

  private renewedNames: Set<string> | undefined
  /** Names that are somewhere made of themselves: hardly any. */
  private renewed(): Set<string> {
    this.renewedNames ??= new Set([...this.assignments()].flatMap(([name, writes]) => (writes.some(isRenewal) ? [name] : [])))
    return this.renewedNames
  }

  private byName: Map<string, Analysis['writes']> | undefined
  private assignments(): Map<string, Analysis['writes']> {
    if (this.byName) return this.byName
    this.byName = new Map()
    const phases = ['startup', 'background', 'request']
    const sorted = [...this.a.writes].sort((x, y) => phases.indexOf(x.inst.phase) - phases.indexOf(y.inst.phase) || x.inst.unit.index - y.inst.unit.index || x.site.p - y.site.p)
    for (const write of sorted) {
      if (write.name === undefined || (write.op !== '=' && !write.op.endsWith('='))) continue
      const list = this.byName.get(write.name)
      if (list) list.push(write)
      else this.byName.set(write.name, [write])
    }
    return this.byName
  }

  // ---------------------------------------------------------------- from the text

  private siteHomes(unit: Unit): Map<Expr, Home> {
    let map = this.written.get(unit)
    if (!map) {
      map = new Map()
      const services = servicesOf(unit)
      const firsts = new Map<ClassFact, Map<string, number>>()
      for (const fn of unit.facts.functions) new SiteReader(unit, fn, map, (id) => this.binding(unit, id), services, firsts).read()
      for (const fact of unit.facts.exports) if (fact.x) enter(fact.x, { unit, name: 'default', start: fact.p, end: fact.p + 1, kind: 'binding' }, map)
      this.written.set(unit, map)
      this.decorated.markShown(unit, map)
    }
    return map
  }

  // ---------------------------------------------------------------- from the heap

  /** What holds an object that no declaration makes: found by walking from what lives as long as the process. */
  private holderOf(object: ObjectValue): Home | undefined {
    if (!this.searched) this.search()
    return this.held.get(object)
  }

  private search(): void {
    this.searched = true
    const queue: ObjectValue[] = []
    const give = (object: ObjectValue, home: Home): void => {
      if (this.held.has(object)) return
      this.held.set(object, home)
      queue.push(object)
    }
    const bound = this.a.units.flatMap((unit) => (unit.evaluated ? [unit.module] : []))
    for (const { unit, ids } of writtenThrough(this.a)) this.locals(unit.module, give, (id) => ids.has(id) && !this.isRequired(unit, id))
    for (const inst of bound) this.locals(inst, give, (id) => !this.isRequired(inst.unit, id))
    for (const cls of this.a.classes) this.fields(cls, give)
    this.fields(this.a.global, give)
    for (const { unit } of bound) this.exported(unit, give)
    for (const inst of bound) this.locals(inst, give)
    let done = 0
    const inward = (): void => { for (; done < queue.length; done++) this.inside(queue[done] as ObjectValue, give) }
    // What modules hold comes before instances that only a function at start-up may have made and let go.
    inward()
    for (const object of this.a.objects) if (object.phase === 'startup' && !object.ofScript && (object.shape === 'instance' || object.shape === 'bag')) this.fields(object, give)
    for (const inst of this.a.instances) if (inst.phase === 'startup' && !inst.ofScript && inst !== inst.unit.module) this.locals(inst, give)
    inward()
  }

  private exported(unit: Unit, give: (object: ObjectValue, home: Home) => void): void {
    this.fields(unit.cjs, give)
    for (const value of this.a.of(unit.cjs.holder.fields.get('exports') ?? -1)) if (value.kind === 'object' && standsForItself(value)) this.fields(value, give)
  }

  private locals(inst: Instance, give: (object: ObjectValue, home: Home) => void, counts: (id: number) => boolean = () => true): void {
    for (const [id, node] of inst.locals) {
      if (!this.outlives(inst.unit, id) || plainLocals(inst.unit.facts).has(id) || !counts(id)) continue
      for (const value of this.a.of(node)) if (value.kind === 'object') give(value, this.binding(inst.unit, id))
    }
  }

  private readonly requiredOf = new Map<Unit, Set<number>>()
  /** `const { users } = require('./state')`: another name for what that module declares. */
  private isRequired(unit: Unit, id: number): boolean {
    let set = this.requiredOf.get(unit)
    if (!set) this.requiredOf.set(unit, (set = requiredBy(unit.facts.functions[0]?.body ?? [])))
    return set.has(id)
  }

  private fields(holder: ObjectValue | ClassValue, give: (object: ObjectValue, home: Home) => void): void {
    for (const { name, objects } of this.parts.of(holder)) {
      if (name.startsWith('@') || name === 'prototype' || name === 'exports') continue
      for (const object of objects) {
        const home = this.held.has(object) ? undefined : this.field(holder, name)
        if (home) give(object, home)
      }
    }
  }

  /** A member that is only ever made of itself is where somebody else has put it: an object that came without it has none. */
  isOnlyRenewed(object: ObjectValue, name: string): boolean {
    if (!this.renewed().has(name) || object.cls || (object.site?.k === 'obj' ? object.site.m.some((m) => m.n === name) : object.shape !== 'exports')) return false
    return (this.assignments().get(name) ?? []).every((write) => isRenewal(write) || !this.a.of(write.base ?? -1).includes(object))
  }

  /** What is inside a held object belongs to what holds it. */
  private inside(object: ObjectValue, give: (object: ObjectValue, home: Home) => void): void {
    const own = this.held.get(object)
    // What is looked up by an object that something else keeps is at home where that is kept.
    if (object.path !== undefined && this.a.catalog.row(object.path)?.container?.weak) return
    for (const { name, objects } of this.parts.of(object)) {
      if (name.startsWith(ALONG) || this.isOnlyRenewed(object, name)) continue
      for (const inner of objects) {
        if (this.held.has(inner)) continue
        const home = (standsForItself(object) || object.proto) && name !== ELEMENTS ? this.field(object, name) : own
        if (home) give(inner, home)
      }
    }
  }
}

/** `rows[i] = plain(rows[i])` */
export const isRenewal = ({ site }: { site: Expr }): boolean => site.k === 'set' && isExpression(site.l) && isMadeOf(site.r, site.l)

/** `row.note = row.note.toJSON()`, `row.note = plain(row.note)`: it was there before, so this declares nothing. */
const isMadeOf = (value: Expr, target: Expr): boolean => {
  if (value.k !== 'call') return false
  return (value.f.k === 'mem' && isSame(value.f.o, target)) || value.a.some((arg) => isSame(arg, target))
}

const isPlainData = (object: ObjectValue): boolean => object.shape === 'object' && object.path === 'global#Array.new'

/** `app.` of `app.index = …` */
const calledBy = ({ facts }: Unit, target: Expr | undefined): string =>
  target?.k === 'mem' && target.o.k === 'ref' ? `${facts.bindings[target.o.b]?.n ?? ''}.` : ''

/** Plain data go everywhere: only a binding of a module, or a member of a project's global, that holds them says whose they are. */
const ofModule = (home: Home | undefined): Home | undefined => ((home?.kind === 'binding' && !home.local) || home?.kind === 'global' ? home : undefined)

/** Does an object's member count as a place of its own? Instances, services, exports and bags; not data. */
export const standsForItself = (object: ObjectValue): boolean => {
  if (object.ofList) return false
  if (object.cls || object.proto || object.ofServices || object.shape === 'bag' || object.shape === 'global' || object.shape === 'exports') return true
  return object.site?.k === 'obj' && (isServiceOf(object.unit, object.site) || (object.env?.fn.kind === 'module' && isOfCollections(object.site)))
}

/** Place of the name in the first `this.name = …` of a function. */
const assignmentTo = (fn: FnFact, name: string): { start: number; end: number } | undefined => {
  let found: { start: number; end: number } | undefined
  const look = (x: Expr): void => {
    if (found) return
    if (x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.o.k === 'this' && x.l.n === name) found = { start: x.l.q, end: x.l.q + name.length }
    for (const child of childrenOf(x)) look(child)
  }
  eachStatementExpression(fn.body, look)
  return found
}

const eachStatementExpression = (body: Stmt[], see: (x: Expr) => void): void => {
  for (const s of body) {
    if (s.k === 'expr' || s.k === 'throw') see(s.x)
    else if (s.k === 'ret' && s.x) see(s.x)
    else if (s.k === 'var') s.d.forEach((d) => (d.i ? see(d.i) : undefined))
    else if (s.k === 'if') {
      see(s.t)
      eachStatementExpression(s.c, see)
      if (s.a) eachStatementExpression(s.a, see)
    } else if (s.k === 'loop' || s.k === 'block') eachStatementExpression(s.b, see)
    else if (s.k === 'try') for (const part of [s.b, s.c ?? [], s.f ?? []]) eachStatementExpression(part, see)
    else if (s.k === 'switch') for (const c of s.cases) eachStatementExpression(c.b, see)
  }
}

const eachLoop = (body: Stmt[], into: Set<number>): void => {
  for (const s of body) {
    if (s.k === 'loop' && s.each) boundBy(s.each, into)
    for (const inner of blocksOf(s)) eachLoop(inner, into)
  }
}
