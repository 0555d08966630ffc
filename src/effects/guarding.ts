import type { EffectKind } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import { areApart, holdingAt, type Point, pointsOf } from '../flow/points.js'
import { type Callers, callsTo } from '../flow/reach.js'
import { isBeforeNothing, isBeforeThrow } from '../flow/refused.js'
import type { LibraryCall } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { somePart } from '../link/shape.js'
import { findTables, hasNaturalKey } from '../schema/index.js'
import { looseName } from '../schema/tables.js'
import { changesIn } from './assigned.js'
import { areOfOneKind } from './constants.js'
import { OWN_KEY } from './brought.js'
import type { Changes } from './changes.js'
import type { ComputedMembers } from './computed.js'
import type { Claim, Claims } from './claims.js'
import { CLAIM, fieldsOf } from './look-ups.js'
import { failsAgain } from './conditions.js'
import { type Effect, ONCE } from './effects.js'
import type { Missing } from './missing.js'
import { isOfProcess, isSame, madeOnMiss } from '../state/once.js'
import { MEMORY } from './memory.js'
import { drawsNumber } from './sequences.js'
import { type Place, putInOrOut, toggledBy } from './toggles.js'
import { UNIQUE } from './uniqueness.js'

/** What an entry does, and how each of its functions was reached. */
export interface Deed {
  effects: Effect[]
  parents: ReadonlyMap<Instance, CallEdge | undefined>
  /** What middleware in front of the handler has seen. */
  passed: Claim[]
}

/** A look under the key in a key-value store that it is noted under. */
export const LOOKED_UNDER = 'looked for under its key before'
const ADDS = new Set<EffectKind>(['insert', 'relative-update', 'append', 'upsert'])
const WRITES = new Set<EffectKind>([...ADDS, 'update', 'delete'])
/** Changes of a key-value store after which something is there. */
const MARKS = new Set<EffectKind>(['update', 'upsert', 'append'])
const MAKES = new Set<EffectKind>(['insert'])
const DELETES = new Set<EffectKind>(['delete'])
/** Changes of something held, rather than of a row of its own: `doc.items.push(x)`. */
const HELD = new Set<EffectKind>(['relative-update', 'append', 'update'])

/** Done for somebody or something, rather than kept: mails, jobs. */
const TELLS = new Set<EffectKind>(['mail', 'sms', 'push', 'http-post', 'enqueue', 'publish'])

/** Decides for the effects of one entry what around them makes a repeat harmless, or nearly so. */
export class Guarding {
  constructor(private readonly claims: Claims, private readonly missing: Missing, private readonly tables: TableFact[], private readonly changes: Changes, private readonly transactionsIn: (inst: Instance) => Expr[], private readonly computed: ComputedMembers) {}

  judge(deed: Deed): void {
    const ways = new Map(deed.effects.map((effect) => [effect, wayTo(effect, deed.parents)]))
    const known = new Known(deed, ways)
    const makes = deed.effects.some(({ kind }) => kind === 'insert')
    for (const effect of deed.effects) {
      if (makes && deed.parents.get(effect.call.inst) !== undefined && drawsNumber(effect, this.changes, this.claims.look)) effect.guard ??= 'numbers what is made'
      if (isSignal(effect)) effect.guard ??= 'nothing keeps the message'
      if ((ways.get(effect) ?? []).some((place) => this.isOnceInProcess(place, effect))) {
        effect.only = true
        effect.guard ??= 'once in each process'
      }
      if (effect.guard) continue
      const claims = [...this.claimsOn(ways.get(effect) ?? [], deed), ...this.turnsOf(effect, ways)]
      // What is changed relative to itself is looked up before anyway: only a claim that was won says something.
      if (!effect.changes && (ways.get(effect) ?? []).some(({ inst, site }) => this.changes.isBehindState(inst, site))) effect.weak = true
      const put = effect.changes && claims.find((claim) => isPutWith(claim, effect, deed.effects))
      if (put) Object.assign(effect, { weak: true, why: effect.why ?? `looked for in ${put.name} before` })
      this.byClaims(effect, effect.changes && effect.kind !== 'append' ? claims.filter((claim) => claim.changed || claim.name === CLAIM || isOfOther(claim, effect, known)) : claims.filter((claim) => !isOfCounted(claim, effect, known)), known)
    }
    for (const effect of deed.effects) if (!effect.guard && (!effect.weak || effect.why === LOOKED_UNDER)) this.byOrder(effect, ways, deed.effects)
    for (const effect of deed.effects.filter((one) => toggledBy(one, deed.effects, this.claims, ways) ?? putInOrOut(one, deed.effects, this.claims))) Object.assign(effect, { kind: 'relative-update', guard: undefined, why: undefined, weak: false })
  }

  private isOnceInProcess({ inst, site }: Place, { by }: Effect): boolean {
    const { built, kept } = madeOnMiss(inst, site)
    return [...built, ...(by === MEMORY ? kept : [])].some((flag) => isOfProcess(this.claims.look, inst, flag))
  }

  /** `for (const row of await find(…)) { await mail(row); await remove(row) }`, or all of them behind the loop; `await mark(row)`, where those were asked for that had no mark. */
  private turnsOf(effect: Effect, ways: Map<Effect, Place[]>): Claim[] {
    const ended = effect.kind === 'delete' ? [] : [...ways].filter(([{ kind, model }]) => (kind === 'delete' || (kind === 'update' && effect.kind !== 'update')) && model !== undefined)
    if (ended.length === 0) return []
    return (ways.get(effect) ?? []).flatMap(({ inst, site }) => this.missing.turns(inst, site, ({ name, by }, isOfTurn) =>
      ended.some(([{ kind, model, call }, way]) => looseName(model ?? '') === name && (kind === 'delete' || by.length > 0) && way.some((place) => place.inst === inst && (isOfTurn(place.site) || (MANY.test(call.path) && place.site.p > site.e))))))
  }

  private claimsOn(way: Place[], { passed }: Deed): Claim[] {
    return [...way.flatMap(({ inst, site }) => this.claimsAt(inst, site)), ...passed]
  }

  private readonly known = new Map<Instance, Map<Expr, Claim[]>>()
  /** The ways of many entries and effects go through the same places. */
  private claimsAt(inst: Instance, site: Expr): Claim[] {
    let places = this.known.get(inst)
    if (!places) this.known.set(inst, (places = new Map()))
    let claims = places.get(site)
    if (!claims) places.set(site, (claims = [...this.claims.at(inst, site), ...this.missing.at(inst, site)]))
    return claims
  }

  private byClaims(effect: Effect, claims: Claim[], known: Known): void {
    const own = effect.model === undefined ? undefined : looseName(effect.model)
    for (const claim of claims) {
      if (claim.kept && !claim.found && (claim.keyed || claim.held) && known.marks(claim.name, effect)) {
        effect.weak = true
        effect.why ??= LOOKED_UNDER
      }
      // That nothing is kept under a key holds for all who ask at once, and it may be a cache.
      if (claim.kept && (!claim.found || claim.field !== undefined)) continue
      const found = ofRelation(effect, own, claim) ?? (claim.found ? this.usedUp(effect, claim, known) : this.checkedBefore(effect, own, claim, known))
      if (!found) continue
      if (found.sure) effect.guard = found.why
      else effect.weak = true
      effect.why ??= found.why
      if (effect.guard) return
    }
  }

  /** A look-up of what would be made has found nothing. */
  private checkedBefore(effect: Effect, own: string | undefined, { name, held, field, by, any, left, maybe, found, ifGiven }: Claim, known: Known): Judged | undefined {
    if (left && (TELLS.has(effect.kind) || (effect.kind === 'insert' && field !== undefined)) && (field === undefined ? known.adds(name) : known.writes(name, effect) && known.assigns(field))) return { why: `only for what ${name} lacked`, sure: false }
    if (field !== undefined) return undefined
    if (any && !held && own === name && effect.kind === 'insert') effect.only = true
    if (held) return HELD.has(effect.kind) || known.writes(name, effect) || own === name ? { why: `looked for in ${name} before`, sure: false } : undefined
    const same = own === name || (!found && pushesTo(effect, name)) || (left === true && own?.endsWith(name) === true) || (own === undefined && ADDS.has(effect.kind))
    if (!same && (left === true || maybe === true || !known.writes(name, effect))) return undefined
    // Nothing was there under a key that what is made will not have.
    if (same && effect.keyless && by.length > 0 && by.every((one) => OWN_KEY.test(one))) return undefined
    if (ifGiven && this.mayLack(name, by)) return undefined
    const unique = findTables(this.tables, name).some((table) => hasNaturalKey(table, by))
    return { why: unique ? `checked before, unique in ${name}` : `checked before, not unique in ${name}`, sure: unique && same }
  }

  /** May a row go without what was asked for? Then it is made without having been looked for. */
  private mayLack(name: string, by: string[]): boolean {
    return by.length > 0 && findTables(this.tables, name).some(({ columns }) => columns.some((column) => column.optional && by.includes(column.name)))
  }

  /** The row that the request needs is gone, or in another state, once it has been served. */
  private usedUp(effect: Effect, { name, field, present, absent, against, changed, by, sql, ofCaller, any, one }: Claim, known: Known): Judged | undefined {
    // Counted, an update that leaves its own condition as it is only says that the row is there.
    if (changed) return (by.length > 1 && (sql || by.some((one) => known.assigns(one)))) || known.deletes(name, effect) ? { why: `conditional write of ${name}`, sure: true } : undefined
    // Where something must be there, only what takes it away ends that; where nothing may be, what puts nothing there does not.
    const ends = (of: string): boolean => (present ? known.clears(of) : known.assigns(of) && !(absent && known.onlyEmpties(of)) && !(against !== undefined && known.leavesOpen(of, against))) || [...this.computed.fieldsOf(of)].some((one) => known.assigns(one))
    if (field !== undefined) return known.writes(name, effect) && ends(field) ? { why: `state of ${name} checked`, sure: false } : undefined
    if (name === CLAIM) return ofCaller ? { why: 'claimed for the user, whatever is asked for', sure: false } : { why: 'claimed before', sure: true }
    if (known.deletes(name, effect)) return { why: `${name} is used up`, sure: false }
    if (known.writes(name, effect) && by.some((field) => ONE_TIME.test(field))) return { why: `${name} is used up`, sure: false }
    // `findOneBy({ taken: false })`: a repeat takes the next one.
    if (any && one) return undefined
    return known.writes(name, effect) && by.some((of) => !/^_?id$/i.test(of) && known.clears(of) && (!SHARED.test(of) || known.clearsOf(name, of))) ? { why: `${name} is used up`, sure: false } : undefined
  }

  /** Are two effects in one transaction, and does the first happen whenever that goes well? Then it takes the other with it where it fails. */
  private fallTogether(first: Place[], then: Place[]): boolean {
    const [own] = first
    if (own && this.transactionsIn(own.inst).some((call) => isListedIn(call, own.site) && then.some(({ inst, site }) => inst === own.inst && within(call, site)))) return true
    const at = first.findIndex(({ inst, site }) => then.some((place) => place.inst === inst && place.site === site) && this.transactionsIn(inst).includes(site))
    return at > 0 && first.slice(0, at).every(({ inst, site }) => !isConditional(inst, site) || runsAlways(inst, site))
  }

  /** `deleteMany({ where: { userId } })`, before the row of that user is made anew: nothing is left that would refuse it. */
  private hasRoom(made: Effect, ways: Map<Effect, Place[]>, all: Effect[]): boolean {
    const name = looseName(made.model ?? '')
    return all.some((gone) => gone.kind === 'delete' && name !== '' && looseName(gone.model ?? '') === name
      && findTables(this.tables, name).some((table) => hasNaturalKey(table, fieldsOf(gone.call))) && ranBefore(ways.get(gone) ?? [], ways.get(made) ?? [], false))
  }

  /** What must have gone well before: an insert that refuses the repeat, or a deletion that it replaces. */
  private byOrder(effect: Effect, ways: Map<Effect, Place[]>, all: Effect[]): void {
    const way = ways.get(effect) ?? []
    const isRefusing = (other: Effect): boolean => other.kind === 'insert' && !other.weak && !other.unsure && (other.guard === UNIQUE || other.guard?.startsWith('checked before')) === true && !this.hasRoom(other, ways, all)
    for (const other of all) {
      if (other === effect) continue
      const refuses = isRefusing(other)
      if (refuses && other.guard === UNIQUE && ROLLED_BACK.has(effect.kind) && effect.by === other.by && this.fallTogether(ways.get(other) ?? [], way)) {
        effect.guard = 'in the transaction of an insert that refuses the repeat'
        return
      }
      const consumed = other.by === 'prisma' && (CONSUMES.test(other.call.path) || (CHANGES_ONE.test(other.call.path) && failsAgain(other.call)))
      const replaced = (effect.along === true && empties(other, effect)) || other.kind === 'delete' && effect.kind === 'insert' && other.model !== undefined && effect.model !== undefined && looseName(other.model) === looseName(effect.model)
      const anew = isListAnew(other, effect)
      const done = isDoneOnce(other, all)
      if ((refuses || replaced || anew || consumed || done) && (ranBefore(ways.get(other) ?? [], way, !replaced && !anew) || (replaced && isTakenFirst(ways.get(other) ?? [], way)))) {
        // As a whole it is set rather than added to.
        if (anew) effect.kind = 'update'
        effect.guard = done ? 'behind a payment that is refused the second time' : replaced || anew ? 'replaces what it has deleted' : consumed ? CHANGES_ONE.test(other.call.path) ? 'behind a change that a repeat fails' : 'behind a deletion that a repeat fails' : `behind an insert that refuses the repeat`
        return
      }
    }
    if (!ADDS.has(effect.kind) && refuseTogether(all.filter((other) => other !== effect && isRefusing(other)), way)) effect.guard = 'behind an insert that refuses the repeat'
  }
}

/** `if (user) await members.insert(…); else await invitations.insert(…); await mail(…)`: whichever of the two ran refuses the repeat. */
const refuseTogether = (refusing: Effect[], way: Place[]): boolean => {
  const branches = refusing.flatMap(({ call: { inst, site } }) => {
    const behind = way.find((place) => place.inst === inst && place.site.p > site.e)
    const passed = new Set(behind ? holdingAt(pointsOf(inst.fn).at.get(behind.site)) : [])
    const [own, ...further] = behind ? [...holdingAt(pointsOf(inst.fn).at.get(site))].filter((at) => at.kind === 'test' && at.by === 'branch' && !passed.has(at)) : []
    return own?.kind === 'test' && further.length === 0 ? [own] : []
  })
  return branches.some((one) => branches.some((other) => one.test === other.test && one.holds !== other.holds))
}

const within = ({ p, e }: Expr, x: Expr): boolean => p <= x.p && x.e <= e

/** `$transaction([user.create(…), ...terms.map((term) => accept(term))])`: one of those that run whatever the others hold. */
const isListedIn = (call: Expr, site: Expr): boolean => {
  const [list] = call.k === 'call' ? call.a : []
  return list?.k === 'arr' && list.x.includes(site)
}

/** `if (team.members.includes(id)) throw …; team.members.push(id); user.teams.push(team.id)`: what was looked for is put in beside what is changed, so the repeat finds it. */
const isPutWith = ({ held, found, field }: Claim, effect: Effect, all: Effect[]): boolean =>
  held === true && !found && field !== undefined && all.some((other) => other !== effect && other.changes?.some(({ grows, place }) => grows && place.endsWith(`.${field}`)))

/** `if (await Vote.exists(…)) return; poll.votes += 1; …; await Vote.create(…)`: what is made beside the change was looked for, or what is taken away was there. */
const isOfOther = ({ name, found, held, field }: Claim, effect: Effect, known: Known): boolean =>
  !held && field === undefined && name !== looseName(effect.model ?? '') && (found ? known.deletes(name, effect) : known.makes(name))

/** `if (!quota || quota.count < MOST) …; quota ? update({ count: quota.count + 1 }) : create(…)`: that there may be no row yet says nothing of a row that is counted on. */
const isOfCounted = ({ name, found, held, field, changed }: Claim, { kind, model }: Effect, known: Known): boolean =>
  kind === 'relative-update' && model !== undefined && name === looseName(model) && !found && !held && field === undefined && !changed && known.makes(name)

/** `multi.del(key); multi.rpush(key, …items)` */
const isListAnew = ({ kind, call, by }: Effect, effect: Effect): boolean => {
  const keyOf = ({ site }: LibraryCall): Expr | undefined => (site.k === 'call' ? site.a[0] : undefined)
  const [gone, filled] = [keyOf(call), keyOf(effect.call)]
  return kind === 'delete' && effect.kind === 'append' && by === effect.by && call.inst === effect.call.inst && gone !== undefined && filled !== undefined && isSame(gone, filled)
}

/** A payment that can be made once, and that is not begun here. */
const isDoneOnce = (one: Effect, all: Effect[]): boolean => one.guard === ONCE && !all.some(({ kind, by, guard }) => kind === 'payment' && by === one.by && guard !== ONCE)

/** `update({ data: { tags: { deleteMany: {} } } })`, before the tags are made anew along with the same row. */
const empties = ({ kind, call: { site, row } }: Effect, { model }: Effect): boolean => {
  const given = kind === 'update' && site.k === 'call' ? site.a[0] : undefined
  const data = row?.effect?.data === '0.data' && given?.k === 'obj' ? given.m.find(({ n }) => n === 'data')?.v : undefined
  return data?.k === 'obj' && model !== undefined && data.m.some(({ n, v }) => n !== undefined && looseName(n) === looseName(model) && v.k === 'obj' && v.m.some((m) => m.n === 'deleteMany'))
}

/** Takes more than one away. */
const MANY = /(Many|All)$/

/** Rows of one database. */
const ROLLED_BACK = new Set<EffectKind>([...ADDS, 'update', 'delete'])

/** `user.premium ?? createPremium(user)`, `!rule.actions.some(…)`: the rows that would be made were looked for among those of another one. */
const ofRelation = (effect: Effect, own: string | undefined, { name, field, held, found, absent }: Claim): Judged | undefined =>
  field !== undefined && own !== undefined && ADDS.has(effect.kind) && (isRelated(own, looseName(field)) || (held === true && pushesTo(effect, looseName(field)))) && (absent === true || (held === true && !found)) ? { why: `looked for in ${name} before`, sure: false } : undefined

/** `updateOne({ _id }, { $push: { answers: answer } })` */
const pushesTo = ({ kind, call: { site, row } }: Effect, field: string): boolean => {
  const data = kind === 'relative-update' && site.k === 'call' ? site.a[Number(row?.effect?.data)] : undefined
  return data?.k === 'obj' && data.m.some(({ n, v }) => n === '$push' && v.k === 'obj' && v.m.length > 0 && v.m.every((m) => m.n !== undefined && looseName(m.n) === field))
}

/** `book.authors` holds authors, or what joins books with authors. */
const isRelated = (own: string, field: string): boolean => own === field || (field.length > 3 && own.endsWith(field))

/** Fields that hold what may be presented once. */
const ONE_TIME = /reset|verif|confirm|activat|invit|otp|nonce|one_?time|magic|login_?token|temp_?token/i
/** Columns that rows of any table have. */
const SHARED = /^(is_?)?(deleted|archived|removed|disabled|active|enabled|status|updated|created)(_?(at|on))?$/i
/** Throws where the row is gone. */
const CONSUMES = /\.delete$/
const CHANGES_ONE = /\.update$/

/** Whoever listens to a channel of Redis just then looks again at what has changed. */
const isSignal = ({ kind, by }: Effect): boolean => kind === 'publish' && by === 'redis'

interface Judged { why: string; sure: boolean }

/** What an entry writes, by loose names. */
class Known {
  private readonly byKind = new Map<string, Set<EffectKind>>()
  private fields: { assigned: Set<string>; cleared: Set<string>; filled: Set<string> } | undefined

  constructor(private readonly deed: Deed, private readonly ways: ReadonlyMap<Effect, Place[]>) {
    for (const { model, kind, kept } of deed.effects) {
      if (kept !== undefined) this.byKind.set(kept, (this.byKind.get(kept) ?? new Set()).add(kind))
      if (model === undefined) continue
      const name = looseName(model)
      this.byKind.set(name, (this.byKind.get(name) ?? new Set()).add(kind))
    }
  }

  adds(name: string): boolean {
    return this.does(name, ADDS)
  }

  makes(name: string): boolean {
    return this.does(name, MAKES)
  }

  writes(name: string, beside: Effect): boolean {
    return this.does(name, WRITES, beside)
  }

  /** Is something kept under this key that was not there before, by what is asked about or beside it? */
  marks(name: string, beside: Effect): boolean {
    return this.deed.effects.some((one) => one.kept === name && MARKS.has(one.kind) && !this.areApart(one, beside))
  }

  /** What is taken away because it was over says nothing of what others do with it. */
  deletes(name: string, beside: Effect): boolean {
    return this.does(name, DELETES, beside, ({ inst, site }) => isBeforeNothing(inst.fn, site))
  }

  assigns(field: string): boolean {
    return this.changed().assigned.has(field)
  }

  clears(field: string): boolean {
    return this.changed().cleared.has(field)
  }

  /** `user.confirmed = false`, and nothing else. */
  onlyEmpties(field: string): boolean {
    return this.assigns(field) && !this.changed().filled.has(field)
  }

  /** `if (user.state === State.Done) refuse(); user.state = State.Asked`: what it is set to passes the test again. */
  leavesOpen(field: string, against: string): boolean {
    const [sign, constant] = [against[0], against.slice(1)]
    const given = [...this.deed.parents.keys()].flatMap((inst) => [...(changesIn(inst).texts.get(field) ?? [])])
    const isElsewhere = this.deed.effects.some(({ sets, call }) => sets?.assigned.includes(field) && !changesIn(call.inst).texts.has(field))
    return given.length > 0 && !isElsewhere && given.every((text) => text !== undefined && (text === constant ? sign === '=' : sign === '!' && areOfOneKind(text, constant)))
  }

  /** The same where rows of this name are changed: many tables have such a column. */
  clearsOf(name: string, field: string): boolean {
    return this.deed.effects.some((effect) => WRITES.has(effect.kind) && effect.kind !== 'insert' && effect.model !== undefined && looseName(effect.model) === name &&
      (effect.sets?.cleared.includes(field) || this.ways.get(effect)?.some(({ inst }) => changesIn(inst).cleared.includes(field))))
  }

  /** Is something of these kinds done to rows of this name, where it comes to the effect that it is asked for? */
  private does(name: string, kinds: ReadonlySet<EffectKind>, beside?: Effect, inVain?: (place: Place) => boolean): boolean {
    if (![...(this.byKind.get(name) ?? [])].some((kind) => kinds.has(kind))) return false
    return !beside || this.deed.effects.some((one) => kinds.has(one.kind) && (one.kept === name || (one.model !== undefined && looseName(one.model) === name)) && !this.areApart(one, beside) && !this.ways.get(one)?.some((place) => inVain?.(place)))
  }

  /** In two branches of one choice, or one of them in front of a refusal. */
  private areApart(one: Effect, other: Effect): boolean {
    const [way, to] = [this.ways.get(one) ?? [], this.ways.get(other) ?? []]
    const refused = ({ inst, site }: Place): boolean => isBeforeThrow(inst, site)
    if (way.some(refused) && !to.some(refused)) return true
    // Another call of the same function may stand in the other's branch.
    return way.some((at, i) => {
      const places = to.filter(({ inst }) => inst === at.inst)
      const sites = places.length === 0 ? [] : [at.site, ...sitesTo(at.inst, way[i - 1]?.inst.fn)]
      return places.some((place) => sites.every((site) => site !== place.site && areApart(at.inst.fn, place.site, site)))
    })
  }

  private changed(): NonNullable<Known['fields']> {
    if (this.fields) return this.fields
    this.fields = { assigned: new Set(), cleared: new Set(), filled: new Set() }
    for (const inst of this.deed.parents.keys()) {
      const { assigned, cleared, filled } = changesIn(inst)
      for (const name of assigned) this.fields.assigned.add(name)
      for (const name of filled) this.fields.filled.add(name)
      for (const name of cleared) this.fields.cleared.add(name)
    }
    for (const { sets } of this.deed.effects) {
      for (const name of sets?.assigned ?? []) {
        this.fields.assigned.add(name)
        this.fields.filled.add(name)
      }
      for (const name of sets?.cleared ?? []) this.fields.cleared.add(name)
    }
    return this.fields
  }
}

const sitesByCallee = new WeakMap<Instance, Map<FnFact, Set<Expr>>>()

/** Where an invocation calls a function: some call thousands, and are asked for each effect. */
const sitesTo = (inst: Instance, fn: FnFact | undefined): Iterable<Expr> => {
  if (!fn) return []
  let sites = sitesByCallee.get(inst)
  if (!sites) {
    sitesByCallee.set(inst, (sites = new Map()))
    for (const { to, site } of inst.callees) sites.set(to.fn, (sites.get(to.fn) ?? new Set<Expr>()).add(site))
  }
  return sites.get(fn) ?? []
}

/** From the effect back to the handler. */
const wayTo = ({ call }: Effect, parents: Callers): Place[] =>
  [{ inst: call.inst, site: call.site }, ...callsTo(parents, call.inst).reverse().map(({ from, site }) => ({ inst: from, site }))]

/** Has the end of one way run, on all paths, before the other gets to its end? `surely`: it stands under no test of its own. */
const ranBefore = (first: Place[], then: Place[], surely: boolean): boolean => {
  for (const [i, { inst, site }] of first.entries()) {
    const meeting = then.find((place) => place.inst === inst)
    if (!meeting) {
      if (surely && isConditional(inst, site) && !runsAlways(inst, site)) return false
      continue
    }
    // In the callback of the first itself it comes after it.
    if (meeting.site === site) return i === 0
    return ranAt(inst, meeting.site, site)
  }
  return false
}

/** `if (user.photo) await remove(user.photo)`, before the new one is made: what stands there is a look at what was. */
const isTakenFirst = (taken: Place[], way: Place[]): boolean => {
  for (const { inst, site } of taken) {
    const meeting = way.find((place) => place.inst === inst)
    if (!meeting) continue
    const passed = new Set(holdingAt(pointsOf(inst.fn).at.get(meeting.site)))
    return site.e < meeting.site.p && [...holdingAt(pointsOf(inst.fn).at.get(site))].every((at) => at.kind !== 'test' || passed.has(at) || (at.holds && (at.test.k === 'mem' || at.test.k === 'ref')))
  }
  return false
}

const isConditional = (inst: Instance, site: Expr): boolean => {
  for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) if (at.kind === 'test' && at.by === 'branch') return true
  return false
}

/** Whatever the tests in front of it say, does the function end well only behind it? */
const runsAlways = ({ fn }: Instance, site: Expr): boolean => {
  const { end, returns } = pointsOf(fn)
  const exits = [...(end ? [end] : []), ...returns.map(({ at }) => at)]
  return exits.length > 0 && exits.every((exit) => ranBehind(exit, site))
}

const ranAt = (inst: Instance, site: Expr, wanted: Expr): boolean => ranBehind(pointsOf(inst.fn).at.get(site), wanted)

const ranBehind = (point: Point | undefined, wanted: Expr): boolean => [...holdingAt(point)].some((at) => at.kind === 'ran' && somePart(at.x, (x) => x === wanted))
