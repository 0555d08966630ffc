import { PROMISES } from '../catalog/packages.js'
import type { Expr } from '../model/facts.js'
import { BUILTIN_HANDLERS } from './builtin-handlers.js'
import type { Context, Instance } from './instances.js'
import { KeyedMaps } from './keyed-maps.js'
import type { Application, Library } from './library.js'
import { MemberPairs } from './member-pairs.js'
import { primitiveResult } from './primitives.js'
import { bound } from './binding.js'
import { bodyOf, eachElement } from './rounds.js'
import { handsOnFrom } from './proxied.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, type FnValue, type ObjectValue } from './values.js'

const ITERATING = new Set(['map', 'flatMap', 'forEach', 'filter', 'find', 'findLast', 'findIndex', 'some', 'every', 'sort', 'reduce', 'reduceRight', 'toSorted', 'partition'])
const SAME_ELEMENTS = new Set(['filter', 'slice', 'concat', 'reverse', 'sort', 'splice', 'toSorted', 'toReversed', 'flat', 'values', 'fill'])
const OF_TEXTS_TOO = new Set(['slice', 'concat', 'at', 'includes', 'indexOf', 'lastIndexOf'])
const ONE_ELEMENT = new Set(['find', 'findLast', 'pop', 'shift', 'at'])
/** A member that is asked for by its path lies no deeper than this. */
const DEEPEST_PATH = 6

/** Paths of event emitters: the bus is the object, an event is a field of it. */
const EMITTER = /^(node:events#(default|EventEmitter)|eventemitter2#(default|EventEmitter2)|eventemitter3#(default|EventEmitter)|eventemitter-strict#EventEmitter|tseep#EventEmitter|tiny-typed-emitter#TypedEmitter|strict-event-emitter#Emitter|mitt#default\(\)|tiny-emitter#default|emittery#default)\.new$|^mitt#default\(\)$/
const LISTEN = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'])

/** Is a promise made there? */
const isPromise = (path: string): boolean => PROMISES.some(([at]) => at === path)

/** Is it a method of an emitter? */
export const isOfEmitter = (path: string): boolean => EMITTER.test(path.slice(0, path.lastIndexOf('.')))

/** How values flow through JavaScript's own functions: arrays, maps, promises, `call` and `bind`, event emitters. */
export class Builtins {
  readonly pairs: MemberPairs
  private readonly maps: KeyedMaps

  constructor(readonly library: Library) {
    this.maps = new KeyedMaps(library.a)
    this.pairs = new MemberPairs(library)
  }

  /** Handles a built-in; says whether it did. */
  call(made: Application): boolean {
    if (this.emitter(made)) return true
    const handler = BUILTIN_HANDLERS[made.path]
    if (handler && handler(this, made) !== false) return true
    const array = /^global#Array\.new\.(\w+)$/.exec(made.path)?.[1]
    // What is read from a file may be a text as well as a list.
    if (array && made.recv?.kind === 'object' && made.recv.shape === 'object' && OF_TEXTS_TOO.has(array)) return true
    if (array && made.recv?.kind === 'object') {
      this.array(made, array, made.recv)
      return true
    }
    return this.libraryList(made)
  }

  private get a(): Library['a'] {
    return this.library.a
  }

  // ---------------------------------------------------------------- arrays

  private array(made: Application, name: string, list: ObjectValue): void {
    const elements = this.a.field(list, ELEMENTS)
    if (name === 'push' || name === 'unshift' || name === 'fill') for (const arg of made.args) this.a.solver.flow(arg, elements)
    if (name === 'splice') for (const arg of made.args.slice(2)) this.a.solver.flow(arg, elements)
    if (ITERATING.has(name)) this.iterate(made, name, elements, list)
    if (made.result < 0) return
    if (SAME_ELEMENTS.has(name)) {
      const out = this.listInto(made)
      this.a.solver.flow(elements, out)
      if (name === 'concat') for (const arg of made.args) this.joined(arg, out)
      if (name === 'flat') this.library.access.elementsInto(elements, out)
      if (name === 'sort' || name === 'reverse' || name === 'fill') this.a.solver.add(made.result, list.id)
    } else if (ONE_ELEMENT.has(name)) this.a.solver.flow(elements, made.result)
    else if (name !== 'map' && name !== 'flatMap' && name !== 'reduce') this.a.solver.add(made.result, this.a.library(primitiveResult(made.path) ?? 'global#Number.new').id)
  }

  /** `[].concat(handlers)`: the elements of a list, or what is none. */
  private joined(arg: Ref, out: number): void {
    this.library.access.elementsInto(arg, out)
    this.a.solver.watch(arg, (id) => { if (this.a.value(id).kind === 'fn') this.a.solver.add(out, id) })
  }

  private iterate(made: Application, name: string, elements: Ref, list: ObjectValue): void {
    const callback = made.args[0]
    if (callback === undefined) return
    const folds = name === 'reduce' || name === 'reduceRight'
    const out = made.result < 0 ? NOTHING : name === 'map' || name === 'flatMap' ? this.listInto(made) : folds ? made.result : NOTHING
    if (folds && made.args[1] !== undefined && made.result >= 0) this.a.solver.flow(made.args[1], made.result)
    const given = (element: Ref): Ref[] => (folds ? [made.result >= 0 ? made.result : NOTHING, element] : name === 'sort' ? [element, element] : [element, NOTHING, constant(list.id)])
    if (name !== 'forEach' && name !== 'map' && !folds) return this.library.functions(callback, (fn) => this.run(made, fn, given(elements), out))
    const body = bodyOf(made.inst, made.site.k === 'call' ? made.site.a[0] : undefined)
    eachElement(this.library.ev, made.inst, elements, body, (element, context) => {
      this.library.functions(callback, (fn) => this.run(made, fn, given(element), out, context))
    })
  }

  run(made: Application, fn: FnValue, args: Ref[], result: Ref, context?: Context): void {
    this.library.calls.invoke(made.inst, made.site, fn, [], args, result, context && { context })
  }

  /** Place of the elements of the array that a call results in. */
  listInto(made: Application): number {
    const list = this.a.allocate(made.inst, made.site, 'array', { path: 'global#Array.new' })
    if (made.result >= 0) this.a.solver.add(made.result, list.id)
    return this.a.field(list, ELEMENTS)
  }

  /** `Array.from(list)`, `Array.from({ length: 3 }, () => [])`: what the function gives for each, where there is one. */
  listFrom(made: Application): void {
    const out = this.listInto(made)
    const [from, each] = made.args
    if (each === undefined) return this.library.access.elementsInto(from ?? NOTHING, out)
    const element = this.library.access.iterated(from ?? NOTHING)
    this.library.functions(each, (fn) => this.run(made, fn, [element, NOTHING], out))
  }

  /** `rows.map(…)` on a list that a library made: the callback is given its elements. */
  private libraryList(made: Application): boolean {
    const at = made.path.lastIndexOf('.')
    const name = made.path.slice(at + 1)
    if (at < 0 || !ITERATING.has(name) || this.a.catalog.row(made.path)) return false
    const callback = made.args[0]
    if (callback === undefined) return false
    const base = made.path.slice(0, at)
    const element = constant(this.a.library(this.a.catalog.member(base, ELEMENTS)).id)
    const out = made.result < 0 ? NOTHING : name === 'map' || name === 'flatMap' ? this.listInto(made) : NOTHING
    const folds = name.startsWith('reduce')
    this.library.functions(callback, (fn) => this.run(made, fn, folds ? [made.result, element] : [element], folds ? made.result : out))
    // `Effect.flatMap(task, fn)`, `util.each(list, fn)`: functions of a package take the list first.
    if (!folds && made.args[1] !== undefined) this.library.functions(made.args[1], (fn) => this.run(made, fn, [this.library.access.iterated(callback)], out))
    if (folds && made.args[1] !== undefined && made.result >= 0) this.a.solver.flow(made.args[1], made.result)
    if (made.result >= 0 && SAME_ELEMENTS.has(name)) this.a.solver.add(made.result, this.a.library(base).id)
    if (made.result >= 0 && ONE_ELEMENT.has(name)) this.a.solver.flow(element, made.result)
    return true
  }

  /** `new Map(entries)`, `new Set(list)`: what is in it from the start. */
  filled(made: ObjectValue, args: Ref[]): void {
    const [from] = args
    if (from === undefined) return
    if (made.path === 'global#Set.new') this.library.access.elementsInto(from, this.a.field(made, ELEMENTS))
    if (made.path === 'global#Map.new') {
      this.a.solver.watch(this.library.access.iterated(from), (id) => {
        const key = this.library.access.position(constant(id), 0)
        this.maps.set(made, key, this.library.access.position(constant(id), 1))
        this.a.solver.flow(key, this.a.field(made, '@keys'))
      })
    }
  }

  // ---------------------------------------------------------------- promises

  /** Says whether it is something of the language's own, or as good as that. */
  construct(path: string, inst: Instance, site: Expr, args: Ref[], result: number): boolean {
    if (!isPromise(path)) return path === 'global#Proxy' && this.proxy(inst, site, args, result)
    this.promise(inst, site, args, result)
    return true
  }

  /** `new Promise((resolve, reject) => …)`. */
  private promise(inst: Instance, site: Expr, args: Ref[], result: number): void {
    const made = this.a.allocate(inst, site, 'library', { path: 'global#Promise.new' })
    this.a.solver.add(result, made.id)
    const resolve = constant(this.a.library('global#Promise.resolver', made).id)
    const reject = constant(this.a.library('global#Promise.rejecter', made).id)
    const application: Application = { inst, site, path: 'global#Promise', recv: made, args, result: NOTHING }
    if (args[0] !== undefined) this.library.functions(args[0], (fn) => this.run(application, fn, [resolve, reject], NOTHING))
  }

  /** `const { promise, resolve, reject } = Promise.withResolvers()`. */
  withResolvers(made: Application): void {
    if (made.result < 0) return
    const object = this.a.allocate(made.inst, made.site, 'object')
    if (this.a.of(this.a.field(object, 'promise')).length > 0) return this.a.solver.add(made.result, object.id)
    const promise = this.a.allocate(made.inst, made.site, 'library', { path: 'global#Promise.new' })
    this.a.solver.add(this.a.field(object, 'promise'), promise.id)
    this.a.solver.add(this.a.field(object, 'resolve'), this.a.library('global#Promise.resolver', promise).id)
    this.a.solver.add(this.a.field(object, 'reject'), this.a.library('global#Promise.rejecter', promise).id)
    this.a.solver.add(made.result, object.id)
  }

  /** A proxy of an empty object has what its handler gets; says whether it is one. */
  private proxy(inst: Instance, site: Expr, args: Ref[], result: number): boolean {
    const [target, handler] = site.k === 'new' ? site.a : []
    const get = handler?.k === 'obj' ? handler.m.find(({ n }) => n === 'get')?.v : undefined
    if (target?.k !== 'obj' || target.m.length > 0 || get?.k !== 'fn') return false
    const made = this.a.allocate(inst, site, 'object')
    this.a.solver.add(result, made.id)
    const elements = this.a.field(made, ELEMENTS)
    if (args[1] !== undefined) this.library.functions(this.library.access.load(args[1], 'get'), (fn) => {
      const run = this.library.calls.invoke(inst, site, fn, [], [constant(made.id), NOTHING], elements)
      // A client that is made when it is first asked for something: the proxy is as good as it.
      const behind = run && handsOnFrom(fn.fn)
      if (behind) this.a.solver.flow(this.library.ev.expression(run, behind), result)
    })
    return true
  }

  settled(made: Application): void {
    const { recv } = made
    const held = this.a.solver.node()
    if (recv) this.library.access.settle(recv.id, held)
    const isThen = made.path.endsWith('.then')
    // What a written function makes of it comes out, no longer what went in.
    const [next] = isThen && made.site.k === 'call' ? made.site.a : []
    if (made.result >= 0 && next?.k !== 'fn') this.a.solver.flow(held, made.result)
    for (const arg of made.args) this.library.functions(arg, (fn) => this.run(made, fn, isThen ? [held] : [], made.result))
    // `new Promise((resolve) => { load().then(resolve) })`
    if (isThen && made.args[0] !== undefined && next?.k !== 'fn') this.a.solver.watch(made.args[0], (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lib' && value.path === 'global#Promise.resolver') this.resolver({ ...made, path: value.path, recv: value.recv, args: [held], result: NOTHING })
    })
  }

  // ---------------------------------------------------------------- functions

  /** `f.call(this, …)`, `f.apply(this, list)`, `f.bind(this)`. */
  callThrough(made: Application, how: 'call' | 'apply'): void {
    const fn = made.recv
    if (fn?.kind !== 'fn') return
    const self = made.args[0] ?? NOTHING
    const args = how === 'call' ? made.args.slice(1) : this.applied(fn, made.args[1])
    this.library.calls.invoke(made.inst, made.site, fn, [], args, made.result, { self })
  }

  private applied(fn: FnValue, list: Ref | undefined): Ref[] {
    if (list === undefined) return []
    return fn.fn.params.map((_, i) => this.library.access.position(list, i))
  }

  bind(made: Application): void {
    if (made.recv?.kind === 'fn') bound(this.a, made, made.recv, { from: 1, self: 0 })
  }

  // ---------------------------------------------------------------- event emitters

  private emitter(made: Application): boolean {
    const at = made.path.lastIndexOf('.')
    const { recv } = made
    if (recv?.kind !== 'object' || !isOfEmitter(made.path)) return false
    const name = made.path.slice(at + 1)
    if (LISTEN.has(name)) this.listen(made, recv)
    else if (name === 'emit' || name === 'emitAsync') this.emit(made, recv)
    else return false
    if (made.result >= 0) this.a.solver.add(made.result, recv.id)
    return true
  }

  private events(ref: Ref | undefined): string[] {
    const names = this.library.arguments.texts(ref)
    return names.length > 0 ? names.map((name) => `@on:${name}`) : ['@on:*']
  }

  private listen(made: Application, bus: ObjectValue): void {
    for (const event of this.events(made.args[0])) if (made.args[1] !== undefined) this.a.solver.flow(made.args[1], this.a.field(bus, event))
  }

  /** In a listener `this` is the emitter. */
  private emit(made: Application, bus: ObjectValue): void {
    const given = made.args.slice(1)
    const fire = (node: number): void => this.library.functions(node, (fn) => this.library.calls.invoke(made.inst, made.site, fn, [], given, NOTHING, { self: constant(bus.id) }))
    const events = this.events(made.args[0])
    for (const event of events) fire(this.a.field(bus, event))
    if (!events.includes('@on:*')) fire(this.a.field(bus, '@on:*'))
    else bus.holder.onField((name, node) => name.startsWith('@on:') && name !== '@on:*' && fire(node))
  }

  // ---------------------------------------------------------------- objects

  /** A symbol is told apart by its text: members that it names are known as those of texts are. */
  symbol(made: Application): void {
    if (made.result < 0) return
    const text = made.args[0]
    if (text === undefined) this.a.solver.add(made.result, this.a.literal(`Symbol(${made.inst.unit.path}:${made.site.p})`).id)
    else this.a.solver.watch(text, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit') this.a.solver.add(made.result, this.a.literal(`Symbol(${String(value.value)})`).id)
    })
  }

  assign(made: Application): void {
    const [target, ...sources] = made.args
    if (target === undefined) return
    if (made.result >= 0) this.a.solver.flow(target, made.result)
    this.a.solver.watch(target, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' || value.kind === 'fn' || value.kind === 'class') for (const source of sources) this.library.access.copyFields(source, value)
    })
  }

  /** `Object.create(proto)`, `Object.setPrototypeOf(o, proto)`. */
  inherit(target: Ref, proto: Ref | undefined): void {
    if (proto === undefined) return
    this.a.solver.watch(target, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object') this.a.solver.flow(proto, this.a.field(value, '__proto__'))
    })
  }

  create(made: Application): void {
    const object = this.a.allocate(made.inst, made.site, 'object')
    if (made.result >= 0) this.a.solver.add(made.result, object.id)
    this.inherit(constant(object.id), made.args[0])
  }

  define(made: Application): void {
    const [target, name, descriptor] = made.args
    if (target === undefined || descriptor === undefined) return
    const value = this.library.access.load(descriptor, 'value')
    const got = this.a.solver.node()
    this.library.functions(this.library.access.load(descriptor, 'get'), (fn) => this.run(made, fn, [], got))
    for (const text of this.library.arguments.texts(name)) {
      this.library.access.store(target, text, value)
      this.library.access.store(target, text, got)
    }
  }

  /** `Object.fromEntries(Object.entries(o).map(([name, fn]) => [name, wrap(fn)]))` */
  fromEntries(made: Application): void {
    if (made.result < 0) return
    const object = this.a.allocate(made.inst, made.site, 'object')
    this.a.solver.add(made.result, object.id)
    const { access } = this.library
    this.a.solver.watch(access.iterated(made.args[0] ?? NOTHING), (id) => access.storeKey(constant(object.id), access.position(constant(id), 0), access.position(constant(id), 1)))
  }

  listOf(made: Application, what: Ref): void {
    this.a.solver.flow(what, this.listInto(made))
  }

  // ---------------------------------------------------------------- maps

  /** Reading of a Map's values: `get`, `values`, `forEach`. */
  mapRead(made: Application, into: 'one' | 'list' | 'callback' | 'entries'): void {
    if (made.recv?.kind !== 'object') return
    const map = made.recv
    const elements = this.a.field(map, ELEMENTS)
    if (into === 'callback') {
      const given = [elements, this.a.field(map, '@keys'), constant(map.id)]
      if (made.args[0] !== undefined) this.library.functions(made.args[0], (fn) => this.run(made, fn, given, NOTHING))
    } else if (made.result < 0) return
    else if (into === 'one') this.maps.get(map, made.args[0], made.result)
    else if (into === 'list') this.listOf(made, elements)
    else this.library.access.mapEntry(map, this.listInto(made))
  }

  mapSet(made: Application): void {
    if (made.recv?.kind !== 'object') return
    const [key, value] = made.args
    if (value !== undefined) this.maps.set(made.recv, key, value)
    if (key !== undefined) this.a.solver.flow(key, this.a.field(made.recv, '@keys'))
    if (made.result >= 0) this.a.solver.add(made.result, made.recv.id)
  }

  setAdd(made: Application): void {
    if (made.recv?.kind !== 'object') return
    if (made.args[0] !== undefined) this.a.solver.flow(made.args[0], this.a.field(made.recv, ELEMENTS))
    if (made.result >= 0) this.a.solver.add(made.result, made.recv.id)
  }

  passThrough(made: Application, index = 0): void {
    const arg = made.args[index]
    if (arg !== undefined && made.result >= 0) this.a.solver.flow(arg, made.result)
  }

  /** What stands at a path that is written down, or what is given for when nothing does. */
  memberAt(made: Application): void {
    const [object, path, instead] = made.args
    if (object === undefined || path === undefined || made.result < 0) return
    if (instead !== undefined) this.a.solver.flow(instead, made.result)
    this.a.solver.watch(path, (id) => {
      const value = this.a.value(id)
      const names = value.kind === 'lit' && typeof value.value === 'string' ? value.value.split('.') : []
      if (names.length === 0 || names.length > DEEPEST_PATH || !names.every((name) => /^[\w$-]+$/.test(name))) return
      this.a.solver.flow(names.reduce((at, name) => this.library.access.load(at, name), object), made.result)
    })
  }

  /** `Promise.all(list)`: a list of what the elements settle to. */
  all(made: Application): void {
    this.passThrough(made)
    if (made.result < 0 || made.args[0] === undefined) return
    this.a.solver.flow(this.library.access.awaited(this.library.access.iterated(made.args[0])), this.listInto(made))
  }

  // ---------------------------------------------------------------- promises of `new Promise`

  resolver(made: Application): void {
    if (made.recv?.kind === 'object' && made.args[0] !== undefined) this.a.solver.flow(made.args[0], this.library.access.promised(made.recv))
  }
}
