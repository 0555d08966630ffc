import type { Expr } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Analysis } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { isExpression, somePart, writtenIn } from '../link/shape.js'
import { askedFor } from './asking.js'
import type { Cell, CellWrite } from './cells.js'
import { inside, isEmpty, isReset } from './patterns.js'
import { ReadMembers } from './read-members.js'

const DEEPEST = 12
const FARTHEST = 400
const DEEPEST_AT_ONCE = 4
const GOES_THROUGH = /^(map|forEach|filter|some|every|reduce|flatMap|find|findIndex|sort|replace)$/

/**
 * What a run gives its value at its beginning, and only that run goes on to use: a job that keeps in fields of itself what it
 * works on. Whatever is there from before is never seen, so another replica or a restart makes no difference.
 */
export class Runs {
  private readonly members = new ReadMembers()
  private readonly roots: ReadonlySet<Instance>

  /** `isPicked`: is it one of several things that the process has, and a request says which? */
  constructor(a: Analysis, private readonly decidedByRequest: (write: CellWrite) => boolean, private readonly isPicked: (write: CellWrite) => boolean) {
    this.roots = new Set(a.entries.flatMap((entry) => entry.handlers.map(({ instance }) => instance)))
  }

  are(cell: Cell): boolean {
    const ofMember = areWritten(cell)
    const sets = ofMember ? cell.writes : cell.writes.filter((w) => isOpening(w, cell))
    if (sets.length === 0) return false
    const uses = [...usesOf(cell, sets)]
    if (uses.length === 0 || (ofMember && uses.some(({ inst }) => inst.fn.async))) return false
    const search = new Search(sets, this.members, this.roots)
    if (sets.some((w) => this.interferes(w, sets, uses, search))) return false
    // `room = rooms[id]; room.open().then(() => room.tell())`: by then another request may have picked another one.
    if (uses.some(({ inst, site }) => askedFor(inst) !== undefined && !search.isSetWithin(inst, site)) && sets.some((w) => this.isPicked(w))) return false
    // Between requests only what is used before anybody waits is safe.
    return sets.some((w) => this.decidedByRequest(w)) ? uses.every(({ inst, site }) => search.isSetAtOnce(inst, site, cell.home.kind === 'binding' ? 0 : DEEPEST_AT_ONCE)) : search.allSet(uses)
  }

  /** `cancel() { this.cancelled = true }`: somebody outside a run sets what a run that is under way goes on to look at. */
  private interferes(write: CellWrite, sets: CellWrite[], uses: Use[], search: Search): boolean {
    if (write.valueExpr === undefined || isReset(write) || isEmpty(write.valueExpr) || sets.every((w) => isSameText(w.valueExpr, write.valueExpr))) return false
    const users = new Set(uses.map(({ inst }) => inst))
    return this.isAsked(write.inst) && ![write.inst, ...write.inst.callers.map(({ from }) => from)].some((inst) => leadsTo(inst, users)) && !search.isSetOnEntry(write.inst, 0)
  }

  /** Does an entry set it, or what an entry calls there and then? */
  private isAsked(inst: Instance): boolean {
    return inst.phase === 'request' && (this.roots.has(inst) || inst.callers.some(({ from, later }) => !later && from.phase === 'request'))
  }

  /** Is what is there only changed by code that has set it itself? */
  isChangedAfter(cell: Cell, sets: CellWrite[]): boolean {
    return new Search(sets, this.members, this.roots).allSet(cell.writes.filter((w) => !sets.includes(w) && !(w.kind === 'assign' && isReset(w))))
  }
}

interface Use {
  inst: Instance
  site: Expr
}

/** The whole value is given, of something else than what was there. */
const isOpening = ({ kind, op, site, valueExpr, inst }: CellWrite, cell: Cell): boolean =>
  kind === 'assign' && op === '=' && site.k === 'set' && valueExpr !== undefined && isExpression(site.l) && site.l.k !== 'elem' && !cell.reads.some((read) => read.inst === inst && inside(read.site, valueExpr))

/** `schema.required = ['name']`: one member of what is there from the start, each time set as a whole to what is written there. */
const areWritten = (cell: Cell): boolean => {
  const names = new Set(cell.writes.map((write) => memberOf(write)))
  return cell.home.kind === 'binding' && names.size === 1 && !names.has(undefined)
}

const memberOf = ({ kind, op, site, keyExpr, valueExpr, inner }: CellWrite): string | undefined =>
  kind === 'member' && op === '=' && !inner && keyExpr === undefined && valueExpr && isWrittenOut(valueExpr) && site.k === 'set' && isExpression(site.l) && site.l.k === 'mem' ? site.l.n : undefined

const isWrittenOut = (x: Expr): boolean => x.k === 'lit' || (x.k === 'arr' && x.x.every((part) => isWrittenOut(part)))

/** The same written value: whoever sets it last, it is what the run has set itself. */
const isSameText = (one: Expr | undefined, other: Expr | undefined): boolean => one?.k === 'lit' && other?.k === 'lit' && one.v === other.v

const leadsTo = (start: Instance, aims: ReadonlySet<Instance>): boolean => {
  const queue = [start]
  const seen = new Set(queue)
  for (let i = 0; i < queue.length && i < FARTHEST; i++) {
    const inst = queue[i] as Instance
    if (aims.has(inst)) return true
    for (const { to } of inst.callees) if (!seen.has(to) && seen.add(to)) queue.push(to)
  }
  return queue.length >= FARTHEST
}

/** Reads, and changes of what is there. */
function* usesOf(cell: Cell, sets: CellWrite[]): Generator<Use> {
  const targets = new Set<Expr>()
  for (const { site } of sets) if (site.k === 'set' && isExpression(site.l)) targets.add(site.l)
  for (const { inst, site } of cell.reads) if (!targets.has(site) && ![...targets].some((target) => target.k === 'mem' && target.o === site)) yield { inst, site }
  for (const write of cell.writes) if (!sets.includes(write)) yield { inst: write.inst, site: write.site }
}

/** Looks for a way to a use on which nothing has been set. */
class Search {
  private readonly setters = new Map<Instance, Set<Expr>>()
  private readonly always = new Map<Instance, boolean>()
  private readonly entered = new Map<Instance, boolean>()

  constructor(sets: CellWrite[], private readonly members: ReadMembers, private readonly roots: ReadonlySet<Instance>) {
    for (const { inst, site } of sets) {
      const own = this.setters.get(inst)
      if (own) own.add(site)
      else this.setters.set(inst, new Set([site]))
    }
  }

  allSet(uses: Use[]): boolean {
    return uses.every(({ inst, site }) => this.members.isUnread(inst, site) || this.isSetBefore(inst, site, 0))
  }

  /** Has it been set when control gets to a place: in the function itself, or before each call of it? */
  private isSetBefore(inst: Instance, site: Expr, depth: number): boolean {
    return this.isSetWithin(inst, site) || this.isSetOnEntry(inst, depth)
  }

  isSetOnEntry(inst: Instance, depth: number): boolean {
    const known = this.entered.get(inst)
    if (known !== undefined) return known
    if (depth > DEEPEST || this.roots.has(inst)) return false
    // What is called by itself has been set if its other callers have set it.
    this.entered.set(inst, true)
    const calls = inst.callers.filter((edge) => edge.from !== inst)
    const isSet = calls.length > 0 && calls.every((edge) => this.isSetAtCall(edge, inst, depth))
    this.entered.set(inst, isSet)
    return isSet
  }

  private isSetAtCall({ from, site }: CallEdge, to: Instance, depth: number): boolean {
    // A callback is made where its text stands, before anybody can call it.
    const made = to.env && to.env.fn !== from.fn ? writtenIn(to.env.unit.facts, to.env.fn, to.fn) : undefined
    if (made && to.env && this.isSetBefore(to.env, made, depth + 1)) return true
    return this.isSetBefore(from, site, depth + 1)
  }

  /** Has it been set before, and nobody can have come between: in the function itself, or in those that called it there and then? */
  isSetAtOnce(inst: Instance, site: Expr, depth: number): boolean {
    if (inst.fn.async || depth > DEEPEST_AT_ONCE) return false
    if (this.isSetWithin(inst, site)) return true
    const calls = inst.callers.filter(({ from }) => from !== inst)
    return calls.length > 0 && !this.roots.has(inst) && calls.every((edge) => isAtOnce(edge) && this.isSetAtOnce(edge.from, edge.site, depth + 1))
  }

  isSetWithin(inst: Instance, site: Expr): boolean {
    const { at } = pointsOf(inst.fn)
    if (!at.has(site)) return false
    for (const point of holdingAt(at.get(site))) {
      if (point.kind === 'ran' && this.setsIn(inst, point.x)) return true
    }
    return false
  }

  /** Does an expression that has run set it, itself or by a call, whatever its tests say? */
  private setsIn(inst: Instance, x: Expr): boolean {
    const { at } = pointsOf(inst.fn)
    const before = at.get(x)
    return somePart(x, (part) => at.get(part) === before && (this.setters.get(inst)?.has(part) === true || this.callSets(inst, part)))
  }

  private callSets(inst: Instance, site: Expr): boolean {
    if (site.k !== 'call') return false
    const called = inst.callees.filter((edge) => edge.site === site && !edge.later)
    return called.length > 0 && called.every(({ to }) => this.isAlwaysSet(to))
  }

  private within = 0
  /** Does a function set it on every way to its ends? */
  private isAlwaysSet(inst: Instance): boolean {
    const known = this.always.get(inst)
    if (known !== undefined || this.within >= DEEPEST) return known ?? false
    this.within++
    const isSet = this.setsOnAllWays(inst)
    this.within--
    this.always.set(inst, isSet)
    return isSet
  }

  private setsOnAllWays(inst: Instance): boolean {
    this.always.set(inst, false)
    const { end, returns } = pointsOf(inst.fn)
    const ends = [...(end || returns.length === 0 ? [end] : []), ...returns.map((ret) => ret.at)]
    return ends.every((at) => [...holdingAt(at)].some((point) => point.kind === 'ran' && this.setsIn(inst, point.x)))
  }
}

/** Called by its name, or by a method of a list that goes through it. */
const isAtOnce = ({ from, later, site, to }: CallEdge): boolean => {
  if (later || site.k !== 'call') return false
  const called = site.f.k === 'mem' ? site.f.n : site.f.k === 'ref' ? from.unit.facts.bindings[site.f.b]?.n : undefined
  return called !== undefined && (called === to.fn.n || (site.f.k === 'mem' && site.a[0]?.k === 'fn' && GOES_THROUGH.test(called)))
}
