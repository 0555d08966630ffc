import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { ELEMENTS, type Value } from '../link/values.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Cell, CellWrite } from './cells.js'
import { isEmptying } from './derived.js'
import { isEmpty, ownWrites } from './patterns.js'

const FARTHEST = 400
const OF_CONNECTIONS = /^(socket|message|hook)$/
const RESOLVER = 'global#Promise.resolver'

/**
 * `waiting[id] = [resolve, reject]; connection.write(id)`: calls under way, each until its answer comes on a connection of this process.
 * Where another request brings the answer (`POST /answers/:id`), it may reach a replica where nobody waits.
 */
export class PendingCalls {
  private readonly asked: ReadonlySet<Instance>

  constructor(private readonly a: Analysis, private readonly isOfRequest: (inst: Instance, key: Expr) => boolean) {
    this.asked = new Set(a.entries.flatMap(({ model, handlers }) => (OF_CONNECTIONS.test(model.kind) ? [] : handlers.map(({ instance }) => instance))))
  }

  are(cell: Cell): boolean {
    // What is counted in the one that is waited for (`call.answers++`) puts nothing in.
    const puts = ownWrites(cell).filter((w) => !isEmptying(w) && (w.kind === 'assign' || w.kind === 'mutator' || w.keyExpr !== undefined))
    if (puts.length === 0 || !(puts.every((w) => this.isWaiting(w)) || this.areCallbacks(cell, puts))) return false
    return !cell.reads.some(({ inst, site }) => this.picks(inst, site) && this.isAsked(inst))
  }

  /** `line.push(resolve)`, `line.shift()()`: who waits for a turn, each with a request that is open. Those that are all told at once wait for news. */
  areInLine(cell: Cell): boolean {
    const writes = ownWrites(cell)
    const puts = writes.filter(({ op }) => op === 'push' || op === 'unshift')
    if (puts.length === 0 || cell.reads.some(({ op }) => op === 'iterate')) return false
    if (!writes.some(({ op }) => op === 'shift' || op === 'pop') || !writes.every((w) => puts.includes(w) || isEmptying(w) || /^(shift|pop|splice)$/.test(w.op))) return false
    return puts.every(({ value }) => this.a.of(value).length > 0 && this.a.of(value).every((one) => this.holdsResolver(one)))
  }

  /** `if (line[key]) return new Promise((resolve) => line[key].push(resolve)); line[key] = []; …; line[key].forEach((tell) => tell(found)); delete line[key]`: one function asks, and tells all who have asked meanwhile. */
  areTold(cell: Cell): boolean {
    const { writes } = cell
    const joins = writes.filter(({ op }) => op === 'push')
    if (joins.length === 0 || !joins.every(({ value }) => this.a.of(value).length > 0 && this.a.of(value).every((one) => this.holdsResolver(one)))) return false
    if (!writes.some((w) => w.kind === 'delete') || !writes.every((w) => w.kind === 'delete' || joins.includes(w) || (w.valueExpr !== undefined && isEmpty(w.valueExpr)))) return false
    return new Set(writes.map(({ inst }) => outermost(inst))).size === 1
  }

  private isWaiting({ kind, op, value }: CellWrite): boolean {
    return (kind === 'member' || op === 'set') && this.a.of(value).some((one) => this.holdsResolver(one))
  }

  /** `waiting[id] = done; …; waiting[id](answer); delete waiting[id]`: functions, each called once. Those that are all gone through are listeners. */
  private areCallbacks(cell: Cell, puts: CellWrite[]): boolean {
    const answered = cell.writes.filter((w) => w.kind === 'delete' && w.op !== 'clear')
    if (answered.length === 0 || cell.reads.length === 0 || cell.reads.some(({ op }) => op === 'iterate')) return false
    if (answered.some(({ inst, keyExpr }) => keyExpr !== undefined && this.isOfRequest(inst, keyExpr) && this.isAsked(inst))) return false
    return puts.every(({ kind, op, value }) => (kind === 'member' || op === 'set') && this.a.of(value).length > 0 && this.a.of(value).every((one) => one.kind === 'fn'))
  }

  private holdsResolver(value: Value): boolean {
    if (value.kind === 'lib') return value.path === RESOLVER
    if (value.kind !== 'object' || value.cls) return false
    return [...value.holder.fields].some(([name, node]) => (name === ELEMENTS || value.shape === 'object') && this.a.of(node).some((one) => one.kind === 'lib' && one.path === RESOLVER))
  }

  /** Is one chosen by what a request brought? */
  private picks(inst: Instance, site: Expr): boolean {
    const key = site.k === 'elem' ? site.i : site.k === 'call' ? site.a[0] : undefined
    return key !== undefined && this.isOfRequest(inst, key)
  }

  /** Does an entry, or what it calls there and then, look? */
  private isAsked(start: Instance): boolean {
    const queue = [start]
    const seen = new Set(queue)
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      const inst = queue[i] as Instance
      if (this.asked.has(inst)) return true
      for (const { from, later } of inst.callers) if (!later && !seen.has(from) && seen.add(from)) queue.push(from)
    }
    return false
  }
}

/** The function of a module that others are written in. */
const outermost = ({ unit, fn }: Instance): FnFact => {
  let at = fn
  for (let owner = unit.facts.functions[at.owner]; owner && owner.kind !== 'module'; owner = unit.facts.functions[at.owner]) at = owner
  return at
}
