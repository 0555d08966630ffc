import type { ClassFact, Expr, FieldFact, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'
import type { Unit } from '../link/instances.js'
import { boundBy, eachExpression, isExpression } from '../link/shape.js'
import { givenMethods } from './given-methods.js'
import type { Home } from '../link/values.js'

const COLLECTION = /^(Map|Set|WeakMap|WeakSet)$/

/** An object literal with methods is a service, whose members stand for themselves; one with data and a few helpers is data. */
const isService = (site: Expr & { k: 'obj' }): boolean => {
  const functions = site.m.filter((m) => m.kind === 'method' || m.v.k === 'fn').length
  return functions > 0 && functions * 4 >= site.m.length
}

/** Also one that the file gives its methods afterwards. */
export const isServiceOf = (unit: Unit, site: Expr & { k: 'obj' }): boolean => isService(site) || givenMethods(unit).has(site)

/** `const state = { rooms: new Map(), players: new Map() }`: collections that a module keeps side by side are a thing each. */
export const isOfCollections = (site: Expr & { k: 'obj' }): boolean => site.m.filter(({ v }) => v.k === 'new' && v.f.k === 'glob' && COLLECTION.test(v.f.n)).length > 1

export const shownBase = (x: Expr | undefined): string | undefined => {
  const names: string[] = []
  let at = x?.k === 'mem' || x?.k === 'elem' ? x.o : undefined
  while (at?.k === 'mem') {
    names.unshift(at.n)
    at = at.o
  }
  if (at?.k === 'glob') names.unshift(at.n)
  // What a module exports is called by its own name.
  if (names[0] === 'module' && names[1] === 'exports') names.splice(0, 2)
  else if (names[0] === 'exports') names.shift()
  return names.length > 0 ? `${names.join('.')}.` : undefined
}

/** The object literal that each function is a method of. */
export const servicesOf = (unit: Unit): Map<FnFact, Expr & { k: 'obj' }> => {
  const services = new Map<FnFact, Expr & { k: 'obj' }>()
  const { functions } = unit.facts
  for (const fn of functions) eachExpression(fn.body, (x) => {
    if (x.k !== 'obj') return
    for (const m of x.m) {
      const method = m.v.k === 'fn' ? functions[m.v.f] : undefined
      if (method && method.kind !== 'arrow') services.set(method, x)
    }
  })
  for (const [site, methods] of givenMethods(unit)) for (const fn of methods) if (fn.kind !== 'arrow') services.set(fn, site as Expr & { k: 'obj' })
  return services
}

/** Notes which declaration each allocation of a function initialises. */
export class SiteReader {
  private readonly facts: FileFacts
  constructor(private readonly unit: Unit, private readonly fn: FnFact, private readonly into: Map<Expr, Home>, private readonly binding: (id: number) => Home, private readonly services: Map<FnFact, Expr & { k: 'obj' }>, private readonly firsts: Map<ClassFact, Map<string, number>>) {
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
    // `const [user, setUser] = createSignal()`: the pair is called by its first.
    const [first] = pattern.k === 'arrpat' && value.k === 'call' ? pattern.x : []
    const named = first?.k === 'bind' ? first : pattern
    if (named.k !== 'bind') return this.expression(value)
    this.enter(value, this.binding(named.b))
  }

  private expression(x: Expr): void {
    if (x.k !== 'set' || !isExpression(x.l)) return
    const target = x.l
    if (target.k === 'ref') {
      this.enter(x.r, this.binding(target.b))
    } else if (target.k === 'mem') {
      const cls = this.classOf()
      const owner = target.o.k === 'this' && cls ? `${cls.n ?? 'class'}.` : shownBase(target) ?? ''
      const field = target.o.k === 'this' && cls ? this.fieldOf(cls, target.n) : undefined
      const property = target.o.k === 'this' && !cls ? this.property(target.n) : undefined
      if (property) return this.enter(x.r, property)
      const start = field?.q ?? (target.o.k === 'this' && cls ? this.firstAssigned(cls, target.n) : undefined) ?? target.q
      const home: Home = { unit: this.unit, name: `${owner}${target.n}`, start, end: start + target.n.length, kind: field?.static ? 'static' : target.o.k === 'this' ? 'field' : 'property' }
      this.enter(x.r, target.o.k !== 'this' ? { ...home, assigned: true } : cls && cls.n === undefined ? { ...home, nameless: true } : home)
    }
  }

  /** The class whose `this` is meant: also in arrow functions inside its methods. */
  private classOf(): ClassFact | undefined {
    const fn = this.methodAround()
    return fn?.cls === undefined ? undefined : this.facts.classes[fn.cls]
  }

  private methodAround(): FnFact | undefined {
    let fn: FnFact | undefined = this.fn
    while (fn?.kind === 'arrow' && fn.cls === undefined) fn = this.facts.functions[fn.owner]
    return fn
  }

  /** The field that `this.name` means: a class may have a static one of the same name. */
  private fieldOf(cls: ClassFact, name: string): FieldFact | undefined {
    const named = cls.fields.filter((f) => f.n === name)
    if (named.length < 2) return named[0]
    const method = this.methodAround()
    const isStatic = cls.methods.some((m) => m.static && this.facts.functions[m.f] === method)
    return named.find((f) => !f.static === !isStatic)
  }

  /** A class of JavaScript declares a field where it first assigns it, in the constructor before elsewhere. */
  private firstAssigned(cls: ClassFact, name: string): number | undefined {
    let firsts = this.firsts.get(cls)
    if (!firsts) {
      const known = (firsts = new Map<string, number>())
      this.firsts.set(cls, known)
      const { functions, classes } = this.facts
      const own = functions.filter((fn) => fn.cls === classes.indexOf(cls))
      const ctor = cls.ctor === undefined ? undefined : functions[cls.ctor]
      for (const fn of ctor ? [ctor, ...own] : own) eachExpression(fn.body, (x) => {
        if (x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.o.k === 'this' && !known.has(x.l.n)) known.set(x.l.n, x.l.q)
      })
    }
    return firsts.get(name)
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
export const enter = (value: Expr, home: Home, into: Map<Expr, Home>): void => {
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
  const service = isServiceOf(home.unit, value) || (home.kind === 'binding' && !home.local && isOfCollections(value))
  for (const m of value.m) {
    if (m.n === undefined || m.kind !== 'init') continue
    const inner = service ? { unit: home.unit, name: `${home.name}.${m.n}`, start: m.q, end: m.q + m.n.length, kind: 'property' as const } : home
    enter(m.v, inner, into)
  }
}

/** Names that a module gives to what others export: `const { users } = require('./state')`, `const users = require('./state').users`. */
export const requiredBy = (body: Stmt[]): Set<number> => {
  const names = new Set<number>()
  for (const s of body) if (s.k === 'var') for (const d of s.d) if (d.i && isRequired(d.i)) boundBy(d.t, names)
  return names
}

const isRequired = (x: Expr): boolean => (x.k === 'mem' ? isRequired(x.o) : x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require')

/** The name that a module gives to what it requires. */
export const requires = (body: Stmt[], module: string): number | undefined => {
  for (const s of body) if (s.k === 'var') for (const d of s.d) {
    const [name] = d.i?.k === 'call' && isRequired(d.i) && d.i.a[0]?.k === 'lit' && d.i.a[0].v === module ? boundBy(d.t) : []
    if (name !== undefined) return name
  }
  return undefined
}
