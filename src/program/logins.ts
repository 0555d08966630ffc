import type { BindingFact, Expr, FileFacts, FnFact } from '../model/facts.js'
import { eachExpression, isExpression, membersIn } from '../link/shape.js'

const IDENTITY_MEMBER = /^(current)?_?(user|uid|account|auth|login|logged|passport|member|admin|identity|profile|principal|session_?id)/i
/** Of a session alone: elsewhere `get('handle')` asks for a product. */
const HANDLE = /^handle$/i

const mayKeep = (members: ReadonlySet<string>, isHandedOn: boolean): boolean => {
  for (const name of members) if (name === 'set' || name === 'get' || name === 'put' || /^session$/i.test(name) || (isHandedOn && IDENTITY_MEMBER.test(name))) return true
  return false
}

export const PASSPORT = /^passport|^@(?:nestjs|fastify)\/passport|koa-passport/
const SERIALIZER = /^(?:de)?serializeUser$|^registerUser(?:De)?[sS]erializer$/

/** Passport keeps nobody in a session before it is told how: `serializeUser(…)`, or a class with that method; or it is asked for its sessions: `passport.session()`. */
export const writesUsersDown = (facts: FileFacts): boolean =>
  facts.classes.some(({ methods }) => methods.some(({ n }) => SERIALIZER.test(n))) ||
  facts.functions.some((fn) => [...membersIn(fn)].some((name) => SERIALIZER.test(name) || name === 'secureSession')) ||
  (facts.specifiers.some((specifier) => PASSPORT.test(specifier)) && facts.functions.some((fn) => membersIn(fn).has('session') && asksForSessions(fn)))

const asksForSessions = (fn: FnFact): boolean => {
  let found = false
  eachExpression(fn.body, (x) => { if (x.k === 'call' && x.a.length === 0 && x.f.k === 'mem' && x.f.n === 'session') found = true })
  return found
}

/** A session that a context hands on: `{ session }` of a resolver. */
const isHandedOn = ({ n, kind }: BindingFact): boolean => /^session$/i.test(n) && kind !== 'import'

/** `req.session`, or what is kept in it: `req.session.context`. */
const isOfSession = (x: Expr): boolean => x.k === 'mem' && (/^session$/i.test(x.n) || (x.o.k === 'mem' && /^session$/i.test(x.o.n)))

/** The folder of an example: each is an application of its own. */
export const exampleOf = (file: string): string => /^(?:.*\/)?(?:examples?|samples?)\/[^/]+\//.exec(file)?.[0] ?? ''

/** A text, or a constant of the module that is one. */
const textOf = ({ functions }: FileFacts, x: Expr): string | undefined => {
  if (x.k === 'lit') return typeof x.v === 'string' ? x.v : undefined
  if (x.k !== 'ref') return undefined
  for (const s of functions.find(({ kind }) => kind === 'module')?.body ?? []) for (const { t, i } of s.k === 'var' ? s.d : []) if (i?.k === 'lit' && t.k === 'bind' && t.b === x.b) return typeof i.v === 'string' ? i.v : undefined
  return undefined
}

/** Does a file keep a user under a session's member? */
export const keepsIdentity = (facts: FileFacts): boolean => {
  if (facts.specifiers.some((specifier) => /next-auth|^remix-auth/.test(specifier))) return true
  let found = false
  const handedOn = facts.bindings.some(isHandedOn)
  const look = (x: Expr): void => {
    if (handedOn && x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.o.k === 'ref' && IDENTITY_MEMBER.test(x.l.n)) found ||= isHandedOn(facts.bindings[x.l.o.b] as BindingFact)
    if (x.k === 'mem' && isOfSession(x.o) && (IDENTITY_MEMBER.test(x.n) || HANDLE.test(x.n))) found = true
    const [key] = x.k === 'call' && x.f.k === 'mem' && /^(set|get|put)$/.test(x.f.n) ? x.a : []
    // `session.set(USER_SESSION_KEY, user.id)`
    const name = key && textOf(facts, key)
    if (name !== undefined && IDENTITY_MEMBER.test(name)) found = true
  }
  for (const fn of facts.functions) if (!found && mayKeep(membersIn(fn), handedOn)) eachExpression(fn.body, look)
  return found
}
