import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { LookedUp } from '../link/peek.js'
import { someExpression } from '../link/shape.js'
import { NOTHING } from '../link/solver.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'
import { isEmptying } from './derived.js'
import { isReset } from './patterns.js'
import type { Taints } from './taint.js'

const CLIENT_VALUE = new Set(['pool', 'sdk', 'account', 'logger', 'metrics', 'http', 'queue', 'compiled', 'config'])
const CONNECTION = /^(socket\.io#Socket|ws#WebSocket|express#Response|fastify#FastifyReply|node:http#ServerResponse|node:net#Socket|global#AbortController|node:stream#|global#WebSocket)/
/** Servers, processes and watchers that Node makes: a process has its own. */
const OWN_HANDLE = /^node:perf_hooks#|^node:(https?|http2|net|tls|dgram|worker_threads|child_process|cluster|fs)#(\w*Server|Worker|ChildProcess|FSWatcher|Agent)\.new$|^node:(https?|http2|net|tls)#create(Secure)?Server\(\)$|^node:(net|tls|http2)#(connect|createConnection)\(\)$|^node:(child_process#(spawn|fork|exec)|fs#watch)\(\)$/
const FAILURE = /^global#(\w*Error\.new|Promise\.reject\(\))$/
const HANDLED = /^(connect|disconnect|send|publish|close|quit|destroy|end)$/
/** What is saved by its own method is a row. */
const SAVES = ['save', 'update', 'remove', 'destroy']

/** Tells what a process is right to keep for itself: clients, pools, servers, handles; and connections of others. */
export class Clients {
  constructor(private readonly a: Analysis, private readonly look: LookedUp, private readonly taints: Taints, private readonly isPicked: (write: CellWrite) => boolean) {}

  /** Only clients, pools, compiled things. */
  areIn(cell: Cell): boolean {
    // Let go of all at once, a table is still one of clients.
    const puts = cell.writes.filter((w) => !isEmptying(w))
    const values = this.writtenValues(puts.length > 0 && cell.contents.size > 0 ? { ...cell, writes: puts } : cell)
    // One of several, and a request says which: the next one finds another in the slot.
    if (this.holdAccounts(cell, values) || (isSlot(cell) && cell.writes.some((w) => this.isPicked(w)))) return false
    // What a timer is told by others is unknown, and no client for that.
    if (values.length === 0 && cell.writes.every((w) => w.inst.phase === 'background')) return false
    // A flag that is lowered is no client that is let go.
    if (values.every((value) => value.kind === 'lit' && value.value === false)) return false
    if (values.every((value) => this.isClient(value) || (isOfJobs(cell) && this.hasMethods(value) && this.wrapsClient(value)))) return true
    if (!isSlot(cell) || !cell.writes.every((w) => isReset(w) || !this.decidedByRequest(w))) return false
    if (values.every((value) => this.isClient(value) || this.isForeign(value))) return true
    // What one talks to is no data: where one value is a known client, others that seem possible are not.
    return (values.some((value) => value.kind !== 'lit' && this.isClient(value)) || values.every((value) => this.isOfPackage(value))) && this.isTalkedTo(cell)
  }

  /** `client = createClient({ token: settings.token })` with what the current request brought, each time anew: whoever waits goes on with the next caller's. */
  areOfOneCaller(cell: Cell, isOnMiss: (write: CellWrite) => boolean): boolean {
    return isSlot(cell) && cell.writes.some((w) => w.kind === 'assign' && w.op === '=' && w.inst.phase === 'request' && !isOnMiss(w) && this.isGivenRequest(w))
  }

  private isGivenRequest({ inst, value, valueExpr }: CellWrite): boolean {
    const made = valueExpr?.k === 'await' ? valueExpr.x : valueExpr
    if ((made?.k !== 'call' && made?.k !== 'new') || !this.a.of(value).some((one) => one.kind !== 'lit' && this.isClient(one))) return false
    return made.a.some((given) => this.taints.of(inst, given, NOTHING).request)
  }

  holdConnections(cell: Cell): boolean {
    const values = this.writtenValues(cell)
    return this.holdAccounts(cell, values) || values.some((value) => (value.kind === 'object' || value.kind === 'lib') && value.path !== undefined && CONNECTION.test(value.path) && !/\.new[.(]/.test(value.path))
  }

  /** `accounts.set(name, new Client())`: who is logged in, each under a name that requests give. */
  private holdAccounts(cell: Cell, values: Value[]): boolean {
    return cell.writes.some((w) => w.keyExpr !== undefined && w.keyExpr.k !== 'lit' && (w.kind === 'mutator' || w.kind === 'member')) && values.some((value) => (value.kind === 'object' || value.kind === 'lib') && value.path !== undefined && this.a.catalog.row(value.path)?.client === 'account')
  }

  /** Is what is put there a session with one client that a library keeps, as a transport of MCP is? Nobody makes that again. */
  holdSessions(cell: Cell): boolean {
    return this.writtenValues(cell).some((value) => value.kind === 'object' && value.path !== undefined && this.a.catalog.row(value.path)?.owned === 'connection')
  }

  /** Is what is written itself made from request data? What it keeps later does not matter. */
  decidedByRequest(write: CellWrite): boolean {
    return this.taints.ofText(write.inst, write.valueExpr).request
  }

  private writtenValues(cell: Cell): Value[] {
    return cell.writes.flatMap((w) => this.a.of(w.value)).flatMap((value) => this.settled(value))
  }

  /** What a promise comes to; that it may fail says nothing of what it is. */
  private settled(value: Value): Value[] {
    if ((value.kind !== 'object' && value.kind !== 'lib') || value.path === undefined) return [value]
    if (FAILURE.test(value.path)) return []
    if (value.kind === 'lib' || value.path !== 'global#Promise.new') return [value]
    const held = this.a.of(value.holder.fields.get('@promised') ?? -1)
    return held.length > 0 && held.every((one) => this.isClient(one)) ? held : [value]
  }

  /** Made by a package: a connection, a producer, a handle. */
  private isForeign(value: Value): boolean {
    if (value.kind === 'lit') return value.value === undefined
    if (value.kind === 'lib') return this.isHandle(value.path)
    return value.kind === 'object' && value.path !== undefined && !/^(global|node:|@promise)/.test(value.path) && !this.isData(value.path)
  }

  private isOfPackage(value: Value): boolean {
    if (value.kind === 'lit') return value.value === undefined
    return (value.kind === 'lib' || value.kind === 'object') && value.path !== undefined && !/^(global#|node:|@|library#)/.test(value.path) && !this.isData(value.path)
  }

  /** A row, a list of such, or what is known to hold data (a search index). */
  private isData(path: string): boolean {
    return this.a.catalog.row(path)?.container !== undefined || this.a.catalog.row(`${path}.[]`)?.property === true || SAVES.some((name) => this.a.catalog.row(`${path}.${name}`)?.effect !== undefined)
  }

  /** Somebody awaits a method of what the slot holds: it is something that one talks to, no data. */
  private isTalkedTo(cell: Cell): boolean {
    const sites = new Set(cell.reads.filter((read) => read.op === 'slot').map((read) => read.site))
    return [...new Set(cell.reads.map((read) => read.inst.fn))].some((fn) => {
      return someExpression(fn.body, (x) => x.k === 'await' && x.x.k === 'call' && x.x.f.k === 'mem' && sites.has(rootOf(x.x.f.o, sites)))
    })
  }

  private handles: Set<string> | undefined
  /** Something of a package that is connected, sent to or closed: no data. */
  private isHandle(path: string): boolean {
    if (!this.handles) {
      this.handles = new Set()
      for (const call of this.a.calls) {
        const at = call.path.lastIndexOf('.')
        if (at > 0 && !call.path.startsWith('global#') && HANDLED.test(call.path.slice(at + 1))) this.handles.add(call.path.slice(0, at))
      }
    }
    return this.handles.has(path)
  }

  private isClient(value: Value): boolean {
    if (value.kind === 'lit') return value.value === undefined || value.value === false
    const path = value.kind === 'lib' || value.kind === 'object' ? value.path : undefined
    if (!path) return value.kind === 'object' && (value.cls !== undefined ? this.wrapsClient(value) : this.wrapsMeasure(value))
    const row = this.a.catalog.row(path)
    return row?.store?.kind === 'external' || (row?.client !== undefined && CLIENT_VALUE.has(row.client)) || OWN_HANDLE.test(path)
  }

  private hasMethods(value: Value): value is Value & { kind: 'object' } {
    return value.kind === 'object' && value.shape === 'object' && [...value.holder.fields.values()].some((node) => this.a.of(node).some(({ kind }) => kind === 'fn'))
  }

  /** `{ kind: 'counter', metric: new Counter(…) }` */
  private wrapsMeasure(value: Value & { kind: 'object' }): boolean {
    return value.shape === 'object' && [...value.holder.fields.values()].some((node) => this.a.of(node).some((v) => v.kind === 'object' && v.path !== undefined && this.a.catalog.row(v.path)?.client === 'metrics'))
  }

  private wrapsClient(value: Value & { kind: 'object' }): boolean {
    return [...value.holder.fields.values()].some((node) => this.a.of(node).some((v) => (v.kind === 'object' || v.kind === 'lib') && v.path !== undefined && this.a.catalog.row(v.path)?.client !== undefined))
  }
}

/** Set anew by jobs alone: they may run in a process of their own. */
const isOfJobs = (cell: Cell): boolean => cell.writes.every((w) => w.kind !== 'assign' || w.inst.phase === 'background')

/** Written as a whole, or under names that are written out: no collection that requests add to. */
const isSlot = (cell: Cell): boolean => cell.writes.every((w) => w.kind === 'assign' || (w.kind === 'member' && w.keyExpr === undefined))

/** The read that a chain of members begins at. */
const rootOf = (x: Expr, sites: Set<Expr>): Expr => (sites.has(x) || x.k !== 'mem' ? x : rootOf(x.o, sites))
