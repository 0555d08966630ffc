import type { AccessModel } from '../model/catalog.js'
import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { Analysis, LibraryCall, ReadRecord, WriteRecord } from '../link/analysis.js'
import { Arguments, type Given } from '../link/arguments.js'
import type { Instance, Unit } from '../link/instances.js'
import { isExpression } from '../link/shape.js'
import type { Library } from '../link/library.js'
import { NOTHING, type Ref } from '../link/solver.js'
import { ELEMENTS, HIDDEN, type FnValue, type Home, type ObjectValue, type Value } from '../link/values.js'
import { Around } from './around.js'
import { markAside } from './aside.js'
import { Errors } from './errors.js'
import { BindingKeys, exportedKey, keyOfBinding } from './binding-keys.js'
import { isCarried, isMadeAtStart } from './carried.js'
import type { Cell, CellWrite } from './cell.js'
import { Contained, isRecord } from './contained.js'
import { Homes, isRenewal, standsForItself } from './homes.js'
import { ModuleStores } from './module-stores.js'
import { completes } from './once.js'
import { isOfOwnCopy } from './own-copies.js'
import { OwnProcesses } from './own-processes.js'
import { isOfPage } from './page.js'
import { rootsOf } from './roots.js'
import { sharedBy } from './shared.js'
import { withoutScattered } from './scattered.js'
import { isGivenWhole } from './given-whole.js'
import { argument, assigned, keyOf } from './written-keys.js'
import { markRead } from './taken-names.js'

export type { Cell, CellRead, CellWrite } from './cell.js'

/** What lives as long as the process, and holds objects. */
interface Slot {
  objects: readonly ObjectValue[]
  home: () => Home | undefined
}

/** Finds the cells that something other than start-up writes. */
export class Cells {
  readonly all: Cell[] = []
  private readonly byPlace = new Map<string, Cell>()
  private readonly held = new Map<ObjectValue, Home>()
  /** Of the held ones those that are inside another object. */
  private readonly nested = new Set<ObjectValue>()
  private containerOf = new Map<ObjectValue, ObjectValue>()
  private readonly ofContent = new Map<ObjectValue, Cell>()
  private readonly around: Around
  private readonly ofField = new Map<ObjectValue | FnValue | Value, Map<string, Cell>>()
  private readonly ofBinding = new Map<number, Cell>()
  private readonly given: Arguments
  private readonly keys: BindingKeys
  private readonly stores: ModuleStores
  private readonly errors: Errors

  constructor(private readonly a: Analysis, readonly homes: Homes, library: Library, private readonly isOutside: (made: ObjectValue) => boolean) {
    this.given = library.arguments
    this.keys = new BindingKeys(a, library.access.modules)
    this.stores = new ModuleStores(a)
    this.errors = new Errors(a)
    this.around = new Around(homes, this.ofContent)
    this.findHeld()
    const others = new OwnProcesses(a)
    for (const write of a.writes) if (write.inst.phase !== 'startup' && !isOfPage(write.site) && !others.runs(write.inst)) this.write(write)
    for (const call of a.calls) if (call.inst.phase !== 'startup' && !isOfPage(call.site) && !others.runs(call.inst)) this.mutation(call)
    this.dropFilled()
    for (const read of a.reads) this.read(read)
    for (const call of a.calls) if (call.inst.phase !== 'startup') this.access(call)
    markAside(this.all)
    this.all.sort((x, y) => x.home.unit.index - y.home.unit.index || x.home.start - y.home.start)
  }

  /**
   * What a request made and still fills is no state yet: it becomes some where it is put in a cell, which is a change of that cell.
   * What only loses members that are written down (`delete user._id`) is the same after the first request.
   */
  private dropFilled(): void {
    const kept = this.all.filter((cell) => cell.writes.some((w) => !w.filling && ((w.kind !== 'delete' && w.site.k !== 'del') || w.key !== NOTHING)))
    this.all.length = 0
    for (const cell of withoutScattered(kept)) this.all.push(cell)
  }

  // ---------------------------------------------------------------- what outlives a request

  /** Objects made while serving that something long-lived holds. */
  private findHeld(): void {
    const slots = this.slots()
    this.promoteSingletons(slots)
    this.containerOf = new Contained(this.a, this.homes.parts, (list) => this.isTable(list), () => rootsOf(this.a, this.homes)).containerOf
    const queue: ObjectValue[] = []
    const hold = (objects: readonly ObjectValue[], nested: boolean, home: () => Home | undefined): void => {
      for (const object of objects) {
        if (object.found || object.anew || object.phase === 'startup' || this.held.has(object) || this.isOfRequest(object)) continue
        const found = home()
        if (!found) return
        this.held.set(object, found)
        if (nested) this.nested.add(object)
        queue.push(object)
      }
    }
    const { parts } = this.homes
    for (const object of this.a.objects) {
      if (object.phase !== 'startup' || object.ofScript || object.path?.startsWith('@promise')) continue
      for (const { name, objects } of parts.of(object)) if (!HIDDEN.test(name) && !(name === ELEMENTS && isRecord(object)) && !this.homes.isOnlyRenewed(object, name)) hold(objects, name === ELEMENTS || !standsForItself(object), () => this.place(object, name))
    }
    for (const { objects, home } of slots) hold(objects, false, home)
    for (let i = 0; i < queue.length; i++) {
      const object = queue[i] as ObjectValue
      const home = this.held.get(object) as Home
      for (const { name, objects } of parts.of(object)) if (!HIDDEN.test(name)) hold(objects, true, () => home)
    }
  }

  /** What a framework gives to one request is that request's, whoever else holds it for a while. */
  private isOfRequest(object: ObjectValue): boolean {
    return object.shape === 'library' && object.path !== undefined && this.a.catalog.row(object.path)?.owned === 'request'
  }

  /** Static fields, module bindings and captured locals: slots that live as long as the process. */
  private slots(): Slot[] {
    const slots: Slot[] = []
    // `turn = turn.then(work)`: who waits for a turn is given what the work before it came to, and nobody keeps that.
    const chains = new Set(this.a.writes.flatMap(({ inst, binding, site }) => (binding !== undefined && site.k === 'set' && isGoingOn(site.r, binding) ? [keyOfBinding(inst.unit, binding)] : [])))
    for (const cls of this.a.classes) for (const { name, objects } of this.homes.parts.of(cls)) slots.push({ objects, home: () => this.homes.field(cls, name) })
    for (const inst of this.a.instances) {
      if (inst.phase !== 'startup' || inst.ofScript || this.homes.repeated.has(inst)) continue
      for (const [id, node] of inst.locals) {
        const objects = this.isAssignable(inst.unit, id) && !chains.has(keyOfBinding(inst.unit, id)) && !this.a.of(node).some(isText) ? this.homes.parts.at(node) : []
        if (objects.length > 0) slots.push({ objects, home: () => this.homes.binding(inst.unit, id) })
      }
    }
    return slots
  }

  /** What start-up code has bound once holds nothing that a request makes; only an assignment puts it there. */
  private isAssignable(unit: Unit, id: number): boolean {
    const kind = unit.facts.bindings[id]?.kind
    return kind !== 'const' && kind !== 'param' && this.homes.outlives(unit, id)
  }

  /** An instance that a request makes and a long-lived slot keeps (`getInstance()`) is a singleton: its fields are process memory. */
  private promoteSingletons(slots: readonly Slot[]): void {
    const listed = this.listed(slots)
    const { parts } = this.homes
    const promoteIn = (holder: ObjectValue): void => {
      for (const { name, objects } of parts.of(holder)) if (name !== ELEMENTS && !HIDDEN.test(name)) promote(objects)
    }
    // Its lists are the process's as well, though what is in them comes and goes.
    const promoteLists = (holder: ObjectValue): void => {
      for (const { objects } of parts.of(holder)) for (const list of objects) if (isListOf(list, holder)) list.phase = 'startup'
    }
    const promote = (objects: readonly ObjectValue[]): void => {
      for (const object of objects) {
        if (!object.cls || object.found || object.anew || object.phase === 'startup' || listed.has(object)) continue
        object.phase = 'startup'
        promoteLists(object)
        promoteIn(object)
      }
    }
    for (const { objects } of slots) promote(objects)
    for (const object of this.a.objects.slice()) if (object.phase === 'startup' && object.cls && !object.ofScript) promoteIn(object)
  }

  /** Instances that come and go in a collection: a slot that holds one of them for a while makes it no singleton. */
  private listed(slots: readonly Slot[]): Set<Value> {
    const listed = new Set<Value>()
    const ofSlots = new Set(slots.flatMap(({ objects }) => objects.flatMap((one) => (one.cls ? this.homes.parts.of(one).flatMap((part) => part.objects.filter((list) => isListOf(list, one))) : []))))
    for (const object of this.a.objects) {
      const elements = (object.phase === 'startup' || ofSlots.has(object)) && object.shape !== 'exports' ? object.holder.fields.get(ELEMENTS) : undefined
      if (elements === undefined || this.isTable(object)) continue
      const held = this.a.of(elements).filter((value) => value.kind === 'object' && value.cls !== undefined && value.phase !== 'startup')
      if (new Set(held.map((value) => (value as ObjectValue).cls)).size <= 2) for (const value of held) listed.add(value)
    }
    return listed
  }

  private putKeys: Map<ObjectValue, boolean> | undefined
  /** Are all keys that are ever put into a map written out: a table of services? */
  private isTable(list: ObjectValue): boolean {
    this.putKeys ??= this.findTables()
    return this.putKeys.get(list) ?? false
  }

  private findTables(): Map<ObjectValue, boolean> {
    const tables = new Map<ObjectValue, boolean>()
    for (const call of this.a.calls) {
      const access = call.row?.access
      if (access?.op !== 'write' || access.key === undefined || access.value === undefined) continue
      const fixed = this.given.values(access.key, call)
      const isFixed = fixed.length > 0 && fixed.every((value) => value.kind === 'lit')
      for (const target of this.targets(call, access)) if (target.kind === 'object') tables.set(target, isFixed && (tables.get(target) ?? true))
    }
    return tables
  }

  /** The cell that a member of an object is or belongs to; nothing for what dies with its request. */
  private place(object: ObjectValue, name: string | undefined): Home | undefined {
    if (object.phase !== 'startup') return this.held.get(object)
    if (object.ofScript || object.path?.startsWith('@promise') || this.errors.has(object)) return undefined
    const container = this.containerOf.get(object)
    if (container && container !== object) return this.homes.of(container)
    if (name !== undefined && name !== ELEMENTS && standsForItself(object)) return this.homes.field(object, name)
    return this.homes.of(object)
  }

  // ---------------------------------------------------------------- writes

  private write(write: WriteRecord): void {
    const valueExpr = assigned(write.site.k === 'set' ? write.site.r : undefined)
    const keyExpr = write.site.k === 'set' || write.site.k === 'upd' || write.site.k === 'del' ? keyOf(write.site) : undefined
    const kind = write.op === 'delete' ? 'delete' : write.op === '=' || write.op === '??=' || write.op === '||=' || write.op === '&&=' ? 'assign' : 'update'
    const made: CellWrite = { inst: write.inst, site: write.site, kind, op: write.op, key: write.key ?? NOTHING, keyExpr, value: write.value, valueExpr }
    if (write.binding !== undefined && write.owner) return this.bindingWrite(write, write.owner, made)
    if (isInitialisation(write) || isOfOwnCopy(write)) return
    const targets = named(this.a.of(write.base ?? NOTHING))
    // Functions among objects were taken for these: nobody keeps state on a function that may as well be a row.
    const isMixed = targets.some(({ kind }) => kind === 'object')
    const isOfRequest = targets.some((value) => isCarried(this.a, value))
    for (const value of targets) if (!(isMixed && value.kind === 'fn') && !(isOfRequest && isMadeAtStart(value))) this.memberWrite(sharedBy(this.a, value), write.name, made)
  }

  private bindingWrite(write: WriteRecord, owner: Instance, made: CellWrite): void {
    if (owner.phase !== 'startup' || owner.ofScript || write.binding === undefined || this.homes.repeated.has(owner)) return
    if (owner.unit.facts.bindings[write.binding]?.kind === 'param' && owner !== write.inst && owner.fn.kind === 'module') return
    const cell = this.cell(this.homes.binding(owner.unit, write.binding))
    cell.writes.push(made)
    const node = owner.locals.get(write.binding)
    if (node !== undefined) cell.slots.add(node)
    this.ofBinding.set(keyOfBinding(owner.unit, write.binding), cell)
  }

  private memberWrite(target: Value, name: string | undefined, made: CellWrite): void {
    if (target.kind === 'class') return this.slotWrite(target, name, this.homes.field(target, name ?? ELEMENTS), made)
    if (target.kind === 'fn') {
      if (target.env.phase === 'startup' && name !== 'prototype') this.slotWrite(target, name, this.homes.field(target, name ?? ELEMENTS), made)
      return
    }
    if (target.kind !== 'object' || this.isForeign(target)) return
    const service = name === undefined ? undefined : this.homes.serviceSlot(target, name)
    if (service) return this.slotWrite(target, name, service, made)
    if (!target.cls && (standsForItself(target) || isOfName(made.site)) && completes(made.inst.fn, made.site)) return
    // What a setter puts elsewhere is told there.
    if (target.cls && name !== undefined && this.homes.isSet(target.cls, name)) return
    if (name === undefined ? isRecord(target) && isRenewal(made) : this.homes.isOnlyRenewed(target, name)) return
    const home = this.place(target, name)
    if (!home) return
    if (name !== undefined && standsForItself(target) && target.phase === 'startup' && !this.containerOf.has(target)) return this.slotWrite(target, name, home, made)
    this.contentWrite(target, home, { ...made, kind: made.kind === 'assign' ? 'member' : made.kind })
  }

  /** Objects of libraries keep their own state; only what the catalog calls a bag or a container is ours. */
  private isForeign(object: ObjectValue): boolean {
    if (object.shape !== 'library') return false
    const row = object.path ? this.a.catalog.row(object.path) : undefined
    return row?.owned !== undefined || !row?.container
  }

  private slotWrite(target: Value, name: string | undefined, home: Home | undefined, made: CellWrite): void {
    if (!home || name === undefined) return
    const cell = this.cell(home)
    // `delete this.session` leaves the slot as `this.session = undefined` does.
    cell.writes.push(made.kind === 'delete' ? { ...made, kind: 'assign' } : made)
    if (target.kind === 'object' || target.kind === 'fn' || target.kind === 'class') {
      const node = target.holder.fields.get(name)
      if (node !== undefined) cell.slots.add(node)
    }
    let fields = this.ofField.get(target)
    if (!fields) this.ofField.set(target, (fields = new Map()))
    fields.set(name, cell)
  }

  private contentWrite(target: ObjectValue, home: Home, made: CellWrite): void {
    const cell = this.cell(home)
    const inner = this.nested.has(target) || this.containerOf.has(target)
    cell.writes.push(inner ? { ...made, inner, ...(target.phase === 'startup' ? {} : { filling: true as const }) } : made)
    cell.contents.add(target)
    this.ofContent.set(target, cell)
  }

  private cell(home: Home): Cell {
    const key = placeKey(home)
    let cell = this.byPlace.get(key)
    if (!cell) {
      cell = { home, writes: [], reads: [], contents: new Set(), slots: new Set() }
      this.byPlace.set(key, cell)
      this.all.push(cell)
    }
    return cell
  }

  // ---------------------------------------------------------------- methods

  private targets(call: LibraryCall, access: AccessModel): Value[] {
    if (access.target === undefined) return call.recv ? [call.recv] : []
    return this.given.values(access.target, call)
  }

  private mutation(call: LibraryCall): void {
    const access = call.row?.access
    if (!access || (access.op !== 'write' && access.op !== 'delete' && access.op !== 'clear')) return
    const written = call.site.k === 'call' || call.site.k === 'new' ? call.site.a : []
    if (this.says(access.unless, call)) return
    const store = this.moduleStore(call)
    if (store) this.contentWrite(this.a.bag(call.path), store, this.madeBy(call, access, written))
    for (const target of this.targets(call, access)) {
      if (target.kind !== 'object' || (target.shape === 'library' && !this.isContainer(target))) continue
      const row = target.path ? this.a.catalog.row(target.path) : undefined
      const container = row?.container
      if (row?.infra && this.isOutside(target)) continue
      if (container?.weak || this.says(container?.off, { args: target.args ?? [] })) continue
      const home = this.place(target, undefined)
      if (!home) continue
      this.contentWrite(target, home, this.madeBy(call, access, written))
    }
  }

  private madeBy(call: LibraryCall, access: AccessModel, written: Expr[]): CellWrite {
    return {
      inst: call.inst, site: call.site, kind: access.op === 'write' ? 'mutator' : 'delete', op: call.path.slice(call.path.search(/[^.#]*$/)),
      key: this.refOf(access.key, call), keyExpr: argument(written, access.key), value: this.refOf(access.value, call), valueExpr: assigned(argument(written, access.value)), ...(access.reads ? { loads: true as const } : {}),
    }
  }

  /** Where a package that keeps things within itself is imported. */
  private moduleStore(call: LibraryCall): Home | undefined {
    const module = this.stores.storeOf(call)
    const place = module === undefined ? undefined : this.stores.placeOf(call, module)
    return place && this.homes.binding(place.unit, place.binding)
  }

  /** Has an option one of these values? */
  private says(option: { arg: string; values: string[] } | undefined, given: Given): boolean {
    return option !== undefined && this.given.values(option.arg, given).some((value) => value.kind === 'lit' && option.values.includes(String(value.value)))
  }

  private isContainer(object: ObjectValue): boolean {
    return object.path !== undefined && this.a.catalog.row(object.path)?.container !== undefined
  }

  private refOf(path: string | undefined, call: LibraryCall): Ref {
    return path === undefined ? NOTHING : this.given.ref(path, call) ?? NOTHING
  }

  // ---------------------------------------------------------------- reads

  private read(read: ReadRecord): void {
    const { name } = read
    if (read.binding !== undefined && read.owner) {
      const node = read.owner.locals.get(read.binding)
      markRead(this.ofBinding.get(this.keys.of(read.owner.unit, read.binding)) ?? this.cellIn(node), read, 'slot')
      if (isGivenWhole(read.inst.fn, read.site)) for (const value of this.a.of(node ?? NOTHING)) if (value.kind === 'object') for (const cell of this.cellsWithin(value)) markRead(cell, read, 'read')
      return
    }
    for (const value of this.a.of(read.base ?? NOTHING)) {
      if (name !== undefined) for (const slot of this.namedIn(value, name)) markRead(slot, read, 'slot')
      else if (value.kind === 'object' && !this.ofContent.has(value)) for (const cell of this.cellsWithin(value)) markRead(cell, read, 'read')
      if (value.kind === 'object' && value.shape !== 'library') markRead(this.around.cellOf(value), read, name === 'length' || name === 'size' ? 'size' : 'read')
    }
  }

  private namedIn(value: Value, name: string): (Cell | undefined)[] {
    if (value.kind === 'ns') return [this.exported(value.unit, name)]
    const own = this.ofField.get(value)?.get(name) ?? ('holder' in value ? this.cellIn(value.holder.fields.get(name)) : undefined)
    return value.kind === 'object' && value.path !== undefined ? [own, this.inPrototype(value.path, name)] : [own]
  }

  /** `tables[name]`: the cells whose content members hold that are written down with an object. */
  private *cellsWithin({ phase, site, holder: { fields } }: ObjectValue): Generator<Cell> {
    if (phase === 'startup' && site?.k === 'obj') for (const node of fields.values()) {
      const cell = this.cellIn(node)
      if (cell) yield cell
    }
  }

  /** The cell of a member of the bag that an object of a library has as its prototype. */
  private inPrototype(path: string, name: string): Cell | undefined {
    const prototype = this.a.catalog.row(path)?.prototype
    const bag = prototype === undefined ? undefined : this.a.bag(prototype)
    return bag && (this.ofField.get(bag)?.get(name) ?? this.cellIn(bag.holder.fields.get(name)))
  }

  private readonly cellOfNode = new Map<number, Cell | null>()
  /** The cell whose content a place holds: naming the place reads the cell. */
  private cellIn(node: number | undefined): Cell | undefined {
    if (node === undefined) return undefined
    let cell = this.cellOfNode.get(node)
    if (cell === undefined) {
      cell = null
      for (const value of this.a.of(node)) if (value.kind === 'object') cell ??= this.around.cellOf(value) ?? null
      this.cellOfNode.set(node, cell)
    }
    return cell ?? undefined
  }

  /** The cell of what a module exports under a name, itself or through others. */
  private exported(unit: Unit, name: string): Cell | undefined {
    const key = exportedKey(unit, name)
    return (key === undefined ? undefined : this.ofBinding.get(key)) ?? this.cellIn(unit.exports.get(name))
  }

  private access(call: LibraryCall): void {
    const access = call.row?.access
    const op = access?.reads ? 'read' : access?.op
    if (!call.row?.access || op === 'write' || op === 'delete' || op === 'clear' || op === undefined) return
    const store = this.moduleStore(call)
    if (store) this.byPlace.get(placeKey(store))?.reads.push({ inst: call.inst, site: call.site, op })
    for (const target of this.targets(call, call.row.access)) {
      if (target.kind === 'object') this.around.cellOf(target)?.reads.push({ inst: call.inst, site: call.site, op })
    }
  }
}

const isGoingOn = (x: Expr, binding: number): boolean => x.k === 'call' && x.f.k === 'mem' && /^(then|catch|finally)$/.test(x.f.n) && ((x.f.o.k === 'ref' && x.f.o.b === binding) || isGoingOn(x.f.o, binding))

const placeKey = (home: Home): string => `${home.unit.index}:${home.start}`

/** A file that assigns `module.exports` has two exports objects; the written one is meant. */
const named = (values: Value[]): Value[] => {
  const isEmpty = (value: Value): boolean => value.kind === 'object' && value.shape === 'exports'
  return values.some((value) => !isEmpty(value)) ? values.filter((value) => !isEmpty(value)) : values
}

const CONSTRUCTOR = /^[A-Z]/

/** `this.x = …` and `this[key] = …` of a constructor or field initialiser make an object; they change nothing that was there before. */
const isInitialisation = (write: WriteRecord): boolean => {
  const { kind, n } = write.inst.fn
  const target = write.site.k === 'set' ? write.site.l : undefined
  if (target?.k !== 'mem' && target?.k !== 'elem') return false
  // `function Player(name) { Being.call(this); this.name = name }`
  if (kind === 'fn' && n !== undefined && CONSTRUCTOR.test(n)) return target.o.k === 'this'
  if (kind !== 'ctor' && kind !== 'init') return false
  return target.o.k === 'this' || (target.k === 'mem' && target.o.k === 'ref' && isOfField(write.inst.fn, target.o.b))
}

/** `constructor(private config = {}) { config.ssl = true }` */
const isOfField = ({ params }: FnFact, binding: BindingId): boolean => params.some(({ t, prop }) => {
  const name = t.k === 'def' ? t.t : t
  return prop !== undefined && name.k === 'bind' && name.b === binding
})

/** `config = found; config.origins = origins`. */
const isOfName = (site: CellWrite['site']): boolean => site.k === 'set' && isExpression(site.l) && site.l.k === 'mem' && site.l.o.k === 'ref'

/** A list or map that an instance is made with. */
const isListOf = ({ cls, found, anew, env, phase, shape }: ObjectValue, { cls: maker }: ObjectValue): boolean =>
  phase !== 'startup' && !cls && !found && !anew && (shape === 'array' || shape === 'library') && maker !== undefined && (env?.fn.kind === 'ctor' || env?.fn.kind === 'init')

/** `let language = 'en'`: an object there is what some `record[key]` might be. */
const isText = (value: Value): boolean => value.kind === 'lit' && typeof value.value === 'string'
