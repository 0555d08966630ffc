import { ANSWERS, CONTINUES, REPORTS } from '../catalog/words.js'
import type { EffectKind } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Confidence } from '../model/finding.js'
import type { Site } from '../model/site.js'
import type { LibraryCall } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { eachExpression, eachInside } from '../link/shape.js'
import type { Ref } from '../link/solver.js'
import type { Effect } from '../effects/effects.js'
import { isCaught } from '../flow/catches.js'
import { callsTo } from '../flow/reach.js'
import { endsItself, isBehindEnd, isStoppedHere } from '../state/handles.js'
import { failed } from '../state/own-measures.js'
import { groupBy } from './group-by.js'
import type { LibraryUse } from './libraries.js'
import type { Program, StepDraft } from './program.js'
import type { CellWrite } from '../state/cells.js'
import { isEmptying } from '../state/derived.js'
import { JobsAgain } from './jobs-again.js'
import { costOfLoss, isNote } from '../effects/weight.js'
import { claimsRun } from './run-claims.js'
import { type Wait, waitBetween } from './waits.js'

/** Work that runs apart from what started it: its costliest effect, and the way there. */
interface Work {
  effect: Effect
  steps: StepDraft[]
  /** Functions on the way, by name. */
  names: string[]
}

/** A timer of the process that does such work again and again. */
export interface TimerWork extends Work {
  use: LibraryUse
}

/** A call of a request whose work nothing waits for. */
interface LeftWork extends Work {
  inst: Instance
  x: Expr
}

/** What a rule yields about work that a request leaves behind. */
export interface LeftDraft {
  at: Site
  symbol: string
  trace: StepDraft[]
  confidence: Confidence
  data: Record<string, string>
}

interface Leaving {
  inst: Instance
  x: Expr
  timer: boolean
  reached: () => Map<Instance, CallEdge>
}

/** What a request left behind is tried again until it is delivered. */
interface WaitingRetry extends LeftWork {
  /** Where it waits for the next attempt. */
  wait: Wait
}

/** How far work is followed from where it starts. */
const FARTHEST = 4000
/** What is handed on at once waits elsewhere, and notifications are sent at best effort: of what a request leaves behind only the rest is lost. */
const NOT_LOST: EffectKind[] = ['enqueue', 'publish', 'mail', 'sms', 'push', 'relative-update']
/** Messages to others: nobody else sends them. */
const DELIVERED = new Set<EffectKind>(['http-post', 'mail', 'sms', 'push', 'payment', 'publish'])
/** Entries whose answer somebody takes for the end of the work. */
const ANSWERED = new Set(['route', 'resolver', 'procedure', 'action', 'loader', 'lambda', 'page'])
/** An effect that more statements than this leave behind is no work of theirs: it belongs to the surroundings. */
const AMBIENT = 3
/** How many invocations of the same statement are looked at, and calls of the same timer. */
const MOST = 6

/** `bus.emit('changed')`: who listens is called. */
const speaks = (site: Expr): boolean => site.k === 'call' && site.f.k === 'mem' && /^emit(Async)?$/.test(site.f.n)

/** `start().catch(() => setTimeout(start, 1000))`: only what has failed is done again. */
const triesAgain = ({ inst, site }: LibraryCall): boolean => isCaught(inst.fn, site) || failed(inst)

/** Questions about work that nothing waits for: timers that go on for ever, and what a request leaves behind. */
export class JobQueries {
  private bySite: Map<Expr, LibraryCall[]> | undefined
  private calleesAt: Map<Expr, Ref[]> | undefined
  private timerList: TimerWork[] | undefined
  /** What timers do, also where it concerns this process alone. */
  private readonly timed = new Set<Expr>()
  private leavingList: Leaving[] | undefined
  private leftList: LeftWork[] | undefined
  private readonly detachedIn = new Map<FnFact, { x: Expr; timer: boolean }[]>()

  private readonly jobsAgain: JobsAgain

  constructor(private readonly program: Program) {
    this.jobsAgain = new JobsAgain(program)
  }

  /** Timers started at boot whose work adds or sends something each time, with nothing that lets one replica do it. */
  timers(): TimerWork[] {
    this.timerList ??= this.findTimers()
    return this.timerList
  }

  private findTimers(): TimerWork[] {
    /** Functions that go on by themselves, however many statements start them anew. */
    const chained = new Set<FnFact>()
    return this.program.libraries.withFacet('timer').flatMap((use) => {
      const again = use.row.timer?.again
      if (again === 'never' || this.program.commands.isApart(use.call.inst.unit)) return []
      if (again === 'chained' && triesAgain(use.call)) return []
      const started = this.callsAt(use.call.site).filter(({ inst, site }) => inst.phase !== 'request' && !(inst.phase === 'background' && isStoppedHere(inst, site)))
      const calls = again === 'always' ? started : started.slice(0, MOST).filter(({ inst }) => this.startsItself(inst, use.call.site))
      const edges = calls.flatMap(({ inst, site }) => inst.callees.filter((edge) => edge.site === site))
      if (edges.length > 0 && edges.every(({ to }) => endsItself(to.fn))) return []
      if (again === 'chained' && (!this.isBegunAtBoot(edges) || edges.every(({ to }) => chained.has(to.fn)) || calls.every(triesAgain))) return []
      for (const { to } of edges) chained.add(to.fn)
      const ended = ({ from, site }: { from: Instance; site: Expr }): boolean => edges.some(({ to }) => to === from) && isBehindEnd(from.fn, site)
      const reached = this.walk(edges.filter((edge) => !this.flushes(edge)), (edge) => !this.flushes(edge) && !ended(edge))
      if (claimsRun(this.program, reached.keys())) return []
      const counts = ({ kind, call }: Effect): boolean => (again === 'always' || kind !== 'http-post') && !ended({ from: call.inst, site: call.site })
      const work = this.costliest(reached, counts)
      if (work) this.timed.add(work.effect.call.site)
      const shared = work && this.isOwnDatabase(work.effect.call.path) ? this.costliest(reached, (effect) => counts(effect) && !this.isOwnDatabase(effect.call.path)) : work
      return shared ? [{ use, ...shared }] : []
    })
  }

  /** A database inside this process: what one replica writes there no other does again. */
  private isOwnDatabase(path: string): boolean {
    for (let at = path; at.includes('#'); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const embedded = this.program.a.catalog.row(at)?.embedded
      if (embedded) return embedded.when === undefined && embedded.remote === undefined
    }
    return false
  }

  private flushing: Set<FnFact> | undefined

  /** Work that takes all of what this process has gathered, and leaves it empty: each replica does that with its own. */
  private flushes({ to }: CallEdge): boolean {
    this.flushing ??= new Set(this.program.cells().flatMap(({ role, writes }) => writes.filter(role === 'queue' ? takesOut : takesAll).map(({ inst }) => inst.fn)))
    return this.flushing.has(to.fn)
  }

  /** What only requests and messages begin tries again, and comes to an end. */
  private isBegunAtBoot(edges: CallEdge[]): boolean {
    return edges.some(({ from, to }) => from.phase === 'startup' || to.callers.some((edge) => edge.from.phase === 'startup') || this.program.a.instances.some((other) => other.fn === to.fn && other.callers.some((edge) => edge.from.phase === 'startup')))
  }

  /** A timeout goes on where its function leads to it again: itself, or by an event that it speaks of itself, and not by what some event on its way happens to set off. */
  private startsItself(inst: Instance, site: Expr): boolean {
    const starts = inst.callees.filter((edge) => edge.site === site)
    const follows = (edge: CallEdge): boolean => !speaks(edge.site) || starts.some(({ to }) => to === edge.from)
    return [...this.walk(starts, follows).keys()].some(({ fn }) => fn === inst.fn)
  }

  private callsAt(site: Expr): LibraryCall[] {
    this.bySite ??= groupBy(this.program.a.calls, (call) => call.site, (call) => call)
    return this.bySite.get(site) ?? []
  }

  /** What edges lead to, each with the edge that first reached it. */
  private walk(starts: CallEdge[], follows: (edge: CallEdge) => boolean = () => true): Map<Instance, CallEdge> {
    const reached = new Map<Instance, CallEdge>(starts.map((edge) => [edge.to, edge]))
    const queue = [...reached.keys()]
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      for (const edge of (queue[i] as Instance).callees) {
        if (reached.has(edge.to) || edge.to.phase === 'startup' || !follows(edge) || this.program.reach.entriesAt(edge.to).length > 0) continue
        reached.set(edge.to, edge)
        queue.push(edge.to)
      }
    }
    return reached
  }

  private costliest(reached: Map<Instance, CallEdge>, counts: (effect: Effect) => boolean): Work | undefined {
    let best: { effect: Effect; inst: Instance } | undefined
    for (const inst of reached.keys()) {
      for (const call of this.program.callsOf(inst)) {
        const effect = call.row?.effect ? this.program.effectOf(call, reached) : undefined
        const cost = effect && costOfLoss(effect.kind)
        if (!effect || cost === undefined || effect.guard || !counts(effect) || isNote(effect.model)) continue
        if (!best || cost < (costOfLoss(best.effect.kind) ?? 9)) best = { effect, inst }
        if (cost === 0) return this.work(reached, best.inst, best.effect)
      }
    }
    return best && this.work(reached, best.inst, best.effect)
  }

  private work(reached: Map<Instance, CallEdge>, inst: Instance, effect: Effect): Work & { inst: Instance } {
    const calls = callsTo(reached, inst)
    return { effect, inst, steps: this.program.effectSteps(calls, effect), names: calls.flatMap(({ to }) => to.fn.n ?? []) }
  }

  // ---------------------------------------------------------------- work that a request leaves behind

  /** Calls that a request starts and does not wait for, whose work is lost with the process. */
  private leftBehind(): LeftWork[] {
    this.leftList ??= this.findLasting()
    return this.leftList
  }

  private findLasting(): LeftWork[] {
    const found = this.findLeft()
    const times = new Map<Expr, number>()
    for (const { effect } of found) times.set(effect.call.site, (times.get(effect.call.site) ?? 0) + 1)
    return found.filter(({ effect }) => (times.get(effect.call.site) ?? 0) <= AMBIENT)
  }

  private findLeft(): LeftWork[] {
    const found = new Set<Expr>()
    const again = new Set([...this.timers().map(({ effect }) => effect.call.site), ...this.timed])
    return this.leaving().flatMap(({ inst, x, timer, reached }) => {
      if (found.has(x)) return []
      const work = this.costliest(reached(), ({ kind }) => !NOT_LOST.includes(kind) && (timer || kind !== 'http-post'))
      if (!work || again.has(work.effect.call.site) || work.names.some((name) => REPORTS.test(name)) || this.jobsAgain.does(inst, x)) return []
      found.add(x)
      return [{ ...work, inst, x }]
    })
  }

  /** Statements of requests that start something and go on, with what they lead to. */
  private leaving(): Leaving[] {
    if (this.leavingList) return this.leavingList
    const seen = new Map<Expr, number>()
    this.leavingList = this.program.a.instances.flatMap((inst) => {
      if (inst.phase !== 'request') return []
      return this.detached(inst).flatMap(({ x, timer }) => {
        const tries = seen.get(x) ?? 0
        if (tries >= MOST || !ANSWERED.has(this.program.reach.way(inst)?.entry?.model.kind ?? '')) return []
        seen.set(x, tries + 1)
        let reached: Map<Instance, CallEdge> | undefined
        return [{ inst, x, timer, reached: () => (reached ??= this.walk(inst.callees.filter(({ site }) => site.p >= x.p && site.e <= x.e))) }]
      })
    })
    return this.leavingList
  }

  /** Messages that such work tries to deliver again and again, and waits in between: each attempt that is still to come is kept by this process alone. */
  private waitingRetries(): WaitingRetry[] {
    const told = new Set(this.leftBehind().map(({ effect }) => effect.call.site))
    const found = new Map<Expr, WaitingRetry>()
    for (const { inst, x, reached: walk } of this.leaving()) {
      const reached = walk()
      for (const at of reached.keys()) for (const call of this.program.callsOf(at)) {
        const effect = call.row?.effect && !told.has(call.site) ? this.program.effectOf(call, reached) : undefined
        if (!effect || !DELIVERED.has(effect.kind)) continue
        const calls = callsTo(reached, at)
        const wait = waitBetween(this.program, { call, calls })
        // Where what leaves it waits by itself, that is no pause between its attempts.
        if (wait && reached.has(wait.inst) && !found.has(wait.x)) found.set(wait.x, { inst, x, effect, wait, steps: this.program.effectSteps(calls, effect), names: [] })
      }
    }
    return [...found.values()]
  }

  leftDrafts(): LeftDraft[] {
    return this.leftBehind().map((one) => this.draft(one))
  }

  retryDrafts(): LeftDraft[] {
    return this.waitingRetries().map((one) => {
      const draft = this.draft(one)
      const { inst, x } = one.wait
      return { ...draft, at: this.program.siteOf(inst, x), symbol: inst.fn.n ?? '', data: { entry: draft.symbol, what: this.program.repeatText([one.effect]) } }
    })
  }

  private draft({ inst, x, effect, steps }: LeftWork): LeftDraft {
    const { program } = this
    const way = program.reach.way(inst)
    const at = program.siteOf(inst, x)
    const entry = way ? program.origin(way) : 'a request'
    const trace = way ? program.steps(way, { message: 'starts work and goes on', site: at }) : []
    return { at, symbol: entry, trace: [...trace, ...steps], confidence: way?.entry?.guessed ? 'low' : 'medium', data: { entry, what: `${effect.kind}${effect.model ? ` ${effect.model}` : ''}` } }
  }

  /** Statements of a function that start something and go on. */
  private detached(inst: Instance): { x: Expr; timer: boolean }[] {
    let found = this.detachedIn.get(inst.fn)
    if (!found) this.detachedIn.set(inst.fn, (found = this.findDetached(inst)))
    return found
  }

  private findDetached(inst: Instance): { x: Expr; timer: boolean }[] {
    const found: { x: Expr; timer: boolean }[] = []
    eachExpression(inst.fn.body, (whole, statement) => {
      if (statement.k !== 'expr' || whole !== statement.x) return
      const x = whole.k === 'un' && whole.op === 'void' ? whole.x : whole
      if (x.k !== 'call' || answers(inst, x)) return
      const timer = this.isTimer(x)
      if (timer || this.isPromised(x)) found.push({ x, timer })
    })
    return found
  }

  private isTimer(x: Expr): boolean {
    const again = this.callsAt(x)[0]?.row?.timer?.again
    return again === 'never' || again === 'chained'
  }

  /** A call of an asynchronous function of the project, itself or with `then` behind it. */
  private isPromised(x: Expr): boolean {
    let at = x
    while (at.k === 'call' && at.f.k === 'mem' && /^(then|catch|finally)$/.test(at.f.n)) at = at.f.o
    this.calleesAt ??= groupBy(this.program.a.callees, (callee) => callee.site, ({ callee }) => callee)
    return (this.calleesAt.get(at) ?? []).some((ref) => this.program.a.of(ref).some((value) => value.kind === 'fn' && (value.fn.async === 1 || at !== x)))
  }
}

const takesOut = (write: CellWrite): boolean => isEmptying(write) || /^(shift|splice|pop)$/.test(write.op)

/** `queue.splice(0, queue.length)`: a list from its beginning, whoever fills it. */
const takesAll = ({ op, site }: CellWrite): boolean => op === 'splice' && site.k === 'call' && site.a[0]?.k === 'lit' && site.a[0].v === 0

/** Is the answer given by what is called, or by whoever it goes on with: `(async () => { …; callback(path) })()`? */
const answers = (inst: Instance, x: Expr): boolean => {
  let found = false
  const { bindings } = inst.unit.facts
  const look = (y: Expr): void => {
    const name = y.k === 'ref' ? bindings[y.b]?.n : undefined
    if (name !== undefined && ANSWERS.test(name)) found = true
    const called = y.k === 'call' && y.f.k === 'ref' ? bindings[y.f.b] : undefined
    if (called?.kind === 'param' && CONTINUES.test(called.n)) found = true
    if (y.k === 'fn') eachExpression(inst.unit.facts.functions[y.f]?.body ?? [], look)
  }
  eachInside(x, look)
  return found
}
