import { CHECKS_LATER, OF_INPUT_ALONE } from '../catalog/packages.js'
import { pointsOf } from '../flow/points.js'
import type { EffectKind } from '../model/catalog.js'
import type { BindingId, Expr, FnFact, FnId } from '../model/facts.js'
import type { Analysis, LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, eachInside } from '../link/shape.js'
import { askedFor, isAnswer } from './asking.js'
import type { CellWrite } from './cells.js'
import { reachedFrom } from './derived.js'
import { isMade } from './patterns.js'

/** Where a value that is kept comes from: another service, this process and its files alone, who knows; or it is not loaded at all. */
export type Load = 'remote' | 'local' | 'unknown' | 'none'

/** The same while it is being found out: what is made of files is local, also where packages that are no known clients make it. */
type Found = Load | 'files'

const FARTHEST = 400
const ROWS = new Set<EffectKind>(['insert', 'upsert', 'update', 'relative-update', 'delete', 'sql'])
/** What is answered where something was made is no copy of it: only who asked for it has that. */
const MAKING = new Set<EffectKind>(['insert', 'payment', 'create-remote'])
const REMOTE_CLIENT = new Set(['pool', 'sdk', 'account', 'http', 'queue'])
const REMOTE_PATH = /^(global#fetch|node:https?#|undici#|axios#|got#|node-fetch#|ky#|ofetch#|superagent#|needle#|request#|nuxt#\$fetch|h3#)/

const READS_FILE = /^(node:fs(\/promises)?|fs-extra|graceful-fs)#(default\.)?(promises\.)?(open|openSync|readFile|readFileSync|readdir|readdirSync|createReadStream|readJson|readJsonSync)$/

const OF_TEXTS = /^(to(Lower|Upper)Case|join|match|trim(Start|End)?|split|substr(ing)?|replace(All)?|padStart|padEnd|charAt|charCodeAt|codePointAt|startsWith|endsWith|normalize|localeCompare|toFixed|map|flatMap|flat|filter|reduce|some|every|includes|indexOf|slice)$/

const isOfTexts = (site: Expr): boolean => site.k === 'call' && site.f.k === 'mem' && OF_TEXTS.test(site.f.n)

/** Something of the language or the platform, or made of what is given alone: what it gives is in this process or on its disk. */
const isOwn = (path: string): boolean => /^(global#|node:)/.test(path) || OF_INPUT_ALONE.test(path)

/** `require(…)`, `import(…)`: code of the program, or of a package that it ships with. */
const isModule = (site: Expr): boolean => site.k === 'imp' || (site.k === 'call' && site.f.k === 'glob' && site.f.n === 'require')

/** `require('joi')`: whatever it gives is made of what it is given. */
const isOfInputAlone = (site: Expr): boolean => {
  const [name] = site.k === 'call' && isModule(site) ? site.a : []
  return name?.k === 'lit' && OF_INPUT_ALONE.test(`${String(name.v)}#`)
}

/** `return require(nameOf(kind)).Handler`: however the name came about, what it gives is code. */
const givesModule = (fn: FnFact): boolean => {
  const given: Expr[] = []
  eachExpression(fn.body, (x, s) => { if (s.k === 'ret' && s.x === x) given.push(x) })
  return given.length > 0 && given.every((x) => isModule(rootOf(x)))
}

const rootOf = (x: Expr): Expr => (x.k === 'mem' ? rootOf(x.o) : x.k === 'await' ? rootOf(x.x) : x)

/** Does an expression stand in the text of a function, and in no inner one? */
const isIn = (inst: Instance, x: Expr): boolean => pointsOf(inst.fn).at.has(x)

/** How much time has passed is no secret. */
const isFresh = ({ row, path }: LibraryCall): boolean => row?.random === 'fresh' && !/\b(performance|hrtime)\b/.test(path)

/** What a parameter is the answer of: the call or promise. */
const askedBy = (inst: Instance, binding: number): Expr | undefined => (isAnswer(inst, binding) ? askedFor(inst) : undefined)

/** Locals of the function around it that an inner function uses. */
const takenAlong = ({ unit: { facts }, fn }: Instance, inner: FnId): BindingId[] => {
  const found = new Set<BindingId>()
  const around = facts.functions.indexOf(fn)
  if (fn.kind !== 'module') eachExpression(facts.functions[inner]?.body ?? [], (x) => { if (x.k === 'ref' && facts.bindings[x.b]?.f === around) found.add(x.b) })
  return [...found]
}

/** Asks what code fills a cell. */
export class Loads {
  private readonly unresolved = new Set<Instance>()
  private readonly known = new Map<Expr, Load>()

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {
    for (const { inst, site, callee } of a.callees) if (a.solver.size(callee) === 0 && !isOfTexts(site)) this.unresolved.add(inst)
  }

  of(write: CellWrite): Load {
    if (!write.valueExpr) return 'none'
    const key = write.valueExpr
    const known = this.known.get(key)
    if (known) return known
    const found = this.find(write.inst, write.valueExpr)
    const load = found === 'files' ? 'local' : found
    this.known.set(key, load)
    return load
  }

  /** Is it made of files of this process, and of nothing from elsewhere? */
  isOfFiles(write: CellWrite): boolean {
    return write.valueExpr !== undefined && this.find(write.inst, write.valueExpr) === 'files'
  }

  /** Is it what another service answered when it was asked to make something? */
  isOfMaking({ inst, valueExpr }: CellWrite): boolean {
    if (!valueExpr) return false
    const calls = this.loadingCalls(inst, valueExpr)
    return calls.some(([by, site]) => this.a.callsOf(by).some((call) => call.site === site && call.row?.effect !== undefined && MAKING.has(call.row.effect.kind)))
  }

  /** Is a key or value drawn in this process: by a call, or by what that calls? Nobody else can make the same. */
  isDrawn({ inst, site, keyExpr, valueExpr }: CellWrite): boolean {
    const put = [keyExpr, valueExpr, ...(site.k === 'call' ? site.a.slice(0, 1) : [])]
    return put.some((x) => x !== undefined && this.loadingCalls(inst, x).some(([by, call]) => this.draws(by, call)))
  }

  private draws(inst: Instance, site: Expr): boolean {
    if (this.a.callsOf(inst).some((call) => call.site === site && isFresh(call))) return true
    const seen = new Set(inst.callees.filter((edge) => edge.site === site).map((edge) => edge.to))
    for (const at of seen) {
      if (seen.size > FARTHEST) return false
      if (this.a.callsOf(at).some(isFresh)) return true
      for (const { to, later } of at.callees) if (!later) seen.add(to)
    }
    return false
  }

  private find(inst: Instance, value: Expr): Found {
    const sites = this.loadingCalls(inst, value)
    if (sites.length === 0) return 'none'
    const loads = sites.map(([by, site]) => this.ofCall(by, site))
    return (['remote', 'files', 'unknown', 'local'] as const).find((load) => loads.includes(load)) ?? 'none'
  }

  /** Calls and constructions that a value is made of, also through the locals that it names; a function that is kept is made of what it takes along from around it. */
  private loadingCalls(inst: Instance, value: Expr, depth = 0): [Instance, Expr][] {
    const sites: [Instance, Expr][] = []
    eachInside(value, (x) => {
      if (((x.k === 'call' || x.k === 'new') && !isMade(x)) || x.k === 'imp') sites.push([inst, x])
      if (depth >= 3) return
      for (const id of x.k === 'ref' ? [x.b] : x.k === 'fn' && x === value ? takenAlong(inst, x.f) : []) sites.push(...this.behind(inst, id, value, depth))
    })
    return sites
  }

  private behind(inst: Instance, id: BindingId, value: Expr, depth: number): [Instance, Expr][] {
    const owner = this.look.ownerOf(inst, id)
    const given = new Set([...this.look.givenTo(owner, id), ...this.look.givenTo(inst, id)])
    const sites = [...given].flatMap((one) => (one === value ? [] : this.loadingCalls(isIn(owner, one) ? owner : inst, one, depth + 1)))
    const asked = given.size === 0 ? askedBy(owner, id) : undefined
    return asked && owner.env ? [...sites, ...this.loadingCalls(owner.env, asked, depth + 1)] : sites
  }

  private ofCall(inst: Instance, site: Expr): Found {
    // What a file has required at its beginning is what calls go to, not what they give.
    if (isModule(site) && inst.fn.kind !== 'module') return 'files'
    if (isOfInputAlone(site)) return 'local'
    const callees = inst.callees.filter((edge) => edge.site === site).map((edge) => edge.to)
    // Nothing but texts and lists has such methods, wherever they once came from.
    if (callees.length === 0 && isOfTexts(site)) return 'local'
    if (callees.length > 0 && callees.every(({ fn }) => givesModule(fn))) return 'files'
    const direct = this.a.callsOf(inst).filter((call) => call.site === site)
    if (direct.some((call) => this.isRemote(call))) return 'remote'
    if (direct.some((call) => READS_FILE.test(call.path))) return 'files'
    if ((direct.length === 0 && callees.length === 0) || direct.some((call) => !isOwn(call.path))) return 'unknown'
    return this.through(callees)
  }

  /** What the results of some code are made of. */
  ofCode(starts: Instance[]): Load {
    const found = this.through(starts)
    return found === 'files' ? 'local' : found
  }

  private through(starts: Instance[]): Found {
    const seen = new Set(starts)
    const queue = [...seen]
    let unknown = false
    let files = false
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      const at = queue[i] as Instance
      const calls = this.a.callsOf(at)
      if (calls.some((call) => this.isRemote(call))) return 'remote'
      if (calls.some((call) => READS_FILE.test(call.path))) files = true
      if (this.unresolved.has(at) || calls.some((call) => !isOwn(call.path) && !isOfTexts(call.site))) unknown = true
      const checks = new Set(calls.filter(({ path }) => CHECKS_LATER.test(path)).map(({ site }) => site))
      for (const { to, site } of at.callees) {
        if (seen.has(to) || checks.has(site)) continue
        seen.add(to)
        queue.push(to)
      }
    }
    return files ? 'files' : unknown ? 'unknown' : 'local'
  }

  /** Does code add rows to a database, or change some? */
  changesRows(start: Instance): boolean {
    return [...reachedFrom([start])].some((inst) => this.a.callsOf(inst).some(({ row }) => row?.effect !== undefined && ROWS.has(row.effect.kind)))
  }

  /** Does code reach another service? */
  reachesOthers(start: Instance): boolean {
    return this.through([start]) === 'remote'
  }

  isRemote(call: LibraryCall): boolean {
    if (REMOTE_PATH.test(call.path)) return true
    if (call.path.startsWith('global#') || /^node:(fs|path|crypto|util|url|os|zlib|buffer|stream|events)/.test(call.path)) return false
    const { row } = call
    if (row?.effect !== undefined || row?.client === 'http') return true
    return this.isOfClient(call.path)
  }

  /** A member of a pool or SDK, at any depth. */
  private isOfClient(path: string): boolean {
    for (let at = path; at.includes('#'); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const row = this.a.catalog.row(at)
      // A statement that was prepared is asked of what has prepared it.
      if (row?.client !== undefined && row.client !== 'compiled' && at !== path) return REMOTE_CLIENT.has(row.client)
      if (row?.store?.kind === 'external') return true
    }
    return false
  }
}
