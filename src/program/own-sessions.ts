import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Claim } from '../effects/claim.js'
import type { Expr } from '../model/facts.js'
import { membersIn, someExpression } from '../link/shape.js'
import { cookiesRead } from './cookies-read.js'
import type { Program } from './program.js'

/** A cookie names a row, or an entry of a store, that says who the caller is. */
export interface OwnSession {
  call: LibraryCall
  /** What is looked into, as people know it. */
  name: string
}

const SESSION_COOKIE = /sess|(^|[^a-z])sid($|[^a-z])|auth|token|log(ged)?_?in|user/i
/** What other cookies carry: proofs that are verified by themselves, and what is remembered for a while. */
const OTHER_COOKIE = /refresh|csrf|xsrf|jwt|access_?token|state|nonce|verif|challenge|theme|locale|lang|flash/i
/** Of plain words only those that speak of logins. */
const SESSIONS = /^(user|auth|login|account|web|db)?_?session(s|s?_?table|_?tokens?|_?models?|_?entity|_?entities)?$/i
const KEPT = /(^|[^a-z])(sess(ion)?s?|sid)([^a-z]|$)/i
const BY = /^(session(_?(id|token|key|hash))?|(auth|login)_?token)$/i
const WHO = /^(current|auth|session)?_?(user|account|member|admin|customer|uid)s?(_?(id|name))?$/i
const IN_SQL = /\b(users?|user_?id|unauthori[sz]ed|log-?in|sign-?in)\b/i
const LEAVES = /log-?out|sign-?out|refresh/i
/** How far behind the function that reads the cookie. */
const DEEPEST = 4

/** Sessions that a project keeps by itself, in a database or a store that all replicas share. */
export class OwnSessions {
  private known: OwnSession[] | undefined

  constructor(private readonly program: Program, private readonly lookUps: (call: LibraryCall) => Claim[]) {}

  /** One for each thing that is looked into. */
  all(): OwnSession[] {
    return (this.known ??= this.find())
  }

  private find(): OwnSession[] {
    const found = new Map<string, OwnSession>()
    for (const inst of this.program.a.instances) {
      if (inst.phase !== 'request' || !cookiesRead(inst, this.program.look).some(isOfSession)) continue
      for (const session of this.behind(inst)) if (!found.has(session.name)) found.set(session.name, session)
    }
    return [...found.values()]
  }

  /** Look-ups of sessions by what reads the cookie, and what that calls; where a token is verified by itself, the cookie carries a proof. */
  private behind(reader: Instance): OwnSession[] {
    const sessions: OwnSession[] = []
    const seen = new Set([reader])
    let level = [reader]
    for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
      for (const inst of level) for (const call of this.program.callsOf(inst)) {
        if (call.row?.evidence?.question === 'auth') return []
        const name = this.sessionIn(call, reader)
        if (name !== undefined) sessions.push({ call, name })
      }
      level = level.flatMap(({ callees }) => callees.flatMap(({ to, later }) => (later || seen.has(to) || !seen.add(to) ? [] : [to])))
    }
    return sessions.length > 0 && [...seen].some(speaksOfUser) && this.asksWho(reader) ? sessions : []
  }

  private sessionIn(call: LibraryCall, reader: Instance): string | undefined {
    const claims = this.lookUps(call).filter(({ changed }) => !changed)
    if (claims.length === 0 && call.row?.guard?.kind !== 'look-up') return undefined
    // What is looked for by itself here is what the cookie says.
    if (call.inst === reader && !this.isByToken(call)) return undefined
    const row = claims.find(({ name, by, kept }) => !kept && (SESSIONS.test(name) || by.some((field) => BY.test(field))))
    if (row) return row.name
    const entry = claims.find(({ name, kept }) => kept && KEPT.test(name.replace(/^@kept /, '')))
    if (entry) return entry.name.replace(/^@kept /, '').replace(/[^\w]+$/, '')
    return call.row?.guard?.kind === 'look-up' && call.inst === reader && this.isByToken(call) ? 'session' : undefined
  }

  private isByToken({ inst, site }: LibraryCall): boolean {
    return this.program.taints.ofText(inst, site).identity.has('token')
  }

  /** Not only to end the session, or to exchange a token. */
  private asksWho(reader: Instance): boolean {
    const entries = [...this.program.reach.entries(reader)].flatMap((record) => this.program.entryList.byRecord.get(record) ?? [])
    return entries.some(({ symbol }) => !LEAVES.test(symbol))
  }
}

/** A visit is no login: somebody must be known by it, or be turned away without. */
const speaksOfUser = ({ fn, unit }: Instance): boolean =>
  [...membersIn(fn)].some((name) => WHO.test(name)) || unit.facts.bindings.some(({ n, f }) => unit.facts.functions[f] === fn && WHO.test(n)) || someExpression(fn.body, saysWho)

const saysWho = (x: Expr): boolean => {
  if (x.k === 'lit') return x.v === 401 || x.v === 403 || IN_SQL.test(String(x.v))
  if (x.k === 'tpl') return x.q.some((part) => IN_SQL.test(part))
  return x.k === 'set' && 'p' in x.l && x.l.k === 'mem' && /^(session|auth|viewer|identity)$/.test(x.l.n)
}

const isOfSession = (cookie: string): boolean => SESSION_COOKIE.test(cookie) && !OTHER_COOKIE.test(cookie)
