import type { BindingId, Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, someExpression, somePart } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import type { Freshness } from './freshness.js'
import { EXPIRY } from './stamps.js'

const DEEPEST = 3

interface Sides {
  over: boolean
  before: boolean
}
const NEITHER: Sides = { over: false, before: false }
const OVER: Sides = { over: true, before: false }
const BEFORE: Sides = { over: false, before: true }
const both = (a: Sides, b: Sides): Sides => ({ over: a.over || b.over, before: a.before || b.before })

/** What keeps records going, whatever was asked for: what has run out is renewed or thrown away, visits are counted by the hour. */
export class Upkeep {
  constructor(private readonly program: Program, private readonly freshness: Freshness) {}

  /** A row is deleted because its time is over. */
  isOver({ inst, site }: LibraryCall, callers: Callers): boolean {
    const edges = callers.has(inst) ? callsTo(callers, inst).slice(-DEEPEST) : []
    return this.asksClockAt(inst, site) || edges.some((edge) => this.asksClockAt(edge.from, edge.site))
  }

  /** Nothing but moments is written, because the time of a row draws to its end. */
  isRenewed({ inst, site }: LibraryCall, data: ObjectValue[]): boolean {
    const fields = data.flatMap((object) => (object.site?.k === 'obj' ? object.site.m.map(({ n, v }) => ({ n, v, env: object.env ?? inst })) : [{ n: undefined, v: site, env: inst }]))
    return fields.length > 0 && fields.every(({ n, v, env }) => n !== undefined && this.isMoment(env, v)) && this.asksClockAt(inst, site)
  }

  /** `{ $set: { expires: now + DAY } }`: what is read lives on for a while. */
  isExtended({ inst }: LibraryCall, data: ObjectValue[]): boolean {
    return data.length > 0 && data.every(({ site, env }) => site?.k === 'obj' && this.setsExpiry(env ?? inst, site))
  }

  private setsExpiry(inst: Instance, x: Expr & { k: 'obj' }): boolean {
    return x.m.length > 0 && x.m.every(({ n, v }) => n !== undefined && (n === '$set' && v.k === 'obj' ? this.setsExpiry(inst, v) : EXPIRY.test(n) && this.isMoment(inst, v)))
  }

  /** What time has made of a row is written down when it is looked at: `if (row.end < now) update({ state: 'over' })`, a word of the code's own. */
  isFallenDue({ inst, site }: LibraryCall, data: ObjectValue[]): boolean {
    const fields = data.flatMap((object) => (object.site?.k === 'obj' ? object.site.m : [undefined]))
    if (fields.length === 0 || !fields.every((one) => one?.n !== undefined && this.isWord(inst, one.v))) return false
    for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) {
      if (at.kind !== 'test') continue
      const by = this.sides(inst, at.test, at.holds, 0)
      if (by.over && !by.before) return true
      if (at.holds && at.test.k === 'ref' && this.isGivenWhenDue(inst, at.test.b)) return true
    }
    return false
  }

  /** One of a few words that the code itself chooses. */
  private isWord(inst: Instance, x: Expr): boolean {
    if (x.k === 'lit') return true
    const given = x.k === 'ref' ? this.program.look.givenTo(inst, x.b) : []
    return given.length > 0 && given.every(({ k }) => k === 'lit')
  }

  /** `let state; if (now >= row.end) state = 'over'`: a local that is given something because of the time alone. */
  private isGivenWhenDue(inst: Instance, binding: BindingId): boolean {
    const given: Expr[] = []
    eachExpression(inst.fn.body, (x) => { if (x.k === 'set' && 'b' in x.l && x.l.b === binding) given.push(x) })
    const sides = given.map((x) => [...holdingAt(pointsOf(inst.fn).at.get(x))].map((at) => (at.kind === 'test' ? this.sides(inst, at.test, at.holds, 0) : NEITHER)))
    return sides.some((all) => all.some(({ over, before }) => over && !before)) && sides.every((all) => all.some(({ over }) => over))
  }

  /** On which side of a row's time does a test say that it is now? */
  private sides(inst: Instance, x: Expr, holds: boolean, depth: number): Sides {
    if (depth > DEEPEST) return NEITHER
    if (x.k === 'un' && x.op === '!') return this.sides(inst, x.x, !holds, depth)
    if (x.k === 'log' && (x.op === '&&') === holds) return both(this.sides(inst, x.l, holds, depth), this.sides(inst, x.r, holds, depth))
    if (x.k === 'bin' && /^[<>]=?$/.test(x.op)) {
      const [left, right] = [this.asksClock(inst, x.l, 0), this.asksClock(inst, x.r, 0)]
      const isLater = left ? x.op[0] === '>' : x.op[0] === '<'
      return left === right ? NEITHER : isLater === holds ? OVER : BEFORE
    }
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    return made ? this.sides(inst, made, holds, depth + 1) : NEITHER
  }

  /** What was worked out long ago is worked out anew by whoever looks: `if (row.checked < now - HOUR) { row.checked = now; await row.save() }`. */
  isRefreshed({ inst, site }: LibraryCall, data: ObjectValue[], callers: Callers): boolean {
    const places = [{ from: inst, site }, ...(callers.has(inst) ? callsTo(callers, inst).slice(-DEEPEST) : [])]
    const asked = new Set(places.flatMap((place) => [...holdingAt(pointsOf(place.from.fn).at.get(place.site))].flatMap((at) => (at.kind === 'test' ? this.oldTimes(place.from, at.test, at.holds, 0) : []))))
    return asked.size > 0 && (this.setsOne(asked, data, inst) || this.assignsOne(asked, inst, site))
  }

  /** Members that a test finds to be long ago, or before another time of the row. */
  private oldTimes(inst: Instance, x: Expr, holds: boolean, depth: number): string[] {
    if (depth > DEEPEST) return []
    if (x.k === 'un' && x.op === '!') return this.oldTimes(inst, x.x, !holds, depth)
    if (x.k === 'log') return [x.l, x.r].flatMap((side) => this.oldTimes(inst, side, holds, depth))
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.oldTimes(inst, made, holds, depth + 1)
    if (x.k !== 'bin' || !/^[<>]=?$/.test(x.op)) return []
    const { over } = this.sides(inst, x, holds, depth)
    if (over) return membersOf(x)
    const asksClock = [x.l, x.r].some((side) => this.asksClock(inst, side, 0))
    return asksClock ? [] : membersOf((x.op[0] === '<') === holds ? x.l : x.r)
  }

  private setsOne(names: ReadonlySet<string>, data: ObjectValue[], inst: Instance): boolean {
    return data.some(({ site, env }) => site?.k === 'obj' && site.m.some(({ n, v }) => n !== undefined && names.has(n) && this.isMoment(env ?? inst, v)))
  }

  /** `row.checked = new Date()` before `row.save()` */
  private assignsOne(names: ReadonlySet<string>, inst: Instance, site: Expr): boolean {
    const row = site.k === 'call' && site.f.k === 'mem' && site.f.o.k === 'ref' ? site.f.o.b : undefined
    return row !== undefined && someExpression(inst.fn.body, (x) => x.k === 'set' && x.l.k === 'mem' && names.has(x.l.n) && x.l.o.k === 'ref' && x.l.o.b === row && this.isMoment(inst, x.r))
  }

  /** A token that has run out, or soon will, is exchanged for a new one, which is kept with the time at which that runs out. */
  isExchanged({ inst, site }: LibraryCall, data: ObjectValue[], callers: Callers): boolean {
    const tokens = data.map(namesTokens)
    if (!tokens.includes('alone') || tokens.includes('with others')) return false
    const places = [{ inst, site }, ...(callers.has(inst) ? callsTo(callers, inst).slice(-DEEPEST).map(({ from, site: at }) => ({ inst: from, site: at })) : [])]
    return places.some((place) => this.looksAtClock(place.inst, place.site))
  }

  /** Whatever the test does: a token that still holds is given back before. */
  private looksAtClock(inst: Instance, site: Expr): boolean {
    for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) if (at.kind === 'test' && (this.asksClock(inst, at.test, 0) || this.callsClock(inst, at.test))) return true
    return false
  }

  /** `isExpired(account)` */
  private callsClock(inst: Instance, x: Expr): boolean {
    return inst.callees.some(({ site, to }) => somePart(x, (part) => part === site) && someExpression(to.fn.body, isClock))
  }

  /** The row stands for a span of time: `{ key, bucket: Math.floor(Date.now() / WINDOW) }`. */
  isOfWindow({ inst }: LibraryCall, where: ObjectValue[]): boolean {
    return where.some((object) => object.site !== undefined && this.holdsSpan(object.env ?? inst, object.site, 0))
  }

  private asksClockAt(inst: Instance, site: Expr): boolean {
    for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) if (at.kind === 'test' && at.by === 'branch' && this.asksClock(inst, at.test, 0)) return true
    return false
  }

  private asksClock(inst: Instance, x: Expr, depth: number): boolean {
    if (isClock(x)) return true
    const made = x.k === 'ref' && depth < DEEPEST ? this.program.look.definition(inst, x.b) ?? defaultOf(inst, x.b) : undefined
    return (made !== undefined && this.asksClock(inst, made, depth + 1)) || childrenOf(x).some((child) => this.asksClock(inst, child, depth))
  }

  /** `new Date(Date.now() + DAY)`, also of a field that was set to one. */
  private isMoment(inst: Instance, x: Expr): boolean {
    if (this.asksClock(inst, x, 0)) return true
    const place = x.k === 'mem' && x.o.k === 'ref' ? { n: x.n, b: x.o.b } : undefined
    let found = false
    if (place) eachExpression(inst.fn.body, (y) => { if (y.k === 'set' && y.l.k === 'mem' && y.l.n === place.n && y.l.o.k === 'ref' && y.l.o.b === place.b && this.asksClock(inst, y.r, 0)) found = true })
    return found || (x.k !== 'lit' && this.freshness.of(inst, x) && this.asksClock(inst, x, 0))
  }

  private holdsSpan(inst: Instance, x: Expr, depth: number): boolean {
    if (depth > DEEPEST) return false
    if (x.k === 'obj') return x.m.some(({ v }) => this.holdsSpan(inst, v, depth + 1))
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.holdsSpan(inst, made, depth + 1)
    if (x.k === 'call' && inst.callees.some(({ site, to }) => site === x && this.makesSpan(to))) return true
    return rounds(x) ? this.asksClock(inst, x, 0) : x.k !== 'fn' && x.k !== 'lit' && childrenOf(x).some((child) => this.holdsSpan(inst, child, depth + 1))
  }

  /** `getBucket(HOUR)`: a function of the project that rounds the time. */
  private makesSpan(inst: Instance): boolean {
    return someExpression(inst.fn.body, (x) => rounds(x) && this.asksClock(inst, x, 0))
  }
}

const membersOf = (x: Expr): string[] => [...(x.k === 'mem' ? [x.n] : []), ...(x.k === 'fn' ? [] : childrenOf(x).flatMap(membersOf))]

/** What an account at another service is used with, and what is said of it. */
const TOKEN = /(^|_)(access|refresh|id|bearer|oauth)_?tokens?$|(Access|Refresh|Bearer|OAuth)Token$/i
const OF_TOKEN = /expir|valid_?until|^scopes?$|token_?type$|updated_?at$|refreshed_?at$/i

const tokensIn = new WeakMap<ObjectValue, { size: number; names: 'alone' | 'with others' | 'none' }>()

/** Is what an object has a token and what is said of it? The same objects are written by very many calls; one without members says nothing. */
const namesTokens = (object: ObjectValue): 'alone' | 'with others' | 'none' => {
  const { fields } = object.holder
  const known = tokensIn.get(object)
  if (known?.size === fields.size) return known.names
  let any = false
  let others = false
  for (const name of fields.keys()) {
    if (TOKEN.test(name)) any = true
    else if (!OF_TOKEN.test(name)) others = true
  }
  const names = others ? 'with others' : any ? 'alone' : 'none'
  tokensIn.set(object, { size: fields.size, names })
  return names
}

/** `(now = Date.now()) => …` */
const defaultOf = (inst: Instance, binding: number): Expr | undefined => {
  for (const { t } of inst.fn.params) if (t.k === 'def' && t.t.k === 'bind' && t.t.b === binding) return t.d
  return undefined
}

const isClock = (x: Expr): boolean => {
  if (x.k === 'new') return x.f.k === 'glob' && x.f.n === 'Date' && x.a.length === 0
  return x.k === 'call' && x.f.k === 'mem' && x.f.n === 'now' && x.a.length === 0
}

const CALENDAR = /^get(UTC)?(Month|FullYear|Date|Day|Hours)$/
/** A moment is made one of a few: by the hour, by the day. */
const rounds = (x: Expr): boolean => {
  if (x.k === 'bin') return x.op === '%'
  if (x.k === 'tpl') return x.x.some((part) => somePart(part, (y) => y.k === 'call' && y.f.k === 'mem' && CALENDAR.test(y.f.n)))
  return x.k === 'call' && x.f.k === 'mem' && (/^(slice|substring|startOf|toDateString)$/.test(x.f.n) || (x.f.o.k === 'glob' && x.f.o.n === 'Math' && /^(floor|trunc|round|ceil)$/.test(x.f.n)))
}
