import type { Expr, FnFact } from '../model/facts.js'
import { bySite, type Site } from '../model/site.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import { eachExpression, isExpression, someExpression, somePart } from '../link/shape.js'
import { type Around, namesOf, surroundings } from '../link/surroundings.js'
import type { CellWrite } from '../state/cells.js'
import { Guards } from '../state/guards.js'
import { Loads } from '../state/loads.js'
import type { Program } from './program.js'
import { writtenName } from './written-names.js'

/** Names of what signs, encrypts or authenticates. Names decide only where a random value goes. */
const SECRET = /secret|private_?key|public_?key|signing|api_?key|jwt|hmac|pepper|key_?pair|jwks?$|(session|cookie|encrypt\w*|token|csrf|auth|crypto|master|server)_?keys?$/i
/** Keys that cookies are signed with, where frameworks are told of them. */
const SIGNING = /^(app|server|koa|config)\.keys$/
/** The same for what is made when it is first needed, where nothing else says what it is for. */
const ON_DEMAND = new RegExp(`${SECRET.source}|password|passphrase`, 'i')
const NO_SECRET = /(public|id|name|version|hash|salt|count|length)$/i
/** What a cipher or hash takes anew each time, and what is known to all. */
const NO_KEY = /^(iv|nonce|salt|.*(publicKey|public_key))$/i
/** Verifies and never signs: a random secret lets nobody in, on each replica. */
const VERIFIES = /^(express-jwt|koa-jwt|express-oauth2-jwt-bearer)#/
/** Ways of telling the stage that a program runs in. */
const STAGE = /NODE_ENV|isDev|isTest|isLocal|isCI/
/** What the environment says, or else what is given next to its name. */
const SETTING = /^((get|read|load|optional)_?)?env(ironment)?(_?(var|variable|value|string|or_?else|or_?default))?$/i
/** Calls that give the same thing in another shape. */
const CONVERTS = /^(global#|node:crypto#|node:util#|node:buffer#|jose#export|jose#import|uint8arrays|pem-jwk#|node-forge#|@noble)/
const REMOTE_COMMAND = /^@aws-sdk\/.*Command(\.new)?$|^@google-cloud\/secret-manager#/
/** What puts what was changed where it is kept. */
const STORES = /^(save|store|persist|update|flush|commit)/i
/** The same, and what puts a first row there. */
const SAVES = /^(save|store|persist|update|create|insert|upsert)/i
/** `` sql`REPLACE INTO settings … ${secret}` `` */
const WRITES_ROW = /^\s*(insert|replace|update|merge|upsert)\b/i
/** Methods by which clients of unknown services keep what they are given. */
const KEEPS = /\.(post|create|insert(One|Into)?|upsert|save|put)$/
const DEEPEST = 5
const MOST_CALLERS = 20

/** `sessionSecret`, `cookie_secret` */
const OF_SESSIONS = /^(session|cookie)s?_?secret$/i

interface Found { inst: Instance; site: Expr; name: string }

/** Secrets and key pairs that the process makes for itself when it starts, and keeps nowhere that another one could read. */
export class SecretQueries {
  private readonly loads: Loads
  private readonly guards: Guards

  constructor(private readonly program: Program) {
    this.loads = new Loads(program.a, program.look)
    this.guards = new Guards(program.look)
  }

  all(): { site: Site; name: string; onDemand?: true }[] {
    const found = new Map<string, { site: Site; name: string; onDemand?: true }>()
    for (const call of this.program.a.calls) {
      if (call.row?.random !== 'fresh' || call.inst.phase !== 'startup') continue
      if (this.standsAlone(call.inst.unit) || !this.runsAtStart(call.inst)) continue
      // `Math.random` makes keys that are there to match nothing, but for the secret that sessions are signed with.
      if (call.path.includes('Math.random') && !this.signsSessions(call)) continue
      for (const place of this.follow(call.inst, call.site, call.row.secret ? ['secret'] : [], 0)) {
        // Made by a helper that others share.
        if (place.inst.unit !== call.inst.unit && this.standsAlone(place.inst.unit)) continue
        const site = this.program.siteOf(place.inst, place.site)
        const key = `${site.file}:${site.start}`
        if (!found.has(key)) found.set(key, { site, name: place.name })
      }
    }
    for (const { site, name } of this.madeOnDemand()) found.set(`${site.file}:${site.start}`, { site, name, onDemand: true })
    return [...found.values()].sort((a, b) => bySite(a.site, b.site))
  }

  /** Does a session facility of the same file take it for its secret, or is it called that where there is one? */
  private signsSessions({ inst, site }: LibraryCall): boolean {
    const map = surroundings(inst.fn)
    let around = map.get(site)
    while (around && !around.pattern && around.parent) around = map.get(around.parent)
    const kept = around?.pattern?.k === 'bind' ? around.pattern.b : undefined
    if (kept !== undefined && OF_SESSIONS.test(inst.unit.facts.bindings[kept]?.n ?? '')) return this.program.a.calls.some((call) => call.row?.session)
    const isIt = (x: Expr): boolean => somePart(x, (part) => part === site || (kept !== undefined && part.k === 'ref' && part.b === kept))
    return this.program.a.calls.some((call) => call.row?.session && call.inst.unit === inst.unit && call.site.k === 'call' && call.site.a.some((arg) => somePart(arg, (part) => part.k === 'obj' && part.m.some(({ n, v }) => n === 'secret' && v !== undefined && isIt(v)))))
  }

  /** `if (!secret) secret = randomBytes(64)`: made by whoever comes first, and kept for as long as the process lives. */
  private *madeOnDemand(): Generator<{ site: Site; name: string }> {
    for (const { role, home, writes, site, symbol } of this.program.cells()) {
      const name = home.name.slice(home.name.lastIndexOf('.') + 1)
      if (role !== 'lazy-constant' || NO_SECRET.test(name)) continue
      const made = writes.filter(({ inst, valueExpr }) => inst.phase !== 'startup' && valueExpr !== undefined && this.isRandom(inst, valueExpr) && !this.loads.reachesOthers(inst))
      if (made.length > 0 && made.length === writes.length && (ON_DEMAND.test(name) || (home.kind === 'binding' && made.some(({ inst, site: x }) => this.isKeyOf(inst, x))))) yield { site, name: symbol }
    }
  }

  private isKeyOf(inst: Instance, x: CellWrite['site']): boolean {
    return x.k === 'set' && isExpression(x.l) && x.l.k === 'ref' && this.isKey(inst.unit, x.l.b)
  }

  /** Made by a call that gives something else each time, here or in what it calls. */
  private isRandom(inst: Instance, x: Expr): boolean {
    const isFresh = ({ row, path }: LibraryCall): boolean => row?.random === 'fresh' && !path.includes('Math.random')
    const { a } = this.program
    return a.callsOf(inst).some((call) => isFresh(call) && somePart(x, (part) => part === call.site)) || inst.callees.some(({ site, to }) => somePart(x, (part) => part === site) && a.callsOf(to).some(isFresh))
  }

  private readonly atStart = new Map<Instance, boolean>()

  /** Does start-up surely lead there? What a library that nobody knows is given (`api.addHook('POST', { before() {} })`) may run whenever it likes. */
  private runsAtStart(inst: Instance): boolean {
    const known = this.atStart.get(inst)
    if (known !== undefined) return known
    this.atStart.set(inst, false)
    const callers = inst.callers.filter(({ from }) => from.phase === 'startup')
    const runs = callers.length === 0 || callers.some(({ from, site }) => !this.isUnknown(from, site) && this.runsAtStart(from))
    this.atStart.set(inst, runs)
    return runs
  }

  private isUnknown(inst: Instance, site: Expr): boolean {
    return this.program.a.callsOf(inst).some((call) => call.site === site && !call.row && !/^(global#|node:)/.test(call.path))
  }

  /** A program of its own, as one that sets up a project: it gives nothing to other files, takes nothing from them and serves nobody. */
  private standsAlone(unit: Unit): boolean {
    const { a, commands } = this.program
    const { served } = commands
    if (commands.isApart(unit)) return true
    if (served.size === 0 || served.has(unit) || unit.facts.exports.length > 0 || a.of(unit.cjs.holder.fields.get('exports') ?? -1).some((value) => value.kind !== 'object' || value.shape !== 'exports' || [...value.holder.fields.values()].some((node) => a.solver.size(node) > 0))) return false
    return unit.facts.specifiers.every((specifier) => a.resolver.resolve(unit.path, specifier).kind !== 'file')
  }

  /** Follows a value outwards to what it is kept as: a declaration, a member, an option, or what the function gives its callers. */
  private follow(inst: Instance, site: Expr, names: string[], depth: number): Found[] {
    const map = surroundings(inst.fn)
    const passed = [...names]
    if (this.guards.passed(inst.fn, site).some((test) => asksStage(test))) return []
    let at = site
    for (let around = map.get(at); around; around = map.get(at)) {
      const { parent, prop, pattern, statement } = around
      if (pattern) return this.declared(inst, site, pattern, passed, depth)
      if (statement?.k === 'ret') return this.returned(inst, site, passed, depth)
      if (!parent) return []
      if (prop?.n !== undefined) passed.push(prop.n)
      const kept = this.keptBy(inst, parent, at, site, passed)
      if (kept !== undefined) return kept ? [kept] : []
      at = parent
    }
    return []
  }

  /** What an expression around the value does with it: keeps it (found), drops it (false), or passes it on (undefined). */
  private keptBy(inst: Instance, parent: Expr, part: Expr, site: Expr, names: string[]): Found | false | undefined {
    switch (parent.k) {
      case 'set': return parent.r === part && isExpression(parent.l) && !this.isStored(inst, parent.l, site) && !this.completesRow(inst, parent, parent.l) && !(parent.l.k === 'ref' && this.isPersisted(inst, parent.l.b)) ? this.named(inst, site, [...names, memberName(inst, parent.l)]) ?? false : false
      case 'cond': return asksStage(parent.t) || parent.t === part ? false : undefined
      case 'call': case 'new': return parent.f === part ? undefined : this.given(inst, parent, site, names)
      case 'mem': case 'await': case 'log': case 'tpl': case 'bin': case 'obj': case 'arr': case 'elem': return undefined
      default: return false
    }
  }

  /** An argument: of what only converts it, of what keeps it elsewhere, or of what uses it as the option says. */
  private given(inst: Instance, call: Expr, site: Expr, names: string[]): Found | false | undefined {
    const direct = this.program.a.callsOf(inst).filter((known) => known.site === call)
    // Also where it may be something else: a client behind a proxy.
    if (direct.some((known) => VERIFIES.test(known.path) || this.isKeptElsewhere(known)) || this.isSaved(inst, call)) return false
    if (direct.some((known) => CONVERTS.test(known.path) && !/createHmac|createCipher/.test(known.path)) || isSetting(inst, call)) return undefined
    if (names.includes('keys') && direct.some(({ row }) => row?.session)) return { inst, site, name: 'keys' }
    return this.named(inst, site, names.filter((name) => name !== 'secret' || direct.length > 0)) ?? false
  }

  /** `this.create(defaults())`: a method of the project's own, by its name one that saves, which writes where others read. */
  private isSaved(inst: Instance, call: Expr): boolean {
    if (call.k !== 'call' || call.f.k !== 'mem' || !SAVES.test(call.f.n)) return false
    return inst.callees.some((edge) => edge.site === call && !edge.later && this.loads.reachesOthers(edge.to))
  }

  private declared(inst: Instance, site: Expr, pattern: NonNullable<Around['pattern']>, names: string[], depth: number): Found[] {
    const given = namesOf(pattern, inst.unit.facts.bindings)
    if (given.length > 0 && given.every((name) => NO_KEY.test(name))) return []
    const local = inst.fn.kind !== 'module'
    // Several locals at once, as parts of something that goes on from here: only a key pair says what it is.
    if (local && pattern.k !== 'bind' && !names.includes('secret')) return []
    if (local && pattern.k === 'bind' && this.isPersisted(inst, pattern.b)) return []
    const found = this.named(inst, site, [...names, ...given])
    if (found) return [found]
    if (!local && pattern.k === 'bind' && this.isKey(inst.unit, pattern.b)) return [{ inst, site, name: given[0] ?? '' }]
    // One without a telling name: where it is given to, put or returned.
    return pattern.k === 'bind' && depth < DEEPEST && (local || !this.isPersisted(inst, pattern.b)) ? this.usesOf(inst, pattern.b, site, [...names, inst.fn.n ?? ''], depth) : []
  }

  private readonly keys = new Map<Unit, { inst: Instance; key: Expr }[]>()

  /** Does code of the file that runs later sign or encrypt with it, whatever it is called? */
  private isKey(unit: Unit, binding: number): boolean {
    let uses = this.keys.get(unit)
    if (!uses) {
      uses = this.program.a.calls.flatMap(({ inst, site, row }) => {
        const key = row?.keyedBy !== undefined && inst.unit === unit && inst.phase !== 'startup' && site.k === 'call' ? site.a[Number(row.keyedBy)] : undefined
        return key && !this.hidesLength(inst) ? [{ inst, key }] : []
      })
      this.keys.set(unit, uses)
    }
    return uses.some(({ inst, key }) => mentions(key, binding) || (key.k === 'ref' && this.program.look.givenTo(inst, key.b).some((given) => mentions(given, binding))))
  }

  /** `timingSafeEqual(digest(key, given), digest(key, known))`: two digests that nobody sees, made to be compared at once. */
  private hidesLength(inst: Instance): boolean {
    const calls = this.program.a.callsOf(inst)
    return calls.some(({ path }) => path.endsWith('timingSafeEqual')) && calls.filter(({ path }) => path.endsWith('createHmac')).length > 1
  }

  private usesOf(inst: Instance, binding: number, site: Expr, names: string[], depth: number): Found[] {
    let found: Found | undefined
    eachExpression(inst.fn.body, (x) => {
      if (found || x.k !== 'ref' || x.b !== binding) return
      const [place] = this.follow(inst, x, names, depth + 1)
      if (place) found = { inst, site, name: place.name }
    })
    return found ? [found] : []
  }

  /** The callers of a function that gives it back say what it is; where they do not, its own name may. */
  private returned(inst: Instance, site: Expr, names: string[], depth: number): Found[] {
    if (depth >= DEEPEST) return []
    const callers = inst.callers.filter((edge) => edge.from.phase === 'startup').slice(0, MOST_CALLERS)
    const found = callers.flatMap((edge) => this.follow(edge.from, edge.site, [...names, inst.fn.n ?? ''], depth + 1))
    const [first] = found
    return depth === 0 || isPlainMaker(inst.fn) || !first ? found : [{ inst, site, name: first.name }]
  }

  private named(inst: Instance, site: Expr, names: string[]): Found | undefined {
    const shown = [...names].reverse().find((name) => SIGNING.test(name) || (SECRET.test(name) && !NO_SECRET.test(name)))
    if (shown === undefined) return undefined
    const last = [...names].reverse().find((name) => name !== '' && name !== 'secret') ?? shown
    return { inst, site, name: shown === 'secret' ? last : shown }
  }

  /** `if (!settings.secret) { settings.secret = make(); save() }`: made once, where none is stored. */
  private isStored(inst: Instance, target: Expr, site: Expr): boolean {
    const name = writtenName(inst, target).toLowerCase()
    const asksForIt = this.guards.passed(inst.fn, site).some((test) => somePart(test, (x) => x.k === 'mem' && x.n.toLowerCase() === name))
    return asksForIt && someExpression(inst.fn.body, (x) => x.k === 'call' && x.p > site.p && x.f.k === 'mem' && STORES.test(x.f.n) && !this.writesFile(inst.callees.filter((edge) => edge.site === x).map(({ to }) => to), 0))
  }

  /** `function complete(row) { row.keys ??= { secret: make() }; return row }`, whose callers save what it gives back: made once, where the row has none. */
  private completesRow(inst: Instance, { op }: { op: string }, target: Expr): boolean {
    const root = /^(\?\?|\|\|)=$/.test(op) && target.k !== 'ref' ? rootBinding(target) : undefined
    if (root === undefined || !this.isGiven(inst, root) || !someExpression(inst.fn.body, (x, s) => s.k === 'ret' && s.x === x && x.k === 'ref' && x.b === root)) return false
    const callers = inst.callers.slice(0, MOST_CALLERS)
    return callers.length > 0 && callers.every(({ from, site }) => {
      const { pattern, parent } = surroundings(from.fn).get(site) ?? {}
      const kept = pattern?.k === 'bind' ? pattern.b : parent?.k === 'set' && isExpression(parent.l) && parent.l.k === 'ref' ? parent.l.b : undefined
      return kept === undefined ? parent !== undefined && this.isSaved(from, parent) : this.isPersisted(from, kept)
    })
  }

  /** A parameter, also under another name. */
  private isGiven(inst: Instance, binding: number): boolean {
    const { bindings, functions } = inst.unit.facts
    if (bindings[binding]?.kind === 'param') return functions[bindings[binding].f] === inst.fn
    const same = this.program.look.definition(inst, binding)
    return same?.k === 'ref' && bindings[same.b]?.kind === 'param'
  }

  /** A file on the disk of one replica: another has none, or one of its own. */
  private writesFile(work: Instance[], depth: number): boolean {
    return work.some((inst) => this.program.callsOf(inst).some(({ row }) => row?.disk?.op === 'write') || (depth < 2 && this.writesFile(inst.callees.map(({ to }) => to), depth + 1)))
  }

  /** Is a local put where other processes find it: a database, another service? */
  private isPersisted(inst: Instance, binding: number): boolean {
    let persisted = false
    eachExpression(inst.fn.body, (x) => {
      if (x.k === 'tpl' && WRITES_ROW.test(x.q[0] ?? '') && mentions(x, binding)) persisted = true
      if (persisted || (x.k !== 'call' && x.k !== 'new') || !x.a.some((arg) => mentions(arg, binding))) return
      const calls = this.program.a.callsOf(inst).filter((call) => call.site === x)
      persisted = calls.some((call) => this.isKeptElsewhere(call)) || inst.callees.some((edge) => edge.site === x && !edge.later && this.loads.reachesOthers(edge.to))
    })
    return persisted
  }

  private isKeptElsewhere(call: LibraryCall): boolean {
    return REMOTE_COMMAND.test(call.path) || this.loads.isRemote(call) || (!call.row && !/^(global#|node:)/.test(call.path) && KEEPS.test(call.path))
  }
}

const rootBinding = (x: Expr): number | undefined => (x.k === 'ref' ? x.b : x.k === 'mem' || x.k === 'elem' ? rootBinding(x.o) : undefined)

/** `app.keys` says more than `keys`; of other members their own name is enough. */
const memberName = (inst: Instance, x: Expr): string => {
  const full = x.k === 'mem' ? `${writtenName(inst, x.o)}.${x.n}` : ''
  return SIGNING.test(full) ? full : writtenName(inst, x)
}

const isSetting = (inst: Instance, call: Expr): boolean => {
  if (call.k !== 'call' || call.a.length < 2) return false
  return SETTING.test(writtenName(inst, call.f.k === 'mem' && call.f.n === 'get' ? call.f.o : call.f))
}

const asksStage = (test: Expr): boolean => {
  return somePart(test, (x) => (x.k === 'mem' || x.k === 'glob') && STAGE.test(x.n))
}

const mentions = (x: Expr, binding: number): boolean => {
  return somePart(x, (part) => part.k === 'ref' && part.b === binding)
}

/** `() => randomBytes(32).toString('hex')`: one statement, which says nothing of what it is for. */
const isPlainMaker = (fn: FnFact): boolean => fn.body.length <= 1
