import type { BindingId, Expr, Stmt } from '../model/facts.js'
import type { Evaluator } from './evaluator.js'
import type { Context, Instance } from './instances.js'
import { Invocation } from './invocation.js'
import { blocksOf, boundBy, someExpression } from './shape.js'
import { type Ref, constant } from './solver.js'
import { isMemberName, siteOfName } from './member-names.js'
import { isRouteKey, noteAsked } from './route-keys.js'
import { runStatements } from './statements.js'
import type { ObjectValue, Value } from './values.js'

/** More names than these are no table of routes. */
const MOST_NAMES = 60

type Loop = Stmt & { k: 'loop' }

/** The body of a loop as it runs for one element: names that it declares are its own, all others those of the function around it. */
class Round extends Invocation {
  override readonly result: number

  constructor(id: number, of: Instance, context: Context, ev: Evaluator, override readonly own: ReadonlySet<BindingId>) {
    super(id, of.unit, of.fn, of.phase, of, context, ev.a.solver)
    this.result = of.result
  }
}

/**
 * A list of routes that is looped over registers each of them: at start-up the elements of a table (objects or pairs that are written
 * down and hold more than texts and numbers) are told apart, like calls of one function. So are those that listeners are put on for, at any time.
 */
export const eachElement = (ev: Evaluator, inst: Instance, elements: Ref, body: Stmt[], see: (element: Ref, context: Context | undefined) => void): void => {
  if ((inst.phase !== 'startup' && !listens(body)) || (ev.a.solver.haste > 0 && ev.a.memberNames.size === 0) || isAgain(inst)) return see(elements, undefined)
  let rest: number | undefined
  let any = false
  ev.a.solver.watch(elements, (id) => {
    any = true
    const value = ev.a.value(id)
    if (isMemberName(ev.a, value)) return see(constant(id), ev.a.context(siteOfName(ev.a, value), inst))
    if (isTableRow(value, inst)) return see(constant(id), ev.a.context(value.site, value.env ?? inst))
    if (rest === undefined) see((rest = ev.a.solver.node()), undefined)
    ev.a.solver.add(rest, id)
  })
  // What fills the list may be out of sight (plugins that are found at run time): the body runs all the same.
  ev.a.undecided.push(() => {
    if (!any) see((rest = ev.a.solver.node()), undefined)
  })
}

/** The body of a function that is written as an argument. */
export const bodyOf = ({ unit }: Instance, x: Expr | undefined): Stmt[] => (x?.k === 'fn' ? unit.facts.functions[x.f]?.body ?? [] : [])

/** A function that was called by itself goes through parts of parts (it merges, it clones): those are no rows of a table. */
const isAgain = (inst: Instance): boolean => {
  let called = inst
  while (called.own && called.env) called = called.env
  for (let at = called.context.caller; at; at = at.env) if (at.fn === called.fn) return true
  return false
}

/** `for (const action of actions) socket.on(action.type, async (data) => action.handle(data))` */
export const listens = (body: Stmt[]): boolean => {
  let known = listening.get(body)
  if (known === undefined) listening.set(body, (known = someExpression(body, (x) => x.k === 'call' && x.f.k === 'mem' && LISTENS.test(x.f.n) && x.a.at(-1)?.k === 'fn')))
  return known
}
const listening = new WeakMap<Stmt[], boolean>()
const LISTENS = /^(on|once|addListener|addEventListener)$/

const isTableRow = (value: Value, { phase }: Instance): value is ObjectValue & { site: Expr } => {
  if (value.kind !== 'object' || (value.phase !== 'startup' && value.phase !== phase) || !value.site || value.cls || value.path === 'global#Map.new') return false
  // The models of a framework.
  if (value.extension?.name !== undefined) return true
  const parts = value.site.k === 'obj' ? value.site.m.map((m) => m.v) : value.site.k === 'arr' ? value.site.x : []
  return parts.length > 1 && (parts.some(isMore) || saysVerb(value.site))
}

const VERB_NAME = /^(method|verb|httpMethod)$/i
const VERB = /^(get|post|put|patch|delete|head|options|all)$/i

/** `{ method: 'post', path: 'add', action: 'add' }`: a route in texts alone. */
const saysVerb = (site: Expr): boolean => site.k === 'obj' && site.m.some(({ n, v }) => n !== undefined && VERB_NAME.test(n) && v.k === 'lit' && typeof v.v === 'string' && VERB.test(v.v))

/** `for (const name in routes)`: the names of a table of such lists, or of rows, are told apart too. */
export const namesOfTable = (ev: Evaluator, over: Ref): string[] | undefined => {
  const [only, another] = ev.a.of(over)
  if (only?.kind !== 'object' || another || only.phase !== 'startup' || only.site?.k !== 'obj' || only.site.m.length > MOST_NAMES) return undefined
  const names = only.site.m.map(({ n, v }) => (n !== undefined && (isRouteKey(n) || (v.k === 'arr' ? v.x.some(saysVerb) : saysVerb(v))) ? n : undefined))
  if (names.length < 2 || !names.every((name) => name !== undefined)) return undefined
  for (const name of names) if (isRouteKey(name)) noteAsked(ev.a, name, only)
  return names
}

/** Not only a text, a number or a list of such. */
const isMore = (x: Expr): boolean => {
  if (x.k === 'obj') return x.m.some((m) => isMore(m.v))
  if (x.k === 'arr') return x.x.some(isMore)
  return x.k !== 'lit' && x.k !== 'tpl' && x.k !== 're' && x.k !== 'un' && x.k !== 'bin'
}

/** `for (const route of routes) app.use(route.path, route.router)`. */
export const runRounds = (ev: Evaluator, inst: Instance, s: Loop, elements: Ref): void => {
  const own = declaredIn(s)
  eachElement(ev, inst, elements, s.b, (element, context) => {
    const at = context ? roundOf(ev, inst, s, context, own) : inst
    if (s.each) ev.pattern(at, s.each, element)
    runStatements(ev, at, s.b)
  })
}

const roundOf = (ev: Evaluator, inst: Instance, s: Loop, context: Context, own: ReadonlySet<BindingId>): Instance => {
  const round = new Round(ev.a.instances.length, inst, context, ev, own)
  ev.a.instances.push(round)
  ev.a.edge(inst, round, { k: 'this', p: s.p, e: s.p }, [])
  return round
}

const declaredIn = (s: Loop): Set<BindingId> => {
  const own = new Set<BindingId>()
  if (s.each) boundBy(s.each, own)
  declared(s.b, own)
  return own
}

const declared = (list: Stmt[], own: Set<BindingId>): void => {
  for (const s of list) {
    if (s.k === 'var' && s.kind !== 'var') for (const d of s.d) boundBy(d.t, own)
    if (s.k === 'loop' && s.each) boundBy(s.each, own)
    if (s.k === 'try' && s.param) boundBy(s.param, own)
    for (const inner of blocksOf(s)) declared(inner, own)
  }
}
