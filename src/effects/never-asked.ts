import type { BindingId, Expr, FileFacts, FnFact, Pattern } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Callers } from '../flow/reach.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { eachExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import { isConstant } from './constants.js'

const DEEPEST = 4

/** What is said outright: a text, a number, nothing; or something of which only is known that it is there. */
type Said = string | number | boolean | null | undefined | typeof THERE
const THERE = Symbol('there')

/**
 * Does a place never run on the ways of an entry, since every call that leads there says by a constant that something else is wanted?
 * `write(row, { code: undefined })` under `if (code)`, `process({ type: 'vote' })` under `case 'comment'`.
 */
export class NeverAsked {
  constructor(private readonly program: Pick<Program, 'look' | 'callsOf'>, private readonly reached: Callers) {}

  at(inst: Instance, site: Expr, depth = 0): boolean {
    for (const { test, holds } of testsAt(inst, site)) if (this.outcome(inst, test) === !holds) return true
    const edges = depth < DEEPEST ? this.edgesTo(inst) : []
    return edges.length > 0 && edges.every(({ from, site: by }) => this.at(from, by, depth + 1))
  }

  private readonly edges = new Map<Instance, CallEdge[]>()
  /** All calls on the ways of the entry; none where it is a handler itself. */
  private edgesTo(inst: Instance): CallEdge[] {
    let edges = this.edges.get(inst)
    if (!edges) this.edges.set(inst, (edges = this.reached.get(inst) === undefined ? [] : inst.callers.filter(({ from }) => this.reached.has(from))))
    return edges
  }

  /** How a test ends, where that is known. */
  private outcome(inst: Instance, x: Expr): boolean | undefined {
    if (x.k === 'un' && x.op === '!') return not(this.outcome(inst, x.x))
    if (x.k === 'log' && x.op !== '??') return joined(x.op, this.outcome(inst, x.l), this.outcome(inst, x.r))
    if (x.k === 'bin' && /^[!=]==?$/.test(x.op)) return this.compared(inst, x)
    const said = x.k === 'ref' || x.k === 'mem' ? this.said(inst, x, 0) : undefined
    return said && agreed(said.map(Boolean))
  }

  private compared(inst: Instance, x: Expr & { k: 'bin' }): boolean | undefined {
    const [l, r] = [this.said(inst, x.l, 0), this.said(inst, x.r, 0)]
    if (!l || !r || [...l, ...r].includes(THERE)) return undefined
    const loose = x.op.length === 2
    const equal = agreed(l.flatMap((a) => r.map((b) => a === b || (loose && a == null && b == null))))
    return x.op.startsWith('!') ? not(equal) : equal
  }

  /** Everything that an expression may be, where all of it is said outright. */
  private said(inst: Instance, x: Expr, depth: number): Said[] | undefined {
    if (depth > DEEPEST) return undefined
    switch (x.k) {
      case 'lit': return [x.v]
      case 'glob': return x.n === 'undefined' ? [undefined] : undefined
      case 'obj': case 'arr': case 'fn': case 'new': return [THERE]
      case 'ref': return this.given(inst, x.b, depth) ?? this.constant(inst, x)
      case 'mem': return this.ofNothing(inst, x, depth) ?? (x.o.k === 'ref' ? this.member(inst, x.o.b, x.n, depth) ?? this.constant(inst, x) : this.constant(inst, x))
      default: return undefined
    }
  }

  /** `input.payment?.status`, where no payment is given. */
  private ofNothing(inst: Instance, { o, opt }: Expr & { k: 'mem' }, depth: number): Said[] | undefined {
    const of = opt && (o.k === 'ref' || o.k === 'mem') ? this.said(inst, o, depth + 1) : undefined
    return of?.every((one) => one === undefined || one === null) ? [undefined] : undefined
  }

  /** `Kind.Vote`, `KIND_VOTE`: one text, wherever it is asked. */
  private constant(inst: Instance, x: Expr): Said[] | undefined {
    const root = x.k === 'mem' ? x.o : x
    const binding = root.k === 'ref' ? inst.unit.facts.bindings[root.b] : undefined
    if (!binding || !isConstant(binding)) return undefined
    const values = this.program.look.values(inst, x)
    const [only] = values
    return values.length === 1 && only?.kind === 'lit' && only.value !== undefined ? [only.value] : undefined
  }

  /** What all calls give a parameter. */
  private given(inst: Instance, binding: BindingId, depth: number): Said[] | undefined {
    const found = this.placed(inst, binding)
    return found && this.fromCalls(found.owner, found.place, depth)
  }

  /** `options.code`, of a parameter that is an object written at each call. */
  private member(inst: Instance, binding: BindingId, name: string, depth: number): Said[] | undefined {
    const found = this.placed(inst, binding)
    return found && found.place.name === undefined ? this.fromCalls(found.owner, { index: found.place.index, name }, depth) : undefined
  }

  /** A parameter that keeps what it was given, of this function or one around it. */
  private placed(inst: Instance, binding: BindingId): { owner: Instance; place: Place } | undefined {
    if (inst.unit.facts.bindings[binding]?.kind !== 'param') return undefined
    const owner = this.program.look.ownerOf(inst, binding)
    const place = assignedIn(inst.fn).has(binding) || assignedIn(owner.fn).has(binding) ? undefined : placeOf(owner.fn, binding)
    return place && { owner, place }
  }

  private fromCalls(inst: Instance, place: Place, depth: number): Said[] | undefined {
    const all: Said[] = []
    const edges = this.edgesTo(inst)
    for (const edge of edges) {
      const said = this.atCall(inst, edge, place, depth)
      if (!said) return undefined
      for (const one of said) all.push(one)
    }
    return edges.length > 0 ? all : undefined
  }

  /** Called by what it is handed to, with what that gives it. */
  private isHandedOver(from: Instance, site: Expr & { k: 'call' }, fn: FnFact): boolean {
    return this.program.callsOf(from).some((call) => call.site === site) || site.a.some((arg) => arg.k === 'fn' && from.unit.facts.functions[arg.f] === fn)
  }

  private atCall(inst: Instance, { from, site }: CallEdge, { index, name, absent }: Place, depth: number): Said[] | undefined {
    if (site.k !== 'call' || site.a.slice(0, index + 1).some(({ k }) => k === 'spread') || this.isHandedOver(from, site, inst.fn)) return undefined
    const arg = site.a[index]
    const given = name === undefined ? arg : arg === undefined ? undefined : memberIn(arg, name)
    if (given === UNSEEN) return undefined
    const said = given === undefined ? [undefined] : this.said(from, given, depth + 1)
    if (!said?.includes(undefined) || absent === undefined) return said
    const instead = this.said(inst, absent, depth + 1)
    return instead && [...said.filter((one) => one !== undefined), ...instead]
  }
}

const decided = new WeakMap<FnFact, Map<Expr, { test: Expr; holds: boolean }[]>>()

/** Tests in front of a place of which callers may decide how they end. */
const testsAt = ({ unit, fn }: Instance, site: Expr): { test: Expr; holds: boolean }[] => {
  let places = decided.get(fn)
  if (!places) decided.set(fn, (places = new Map()))
  let tests = places.get(site)
  if (!tests) places.set(site, (tests = [...holdingAt(pointsOf(fn).at.get(site))].flatMap((point) => (point.kind === 'test' && maySay(unit.facts, point.test) ? [point] : []))))
  return tests
}

/** Might a test end the same way whenever it is asked: does it speak of parameters, constants and texts alone? */
const maySay = (facts: FileFacts, x: Expr): boolean => {
  if (x.k === 'un') return x.op === '!' && maySay(facts, x.x)
  if (x.k === 'log') return maySay(facts, x.l) || maySay(facts, x.r)
  if (x.k === 'bin') return isSaid(facts, x.l) && isSaid(facts, x.r)
  return isSaid(facts, x)
}

const isSaid = (facts: FileFacts, x: Expr): boolean => {
  if (x.k === 'mem' || x.k === 'ref') {
    const root = x.k === 'mem' ? (x.opt && x.o.k === 'mem' ? x.o.o : x.o) : x
    const binding = root.k === 'ref' ? facts.bindings[root.b] : undefined
    return binding !== undefined && (binding.kind === 'param' || isConstant(binding))
  }
  return x.k !== 'call' && x.k !== 'await'
}

interface Place {
  index: number
  /** Taken out of the argument by name. */
  name?: string
  /** What it is where nothing is given. */
  absent?: Expr | undefined
}

const UNSEEN = Symbol('unseen')

const memberIn = (x: Expr, name: string): Expr | undefined | typeof UNSEEN => {
  if (x.k !== 'obj' || x.m.some(({ kind, n }) => kind === 'spread' || n === undefined)) return UNSEEN
  return x.m.find(({ n }) => n === name)?.v
}

const placeOf = ({ params }: FnFact, binding: BindingId): Place | undefined => {
  for (const [index, { t, rest }] of params.entries()) {
    if (rest) continue
    const direct = boundAs(t, binding)
    if (direct) return { index, absent: direct.absent }
    const parts = t.k === 'def' ? t.t : t
    const inner = parts.k === 'objpat' ? parts.m.find((m) => boundAs(m.t, binding)) : undefined
    if (inner?.n !== undefined && (t === parts || isEmpty(t))) return { index, name: inner.n, absent: boundAs(inner.t, binding)?.absent }
  }
  return undefined
}

/** `{ … } = {}` */
const isEmpty = (t: Pattern): boolean => t.k === 'def' && t.d.k === 'obj' && t.d.m.length === 0

const boundAs = (t: Pattern, binding: BindingId): { absent?: Expr } | undefined => {
  if (t.k === 'def') return boundAs(t.t, binding) && { absent: t.d }
  return t.k === 'bind' && t.b === binding ? {} : undefined
}

const assigned = new WeakMap<FnFact, Set<BindingId>>()

/** Bindings that a function gives something new. */
const assignedIn = (fn: FnFact): Set<BindingId> => {
  let found = assigned.get(fn)
  if (!found) {
    const into = (found = new Set<BindingId>())
    eachExpression(fn.body, (x) => { if (x.k === 'set' && 'b' in x.l) into.add(x.l.b) })
    assigned.set(fn, found)
  }
  return found
}

const not = (one: boolean | undefined): boolean | undefined => (one === undefined ? undefined : !one)

const joined = (op: string, l: boolean | undefined, r: boolean | undefined): boolean | undefined => {
  const decides = op === '||'
  if (l === decides || r === decides) return decides
  return l === undefined || r === undefined ? undefined : !decides
}

const agreed = (all: boolean[]): boolean | undefined => (all.every((one) => one === all[0]) ? all[0] : undefined)
