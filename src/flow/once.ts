import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { eachExpression, eachInside, isExpression } from '../link/shape.js'
import type { Instance } from '../link/instances.js'
import { firstUses } from './first-use.js'

/** The `new` expressions of a function that run once in a process: what they make is kept, and a test has found the place empty. */
const lazyConstructions = (fn: FnFact): Set<Expr> => {
  const found = new Set<Expr>()
  walk(fn.body, new Set(), found)
  return found
}

const known = new WeakMap<FnFact, Set<Expr>>()

/** Is it only called where something is made on first use, for as long as the process lives? It runs once, like start-up code, whichever request comes first. */
export const runsOnce = (inst: Instance): boolean => isConstructedOnce(inst) || isCalledOnce(inst)

/** The constructor of a singleton. */
const isConstructedOnce = (inst: Instance): boolean => {
  if (inst.fn.kind !== 'ctor' && inst.fn.kind !== 'init') return false
  const callers = inst.callers.filter(({ from }) => from.phase !== 'startup')
  return callers.length > 0 && callers.every(({ from, site }) => {
    let lazy = known.get(from.fn)
    if (!lazy) known.set(from.fn, (lazy = lazyConstructions(from.fn)))
    return lazy.has(site)
  })
}

/** What sets up the one thing that a module or the process keeps, and all that it leads to. */
const isCalledOnce = (inst: Instance): boolean => {
  const callers = inst.callers.filter(({ from }) => from.phase !== 'startup')
  return callers.length > 0 && callers.every(({ from, site, later }) => !later && firstUses(from.unit.facts, from.fn).has(site))
}

const walk = (body: Stmt[], tested: ReadonlySet<string>, into: Set<Expr>): void => {
  let here = tested
  for (const s of body) {
    if (s.k === 'if') {
      const inner = new Set([...here, ...namesIn(s.t)])
      walk(s.c, inner, into)
      if (s.a) walk(s.a, inner, into)
      const last = s.c.at(-1)
      if (last?.k === 'ret' || last?.k === 'throw') here = inner
    } else if (s.k === 'block') walk(s.b, here, into)
    else if (s.k === 'try') for (const part of [s.b, s.c ?? [], s.f ?? []]) walk(part, here, into)
    else if (s.k === 'expr' || s.k === 'ret') keptIn([s], here, into)
  }
}

const keptIn = (body: Stmt[], tested: ReadonlySet<string>, into: Set<Expr>): void => {
  eachExpression(body, (x) => {
    if (x.k !== 'set' || !isExpression(x.l) || x.r.k !== 'new') return
    const name = nameOf(x.l)
    if (x.op === '??=' || x.op === '||=' || (name !== undefined && tested.has(name))) into.add(x.r)
  })
}

const namesIn = (test: Expr): string[] => {
  const names: string[] = []
  eachInside(test, (x) => {
    const name = nameOf(x)
    if (name !== undefined) names.push(name)
  })
  return names
}

/** `b12` of a name, `.instance` of a member, whatever it belongs to. */
const nameOf = (x: Expr): string | undefined => (x.k === 'ref' ? `b${x.b}` : x.k === 'mem' ? `.${x.n}` : undefined)
