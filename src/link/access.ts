import type { Expr } from '../model/facts.js'
import type { Assigning } from './calls.js'
import { type Ends, endsOf, fits } from './ends.js'
import { MemberReads, PROMISED } from './member-reads.js'
import { copyMethods, mostKeys } from './own-members.js'
import { NOTHING, type Ref, constant, constantOf, isConstant } from './solver.js'
import { ELEMENTS, type ClassValue, type FnValue, type LibraryValue, type ObjectValue, type Value } from './values.js'

const NONE: readonly string[] = []

/** Reading and writing members, and what promises hold. */
export class Access extends MemberReads {
  /** The value that a promise holds; everything else is itself. */
  awaited(ref: Ref): Ref {
    if (ref === NOTHING || (isConstant(ref) && this.a.value(constantOf(ref)).kind !== 'object')) return ref
    const node = this.a.solver.node()
    this.a.solver.watch(ref, (id) => this.settle(id, node))
    return node
  }

  /** Lets what a value settles to flow into a place. */
  settle(id: number, node: number): void {
    const value = this.a.value(id)
    if (value.kind === 'object' && (value.path === 'global#Promise.new' || value.path?.startsWith('@promise'))) {
      this.a.solver.flow(this.a.field(value, PROMISED), node)
    } else this.a.solver.add(node, id)
  }

  promised(promise: ObjectValue): number {
    return this.a.field(promise, PROMISED)
  }

  // ---------------------------------------------------------------- writing

  store(base: Ref, name: string, value: Ref, by?: Assigning): void {
    if (value === NOTHING) return
    this.a.solver.watch(base, (id) => this.storeIn(this.a.value(id), name, value, by))
  }

  private storeIn(target: Value, name: string, value: Ref, by?: Assigning): void {
    const cls = target.kind === 'object' ? target.cls : target.kind === 'class' ? target : undefined
    if (cls && this.runSetter(cls, target as ObjectValue | ClassValue, name, value, by)) return
    if (target.kind === 'object' || target.kind === 'fn' || target.kind === 'class') {
      this.a.solver.flow(value, this.a.field(target, name))
      const bag = target.kind === 'object' && target.path ? this.bags.of(target.path, name) : undefined
      if (bag) this.a.solver.flow(value, this.a.field(bag, name))
    } else if (target.kind === 'lib') this.storeInLibrary(target.path, name, value)
    else if (target.kind === 'ns') this.a.solver.flow(value, this.modules.exportNode(target.unit, name))
  }

  /** Assigning to a member of a library value: kept under its path, so that later reads find it. */
  private storeInLibrary(path: string, name: string, value: Ref): void {
    const bag = this.bags.of(this.a.catalog.canonical(path), name)
    if (bag) this.a.solver.flow(value, this.a.field(bag, name))
  }

  private runSetter(cls: ClassValue, self: ObjectValue | ClassValue, name: string, value: Ref, by: Assigning | undefined, depth = 0): boolean {
    const setter = this.methodsOf(cls, name).find((m) => !m.static === (self.kind === 'object') && m.kind === 'set')
    if (setter) this.calls.runSetter(this.a.fnValue(cls.unit, setter.f, cls.env, self), self, value, by)
    if (setter || depth > 4 || cls.parent === NOTHING) return setter !== undefined
    return this.a.of(cls.parent).some((parent) => parent.kind === 'class' && this.runSetter(parent, self, name, value, by, depth + 1))
  }

  storeKey(base: Ref, key: Ref, value: Ref, ends?: Ends): void {
    if (value === NOTHING) return
    this.a.solver.watch(base, (id) => this.onceKnown(key, () => this.storeUnder(this.a.value(id), key, value, ends)))
  }

  private storeUnder(target: Value, key: Ref, value: Ref, ends: Ends | undefined): void {
    const known = this.literalKeys(key)
    if (known.length > 0 && known.length <= mostKeys(target)) for (const name of known) this.storeIn(target, name, value)
    else if (ends && target.kind === 'object') this.storeNamed(target, ends, value)
    else if (target.kind === 'object' || target.kind === 'fn') this.a.solver.flow(value, this.a.field(target, ELEMENTS))
  }

  /** Under all names that begin and end so, and for whoever reads by a key that nobody knows. */
  private storeNamed(target: ObjectValue, ends: Ends, value: Ref): void {
    this.a.solver.flow(value, this.a.field(target, `@${ends.before}*${ends.after}`))
    target.holder.onField((name, field) => { if (fits(name, ends)) this.a.solver.flow(value, field) })
  }

  private literalKeys(key: Ref): string[] {
    const names: string[] = []
    for (const id of this.a.solver.values(key)) {
      const value = this.a.value(id)
      if (value.kind !== 'lit' || typeof value.value !== 'string') return []
      names.push(value.value)
    }
    return names
  }

  /** A member of an object literal. */
  storeProperty(target: ObjectValue, name: string | undefined, key: Ref, value: Ref): void {
    if (name !== undefined) {
      const node = this.a.field(target, name)
      this.a.solver.flow(value, node)
      return
    }
    this.storeKey(constant(target.id), key, value)
  }

  /** `service[req.params.action](req)`: a method of an instance by a name that nobody knows, or of which it is written how it begins or ends. */
  anyMethod(self: Ref, key: Ref, written: Expr, into: Ref): void {
    const ends = endsOf(written)
    this.a.solver.watch(self, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'object' || !value.cls || value.found) return
      const { cls } = value
      let done = false
      const all = (): void => {
        if (!done) this.eachMethod(cls, (name) => { if (!ends || fits(name, ends)) this.a.solver.flow(this.load(constant(id), name), into) })
        done = true
      }
      this.a.solver.watch(key, (known) => { if (this.a.value(known).kind !== 'lit') all() })
      this.onceKnown(key, () => { if (this.a.solver.size(key) === 0) all() })
    })
  }

  private eachMethod(cls: ClassValue, see: (name: string) => void, seen = new Set<ClassValue>()): void {
    if (seen.has(cls)) return
    seen.add(cls)
    for (const { n, kind, static: isStatic } of cls.cls.methods) if (kind === 'method' && !isStatic) see(n)
    if (cls.parent !== NOTHING) this.a.solver.watch(cls.parent, (id) => {
      const parent = this.a.value(id)
      if (parent.kind === 'class') this.eachMethod(parent, see, seen)
    })
  }

  /** Spread and `Object.assign`: each field of the sources is a field of the target, but those that are written over at once. */
  copyFields(from: Ref, target: ObjectValue | FnValue | ClassValue, over: readonly string[] = NONE): void {
    this.a.solver.watch(from, (id) => {
      const source = this.a.value(id)
      if (source.kind === 'ns') this.modules.eachExport(source.unit, (name, node) => { if (!over.includes(name)) this.a.solver.flow(node, this.a.field(target, name)) })
      if (source.kind === 'lib') this.copyNamed(source, target)
      if (source.kind !== 'object' && source.kind !== 'fn' && source.kind !== 'class') return
      if (source === target || source.kind === 'object' && (source.shape === 'global' || source.shape === 'bag')) return
      let left = mostKeys(source) * 4
      source.holder.onField((name, node) => {
        if (name !== '__proto__' && name !== 'prototype' && !over.includes(name) && left-- > 0) this.a.solver.flow(node, this.a.field(target, name))
      })
      if (source.kind === 'object' && source.cls && target.kind === 'object') copyMethods(this.a, source.cls, source, target)
    })
  }

  /** `{ sequelize, ...sequelize.models }`: a library's table, which holds something under any name. */
  private copyNamed({ id, path }: LibraryValue, target: ObjectValue | FnValue | ClassValue): void {
    if (!this.a.catalog.row(this.a.catalog.member(path, '@any'))?.property) return
    const written = target.kind === 'object' && target.site?.k === 'obj' ? target.site.m.map(({ n }) => n) : []
    target.holder.onField((name, node) => {
      if (!written.includes(name) && !name.startsWith('@')) this.a.solver.flow(this.load(constant(id), name), node)
    })
  }

  /** What a library hands on in each request as its own: an object of a class has the getters of that class, too. */
  putOn(from: Ref, target: ObjectValue): void {
    this.copyFields(from, target)
    this.a.solver.watch(from, (id) => {
      const source = this.a.value(id)
      const getters = source.kind === 'object' && source.cls ? source.cls.cls.methods.filter((method) => method.kind === 'get' && !method.static) : []
      for (const { n } of getters) this.a.solver.flow(this.load(constant(id), n), this.a.field(target, n))
    })
  }
}
