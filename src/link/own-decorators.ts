import type { BindingId, Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import { boundBy, someExpression } from './shape.js'
import { type Ref, constant } from './solver.js'
import type { ClassValue, FnValue } from './values.js'

type CallExpr = Expr & { k: 'call' }

/** Rows of the catalog that stand for decorators of the project's own. */
const OWN = 'own:decorators#'
const VERB = /^(?:Http)?(Get|Post|Put|Patch|Delete|Head|Options|All|Del)(?:Mapping|Route)?$/
const VERB_TEXT = /^(get|post|put|patch|delete|all)$/i
const PATH = /^\/[\w:*\-/.{}?]*$/
const PLAIN_PATH = /^[\w:*\-/.{}?]*$/
const CONTROLLER = /controller|route|resource|api/i
/** Members by which something is remembered of what is decorated. */
const KEEPS = /^(defineMetadata|push|set|add|unshift)$/

const routed = new WeakSet<Analysis>()

/** Do such decorators say what code registers that knows neither verb nor path? */
export const hasOwnRoutes = (a: Analysis): boolean => routed.has(a)

export const isOwn = (path: string): boolean => path.startsWith(OWN)

interface OwnRoute { path: string; at: number; before: string }

/** What a decorator of the project's own says: a row and what it is given, of a route the path with what comes before it. */
interface OwnUse { path: string; args: Ref[] }

export const ownUse = (a: Analysis, fn: FnValue, x: CallExpr, facts: FileFacts, args: () => Ref[]): OwnUse | undefined => {
  const name = nameOf(x, facts)
  const controller = ownController(fn, name, x)
  if (controller !== undefined) return { path: controller, args: args() }
  const route = ownRoute(fn, name, x)
  if (!route) return undefined
  routed.add(a)
  const text = x.a[route.at] && textOf(x.a[route.at] as Expr)
  return { path: route.path, args: args().map((arg, i) => (i === route.at && route.before !== '' ? constant(a.literal(route.before + (text ?? '').replace(/^\//, '')).id) : arg)) }
}

/**
 * `@Get('/lamps')`, `@Route('GET', '/lamps')` of the project's own: functions that are given verb and path, and return one that remembers the method that it
 * is given, for code that registers it later.
 */
const ownRoute = ({ unit, fn }: FnValue, name: string, { a }: CallExpr): OwnRoute | undefined => {
  const inner = returned(unit.facts, fn)
  if (!inner || inner.params.length < 2 || !keeps(inner)) return undefined
  const [first, second] = a.map(textOf)
  const verb = VERB.exec(name)?.[1]
  if (verb !== undefined && (a.length === 0 || (first !== undefined && PLAIN_PATH.test(first)))) return { path: `${OWN}${verb}`, at: 0, before: textBefore(fn, inner, 0) }
  if (first === undefined || second === undefined || !VERB_TEXT.test(first) || !PLAIN_PATH.test(second)) return undefined
  return { path: `${OWN}Route`, at: 1, before: textBefore(fn, inner, 1) }
}

/** `@Controller('/lamps')` of the project's own. */
const ownController = ({ unit, fn }: FnValue, name: string, { a }: CallExpr): string | undefined => {
  const inner = returned(unit.facts, fn)
  const path = a[0] && textOf(a[0])
  return inner?.params.length === 1 && CONTROLLER.test(name) && path !== undefined && PATH.test(path) && keeps(inner) ? `${OWN}Controller` : undefined
}

/** Decorators of the project's own speak once it is known what was made: where the program makes the class, its routes are those of what was made. */
export const whenMade = (a: Analysis, cls: ClassValue, path: string, act: () => void): void => {
  if (!path.startsWith(OWN)) return act()
  a.undecided.push(() => {
    const made = cls.managed ?? a.objects.find((object) => object.cls === cls && object.phase === 'startup')
    if (made) cls.managed = made
    act()
  })
}

const nameOf = ({ f }: CallExpr, facts: FileFacts): string => (f.k === 'ref' ? facts.bindings[f.b]?.n ?? '' : f.k === 'mem' ? f.n : '')

const textOf = (x: Expr): string | undefined => (x.k === 'lit' && typeof x.v === 'string' ? x.v : undefined)

/** The function that a function returns. */
const returned = ({ functions }: FileFacts, fn: FnFact): FnFact | undefined => {
  for (const s of fn.body) if (s.k === 'ret' && s.x?.k === 'fn') return functions[s.x.f]
  return undefined
}

/** Does it remember what it decorates: in metadata, a list or table, or by a call that is given the target? One that puts another method in its place only wraps it. */
const keeps = ({ params, body }: FnFact): boolean => {
  const [target, , descriptor] = params.map(({ t }) => boundBy(t))
  const isOf = (x: Expr, bound: Set<BindingId> | undefined): boolean => x.k === 'ref' && bound?.has(x.b) === true
  if (someExpression(body, (x) => x.k === 'set' && x.l.k === 'mem' && isOf(x.l.o as Expr, descriptor))) return false
  return someExpression(body, (x) => x.k === 'set' || (x.k === 'call' && x.f.k !== 'call' && ((x.f.k === 'mem' && KEEPS.test(x.f.n)) || x.a.some((arg) => isOf(arg, target)))))
}

/** `/api/:version/` of `/api/:version/${path}`. */
const textBefore = ({ params }: FnFact, inner: FnFact, at: number): string => {
  const path = params[at] ? boundBy(params[at].t) : new Set<BindingId>()
  let before = ''
  someExpression(inner.body, (x) => {
    const [hole] = x.k === 'tpl' ? x.x : []
    if (x.k === 'tpl' && hole?.k === 'ref' && path.has(hole.b) && x.q[0]?.startsWith('/')) before = x.q[0]
    return before !== ''
  })
  return before
}
