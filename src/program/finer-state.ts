import { Freshness } from '../effects/freshness.js'
import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, someExpression } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { CellWrite } from '../state/cells.js'
import { Derived } from '../state/derived.js'
import { Guards } from '../state/guards.js'
import { isReset } from '../state/patterns.js'
import { tellsCaller } from '../state/taint.js'
import type { CellView, Program } from './program.js'

/** What a finer rule tells of in place of the general ones. */
export type FinerKind = 'loader' | 'unkeyed' | 'conversation'

/** These run within the requests that others answer. */
const WITHIN = new Set(['middleware', 'hook'])

/** Tells apart cells that a finer rule knows more of: one finding a cell. */
export class FinerState {
  private readonly known = new Map<CellView, FinerKind | undefined>()
  private asked: { derived: Derived; guards: Guards } | undefined

  constructor(private readonly program: Program) {}

  private get looks(): { derived: Derived; guards: Guards } {
    return (this.asked ??= { derived: new Derived(this.program.look, () => false), guards: new Guards(this.program.look) })
  }

  of(cell: CellView): FinerKind | undefined {
    if (!this.known.has(cell)) this.known.set(cell, this.find(cell))
    return this.known.get(cell)
  }

  private find(cell: CellView): FinerKind | undefined {
    if (this.isLoader(cell)) return 'loader'
    if (cell.role !== 'cache' && cell.role !== 'request-data') return undefined
    if (this.isUnkeyed(cell)) return 'unkeyed'
    return cell.role === 'request-data' && this.readBack(cell).size > 0 ? 'conversation' : undefined
  }

  private isLoader(cell: CellView): boolean {
    return [...cell.contents].some(({ path }) => path !== undefined && this.program.a.catalog.row(path)?.container?.perRequest)
  }

  // ---------------------------------------------------------------- keys without the user

  private isUnkeyed(cell: CellView): boolean {
    const fills = cell.writes.filter((w) => !w.inner && w.kind !== 'delete' && w.inst.phase === 'request' && !isReset(w))
    if (fills.length === 0) return false
    if (!fills.every(({ kind }) => kind === 'assign')) return cell.role === 'cache' && fills.some((w) => w.keyExpr && this.dependsOnUser(w) && !this.saysWho(w.inst, w.keyExpr) && !isOwnKey(w) && !this.isMadeUp(w.inst, w.keyExpr))
    return fills.every((w) => this.isFirst(w, cell)) && fills.some((w) => this.dependsOnUser(w))
  }

  private freshness: Freshness | undefined
  /** `sessions[randomBytes(32)] = { user }`: only who was told the key finds it. */
  private isMadeUp(inst: Instance, key: Expr): boolean {
    return (this.freshness ??= new Freshness(this.program)).of(inst, key)
  }

  /** Filled only where there is nothing yet, or nothing fresh. */
  private isFirst(write: CellWrite, cell: CellView): boolean {
    return write.op === '??=' || write.op === '||=' || this.looks.derived.isOnMiss(write, cell) || this.looks.guards.isTimed(write)
  }

  private dependsOnUser({ inst, site, valueExpr, loads }: CellWrite): boolean {
    const made = valueExpr?.k === 'ref' ? [valueExpr, ...this.program.look.givenTo(inst, valueExpr.b)] : valueExpr ? [valueExpr] : []
    if (made.some((x) => this.saysWho(inst, x))) return true
    // `cache.wrap(key, () => load(req.user))`: what the callback takes from outside.
    return loads === true && site.k === 'call' && site.a.some((arg) => arg.k === 'fn' && this.takesUser(inst, arg.f))
  }

  /** Does a callback use who asks, from the function around it? */
  takesUser(inst: Instance, id: number): boolean {
    const fn = inst.unit.facts.functions[id]
    return fn !== undefined && someExpression(fn.body, (x) => (x.k === 'mem' || x.k === 'ref') && this.isFree(inst, x, id) && this.saysWho(inst, x))
  }

  private isFree(inst: Instance, x: Expr, id: number): boolean {
    if (x.k === 'mem') return this.isFree(inst, x.o, id)
    return x.k === 'ref' && inst.unit.facts.bindings[x.b]?.f !== id && inst.unit.facts.bindings[x.b]?.f !== 0
  }

  saysWho(inst: Instance, x: Expr): boolean {
    return tellsCaller(this.program.taints.ofText(inst, x)) || childrenOf(x).some((child) => child.k === 'fn' && this.takesUser(inst, child.f))
  }

  // ---------------------------------------------------------------- read back

  /** Entries that read what others have left, where no middleware leaves it for its own request. */
  readBack(cell: CellView): Set<EntryRecord> {
    const writers = this.entriesOf(cell.writes.filter((w) => !isReset(w)).map((w) => w.inst))
    if (writers.size === 0 || [...writers].some(({ model }) => WITHIN.has(model.kind))) return new Set()
    return new Set([...this.entriesOf(cell.reads.map((read) => read.inst))].filter((reader) => !writers.has(reader) && !WITHIN.has(reader.model.kind)))
  }

  /** The first of them, by name. */
  readBackBy(cell: CellView): string {
    const readers = [...this.readBack(cell)].flatMap((record) => this.program.entryList.byRecord.get(record)?.symbol ?? []).sort()
    return `${readers[0] ?? 'a later request'}${readers.length > 1 ? ` and ${readers.length - 1} more` : ''}`
  }

  private entriesOf(insts: Instance[]): Set<EntryRecord> {
    return new Set([...new Set(insts)].flatMap((inst) => [...this.program.reach.entries(inst)]))
  }
}

/** `sessions[session.token] = session`: who has the key has what belongs to it. */
const isOwnKey = ({ keyExpr, valueExpr }: CellWrite): boolean =>
  keyExpr?.k === 'mem' && keyExpr.o.k === 'ref' && valueExpr?.k === 'ref' && keyExpr.o.b === valueExpr.b
