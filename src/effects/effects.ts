import type { EffectKind, EffectModel } from '../model/catalog.js'
import type { TableFact } from '../model/schema.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { bringsKey, declaredFor, drawnBefore, isKeyless } from './brought.js'
import { ByCallers } from './asked-callers.js'
import { type Change, Changes, keysOf, secretsIn } from './changes.js'
import { asksOnly, methodsAsked } from './addresses.js'
import { addsByMutation, asksByQuery } from './graphql-operations.js'
import { textsByCallers } from './callers-say.js'
import { asksCommand, asksInText, isGiven, isOnlyGivenTo, undoesItself } from './conditions.js'
import { keptName } from './look-ups.js'
import { tellsOfFailure } from './failures.js'
import { joinsFound } from './joined.js'
import { countsForLimit } from './limits.js'
import { addsAnew } from './added-anew.js'
import { Freshness } from './freshness.js'
import { isToldToReplace } from './told-to-replace.js'
import { isLoaded } from './loaded.js'
import { ListsPutBack } from './inside-lists.js'
import { countsWrites, isOfItself, isSqlOfItself, isVersion, madeBefore } from './of-itself.js'
import { type KeyOrigin, Keys } from './keys.js'
import { givenAs, isCaughtDuplicate, isOfAnother, isSecondTry, madeBy } from './made.js'
import { Nested } from './nested.js'
import { RowKeys } from './row-keys.js'
import { SqlEffects } from './sql-effects.js'
import { STAMP } from './stamps.js'
import { addsBy, putsAnew } from './put-anew.js'
import type { Subjects } from './subject.js'
import { askedOfKept } from './kept.js'
import { isMadeBefore, isPutBy } from './prepared.js'
import { chained, flatten, writtenAt } from './written.js'
import { Upkeep } from './upkeep.js'
import { notesVisit } from './visits.js'
import { findTables } from '../schema/index.js'
import { goesByWhatWasThere } from './turned-over.js'
import { isUnnamed, madeByName } from './unnamed.js'
import { UNIQUE, Uniqueness } from './uniqueness.js'

/** What a call does to the world outside, as one repeat would see it. */
export interface Effect {
  call: LibraryCall
  kind: EffectKind
  /** Table, model, queue: what it is done to. */
  model: string | undefined
  by: string
  /** What makes a repeat of it harmless, in a few words. */
  guard: string | undefined
  /** The guard is a race: checked before, with nothing unique behind it. */
  weak: boolean
  /** Where the key comes from that would make a repeat harmless; absent where the call takes none. */
  key?: KeyOrigin
  /** Rows that are made along with a change of another one. */
  along?: true
  /** Whether what is saved was there before is not known. */
  unsure?: true
  /** Where an outgoing request goes, as far as it is written. */
  url?: string
  /** What the guard is, of a weak one too. */
  why?: string
  /** A secret is drawn anew: nothing is numbered by it. */
  drawn?: true
  /** What is changed relative to itself before it is saved. */
  changes?: Change[]
  /** Columns that an update in SQL sets, and those that it sets to a constant. */
  sets?: { assigned: string[]; cleared: string[] }
  /** It says when somebody came by, and nothing else. */
  stamp?: true
  /** Made where there is none at all: the first request that comes makes it for all. */
  only?: true
  /** It writes down who came from where, and nothing that was asked for. */
  visit?: true
  /** Which entries of a key-value store it changes. */
  kept?: string | undefined
  /** The file has a name that is made up in the call. */
  fresh?: true
  /** Whole rows without a key of their own: the database makes it. */
  keyless?: true
  /** A file that a reading request names, and only deletes. */
  asked?: true
  /** Done by one of many listeners, of which it is not known which is told. */
  perhaps?: true
  /** It makes something that may be paid, and takes nothing by itself. */
  opens?: true
  /** A new row only where the request names none: `where: { id: body.id ?? uuid() }`. */
  unlessNamed?: true
}

const RELATIVE = /^(increment|decrement|multiply|divide|push|\$inc|\$mul|\$push|\$ADD|[+-]=)$/
/** Changes after which something is kept under a key, or is not. */
const KEEPS = new Set<string>(['delete', 'update', 'append'])
const SAVED = new Set<EffectKind>(['update', 'upsert', 'file-write', 'object-put'])
const SAVES = /\.(save|persist(AndFlush|Later)?)$/
/** The provider does it once for what it is given. */
export const ONCE = 'refused by the provider the second time'
/** With the same key for all, only the first of these would ever happen: such a key says nothing of a repeat. */
const OUTGOING = new Set<string>(['mail', 'sms', 'push', 'http', 'http-post'])
/** What goes to a topic or queue. */
const SENT = new Set<string>(['publish', 'enqueue'])
const MADE_ONCE = new Set<EffectKind>(['payment', 'mail', 'sms', 'push', 'http-post'])
/** PATCH sets what it says, as PUT does. */
const POSTING = /^POST$/i

/** Reads effects off library calls: what they do, to what, and what the schema and the call itself say against a repeat. */
export class Effects {
  readonly freshness: Freshness
  readonly keys: Keys
  readonly changes: Changes
  private readonly lists: ListsPutBack
  private readonly found = new ByCallers<LibraryCall, Effect | undefined>()
  private readonly nested: Nested
  private readonly uniqueness: Uniqueness
  private readonly upkeep: Upkeep
  private readonly rowKeys: RowKeys
  readonly sql: SqlEffects
  /** By depth. */
  private readonly relative = [0, 1, 2].map(() => new Map<ObjectValue, boolean>())

  constructor(private readonly program: Program, private readonly tables: TableFact[], private readonly subjects: Subjects) {
    this.freshness = new Freshness(program)
    this.keys = new Keys(program, this.freshness, (call, path) => this.objects(call, path), () => this.uniqueness.reached)
    this.changes = new Changes(program, this.freshness)
    this.lists = new ListsPutBack(program.look)
    this.nested = new Nested(program, tables)
    this.uniqueness = new Uniqueness(program, tables, this.freshness)
    this.upkeep = new Upkeep(program, this.freshness)
    this.rowKeys = new RowKeys(program, tables, this.freshness, this.uniqueness, (call, path) => this.objects(call, path))
    this.sql = new SqlEffects(program, tables, this.freshness, this.uniqueness)
  }

  /** `callers` says how functions were reached. */
  of(call: LibraryCall, callers: Callers): Effect | undefined {
    const found = call.row?.effect && this.found.of(call, callers, (asked) => this.find(call, asked))
    // What others ask about keys goes by who came here last.
    this.uniqueness.reached = callers
    return found && { ...found }
  }

  private find(call: LibraryCall, callers: Callers): Effect | undefined {
    const model = call.row?.effect
    if (!model || isOnlyGivenTo(call, this.program.callsOf(call.inst), this.program.look) || this.isToldBefore(call) || isGiven(call, model.ofNone) || (model.ofStartup && !isMadeBefore(call)) || isPutBy(call) || (model.makes !== undefined && madeByName(call.path, model.makes) === undefined) || asksCommand(call, model.asking) || isOfAnother(call, callers, this.program)) return undefined
    this.uniqueness.reached = callers
    const made: Effect = { call, kind: model.kind, model: this.modelName(call), by: model.by, guard: undefined, weak: false }
    if (model.by === 'redis' && KEEPS.has(made.kind)) made.kept = this.keptBy(call)
    if (model.kind === 'sql') return this.sql.of(made)
    if (model.kind === 'http' || model.kind === 'http-post') return this.ofHttp(made)
    if (made.kind === 'upsert' && this.rowKeys.looksForNamed(call)) made.unlessNamed = true
    if (made.kind === 'upsert' && (this.rowKeys.areFresh(call) || this.rowKeys.lacksKey(call, made.model) || this.findsNone(made) || isUnnamed(this.program.look, call))) made.kind = 'insert'
    if ((made.kind === 'update' || made.kind === 'upsert') && (this.isRelative(call) || goesByWhatWasThere(this.program, call))) made.kind = 'relative-update'
    if (made.kind === 'insert' && this.addsToWhatIsThere(call)) made.kind = 'relative-update'
    if (addsBy(this.program, call)) made.kind = 'append'
    else if (model.addsWhere?.alone) return undefined
    if (made.kind === 'update' && putsAnew(this.program, this.freshness, this.subjects, call)) made.kind = 'insert'
    if (model.operations !== undefined && this.objects(call, `${model.operations}[]`).some(({ holder }) => holder.fields.has('insertOne'))) made.kind = 'insert'
    if (made.kind === 'upsert' && this.rowKeys.makesTheOne(call)) made.only = true
    if (made.kind === 'object-put' && this.keys.isFresh(call, [model.where ?? model.key?.[0] ?? '0'])) made.kind = 'create-remote'
    if (made.kind === 'object-put' && model.ownName && this.isNamedThere(call, model.ownName)) made.kind = 'create-remote'
    if (made.kind === 'insert' && SAVES.test(call.path)) this.notMade(made, callers)
    if (model.nested && made.kind !== 'insert') this.madeAlong(made)
    if (made.kind === 'file-write' && this.namesFresh(call, callers)) made.fresh = true
    if (SAVED.has(made.kind)) this.changeSaved(made, (inst) => callers.has(inst))
    made.guard = this.ownGuard(made) ?? (this.holds(call, model.once) ? ONCE : undefined)
    if (this.holds(call, model.opens)) made.opens = true
    if (made.kind === 'insert' && isKeyless(this.written(call))) made.keyless = true
    if (this.isUpkeep(made)) made.stamp = true
    if (notesVisit(this.program.look, call)) made.visit = true
    if (made.stamp && made.kind === 'relative-update') made.guard ??= 'counts in a span of time'
    if (made.kind === 'relative-update' && countsForLimit(this.program.look, call, callers)) Object.assign(made, { guard: 'counts against a limit', stamp: true })
    return made
  }

  /** `em.persist(em.create(Book, data))`: what is written was told of where it was made; and what was there before is not made. */
  private isToldBefore({ inst, site, row }: LibraryCall): boolean {
    const { data, ofMade, kind } = row?.effect ?? {}
    const given = site.k === 'call' ? site.a[Number(ofMade ?? data)] : undefined
    if (given === undefined || (ofMade === undefined && kind !== 'insert')) return false
    const made = given.k === 'ref' ? this.program.look.definition(inst, given.b) : given
    if (made?.k === 'call' && this.program.callsOf(inst).some((call) => call.site === made && call.row?.effect?.kind === 'insert' && call.row.effect.by === row?.effect?.by)) return true
    return ofMade !== undefined && made?.k !== 'new' && made?.k !== 'obj' && !(made?.k === 'call' && this.program.callsOf(inst).some((call) => call.site === made && call.row?.made))
  }

  private keptBy({ inst, site }: LibraryCall): string | undefined {
    const name = site.k === 'call' && site.a[0] ? this.subjects.ofKey(inst, site.a[0]) : undefined
    return name === undefined ? undefined : keptName(name)
  }

  private isUpkeep({ kind, call }: Effect): boolean {
    const { where } = call.row?.effect ?? {}
    if (kind === 'update') return this.stamps(call) || this.upkeep.isRenewed(call, this.written(call)) || this.upkeep.isExtended(call, this.written(call)) || this.upkeep.isFallenDue(call, this.written(call)) || this.upkeep.isRefreshed(call, this.written(call), this.uniqueness.reached) || this.upkeep.isExchanged(call, this.written(call), this.uniqueness.reached)
    if (kind === 'delete') return this.upkeep.isOver(call, this.uniqueness.reached)
    return kind === 'relative-update' && where !== undefined && this.upkeep.isOfWindow(call, this.objects(call, where))
  }

  /** `createWriteStream(join(folder, randomUUID() + ext))`: a repeat leaves another file. */
  private namesFresh(call: LibraryCall, callers: Callers): boolean {
    const path = call.row?.effect?.model
    const written = path !== undefined && /^\d$/.test(path) ? writtenAt(call, path) : undefined
    return written !== undefined && this.freshness.amongCallers(callers, call.inst, written)
  }

  /** `{ lastSeenAt: new Date() }`: when somebody came by, and nothing else. */
  private stamps(call: LibraryCall): boolean {
    const data = call.row?.effect?.data
    if (data === undefined || data === 'this') return false
    let stamped = false
    for (const { holder } of this.objects(call, data)) for (const name of holder.fields.keys()) {
      if (name.startsWith('$')) continue
      if (!STAMP.test(name)) return false
      stamped = true
    }
    return stamped
  }

  private urlOf(call: LibraryCall): string {
    const path = call.row?.effect?.url ?? '0'
    const written = writtenAt(call, path)
    return [...this.program.texts(call, path), written?.k === 'tpl' ? written.q.join('') : written ? flatten(written) : ''].join(' ')
  }

  /** What was read, changed relative to itself and saved. */
  private changeSaved(made: Effect, isReached: (inst: Instance) => boolean): void {
    const changes = this.changes.of(made.call, isReached).filter((change) => !joinsFound(this.program.look, findTables(this.tables, made.model ?? ''), change))
    if (changes.length === 0) return
    made.kind = 'relative-update'
    made.changes = changes
    made.weak = changes.every((change) => this.changes.isChecked(change, made.call))
  }

  // ---------------------------------------------------------------- what is done

  /** `save` of what was loaded before is an update; of what was loaded or else made, an insert behind a look-up. */
  private notMade(made: Effect, callers: Callers): void {
    const loaded = isLoaded(this.program, made.call, callers)
    if (loaded === 'yes') made.kind = 'update'
    else if (loaded === 'perhaps') made.weak = true
    else if (loaded === undefined) made.unsure = true
  }

  /** An update that makes rows of another model along: `update({ data: { posts: { create: … } } })`. */
  private madeAlong(made: Effect): void {
    const { data, again } = made.call.row?.effect ?? {}
    const rows = this.objects(made.call, again ?? data ?? '0').flatMap((object) => this.nested.of(object, made.model)).filter(({ many }) => many)
    const [added] = rows.filter((one) => !this.uniqueness.refuses(one.model, one.rows, { held: one.held, from: made.call.inst }))
    if (added) Object.assign(made, { kind: 'insert', model: added.model, along: true })
  }

  private holds(call: LibraryCall, said: EffectModel['once']): boolean {
    return said === true || (said !== undefined && this.program.argument(call, said.unless).length === 0 && writtenAt(call, said.unless) === undefined)
  }

  /** The service makes up a name of its own for what is stored. */
  private isNamedThere(call: LibraryCall, { option, byDefault }: NonNullable<EffectModel['ownName']>): boolean {
    const given = this.program.argument(call, option).flatMap((value) => (value.kind === 'lit' ? [value.value] : []))
    if (given.length > 0) return given.includes(true)
    const name = /^(@[^/]+\/)?[^/#]+/.exec(call.path)?.[0] ?? ''
    return byDefault !== undefined && this.program.a.resolver.isVersion(call.inst.unit.path, name, byDefault) === true
  }

  private ofHttp(made: Effect): Effect | undefined {
    const { url, method: path } = made.call.row?.effect ?? {}
    const { reached } = this.uniqueness
    const methods = path === undefined ? [] : this.program.texts(made.call, path)
    if (made.kind === 'http' && !(methodsAsked(this.program, made.call, path, reached) ?? methods).some((method) => POSTING.test(method))) return undefined
    if (made.call.row?.effect?.operation === 'told' && !addsByMutation(this.program, made.call, reached)) return undefined
    if (made.call.row?.effect?.operation && asksByQuery(this.program, made.call, undefined, reached)) return undefined
    if ((url !== undefined && asksOnly(this.program, made.call, url, reached)) || tellsOfFailure(made.call, reached) || isToldToReplace(made.call)) return undefined
    made.kind = 'http-post'
    made.url = this.urlOf(made.call)
    made.guard = this.ownGuard(made)
    return made
  }

  private isRelative(call: LibraryCall): boolean {
    const again = call.row?.effect?.again
    const objects = again === undefined ? this.written(call) : this.objects(call, again)
    return objects.some((object) => this.holdsRelative(object, 0) || [object, ...this.setIn(object)].some((one) => this.rotates(call, one)))
  }

  /** `.onConflictDoUpdate({ target, set: { count: sql`${table.count} + 1` } })`: the clause that takes the second row adds it to the first. */
  private addsToWhatIsThere(call: LibraryCall): boolean {
    return call.row?.effect?.clearedBy?.some(({ call: name, sets }) => name !== undefined && sets !== undefined && chained(this.program, call, name).some((other) => this.objects(other, sets).some((object) => this.holdsRelative(object, 0)))) === true
  }

  /** `{ $set: { … } }` of MongoDB. */
  private setIn({ holder }: ObjectValue): ObjectValue[] {
    const set = holder.fields.get('$set')
    return set === undefined ? [] : this.program.a.of(set).filter((value): value is ObjectValue => value.kind === 'object' && value.shape === 'object')
  }

  /** `{ secret: randomBytes(32).toString('hex') }`: the first answer's secret holds no more. */
  private rotates({ site }: LibraryCall, object: ObjectValue): boolean {
    return [...secretsIn(object), ...keysOf(site, object)].some((name) => this.uniqueness.isDrawn(object, name))
  }

  /** What another call of the same chain was given: `db.update(table).set(data)`. */
  private inChain(call: LibraryCall, step: string): ObjectValue[] {
    const [name, path] = step.split(':')
    return chained(this.program, call, name ?? '').flatMap((other) => this.objects(other, path ?? '0'))
  }

  /** The same objects are held by many: what is known of one at a depth is not asked again. */
  private holdsRelative(object: ObjectValue, depth: number): boolean {
    if (depth > 2) return false
    const known = this.relative[depth]?.get(object)
    if (known !== undefined) return known
    const holds = this.fieldsHoldRelative(object, depth)
    this.relative[depth]?.set(object, holds)
    return holds
  }

  private fieldsHoldRelative(object: ObjectValue, depth: number): boolean {
    if (object.site?.k === 'obj' && object.site.m.some((m) => isOfItself(m.n, m.v) || isOfItself(m.n, madeBefore(this.program.look, object, m.v)) || isSqlOfItself(m, object) || (object.env !== undefined && m.n !== undefined && (this.changes.putsBackLonger(object.env, m.n, m.v) || this.changes.turnsRound(object.env, m.n, m.v) || this.changes.putsBackChanged(object.env, m.v) || this.lists.countsOn(object.env, m.v))))) return true
    if (object.holder.fields.has('$addToSet') && addsAnew(this.program, this.freshness, object)) return true
    for (const [name, node] of object.holder.fields) {
      if (RELATIVE.test(name) && this.isWritten(object, name) && !countsWrites(object, name)) return true
      // Versions are locks.
      if (isVersion(name)) continue
      for (const value of this.program.a.of(node)) if (value.kind === 'object' && value.shape === 'object' && this.holdsRelative(value, depth + 1)) return true
    }
    return false
  }

  private isWritten(object: ObjectValue, name: string): boolean {
    return object.site?.k === 'obj' && object.site.m.some((m) => m.n === name)
  }

  private objects(call: LibraryCall, path: string): ObjectValue[] {
    return madeBy(this.uniqueness.reached, this.program.argument(call, path).flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? givenAs(value) : [])))
  }

  /** Name of the table or model: from the path, the receiver's type argument, its making, or how it is written. */
  private modelName(call: LibraryCall): string | undefined {
    const spec = call.row?.effect?.model
    if (call.row?.effect?.makes !== undefined) return madeByName(call.path, call.row.effect.makes)
    if (spec?.startsWith('member:')) return call.path.split('.').at(-1 + Number(spec.slice(7)))
    const handle = spec?.startsWith('handle:') ? writtenAt(call, spec.slice(7)) : undefined
    if (handle) return this.subjects.ofHandle(call.inst, handle)
    if (spec !== undefined && /^\d/.test(spec)) {
      const texts = this.program.texts(call, spec)
      if (texts.length > 1) return this.oneOf(call, spec, texts)
      if (texts[0]) return texts[0]
      const cls = this.program.argument(call, spec).find((value) => value.kind === 'class')
      if (cls?.kind === 'class' && cls.cls.n) return cls.cls.n
      const named = call.site.k === 'call' ? call.site.a[Number(spec)] : undefined
      if (named && /^\d+$/.test(spec)) return this.subjects.nameOf(call.inst, named) ?? this.subjects.ofRow(call.inst, named)
    }
    // What a message goes out by says nothing of what it is about.
    if (spec === undefined && OUTGOING.has(call.row?.effect?.kind ?? '')) return undefined
    return (call.row?.effect?.ofMade === undefined ? undefined : this.madeFor(call, call.row.effect.ofMade)) ?? this.subjects.of(call, this.uniqueness.reached)
  }

  /** A helper through which everything is sent: those that have called it on the way say which topic is meant. Of several tables the first is named. */
  private oneOf(call: LibraryCall, spec: string, texts: string[]): string | undefined {
    const { reached } = this.uniqueness
    const written = writtenAt(call, spec)
    const said = new Set(written && reached ? textsByCallers(this.program.look, call.inst, written, reached) : [])
    return said.size === 1 ? [...said][0] : SENT.has(call.row?.effect?.kind ?? '') ? undefined : texts[0]
  }

  /** `R.store(bean)`, where `bean = R.dispense('tag')`: what the row was made for. */
  private madeFor({ inst, site }: LibraryCall, path: string): string | undefined {
    const given = site.k === 'call' ? site.a[Number(path)] : undefined
    const made = given?.k === 'ref' ? this.program.look.definition(inst, given.b) : given
    const call = made && this.program.callsOf(inst).find((one) => one.site === made && one.row?.made)
    return call && this.program.texts(call, '0')[0]
  }

  // ---------------------------------------------------------------- what speaks against a repeat

  private ownGuard(made: Effect): string | undefined {
    const { call } = made
    const model = call.row?.effect
    if (!model) return undefined
    // Of what is read, changed and put back, the name says only where it lies.
    const key = model.key && !(model.ownName && made.kind === 'create-remote') && !(model.kind === 'object-put' && made.kind === 'relative-update') ? this.keys.originOf(call, model.key) : undefined
    if (key) made.key = key
    if (key && clears(key, made.kind, model)) return 'key'
    const adds = made.kind === 'relative-update' && model.kind === 'insert'
    for (const clearing of adds ? [] : model.clearedBy ?? []) {
      const asked = clearing.call ? this.isAskedFor(call, clearing.call, clearing.target) : clearing.arg !== undefined && this.program.argument(call, clearing.arg).some((value) => value.kind === 'object' || (value.kind === 'lit' && value.value))
      if (asked && this.mayConflict(made)) return clearing.call ?? 'conflict option'
    }
    if (made.kind === 'relative-update' && (model.where === undefined ? model.chain?.where !== undefined && asksInText([...chained(this.program, call, 'where'), ...chained(this.program, call, 'andWhere')], this.written(call)) : undoesItself(this.objects(call, model.where), this.written(call), (ref) => this.program.a.of(ref), this.program.look))) return 'conditional write'
    return made.kind === 'insert' ? this.uniqueGuard(made) : undefined
  }

  /** In the chain, or of the local that keeps what was made; what is made up in the call is met by nothing. */
  private isAskedFor(call: LibraryCall, name: string, target: string | undefined): boolean {
    if (chained(this.program, call, name).length > 0) return true
    return askedOfKept(this.program, call, name).some((other) => target === undefined || !this.objects(other, target).some((object) => [...object.holder.fields.keys()].some((field) => this.uniqueness.isFreshField(object, field))))
  }

  /** Could a row that is there already stand in the way of one that is written? */
  private mayConflict({ call, model }: Effect): boolean {
    const { data, chain } = call.row?.effect ?? {}
    return this.uniqueness.mayConflict(model, data === undefined ? (chain?.data ?? []).flatMap((step) => [...this.inChain(call, step), ...this.inChain(call, `${step}[]`)]) : this.rowKeys.rows(call, data))
  }

  /** An upsert that goes by what the schema keeps unique, where it keeps nothing unique. */
  private findsNone(made: Effect): boolean {
    return made.call.row?.effect?.byConflict === true && !this.mayConflict(made)
  }

  /** Something that the schema keeps unique is written, and not made up in the call. */
  private uniqueGuard(made: Effect): string | undefined {
    if (made.along || isSecondTry(made.call, this.program.callsOf(made.call.inst))) return undefined
    const objects = this.written(made.call)
    if (this.isMadeUp(made)) return undefined
    if (bringsKey(this.program, this.freshness, made.call)) return UNIQUE
    if (this.uniqueness.refuses(made.model, objects, { declared: objects.length === 0 ? declaredFor(this.program, made.call) : undefined, drawn: drawnBefore(this.freshness, made.call), from: made.call.inst })) return UNIQUE
    if (made.kind === 'insert' && isCaughtDuplicate(made.call, this.uniqueness.reached) && this.uniqueness.mayRefuse(made.model, objects)) return UNIQUE
    const refused = made.call.row?.effect?.nested && objects.some((object) => this.nested.of(object, made.model).some((one) => this.uniqueness.refuses(one.model, one.rows, { from: made.call.inst })))
    return refused ? UNIQUE : undefined
  }

  /** `new Product({ name: `sample ${Date.now()}` })`, saved: what the schema keeps unique is another each time. What is set later may be anything. */
  private isMadeUp({ call, model }: Effect): boolean {
    const { recv } = call
    if (call.row?.effect?.data !== 'this' || recv?.kind !== 'object' || [...recv.holder.fields.values()].some((field) => this.program.a.solver.size(field) > 0)) return false
    return this.uniqueness.isMadeUp(model, this.objects(call, 'made.0'))
  }

  /** The rows that a call writes, given to it or to another call of its chain. */
  private written(call: LibraryCall): ObjectValue[] {
    const { data, chain } = call.row?.effect ?? {}
    return data === undefined ? (chain?.data ?? []).flatMap((step) => this.inChain(call, step)) : this.objects(call, data)
  }
}

/** Such a key stands for what was asked for. With the same one for all, or for all that a user does, only the first would ever happen. */
const clears = (key: KeyOrigin, kind: EffectKind, { ofUser }: EffectModel): boolean =>
  key === 'given' || (key === 'constant' && !MADE_ONCE.has(kind)) || (key === 'caller' && (kind !== 'payment' || ofUser === true))

/** Is an invocation inside one of these? */
export const callsWithEffect = (calls: LibraryCall[]): Map<Instance, LibraryCall[]> => {
  const map = new Map<Instance, LibraryCall[]>()
  for (const call of calls) {
    if (!call.row?.effect && !call.row?.guard) continue
    const list = map.get(call.inst)
    if (list) list.push(call)
    else map.set(call.inst, [call])
  }
  return map
}
