import type { Analysis, GapRecord } from '../link/analysis.js'
import { declaringOf, type Instance } from '../link/instances.js'
import type { BindingId, Expr } from '../model/facts.js'

/** Calls on request paths, each place once, and whether they lead somewhere. */
export const calleesOf = (a: Analysis): Map<Expr, boolean> => {
  const places = new Map<Expr, boolean>()
  const handedBy = packagesCalls(a)
  for (const { inst, site, callee } of a.callees) places.set(site, (places.get(site) ?? false) || a.solver.size(callee) > 0 || isGiven(inst, site) || isOfNobody(inst, site) || isOfValue(site) || isOfPackage(inst, site, handedBy))
  return places
}

/** Calls of packages, not of the language or the platform. */
const packagesCalls = (a: Analysis): ReadonlySet<Expr> => new Set(a.calls.flatMap(({ path, site }) => (/^(?:global#|node:|library#)/.test(path) ? [] : [site])))

/** `check(input, (field) => field('mail').isEmail())` in the course of a request: what a package hands to a callback is its own, as what it gives back would be. */
const isOfPackage = (inst: Instance, site: Expr, handedBy: ReadonlySet<Expr>): boolean => {
  const root = site.k === 'call' ? receiverOf(site.f) : undefined
  const at = root === undefined ? undefined : givenTo(inst, root)
  return at !== undefined && at.callers.length > 0 && at.callers.every(({ from, site: by }) => from.phase === 'request' && handedBy.has(by))
}

/** Whose parameter a name is. */
export const givenTo = (inst: Instance, name: BindingId): Instance | undefined => (inst.unit.facts.bindings[name]?.kind === 'param' ? declaringOf(inst, name) : undefined)

/** The name that a chain of calls and members begins with. */
const receiverOf = (x: Expr): BindingId | undefined => (x.k === 'mem' ? receiverOf(x.o) : x.k === 'call' ? receiverOf(x.f) : x.k === 'ref' ? x.b : undefined)

/** Methods that only numbers and texts have, or that do the same to whatever has them: they give another value. */
const OF_VALUES = /^(to(Fixed|Precision|Exponential|String|(Locale)?(Lower|Upper)Case|ISOString)|trim(Start|End)?|pad(Start|End)|char(At|CodeAt)|codePointAt|(starts|ends)With|localeCompare|substr(ing)?|includes|(last)?[iI]ndexOf)$/
/** Methods that other things have too. */
const OF_TEXTS = /^(replace(All)?|split|slice|match(All)?|concat|normalize|repeat|at|search)$/

/** `(end - start).toFixed(2)`, `data.toString().replace('_', ' ')`: only plain values have such methods, wherever they come from. */
export const isOfValue = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && (OF_VALUES.test(x.f.n) || (OF_TEXTS.test(x.f.n) && isText(x.f.o)))

const isText = (x: Expr): boolean => x.k === 'tpl' || (x.k === 'call' && x.f.k === 'mem' && /^(to|trim|pad|char|substr|replace|normalize|repeat|slice)/.test(x.f.n) && isOfValue(x))

/** The last word that a framework gives its handlers (`done(null, user)`, an acknowledgement): a parameter of code that no request code calls. */
const isGiven = (inst: Instance, site: Expr): boolean => {
  const at = site.k === 'call' && site.f.k === 'ref' ? givenTo(inst, site.f.b) : undefined
  return at?.phase === 'request' && at.callers.every(({ from, later }) => later === true || from.phase !== 'request')
}

/** `exits.success(row)` of a function that the program always calls with less: what a framework gives besides, or nobody. */
const isOfNobody = (inst: Instance, site: Expr): boolean => {
  const root = site.k === 'call' ? rootOf(site.f) : undefined
  const at = root === undefined ? undefined : givenTo(inst, root)
  const index = at?.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === root) ?? -1
  return at !== undefined && index > 0 && at.callers.length > 0 && at.callers.every(({ site: call }) => call.k === 'call' && call.a.length > 0 && call.a.length <= index && call.a.every(({ k }) => k !== 'spread'))
}

const rootOf = (x: Expr): BindingId | undefined => (x.k === 'mem' ? rootOf(x.o) : x.k === 'ref' ? x.b : undefined)

/** What could not be resolved on request paths, each place once. */
export const gapsOf = (a: Analysis, places: Map<Expr, boolean>): GapRecord[] => {
  const seen = new Set<Expr>()
  const handlers = new Set(a.entries.flatMap((entry) => entry.handlers.map(({ instance }) => instance)))
  const calls = a.callees.flatMap(({ inst, site }): GapRecord[] => {
    if (places.get(site) || seen.has(site)) return []
    seen.add(site)
    return [{ reason: handlers.has(inst) && handsOn(inst, site) ? 'handler that a handler hands its request on to not resolved' : 'callee not resolved', unit: inst.unit, at: site.p, symbol: site.k === 'call' ? nameOf(site.f) : 'call', inst }]
  })
  const own = a.gaps.filter((gap) => gap.inst === undefined || gap.inst.phase === 'request')
  return [...own, ...calls].sort((x, y) => x.unit.index - y.unit.index || x.at - y.at)
}

/** `(req, res) => loaded(name).run(req, res)`: whatever the entry does is done there. */
const handsOn = ({ fn }: Instance, site: Expr): boolean => {
  const own = new Set(fn.params.slice(0, 2).flatMap(({ t }) => (t.k === 'bind' ? [t.b] : [])))
  return site.k === 'call' && new Set(site.a.flatMap((arg) => (arg.k === 'ref' && own.has(arg.b) ? [arg.b] : []))).size === 2
}

const nameOf = (x: Expr): string => (x.k === 'mem' ? x.n : x.k === 'glob' ? x.n : 'call')
