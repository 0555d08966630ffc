import type { Analysis } from '../link/analysis.js'
import { ELEMENTS, HIDDEN, type ObjectValue, type Value } from '../link/values.js'
import { standsForItself } from './homes.js'
import type { Parts } from './parts.js'

const MOST_CLASSES = 2

/** What is held other than by objects. */
export interface Roots {
  /** In a static field or a binding of a module. */
  slotted: Set<Value>
  /** The same, or in a local that inner functions see. */
  seen: Set<Value>
}

/**
 * Instances that are put into a list or map while requests are served belong to it, with all that only they hold: whoever
 * reads the program sees one collection of clients, not fields of a client beside it. What start-up puts into such a
 * collection (from a file, say) belongs to it too. What something else holds as well stands for itself.
 */
export class Contained {
  /** The collection that each such instance, and what it holds, belongs to. */
  readonly containerOf = new Map<ObjectValue, ObjectValue>()
  private readonly elements = new Set<ObjectValue>()
  private readonly collections = new Set<ObjectValue>()

  /** `isTable` says that a map has a fixed set of keys: a table of services, no collection. */
  constructor(private readonly a: Analysis, private readonly parts: Parts, isTable: (list: ObjectValue) => boolean, roots: () => Roots) {
    const lists = a.objects.filter((object) => object.phase === 'startup' && object.shape !== 'exports' && object.holder.fields.has(ELEMENTS) && !isTable(object) && !isRecord(object) && !this.isWeak(object) && !this.isOfServices(object))
    const served = this.served(lists)
    this.reassigned = served.size > 0 ? this.passing() : new Set()
    if (served.size === 0) return
    const within = this.within(served)
    const collections = lists.filter((one) => this.collections.has(one))
    for (const list of [...collections.filter((one) => !within.has(one)), ...collections, ...lists]) this.collect(list, served)
    this.settle(roots())
  }

  /** Notes about objects that something else keeps. */
  private isWeak({ path }: ObjectValue): boolean {
    return path !== undefined && this.a.catalog.row(path)?.container?.weak === true
  }

  /** Classes of which requests put instances into lists. */
  private served(lists: ObjectValue[]): Set<unknown> {
    const served = new Set<unknown>()
    for (const list of lists) {
      for (const value of this.elementsOf(list)) {
        if (value.env?.phase === 'startup') continue
        served.add(classOf(value))
        this.collections.add(list)
      }
    }
    return served
  }

  /** Lists of such instances themselves (`note.parents`): what is in them has its home elsewhere, if it has one. */
  private within(served: Set<unknown>): Set<ObjectValue> {
    const within = new Set<ObjectValue>()
    for (const object of this.a.objects) if (isInstance(object) && served.has(classOf(object))) for (const [, inner] of this.held(object)) within.add(inner)
    return within
  }

  /** Each of another class: providers, strategies; things that come and go are of one or two. */
  private isOfServices(list: ObjectValue): boolean {
    return new Set(this.elementsOf(list).map((value) => classOf(value))).size > MOST_CLASSES
  }

  private elementsOf(list: ObjectValue): ObjectValue[] {
    return this.a.of(list.holder.fields.get(ELEMENTS) ?? -1).filter(isInstance)
  }

  /** Start-up may have put some there under names that are written out. */
  private keptIn(list: ObjectValue): ObjectValue[] {
    return list.cls || list.proto ? this.elementsOf(list) : [...list.holder.fields].flatMap(([name, node]) => (HIDDEN.test(name) ? [] : this.a.of(node).filter(isInstance)))
  }

  private collect(list: ObjectValue, served: Set<unknown>): void {
    for (const value of this.keptIn(list)) {
      if (!served.has(classOf(value)) || this.containerOf.has(value) || value === list) continue
      this.containerOf.set(value, list)
      this.elements.add(value)
    }
  }

  private settle({ slotted, seen }: Roots): void {
    const reached = this.reached(slotted, seen)
    for (const object of this.elements) if (reached.has(object)) this.containerOf.delete(object)
    this.addInner(reached)
  }

  /** What is held without the collections, from bindings and static fields, exports and what frameworks share. */
  private reached(slotted: Set<Value>, seen: Set<Value>): Set<Value> {
    const reached = new Set<Value>()
    const add = (value: Value): void => {
      if (value.kind === 'object' && value.phase === 'startup' && !value.found) reached.add(value)
    }
    const own = this.own()
    for (const value of slotted) add(value)
    for (const value of seen) if (!this.elements.has(value as ObjectValue) && !own.has(value)) add(value)
    for (const object of this.a.objects) if (object.shape === 'global' || object.shape === 'bag' || object.shape === 'exports') add(object)
    for (const { managed } of this.a.classes) if (managed) add(managed)
    // What is added while this goes on is visited too.
    for (const value of reached) if (value.kind === 'object') for (const [name, inner] of this.held(value)) if (this.counts(value, name, inner)) add(inner)
    return reached
  }

  /** What the instances have made, and what that has: a local that an inner function sees (`const gun = new Gun(this); later(() => gun.load())`) keeps none of it. */
  private own(): Set<Value> {
    const own = new Set<Value>(this.elements)
    const made = this.byMaker()
    // What is added while this goes on is visited too.
    for (const maker of own) for (const object of made.get(maker) ?? []) if (this.makersOf(object).every((one) => own.has(one))) own.add(object)
    return own
  }

  private byMaker(): Map<Value, ObjectValue[]> {
    const made = new Map<Value, ObjectValue[]>()
    for (const object of this.a.objects) {
      for (const maker of this.makersOf(object)) {
        const list = made.get(maker)
        if (list) list.push(object)
        else made.set(maker, [object])
      }
    }
    return made
  }

  /** The objects of whose methods it was made. */
  private makersOf({ env }: ObjectValue): readonly Value[] {
    return env ? this.a.of(env.self) : []
  }

  private *held(object: ObjectValue): Generator<[string, ObjectValue]> {
    for (const { name, objects } of this.parts.of(object)) if (!HIDDEN.test(name)) for (const inner of objects) yield [name, inner]
  }

  /** An element is at home in any collection; data that names it (`{ client, room }`), and a field that is set to now this and now that one, are no home. */
  private counts(holder: ObjectValue, name: string, value: ObjectValue): boolean {
    if (!this.elements.has(value)) return true
    return name !== ELEMENTS && standsForItself(holder) && !this.reassigned.has(name)
  }

  private readonly reassigned: ReadonlySet<string>
  /** Fields that are given another value while serving. */
  private passing(): Set<string> {
    const names = new Set<string>()
    for (const { name, inst, op } of this.a.writes) if (name !== undefined && op === '=' && inst.phase !== 'startup' && inst.fn.kind !== 'ctor' && inst.fn.kind !== 'init') names.add(name)
    return names
  }

  /** All that only instances hold, other collections left out: those are named for themselves, unless all that is in them is at home elsewhere (`note.parents`). */
  private addInner(reached: Set<Value>): void {
    const homes = new Set(this.containerOf.values())
    for (const [object, container] of this.containerOf) {
      if (object.phase !== 'startup') continue
      for (const [, inner] of this.held(object)) {
        if (inner.phase === 'startup' && !inner.found && !reached.has(inner) && !this.containerOf.has(inner) && !(this.collections.has(inner) && homes.has(inner))) this.containerOf.set(inner, container)
      }
    }
  }
}

/** `{ version: app.version, port }`: data written out with names, none of which is given an instance or a function. */
export const isRecord = ({ site }: ObjectValue): boolean => site?.k === 'obj' && site.m.some(({ n }) => n !== undefined) && site.m.every(({ kind, v }) => kind === 'init' && v.k !== 'fn' && v.k !== 'new')

/** Of a class, or of a constructor function. */
const isInstance = (value: Value): value is ObjectValue => value.kind === 'object' && (value.cls ?? value.proto) !== undefined && !value.found
const classOf = ({ cls, proto }: ObjectValue): unknown => cls ?? proto?.fn
