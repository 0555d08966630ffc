import type { BindingFact, Expr, FnFact, Pattern } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression } from '../link/shape.js'

const JAR = /cookies$|^cookie$|cookie_?(store|jar)$/i
/** Functions that give a cookie by its name, or all of them. */
const GETS = /^(get|read)(Signed|Session|Secure)?Cookie$/i
const PARSES = /^parseCookies?$/i
const METHODS = /^(get|set|delete|remove|has|getAll|all|toString|forEach|entries|value)$/

/** Where a cookie is read, and what says its name. */
interface Read {
  at: Expr
  name: Expr
}

export interface CookieRead {
  at: Expr
  name: string
}

const read = new WeakMap<FnFact, readonly Read[]>()

/** The cookies that an invocation reads, as far as the code says their names. */
export const cookiesRead = (inst: Instance, look: LookedUp): CookieRead[] => {
  let reads = read.get(inst.fn)
  if (!reads) read.set(inst.fn, (reads = readsIn(inst.unit.facts.bindings, inst.fn)))
  return reads.flatMap(({ at, name }) => (name.k === 'lit' ? [name] : look.values(inst, name)).flatMap((value) => nameOf(value).map((text) => ({ at, name: text }))))
}

const nameOf = (value: { k?: string; kind?: string; v?: unknown; value?: unknown }): string[] => {
  const text = value.k === 'lit' ? value.v : value.kind === 'lit' ? value.value : undefined
  return typeof text === 'string' ? [text] : []
}

const readsIn = (bindings: readonly BindingFact[], fn: FnFact): Read[] => {
  const reads: Read[] = []
  const named = (n: string, at: Expr): void => { if (!METHODS.test(n)) reads.push({ at, name: { k: 'lit', v: n, p: at.p, e: at.e } }) }
  eachExpression(fn.body, (x, s) => {
    if (x.k === 'mem' && isJar(bindings, x.o)) named(x.n, x)
    if (x.k === 'elem' && isJar(bindings, x.o)) reads.push({ at: x, name: x.i })
    const name = x.k === 'call' ? nameAsked(bindings, x) : undefined
    if (name) reads.push({ at: x, name })
    if (s.k === 'var' && isJar(bindings, x)) for (const { t, i } of s.d) if (i === x) for (const n of taken(t)) named(n, x)
  })
  return reads
}

/** `cookies().get('sid')`, `getCookie(c, 'sid')` */
const nameAsked = (bindings: readonly BindingFact[], { f, a }: Expr & { k: 'call' }): Expr | undefined => {
  if (f.k === 'mem' && f.n === 'get' && isJar(bindings, f.o)) return a[0]
  return GETS.test(called(bindings, f)) ? a.findLast((arg) => arg.k === 'lit' || arg.k === 'ref' || arg.k === 'mem') : undefined
}

/** What holds all cookies: `req.cookies`, `await cookies()`, `cookie.parse(header)`. */
const isJar = (bindings: readonly BindingFact[], x: Expr): boolean => {
  if (x.k === 'await') return isJar(bindings, x.x)
  if (x.k === 'log') return isJar(bindings, x.l)
  if (x.k === 'call') return PARSES.test(called(bindings, x.f)) || (x.f.k === 'mem' && x.f.n === 'parse' ? isJar(bindings, x.f.o) : JAR.test(called(bindings, x.f)))
  return JAR.test(x.k === 'mem' ? x.n : x.k === 'ref' ? bindings[x.b]?.n ?? '' : '')
}

const called = (bindings: readonly BindingFact[], f: Expr): string => (f.k === 'mem' || f.k === 'glob' ? f.n : f.k === 'ref' ? bindings[f.b]?.n ?? '' : '')

const taken = (t: Pattern): string[] => (t.k === 'objpat' ? t.m.flatMap(({ n }) => n ?? []) : [])
