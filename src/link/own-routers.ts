import type { BindingId, Expr, FnFact } from '../model/facts.js'
import { pointsOf } from '../flow/points.js'
import type { Instance, Unit } from './instances.js'
import type { Library } from './library.js'
import { boundBy, someExpression, somePart } from './shape.js'

type CallExpr = Expr & { k: 'call' }

const VERBS: Record<string, string> = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE', del: 'DELETE' }
/** Members by which something is put into a list or table. */
const PUTS = /^(push|set|add|unshift)$/

const METHODS = new Set(Object.values(VERBS))

/**
 * Routers of the project's own: classes that keep handlers by verb and path, for a middleware that looks them up. `router.post('api/notes', save)` is
 * a route there as well as anywhere. And functions that make one row of a table of routes: `const post = (path, fn) => ['POST', path, fn]`.
 */
export class OwnRouters {
  private readonly seen = new Set<Expr>()
  private readonly kept = new Map<FnFact, boolean>()
  private readonly rows = new Map<FnFact, string | undefined>()

  constructor(private readonly library: Library) {}

  /** Enters what is registered; says whether there was anything new. */
  run(): boolean {
    const { a } = this.library
    const registering = new Set(a.entries.map(({ inst }) => inst))
    let any = false
    for (const inst of a.instances.slice()) {
      if (inst.phase !== 'startup') continue
      for (const { site, to } of inst.callees) {
        if (site.k !== 'call' || this.seen.has(site) || registering.has(to)) continue
        const method = isRegistration(inst.unit, site) && this.keeps(to) ? VERBS[verbOf(site)] : this.rowMethod(inst, site, to.fn)
        if (method === undefined) continue
        this.seen.add(site)
        this.enter(inst, site, method)
        any = true
      }
    }
    return any
  }

  private enter(inst: Instance, site: CallExpr, method: string): void {
    const args = site.a.map((x) => this.library.ev.expression(inst, x))
    this.library.registration.entry({ inst, site, path: '', recv: undefined, args, result: -1 }, { kind: 'route', method, path: '0', handlers: ['1..'] })
  }

  /** A client makes rows of that kind too, of what it sends. */
  private rowMethod(inst: Instance, site: CallExpr, fn: FnFact): string | undefined {
    const method = hasPath(site) ? this.methodOfRow(fn) : undefined
    const isServed = (x: Expr): boolean => this.library.a.of(this.library.ev.expression(inst, x)).some(({ kind }) => kind === 'fn')
    return method !== undefined && site.a.slice(1).some(isServed) ? method : undefined
  }

  /** `(path, fn) => ['PUT', path, fn]`, `(path, handler) => ({ method: 'PUT', path, handler })`: the method that it writes beside what it is given. */
  private methodOfRow(fn: FnFact): string | undefined {
    if (!this.rows.has(fn)) this.rows.set(fn, pointsOf(fn).returns.map(({ x }) => x && methodBeside(x, fn)).find((method) => method !== undefined))
    return this.rows.get(fn)
  }

  /** Is it a method of a class that takes GET and POST alike, and keeps the handler that it is given? */
  private keeps({ unit, fn }: Instance): boolean {
    let known = this.kept.get(fn)
    if (known === undefined) this.kept.set(fn, (known = isOfRouter(unit, fn) && keepsParameter(fn)))
    return known
  }
}

const methodBeside = (row: Expr, { params }: FnFact): string | undefined => {
  const parts = row.k === 'arr' ? row.x : row.k === 'obj' ? row.m.map(({ v }) => v) : []
  const [path, handler] = params.map(({ t }) => (t.k === 'bind' ? t.b : undefined))
  const holds = (b: BindingId | undefined): boolean => b !== undefined && parts.some((x) => x.k === 'ref' && x.b === b)
  const method = parts.flatMap((x) => (x.k === 'lit' && typeof x.v === 'string' && METHODS.has(x.v) ? [x.v] : []))[0]
  return holds(path) && holds(handler) ? method : undefined
}

const hasPath = ({ a: [path, handler] }: CallExpr): boolean => handler !== undefined && path?.k === 'lit' && typeof path.v === 'string' && path.v.startsWith('/')

const verbOf = (x: CallExpr): string => (x.f.k === 'mem' ? x.f.n : '')

const isRegistration = ({ facts }: Unit, x: CallExpr): boolean => {
  const [path, ...rest] = x.a
  return verbOf(x) in VERBS && path?.k === 'lit' && typeof path.v === 'string' && rest.some((arg) => arg.k === 'fn' || arg.k === 'mem' || (arg.k === 'ref' && facts.bindings[arg.b] !== undefined))
}

const isOfRouter = ({ facts }: Unit, fn: FnFact): boolean => {
  const cls = facts.classes.find(({ methods }) => methods.some((method) => !method.static && facts.functions[method.f] === fn))
  return cls !== undefined && cls.ext === undefined && ['get', 'post'].every((verb) => cls.methods.some(({ n }) => n === verb))
}

/** `this.routes.POST[path] = { handler }`: what comes after the path is put away. */
const keepsParameter = (fn: FnFact): boolean => {
  const given = new Set<BindingId>(fn.params.slice(1).flatMap(({ t }) => [...boundBy(t)]))
  const holds = (x: Expr): boolean => somePart(x, (part) => part.k === 'ref' && given.has(part.b))
  return someExpression(fn.body, (x) => (x.k === 'set' && holds(x.r)) || (x.k === 'call' && x.f.k === 'mem' && PUTS.test(x.f.n) && x.a.some(holds)))
}
