import type { Site } from '../model/site.js'
import type { InfraModel } from '../model/catalog.js'
import type { Confidence } from '../model/finding.js'
import type { Manifest } from '../model/input.js'
import type { SchemaFacts } from '../model/schema.js'
import { Entries, type Entry } from '../flow/entries.js'
import { type Callers, Reach, type Way } from '../flow/reach.js'
import { registrationsOf } from '../flow/registrations.js'
import type { Expr } from '../model/facts.js'
import type { Analysis, GapRecord, LibraryCall } from '../link/analysis.js'
import type { CallEdge, Instance } from '../link/instances.js'
import type { Library } from '../link/library.js'
import { LookedUp } from '../link/peek.js'
import { Homes } from '../state/homes.js'
import type { Role } from '../state/roles.js'
import type { Value } from '../link/values.js'
import { Taints } from '../state/taint.js'
import { type Bus, buses } from './bus-queries.js'
import { CachingQueries } from './caching-queries.js'
import { calleesOf, gapsOf } from './callees.js'
import { type CellView, entryNames, viewsOf } from './cell-views.js'
import { Deployment } from './deployment.js'
import { DiskQueries } from './disk-queries.js'
import type { Effect } from '../effects/effects.js'
import { repeatText } from './effect-text.js'
import { type EvidenceFact, evidenceFacts } from './evidence.js'
import { type FinerKind, FinerState } from './finer-state.js'
import { Commands } from './commands.js'
import { InfraQueries } from './infra-queries.js'
import { JobQueries, type LeftDraft, type TimerWork } from './job-queries.js'
import { type InfraUse, Libraries, type LibraryUse, siteOfCall, type StoreChoice } from './libraries.js'
import { LibraryQueries, type SessionUse, type SetterUse } from './library-queries.js'
import { takesIn } from './nitro-config.js'
import { isMerged } from './merged-calls.js'
import { type Memo, MemoQueries } from './memo-queries.js'
import { type RepeatDraft, type RepeatRule, Repeats } from './repeats.js'
import { type OwnSession, OwnSessions } from './own-sessions.js'
import { type ReachedEffect, type RepeatedEntry, RetryQueries } from './retry-queries.js'
import { RenderingQueries } from './rendering-queries.js'
import { SecretQueries } from './secret-queries.js'
import { type CellDraft, StateQueries } from './state-queries.js'

export interface StepDraft {
  message: string
  site: Site
  /** Many calls were taken for one there. */
  merged?: true
}

export type { CellView } from './cell-views.js'

/** The query surface that rules see: entries, cells, library uses, ways. */
export class Program {
  readonly reach: Reach
  readonly entryList: Entries
  readonly libraries: Libraries
  readonly look: LookedUp
  readonly taints: Taints
  private cellList: CellView[] | undefined
  private readonly homes: Homes
  private readonly retries: RetryQueries
  readonly rendering = new RenderingQueries(this)
  readonly finer = new FinerState(this)
  private readonly memoised: MemoQueries
  readonly state = new StateQueries(this)
  private readonly uses = new LibraryQueries(this)
  private readonly inside = new InfraQueries(this)
  private readonly disk = new DiskQueries(this)
  private readonly jobs = new JobQueries(this)
  readonly commands = new Commands(this)
  private repeatsOf: Repeats | undefined
  private evidenceList: EvidenceFact[] | undefined

  constructor(
    readonly a: Analysis,
    readonly library: Library,
    readonly manifests: Manifest[],
    readonly deploy: Deployment = new Deployment([], false),
    private readonly schemas: Pick<SchemaFacts, 'tables' | 'providers'> = { tables: [], providers: [] },
  ) {
    this.reach = new Reach(a)
    this.look = new LookedUp(library)
    this.entryList = new Entries(a, this.look)
    this.homes = new Homes(a, (unit) => this.commands.isStartedByHand(unit))
    this.memoised = new MemoQueries(this, this.homes)
    this.retries = new RetryQueries(this, schemas.tables)
    this.taints = new Taints(a, this.look)
    this.libraries = new Libraries(a, library, () => true, deploy)
  }

  /** Entries in the order of files and places. */
  get entries(): Entry[] {
    return this.entryList.all
  }

  // ---------------------------------------------------------------- state

  /** Process memory that requests or timers change, with its role. Start-up writes alone make no cell. */
  cells(): CellView[] {
    this.cellList ??= viewsOf(this, this.homes)
    return this.cellList
  }

  /** Stores of user interfaces that all visitors share. */
  ssrStores(): CellView[] {
    return this.rendering.stores()
  }

  isFilledByRequest(cell: CellView): boolean {
    return this.rendering.isPersonal(cell)
  }

  stateOf(roles: Role[]): CellView[] {
    return this.state.of(roles)
  }

  isPersonal(cell: CellView): boolean {
    return this.state.isPersonal(cell)
  }

  isToken(cell: CellView): boolean {
    return this.state.isToken(cell)
  }

  cellDraft(cell: CellView): CellDraft {
    return this.state.draft(cell)
  }

  memos(): Memo[] {
    return this.memoised.all()
  }

  unkeyedMemos(): ReturnType<MemoQueries['unkeyed']> {
    return this.memoised.unkeyed()
  }

  finerState(kind: FinerKind): CellView[] {
    return this.state.finerOf(kind)
  }

  /** An entry that reads what others have left in a cell. */
  readBackBy(cell: CellView): string {
    return this.finer.readBackBy(cell)
  }

  /** Entries that lead to an invocation, by name. */
  entrySymbols(inst: Instance): string[] {
    return entryNames(this, [inst])
  }

  /** Routes whose answers Nitro keeps in this process, as its configuration says. */
  keptRoutes(): { site: Site; pattern: string }[] {
    const { nitro } = this.libraries
    if (nitro.hasDriver('cache')) return []
    const kept = nitro.routes().filter(({ by }) => by === 'swr' || by === 'cache')
    return kept.filter(({ pattern }) => this.entries.some(({ path }) => path !== undefined && takesIn(pattern, path))).map(({ at, pattern }) => ({ site: at, pattern }))
  }

  // ---------------------------------------------------------------- libraries

  sessions(): SessionUse[] {
    return this.uses.sessions()
  }

  /** Sessions that the project keeps by itself, where logins ride on none of a library. */
  ownSessions(): OwnSession[] {
    return this.sessions().some(({ login, choice }) => login && choice.kind !== 'cookie-sealed') ? [] : (this.sessionsOfItsOwn ??= new OwnSessions(this, this.retries.lookUps)).all()
  }

  private sessionsOfItsOwn: OwnSessions | undefined

  infra(kind: InfraModel['kind']): InfraUse[] {
    return this.inside.infra(kind)
  }

  localLocks(): ReturnType<InfraQueries['localLocks']> {
    return this.inside.localLocks()
  }

  hasLock(use: InfraUse): boolean {
    return this.inside.hasLock(use)
  }

  onlyTells(use: InfraUse): boolean {
    return this.inside.onlyTells(use)
  }

  embeddedDatabases(): ReturnType<LibraryQueries['embeddedDatabases']> {
    return this.uses.embeddedDatabases()
  }

  /** Volumes that keep data of the app on one node, files of embedded databases among it. */
  appVolumes(): ReturnType<Deployment['appVolumes']> {
    return this.deploy.appVolumes(this.uses.databaseFiles())
  }

  /** Databases that schema and configuration files name. */
  get providers(): SchemaFacts['providers'] {
    return this.schemas.providers
  }

  /** Schema files that name a database in this process, where no file of the same package names a server. */
  embeddedSchemas(): { site: Site; name: string }[] {
    return this.uses.embeddedSchemas(this.schemas.providers)
  }

  startupSecrets(): ReturnType<SecretQueries['all']> {
    return new SecretQueries(this).all()
  }

  globalSetters(): SetterUse[] {
    return this.uses.globalSetters()
  }

  identitySetters(): SetterUse[] {
    return this.uses.identitySetters()
  }

  processWrites(): ReturnType<LibraryQueries['processWrites']> {
    return this.uses.processWrites()
  }

  diskWrites(): ReturnType<LibraryQueries['diskWrites']> {
    return this.uses.diskWrites()
  }

  logsRead(): ReturnType<LibraryQueries['logsRead']> {
    return this.uses.logsRead()
  }

  readonlyWrites(): ReturnType<DiskQueries['readonlyWrites']> {
    return this.disk.readonlyWrites()
  }

  sharedPrivate(): ReturnType<CachingQueries['sharedPrivate']> {
    return new CachingQueries(this).sharedPrivate()
  }

  /** What the deployment says of a store that it chooses. */
  choiceStep({ site }: StoreChoice): StepDraft[] {
    return site ? [{ message: 'the deployment chooses it', site }] : []
  }

  /** The volume that keeps a written file on one node, or the container that has none for it. */
  mountStep(use: LibraryUse): StepDraft[] {
    return this.disk.mountStep(use)
  }

  /** What a rule yields about a library use. */
  useDraft(use: LibraryUse, symbol: string, does = 'calls'): { at: Site; symbol: string; trace: StepDraft[]; confidence: Confidence } {
    const way = use.phase === 'startup' ? undefined : this.reach.way(use.call.inst)
    const trace = way ? this.steps(way, { message: `${does} ${symbol}`, site: use.site }) : []
    return { at: use.site, symbol: this.homeName(use.call) ?? symbol, trace, confidence: way?.entry?.guessed ? 'medium' : 'high' }
  }

  /** Name of the declaration that a call's result is put in. */
  readonly homeName = ({ inst, site }: Pick<LibraryCall, 'site'> & { inst: Pick<Instance, 'unit'> }): string | undefined => this.homes.nameOfSite(inst.unit, site)

  /** Emitters over which requests hear of each other. */
  readonly buses = (): Bus[] => buses(this)

  /** Name of the property, in an options object, whose value a call makes. */
  propertyName(call: LibraryCall): string | undefined {
    return this.homes.propertyOfSite(call.inst.unit, call.site)
  }

  // ---------------------------------------------------------------- ways

  /** The entry that a way begins at. */
  entryOf(way: Way): Entry | undefined {
    return way.entry && this.entryList.byRecord.get(way.entry)
  }

  /** Name of where a way begins: an entry, or a timer. */
  origin(way: Way): string {
    return this.entryOf(way)?.symbol ?? (way.root.phase === 'background' ? 'a timer or background job' : 'a request')
  }

  /** The steps of a way, from the registration through the calls to its end. */
  steps(way: Way, end: StepDraft): StepDraft[] {
    const entry = this.entryOf(way)
    const first: StepDraft = entry
      ? { message: `${entry.symbol} is registered here`, site: entry.site }
      : { message: `${way.root.fn.n ?? 'a callback'} runs in the background`, site: { file: way.root.unit.path, start: way.root.fn.q, end: way.root.fn.q + (way.root.fn.n?.length ?? 1) } }
    return [first, ...way.calls.map((edge) => this.callStep(edge)), end]
  }

  /** Texts that an argument may be. */
  texts(call: LibraryCall, path: string): string[] {
    return this.argument(call, path).flatMap((value) => (value.kind === 'lit' && typeof value.value === 'string' ? [value.value] : []))
  }

  argument(call: LibraryCall, path: string): Value[] {
    return this.library.arguments.values(path, call)
  }

  /** Library calls of one invocation. */
  callsOf(inst: Instance): LibraryCall[] {
    return this.a.callsOf(inst)
  }

  callSite(call: LibraryCall): Site {
    return siteOfCall(call)
  }

  /** Calls in order, and what the last function does outside the process. */
  effectSteps(calls: readonly CallEdge[], { by, kind, model, call }: Effect): StepDraft[] {
    return [...calls.map((edge) => this.callStep(edge)), { message: `${by}: ${kind}${model && model !== by ? ` ${model}` : ''}`, site: this.callSite(call) }]
  }

  callStep(edge: CallEdge): StepDraft {
    const name = nameOf(edge.to)
    const { site } = edge
    const start = (site.k === 'call' || site.k === 'new') && site.f.k === 'mem' ? site.f.q : site.p
    const end = site.k === 'call' || site.k === 'new' ? site.f.e : Math.max(site.e, start + 1)
    return { message: edge.later ? `${name} runs later` : `calls ${name}`, site: { file: edge.from.unit.path, start, end }, ...(isMerged(edge) ? { merged: true as const } : {}) }
  }

  /** Name of the function (with its class) that holds a place. */
  scope(site: Site): string {
    const unit = this.a.unitOf.get(site.file)
    if (!unit) return '<module>'
    let best = unit.facts.functions[0]
    for (const fn of unit.facts.functions) if (fn.p <= site.start && fn.e >= site.start && best && fn.p >= best.p && fn !== best) best = fn
    if (!best || best.kind === 'module') return '<module>'
    const cls = best.cls === undefined ? undefined : unit.facts.classes[best.cls]?.n
    return [cls, best.n].filter((part) => part !== undefined).join('.') || '<anonymous>'
  }

  siteOf(inst: Instance, x: { p: number; e: number }): Site {
    return { file: inst.unit.path, start: x.p, end: x.e }
  }

  // ---------------------------------------------------------------- retries

  /** Entries that may change something, with the effects that a repeat repeats. */
  repeatedEffects(): RepeatedEntry[] {
    return this.retries.entries()
  }

  /** Entries that one of the rules about repeats tells of. */
  repeats(rule: RepeatRule): RepeatDraft[] {
    return (this.repeatsOf ??= new Repeats(this, this.schemas.tables)).of(rule)
  }

  /** What a call does outside the process. */
  effectOf(call: LibraryCall, callers: Callers): Effect | undefined {
    return this.retries.effectOf(call, callers)
  }

  /** Timers that do the same work in every replica. */
  timers(): TimerWork[] {
    return this.jobs.timers()
  }

  /** Work that requests start and do not wait for. */
  leftBehind(): LeftDraft[] {
    return this.jobs.leftDrafts()
  }

  /** Messages that requests leave to be tried again until they are delivered. */
  waitingRetries(): LeftDraft[] {
    return this.jobs.retryDrafts()
  }

  /** Of an entry's effects those that change anything. */
  changing(one: RepeatedEntry): ReachedEffect[] {
    return RetryQueries.changing(one)
  }

  /** What a repeat does, in words: the two most costly effects. */
  readonly repeatText = repeatText

  // ---------------------------------------------------------------- coverage

  /** Calls on request paths, each place once, and how many of them lead somewhere. */
  resolvedCalls(): { callsResolved: number; callsTotal: number } {
    const places = this.callees()
    return { callsTotal: places.size, callsResolved: [...places.values()].filter(Boolean).length }
  }

  private calleePlaces: Map<Expr, boolean> | undefined
  private callees(): Map<Expr, boolean> {
    return (this.calleePlaces ??= calleesOf(this.a))
  }

  registrations(): ReturnType<typeof registrationsOf> {
    return registrationsOf(this.a, (record) => this.entryList.siteOf(record))
  }

  /** What could not be resolved on request paths, each place once. */
  gaps(): GapRecord[] {
    return gapsOf(this.a, this.callees())
  }

  /** Uses of frameworks whose state is meant to live in one process. */
  statefulByDesign(): { reason: string; site: Site }[] {
    return this.libraries.withFacet('statefulByDesign').flatMap(({ row, site }) => (row.statefulByDesign === undefined ? [] : [{ reason: row.statefulByDesign, site }]))
  }

  // ---------------------------------------------------------------- the pass side

  /** Facts that speak for a question. */
  evidence(): EvidenceFact[] {
    return (this.evidenceList ??= evidenceFacts(this))
  }
}

const nameOf = (inst: Instance): string => {
  const cls = inst.fn.cls === undefined ? undefined : inst.unit.facts.classes[inst.fn.cls]?.n
  const name = inst.fn.n ?? (inst.fn.kind === 'ctor' ? 'constructor' : 'a callback')
  return cls ? `${cls}.${name}` : name
}
