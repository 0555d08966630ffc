import type { BindingFact, Expr, FnFact, Pattern } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression } from '../link/shape.js'

const JAR = /^(signed_?)?cookies?(_?(store|jar))?$/i
/** Functions that give a cookie by its name, or all of them. */
const GETS = /^(get|read)(Signed|Session|Secure)?Cookie$/i
const PARSES = /^parseCookies?$/i
const METHODS = /^(get|set|delete|remove|has|getAll|all|toString|forEach|entries|value)$/

const read = new WeakMap<FnFact, readonly Expr[]>()

/** Names of the cookies that an invocation reads, as far as the code says them. */
export const cookiesRead = (inst: Instance, look: LookedUp): string[] => {
  let names = read.get(inst.fn)
  if (!names) read.set(inst.fn, (names = namesIn(inst.unit.facts.bindings, inst.fn)))
  return names.flatMap((x) => (x.k === 'lit' ? [x] : look.values(inst, x)).flatMap((value) => nameOf(value)))
}

const nameOf = (value: { k?: string; kind?: string; v?: unknown; value?: unknown }): string[] => {
  const text = value.k === 'lit' ? value.v : value.kind === 'lit' ? value.value : undefined
  return typeof text === 'string' ? [text] : []
}

const namesIn = (bindings: readonly BindingFact[], fn: FnFact): Expr[] => {
  const names: Expr[] = []
  const named = (n: string, { p, e }: Expr): void => { if (!METHODS.test(n)) names.push({ k: 'lit', v: n, p, e }) }
  eachExpression(fn.body, (x, s) => {
    if (x.k === 'mem' && isJar(bindings, x.o)) named(x.n, x)
    if (x.k === 'elem' && isJar(bindings, x.o)) names.push(x.i)
    const name = x.k === 'call' ? nameAsked(bindings, x) : undefined
    if (name) names.push(name)
    if (s.k === 'var' && isJar(bindings, x)) for (const { t, i } of s.d) if (i === x) for (const n of taken(t)) named(n, x)
  })
  return names
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
