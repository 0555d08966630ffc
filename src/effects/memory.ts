import { LOGINS } from '../catalog/words.js'
import type { Expr, FileFacts } from '../model/facts.js'
import type { EffectModel } from '../model/catalog.js'
import type { LibraryCall } from '../link/analysis.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import { childrenOf, isExpression, someExpression } from '../link/shape.js'
import { NOTHING } from '../link/solver.js'
import type { CellView, Program } from '../program/program.js'
import type { CellWrite } from '../state/cells.js'
import { filledIn, fillsOwn, isMadeAnew } from '../state/locals.js'
import type { Change, Changes } from './changes.js'
import { isSame } from '../state/once.js'
import { copied, growsCopy } from './mutations.js'
import type { Effect } from './effects.js'
import type { Freshness } from './freshness.js'

const KEEPING = new Set(['store', 'queue'])
/** What such effects are done to. */
export const MEMORY = 'process memory'
const FIX = 'keep the rows in a database, with a key that the caller sends and the schema makes unique'
/** Calls between the handler and the change; calls that a look before it may be away. */
const FARTHEST = 4

/** What requests add to data in process memory: `todos.push(todo)`, `posts.set(nextId++, post)`. */
export class MemoryEffects {
  private list: Map<Instance, { cell: CellView; write: CellWrite; change: Change }[]> | undefined
  private readonly readers = new Map<CellView, Set<Instance>>()

  constructor(private readonly program: Program, private readonly freshness: Freshness, private readonly changes: Changes) {}

  of(inst: Instance, parents: Callers): Effect[] {
    this.list ??= this.find()
    const list = this.list.get(inst)
    if (!list || isFar(inst, parents)) return []
    return list.filter(({ cell }) => !isInFlight(cell, parents)).map(({ cell, write, change }) => ({
      call: asCall(write, cell.symbol, MODEL), kind: 'append', model: cell.symbol, by: MEMORY, guard: undefined, weak: this.isChecked(cell, change, inst, parents), changes: [change],
    }))
  }

  private find(): Map<Instance, { cell: CellView; write: CellWrite; change: Change }[]> {
    const found = new Map<Instance, { cell: CellView; write: CellWrite; change: Change }[]>()
    for (const cell of this.program.cells()) {
      // Sessions and tokens are made anew at each login, as they should.
      if (cell.role === 'limit' || LOGINS.test(cell.symbol) || LIMITS.test(cell.symbol) || isMixed(cell)) continue
      for (const write of cell.writes) {
        // What is built up from itself is kept, whatever it looks like otherwise.
        const change = write.inst.phase === 'request' && (KEEPING.has(cell.role) || isRebuilt(write)) ? this.addition(write) : undefined
        if (!change || this.isMadeHere(write) || isHeldBack(write) || LIMITS.test(write.inst.fn.n ?? '') || isBuilt(write) || (!isRebuilt(write) && this.changes.isReset(change))) continue
        const list = found.get(write.inst) ?? []
        list.push({ cell, write, change })
        found.set(write.inst, list)
      }
    }
    return found
  }

  /** `const rows = []; rows.push(row)`: what is being made is kept where it is put, if it is. */
  private isMadeHere(write: CellWrite): boolean {
    if (fillsOwn(this.program.look, write)) return true
    const target = write.filling ? filledIn(write) : undefined
    return target?.k === 'ref' && isMadeAnew(this.program.look.definition(write.inst, target.b))
  }

  /** An element at the end of a list, or under a key that is another each time. */
  private addition(write: CellWrite): Change | undefined {
    const { inst, site } = write
    const { facts } = inst.unit
    const made = (x: Expr): Change => ({ inst, fn: inst.fn, site, place: this.changes.mutations.place(facts, x) ?? '?', grows: true })
    if (site.k === 'call' && site.f.k === 'mem') {
      if (site.f.n === 'push' || site.f.n === 'unshift') return site.a.some((x) => x.k === 'this' || this.isFunction(inst, x)) ? undefined : made(site.f.o)
      // `list.splice(place, 0, one)`: put in between.
      if (site.f.n === 'splice') return site.a.length > 2 && site.a[1]?.k === 'lit' && site.a[1].v === 0 ? made(site.f.o) : undefined
      return site.f.n === 'set' && site.a[0] && this.isAnother(inst, site.a[0]) ? made(site.f.o) : undefined
    }
    const target = site.k === 'set' && site.op === '=' && isExpression(site.l) ? site.l : undefined
    if (target?.k === 'elem') return this.isAnother(inst, target.i) ? made(target.o) : undefined
    return target && site.k === 'set' && this.growsOf(facts, target, site.r) ? made(target) : undefined
  }

  /** `list = [...list, item]`, `list = merge([...list, ...items])`. */
  private growsOf(facts: FileFacts, target: Expr, x: Expr): boolean {
    if (growsCopy(x)) return this.changes.mutations.place(facts, copied(x)) === this.changes.mutations.place(facts, target)
    return x.k === 'call' && x.a[0] !== undefined && this.growsOf(facts, target, x.a[0])
  }

  /** Something to call later is no row: `handlers.push({ key, callback })`. */
  private isFunction(inst: Instance, x: Expr): boolean {
    const { a } = this.program
    return this.program.look.values(inst, x).some((value) => value.kind === 'fn' || (value.kind === 'object' && value.shape === 'object' && [...value.holder.fields.values()].some((field) => a.of(field).some(({ kind }) => kind === 'fn'))))
  }

  /** Made up in the call, or counted up: `nextId++`, `posts.length + 1`. */
  private isAnother(inst: Instance, key: Expr): boolean {
    if (key.k === 'upd' || this.freshness.of(inst, key)) return true
    if (key.k === 'mem') return key.n === 'length' || this.isAnotherField(inst, key)
    if (key.k === 'bin') return this.isAnother(inst, key.l) || this.isAnother(inst, key.r)
    const made = key.k === 'ref' ? this.program.look.definition(inst, key.b) : undefined
    return made !== undefined && made !== key && made.k !== 'mem' && this.isAnother(inst, made)
  }

  /** `posts.set(post.id, post)`, where `post` was made with a fresh id. */
  private isAnotherField(inst: Instance, key: Expr & { k: 'mem' }): boolean {
    const made = key.o.k === 'ref' ? this.program.look.definition(inst, key.o.b) : undefined
    const value = made?.k === 'obj' ? made.m.find((m) => m.n === key.n)?.v : undefined
    return value !== undefined && this.isAnother(inst, value)
  }

  /** A look at the same data stands before it, here or in a caller. */
  private isChecked(cell: CellView, change: Change, inst: Instance, parents: Callers): boolean {
    if (this.changes.isBehind(change, this.changes.guards.passed(inst.fn, change.site))) return true
    let readers = this.readers.get(cell)
    if (!readers) this.readers.set(cell, (readers = new Set(cell.reads.map((read) => read.inst))))
    const known = readers
    let at = inst
    let site = change.site
    for (let i = 0; i <= FARTHEST; i++) {
      const current = at
      if (this.changes.guards.passed(current.fn, site).some((test) => this.asks(current, test, known, 0)) || this.isChecker(current, site, known)) return true
      const edge = parents.get(current)
      if (!edge) return false
      site = edge.site
      at = edge.from
    }
    return false
  }

  /** Has a function run before that goes on only where a look at the data lets it? */
  private isChecker({ fn, callees }: Instance, site: Expr, readers: Set<Instance>): boolean {
    const ran = [...holdingAt(pointsOf(fn).at.get(site))].flatMap((at) => (at.kind === 'ran' ? [at.x] : []))
    return callees.some((edge) => ran.some((x) => x.p <= edge.site.p && x.e >= edge.site.e) && [...holdingAt(pointsOf(edge.to.fn).end)].some((at) => at.kind === 'test' && (at.by === 'throw' || at.by === 'failure') && this.asks(edge.to, at.test, readers, 0)))
  }

  /** Does a test come from a function that reads the data? */
  private asks(inst: Instance, x: Expr, readers: Set<Instance>, depth: number): boolean {
    if (x.k === 'call' && inst.callees.some((edge) => edge.site === x && edge.to.env !== inst && readers.has(edge.to))) return true
    const made = x.k === 'ref' && depth < 3 ? this.program.look.definition(inst, x.b) : undefined
    return (made !== undefined && this.asks(inst, made, readers, depth + 1)) || childrenOf(x).some((child) => this.asks(inst, child, readers, depth))
  }
}

/** `add(table) { this.tables.push(table); return this }`: what is built step by step is no store, and rarely lives longer than what it is built for. */
const isBuilt = ({ inst: { unit, fn } }: CellWrite): boolean =>
  fn.cls !== undefined && unit.facts.functions.some((other) => other.cls === fn.cls && other.body.some((s) => s.k === 'ret' && s.x?.k === 'this'))

/** What a request puts in and takes out again is there while it works. */
const isInFlight = ({ writes }: CellView, parents: Callers): boolean =>
  writes.some(({ inst, site, kind }) => parents.has(inst) && (kind === 'delete' || isFilteredAnew(site) || (site.k === 'call' && site.f.k === 'mem' && site.f.n === 'delete')))

/** `clients = clients.filter((one) => one.id !== id)` */
const isFilteredAnew = (site: CellWrite['site']): boolean => {
  const filtered = site.k === 'set' && site.r.k === 'call' && site.r.f.k === 'mem' && site.r.f.n === 'filter' ? site.r.f.o : undefined
  return filtered !== undefined && site.k === 'set' && isExpression(site.l) && isSame(filtered, site.l)
}

/** Names of what counts requests, to turn away who asks too often. */
const LIMITS = /rate_?limit|throttl|too_?many/i

/** More functions than these do not write to one thing: the heap took many for one. */
const MOST_WRITERS = 15
const isMixed = ({ writes }: CellView): boolean => new Set(writes.map(({ inst }) => inst.fn)).size > MOST_WRITERS

/** `if (client) send(one); else waiting.push(one)`, and elsewhere `waiting.length = 0`: what is emptied at once when something is ready was only held back. */
const isHeldBack = ({ inst: { unit, fn }, site }: CellWrite): boolean => {
  const list = site.k === 'call' && site.f.k === 'mem' && site.f.n === 'push' ? site.f.o : undefined
  if (list?.k !== 'mem' || ![...holdingAt(pointsOf(fn).at.get(site))].some((at) => at.kind === 'test' && !at.holds)) return false
  const empties = (x: Expr): boolean => x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.n === 'length' && x.l.o.k === 'mem' && x.l.o.n === list.n && x.r.k === 'lit' && x.r.v === 0
  return unit.facts.functions.some((other) => other !== fn && someExpression(other.body, empties))
}

/** `list = [...list, item]` sets what it adds to. */
const isRebuilt = ({ site }: CellWrite): boolean => site.k === 'set' && isExpression(site.l) && site.l.k !== 'elem'

/** What is kept deep inside is bookkeeping more often than what the client asked for. */
const isFar = (inst: Instance, parents: Callers): boolean => callsTo(parents, inst).length > FARTHEST

const MODEL: EffectModel = { kind: 'append', by: MEMORY, fix: FIX }

/** A change of process memory, as if a library had made it. */
export const asCall = ({ inst, site }: CellWrite, name: string, effect: EffectModel): LibraryCall => {
  const path = `memory#${name}`
  return { inst, site, path, recv: undefined, args: [], result: NOTHING, row: { path, entries: [], effect } }
}
