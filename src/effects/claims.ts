import { COLLECTION_HELPERS } from '../catalog/packages.js'
import type { Expr, FnFact } from '../model/facts.js'
import { givesElsewhere, holdingAt, pointsOf, type Point } from '../flow/points.js'
import type { LibraryCall } from '../link/analysis.js'
import { declaringOf, type Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { chainOf, eachInside } from '../link/shape.js'
import { looseName } from '../schema/tables.js'
import type { Program } from '../program/program.js'
import { ByDepth } from './by-depth.js'
import type { Claim } from './claim.js'
import { askedCall, findsOrMakes, saysWhetherMade } from './found-or-made.js'
import { givenTo } from './callers-say.js'
import type { PassedOn } from './passed-on.js'
import { byName, RELATION } from './by-name.js'
import { decidedBy, flagsRaised, isInsisting, lastAssignment } from './asking.js'
import { ERROR, isOfFailure } from './failures.js'
import { fieldOf } from './fields.js'
import { forwarded } from './forwarded.js'
import { callerField } from './of-caller.js'
import { constantText } from './constants.js'
import { flipped, isJustMade, isNothing, isOne, isPlain, isSmall, nameOf, passesAgain } from './compared.js'
import { Demanded } from './demanded.js'
import { distinct, inAll } from './distinct.js'
import type { KeyOrigin } from './keys.js'
import { CLAIM, fieldsOf, LookUps, READS } from './look-ups.js'
import type { SqlStatement } from './sql.js'
import type { Subjects } from './subject.js'

export type { Claim } from './claim.js'

/** How far calls are followed from a test to the look-up behind it. */
const DEEPEST = 3
const CONTAINS = /^(includes|some|has|find|findIndex|indexOf|contains|filter|every|id)$/
const SIZES = /^(length|size|rows|rowCount|[cC]ount|total|exists|present|data|docs|Item|Items|empty|results?|n|hits|value|_count)$/
const COUNTED = /^(affected|affectedRows|count|modifiedCount|nModified|deletedCount|rowCount|changes|matchedCount|numDeletedRows|numUpdatedRows|length|n)$/
/** Names of functions that say yes where nothing is there. */
const ABSENCE = /available|unique|free|missing|absent|empty|isNew/i
/** Names of functions that say who may, or how many there may be: which rows they looked at for that says nothing of what is there. */
const PERMITS = /^(can|may)[A-Z]|(allowed|permi(ssions?|tted)|access|authori[sz]ed)$|limit|quota|exceed|allowance|remaining|budget/i

/** Names of functions that make something else of a row: `mapper.toDomain(row)`. */
const MAPS = /^(to|map|from|hydrate|restore|reconstitute)([A-Z]\w*)?$|or_?(null|undefined|nothing|none)$/i

/** Names of functions that say whether what was given is what a row holds: `bcrypt.compare(old, user.password)`. */
const COMPARES = /^(compare|verify|matches|equals|check|validate|is_?valid|is_?equal|(fast_?)?deep_?equal|safe_?equal|timing_?safe_?equal)(sync|password|hash|secret|code|token|otp|pin|ids?$|s$|$)/i
/** A look into a list of rows, or into what a row that nothing more is known of holds. */
const lookedInto = (list: Expr, rows: Claim[], found: boolean): Claim[] =>
  rows.length === 0 && list.k === 'mem' ? [{ name: RELATION, field: list.n, found, held: true, by: [] }] : rows.map((claim) => ({ ...claim, found, held: true as const }))

/** What a field is held against: `=paid` where only that passes, `!paid` where that is turned away. */
const against = ({ unit }: Instance, other: Expr, equal: boolean): string | undefined => {
  const text = constantText(unit.facts, other)
  return text === undefined ? undefined : `${equal ? '=' : '!'}${text}`
}

/** Reads tests for what they say about rows. */
export class Claims {
  private readonly completions = new ByDepth<Claim[]>()
  private readonly results = new ByDepth<(Claim & { guessed?: boolean })[]>()
  private readonly reads = new ByDepth<Claim[]>()
  private readonly callees = new Map<Instance, Map<Expr, Instance[]>>()
  private readonly held = new Map<Instance, Map<Point | undefined, Claim[]>>()
  private readonly demanded = new Demanded((inst, x) => this.rowsOf(inst, x))

  readonly lookedUp: LookUps

  constructor(private readonly program: Program, private readonly subjects: Subjects, passedOn: PassedOn, statements: (call: LibraryCall) => SqlStatement[], keyOf: (inst: Instance, x: Expr) => KeyOrigin) {
    this.lookedUp = new LookUps(program, subjects, passedOn, statements, keyOf)
  }

  get look(): LookedUp {
    return this.program.look
  }

  /** What holds about rows at a place of an invocation. */
  at(inst: Instance, site: Expr): Claim[] {
    const point = pointsOf(inst.fn).at.get(site)
    let known = this.held.get(inst)
    if (!known) this.held.set(inst, (known = new Map()))
    let claims = known.get(point)
    if (!claims) known.set(point, (claims = this.ofPoint(inst, point, DEEPEST, false)))
    const needed = this.demanded.before(inst, site)
    return needed.length > 0 ? distinct([...claims, ...needed]) : claims
  }

  /** What holds about rows once a function has gone on normally: it throws otherwise, or does not call `next`. */
  passing(inst: Instance): Claim[] {
    return this.goingOn(inst, DEEPEST) ?? this.completion(inst, DEEPEST)
  }

  /** What holds where it calls `next`: itself, or a callback in it that something else calls once it is done. */
  private goingOn(inst: Instance, depth: number): Claim[] | undefined {
    const places = this.nextCalls(inst).map((next) => this.ofPoint(inst, pointsOf(inst.fn).at.get(next), DEEPEST, false))
    // What holds in one of several places, as where nobody must be known, does not hold behind it.
    if (places.length > 0) return inAll(places)
    for (const { to, site } of depth > 0 ? inst.callees : []) {
      const inside = to.env === inst ? this.goingOn(to, depth - 1) : undefined
      if (inside) return [...this.at(inst, site), ...inside]
    }
    return undefined
  }

  /** What holds about rows once a validator has accepted a value: what it gives back is waited for. */
  accepting(inst: Instance): Claim[] {
    const { returns } = pointsOf(inst.fn)
    const [given] = returns.length === 1 ? returns : []
    return [...this.completion(inst, DEEPEST), ...(given?.x ? this.ofCalls(inst, given.x, DEEPEST) : [])]
  }

  /** What holds about rows where it has answered yes. */
  permitting(inst: Instance): Claim[] {
    return [...this.completion(inst, DEEPEST), ...this.ofResult(inst, DEEPEST).filter(({ guessed }) => !guessed)]
  }

  /** Does a test say anything of rows of this name? */
  about(inst: Instance, test: Expr, name: string): boolean {
    return this.ofTest(inst, test, true, DEEPEST).some((claim) => claim.name === name)
  }

  /** Rows that an expression looks up. */
  rowsOf(inst: Instance, x: Expr): Claim[] {
    return this.ofTest(inst, x, true, DEEPEST)
  }

  /** Where `next` is called, or handed on to be called. */
  private nextCalls(inst: Instance): Expr[] {
    const isNext = (x: Expr | undefined): boolean => x?.k === 'ref' && inst.unit.facts.bindings[x.b]?.n === 'next'
    return [...pointsOf(inst.fn).at.keys()].filter((x) => x.k === 'call' && (x.a.length === 0 ? isNext(x.f) : x.a.some(isNext)))
  }

  private ofPoint(inst: Instance, point: Point | undefined, depth: number, thrown: boolean): Claim[] {
    // Each once: a function that is called in many places brings the same ones at every step.
    const claims = new Set<Claim>()
    for (const at of holdingAt(point)) {
      const found = at.kind === 'ran' ? [...this.ofCalls(inst, at.x, depth), ...this.demanded.in(inst, at.x)] : !thrown || at.by === 'throw' || (at.by === 'failure' && !givesElsewhere(inst.fn)) ? this.ofTest(inst, at.test, at.holds, DEEPEST) : []
      for (const claim of found) claims.add(claim)
    }
    return distinct([...claims])
  }

  /** Functions that were called and that throw where a test fails, or where no row is there. */
  private ofCalls(inst: Instance, x: Expr, depth: number): Claim[] {
    const sites = new Set<Expr>()
    eachInside(x, (y) => { if (y.k === 'call') sites.add(y) })
    if (sites.size === 0) return []
    return [...sites].flatMap((site) => [
      ...(isInsisting(site) ? this.chained(inst, site) : []),
      ...(depth === 0 ? [] : saidAt(site, this.calledAt(inst, site).map((to) => this.completion(to, depth - 1)))),
    ])
  }

  /** `User.query().findById(id).throwIfNotFound()`: all look-ups of the chain. */
  private chained(inst: Instance, x: Expr): Claim[] {
    return [...chainOf(x)].flatMap((at) => this.lookedUp.at(inst, at))
  }

  private completion(inst: Instance, depth: number): Claim[] {
    return this.completions.of(inst, depth, () => {
      const { end, returns } = pointsOf(inst.fn)
      return this.ofPoint(inst, end ?? (returns.length === 1 ? returns[0]?.at : undefined), depth, true)
    })
  }

  // ---------------------------------------------------------------- tests

  private ofTest(inst: Instance, x: Expr, holds: boolean, depth: number): Claim[] {
    switch (x.k) {
      case 'await': return this.ofTest(inst, x.x, holds, depth)
      case 'un': return x.op === '!' ? this.ofTest(inst, x.x, !holds, depth) : []
      case 'log': return this.ofBoth(inst, x, holds, depth)
      case 'set': return this.ofTest(inst, x.r, holds, depth)
      case 'bin': return this.ofComparison(inst, x, holds, depth)
      case 'call': return this.ofCall(inst, x, holds, depth)
      case 'ref': return this.ofLocal(inst, x.b, holds, depth, x.p)
      case 'mem': return this.ofMember(inst, x, holds, depth)
      case 'cond': return this.ofChoice(inst, x, holds, depth)
      case 'elem': return this.ofElement(inst, x, holds, depth)
      case 'new': return this.ofMade(inst, x, holds, depth)
      case 'tpl': return this.lookedUp.at(inst, x).map((claim) => ({ ...claim, found: holds }))
      case 'arr': return x.x.flatMap((part) => this.ofTest(inst, part, holds, depth))
      default: return []
    }
  }

  /** `new Set(rows)`; `new Promise((resolve) => compare(old, user.password, done))`, `new Promise((resolve) => find(id, (error, row) => resolve(row)))`. */
  private ofMade(inst: Instance, x: Expr & { k: 'new' }, holds: boolean, depth: number): Claim[] {
    if (x.f.k !== 'glob') return []
    if (x.a[0] && /^(Set|Map)$/.test(x.f.n)) return this.ofTest(inst, x.a[0], holds, depth)
    const compared = decidedBy(inst.unit.facts, x).flatMap((call) => this.ofCompared(inst, call, depth))
    if (compared.length > 0 || x.f.n !== 'Promise') return compared
    return this.calledAt(inst, x).flatMap((to) => this.lookedUp.calls(to).flatMap((call) => this.lookedUp.of(call))).map((claim) => (claim.field === undefined ? { ...claim, found: claim.found === holds } : claim))
  }

  /** `row ? row : null`, `!row ? null : row` */
  private ofChoice(inst: Instance, { t, c, a }: Expr & { k: 'cond' }, holds: boolean, depth: number): Claim[] {
    if (isNothing(a)) return [...this.ofTest(inst, t, holds, depth), ...this.ofTest(inst, c, holds, depth)]
    return isNothing(c) ? [...this.ofTest(inst, t, !holds, depth), ...this.ofTest(inst, a, holds, depth)] : []
  }

  private ofBoth(inst: Instance, x: Expr & { k: 'log' }, holds: boolean, depth: number): Claim[] {
    const first = this.ofTest(inst, x.l, holds, depth)
    if (x.op === '??') return first
    const then = this.ofTest(inst, x.r, holds, depth)
    if (holds === (x.op === '&&') || then.length === 0) return [...first, ...then]
    // `if (order.code && (await find(order.code))) throw …`: nothing was looked for where none was given.
    if (!holds && first.length === 0 && x.l.k === 'mem') return then.map((claim): Claim => (claim.found || claim.field !== undefined ? claim : { ...claim, ifGiven: true }))
    // Only one of the two is so: that no row was there, or that this one may pass.
    const same = passesAgain(x.r)
    return [...first.flatMap((claim): Claim[] => (claim.found || claim.field !== undefined ? [claim] : same && then.some(({ name }) => name === claim.name) ? [] : [{ ...claim, maybe: true }])), ...then]
  }

  /** What a local was given: its definition, or what the call yields that this function was passed to. */
  private ofLocal(inst: Instance, binding: number, holds: boolean, depth: number, at: number): Claim[] {
    const { facts } = inst.unit
    const owner = declaringOf(inst, binding)
    if (!owner) return []
    const made = this.program.look.definition(owner, binding)
    const found = saysWhetherMade(facts.bindings[binding]?.n) ? this.foundOrMade(owner, made ?? owner.fn, holds) : []
    if (found.length > 0) return found
    if (made && ERROR.test(this.program.look.memberOf(facts, binding) ?? '')) return isOne(made) ? this.ofTest(owner, made, !holds, depth) : []
    const flagged = facts.bindings[binding]?.kind === 'let' && depth > 0 ? flagsRaised(owner.fn, binding) : []
    if (flagged.length > 0) return holds ? [] : flagged.flatMap((test) => this.ofTest(owner, test, false, depth - 1))
    if (made) return this.ofTest(owner, made, holds, depth)
    const assigned = depth > 0 ? lastAssignment(owner.fn, binding, at) : undefined
    if (assigned) return this.ofTest(owner, assigned, holds, depth - 1)
    // Given a value later, by one of several look-ups.
    if (facts.bindings[binding]?.kind === 'let') return depth === 0 ? [] : this.program.look.givenTo(owner, binding).flatMap((x) => this.ofTest(owner, x, holds, depth - 1))
    if (facts.bindings[binding]?.kind !== 'param' || (ERROR.test(facts.bindings[binding]?.n ?? '') && isOfFailure(owner.fn, binding))) return []
    const edge = owner.callers.find(({ from, site }) => from.unit === owner?.unit && site.k === 'call' && site.a.some((arg) => arg.k === 'fn' && facts.functions[arg.f] === owner?.fn))
    if (!edge) return this.ofGiven(owner, binding, holds, depth)
    if (edge.site.k !== 'call' || edge.site.f.k !== 'mem') return []
    if (edge.site.f.n !== 'then' && isOfFailure(owner.fn, binding, facts.bindings[binding]?.n)) return []
    if (edge.site.f.n === 'then') return this.ofTest(edge.from, edge.site.f.o, holds, depth)
    const looked = edge.site.f.n === 'exec' ? this.chained(edge.from, edge.site.f.o) : READS.test(edge.site.f.n) ? this.lookedUp.at(edge.from, edge.site) : []
    return looked.map((claim) => ({ ...claim, found: holds }))
  }

  /** A parameter: what its callers give, where they all say the same of it. */
  private ofGiven(owner: Instance, binding: number, holds: boolean, depth: number): Claim[] {
    const looked = owner.callers.slice(0, 1).flatMap(({ from, site }) => this.lookedUp.at(from, site)).map((claim) => ({ ...claim, found: holds }))
    if (looked.length > 0 || depth === 0) return looked
    return inAll(givenTo(owner, binding).map(({ from, x }) => this.ofTest(from, x, holds, depth - 1)))
  }

  private foundOrMade(inst: Instance, made: Expr | FnFact, holds: boolean): Claim[] {
    const asked = askedCall(inst, made)
    const calls = asked ? this.lookedUp.callsAt(asked.from).get(asked.call) ?? [] : []
    return calls.filter(findsOrMakes).map((one) => ({ name: looseName(this.subjects.of(one) ?? ''), found: !holds, by: fieldsOf(one) }))
  }

  private ofComparison(inst: Instance, x: Expr & { k: 'bin' }, holds: boolean, depth: number): Claim[] {
    const [subject, other, op] = isPlain(x.l) ? [x.r, x.l, flipped(x.op)] : [x.l, x.r, x.op]
    if (/^[!=]==?$/.test(op)) {
      const equal = holds === op.startsWith('=')
      if (isNothing(other)) return this.ofTest(inst, subject, !equal, depth)
      if (other.k === 'lit' && (other.v === true || other.v === 1 || other.v === 'OK')) return this.ofTest(inst, subject, equal, depth)
      if (other.k === 'un' && other.op === '-') return this.ofTest(inst, subject, !equal, depth)
      if (equal && isJustMade(this.program.look, inst, subject, other)) return [{ name: CLAIM, found: true, by: [] }]
      return [...this.ofState(inst, subject, depth, against(inst, other, equal)), ...this.ofState(inst, other, depth, against(inst, subject, equal))]
    }
    if ((op === '>' || op === '>=') && isSmall(other)) return this.ofTest(inst, subject, holds, depth)
    if ((op === '<' || op === '<=') && isSmall(other)) return this.ofTest(inst, subject, !holds, depth)
    return []
  }

  /** `row[config.fields.sentAt]` is a field; of a list it is said that there is something. */
  private ofElement(inst: Instance, x: Expr & { k: 'elem' }, holds: boolean, depth: number): Claim[] {
    const field = fieldOf(inst.unit.facts, x)
    return field ? this.ofMember(inst, { k: 'mem', o: field.o, n: field.n, p: x.p, e: x.e, q: x.p }, holds, depth) : this.ofTest(inst, x.o, holds, depth)
  }

  private ofMember(inst: Instance, x: Expr & { k: 'mem' }, holds: boolean, depth: number): Claim[] {
    const named = this.ofNamed(inst, x, holds, depth)
    if (named.length > 0) return named
    const rows = this.ofTest(inst, x.o, holds, depth)
    if (SIZES.test(x.n) || COUNTED.test(x.n)) return rows
    const of = rows.flatMap((claim): Claim[] => (claim.field === undefined ? [{ ...claim, found: true, field: x.n, ...(holds ? { present: true as const } : { absent: true as const }) }] : []))
    return holds || x.opt ? [...rows, ...of] : of
  }

  /** `(await available(id)).free`: what the function says under that name. */
  private ofNamed(inst: Instance, x: Expr & { k: 'mem' }, holds: boolean, depth: number): Claim[] {
    const made = x.o.k === 'ref' ? this.program.look.definition(inst, x.o.b) : x.o
    const site = made?.k === 'await' ? made.x : made
    if (site?.k !== 'call' || depth === 0) return []
    return saidAt(site, this.calledAt(inst, site).map((to) => pointsOf(to.fn).returns.flatMap((one) => {
      const value = one.x?.k === 'obj' ? one.x.m.find(({ n }) => n === x.n)?.v : undefined
      return value ? this.ofTest(to, value, holds, depth - 1) : []
    })))
  }

  /** A field that was compared: what it is of was found. */
  private ofState(inst: Instance, of: Expr, depth: number, against?: string): Claim[] {
    const made = of.k === 'ref' && inst.unit.facts.bindings[of.b]?.kind === 'const' ? this.program.look.definition(inst, of.b) : of
    // `const before = team.plan ?? 'free'`
    const compared = made?.k === 'log' && made.op === '??' ? made.l : made ?? of
    const caller = callerField(this.program, inst, compared)
    if (caller) return [{ name: looseName(caller.name), found: true, field: caller.field, by: [] }]
    const x = fieldOf(inst.unit.facts, compared)
    if (!x || SIZES.test(x.n)) return []
    return this.ofTest(inst, x.o, true, depth).map((claim) => ({ ...claim, field: x.n, ...(against === undefined ? {} : { against }) }))
  }

  private ofCall(inst: Instance, x: Expr & { k: 'call' }, holds: boolean, depth: number): Claim[] {
    if (x.f.k === 'glob' && x.f.n === 'Boolean' && x.a[0]) return this.ofTest(inst, x.a[0], holds, depth)
    if (x.a[0] && /^(last|first)ValueFrom$/.test(nameOf(inst, x.f))) return this.ofTest(inst, x.a[0], holds, depth)
    if (x.f.k === 'mem' && /^(map|flatMap)$/.test(x.f.n) && x.a[0]?.k === 'fn') return this.ofTest(inst, x.f.o, holds, depth)
    // `['paid', 'sent'].includes(order.state)`
    if (x.f.k === 'mem' && CONTAINS.test(x.f.n) && x.f.o.k === 'arr' && x.a[0] && fieldOf(inst.unit.facts, x.a[0])) return this.ofState(inst, x.a[0], depth)
    const inList = x.f.k === 'mem' && CONTAINS.test(x.f.n) && x.a[0]?.k === 'fn' ? this.ofTest(inst, x.f.o, true, depth) : []
    const direct = inList.length > 0 ? [] : this.lookedUp.at(inst, x)
    if (direct.length > 0) return direct.map((claim) => ({ ...claim, found: holds }))
    if (x.f.k === 'mem' && CONTAINS.test(x.f.n) && (x.a[0]?.k === 'fn' || this.calledAt(inst, x).length === 0)) {
      return lookedInto(x.f.o, inList.length > 0 ? inList : this.ofTest(inst, x.f.o, true, depth), holds)
    }
    const listed = this.ofListed(inst, x, holds, depth)
    if (listed.length > 0) return listed
    if (nameOf(inst, x.f).endsWith('isEmpty') && x.a[0]) return this.ofTest(inst, x.a[0], !holds, depth)
    const compared = this.ofCompared(inst, x, depth)
    if (compared.length > 0) return compared
    const mapped = x.a[0] && /^(ref|await)$/.test(x.a[0].k) && MAPS.test(nameOf(inst, x.f)) ? this.ofTest(inst, x.a[0], holds, depth) : []
    if (mapped.length > 0) return mapped
    const edges = depth === 0 ? [] : this.calledAt(inst, x)
    if (edges.length === 0 && x.f.k === 'mem') return [...byName(x.f, holds), ...this.ofTest(inst, x.f.o, holds, depth)]
    const called = saidAt(x, edges.map((to) => this.ofResult(to, depth - 1))).filter((claim) => !claim.guessed || !PERMITS.test(nameOf(inst, x.f)))
    if (called.length === 0 && x.f.k === 'mem') return byName(x.f, holds)
    const flip = called.some((claim) => claim.guessed) && ABSENCE.test(nameOf(inst, x.f))
    // Of a row whose field was asked for it is said that it was there, whatever the answer.
    return called.map((claim) => (claim.field === undefined ? { ...claim, found: claim.found === (holds !== flip) } : claim))
  }

  private ofCompared(inst: Instance, x: Expr & { k: 'call' }, depth: number): Claim[] {
    return COMPARES.test(nameOf(inst, x.f)) ? x.a.flatMap((arg) => this.ofState(inst, arg.k === 'call' && arg.f.k === 'mem' && arg.f.n === 'toString' ? arg.f.o : arg, depth)) : []
  }

  /** `_.some(team.members, { id })`, `find(members, (one) => …)` of lodash: a look into the list that it is given. */
  private ofListed(inst: Instance, x: Expr & { k: 'call' }, holds: boolean, depth: number): Claim[] {
    const [list, what] = x.a
    if (!list || !what || !CONTAINS.test(nameOf(inst, x.f).replace(/^_+/, '')) || !(this.lookedUp.callsAt(inst).get(x) ?? []).some(({ path }) => COLLECTION_HELPERS.test(path))) return []
    return lookedInto(list, this.ofTest(inst, list, true, depth), holds)
  }

  /** What a function says of rows when it answers yes. */
  private ofResult(inst: Instance, depth: number): (Claim & { guessed?: boolean })[] {
    return this.results.of(inst, depth, () => distinct(this.findResult(inst, depth)))
  }

  private findResult(inst: Instance, depth: number): (Claim & { guessed?: boolean })[] {
    const claims: (Claim & { guessed?: boolean })[] = []
    for (const { x, at } of pointsOf(inst.fn).returns) {
      if (!x) continue
      const said = x.k === 'lit' && typeof x.v === 'boolean' ? this.testsAt(inst, at, depth).map((claim) => ({ ...claim, found: claim.found === x.v })) : this.ofTest(inst, x, true, depth)
      for (const claim of said) claims.push(claim)
    }
    return claims.length > 0 ? claims : this.readsOf(inst, depth).map((claim) => ({ ...claim, guessed: true }))
  }

  private testsAt(inst: Instance, point: Point | undefined, depth: number): Claim[] {
    return [...holdingAt(point)].flatMap((at) => (at.kind === 'test' ? this.ofTest(inst, at.test, at.holds, depth) : []))
  }

  // ---------------------------------------------------------------- look-ups

  /** Rows that a function reads somewhere, where its result cannot be followed. */
  private readsOf(inst: Instance, depth: number): Claim[] {
    return this.reads.of(inst, depth, () => distinct(this.findReads(inst, depth)))
  }

  private findReads(inst: Instance, depth: number): Claim[] {
    const own = this.lookedUp.calls(inst).flatMap((call) => this.lookedUp.of(call))
    return depth > 0 ? [...own, ...inst.callees.flatMap(({ to }) => this.readsOf(to, depth - 1))] : own
  }

  private calledAt(inst: Instance, site: Expr): Instance[] {
    let map = this.callees.get(inst)
    if (!map) {
      this.callees.set(inst, (map = new Map()))
      for (const edge of inst.callees) if (!edge.later) map.set(edge.site, [...(map.get(edge.site) ?? []), ...forwarded(this.program, edge.to)])
    }
    return map.get(site) ?? []
  }
}

/** What those that a call leads to say; of `CHECKS[kind](id)`, one of a table, nobody knows which it is. */
const saidAt = <T extends Claim>(site: Expr, of: T[][]): T[] => (site.k === 'call' && site.f.k === 'elem' ? inAll(of) : of.flat())
