import type { Expr, Stmt } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { someExpression, somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { isReset, ownWrites } from './patterns.js'
import { OwnMachine } from './own-machine.js'
import { answersNo } from './refusals.js'

const SETTLES = /^(then|catch|finally)$/
const FAILS = /^(error|reject|end|close|disconnect(ed)?|timeout|abort(ed)?)$/i
/** An answer is sent, or nobody waits for it any more. */
const OVER = /^(finish|close)$/
const HIT = /hits?$/i
const MISS = /miss(es)?$/i

/**
 * What a process measures of its own dealings: how many of its calls are under way, how long they took, when its connection
 * failed last, how often its cache knew the answer. Each replica is right to have that for itself.
 */
export class OwnMeasures {
  private readonly machine: OwnMachine

  constructor(a: Analysis, private readonly look: LookedUp) {
    this.machine = new OwnMachine(a, look)
  }

  are(cell: Cell, fromRequest: boolean): boolean {
    if (this.machine.measures(cell)) return true
    // Counted for each kind of work; for each client it may be a limit.
    if (cell.contents.size > 0) return this.areDurations(cell) || areBegun(cell) || (!fromRequest && isGauge(cell))
    return isGauge(cell) || this.isOfFailure(cell) || isOfCache(cell)
  }

  /** `times.push(Date.now() - start); if (times.length > 100) times.shift()`. */
  private areDurations(cell: Cell): boolean {
    const puts = ownWrites(cell).filter((w) => w.op === 'push' || w.op === 'unshift')
    const isOver = ({ kind, op }: CellWrite): boolean => kind === 'delete' || op === 'shift' || op === 'pop' || op === 'splice'
    return puts.length > 0 && puts.every(({ inst, site }) => site.k === 'call' && site.a.length > 0 && site.a.every((arg) => this.isDuration(inst, arg))) && ownWrites(cell).every((w) => puts.includes(w) || isOver(w))
  }

  private isDuration(inst: Instance, x: Expr): boolean {
    if (x.k === 'ref') return this.look.givenTo(inst, x.b).some((given) => given.k !== 'ref' && this.isDuration(inst, given))
    if (x.k === 'call' && isClock(x)) return x.a.length > 0
    return x.k === 'bin' && x.op === '-' && somePart(x.l, isClock)
  }

  /** A moment that only a failure of one of its own calls, or one that took too long, sets. */
  private isOfFailure(cell: Cell): boolean {
    const sets = cell.writes.filter((w) => !isReset(w) && !(w.valueExpr?.k === 'lit'))
    return sets.length > 0 && cell.writes.every(({ kind }) => kind === 'assign') && sets.every((w) => w.valueExpr !== undefined && isFromNow(w.valueExpr) && (isCaught(w.inst.fn, w.site) || failed(w.inst) || this.tookLong(w)))
  }

  private tookLong({ inst, site }: CellWrite): boolean {
    return testsAround(inst.fn.body, site, []).some((test) => somePart(test, (x) => x.k === 'ref' && this.isDuration(inst, x)))
  }
}

/** `timers.set(label, process.hrtime())`, taken out when the work is over: clocks that run on measure, they tell no time. */
const areBegun = (cell: Cell): boolean => {
  const own = ownWrites(cell)
  const puts = own.filter(({ kind }) => kind !== 'delete')
  return puts.length > 0 && puts.length < own.length && puts.every((w) => isReset(w) || (w.valueExpr !== undefined && isStopwatch(w.valueExpr))) && !cell.reads.some((read) => answersNo(read))
}

/** `process.hrtime()`, `process.hrtime.bigint()`, `performance.now()` */
const isStopwatch = (x: Expr): boolean => {
  if (x.k !== 'call' || x.f.k !== 'mem') return false
  const { o, n } = x.f
  return (o.k === 'glob' && o.n === 'performance' && n === 'now') || (o.k === 'glob' && n === 'hrtime') || (n === 'bigint' && o.k === 'mem' && o.n === 'hrtime')
}

/** Counted up when something begins and down when it is over, by the same function or where its promise settles. What turns requests away by it is a limit. */
const isGauge = (cell: Cell): boolean => {
  if (!cell.writes.every(({ kind, valueExpr }) => kind === 'update' || (valueExpr?.k === 'lit' && valueExpr.v === 0))) return false
  const [ups, downs] = [cell.writes.filter(({ op }) => op === '++' || op === '+='), cell.writes.filter(({ op }) => op === '--' || op === '-=')]
  if (ups.length === 0 || downs.length === 0) return false
  if (!downs.every((down) => ups.some((up) => ends(up.inst, down.inst)))) return false
  return !cell.reads.some((read) => answersNo(read))
}

/** Does an invocation stand in another, through callbacks alone that run when a promise or an answer is done? */
const ends = (begun: Instance, done: Instance): boolean => {
  for (let at: Instance | undefined = done; at; at = at.env) {
    if (at.fn === begun.fn) return true
    if (!at.env || !isSettling(at.env, at)) return false
  }
  return false
}

/** `.then(() => …)`, `res.on('finish', () => …)`, `res.on('close', () => …)`. */
const isSettling = (outer: Instance, inner: Instance): boolean => isGivenTo(outer, inner, (call) => {
  if (call.k === 'new') return call.f.k === 'glob' && call.f.n === 'Promise'
  if (call.f.k !== 'mem') return false
  const [event] = call.a
  return SETTLES.test(call.f.n) || (/^(on|once)$/.test(call.f.n) && event?.k === 'lit' && typeof event.v === 'string' && OVER.test(event.v))
})

const isGivenTo = ({ unit, fn }: Instance, inner: Instance, test: (call: Expr & { k: 'call' | 'new' }, place: number) => boolean): boolean => {
  const index = unit.facts.functions.indexOf(inner.fn)
  return someExpression(fn.body, (x) => (x.k === 'call' || x.k === 'new') && x.a.some((arg, place) => arg.k === 'fn' && arg.f === index && test(x, place)))
}

/** Does it run where a promise was rejected, or a listener hears that something has failed or ended? */
export const failed = (inst: Instance): boolean => inst.env !== undefined && isGivenTo(inst.env, inst, (call, place) => {
  if (call.k === 'new' || call.f.k !== 'mem') return false
  const [event] = call.a
  return call.f.n === 'catch' || (call.f.n === 'then' && place === 1) || (/^(on|once)$/.test(call.f.n) && event?.k === 'lit' && typeof event.v === 'string' && FAILS.test(event.v))
})

/** Now, or until when: `Date.now() + PAUSE`. */
const isFromNow = (x: Expr): boolean => isClock(x) || (x.k === 'bin' && x.op === '+' && isClock(x.l))

/** `Date.now()`, `new Date()`, `performance.now()`, `process.hrtime(start)`. */
export const isClock = (x: Expr): boolean => {
  if (x.k === 'new') return x.f.k === 'glob' && x.f.n === 'Date' && x.a.length === 0
  return x.k === 'call' && x.f.k === 'mem' && /^(now|hrtime)$/.test(x.f.n) && x.f.o.k === 'glob'
}

const testsAround = (body: Stmt[], site: unknown, tests: Expr[]): Expr[] => {
  for (const s of body) {
    if (s.k === 'if' && someExpression([...s.c, ...(s.a ?? [])], (x) => x === site)) return testsAround(s.c, site, [...tests, s.t])
  }
  return tests
}

/** Hits next to misses of the same: how well a cache does. */
const isOfCache = (cell: Cell): boolean => {
  const name = cell.home.name.slice(cell.home.name.lastIndexOf('.') + 1)
  const [of, other] = HIT.test(name) ? [HIT, MISS] : [MISS, HIT]
  if (!of.test(name) || !cell.writes.some(({ kind }) => kind === 'update')) return false
  const stem = name.replace(of, '').toLowerCase()
  return namesIn(cell.home.unit).some((one) => other.test(one) && stem.startsWith(one.replace(other, '').toLowerCase()))
}

const namesIn = ({ facts }: Unit): string[] => [...facts.bindings.map(({ n }) => n), ...facts.classes.flatMap(({ fields }) => fields.map(({ n }) => n))]
