import { AUDITS, AWAITED_JOB, CALLED_BACK, LOGS_OUT, ORDERS, SESSIONS } from '../catalog/words.js'
import type { EffectKind } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import { AnyListener } from '../effects/any-listener.js'
import { isAskedByName, waysOfPost } from '../effects/asked-by-name.js'
import { ByLibrary } from '../effects/by-library.js'
import { isCalledBack } from '../effects/called-back.js'
import { Claims } from '../effects/claims.js'
import { ComputedMembers } from '../effects/computed.js'
import { callsWithEffect, type Effect, Effects } from '../effects/effects.js'
import { Covering } from '../effects/covering.js'
import { DecoratedGuards } from '../effects/decorated-guards.js'
import { endedSessions } from '../effects/ended-sessions.js'
import { KeyReads, type KeyUse } from '../effects/key-reads.js'
import { MemoryEffects } from '../effects/memory.js'
import { Missing } from '../effects/missing.js'
import { isBodiless, needsBody } from '../effects/needs-body.js'
import { NeverAsked } from '../effects/never-asked.js'
import { bearsOtherName } from '../effects/own-name.js'
import { isOrder, markOrdered, Orders } from '../effects/orders.js'
import { markNamedDeletions } from '../effects/named-deletions.js'
import type { LookUps } from '../effects/look-ups.js'
import { PassedOn } from '../effects/passed-on.js'
import { guardReplacedFiles } from '../effects/replaced-files.js'
import { SessionRows } from '../effects/session-rows.js'
import { Signatures } from '../effects/signatures.js'
import { Validators } from '../effects/validators.js'
import { Guarding, LOOKED_UNDER } from '../effects/guarding.js'
import { Subjects } from '../effects/subject.js'
import { costOfRepeat, isRecord } from '../effects/weight.js'
import { isBeforeRethrow, isInCatch } from '../flow/catches.js'
import { readingOrChanging } from '../flow/either-verb.js'
import type { Entry } from '../flow/entries.js'
import { type Callers, callsTo, leads } from '../flow/reach.js'
import { isBeforeThrow } from '../flow/refused.js'
import { isOfOtherVerb } from '../flow/verb-tables.js'
import { getsTo, verbAt } from '../flow/verbs.js'
import type { LibraryCall } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import { eachExpression, membersIn } from '../link/shape.js'
import { withoutAmbient, withoutOwnPosts } from './ambient.js'
import { asksMethod, asksMethodInside } from './asked-methods.js'
import { onlyInBrowser } from './browser-events.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'
import { ADDITIVE, type ReachedEffect, type RepeatedEntry } from './repeated-entry.js'
import { appendsToLog } from './log-files.js'
import { UploadQueries } from './upload-queries.js'

export type { ReachedEffect, RepeatedEntry } from './repeated-entry.js'

const CHANGING = new Set<EffectKind>([...ADDITIVE, 'update', 'delete', 'upsert'])
const REPORTING = new Set<EffectKind>(['enqueue', 'publish', 'http-post'])
/** Entries that a client waits for: what they keep in memory is what was asked for. */
const ASKED = new Set<string>(['route', 'resolver', 'procedure', 'action', 'loader', 'page'])
/** Functions of a cloud are asked where they answer to a method of HTTP. */
const isAsked = ({ kind, method }: Entry): boolean => ASKED.has(kind) || (kind === 'lambda' && method !== undefined)
/** Entries that no other one calls. */
const APART = new Set<string>(['message', 'job', 'socket'])
const READING = /^(GET|HEAD|QUERY|ALL|loader|page)$/
const MUTATING = /^(POST|PUT|PATCH|DELETE|ALL|MUTATION)$/

const HANDS_ON = new Set<string>(['middleware', 'hook'])

/** Questions about repeats: which effects an entry reaches, and what makes a repeat of them harmless. */
export class RetryQueries {
  private readonly effects: Effects
  private readonly memory: MemoryEffects
  private readonly sessionRows: SessionRows
  private readonly orders: Orders
  private readonly anyListener: AnyListener
  private readonly byLibrary: ByLibrary
  private readonly claims: Claims
  private readonly passedOn: PassedOn
  private readonly guarding: Guarding
  private readonly keys: KeyReads
  private readonly signatures: Signatures
  private readonly validators: Validators
  private readonly guards: DecoratedGuards
  private covering: Covering | undefined
  private byInstance: Map<Instance, LibraryCall[]> | undefined
  private list: RepeatedEntry[] | undefined
  private either: ReadonlySet<Entry> | undefined
  private kept: Set<Expr> | undefined
  private readonly uploads: UploadQueries
  private operations: Set<FnFact> | undefined
  private readonly homes = new Map<Instance, Map<Expr, [Instance, string[]][]> | null>()
  /** Files in which something is registered. */
  private registering: Set<string> | undefined
  /** Where each handler is registered. */
  private inFront: Map<Instance, Set<string>> | undefined

  constructor(private readonly program: Program, tables: TableFact[]) {
    const subjects = new Subjects(program.look, (inst) => program.callsOf(inst))
    this.effects = new Effects(program, tables, subjects)
    this.passedOn = new PassedOn(program.a.calls)
    this.claims = new Claims(program, subjects, this.passedOn, (call) => this.effects.sql.statements(call), (inst, x) => this.effects.keys.ofWritten(inst, x))
    this.keys = new KeyReads(program, (call) => this.claims.lookedUp.isClaim(call))
    this.signatures = new Signatures(program)
    this.validators = new Validators(program, this.claims)
    this.guards = new DecoratedGuards(program, this.claims)
    this.guarding = new Guarding(this.claims, new Missing(program, this.claims), tables, this.effects.changes, (inst) => program.callsOf(inst).flatMap(({ site, row }) => (row?.guard?.kind === 'transaction' ? [site] : [])), new ComputedMembers(program))
    this.uploads = new UploadQueries(program)
    this.byLibrary = new ByLibrary(program, tables)
    this.anyListener = new AnyListener(program)
    this.memory = new MemoryEffects(program, this.effects.freshness, this.effects.changes)
    this.orders = new Orders(program)
    this.sessionRows = new SessionRows(this.effects.changes)
  }

  /** Rows and entries of stores that calls look up. */
  get lookUps(): LookUps {
    return this.claims.lookedUp
  }

  entries(): RepeatedEntry[] {
    this.byInstance ??= callsWithEffect(this.passedOn.replacedIn(this.program.a.calls.filter((call) => call.inst.phase !== 'startup' && !(call.row?.effect && bearsOtherName(call, this.program.callsOf(call.inst))))))
    this.list ??= withoutOwnPosts(withoutAmbient(this.program.entries.flatMap((entry) => (entry.kind === 'middleware' || entry.kind === 'hook' ? [] : [this.ofEntry(entry)])))).map((one) => this.withoutBodies(one))
    return this.list
  }

  /** Of a request that brings no body: not what is done for what a body says. */
  private withoutBodies(one: RepeatedEntry): RepeatedEntry {
    if (!isBodiless(one.entry)) return one
    const { look } = this.program
    return { ...one, effects: one.effects.filter(({ call, calls }) => !needsBody(look, call.inst, call.site) && !calls.some(({ from, site }) => needsBody(look, from, site))) }
  }

  effectOf(call: LibraryCall, callers: Callers): Effect | undefined {
    return this.effects.of(call, callers)
  }

  private ofEntry(entry: Entry): RepeatedEntry {
    this.covering ??= new Covering(this.program, ({ handlers }) => this.keyUse([...handlers, ...handlers.flatMap(({ callees }) => callees.map(({ to }) => to))]))
    const [handler, ...before] = rootsOf(entry)
    const parents = this.walk(entry, handler ? [handler, ...before.filter((inst) => this.isFor(entry, inst))] : [])
    const own = parents.size
    this.walk(entry, before, parents)
    const effects: ReachedEffect[] = []
    const reads = READING.test(entry.method ?? entry.kind)
    const ordered = reads && isOrder(entry)
    let guard: string | undefined
    const seen = new Set<Expr>()
    const never = new NeverAsked(this.program, parents)
    let place = 0
    for (const inst of parents.keys()) {
      // What the handler leads to was reached first.
      const inFront = place++ >= own
      const verb = verbAt(entry, inst)
      for (const call of this.byInstance?.get(inst) ?? []) {
        // A claim in front may be that of a rate limit.
        guard ??= inFront ? undefined : guardOf(call)
        if (seen.has(call.site) || onlyAfterFailure(entry, inst, call.site) || appendsToLog(call) || !getsTo(inst.unit.facts, inst.fn, verb, call.site)) continue
        const effect = this.effects.of(call, parents)
        // What a middleware renews on the way, a token or a last visit, nobody asked for.
        if (!effect || (inFront && !ADDITIVE.has(effect.kind)) || never.at(inst, call.site) || isOfRefusal(effect, inst, parents)) continue
        if (effect.changes?.every((change) => !getsTo(change.inst.unit.facts, change.inst.fn, verbAt(entry, change.inst), change.site))) Object.assign(effect, { kind: call.row?.effect?.kind ?? effect.kind, changes: undefined })
        seen.add(call.site)
        // Who changes a row says which.
        if (effect.unlessNamed && /^(PUT|PATCH)$/i.test(entry.method ?? '')) effect.weak = true
        if (effect.fresh && this.isKept(call)) effect.kind = 'create-remote'
        effects.push(this.reached(entry, parents, inst, effect))
      }
      for (const effect of inFront || !isAsked(entry) ? [] : [...this.memory.of(inst, parents), ...this.sessionRows.of(inst), ...(ordered ? this.orders.of(inst, parents) : []), ...(reads ? endedSessions(inst) : [])]) {
        if (seen.has(effect.call.site) || !getsTo(inst.unit.facts, inst.fn, verb, effect.call.site) || never.at(inst, effect.call.site)) continue
        seen.add(effect.call.site)
        effects.push(this.reached(entry, parents, inst, effect))
      }
    }
    if (isAsked(entry)) effects.push(...this.uploads.of(entry).map((use) => this.stored(entry, use)))
    effects.push(...this.byLibrary.of(entry).map((effect) => this.reached(entry, parents, effect.call.inst, effect)))
    chargeOpened(effects)
    if (reads) markNamedDeletions(this.program, parents.keys(), effects)
    if (ordered) markOrdered(effects, (call) => this.isKept(call))
    guardReplacedFiles(effects, entry.method)
    this.guarding.judge({ effects, parents, passed: [...this.middleware(entry.handlers).flatMap((inst) => this.claims.passing(inst)), ...this.validators.passed(entry, parents.keys()), ...this.guards.passed(entry)] })
    const use = this.keyUse(parents.keys())
    const covered = this.covering.of(entry)
    if (covered?.shared) guard ??= `idempotency middleware (${covered.by})`
    if (use === 'used') guard ??= 'Idempotency-Key'
    const keyFault = use !== undefined && use !== 'used' ? use : covered && !covered.shared ? 'memory' : undefined
    // That a key is only looked for says what is wrong with it.
    if (keyFault) for (const effect of effects) if (effect.why === LOOKED_UNDER) effect.weak = false
    const signed = this.signatures.areChecked(parents.keys())
    effects.sort((a, b) => costOfRepeat(a.kind) - costOfRepeat(b.kind))
    const mutating = entry.kind === 'route' || entry.kind === 'resolver' ? MUTATING.test(entry.method ?? '') : entry.kind !== 'loader' && entry.kind !== 'page' && entry.method !== 'QUERY' && entry.method !== 'GET'
    // Whoever checks a signature of the body asks for a body.
    this.either ??= readingOrChanging(this.program.entries)
    const reading = !signed && (mutating ? this.answersGet(entry) : !this.either.has(entry))
    return { entry, mutating: mutating && !(reading && CALLED_BACK.test(entry.symbol)), reading, effects, guard, keyFault, calledBack: isCalledBack(entry), signed }
  }

  private stored(entry: Entry, use: LibraryUse): ReachedEffect {
    const trace = [{ message: `${entry.symbol} is registered here`, site: entry.site }, { message: 'uploads are stored here, each under a new name', site: use.site }]
    return { call: use.call, kind: 'create-remote', model: 'upload', by: 'local disk', guard: undefined, weak: false, trace, calls: [] }
  }

  /** Is a file that is written one that stays? */
  private isKept({ site }: LibraryCall): boolean {
    this.kept ??= new Set(this.program.diskWrites().map(({ use }) => use.call.site))
    return this.kept.has(site)
  }

  /** Does a middleware stand in front of this handler alone, and work with the parameters of its path? Then what it does is what was asked for. */
  private isFor(entry: Entry, middleware: Instance): boolean {
    this.inFront ??= this.registeredWith()
    const places = this.inFront.get(middleware)
    return places?.size === 1 && places.has(entry.site.file + entry.site.start) && this.readsParams(middleware)
  }

  private readonly reading = new Map<Instance, boolean>()
  private readsParams(middleware: Instance): boolean {
    let reads = this.reading.get(middleware)
    if (reads === undefined) this.reading.set(middleware, (reads = readsParams(middleware, 3)))
    return reads
  }

  private registeredWith(): Map<Instance, Set<string>> {
    const places = new Map<Instance, Set<string>>()
    for (const entry of this.program.entries) {
      for (const inst of entry.handlers) places.set(inst, (places.get(inst) ?? new Set()).add(entry.site.file + entry.site.start))
    }
    return places
  }

  /** Registered for every method, and never asking which one it was; an exported handler of all methods that reads a body is not meant for GET. */
  private answersGet({ kind, method, handlers, records }: Entry): boolean {
    if (kind !== 'route' || method !== 'ALL' || handlers.some(({ unit, fn }) => asksMethod(fn) || asksMethodInside(unit.facts, fn))) return false
    return records.some(({ site, alone }) => site !== undefined && !alone) || !handlers.some((inst) => readsBody(inst, 1))
  }

  /** Invocations that handlers lead to, each with the call that first reached it. */
  private walk(entry: Entry, roots: Instance[], parents = new Map<Instance, CallEdge | undefined>()): Map<Instance, CallEdge | undefined> {
    for (const root of roots) if (!parents.has(root)) this.walkFrom(entry, root, parents)
    return parents
  }

  private walkFrom(entry: Entry, root: Instance, parents: Map<Instance, CallEdge | undefined>): void {
    parents.set(root, undefined)
    const queue = [root]
    const around = registering(entry)
    let foreign: CallEdge[] = []
    const take = (edge: CallEdge): void => {
      if (parents.has(edge.to)) return
      parents.set(edge.to, edge)
      queue.push(edge.to)
    }
    for (let i = 0; i < queue.length && i < 6000; i++) {
      const from = queue[i] as Instance
      const verb = verbAt(entry, from)
      for (const edge of this.leading(from)) {
        if (parents.has(edge.to) || this.isNamedOperation(entry, edge) || !getsTo(from.unit.facts, from.fn, verb, edge.site)) continue
        if (onlyAfterFailure(entry, from, edge.site)) continue
        if (entry.kind === 'page' && onlyInBrowser(edge)) continue
        if (this.isOthers(entry, edge) || (entry.verb !== undefined && isOfOtherVerb(entry.verb, edge.to))) continue
        if (!around.has(edge.to.env) && this.isForeign(edge.to, parents)) foreign.push(edge)
        else take(edge)
      }
      if (i < queue.length - 1 || foreign.length === 0) continue
      // What made them may have been reached meanwhile.
      const [own, others] = [foreign.filter(({ to }) => to.env && parents.has(to.env)), foreign.filter(({ to }) => !to.env || !parents.has(to.env))]
      own.forEach(take)
      foreign = others
    }
  }

  private readonly ledTo = new Map<Instance, readonly CallEdge[]>()
  /** The calls of a function that go on with what an entry does, whichever it is. */
  private leading(from: Instance): readonly CallEdge[] {
    let edges = this.ledTo.get(from)
    if (!edges) this.ledTo.set(from, (edges = from.callees.filter((edge) => edge.to.phase !== 'startup' && leads(from, edge.to) && !this.program.reach.setsUp(edge.to) && !this.isEntryOfItsOwn(edge))))
    return edges
  }

  /** `config.fn(…)` in a helper that the files of many routes hand functions to: where one of this entry's file is among them, the others are those of other routes. */
  private isOthers({ site: { file } }: Entry, { from, to, site }: CallEdge): boolean {
    const homes = this.homesAt(from)?.get(site)
    return homes !== undefined && homes.some(([, paths]) => paths.includes(file)) && !homes.some(([one, paths]) => one === to && paths.includes(file))
  }

  /** What calls of a function lead to, where that is several functions of files in which something is registered. */
  private homesAt(from: Instance): Map<Expr, [Instance, string[]][]> | undefined {
    let known = this.homes.get(from)
    if (known === undefined) this.homes.set(from, (known = this.findHomes(from)))
    return known ?? undefined
  }

  private findHomes(from: Instance): Map<Expr, [Instance, string[]][]> | null {
    this.registering ??= new Set(this.program.entries.map((entry) => entry.site.file))
    const bySite = new Map<Expr, Instance[]>()
    for (const { site, to } of from.callees) bySite.set(site, [...(bySite.get(site) ?? []), to])
    const found = new Map<Expr, [Instance, string[]][]>()
    for (const [site, all] of bySite) {
      const homes = all.length < 2 ? [] : all.map((to): [Instance, string[]] => [to, homesOf(to).filter((home) => home !== from.unit.path && this.registering?.has(home))])
      if (homes.some(([, paths]) => paths.length > 0)) found.set(site, homes.filter(([, paths]) => paths.length > 0))
    }
    return found.size > 0 ? found : null
  }

  /** Run by the name that a text gives: told as an operation, and where a reading request may name it. */
  private isNamedOperation(entry: Entry, { to }: CallEdge): boolean {
    if (entry.kind === 'resolver' || /^(GET|HEAD)$/.test(entry.method ?? '')) return false
    this.operations ??= new Set(this.program.entries.flatMap(({ kind, handlers }) => (kind === 'resolver' ? handlers.map(({ fn }) => fn) : [])))
    return this.operations.has(to.fn)
  }

  /** A callback that another entry's way made and handed to a helper which both call: what makes it was not reached. What a container makes for each request is everybody's. */
  private isForeign({ env }: Instance, parents: Callers): boolean {
    return env?.phase === 'request' && !parents.has(env) && !this.isEverybodys(env, 4)
  }

  /** Made by a container, or by what it has made; or by a middleware, which hands it on. */
  private isEverybodys(inst: Instance, depth: number): boolean {
    if (inst.phase === 'startup') return true
    const records = this.program.reach.entriesAt(inst)
    if (records.length > 0 && records.every(({ model }) => HANDS_ON.has(model.kind))) return true
    return depth > 0 && records.length === 0 && inst.callers.every(({ from }) => this.isEverybodys(from, depth - 1))
  }

  /** What is registered runs for its own request; an exported handler that another one calls by name runs for this one. */
  private isEntryOfItsOwn(edge: CallEdge): boolean {
    const records = this.program.reach.entriesAt(edge.to)
    return records.length > 0 && (edge.later === true || edge.from.phase !== 'request' || records.some(({ model }) => APART.has(model.kind)))
  }

  private reached(entry: Entry, parents: Map<Instance, CallEdge | undefined>, inst: Instance, effect: Effect): ReachedEffect {
    const calls = effect.kind === 'http-post' ? waysOfPost(parents, inst) : callsTo(parents, inst)
    const perhaps = (effect.kind === 'http-post' && isAskedByName(inst, parents)) || this.anyListener.isOn(calls, entry.kind === 'message' || entry.kind === 'socket') || (effect.kind === 'enqueue' && [inst, ...calls.map(({ from }) => from)].some((one) => this.program.callsOf(one).some(({ path }) => AWAITED_JOB.test(path))))
    return { ...effect, ...(perhaps ? { weak: true, perhaps } : {}), calls, trace: [{ message: `${entry.symbol} is registered here`, site: entry.site }, ...this.program.effectSteps(calls, effect)] }
  }

  /** Functions in front of the handler, each once. */
  private middleware(handlers: Instance[]): Instance[] {
    const seen = new Set([handlers.at(-1)?.fn])
    return handlers.filter(({ fn }) => !seen.has(fn) && seen.add(fn))
  }

  private keyUse(reached: Iterable<Instance>): KeyUse | undefined {
    let worst: KeyUse | undefined
    for (const inst of reached) {
      const use = this.keys.of(inst)
      if (use === 'used') return use
      worst ??= use
    }
    return worst
  }

  /** Effects whose repeat adds or sends something and that nothing guards. */
  static additive(one: RepeatedEntry): ReachedEffect[] {
    const records = one.effects.every(({ model, along }) => isRecord(model) && !along)
    return one.effects.filter((effect) => ADDITIVE.has(effect.kind) && !effect.guard && (records || !isRecord(effect.model)))
  }

  /** Effects that a reading entry should not have. */
  static changing(one: RepeatedEntry): ReachedEffect[] {
    return one.effects.filter((effect) => CHANGING.has(effect.kind) && !effect.perhaps && !effect.stamp && !effect.visit && !effect.only && !(effect.kind === 'enqueue' && effect.guard) && !isScratch(effect) && !isExchange(effect) && !effect.call.row?.effect?.answered && !endsStale(effect, one.entry) && !isRecord(effect.model) && !isReport(effect) && !isKeyedForWriting(effect))
  }
}

/** `routes[`${req.method} ${path}`](req, res)` with a row `'POST /': async (req, res) => …`: no reading request gets there. */
const isKeyedForWriting = ({ calls }: ReachedEffect): boolean => calls.some(({ to }) => /^(POST|PUT|PATCH|DELETE)[ :]/.test(to.fn.n ?? ''))

/** `audit.logPageView(…)`: a message about who has looked at what is a record of the visit, wherever it is kept. */
const isReport = ({ kind, calls }: ReachedEffect): boolean => REPORTING.has(kind) && calls.some(({ to }) => AUDITS.test(`${to.fn.cls === undefined ? '' : to.unit.facts.classes[to.fn.cls]?.n ?? ''} ${to.fn.n ?? ''}`))

/** What is opened and confirmed or captured in one go is charged. */
const chargeOpened = (effects: ReachedEffect[]): void => {
  for (const effect of effects) {
    if (effect.opens && effects.some(({ call, by, opens }) => by === effect.by && !opens && call.row?.effect?.once !== undefined)) delete effect.opens
  }
}

/** What is done about a failure is not what was asked for; a reading request, though, should change nothing even then, unless all that it gets is the failure. */
const onlyAfterFailure = (entry: Entry, { fn }: Instance, site: Expr): boolean =>
  READING.test(entry.method ?? entry.kind) ? isBeforeRethrow(fn, site) : isInCatch(fn, site)

/** Attempts are counted where somebody is turned away: whoever tries again is counted again, as meant. */
const isOfRefusal = ({ kind, call }: Effect, inst: Instance, parents: Callers): boolean =>
  kind === 'relative-update' && (isBeforeThrow(inst, call.site) || callsTo(parents, inst).some(({ from, site }) => isBeforeThrow(from, site)))

/** More handlers than these are no chain that somebody wrote for one route. */
const MOST_MIDDLEWARE = 12

/** Caches and files that come and go are nobody's data. */
const isScratch = (effect: Effect): boolean => !effect.asked && !ADDITIVE.has(effect.kind) && /redis|memcached|cache|file system/i.test(effect.by)

/** The handler, and the middleware that stands in front of it in the same registration. */
const rootsOf = (entry: Entry): Instance[] => {
  const last = entry.handlers.at(-1)
  if (!last) return []
  const own = entry.records.find((record) => record.handlers.some(({ instance }) => instance === last))
  if (!own || own.handlers.length > MOST_MIDDLEWARE) return [last]
  // Wrapped by one helper, all have the same function: their order tells them apart.
  const place = own.handlers.find(({ instance }) => instance === last)?.order
  return [last, ...own.handlers.filter(({ instance, order }) => instance !== last && (instance.fn !== last.fn || order !== place)).map(({ instance }) => instance)]
}

/** A request to another service that asks, searches or exchanges a code, though by POST. */
const isExchange = ({ kind, url, call, calls }: ReachedEffect): boolean => kind === 'http-post' && (!ORDERS.test(url ?? '') || (calls.length > 0 && ASKING.test(call.inst.fn.n ?? '')))

/** `getInvoices()`: by what it is called, it asks. */
const ASKING = /^(get|list|find|load|search|read|look_?up|retrieve)(?![a-z])/

/** A session that turns out to be stale is thrown away by whatever request finds it. */
const endsStale = (effect: Effect, entry: Entry): boolean => effect.kind === 'delete' && effect.by !== 'session' && SESSIONS.test(effect.model ?? '') && !LOGS_OUT.test(entry.symbol)

/** What registers an entry while it serves a request, as where a server is made for each: functions that were made on the way are the entry's own. */
const registering = ({ records }: Entry): ReadonlySet<Instance | undefined> => {
  const around = new Set<Instance | undefined>(records.map(({ inst }) => inst).filter(({ phase }) => phase === 'request'))
  // What is added while this goes on is visited too.
  for (const inst of around) if (around.size < FARTHEST_MAKERS) for (const { from } of inst?.callers ?? []) if (from.phase === 'request') around.add(from)
  return around
}
const FARTHEST_MAKERS = 50

/** The file in which a function is written, and those that had it made: `route({ fn })` gives back a closure of its own. */
const homesOf = ({ unit, env }: Instance): string[] => (env && env.fn.kind !== 'module' ? [unit.path, ...env.callers.map(({ from }) => from.unit.path)] : [unit.path])

/** `req.params.token`, in a function or in what it wraps. */
const readsParams = (inst: Instance, depth: number): boolean => {
  return membersIn(inst.fn).has('params') || (depth > 0 && inst.callees.some(({ to }) => readsParams(to, depth - 1)))
}

const BODY = /^(body|rawBody|formData|readBody|readRawBody|readFormData|readValidatedBody|getRawBody|rawbody|constructEvent|constructEventAsync)$/

/** `req.body`, `request.formData()`, `getRawBody(req)`, a signature over it. */
const readsBody = ({ fn, unit, callees }: Instance, depth: number): boolean => {
  let reads = false
  eachExpression(fn.body, (x) => {
    const name = x.k === 'mem' || x.k === 'glob' ? x.n : x.k === 'ref' ? unit.facts.bindings[x.b]?.n ?? '' : ''
    if (BODY.test(name)) reads = true
  })
  return reads || (depth > 0 && callees.some(({ to }) => readsBody(to, depth - 1)))
}

const guardOf = (call: LibraryCall): string | undefined => {
  const kind = call.row?.guard?.kind
  return kind === 'dedupe' ? kind : undefined
}
