import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { Instance, Unit } from './instances.js'
import type { Library } from './library.js'
import { boundBy, someExpression, somePart } from './shape.js'

type CallExpr = Expr & { k: 'call' }

const VERBS: Record<string, string> = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE', del: 'DELETE' }
/** Members by which something is put into a list or table. */
const PUTS = /^(push|set|add|unshift)$/

/**
 * Routers of the project's own: classes that keep handlers by verb and path, for a middleware that looks them up. `router.post('api/notes', save)` is
 * a route there as well as anywhere.
 */
export class OwnRouters {
  private readonly seen = new Set<Expr>()
  private readonly kept = new Map<FnFact, boolean>()

  constructor(private readonly library: Library) {}

  /** Enters what is registered; says whether there was anything new. */
  run(): boolean {
    const { a } = this.library
    const registering = new Set(a.entries.map(({ inst }) => inst))
    let any = false
    for (const inst of a.instances.slice()) {
      if (inst.phase !== 'startup') continue
      for (const { site, to } of inst.callees) {
        if (site.k !== 'call' || this.seen.has(site) || registering.has(to) || !isRegistration(inst.unit, site) || !this.keeps(to)) continue
        this.seen.add(site)
        this.enter(inst, site)
        any = true
      }
    }
    return any
  }

  private enter(inst: Instance, site: CallExpr): void {
    const args = site.a.map((x) => this.library.ev.expression(inst, x))
    this.library.registration.entry({ inst, site, path: '', recv: undefined, args, result: -1 }, { kind: 'route', method: VERBS[verbOf(site)] as string, path: '0', handlers: ['1..'] })
  }

  /** Is it a method of a class that takes GET and POST alike, and keeps the handler that it is given? */
  private keeps({ unit, fn }: Instance): boolean {
    let known = this.kept.get(fn)
    if (known === undefined) this.kept.set(fn, (known = isOfRouter(unit, fn) && keepsParameter(fn)))
    return known
  }
}

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
