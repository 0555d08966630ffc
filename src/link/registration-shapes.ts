import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { eachExpression, eachInside, memberOf, membersIn } from './shape.js'

type CallExpr = Expr & { k: 'call' }
/** A registration by its shape: the expression that stands for an application or socket server. */
export interface Shaped {
  root: Expr & { k: 'ref' | 'mem' }
  /** What its receiver must be, where the call says more than any router's would. */
  path?: string
  /** By options, as plugins are written: one that nobody registers is an unused one where the server is in sight. */
  plugin?: true
}

const SOCKETS = 'socket.io#Server.new'
const HAPI = '@hapi/hapi#Server.new'
const FASTIFY = 'fastify#FastifyInstance.new'
const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete', 'del', 'all', 'use'])
/** Where hapi puts what a plugin brings, and the steps of a request that it may stand in. */
const DECORATED = /^(server|request|toolkit|handler)$/
const STEPS = /^on(PreStart|Request|PreAuth|Credentials|PostAuth|PreHandler|PostHandler|PreResponse)$/

/** The registrations that a function makes, by their looks. */
export const shapesIn = (unit: Unit, fn: FnFact): Shaped[] => {
  const list: Shaped[] = []
  if (registers(fn)) eachExpression(fn.body, (x) => {
    const shape = x.k === 'call' ? shapeOfCall(unit, x) : undefined
    if (shape) list.push(shape)
  })
  return list
}

const MAY_REGISTER = new Set([...VERBS, 'on', 'route', 'decorate', 'ext'])
const registers = (fn: FnFact): boolean => {
  for (const name of membersIn(fn)) if (MAY_REGISTER.has(name)) return true
  return false
}

/** Does a function call something imported that sets up a session, a limiter, a socket server, a queue? */
export const setsUp = ({ facts }: Unit, fn: FnFact, a: Analysis): boolean => {
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
  const described = shapeByOptions(x.f.n, x.a)
  const socket = x.f.n === 'on' && isText(x.a[0], /^connection$/) && holdsFunction(unit, x.a[1])
  const root = socket || described || VERBS.has(x.f.n) ? rootOf(x.f.o) : undefined
  if (!root || socket || described) return root && { root, path: described ?? SOCKETS, ...(described && { plugin: true }) }
  const handlers = isPath(x.a[0]) ? x.a.slice(1) : isRouted(x.f.o) ? x.a : []
  return handlers.some((arg) => holdsFunction(unit, arg) || (isParameter(unit, root) && (isOfModule(unit, arg) || isBound(arg)))) ? { root } : undefined
}

/** `server.route({ method, path, handler })`, `server.decorate('request', 'db', db)`: no other library is asked in this way. */
const shapeByOptions = (name: string, [first, second, third]: Expr[]): string | undefined => {
  if (name === 'decorate') return isText(first, DECORATED) && second?.k === 'lit' && third ? HAPI : undefined
  if (name === 'ext') return isText(first, STEPS) && second ? HAPI : undefined
  const route = name !== 'route' ? undefined : first?.k === 'arr' ? first.x[0] : first
  if (route?.k !== 'obj' || !route.m.some(({ n }) => n === 'method')) return undefined
  return isText(memberOf(route, 'path'), /^\//) ? HAPI : isText(memberOf(route, 'url'), /^\//) ? FASTIFY : undefined
}

/** `blocks.list.bind(blocks)` */
const isBound = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'bind' && x.f.o.k === 'mem'

const isParameter = (unit: Unit, root: Shaped['root']): boolean => root.k === 'ref' && unit.facts.bindings[root.b]?.kind === 'param'

/** `articles.list`: what a module brings, given to an application that the function is handed. */
const isOfModule = ({ facts }: Unit, x: Expr): boolean => x.k === 'mem' && x.o.k === 'ref' && facts.bindings[x.o.b]?.f === 0

/** `app.route('/x')`, and what is chained to it. */
const isRouted = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && ((x.f.n === 'route' && isPath(x.a[0])) || isRouted(x.f.o))

/** `io` of `io.of('/x')`, `app` of `app.get(…).post(…)`, `this.server`. */
const rootOf = (x: Expr): Shaped['root'] | undefined => {
  if (x.k === 'call') return x.f.k === 'mem' ? rootOf(x.f.o) : undefined
  return x.k === 'ref' || (x.k === 'mem' && (x.o.k === 'ref' || x.o.k === 'this')) ? x : undefined
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
