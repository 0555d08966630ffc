import type { EntryRecord, LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, leaves, someExpression } from '../link/shape.js'
import type { DecoratorFact, Expr, FileFacts, FnFact, Stmt } from '../model/facts.js'
import type { Site } from '../model/site.js'
import { Gates } from './gates.js'
import { keptAnswers } from './kept-answers.js'
import type { Program, StepDraft } from './program.js'

/** A response that caches may share although it depends on who asks. */
export interface SharedPrivate {
  at: Site
  header: string
  entry: string
  identity: Site
  trace: StepDraft[]
  /** A cache of the framework keeps it, not one between. */
  kept?: true
}

interface Header {
  name: string
  x: Expr
  value: Expr
}

const CACHE_HEADER = /^(cache-control|cdn-cache-control|surrogate-control|[a-z]+-cdn-cache-control)$/i
const SETTERS = new Set(['set', 'setHeader', 'header', 'append'])
const CALLER_HEADER = /^(authorization|cookie)$/i
/** Functions of h3 and its kin that read the request they are given. */
const HELPERS = /^(get(Request)?Header|getCookie|getUserSession|requireUserSession|useSession|getSession|getServerSession|getToken)$/
const SESSION_HELPERS = /Session$|^getToken$/
const CALLER_NAME = /user|session|auth|account|jwt|token/i
const CALLER_PART = /user|session|auth|account|jwt|token|viewer|member|caller|principal|claims|identity|profile/i

/** Looks for handlers that read who the caller is and mark their response as public. */
export class CachingQueries {
  private readonly headers = new Map<FnFact, Header[]>()
  private gates: Map<Expr, LibraryCall> | undefined
  private inFront: Gates | undefined

  constructor(private readonly program: Program) {}

  sharedPrivate(): SharedPrivate[] {
    return [...this.marked(), ...keptAnswers(this.program, this)]
  }

  /** Handlers that mark their own response. */
  private marked(): SharedPrivate[] {
    const seen = new Set<Expr>()
    return this.program.a.instances.flatMap((inst) => {
      if (inst.phase !== 'request') return []
      const headers = [...this.headersOf(inst), ...decoratedHeaders(inst)]
      const way = headers.length > 0 ? this.program.reach.way(inst) : undefined
      if (!way?.entry || variesOrHides(inst.fn.body)) return []
      const identity = this.identityIn(inst, inst.fn.body)
      const guard = identity ? undefined : this.guardOf(way.entry, inst)
      if ((!identity && !guard) || this.isForStrangers(inst)) return []
      return headers.filter(({ x }) => !seen.has(x) && !this.isBehindTest(inst, inst.fn.body, x) && seen.add(x)).map(({ name, x }) => {
        const at = this.program.siteOf(inst, x)
        const read = identity ? this.program.siteOf(inst, identity) : guard as Site
        return { at, header: name, entry: this.program.origin(way), identity: read, trace: this.program.steps(way, { message: `sets ${name}`, site: at }) }
      })
    })
  }

  /** Headers that a function sets by itself, or by a constant of its file, to a value that lets shared caches keep the response. */
  private headersOf(inst: Instance): Header[] {
    const { fn } = inst
    const known = this.headers.get(fn)
    if (known) return known
    if (!this.speaksOfCaching(inst.unit.facts, fn)) return []
    const found: Header[] = []
    const meant = (x: Expr | undefined): Expr | undefined => x && this.program.look.behind(inst, x)
    const add = (name: string | undefined, written: Expr | undefined, x: Expr): void => {
      const value = meant(written)
      if (name !== undefined && value && CACHE_HEADER.test(name) && isPublic(name, value)) found.push({ name, x, value })
    }
    eachExpression(fn.body, (x) => {
      if (x.k === 'call' && x.f.k === 'mem' && SETTERS.has(x.f.n)) add(literal(meant(x.a[0])), x.a[1], x)
      if (x.k === 'set' && x.l.k === 'mem' && x.l.n === 'cacheControl' && isPublicOption(x.r)) found.push({ name: 'Cache-Control', x, value: x.r })
      if (x.k === 'obj') for (const prop of x.m) add(prop.n, prop.v, prop.v)
      for (const one of constantsIn(x)) {
        const kept = meant(one)
        if (kept !== one && kept?.k === 'obj') for (const prop of kept.m) add(prop.n, prop.v, one)
      }
    })
    this.headers.set(fn, found)
    return found
  }

  private readonly speaking = new Map<FnFact, boolean>()
  /** Does a function, or one around it, name such a header at all? Only few are looked at closely. */
  private speaksOfCaching(facts: FileFacts, fn: FnFact): boolean {
    let speaks = this.speaking.get(fn)
    if (speaks === undefined) {
      const around = facts.functions[fn.owner]
      this.speaking.set(fn, (speaks = someExpression(fn.body, namesCaching) || (around !== undefined && this.speaksOfCaching(facts, around))))
    }
    return speaks
  }

  /** Where a handler before it, of the same route, turns callers away by who they are. */
  guardOf(entry: EntryRecord, inst: Instance): Site | undefined {
    const gate = this.gateOf(entry)
    if (gate) return gate
    const own = entry.handlers.find(({ instance }) => instance === inst)
    if (!own) return undefined
    for (const { instance, order } of entry.handlers) {
      if (order >= own.order || !this.turnsAway(instance)) continue
      const read = this.identityIn(instance, instance.fn.body)
      if (read) return this.program.siteOf(instance, read)
    }
    this.inFront ??= new Gates(this.program, (middleware) => this.refusesStrangers(middleware))
    return this.inFront.of(entry)
  }

  /** Where a middleware that refuses callers, or a guard that says yes or no, reads who they are. */
  private refusesStrangers(inst: Instance): Site | undefined {
    const isGuard = inst.fn.n === 'canActivate'
    const read = isGuard || this.turnsAway(inst) ? this.identityIn(inst, inst.fn.body) : undefined
    return read && this.program.siteOf(inst, read)
  }

  /** Are strangers refused? `if (token) { … throw … }` turns away who brings a bad one, and lets through who brings none. */
  private turnsAway(inst: Instance): boolean {
    return refuses(this.withoutKnown(inst, inst.fn.body))
  }

  private withoutKnown(inst: Instance, body: Stmt[]): Stmt[] {
    return body.flatMap((s): Stmt[] => {
      if (s.k === 'block') return this.withoutKnown(inst, s.b)
      if (s.k === 'try') return [{ ...s, b: this.withoutKnown(inst, s.b) }]
      return s.k === 'if' && isPresence(s.t) && this.tests(inst, s.t) ? this.withoutKnown(inst, s.a ?? []) : [s]
    })
  }

  /** Middleware of a library that lets known callers alone through, given before the handler: `app.get('/me', passport.authenticate('jwt'), …)`. */
  private gateOf({ inst, site }: EntryRecord): Site | undefined {
    if (site?.k !== 'call') return undefined
    const { a, look } = this.program
    this.gates ??= new Map(a.calls.filter(({ row, site: made }) => row?.gate && !isOptional(made)).map((call) => [call.site, call]))
    for (const given of site.a.slice(0, -1)) {
      const gate = this.gates.get(look.behind(inst, given))
      if (gate) return this.program.siteOf(gate.inst, gate.site)
    }
    return undefined
  }

  answersPrivately({ fn }: Instance): boolean {
    return variesOrHides(fn.body)
  }

  /** The first expression that says who the caller is. */
  identityIn(inst: Instance, body: Stmt[]): Expr | undefined {
    let found: Expr | undefined
    eachExpression(body, (x) => {
      if (!found && this.saysWho(inst, x)) found = x
    })
    return found
  }

  private saysWho(inst: Instance, x: Expr): boolean {
    if (x.k === 'call' && x.f.k === 'mem' && /^(get|header|getHeader)$/.test(x.f.n)) {
      const name = literal(x.a[0])
      return name !== undefined && (CALLER_HEADER.test(name) || (CALLER_NAME.test(name) && this.names(inst, x, 'user')))
    }
    // Helpers that are given the request: `getHeader(event, 'authorization')`, `getCookie(event, 'session')`.
    const helper = x.k === 'call' ? calleeName(inst, x.f) : undefined
    if (x.k === 'call' && helper !== undefined && HELPERS.test(helper)) {
      const name = literal(x.a[1])
      return name === undefined ? SESSION_HELPERS.test(helper) : CALLER_HEADER.test(name) || (/cookie/i.test(helper) && CALLER_NAME.test(name))
    }
    if (x.k !== 'mem' && x.k !== 'call') return false
    // What a framework hands over in one bag (a load context) holds the user among other things: the name has to say it.
    return this.names(inst, x, 'session', 'token') || (CALLER_PART.test(namesIn(x)) && this.names(inst, x, 'user'))
  }

  private names(inst: Instance, x: Expr, ...kinds: string[]): boolean {
    const { identity } = this.program.taints.ofText(inst, x.k === 'call' ? { ...x, a: [] } : x)
    return kinds.some((kind) => identity.has(kind as never))
  }

  /** Does a value say who the caller is, by itself or by what it was made of? */
  tells(inst: Instance, x: Expr): boolean {
    return this.names(inst, x, 'session', 'token', 'user')
  }

  private tests(inst: Instance, x: Expr): boolean {
    return this.saysWho(inst, x) || childrenOf(x).some((child) => this.tests(inst, child)) || this.isMadeOfWho(inst, x)
  }

  /** A local that was initialised with who the caller is. */
  private isMadeOfWho(inst: Instance, x: Expr): boolean {
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    return made !== undefined && (this.saysWho(inst, made) || childrenOf(made).some((child) => this.saysWho(inst, child)))
  }

  /** `if (user) return …` before the rest: the rest is for callers without identity. */
  private isForStrangers(inst: Instance): boolean {
    return inst.fn.body.some((s) => s.k === 'if' && !isNegated(s.t) && leaves(s.c) && this.tests(inst, s.t))
  }

  /** The header is set under a test of who the caller is: the author has told the cases apart. */
  private isBehindTest(inst: Instance, body: Stmt[], x: Expr): boolean {
    return body.some((s) => {
      if (s.k === 'if') {
        const inside = holds([...s.c, ...(s.a ?? [])], x)
        return inside && (this.tests(inst, s.t) || this.isBehindTest(inst, s.c, x) || this.isBehindTest(inst, s.a ?? [], x))
      }
      if (s.k === 'try') return this.isBehindTest(inst, [...s.b, ...(s.c ?? []), ...(s.f ?? [])], x)
      return (s.k === 'block' || s.k === 'loop') && this.isBehindTest(inst, s.b, x)
    })
  }
}

const CACHING = /control$/i
const namesCaching = (x: Expr): boolean => {
  if (x.k === 'lit') return typeof x.v === 'string' && CACHING.test(x.v)
  return x.k === 'obj' ? x.m.some(({ n }) => n !== undefined && CACHING.test(n)) : x.k === 'set' && x.l.k === 'mem' && CACHING.test(x.l.n)
}

/** `@Header('Cache-Control', 'public, …')` of a handler that is a method. */
function decoratedHeaders({ fn, unit }: Instance): Header[] {
  const cls = fn.cls === undefined ? undefined : unit.facts.classes[fn.cls]
  const decorators: DecoratorFact[] = cls?.methods.find(({ f }) => unit.facts.functions[f] === fn)?.dec ?? []
  return decorators.flatMap(({ x }) => {
    const [name, value] = x.k === 'call' && x.f.k === 'ref' && /^Header$/.test(unit.facts.bindings[x.f.b]?.n ?? '') ? [literal(x.a[0]), x.a[1]] : []
    return name !== undefined && value && CACHE_HEADER.test(name) && isPublic(name, value) ? [{ name, x, value }] : []
  })
}

/** `{ credentialsRequired: false }`: callers without credentials are let through too. */
const isOptional = (x: Expr): boolean => /"n":"(credentialsRequired|required|passthrough)"/.test(JSON.stringify(x))

/** Does code answer 401 or 403, or throw, or send elsewhere? */
function refuses(body: Stmt[]): boolean {
  return someExpression(body, (x, statement) => statement.k === 'throw' || (x.k === 'lit' && (x.v === 401 || x.v === 403)) || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'redirect'))
}

const calleeName = (inst: Instance, f: Expr): string | undefined => (f.k === 'glob' ? f.n : f.k === 'ref' ? inst.unit.facts.bindings[f.b]?.n : undefined)

const namesIn = (x: Expr): string => (x.k === 'mem' ? `${namesIn(x.o)} ${x.n}` : x.k === 'call' ? namesIn(x.f) : '')

/** Names that may stand for headers: what a call is given, and what is spread or said in its options. */
const constantsIn = (x: Expr): Expr[] =>
  x.k === 'call' || x.k === 'new' ? x.a.filter(({ k }) => k === 'ref') : x.k === 'obj' ? x.m.flatMap(({ n, v }) => (v.k === 'ref' && (n === undefined || /headers$/i.test(n)) ? [v] : v.k === 'spread' && v.x.k === 'ref' ? [v.x] : [])) : []

const literal = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : undefined)

/** `public` or `s-maxage`, kept for a while, and on no path `private` or `no-store`. What must be revalidated each time is not shared. */
function isPublic(name: string, value: Expr): boolean {
  const text = JSON.stringify(value)
  if (/\b(private|no-store|no-cache)\b/.test(text) || /\b(s-maxage|max-age)=0\b(?!.*s-maxage=[1-9])/.test(text)) return false
  return /\bpublic\b|\bs-maxage=/.test(text) || (/cdn|surrogate/i.test(name) && /\bmax-age=[1-9]/.test(text))
}

/** `res.cacheControl = { public: true, maxAge: 60 }` of the helpers for Express and Koa. */
const isPublicOption = (x: Expr): boolean => x.k === 'obj' && x.m.some(({ n, v }) => v.k === 'lit' && ((n === 'public' && v.v === true) || n === 'sMaxAge'))

/** The function also sets `Vary` by who asks, or keeps some of its answers private. */
function variesOrHides(body: Stmt[]): boolean {
  let found = false
  eachExpression(body, (x) => {
    if (x.k === 'lit' && typeof x.v === 'string' && /\bprivate\b.*max-age|^private\b|\bno-store\b/.test(x.v)) found = true
    if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'vary') found = true
    if (x.k === 'call' && /^vary$/i.test(literal(x.a[0]) ?? '')) found = true
    if (x.k === 'obj' && x.m.some((prop) => /^vary$/i.test(prop.n ?? ''))) found = true
  })
  return found
}

/** `token`, `req.headers.authorization`, but not `user.banned`. */
const isPresence = (x: Expr): boolean => (x.k === 'mem' ? CALLER_PART.test(x.n) || CALLER_HEADER.test(x.n) : x.k === 'ref' || x.k === 'call')

const isNegated = (x: Expr): boolean => x.k === 'un' || (x.k === 'bin' && /^[=!]==?$/.test(x.op))

function holds(body: Stmt[], x: Expr): boolean {
  return someExpression(body, (inner) => inner === x)
}
