import { OF_INPUT_ALONE } from '../catalog/packages.js'
import { SAYS } from '../catalog/words.js'
import type { AccessPath, EffectKind, InfraModel } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { EntryRecord, LibraryCall, WriteRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import { surroundings } from '../link/surroundings.js'
import { isClock } from '../state/own-measures.js'
import type { Value } from '../link/values.js'
import { standsAtLogin } from './at-login.js'
import { isOfValue } from './callees.js'
import { groupBy } from './group-by.js'
import { keepsAlive } from './keep-alive.js'
import type { InfraUse, LibraryUse } from './libraries.js'
import { movingOut } from './moving-out.js'
import { oneASlot } from './one-a-slot.js'
import { tellsOwnNews } from './own-news.js'
import type { Program } from './program.js'
import { claimsRun } from './run-claims.js'
import { writtenName } from './written-names.js'

const CHANGES = new Set<EffectKind>(['insert', 'upsert', 'update', 'relative-update', 'delete', 'payment', 'create-remote', 'object-put'])
/** Names of limits that keep somebody from guessing. */
const LOGIN = /auth|log_?in|sign_?in|passw|otp|2fa|mfa|brute/i
/** How far a result is handed back to whoever may wait for it. */
const DEEPEST_RETURN = 4

/** How far what is heard from a broker is followed to where it is sent. */
const DEEPEST_FEED = 4
const HEARS = /\.(on|once|addListener|p?subscribe|pSubscribe|sSubscribe|consume|run|each)(\(\))?$/

const FARTHEST_WORK = 400
const THROWS_AWAY = /^(delete|clear|reset)$/
const LEVELS = /^(log|info|warn|error|debug|trace|verbose|fatal)$/
const LOG = /^(console|_?log(ger|ging)?(Service)?)$/i

/** `this.logger.info(…)` */
const saysSomething = (inst: Instance, x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && LEVELS.test(x.f.n) && LOG.test(writtenName(inst, x.f.o))

/** Questions about infrastructure that works inside one process. */
export class InfraQueries {
  private paths: Set<string> | undefined

  constructor(private readonly program: Program) {}

  /** Infrastructure of a kind that stays in the process. */
  infra(kind: InfraModel['kind']): InfraUse[] {
    const found = this.program.libraries.withFacet('infra').flatMap((use) => this.inside(use, kind))
    // Of jobs each is one, whatever variable it is put into.
    const uses = kind === 'rate-limit' ? oneASlot(this.program, found) : found
    const told = new Set<unknown>()
    // `isLocal ? limit(loose) : limit(strict)`: one or the other.
    const isOther = ({ call, infra }: InfraUse): boolean => {
      const around = surroundings(call.inst.fn).get(call.site)?.parent
      const of = around?.k === 'cond' ? around : undefined
      const key = of && `${call.inst.unit.path}:${of.p} ${infra.name}`
      return key !== undefined && (told.has(key) || !told.add(key))
    }
    // Each package is a service of its own.
    const ofService = ({ infra, site }: InfraUse): string => `${this.program.a.resolver.manifestOf(site.file)?.dir} ${infra.name}`
    return uses.filter((use) => !isOther(use)).filter((use) => !use.infra.once || (!told.has(ofService(use)) && told.add(ofService(use))))
  }

  private inside(use: LibraryUse, kind: InfraModel['kind']): InfraUse[] {
    const { infra } = use.row
    if (!infra || infra.kind !== kind || infra.acceptable || this.program.commands.isApart(use.call.inst.unit)) return []
    const { onlyWhen } = infra
    if (onlyWhen && !this.program.libraries.texts(use, onlyWhen.arg).some((text) => onlyWhen.values?.includes(text))) return []
    const part = infra.when === undefined ? use.site : this.optionSite(use, infra.when)
    if (!part || (infra.as && !this.isInside(infra.as))) return []
    const choice = this.program.libraries.infraChoice(use, infra)
    if (choice.kind === 'external' || choice.kind === 'unknown' || this.isCleared(use, infra) || !this.isUsed(use, infra)) return []
    return [{ ...use, site: part, infra, choice, fix: movingOut(infra), atLogin: this.isAtLogin(use) }]
  }

  /** Is it sent outside by what is done elsewhere, or held by something that is outside? */
  private isCleared({ call }: LibraryUse, infra: InfraModel): boolean {
    if (infra.kind === 'socket' && infra.uses && this.isHeardByAll(call, infra.uses, infra.confined === true)) return true
    if (isCallOfMade(call) || this.isSentOn(call, infra)) return true
    if (infra.clearedBy?.some((path) => this.isCalled(path))) return true
    return infra.acceptableAs !== undefined && this.standsUnder(call, infra.acceptableAs)
  }

  /** `io.adapter(x)`, `primus.plugin('metroplex', x)` */
  private isSentOn(call: LibraryCall, { externalCall, externalWith }: InfraModel): boolean {
    if (externalCall === undefined) return false
    if (externalWith === undefined) return this.memberCalled(call, [externalCall])
    const { made, paths } = this.madeBy(call)
    const isNamed = (value: Value): boolean => externalWith.includes(value.kind === 'lit' ? String(value.value) : value.kind === 'lib' ? packageOf(value.path) : '')
    return this.callsOnMade(made, paths, [externalCall]).some((sent) => sent.args.some((_, i) => this.program.argument(sent, String(i)).some(isNamed)))
  }

  /** By its name, by what it is put in front of, or since it counts failures alone. */
  private isAtLogin(use: LibraryUse): boolean {
    return standsAtLogin(use.call) || LOGIN.test(this.program.homeName(use.call) ?? '') || this.program.libraries.texts(use, '0.skipSuccessfulRequests').includes('true')
  }

  private isUsed(use: LibraryUse, infra: InfraModel): boolean {
    const speaks = (inst: Instance): boolean => infra.kind !== 'socket' || !keepsAlive(inst)
    if (infra.uses && !this.memberCalled(use.call, infra.uses, speaks) && !infra.orUses?.some((path) => this.isCalled(path)) && !(infra.kind === 'socket' && (this.isHandedOver(use.call) || this.isKept(infra.keeps ?? [])))) return false
    if (infra.usesAny && !infra.usesAny.some((path) => this.isCalled(path))) return false
    if (infra.mentions && !infra.mentions.some((path) => this.imported().has(path))) return false
    if (infra.job && (this.isIdle(use, infra.job) || (infra.job === 'this' && this.isWithinDecorator(use)))) return false
    return infra.kind !== 'queue' || !(this.isAwaited(use.call, infra.uses ?? []) || this.isDrainedHere(use.call, infra.drainedBy ?? []))
  }

  /** Are connections kept in the process, and so sent to by others than their own clients? */
  private isKept(paths: AccessPath[]): boolean {
    const { a } = this.program
    const isOne = (value: Value): boolean => (value.kind === 'object' || value.kind === 'lib') && value.path !== undefined && paths.includes(value.path)
    return paths.length > 0 && this.program.cells().some(({ role, writes }) => role === 'registry' && writes.some(({ value }) => a.of(value).some(isOne)))
  }

  private names: Set<string> | undefined
  /** What files import by name; all that a package gives where they import it whole. */
  private imported(): { has(path: AccessPath): boolean } {
    const names = (this.names ??= new Set(this.program.a.units.flatMap(({ facts }) => facts.imports.flatMap(({ s, names }) => names.map(({ n }) => `${s}#${n}`)))))
    return { has: (path) => names.has(path) || names.has(`${path.slice(0, path.indexOf('#'))}#*`) }
  }

  /** Is a path called anywhere, or something of it read? */
  private isCalled(called: string): boolean {
    if (!this.paths) {
      this.paths = new Set()
      for (const call of this.program.a.calls) for (let at = call.path.replace(/\(\)$/, ''); at.includes('#'); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) this.paths.add(at)
    }
    const path = called.replace(/\(\)$/, '')
    const at = path.lastIndexOf('.')
    return this.paths.has(path) || (at > 0 && this.program.a.reads.some(({ name, base }) => name === path.slice(at + 1) && base !== undefined && this.program.a.of(base).some((v) => (v.kind === 'lib' || v.kind === 'object') && v.path === path.slice(0, at))))
  }

  /** Where an option that holds an object is written. */
  private optionSite(use: LibraryUse, path: string): Site | undefined {
    for (const value of this.program.libraries.options(use, path)) if (value.kind === 'object' && value.site) return { file: value.unit.path, start: value.site.p, end: value.site.e }
    return undefined
  }

  /** Is one of these set up, and none of them outside the process? */
  private isInside(paths: string[]): boolean {
    const setups = this.program.libraries.withFacet('infra').filter(({ path }) => paths.includes(path))
    return setups.length > 0 && setups.every((use) => use.row.infra && !/^(external|unknown)$/.test(this.program.libraries.infraChoice(use, use.row.infra).kind))
  }

  /** Is there no job: a pattern that is only checked or asked for its next time, a function that does nothing? */
  private isIdle(use: LibraryUse, job: string): boolean {
    const jobs = this.program.libraries.options(use, job)
    const alone = job === 'last' && use.call.args.length === 1
    // `new Cron(pattern, { paused: true }).nextRuns(3)`
    const isOption = (value: Value): boolean => job === 'last' && value.kind === 'object' && value.shape === 'object'
    const none = alone ? !jobs.some((value) => value.kind === 'fn') : jobs.length > 0 && jobs.every((value) => isNothing(value) || isOption(value))
    return none && !this.memberCalled(use.call, ['schedule'])
  }

  /** A decorator of the project that is made of this one: the job is told where that stands. */
  private isWithinDecorator({ call }: LibraryUse): boolean {
    const { entries } = this.program.a
    return !entries.some(({ site }) => site === call.site) && call.inst.callers.some(({ site }) => entries.some((entry) => entry.site === site))
  }

  /** What a call made, and the access paths of it. */
  private madeBy(call: LibraryCall): { made: Set<Value>; paths: string[] } {
    const made = new Set(this.program.a.of(call.result))
    return { made, paths: [...made].flatMap((v) => ((v.kind === 'object' || v.kind === 'lib') && v.path ? [v.path] : [])) }
  }

  /** Does what a call made stand under an option of one of these names? */
  private standsUnder(call: LibraryCall, names: string[]): boolean {
    const { a } = this.program
    const { made } = this.madeBy(call)
    return a.objects.some((object) => names.some((name) => a.of(object.holder.fields.get(name) ?? -1).some((v) => made.has(v))))
  }

  /** Does everyone who puts work into a queue wait for its result? Then it bounds concurrency and holds nothing that was answered for. */
  private isAwaited(call: LibraryCall, members: string[]): boolean {
    const { a } = this.program
    const { made, paths } = this.madeBy(call)
    const uses = a.calls.filter((other) => (!other.recv || made.has(other.recv)) && members.some((m) => paths.some((path) => other.path === `${path}.${m}`)))
    return uses.length > 0 && uses.every((other) => waitsFor(other) && !(isReturned(other) && isDropped(other.inst)))
  }

  /** Is it made for one piece of work that waits until nothing is left in it? */
  private isDrainedHere(call: LibraryCall, members: string[]): boolean {
    const { made, paths } = this.madeBy(call)
    if (call.inst.fn.kind === 'module') return false
    const isSetTo = ({ inst, name, base, site }: WriteRecord): boolean =>
      inst === call.inst && site.k === 'set' && name !== undefined && members.includes(name) && base !== undefined && this.program.a.of(base).some((v) => made.has(v)) && tellsCaller(inst, site.r)
    return this.callsOnMade(made, paths, members).some((other) => other.inst === call.inst && (waitsFor(other) || (other.site.k === 'call' && tellsCaller(call.inst, other.site.a[0])))) || this.program.a.writes.some(isSetTo)
  }

  /** Is one of these members called on what a call made (or read through it)? What is only known by its type may be it. */
  private memberCalled(call: LibraryCall, members: string[], counts: (inst: Instance) => boolean = () => true): boolean {
    const { a } = this.program
    const { made, paths } = this.madeBy(call)
    return this.callsOnMade(made, paths, members).some(({ inst }) => counts(inst))
      || a.reads.some((read) => read.name !== undefined && members.includes(read.name) && read.base !== undefined && a.of(read.base).some((v) => made.has(v)) && !(read.site && this.isOnlyCounted(read.site)) && counts(read.inst))
  }

  /** `subscriber.on('message', (channel, text) => server.publish(channel, text))`: what is sent to the connections of this process is what all replicas hear. So may timers of all replicas say it, where a connection needs no replica of its own for each request. */
  private isHeardByAll(call: LibraryCall, members: string[], anyReplica: boolean): boolean {
    const { made, paths } = this.madeBy(call)
    const reads = this.program.a.reads.flatMap(({ inst, name, base }) => (name !== undefined && members.includes(name) && base !== undefined && this.program.a.of(base).some((v) => made.has(v)) ? [inst] : []))
    // Where a member of it is named, that says best which of several is meant.
    const senders = new Set(reads.length > 0 ? reads : this.callsOnMade(made, paths, members).map(({ inst }) => inst))
    return (senders.size > 0 && [...senders].every((inst) => this.hearsBroker(inst, 0))) || (anyReplica && tellsOwnNews(this.program, senders))
  }

  private hearsBroker(inst: Instance, depth: number): boolean {
    return depth < DEEPEST_FEED && inst.callers.length > 0 && inst.callers.every(({ from, site }) => this.program.callsOf(from).some((call) => call.site === site && this.isOfBroker(call.path)) || this.hearsBroker(from, depth + 1))
  }

  /** A listener of a client whose server other replicas talk to as well. */
  private isOfBroker(path: string): boolean {
    if (!HEARS.test(path)) return false
    for (let at = path; at.includes('#'); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const row = this.program.a.catalog.row(at)
      if (row?.store?.kind === 'external' || row?.client === 'pool' || row?.client === 'queue') return true
    }
    return false
  }

  /** Calls of these members on what a call made. */
  private callsOnMade(made: ReadonlySet<Value>, paths: string[], members: string[]): LibraryCall[] {
    const mayBe = ({ recv }: LibraryCall): boolean => recv?.kind !== 'object' || recv.site === undefined || recv.path === undefined || !paths.includes(recv.path) || made.has(recv)
    return this.callsUnder(paths.flatMap((path) => members.map((m) => `${path}.${m}`))).filter(mayBe)
  }

  private byPath: Map<string, LibraryCall[]> | undefined

  /** Calls of these paths, and of what is read from them. */
  private callsUnder(wanted: string[]): LibraryCall[] {
    this.byPath ??= groupBy(this.program.a.calls, ({ path }) => path, (call) => call)
    return [...this.byPath].flatMap(([path, calls]) => (wanted.some((one) => path.startsWith(one) && (path.length === one.length || path[one.length] === '.')) ? calls : []))
  }

  private counted: Set<Expr> | undefined

  /** `wss.clients.size`: how many there are, for a log. */
  private isOnlyCounted(site: Expr): boolean {
    this.counted ??= new Set(this.program.a.reads.flatMap(({ name, site: of }) => (name === 'size' && of?.k === 'mem' ? [of.o] : [])))
    return this.counted.has(site)
  }

  /** `res.socket.server.io = io`: put on something of a library, from where handlers take it as they like. */
  private isHandedOver(call: LibraryCall): boolean {
    const { a } = this.program
    const { made } = this.madeBy(call)
    const isEngine = (path: string): boolean => a.catalog.row(path.replace(/\.\w+$/, ''))?.infra?.kind === 'socket'
    return a.writes.some(({ base, name, value }) => name !== undefined && base !== undefined && a.of(value).some((v) => made.has(v)) && a.of(base).length > 0 && a.of(base).every((v) => v.kind === 'lib' && !v.path.startsWith('global#') && !isEngine(v.path)))
  }

  /** Locks of this process around changes of what other replicas change, too. What only this process has may be locked in it. */
  localLocks(): { use: InfraUse; entry: string; kept?: { at: Site; symbol: string } }[] {
    return this.infra('lock').flatMap((use) => {
      const { made, paths } = this.madeBy(use.call)
      const takes = (other: LibraryCall): boolean => (use.infra.uses
        ? other.recv !== undefined && made.has(other.recv) && use.infra.uses.some((m) => paths.some((path) => other.path === `${path}.${m}`))
        : other.site === use.call.site || paths.some((path) => other.path === path || other.path.startsWith(`${path}()`) || other.path.startsWith(`${path}.`)))
      const taken = this.program.a.calls.filter((other) => other.inst.phase === 'request' && takes(other))
      const around = taken.find(({ inst }) => this.changesOutside(inst))
      const way = around && this.program.reach.way(around.inst)
      const kept = this.keptIn(made)
      return way?.entry ? [{ use, entry: this.program.origin(way), ...(kept ? { kept } : {}) }] : []
    })
  }

  /** `locks.set(key, new Mutex())`: the map that holds them. */
  private keptIn(made: ReadonlySet<unknown>): { at: Site; symbol: string } | undefined {
    const holder = this.program.cells().find(({ writes }) => writes.some(({ value }) => this.program.a.of(value).some((one) => made.has(one))))
    return holder && { at: holder.site, symbol: holder.symbol }
  }

  private changesOutside(inst: Instance): boolean {
    for (const at of this.program.reach.forward([inst])) {
      for (const call of this.program.callsOf(at)) {
        const effect = call.row?.effect
        if (!effect) continue
        if (CHANGES.has(effect.kind)) return true
        if (effect.kind === 'sql' && this.program.argument(call, effect.sql ?? '0').some((v) => v.kind === 'lit' && /^\s*(insert|update|delete)\b/i.test(String(v.value)))) return true
      }
    }
    return false
  }

  /** Does a scheduled job take a lock or claim before it works? */
  hasLock(use: InfraUse): boolean {
    return claimsRun(this.program, this.program.reach.forward(this.jobsOf(use)))
  }

  /** Does a scheduled job only say that it ran, or what it counted? */
  onlyTells(use: InfraUse): boolean {
    const jobs = this.jobsOf(use)
    return jobs.length > 0 && jobs.every((job) => {
      const work = [...this.program.reach.forward([job])]
      return this.measures(work) || this.renews(job) || this.tidies(work) || this.logs(job) || this.deletesAlone(job)
    })
  }

  /** Each replica has metrics of its own: what is counted for them and not changed may be counted by all. */
  private measures(work: Instance[]): boolean {
    const { a } = this.program
    const calls = work.flatMap((inst) => this.program.callsOf(inst))
    return calls.some(({ path, row }) => row?.client === 'metrics' || a.catalog.row(path.replace(/\.\w+$/, ''))?.client === 'metrics') && !calls.some(({ row }) => row?.effect)
  }

  /** Each replica has a disk of its own: files that only lie there may be deleted by all. */
  private tidies(work: Instance[]): boolean {
    const calls = work.flatMap((inst) => this.program.callsOf(inst))
    return calls.some(({ row }) => row?.disk?.op === 'delete') && !calls.some(({ row }) => row?.effect && row.disk?.op !== 'delete')
  }

  /** Rows whose time is over are gone when one replica has deleted them: n deletions are one. */
  private deletesAlone(job: Instance): boolean {
    const work = this.workOf(job)
    const calls = work.length > FARTHEST_WORK ? [] : work.flatMap((inst) => this.program.callsOf(inst))
    const databases = new Set(calls.flatMap(({ path, row }) => (row?.effect?.kind === 'delete' ? [packageOf(path)] : [])))
    const isPlain = ({ inst, site, path, row }: LibraryCall): boolean => (row?.effect ? row.effect.kind === 'delete' : saysSomething(inst, site) || /^(global#(?!fetch)|node:(util|timers))|^(dayjs|moment|date-fns|luxon)[#/]/.test(path) || databases.has(packageOf(path)))
    return databases.size > 0 && calls.every(isPlain) && work.some(({ fn }) => someExpression(fn.body, isClock)) && work.every((inst) => this.isKnown(inst))
  }

  /** Does each call of a function lead somewhere, or say something? */
  private isKnown(inst: Instance): boolean {
    const known = new Set([...this.program.callsOf(inst).map(({ site }) => site), ...inst.callees.map(({ site }) => site)])
    return !someExpression(inst.fn.body, (x) => (x.k === 'call' || x.k === 'new') && !known.has(x) && !saysSomething(inst, x) && !isOfValue(x))
  }

  /** It gives something of this process another value, or throws it away, and does nothing that others see: that there is such a value is told where it is kept. */
  private renews(job: Instance): boolean {
    const work = this.workOf(job)
    if (work.length > FARTHEST_WORK) return false
    const isOwn = ({ inst, path, row, site }: LibraryCall): boolean => saysSomething(inst, site) || ((/^(global#|node:|crypto#)/.test(path) || OF_INPUT_ALONE.test(path)) && !row?.effect && !row?.disk && !/fetch|#(http|net|tls)/.test(path))
    return work.some(({ fn }) => someExpression(fn.body, (x) => x.k === 'set' || (x.k === 'call' && x.f.k === 'mem' && THROWS_AWAY.test(x.f.n)))) && work.every((inst) => {
      return this.program.callsOf(inst).every(isOwn) && this.isKnown(inst)
    })
  }

  /** What a job leads to, but for what writes its log. */
  private workOf(job: Instance): Instance[] {
    const work = new Set([job])
    for (const inst of work) {
      if (work.size > FARTHEST_WORK) break
      for (const { to, site } of inst.callees) if (!saysSomething(inst, site)) work.add(to)
    }
    return [...work]
  }

  private logs(job: Instance): boolean {
    const told = new Set(this.program.callsOf(job).filter(({ path, row }) => SAYS.test(path) || row?.client === 'logger').map(({ site }) => site))
    return told.size > 0 && !someExpression(job.fn.body, (x) => x.k === 'set' || ((x.k === 'call' || x.k === 'new') && !told.has(x)))
  }

  private jobsOf(use: InfraUse): Instance[] {
    const { site, inst } = use.call
    const recv = this.program.a.calls.find((call) => call.site === site && call.recv)?.recv
    // A class whose methods are the jobs, and a file that is found by its place.
    const isOf = (entry: EntryRecord): boolean => entry.site === site || (entry.model.kind === 'job' && ((recv?.kind === 'object' && recv.cls !== undefined && entry.recv === recv) || (site.k === 'this' && entry.unit === inst.unit)))
    return this.program.a.entries.filter(isOf).flatMap((entry) => entry.handlers.map((h) => h.instance))
  }
}

const packageOf = (path: string): string => path.slice(0, path.indexOf('#'))

/** A call of the thing itself, not of what makes it: `limiter(req, res, next)`. */
export const isCallOfMade = ({ recv, path, site }: LibraryCall): boolean => recv?.kind === 'object' && recv.path === path && recv.site !== undefined && recv.site !== site

/** A pattern or another plain value, a function without a body. */
const isNothing = (value: Value): boolean => value.kind === 'lit' || (value.kind === 'fn' && value.fn.body.length === 0)

/** Is a call awaited, returned, or given a callback? */
const waitsFor = ({ inst, site }: LibraryCall): boolean => {
  if (site.k === 'call' && site.a.length > 1 && site.a.at(-1)?.k === 'fn') return true
  if (isReturned({ inst, site })) return true
  return someExpression(inst.fn.body, (x) => x.k === 'await' && x.x === site)
}

/** `queue.drain = () => done()`: a function that calls what the function around it was given to call. */
const tellsCaller = ({ unit: { facts } }: Instance, x: Expr | undefined): boolean => {
  const isGiven = (f: Expr): boolean => f.k === 'ref' && facts.bindings[f.b]?.kind === 'param'
  if (x?.k !== 'fn') return x !== undefined && isGiven(x)
  return someExpression(facts.functions[x.f]?.body ?? [], (inner) => inner.k === 'call' && isGiven(inner.f))
}

const isReturned = ({ inst, site }: { inst: Instance; site: Expr }): boolean => inst.fn.body.some((s) => s.k === 'ret' && s.x === site)

/** Does a request call it, or what returns its result, as a statement of its own, so that nobody waits? */
const isDropped = (inst: Instance, depth = 0): boolean => depth < DEEPEST_RETURN && inst.callers.some(({ from, site }) => {
  if (from.phase !== 'request') return false
  if (isReturned({ inst: from, site })) return isDropped(from, depth + 1)
  return someExpression(from.fn.body, (x, statement) => x === site && statement.k === 'expr' && (statement.x === x || (statement.x.k === 'un' && statement.x.op === 'void')))
})
