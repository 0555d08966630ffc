import type { Analysis, EntryRecord } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { runsOnce } from './once.js'

/** A way from an entry to an invocation: the calls in order, entry first. */
export interface Way {
  entry: EntryRecord | undefined
  /** Where the way begins when it is no entry: a timer or a callback at start-up. */
  root: Instance
  calls: CallEdge[]
}

/** How functions were first reached from some roots: each with the call that led to it, roots with none. */
export type Callers = Pick<ReadonlyMap<Instance, CallEdge | undefined>, 'get' | 'has' | 'size'>

/** The calls that first led to an invocation, in order, root first. */
export const callsTo = (callers: Callers, inst: Instance): CallEdge[] => {
  const calls = new Set<CallEdge>()
  for (let edge = callers.get(inst); edge && !calls.has(edge); edge = callers.get(edge.from)) calls.add(edge)
  return [...calls].reverse()
}

/** A job that a request starts goes on without it: what it does is no part of the request. */
export const leads = (from: Instance, to: Instance): boolean => from.phase !== 'startup' && !(from.phase === 'request' && to.phase === 'background')

const FARTHEST = 20_000
const OF_PORTS = /^node:(net|tls|dgram)#/

/** Which entries lead to an invocation, and how. */
export class Reach {
  private readonly entryOf = new Map<Instance, EntryRecord[]>()
  private readonly boots = new Set<Instance>()
  private readonly entriesTo = new Map<Instance, Set<EntryRecord>>()
  private readonly ways = new Map<Instance, Way | null>()

  constructor(analysis: Analysis) {
    for (const entry of analysis.entries) {
      for (const { instance } of entry.handlers) {
        const list = this.entryOf.get(instance)
        if (list) list.push(entry)
        else this.entryOf.set(instance, [entry])
      }
    }
    this.findBoots(analysis)
  }

  /** A request that starts a server (a set-up page) boots it: what leads to `listen` is start-up code, whoever calls it, but where a port is opened for one client. So is a singleton's constructor. */
  private findBoots(analysis: Analysis): void {
    const booting = new Set<Instance>()
    for (const call of analysis.calls) {
      if (call.inst.phase !== 'request' || !call.path.endsWith('.listen') || OF_PORTS.test(call.path)) continue
      for (const at of this.backward([call.inst])) booting.add(at)
    }
    for (const at of booting) if (!this.entryOf.has(at)) this.boots.add(at)
    for (const inst of analysis.instances) if (inst.phase !== 'startup' && runsOnce(inst)) this.boots.add(inst)
  }

  /** Does it set something up, once in the life of the process, whoever comes first? */
  setsUp(inst: Instance): boolean {
    return this.boots.has(inst)
  }

  /** Entries whose handler an invocation is. */
  entriesAt(inst: Instance): EntryRecord[] {
    return this.entryOf.get(inst) ?? []
  }

  /** All entries from which an invocation can be reached. */
  entries(inst: Instance): Set<EntryRecord> {
    const known = this.entriesTo.get(inst)
    if (known) return known
    const found = new Set<EntryRecord>()
    for (const at of this.backward([inst])) for (const entry of this.entriesAt(at)) found.add(entry)
    this.entriesTo.set(inst, found)
    return found
  }

  /** All entries from which one of these can be reached. */
  entriesOfAll(insts: ReadonlySet<Instance>): Set<EntryRecord> {
    const found = new Set<EntryRecord>()
    const known = [...insts].every((inst) => this.entriesTo.has(inst))
    if (known || insts.size < 2) for (const inst of insts) for (const entry of this.entries(inst)) found.add(entry)
    else for (const at of this.backward(insts, Infinity)) for (const entry of this.entriesAt(at)) found.add(entry)
    return found
  }

  /** Everything that leads to invocations in their own phase, nearest first. */
  *backward(insts: Iterable<Instance>, most = FARTHEST): Generator<Instance> {
    const seen = new Set(insts)
    const queue = [...seen]
    for (let i = 0; i < queue.length && i < most; i++) {
      const at = queue[i] as Instance
      yield at
      for (const { from } of at.callers) {
        if (!leads(from, at) || seen.has(from) || this.boots.has(at)) continue
        seen.add(from)
        queue.push(from)
      }
    }
  }

  /** Everything that an invocation leads to, nearest first. */
  *forward(starts: Iterable<Instance>): Generator<Instance> {
    const seen = new Set(starts)
    const queue = [...seen]
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      const at = queue[i] as Instance
      yield at
      for (const { to } of at.callees) {
        if (seen.has(to) || to.phase === 'startup' || !leads(at, to)) continue
        seen.add(to)
        queue.push(to)
      }
    }
  }

  /** The shortest way from an entry (routes before middleware before others), or from a background root. */
  way(inst: Instance): Way | undefined {
    const known = this.ways.get(inst)
    if (known !== undefined) return known ?? undefined
    const way = this.findWay(inst)
    this.ways.set(inst, way ?? null)
    return way
  }

  private findWay(inst: Instance): Way | undefined {
    const next = new Map<Instance, CallEdge | undefined>([[inst, undefined]])
    const queue = [inst]
    let best: { at: Instance; entry: EntryRecord | undefined; rank: number } | undefined
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      const at = queue[i] as Instance
      for (const entry of this.entriesAt(at)) {
        const rank = rankOf(entry)
        if (!best || rank < best.rank) best = { at, entry, rank }
      }
      if (best?.rank === 0) break
      const outer = this.boots.has(at) ? [] : at.callers.filter(({ from }) => leads(from, at))
      if ((outer.length === 0 || isStarted(at)) && !best && !this.boots.has(at)) best = { at, entry: undefined, rank: 9 }
      for (const edge of outer) {
        if (next.has(edge.from)) continue
        next.set(edge.from, edge)
        queue.push(edge.from)
      }
    }
    return best && { entry: best.entry, root: best.at, calls: chain(next, best.at) }
  }
}

/** A job that start-up code begins, and that goes on by itself: `setTimeout(() => this.loop())` in `loop`. */
const isStarted = ({ phase, callers }: Instance): boolean => phase === 'background' && callers.some(({ from }) => from.phase === 'startup')

const chain = (next: Map<Instance, CallEdge | undefined>, start: Instance): CallEdge[] => {
  const calls: CallEdge[] = []
  for (let edge = next.get(start); edge; edge = next.get(edge.to)) calls.push(edge)
  return calls
}

const rankOf = (entry: EntryRecord): number => (entry.model.kind === 'middleware' || entry.model.kind === 'hook' ? 1 : entry.model.kind === 'job' ? 2 : 0)
