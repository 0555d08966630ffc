import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookUps } from '../effects/look-ups.js'
import type { Expr } from '../model/facts.js'
import { surroundings } from '../link/surroundings.js'
import { membersIn, someExpression, somePart } from '../link/shape.js'
import { flatten } from '../effects/written.js'
import { looseName } from '../schema/tables.js'
import { type CookieRead, cookiesRead } from './cookies-read.js'
import type { Program } from './program.js'

/** A cookie names a row, or an entry of a store, that says who the caller is. */
export interface OwnSession {
  call: LibraryCall
  /** What is looked into, as people know it. */
  name: string
}

const SESSION_COOKIE = /sess|(^|[^a-z])sid($|[^a-z])|auth|token|log(ged)?_?in|user/i
/** What other cookies carry: proofs that are verified by themselves, and what is remembered for a while. */
const OTHER_COOKIE = /refresh|csrf|xsrf|jwt|state|nonce|verif|challenge|theme|locale|lang|flash|reset|otp|sign_?up|oauth/i
/** Of plain words only those that speak of logins. */
const SESSIONS = /^(user|auth|login|account|web|db)?_?session(s|s?_?table|_?tokens?|_?models?|_?entity|_?entities)?$/i
const KEPT = /(^|[^a-z])(sess(ion)?s?|sid)([^a-z]|$)/i
const BY = /^(session(_?(id|token|key|hash))?|(auth|login)_?token)$/i
const WHO = /^(current|auth|session)?_?(user|account|member|admin|customer|uid)s?(_?(id|name))?$/i
const IN_SQL = /\b(users?|user_?id|unauthori[sz]ed|log-?in|sign-?in)\b/i
/** Sessions of payments, meetings and models, by the path of a library. */
const OF_OTHERS = /(checkout|billing\w*|portal|chat|video|realtime|beta)\.sessions?\./i
const LEAVES = /log-?out|sign-?out|refresh/i
/** How far behind the function that reads the cookie. */
const DEEPEST = 4
/** How far it is given back. */
const FARTHEST_UP = 2
/** Through a library that nobody has looked at, a text says what is asked for. */
const SELECTS = /^\s*select\b[^;]*?\b(from|join)\s+["`]?((user|auth|login|web)_)?sessions?\b/i

/** Sessions that a project keeps by itself, in a database or a store that all replicas share. */
export class OwnSessions {
  private known: OwnSession[] | undefined

  constructor(private readonly program: Program, private readonly lookUps: LookUps) {}

  /** One for each thing that is looked into. */
  all(): OwnSession[] {
    return (this.known ??= this.find())
  }

  private find(): OwnSession[] {
    const found = new Map<string, OwnSession>()
    for (const inst of this.program.a.instances) {
      const cookies = inst.phase === 'request' ? cookiesRead(inst, this.program.look).filter(isOfSession) : []
      if (cookies.length === 0) continue
      for (const session of this.from(inst, cookies, 0)) if (!found.has(session.name)) found.set(session.name, session)
    }
    return [...found.values()]
  }

  /** By the reader itself, or by those to whom it gives the cookie: `const token = await sessionToken()`. */
  private from(reader: Instance, cookies: CookieRead[], up: number): OwnSession[] {
    const own = this.behind(reader, cookies)
    if (own.length > 0 || up === FARTHEST_UP || !reader.fn.body.some((s) => s.k === 'ret' && s.x && this.holds(reader, s.x, cookies, 0))) return own
    return reader.callers.flatMap(({ from, site, later }) => (later || from.phase !== 'request' ? [] : this.from(from, [{ at: site, name: '' }], up + 1)))
  }

  /** Look-ups of sessions by what reads the cookie, and what that calls; where a token is verified by itself, the cookie carries a proof. */
  private behind(reader: Instance, cookies: CookieRead[]): OwnSession[] {
    const sessions: OwnSession[] = []
    const seen = new Set([reader])
    let level = [reader]
    for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
      for (const inst of level) for (const call of this.lookUps.calls(inst)) {
        if (call.row?.evidence?.question === 'auth') return []
        const name = this.sessionIn(call, call.inst !== reader ? undefined : this.isByCookie(call, cookies))
        if (name !== undefined) sessions.push({ call, name })
      }
      level = level.flatMap(({ callees }) => callees.flatMap(({ to, later }) => (later || seen.has(to) || !seen.add(to) ? [] : [to])))
    }
    return sessions.length > 0 && [...seen].some(speaksOfUser) && this.asksWho(reader) ? sessions : []
  }

  /** @param byCookie of a look-up beside the cookie, whether it asks for what that says. */
  private sessionIn(call: LibraryCall, byCookie: boolean | undefined): string | undefined {
    if (OF_OTHERS.test(call.path)) return undefined
    const claims = byCookie === false ? [] : this.lookUps.of(call).filter(({ changed }) => !changed)
    const row = claims.find(({ name, by, kept }) => !kept && (SESSIONS.test(name) || by.some((field) => BY.test(field))))
    const name = row?.name ?? (byCookie ? modelAsked(call) : undefined)
    if (name !== undefined) return name
    const entry = claims.map(({ name, kept }) => (kept ? name.replace(/^@kept /, '') : '')).find((name) => KEPT.test(name))
    if (entry !== undefined) return entry.replace(/\W+$/, '')
    if (byCookie !== false && call.row === undefined && call.site.k === 'call' && call.site.a.some((x) => SELECTS.test(flatten(x)))) return 'session'
    return byCookie && call.row?.guard?.kind === 'look-up' ? 'session' : undefined
  }

  private isByCookie({ inst, site }: LibraryCall, cookies: CookieRead[]): boolean {
    const query = wholeChain(inst, site)
    return this.program.taints.ofText(inst, query).identity.has('token') || this.holds(inst, query, cookies, 0)
  }

  /** Is a cookie part of an expression, or of what its locals were made of? */
  private holds(inst: Instance, x: Expr, cookies: CookieRead[], depth: number): boolean {
    return somePart(x, (part) => {
      if (cookies.some(({ at }) => at === part)) return true
      const made = part.k === 'ref' && depth < DEEPEST ? this.program.look.definition(inst, part.b) : undefined
      return made !== undefined && this.holds(inst, made, cookies, depth + 1)
    })
  }

  /** Not only to end the session, or to exchange a token. */
  private asksWho(reader: Instance): boolean {
    const entries = [...this.program.reach.entries(reader)].flatMap((record) => this.program.entryList.byRecord.get(record) ?? [])
    return entries.some(({ symbol }) => !LEAVES.test(symbol))
  }
}

const FINDS = /^find(Unique|First|One|ById|By)/

/** `prisma.session.findUnique(…)`, `Session.findOne(…)`: elsewhere a session of that name is how one speaks to a database. */
const modelAsked = ({ site, inst: { unit } }: LibraryCall): string | undefined => {
  if (site.k !== 'call' || site.f.k !== 'mem' || !FINDS.test(site.f.n)) return undefined
  const { o } = site.f
  const name = o.k === 'mem' ? o.n : o.k === 'ref' ? unit.facts.bindings[o.b]?.n : undefined
  return name !== undefined && SESSIONS.test(looseName(name)) ? looseName(name) : undefined
}

/** `db.select().from(sessions).where(…)` of one of its calls. */
const wholeChain = (inst: Instance, x: Expr): Expr => {
  const { parent } = surroundings(inst.fn).get(x) ?? {}
  return parent && ((parent.k === 'mem' && parent.o === x) || (parent.k === 'call' && parent.f === x)) ? wholeChain(inst, parent) : x
}

/** A visit is no login: somebody must be known by it, or be turned away without. */
const speaksOfUser = ({ fn, unit }: Instance): boolean =>
  [...membersIn(fn)].some((name) => WHO.test(name)) || unit.facts.bindings.some(({ n, f }) => unit.facts.functions[f] === fn && WHO.test(n)) || someExpression(fn.body, saysWho)

const saysWho = (x: Expr): boolean => {
  if (x.k === 'lit') return x.v === 401 || x.v === 403 || IN_SQL.test(String(x.v))
  if (x.k === 'tpl') return x.q.some((part) => IN_SQL.test(part))
  return x.k === 'set' && 'p' in x.l && x.l.k === 'mem' && /^(session|auth|viewer|identity)$/.test(x.l.n)
}

const isOfSession = ({ name }: CookieRead): boolean => SESSION_COOKIE.test(name) && !OTHER_COOKIE.test(name)
