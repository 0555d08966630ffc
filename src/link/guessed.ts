import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance, Unit } from './instances.js'
import type { Library } from './library.js'
import { eachExpression, eachInside, membersIn } from './shape.js'
import { NOTHING, type Ref } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

type CallExpr = Expr & { k: 'call' }
/** A registration by its shape: the expression that stands for an application or socket server. */
interface Shaped {
  root: Expr & { k: 'ref' | 'mem' }
  socket: boolean
}

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'use'])
/** What an application is taken for, by the package that is there; Express where none is. */
const ROUTERS: [string, string][] = [
  ['express', 'express#Express.new'], ['fastify', 'fastify#FastifyInstance.new'], ['restify', 'restify#Server.new'], ['@koa/router', '@koa/router#default.new'], ['koa-router', '@koa/router#default.new'], ['hono', 'hono#Hono.new'],
]

/**
 * Last resort for registrations that no known application reaches: hooks of plugin systems, exported functions that nobody
 * calls, receivers that nothing is known of. What looks like `app.post('/x', fn)` is taken for it, and marked as guessed.
 */
export class Guessed {
  private readonly shapes = new Map<FnFact, Shaped[]>()
  private readonly roots = new Set<Instance>()
  private readonly objects = new Set<ObjectValue>()
  private readonly seeded = new Set<Ref>()

  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  /** Does a function register something, or set up a session, a limiter or a socket server? */
  private isHook(unit: Unit, fn: FnFact): boolean {
    return this.shaped(unit, fn).length > 0 || setsUp(unit, fn, this.a)
  }

  /** Runs exported functions of this kind that nothing calls; says whether there were any. */
  runUncalled(): boolean {
    const reached = new Set(this.a.instances.map((inst) => inst.fn))
    let any = false
    for (const unit of this.a.units) {
      if (!unit.evaluated || !unit.facts.functions.some((fn) => this.isHook(unit, fn))) continue
      for (const fn of this.exported(unit)) {
        if (reached.has(fn.fn) || !this.isHook(fn.unit, fn.fn)) continue
        const instance = this.library.calls.invoke(fn.env, { k: 'this', p: fn.fn.p, e: fn.fn.p }, fn, [], [], NOTHING, { phase: 'startup' })
        reached.add(fn.fn)
        if (instance) this.roots.add(instance)
        any = true
      }
    }
    return any
  }

  private exported(unit: Unit): FnValue[] {
    const found: FnValue[] = []
    const see = (_: string, node: Ref): void => {
      for (const value of this.a.of(node)) if (value.kind === 'fn' && value.unit === unit) found.push(value)
    }
    this.library.access.modules.eachExport(unit, see)
    see('', unit.cjs.holder.fields.get('exports') ?? NOTHING)
    for (const value of this.a.of(unit.cjs.holder.fields.get('exports') ?? NOTHING)) {
      if (value.kind === 'object') for (const [name, node] of value.holder.fields) see(name, node)
    }
    return found
  }

  /** Gives receivers that nothing is known of what they look like; says whether there were any. */
  seedReceivers(): boolean {
    let any = false
    for (const inst of this.a.instances.slice()) {
      if (inst.phase !== 'startup') continue
      for (const shape of this.shaped(inst.unit, inst.fn)) any = this.seed(inst, shape) || any
    }
    return any
  }

  private seed(inst: Instance, { root, socket }: Shaped): boolean {
    if (root.k === 'ref') return this.fill(inst, this.library.ev.bindingAt(inst, root.b, root.p), socket)
    if (root.o.k !== 'ref') return false
    const base = this.library.ev.bindingAt(inst, root.o.b, root.o.p)
    const known = this.a.of(base)
    if (known.length === 0) {
      const holder = this.a.object({ unit: inst.unit, site: undefined, phase: 'startup', env: inst, shape: 'object' })
      this.a.solver.add(base, holder.id)
      return this.fill(inst, this.a.field(holder, root.n), socket)
    }
    let any = false
    for (const value of known) if (value.kind === 'object' && value.shape === 'object') any = this.fill(inst, this.a.field(value, root.n), socket) || any
    return any
  }

  private fill(inst: Instance, node: number, socket: boolean): boolean {
    if (this.a.solver.size(node) > 0 || this.seeded.has(node)) return false
    this.seeded.add(node)
    const path = socket ? 'socket.io#Server.new' : this.routerOf(inst.unit)
    const made = this.a.object({ unit: inst.unit, site: undefined, phase: 'startup', env: undefined, shape: 'library', path })
    this.objects.add(made)
    this.a.solver.add(node, made.id)
    return true
  }

  private routerOf(unit: Unit): string {
    const dependencies = this.a.resolver.manifestOf(unit.path)?.dependencies ?? {}
    return ROUTERS.find(([name]) => name in dependencies)?.[1] ?? 'express#Express.new'
  }

  /** Marks the entries that rest on a guess. */
  mark(): void {
    for (const record of this.a.entries) {
      if ((record.recv && this.objects.has(record.recv)) || this.within(record.inst)) record.guessed = true
    }
  }

  private within(inst: Instance | undefined): boolean {
    for (let at = inst; at; at = at.env) if (this.roots.has(at)) return true
    return false
  }

  // ---------------------------------------------------------------- shapes

  private shaped(unit: Unit, fn: FnFact): Shaped[] {
    let found = this.shapes.get(fn)
    if (!found) {
      const list: Shaped[] = []
      if (registers(fn)) eachExpression(fn.body, (x) => {
        const shape = x.k === 'call' ? shapeOfCall(unit, x) : undefined
        if (shape) list.push(shape)
      })
      this.shapes.set(fn, (found = list))
    }
    return found
  }
}

const registers = (fn: FnFact): boolean => {
  for (const name of membersIn(fn)) if (name === 'on' || VERBS.has(name)) return true
  return false
}

/** Does a function call something imported that sets up a session, a limiter, a socket server, a queue? */
const setsUp = ({ facts }: Unit, fn: FnFact, a: Analysis): boolean => {
  if (fn.owner !== 0 || fn.kind === 'module') return false
  let found = false
  eachExpression(fn.body, (x) => {
    if (found || (x.k !== 'call' && x.k !== 'new')) return
    const path = importedAs(facts, x.f)
    const row = path && a.catalog.row(`${path}${x.k === 'new' ? '.new' : '()'}`)
    if (row && (row.infra || row.session) && !row.infra?.acceptable) found = true
  })
  return found
}

/** Access path of an imported name, or of a member of an imported module. */
const importedAs = (facts: FileFacts, x: Expr): string | undefined => {
  const root = x.k === 'mem' ? x.o : x
  if (root.k !== 'ref' || facts.bindings[root.b]?.kind !== 'import') return undefined
  for (const { s, names } of facts.imports) {
    const name = names.find(({ b }) => b === root.b)?.n
    if (name !== undefined) return x.k === 'mem' ? (name === '*' || name === 'default' ? `${s}#${x.n}` : undefined) : `${s}#${name === '*' ? 'default' : name}`
  }
  return undefined
}

const shapeOfCall = (unit: Unit, x: CallExpr): Shaped | undefined => {
  if (x.f.k !== 'mem') return undefined
  const socket = x.f.n === 'on' && isText(x.a[0], /^connection$/) && holdsFunction(unit, x.a[1])
  const root = socket || VERBS.has(x.f.n) ? rootOf(x.f.o) : undefined
  const handlers = isPath(x.a[0]) ? x.a.slice(1) : isRouted(x.f.o) ? x.a : []
  return root && (socket || handlers.some((arg) => holdsFunction(unit, arg) || (isParameter(unit, root) && isOfModule(unit, arg)))) ? { root, socket } : undefined
}

const isParameter = (unit: Unit, root: Shaped['root']): boolean => root.k === 'ref' && unit.facts.bindings[root.b]?.kind === 'param'

/** `articles.list`: what a module brings, given to an application that the function is handed. */
const isOfModule = ({ facts }: Unit, x: Expr): boolean => x.k === 'mem' && x.o.k === 'ref' && facts.bindings[x.o.b]?.f === 0

/** `app.route('/x')`, and what is chained to it. */
const isRouted = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && ((x.f.n === 'route' && isPath(x.a[0])) || isRouted(x.f.o))

/** `io` of `io.of('/x')`, `app` of `app.get(…).post(…)`. */
const rootOf = (x: Expr): Shaped['root'] | undefined => {
  if (x.k === 'call') return x.f.k === 'mem' ? rootOf(x.f.o) : undefined
  return x.k === 'ref' || (x.k === 'mem' && x.o.k === 'ref') ? x : undefined
}

const isText = (x: Expr | undefined, pattern: RegExp): boolean => x?.k === 'lit' && typeof x.v === 'string' && pattern.test(x.v)
/** A path, or options of a route that name it. */
const isPath = (x: Expr | undefined): boolean => isText(x, /^\//) || x?.k === 're' || (x?.k === 'obj' && x.m.some(({ n, v }) => n === 'path' && isPath(v)))

/** A function where it is written, or a local name of one: outbound calls (`client.get('/x', options)`) have none. */
const holdsFunction = (unit: Unit, x: Expr | undefined): boolean => {
  let found = false
  if (x) {
    eachInside(x, (inner) => {
      if (inner.k === 'fn' || (inner.k === 'ref' && unit.facts.bindings[inner.b]?.fn !== undefined)) found = true
    })
  }
  return found
}
