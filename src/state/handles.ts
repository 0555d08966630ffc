import type { BindingId, Expr, FnFact, Pattern, Stmt } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { blocksOf, boundBy, eachExpression, someExpression, somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { inside, isEmpty, isReset, ownWrites } from './patterns.js'

export const STARTS = /^set(Timeout|Interval|Immediate)$/
/** What a timer itself is told: it goes on, and nothing waits for it. */
const OF_TIMER = /^(unref|ref|refresh)$/
export const STOPS = /^clear(Timeout|Interval|Immediate)$/

/** Timers that are kept to be stopped, and for nothing else: whether one runs decides nothing. */
export const isTimerHandle = (cell: Cell): boolean => {
  const puts = ownWrites(cell).filter((w) => w.kind !== 'delete' && !isReset(w) && w.op !== 'clear' && !(w.valueExpr && isEmpty(w.valueExpr)))
  if (puts.length === 0 || !puts.every(isTimer)) return false
  const targets = new Set<Expr>(cell.writes.flatMap(({ site }) => (site.k === 'call' && site.f.k === 'mem' ? [site, site.f.o] : [site as Expr])))
  return cell.reads.every(({ inst, site }) => targets.has(site) || isOnlyStopped(inst.fn, site) || isNamedToStop(inst.fn, site) || areStopped(inst, site))
}

/** Also by a name: `prune = setInterval(tidy, 1000); timers.push(prune)`. */
const isTimer = ({ inst, valueExpr: x }: CellWrite): boolean => x !== undefined && (isStart(x) || (x.k === 'ref' && isGivenTimer(inst.fn, x.b)))

const isStart = (x: Expr): boolean => x.k === 'call' && STARTS.test(calledName(x))

const isGivenTimer = (fn: FnFact, name: BindingId): boolean => {
  const given: Expr[] = []
  const names = new Set<BindingId>()
  eachDeclared(fn.body, (t, value) => {
    boundBy(t, names)
    if (names.delete(name)) given.push(value)
  })
  eachExpression(fn.body, (x) => { if (x.k === 'set' && 'b' in x.l && x.l.b === name) given.push(x.r) })
  return given.length > 0 && given.every(isStart)
}

/** `timers.forEach(clearInterval)`, `timers.forEach((timer) => clearInterval(timer))`. */
const areStopped = ({ unit }: Instance, read: Expr): boolean => {
  const by = read.k === 'call' && calledName(read) === 'forEach' ? read.a[0] : undefined
  if (by?.k === 'glob') return STOPS.test(by.n)
  const [only, ...others] = (by?.k === 'fn' && unit.facts.functions[by.f]?.body) || []
  return others.length === 0 && only !== undefined && 'x' in only && only.x?.k === 'call' && STOPS.test(calledName(only.x))
}

/** `if (!timer) timer = setTimeout(…)`: one is enough. */
const isStartAlone = (body: Stmt[]): boolean => {
  const [only, ...others] = body
  return others.length === 0 && only?.k === 'expr' && only.x.k === 'set' && only.x.r.k === 'call' && STARTS.test(calledName(only.x.r))
}

/** `clearTimeout(timer)`, `if (timer) clearTimeout(timer)`, `timer.unref()`, or part of a write. */
const isOnlyStopped = (fn: FnFact, read: Expr): boolean => {
  let stopped = someExpression(fn.body, (x) => isStopOf(x, read))
  eachExpression(fn.body, (x, s) => {
    if (s.k === 'if' && !s.a && inside(read, s.t)) stopped ||= someExpression(s.c, (inner) => inner.k === 'call' && (STOPS.test(calledName(inner)) || OF_TIMER.test(calledName(inner))))
    if (s.k === 'if' && !s.a && inside(read, s.t)) stopped ||= isStartAlone(s.c)
    if (x.k === 'log' && x.op === '&&' && inside(read, x.l)) stopped ||= somePart(x.r, (inner) => inner.k === 'call' && STOPS.test(calledName(inner)))
    if ((x.k === 'set' && inside(read, x.l as Expr)) || (x.k === 'del' && inside(read, x.x))) stopped = true
  })
  return stopped
}

/** `const timer = timers.get(id); if (timer) clearTimeout(timer)`, `for (const timer of timers.values()) clearTimeout(timer)`. */
const isNamedToStop = (fn: FnFact, read: Expr): boolean => {
  const names = new Set<BindingId>()
  eachDeclared(fn.body, (t, value) => { if (inside(read, value)) boundBy(t, names) })
  const uses: Expr[] = []
  eachExpression(fn.body, (x) => { if (x.k === 'ref' && names.has(x.b)) uses.push(x) })
  return uses.length > 0 && uses.every((use) => isOnlyStopped(fn, use))
}

const eachDeclared = (body: Stmt[], see: (t: Pattern, value: Expr) => void): void => {
  for (const s of body) {
    if (s.k === 'var') for (const d of s.d) if (d.i) see(d.t, d.i)
    if (s.k === 'loop' && s.each && s.t) see(s.each, s.t)
    for (const inner of blocksOf(s)) eachDeclared(inner, see)
  }
}

const isStopOf = (x: Expr, read: Expr): boolean =>
  x.k === 'call' && ((STOPS.test(calledName(x)) && x.a.some((arg) => inside(read, arg))) || (x.f.k === 'mem' && OF_TIMER.test(x.f.n) && inside(read, x.f.o)))

/** The last name of what is called. */
export const calledName = (x: Expr & { k: 'call' }): string => (x.f.k === 'glob' || x.f.k === 'mem' ? x.f.n : '')

/** `const watch = setInterval(check, 500); …; clearInterval(watch)`: a timer of one piece of work, which stops it when it is done. */
export const isStoppedHere = ({ fn, unit }: Instance, timer: Expr): boolean => {
  const names = new Set<BindingId>()
  eachDeclared(fn.body, (t, value) => { if (value === timer) boundBy(t, names) })
  return names.size > 0 && unit.facts.functions.some(({ body }) => someExpression(body, (x) => x.k === 'call' && STOPS.test(calledName(x)) && x.a.some((arg) => arg.k === 'ref' && names.has(arg.b))))
}

/** `const timer = setInterval(() => { …; clearInterval(timer) }, 75)`: it comes to its work once, and ends itself. */
export const endsItself = (fn: FnFact): boolean => fn.body.some((s) => s.k === 'expr' && isEnd(s.x))

/** `if (left > 0) tell(left--); else { clearInterval(timer); begin() }`: what only runs when the timer has ended itself runs once. */
export const isBehindEnd = (fn: FnFact, site: Expr): boolean => {
  for (const point of holdingAt(pointsOf(fn).at.get(site))) if (point.kind === 'ran' && isEnd(point.x)) return true
  return false
}

const isEnd = (x: Expr): boolean => x.k === 'call' && calledName(x) === 'clearInterval'
