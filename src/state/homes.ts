import type { Expr, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import { blocksOf, boundBy, childrenOf, eachExpression, isExpression } from '../link/shape.js'
import { ELEMENTS, type ClassValue, type FnValue, type Home, type ObjectValue } from '../link/values.js'

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

  constructor(private readonly a: Analysis) {}

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
    if (written?.assigned || written?.nameless) return this.holderOf(object) ?? written
    if (!written?.local) return written ?? this.holderOf(object)
    const holder = this.holderOf(object)
    if (holder && !holder.local) return holder
    return written.captured ? written : undefined
  }

  /** Does a binding live on after the function that makes it has returned: of the module, or captured by inner functions? */
  outlives(unit: Unit, id: number): boolean {
    const fact = unit.facts.bindings[id]
    if (!fact || fact.kind === 'import' || this.loopVariables(unit).has(id)) return false
    return fact.f === 0 ? true : this.captured(unit).has(id)
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

  private readonly capturedOf = new Map<Unit, Set<number>>()
  private captured(unit: Unit): Set<number> {
    let set = this.capturedOf.get(unit)
    if (!set) {
      const found = (set = new Set<number>())
      const { functions, bindings } = unit.facts
      functions.forEach((fn, index) => eachExpression(fn.body, (x) => {
        if (x.k === 'ref' && bindings[x.b]?.f !== index) found.add(x.b)
      }))
      this.capturedOf.set(unit, set)
    }
    return set
  }

  private ofSite(object: ObjectValue): Home | undefined {
    return object.site ? this.siteHomes(object.unit).get(object.site) : undefined
  }

  nameOfSite(unit: Unit, site: Expr): string | undefined {
    return this.homeOfSite(unit, site)?.name
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
    if (fact && fact.f !== 0 && this.captured(unit).has(id)) home.captured = true
    return home
  }

  /** A field as the place: where it is declared, else where it is first given a value. */
  field(holder: ObjectValue | ClassValue | FnValue, name: string): Home | undefined {
    if (holder.kind === 'class') return this.classField(holder, name, true)
    if (holder.kind === 'fn') return this.functionField(holder, name)
    if (holder.cls) return this.ofNameless(holder) ?? this.classField(holder.cls, name, false)
    if (holder.shape === 'bag' || holder.shape === 'global') return this.assigned(holder, name)
    if (holder.site?.k === 'obj') return this.property(holder, holder.site, name)
    return this.assigned(holder, name)
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
      if (field) return { unit: owner.unit, name: `${owner.cls.n ?? 'class'}.${name}`, start: field.q, end: field.q + name.length, kind: isStatic ? 'static' : 'field' }
    }
    return this.assignedInClass(cls, name)
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
    return this.assigned(holder, name) ?? { unit: holder.unit, name, start: site.p, end: site.p + 1, kind: 'property' }
  }

  private holderName(holder: ObjectValue): string | undefined {
    return this.holderOf(holder)?.name
  }

  /** The first assignment of a member that nothing declares, start-up before request. */
  private assigned(holder: ObjectValue, name: string): Home | undefined {
    const writes = this.assignments().get(name) ?? []
    // What a module exports is declared there, wherever it is assigned again.
    const own = holder.shape === 'exports' ? writes.filter((write) => write.inst.unit === holder.unit) : []
    for (const write of own.length > 0 ? own : writes) {
      if (write.base === undefined) continue
      const hit = this.a.of(write.base).some((v) => v === holder || (v.kind === 'object' && v.shape === 'library' && v.path !== undefined && v.path === holder.path))
      const viaPath = holder.shape === 'bag' && this.a.of(write.base).some((v) => v.kind === 'lib' && v.path === holder.path)
      if (!hit && !viaPath) continue
      const target = write.site.k === 'set' && isExpression(write.site.l) ? write.site.l : undefined
      const start = target?.k === 'mem' ? target.q : write.site.p
      return { unit: write.inst.unit, name: `${shownBase(target) ?? ''}${name}`, start, end: start + name.length, kind: holder.shape === 'bag' ? 'bag' : 'property' }
    }
    return undefined
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
      for (const fn of unit.facts.functions) new SiteReader(unit, fn, map, (id) => this.binding(unit, id), services).read()
      for (const fact of unit.facts.exports) if (fact.x) enter(fact.x, { unit, name: 'default', start: fact.p, end: fact.p + 1, kind: 'binding' }, map)
      this.written.set(unit, map)
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
    for (const unit of this.a.units) if (unit.evaluated) this.locals(unit.module, give)
    for (const cls of this.a.classes) this.fields(cls, give)
    this.fields(this.a.global, give)
    for (const unit of this.a.units) if (unit.evaluated) this.exported(unit, give)
    for (const object of this.a.objects) if (object.phase === 'startup' && (object.shape === 'instance' || object.shape === 'bag')) this.fields(object, give)
    for (const inst of this.a.instances) if (inst.phase === 'startup' && inst !== inst.unit.module) this.locals(inst, give)
    for (let i = 0; i < queue.length; i++) this.inside(queue[i] as ObjectValue, give)
  }

  private exported(unit: Unit, give: (object: ObjectValue, home: Home) => void): void {
    this.fields(unit.cjs, give)
    for (const value of this.a.of(unit.cjs.holder.fields.get('exports') ?? -1)) if (value.kind === 'object' && standsForItself(value)) this.fields(value, give)
  }

  private locals(inst: Instance, give: (object: ObjectValue, home: Home) => void): void {
    for (const [id, node] of inst.locals) {
      if (!this.outlives(inst.unit, id)) continue
      for (const value of this.a.of(node)) if (value.kind === 'object') give(value, this.binding(inst.unit, id))
    }
  }

  private fields(holder: ObjectValue | ClassValue, give: (object: ObjectValue, home: Home) => void): void {
    for (const [name, node] of holder.holder.fields) {
      if (name.startsWith('@') || name === 'prototype' || name === 'exports') continue
      for (const value of this.a.of(node)) {
        if (value.kind !== 'object' || this.held.has(value)) continue
        const home = this.field(holder, name)
        if (home) give(value, home)
      }
    }
  }

  /** What is inside a held object belongs to what holds it. */
  private inside(object: ObjectValue, give: (object: ObjectValue, home: Home) => void): void {
    const own = this.held.get(object)
    for (const [name, node] of object.holder.fields) {
      for (const value of this.a.of(node)) {
        if (value.kind !== 'object' || this.held.has(value)) continue
        const home = standsForItself(object) && name !== ELEMENTS ? this.field(object, name) : own
        if (home) give(value, home)
      }
    }
  }
}

const isPlainData = (object: ObjectValue): boolean => object.shape === 'object' && object.path === 'global#Array.new'

/** Plain data go everywhere: only a binding of a module that holds them says whose they are. */
const ofModule = (home: Home | undefined): Home | undefined => (home?.kind === 'binding' && !home.local ? home : undefined)

/** Does an object's member count as a place of its own? Instances, services, exports and bags; not data. */
export const standsForItself = (object: ObjectValue): boolean => {
  if (object.cls || object.shape === 'bag' || object.shape === 'global' || object.shape === 'exports') return true
  return object.site?.k === 'obj' && isService(object.site)
}

/** An object literal with methods is a service, whose members stand for themselves; one with data and a few helpers is data. */
const isService = (site: Expr & { k: 'obj' }): boolean => {
  const functions = site.m.filter((m) => m.kind === 'method' || m.v.k === 'fn').length
  return functions > 0 && functions * 4 >= site.m.length
}

const shownBase = (x: Expr | undefined): string | undefined => {
  const names: string[] = []
  let at = x?.k === 'mem' || x?.k === 'elem' ? x.o : undefined
  while (at?.k === 'mem') {
    names.unshift(at.n)
    at = at.o
  }
  if (at?.k === 'glob') names.unshift(at.n)
  return names.length > 0 ? `${names.join('.')}.` : undefined
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

/** The object literal that each function is a method of. */
const servicesOf = (unit: Unit): Map<FnFact, Expr & { k: 'obj' }> => {
  const services = new Map<FnFact, Expr & { k: 'obj' }>()
  const { functions } = unit.facts
  for (const fn of functions) eachExpression(fn.body, (x) => {
    if (x.k !== 'obj') return
    for (const m of x.m) {
      const method = m.v.k === 'fn' ? functions[m.v.f] : undefined
      if (method && method.kind !== 'arrow') services.set(method, x)
    }
  })
  return services
}

/** Notes which declaration each allocation of a function initialises. */
class SiteReader {
  private readonly facts: FileFacts
  constructor(private readonly unit: Unit, private readonly fn: FnFact, private readonly into: Map<Expr, Home>, private readonly binding: (id: number) => Home, private readonly services: Map<FnFact, Expr & { k: 'obj' }>) {
    this.facts = unit.facts
  }

  read(): void {
    this.statements(this.fn.body)
  }

  private statements(body: Stmt[]): void {
    for (const s of body) {
      if (s.k === 'var') this.declarations(s)
      else if (s.k === 'expr') this.expression(s.x)
      else if (s.k === 'if') {
        this.statements(s.c)
        if (s.a) this.statements(s.a)
      } else if (s.k === 'loop' || s.k === 'block') this.statements(s.b)
      else if (s.k === 'try') for (const part of [s.b, s.c ?? [], s.f ?? []]) this.statements(part)
      else if (s.k === 'switch') for (const c of s.cases) this.statements(c.b)
      else if (s.k === 'ret' && s.x) this.expression(s.x)
    }
  }

  private declarations(s: Stmt & { k: 'var' }): void {
    for (const d of s.d) if (d.i) this.declared(d.t, d.i)
  }

  private declared(pattern: Pattern, value: Expr): void {
    if (pattern.k !== 'bind') return this.expression(value)
    this.enter(value, this.binding(pattern.b))
  }

  private expression(x: Expr): void {
    if (x.k !== 'set' || !isExpression(x.l)) return
    const target = x.l
    if (target.k === 'ref') {
      this.enter(x.r, this.binding(target.b))
    } else if (target.k === 'mem') {
      const cls = this.classOf()
      const owner = target.o.k === 'this' && cls ? `${cls.n ?? 'class'}.` : shownBase(target) ?? ''
      const field = target.o.k === 'this' ? cls?.fields.find((f) => f.n === target.n) : undefined
      const property = target.o.k === 'this' && !cls ? this.property(target.n) : undefined
      if (property) return this.enter(x.r, property)
      const start = field?.q ?? target.q
      const home: Home = { unit: this.unit, name: `${owner}${target.n}`, start, end: start + target.n.length, kind: field?.static ? 'static' : target.o.k === 'this' ? 'field' : 'property' }
      this.enter(x.r, target.o.k !== 'this' ? { ...home, assigned: true } : cls && cls.n === undefined ? { ...home, nameless: true } : home)
    }
  }

  /** The class whose `this` is meant: also in arrow functions inside its methods. */
  private classOf(): FileFacts['classes'][number] | undefined {
    let fn: FnFact | undefined = this.fn
    while (fn?.kind === 'arrow' && fn.cls === undefined) fn = this.facts.functions[fn.owner]
    return fn?.cls === undefined ? undefined : this.facts.classes[fn.cls]
  }

  /** `this.x = …` in a method of an object literal that has an `x`. */
  private property(name: string): Home | undefined {
    let fn: FnFact | undefined = this.fn
    while (fn?.kind === 'arrow') fn = this.facts.functions[fn.owner]
    const service = fn && this.services.get(fn)
    const member = service?.m.find((m) => m.n === name && m.kind === 'init')
    if (!service || !member) return undefined
    const base = this.into.get(service)?.name
    return { unit: this.unit, name: base ? `${base}.${name}` : name, start: member.q, end: member.q + name.length, kind: 'property' }
  }

  private enter(value: Expr, home: Home): void {
    enter(value, home, this.into)
  }
}

/** An allocation, also behind `??`, `?:`, `await` and wrappers that give back what they are given; data inside belongs to the same place. */
const enter = (value: Expr, home: Home, into: Map<Expr, Home>): void => {
  if (into.has(value)) return
  into.set(value, home)
  if (value.k === 'log') {
    enter(value.l, home, into)
    enter(value.r, home, into)
  } else if (value.k === 'cond') {
    enter(value.c, home, into)
    enter(value.a, home, into)
  } else if (value.k === 'await') enter(value.x, home, into)
  else if (value.k === 'set') enter(value.r, home, into)
  else if (value.k === 'arr') for (const item of value.x) enter(item, home, into)
  else if (value.k === 'obj') members(value, home, into)
  else if (value.k === 'call') {
    if (value.f.k === 'mem') enter(value.f.o, home, into)
    for (const arg of value.a) if (arg.k === 'obj' || arg.k === 'arr' || arg.k === 'new') enter(arg, home, into)
  }
}

const members = (value: Expr & { k: 'obj' }, home: Home, into: Map<Expr, Home>): void => {
  const service = isService(value)
  for (const m of value.m) {
    if (m.n === undefined || m.kind !== 'init') continue
    const inner = service ? { unit: home.unit, name: `${home.name}.${m.n}`, start: m.q, end: m.q + m.n.length, kind: 'property' as const } : home
    enter(m.v, inner, into)
  }
}
