import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { NOTHING } from '../link/solver.js'
import { somePart } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'
import { Beginnings } from './beginnings.js'
import { Clients } from './clients.js'
import { Derived, isEmptying, reachedFrom } from './derived.js'
import { isOfEnvironment } from './environment.js'
import { isGathering } from './gathering.js'
import { Guards } from './guards.js'
import { isTimerHandle } from './handles.js'
import { isHowBusy } from './how-busy.js'
import { InFlight } from './in-flight.js'
import { Loads } from './loads.js'
import { fillsWhatIsSet } from './locals.js'
import { MadeHere } from './made-here.js'
import { MadeOnDemand } from './made-on-demand.js'
import { MemoOfInput } from './memo-of-input.js'
import { isOfItsKey } from './of-its-key.js'
import { OwnLimits } from './own-limits.js'
import { isUpForEach, letsOneIn } from './own-locks.js'
import { OwnLoop } from './own-loop.js'
import { OwnMeasures } from './own-measures.js'
import { addsUp, areOwnNumbers, areToldToOwnProcesses, isTick, saysWhenToTidy, saysWhenToTidyNext } from './own-numbers.js'
import { isOwnCredential } from './own-credentials.js'
import { OwnSlots } from './own-slots.js'
import { isEmpty, isForExit, isInterned, isKeptToClose, isMade, isSubscriptions, isQueue, isReset, isStack, isTurn, ownWrites } from './patterns.js'
import { tellsOutcome } from './outcomes.js'
import { arePatched } from './patched.js'
import { isBehindFlag, isCompletion, raisesFlag } from './once.js'
import { isPause, turnsAway, turnsAwayByKey } from './refusals.js'
import { Prepared } from './prepared.js'
import { PendingCalls } from './pending-calls.js'
import { isBoolean, isData, isGivenBack, isMoment, isNegated, isOfLogger, isOneModule, isOwnFallback, isSelfReplacement, settingOf, withoutFailures } from './role-writes.js'
import { Runs } from './runs.js'
import { areTidied } from './tidied.js'
import { areSpares, areStoppers } from './spares.js'
import { areStartedProcesses } from './started-processes.js'
import { isStreamBuffer } from './stream-buffers.js'
import { isPacing } from './pacing.js'
import { type Identity, type Taint, Taints } from './taint.js'
import { isMark, isTakenDown, isUpWhile, worksOffLine } from './under-way.js'

export type Role =
  | 'client' | 'lazy-constant' | 'cache' | 'store' | 'counter' | 'lock' | 'queue' | 'registry' | 'sequence' | 'request-data' | 'flag' | 'setting' | 'scratch' | 'limit'

export interface RoledCell extends Cell {
  role: Role
  /** What is put in it says who somebody is. */
  identity: Set<Identity>
  /** Some key or value derives from a request. */
  fromRequest: boolean
  /** Grows by keys, as a map or list does. */
  keyed: boolean
  /** Evicts by size or age. */
  bounded: boolean
  /** All changes happen in the background. */
  background: boolean
}

/** What keeps a log from repeating itself is no state that a client sees. */
const WARNED_NAME = /(warned|warning|logged(?!_?(?:in|out|off|on|user|client|player|member|account|admin|session|socket|people))|deprecat|reported)/i
/** Names break ties only. */
const CACHE_NAME = /cache|memo(?!ry)|lookup|fetched|lastFetch|ttl|expir/i
const TOKEN_WORDS = /token|nonce|challenge|pkce|verifier|refresh|revo[ck]|(?<!p)reset(?!_?keys?$)|captcha|magic|csrf|(^|auth|login|sso|sign-?in|oauth|oidc|openid|saml)_?state(s|store|map)\b/i
/** A word of its own: neither `botPlayers` nor `notPaid`. */
const OTP = /(?:^|[^A-Za-z])otp|[a-z0-9]Otp|(?:^|[^A-Z])OTP/
/** A count of something is not that: `refreshCount`. */
const isTokenName = (name: string): boolean => (TOKEN_WORDS.test(name) || OTP.test(name)) && !/count(er)?s?$/i.test(name)
const LOGIN_NAME = /log_?in|sign_?in|auth|passw|2fa|mfa|verif|fail|lock|brute/i
const PERSON_NAME = /session|user|client|player|socket|connection|visitor|online|room|chat|conversation|login|auth|subscri|peer|device/i
/** What keeps somebody from guessing, or lets nobody in any more. */
const REFUSING_NAME = /attempt|log_?in|fail|revo[ck]|black|deny|captcha/i
const LIMIT_FILE = /(rate|request)s?[-_.]?limit|throttl/i
const CONNECTION_ID = /^(socket|conn(ection)?)_?id$/i

/** A flag that says how far a set-up has come, where it stands next to what is set up. */
const PROGRESS_NAME = /(connect(ed|ing)|ready|initiali[sz]ed|configured)$/i

/** What a count by keys is taken for otherwise. */
const COUNTING = new Set<Role>(['store', 'counter', 'cache', 'queue', 'setting', 'flag'])

/** Says what a cell is for, from how it is written and read. */
export class Roles {
  private readonly taints: Taints
  private readonly guards: Guards
  private readonly loads: Loads
  private readonly inFlight: InFlight
  private readonly made: MadeOnDemand
  private readonly begun: MadeHere
  private readonly clients: Clients
  private readonly derived: Derived
  private readonly runs: Runs
  private readonly renewed: MemoOfInput
  private readonly begins: Beginnings
  private readonly pending: PendingCalls
  private readonly prepared: Prepared
  private readonly own = new OwnLoop()
  private readonly measures: OwnMeasures
  private readonly limits: OwnLimits
  private readonly slots: OwnSlots

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {
    this.taints = new Taints(a, look)
    this.guards = new Guards(look)
    this.loads = new Loads(a, look)
    this.inFlight = new InFlight(look, this.loads)
    this.made = new MadeOnDemand(a, look)
    this.clients = new Clients(a, look, this.taints, (write) => this.isPicked(write))
    this.runs = new Runs(a, (write) => this.bringsRequest(write), (write) => this.isPicked(write))
    this.renewed = new MemoOfInput(look, (write) => this.guards.isAwaited(write) && this.loads.of(write) === 'remote')
    this.derived = new Derived(look, (write) => this.taints.ofText(write.inst, write.valueExpr).request)
    this.begun = new MadeHere(a, look, this.loads, this.derived)
    this.begins = new Beginnings(a, look)
    this.prepared = new Prepared(a, this.guards)
    this.measures = new OwnMeasures(a, look)
    this.slots = new OwnSlots(a)
    this.limits = new OwnLimits(look, (inst, x) => this.taints.ofText(inst, x).request)
    this.pending = new PendingCalls(a, (inst, key) => this.taints.ofText(inst, key).request)
  }

  of(cell: Cell): RoledCell {
    const taint = this.taint(cell)
    const contents = [...cell.contents]
    const rows = contents.flatMap((o) => (o.path ? [this.a.catalog.row(o.path)?.container] : []))
    const made: RoledCell = {
      ...cell, role: 'setting', identity: taint.identity, fromRequest: taint.request,
      keyed: cell.writes.some((w) => (w.kind === 'mutator' || w.kind === 'member') && (w.key >= -1 || w.keyExpr !== undefined)) && cell.contents.size > 0,
      bounded: rows.some((row) => row?.bounded !== undefined || row?.ttl !== undefined) || (CACHE_NAME.test(cell.home.name) && cell.writes.some((w) => this.guards.dropsByItself(w, cell))),
      background: cell.writes.every((w) => w.inst.phase === 'background'),
    }
    made.role = this.role(made)
    this.nameIdentity(made)
    if (this.isLimit(made) || this.isSpacing(made)) made.role = 'limit'
    // However it came to be there, with no request in it.
    if (made.role === 'cache' && !made.keyed && !made.fromRequest && made.contents.size === 0 && isOwnCredential(made)) made.role = 'client'
    return made
  }

  /** Attempts to log in are told as such; a bucket of tokens that are counted down keeps none, and what is called a cache, and drops what is in it, keeps what was not found. */
  private isLimit(cell: RoledCell): boolean {
    if (cell.bounded && CACHE_NAME.test(cell.home.name)) return false
    if (!cell.keyed || !COUNTING.has(cell.role) || !(cell.fromRequest || LIMIT_FILE.test(cell.home.unit.path) || LIMIT_FILE.test(cell.home.name))) return false
    const keepsTokens = cell.identity.has('token') && ((REFUSING_NAME.test(cell.home.name) || OTP.test(cell.home.name)) || !cell.writes.some(({ kind, inner }) => kind === 'update' && inner))
    return !keepsTokens && this.limits.are(cell)
  }

  /** `if (lastHit.has(ip)) return refuse(); lastHit.set(ip, now)`, dropped by age: how soon each may come again. */
  private isSpacing(cell: RoledCell): boolean {
    if (cell.role !== 'lock' || !cell.keyed) return false
    const own = ownWrites(cell)
    const puts = own.filter(({ kind }) => kind !== 'delete')
    return puts.length > 0 && puts.every((w) => this.guards.isTime(w)) && own.some((w) => this.guards.dropsByItself(w, cell))
  }

  private taint(cell: Cell): Taint {
    const all: Taint = { request: false, identity: new Set() }
    const told = cell.writes.filter(({ aside }) => !aside)
    // A count that is raised brings nothing, however often it is.
    const isCount = ({ kind }: CellWrite): boolean => kind === 'update'
    for (const write of [...told.filter((w) => !isCount(w)), ...told.filter(isCount)].slice(0, 40)) {
      for (const part of [this.taints.of(write.inst, write.keyExpr, write.key), this.taints.of(write.inst, write.valueExpr, write.value)]) {
        all.request ||= part.request
        for (const id of part.identity) all.identity.add(id)
      }
    }
    return all
  }

  private role(cell: RoledCell): Role {
    if (WARNED_NAME.test(cell.home.name) || isOfLogger(cell) || isTurn(cell) || isStack(cell) || isInterned(cell) || isSubscriptions(cell) || areOwnNumbers(cell) || areToldToOwnProcesses(cell, this.a) || saysWhenToTidy(cell) || saysWhenToTidyNext(cell) || this.measures.are(cell, cell.fromRequest) || this.inFlight.is(cell)) return 'client'
    if (this.own.steers(cell, cell.fromRequest) || this.own.isOfConnection(cell)) return 'client'
    if (this.runs.are(cell) || arePatched(cell)) return 'scratch'
    if (isStreamBuffer(cell) || isPacing(cell) || isTick(cell) || isHowBusy(cell) || isMark(cell) || areSpares(cell, this.look) || isGathering(cell, this.guards) || areStoppers(cell, this.look)) return 'client'
    if (areTidied(cell) || this.isRenewed(cell) || this.renewed.isOfItself(cell) || isOfEnvironment(this.a, this.look, cell)) return 'lazy-constant'
    if (isTimerHandle(cell) || this.inFlight.isOnlyAwaited(cell) || isForExit(cell) || this.isOfConnection(cell) || this.pending.are(cell) || this.pending.areInLine(cell) || this.pending.areTold(cell)) return 'client'
    if (this.inFlight.isChain(cell)) return this.inFlight.protectsOthers(cell) ? 'lock' : 'client'
    if (this.clients.areOfOneCaller(cell, (w) => this.guards.testsEmpty(w, cell) || isBehindFlag(w.inst, w.site))) return 'request-data'
    if (areStartedProcesses(this.a, cell)) return cell.keyed ? 'store' : 'flag'
    if (this.clients.areIn(cell)) return 'client'
    if (this.clients.holdConnections(cell)) return isKeptToClose(cell) ? 'client' : 'registry'
    if (isPause(cell)) return 'flag'
    if (cell.contents.size === 0 && this.isTimed(cell)) return isOwnCredential(cell) ? 'client' : 'cache'
    if (turnsAway(cell) || turnsAwayByKey(cell) || letsOneIn(cell, this.guards)) return 'lock'
    if (isUpForEach(cell, this.guards) && this.inFlight.protectsOthers(cell)) return 'lock'
    if (isUpWhile(cell, this.guards)) return worksOffLine(cell) ? 'client' : 'lock'
    if (this.isLazy(cell)) return this.isFetchedData(cell) ? 'cache' : 'lazy-constant'
    if (cell.writes.every(isSelfReplacement) || cell.writes.every((w) => this.isFolder(w))) return 'lazy-constant'
    if (this.pointsToSingletons(cell)) return 'lazy-constant'
    const filling = this.fillingWrites(cell)
    if (filling.length === 0 && isQueue(cell) && !this.derived.isFilledWhereMade(cell)) return 'queue'
    if (this.isReplaced(cell)) return 'cache'
    if (cell.contents.size > 0 && cell.writes.some((w) => w.kind !== 'assign')) return this.isLoadedWhole(cell) ? 'cache' : this.containerRole(cell, filling)
    if (addsUp(cell)) return this.slots.are(cell) ? 'client' : this.isReturned(cell) ? 'sequence' : 'counter'
    if (cell.writes.every((w) => isBoolean(w, this.look))) return this.flagRole(cell)
    // A timer that reads it anew from files finds what came with the program.
    if (cell.background && ownWrites(cell).every((w) => isReset(w) || this.loads.isOfFiles(w))) return 'lazy-constant'
    if (this.isFedInBackground(cell) || this.isRefreshed(cell)) return 'cache'
    if (cell.contents.size === 0 && !cell.background && cell.writes.some((w) => this.loads.isOfMaking(w))) return 'request-data'
    if (this.isLoaded(cell)) return 'cache'
    return cell.fromRequest ? 'request-data' : 'flag'
  }

  /** Times and numbers kept by the id of a connection, each looked up by its own id and dropped with it: they are where the connection is. */
  private isOfConnection(cell: RoledCell): boolean {
    const writes = ownWrites(cell)
    const puts = writes.filter((w) => w.kind !== 'delete' && !isEmptying(w))
    if (puts.length === 0 || !puts.every((w) => w.valueExpr && isMoment(w.valueExpr) && this.namesConnection(w))) return false
    return writes.some((w) => w.kind === 'delete' && this.namesConnection(w)) && cell.reads.every((read) => read.op !== 'iterate' && read.op !== 'size')
  }

  private namesConnection(write: CellWrite): boolean {
    const { keyExpr } = write
    const name = keyExpr?.k === 'mem' ? keyExpr.n : keyExpr?.k === 'ref' ? write.inst.unit.facts.bindings[keyExpr.b]?.n : undefined
    return this.taints.of(write.inst, keyExpr, write.key).identity.has('socket') || (name !== undefined && CONNECTION_ID.test(name))
  }

  /** Made anew, all of it, by whoever finds that what it is made of has changed. */
  private isRenewed(cell: Cell): boolean {
    const sets = this.renewed.renewing(cell)
    return sets !== undefined && !sets.some((w) => this.bringsRequest(w)) && this.runs.isChangedAfter(cell, sets)
  }

  /** Is it made of what the current request brings, rather than of what the process keeps or asks for? */
  private bringsRequest({ inst, valueExpr }: CellWrite): boolean {
    const made = valueExpr?.k === 'ref' ? this.look.definition(inst, valueExpr.b) ?? valueExpr : valueExpr
    return this.taints.ofText(inst, made).request
  }

  /** `rooms[req.params.room]`, `rooms.get(name)` */
  private isPicked({ inst, valueExpr }: CellWrite): boolean {
    const key = valueExpr?.k === 'elem' ? valueExpr.i : valueExpr?.k === 'call' && valueExpr.f.k === 'mem' && valueExpr.f.n === 'get' ? valueExpr.a[0] : undefined
    return key !== undefined && this.taints.of(inst, key, NOTHING).request
  }

  /** Fetched again from time to time, or by name. A client that is made with what a request brings is that request's. */
  private isRefreshed(cell: RoledCell): boolean {
    return CACHE_NAME.test(cell.home.name) || (cell.writes.some((w) => this.guards.refreshes(w, cell) || (this.loads.of(w) === 'remote' && this.guards.isFilledOnDemand(w, cell))) && !cell.writes.some((w) => w.valueExpr?.k === 'new' && this.bringsRequest(w)))
  }

  private isTimed(cell: RoledCell): boolean {
    return !cell.fromRequest && cell.writes.some((w) => (w.kind === 'assign' || (w.kind === 'member' && (!w.keyExpr || this.guards.isTime(w)))) && !isReset(w) && this.guards.isTimed(w))
  }

  /** Loaded by a timer or listener; what those only start anew or note is their own. */
  private isFedInBackground(cell: RoledCell): boolean {
    return cell.background && cell.writes.some((w) => !isReset(w) && this.guards.isAwaited(w))
  }

  /** Replaced as a whole by a timer with what another service has by then, and given nothing by requests. */
  private isReplaced(cell: RoledCell): boolean {
    const sets = ownWrites(cell).filter((w) => !isReset(w))
    if (!sets.some((w) => w.inst.phase === 'background') || !sets.every((w) => w.kind === 'assign' && this.loads.of(w) === 'remote')) return false
    return !cell.writes.some((w) => w.inst.phase === 'request' && this.bringsRequest(w))
  }

  /** Set to a list that the same call has made, and filled with what another service or the disk has. */
  private isLoadedWhole(cell: RoledCell): boolean {
    const fills = cell.writes.filter((w) => fillsWhatIsSet(this.look, cell, w))
    if (fills.length === 0 || cell.fromRequest) return false
    const making = reachedFrom(fills.map((w) => w.inst))
    if (!cell.writes.every((w) => w.kind === 'assign' || fills.includes(w) || (w.inner === true && w.filling === true && making.has(w.inst)))) return false
    return fills.every((w) => {
      const put = { ...w, valueExpr: w.valueExpr ?? (w.site.k === 'call' ? w.site.a[0] : undefined) }
      return /^(remote|unknown)$/.test(this.loads.of(put)) || this.loads.isOfFiles(put)
    })
  }

  /** A copy of what another service has. */
  private isLoaded(cell: RoledCell): boolean {
    const written = cell.writes.filter((w) => !isReset(w))
    return !cell.fromRequest && cell.contents.size === 0 && written.length > 0 && written.every((w) => this.loads.of(w) === 'remote')
  }

  /** Fetched once from another service, and kept as it was then. */
  private isFetchedData(cell: RoledCell): boolean {
    const isWaitedFor = (inst: Instance, x: Expr): boolean => x.k === 'await' || (x.k === 'ref' && this.look.givenTo(inst, x.b).some((made) => made.k === 'await'))
    return cell.writes.some((w) => w.valueExpr !== undefined && somePart(w.valueExpr, (x) => isWaitedFor(w.inst, x)) && this.loads.of(w) === 'remote') && this.writtenValues(cell).every((value) => isData(value))
  }

  private containerRole(cell: RoledCell, filling: CellWrite[]): Role {
    const own = ownWrites(cell)
    if (cell.background && own.some((w) => w.valueExpr && !isMade(w.valueExpr) && (/^(remote|unknown)$/.test(this.loads.of(w)) || this.loads.isOfFiles(w)))) return 'cache'
    if (!cell.fromRequest && own.every((w) => w.kind === 'member' && !w.keyExpr && w.valueExpr && (isEmpty(w.valueExpr) || this.loads.isOfFiles(w)))) return 'lazy-constant'
    if (!cell.fromRequest && own.every((w) => isBehindFlag(w.inst, w.site))) return 'lazy-constant'
    if (own.every((w) => isCompletion(w) && !this.bringsRequest(w))) return 'lazy-constant'
    if (this.derived.isIndex(cell) || this.derived.isFilledWhereMade(cell) || this.derived.isServiceTable(cell)) return 'lazy-constant'
    if (this.prepared.are(cell)) return 'lazy-constant'
    if (this.derived.isFilledAtOnce(cell)) return cell.writes.some((w) => this.loads.of(w) === 'remote') ? 'cache' : 'lazy-constant'
    if (filling.length > 0) return this.filledRole(cell, filling)
    if (isOfItsKey(cell, this.look, this.derived)) return 'lazy-constant'
    const puts = own.filter((w) => w.kind !== 'delete' && !isEmptying(w))
    if (puts.length > 0 && puts.every((w) => this.made.isHandle(w) && this.derived.isOnMiss(w, cell))) return 'client'
    if (this.isTimed(cell)) return 'cache'
    if (own.some((w) => w.kind === 'update') && !cell.fromRequest) return 'counter'
    if (!cell.fromRequest && (cell.bounded || CACHE_NAME.test(cell.home.name))) return 'cache'
    if (!CACHE_NAME.test(cell.home.name)) return 'store'
    // What is called a cache and drops what is in it by itself is one, whoever puts that there.
    if (cell.bounded && !isTokenName(cell.home.name)) return 'cache'
    return own.some((w) => w.valueExpr && !isMade(w.valueExpr) && this.loads.of(w) !== 'none') ? 'cache' : 'store'
  }

  /** What only this process is asked for can be made again at any time, unless it is changed later. */
  private filledRole(cell: RoledCell, filling: CellWrite[]): Role {
    if (this.clients.holdSessions(cell)) return 'store'
    if (filling.every((w) => this.made.isHandle(w))) return 'client'
    // Until when somebody has to wait, or since when they are here: nobody can look that up again.
    if (cell.contents.size > 0 && filling.every((w) => this.guards.isTimeAlone(w))) return 'store'
    // Objects that are filled in later, too, where they are called a cache.
    if (CACHE_NAME.test(cell.home.name) && filling.some((w) => /^(remote|unknown)$/.test(this.loads.of(w)) || this.guards.isAwaitedAfter(w))) return 'cache'
    if (this.isOfSessions(cell) || this.begun.isLiving(cell, filling) || filling.every((w) => this.made.isLiving(w, cell)) || (filling.some((w) => this.made.isWrittenOut(w)) && this.derived.isChangedAround(cell, filling))) return 'store'
    if (!filling.every((w) => this.loads.of(w) === 'local')) return 'cache'
    const others = ownWrites(cell).filter((w) => !filling.includes(w) && !this.isLazyStart(w, cell) && !isEmptying(w))
    // Made here, and later made into something else: nobody else has that. What may be thrown away as a whole can be had again.
    if (others.length > 0) return !ownWrites(cell).some((w) => isEmptying(w)) && others.some((w) => this.isMadeOfWhatWasThere(w, cell)) ? 'store' : 'cache'
    if (this.derived.isChangedLater(cell, filling) || filling.some((w) => this.loads.isDrawn(w))) return 'store'
    // A file that a request makes it forget has been changed, for this process alone to know.
    if (filling.some((w) => this.loads.isOfFiles(w)) && ownWrites(cell).some((w) => w.kind === 'delete' && w.keyExpr !== undefined && w.inst.phase === 'request' && !this.guards.dropsByItself(w, cell))) return 'cache'
    // What gets too old some time was not the same for ever.
    return filling.some((w) => this.guards.isTimed(w)) ? 'cache' : 'lazy-constant'
  }

  /** Things that one works with, each made for a session and dropped with it. */
  private isOfSessions(cell: RoledCell): boolean {
    return cell.identity.has('session') && ownWrites(cell).some((w) => w.kind === 'delete' && w.keyExpr !== undefined) && this.writtenValues(cell).every((value) => value.kind === 'object' && !isData(value))
  }

  /** `rows.set(id, changed(rows.get(id)))`, also through locals. */
  private isMadeOfWhatWasThere({ inst, keyExpr, valueExpr }: CellWrite, cell: Cell): boolean {
    if (keyExpr === undefined || valueExpr === undefined) return false
    const places = new Set(cell.reads.filter(({ op }) => op === 'read').map(({ site }) => site))
    const isRead = (x: Expr, depth: number): boolean => somePart(x, (part) => {
      if (places.has(part)) return true
      const definition = part.k === 'ref' && depth < 2 ? this.look.definition(inst, part.b) : undefined
      return definition !== undefined && isRead(definition, depth + 1)
    })
    return isRead(valueExpr, 0)
  }

  /** Writes that load what a look has not found: all of one place, where one is such. What is sent to a store changes it. */
  private fillingWrites(cell: RoledCell): CellWrite[] {
    if (cell.contents.size === 0 || [...cell.contents].some(({ path }) => path !== undefined && this.a.catalog.row(path)?.container?.kind === 'store')) return []
    const own = ownWrites(cell)
    const sites = new Set(own.filter((w) => w.loads || this.guards.loadsOnMiss(w, cell, this.loads.isOfFiles(w))).map((w) => w.site))
    return own.filter((w) => sites.has(w.site))
  }

  /** `cache ??= new Map()`: the container is made before its first use. */
  private isLazyStart(write: CellWrite, cell: RoledCell): boolean {
    return write.kind === 'assign' && write.valueExpr !== undefined && isMade(write.valueExpr) && (write.op !== '=' || this.guards.testsEmpty(write, cell))
  }

  /** Every value is one that the process has anyway: a reference to a singleton. */
  private pointsToSingletons(cell: RoledCell): boolean {
    if (cell.contents.size > 0) return false
    const values = this.writtenValues(cell).filter((v) => v.kind !== 'lit' || v.value !== undefined)
    return values.length > 0 && (values.every((v) => v.kind === 'object' && v.cls !== undefined && v.phase === 'startup') || isOneModule(values)) && cell.writes.every((w) => w.kind === 'assign' && !this.clients.decidedByRequest(w))
  }

  /** `this.covers = path.join(root, 'covers')`: put together from what the process knows, however often. */
  private isFolder({ inst, kind, valueExpr }: CellWrite): boolean {
    if (kind !== 'assign' || valueExpr?.k !== 'call' || this.taints.ofText(inst, valueExpr).request) return false
    const paths = new Set(this.a.callsOf(inst).filter((call) => call.path.startsWith('node:path#')).map((call) => call.site))
    return paths.has(valueExpr) && valueExpr.a.every((arg) => !somePart(arg, (x) => (x.k === 'call' || x.k === 'new' || x.k === 'await') && !paths.has(x)))
  }

  private writtenValues(cell: Cell): Value[] {
    return cell.writes.flatMap((w) => this.a.of(w.value))
  }

  /** Set once, behind a test that it is empty, to something that no request decides. */
  private isLazy(cell: RoledCell): boolean {
    if (cell.contents.size > 0 && this.derived.withoutMaking(cell).some((w) => w.kind === 'mutator' || w.kind === 'member')) return false
    if (isTakenDown(cell) || (settingOf(cell) !== undefined && this.begins.isFoundOut(cell))) return false
    return this.derived.withoutMaking(cell).every((w) => w.kind === 'assign' && !this.clients.decidedByRequest(w) && (isReset(w) || isGivenBack(w, cell) || isOwnFallback(w) || w.op === '??=' || w.op === '||=' || this.guards.testsEmpty(w, cell) || isBehindFlag(w.inst, w.site) || this.derived.isAskedFor(w, cell) || (this.loads.isOfFiles(w) && raisesFlag(w.inst))))
  }

  private flagRole(cell: RoledCell): Role {
    if (this.isOnceFlag(cell) || this.isProgress(cell)) return 'lazy-constant'
    if (!tellsOutcome(cell, this.guards)) return 'lock'
    return this.isFedInBackground(cell) || this.isRefreshed(cell) || this.isLoaded(cell) ? 'cache' : 'flag'
  }

  /** Only ever set, never reset, behind a test of itself or around a warning: remembers that something was done once. */
  private isOnceFlag(cell: Cell): boolean {
    const done = withoutFailures(cell)
    if (done) return this.isOnceFlag(done)
    const setting = settingOf(cell)
    if (setting === undefined || this.begins.isFoundOut(cell)) return false
    if (this.begins.isSetAnyway(cell, setting)) return true
    return cell.writes.every((w) => this.guards.testsEmpty(w, cell)) || (setting === true && cell.reads.length > 0 && cell.reads.every((read) => isNegated(read.inst.fn, read.site)))
  }

  /** Set by the code that awaits the set-up, and looked at before it. */
  private isProgress(cell: RoledCell): boolean {
    return PROGRESS_NAME.test(cell.home.name) && !cell.fromRequest && cell.writes.some((w) => w.inst.fn.async !== undefined)
  }

  private isReturned(cell: Cell): boolean {
    return /id$|ids$|seq|sequence|next|index$/i.test(cell.home.name)
  }

  /** How often a request has tried something: a log-in, unless the name says otherwise and it is a limit over time. What this process tries again is none. */
  private countsLogins(cell: RoledCell, name: string): boolean {
    if (!cell.fromRequest || !/attempt/i.test(name)) return false
    return !/[a-z]_?attempt/i.test(name) || LOGIN_NAME.test(name) || OTP.test(name) || !this.limits.are(cell)
  }

  private nameIdentity(cell: RoledCell): void {
    if (!cell.keyed && cell.role !== 'registry' && cell.role !== 'store' && cell.role !== 'request-data') return
    // A client of another service is no person.
    const name = cell.home.name.replace(/^\w*Client\./, '')
    if (isTokenName(name) || this.countsLogins(cell, name)) cell.identity.add('token')
    else if (PERSON_NAME.test(name) && cell.fromRequest) {
      cell.identity.add('session')
      // Who is in a room, found by what their cookie says: no tokens that are kept.
      cell.identity.delete('token')
    }
  }
}
