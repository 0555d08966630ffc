import { posix } from 'node:path'
import type { DeployedHandler } from '../model/handlers.js'
import type { CallExpr, Expr, FileFacts, NewExpr, ObjectExpr } from '../model/facts.js'

type Making = CallExpr | NewExpr
type Use = Omit<DeployedHandler, 'file' | 'export'>
/** A path as it is written; `here` where it starts at the folder of the file itself. */
interface Written { text: string; here: boolean }

/** Constructs of SAM; of the CDK's own the catalog knows more. */
const SAM = /^CfnFunction$/
const SST = /^(Function|Cron|Auth|Job)$/
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|ANY)\s+(\/\S*)$/i
const HANDLER = /^(?:\.\/)?[\w./[\]@-]*?[\w\]-]+\.[\w$]+$/
const MESSAGES = /^(subscribe|consumer|subscriber|addConsumer|addSubscribers|addTargets|subscribeQueue|notify)$/i

/** Functions that infrastructure written in code names as handlers: constructs of SAM and of SST. */
export const handlersInCode = (path: string, facts: FileFacts, sources: readonly string[]): DeployedHandler[] => {
  const place = new Place(path, facts, sources)
  const found: DeployedHandler[] = []
  for (const making of makings(facts.functions)) found.push(...ofConstruct(place, making), ...ofRoutes(place, making))
  return found
}

const ofConstruct = (place: Place, making: Making): DeployedHandler[] => {
  const given = making.a.findLast((x): x is ObjectExpr => x.k === 'obj')
  if (making.k !== 'new' || !given || !(place.isSst ? SST : SAM).test(place.nameOf(making.f))) return []
  const name = texts(making.a)[0] ?? 'function'
  const handler = place.written(member(given, 'handler'))?.text
  const uses = eventsOf(place, given).map((event) => ({ name, ...event }))
  const code = member(given, 'code') ?? member(given, 'codeUri')
  const folder = place.written(code) ?? { text: '.', here: false }
  return handler === undefined ? [] : uses.flatMap((use) => place.handlers(folder, handler, use))
}

/** `events: { Api: { type: 'Api', properties: { method, path } } }` of SAM's constructs. */
const eventsOf = (place: Place, given: ObjectExpr): Omit<Use, 'name'>[] => {
  const events = member(given, 'events')
  const known = events?.k === 'obj' ? events.m.flatMap(({ v }) => (v.k === 'obj' ? [eventOf(place, v)] : [])) : []
  return known.length > 0 ? known : [{ event: 'other' }]
}

const eventOf = (place: Place, event: ObjectExpr): Omit<Use, 'name'> => {
  const type = place.written(member(event, 'type'))?.text
  const properties = member(event, 'properties')
  const said = (name: string): string | undefined => (properties?.k === 'obj' ? place.written(member(properties, name))?.text : undefined)
  if (type !== 'Api' && type !== 'HttpApi') return { event: type === 'Schedule' ? 'schedule' : type === undefined ? 'other' : 'message' }
  const [method, path] = [said('method'), said('path')]
  return { event: 'http', ...(method && { method: methodOf(method) }), ...(path && { path }) }
}

/** `routes: { 'POST /orders': 'src/orders.create' }`, `api.route('POST /orders', 'src/orders.create')`, `queue.subscribe('src/mail.handler')`. */
const ofRoutes = (place: Place, making: Making): DeployedHandler[] => {
  const called = making.k === 'call' && making.f.k === 'mem' ? making.f.n : ''
  const named = (x: Expr | undefined): string | undefined => {
    const text = place.written(x)?.text ?? (x?.k === 'obj' ? named(member(x, 'handler') ?? member(x, 'function')) : undefined)
    return text !== undefined && HANDLER.test(text) ? text : undefined
  }
  const at = (route: string | undefined, x: Expr | undefined): DeployedHandler[] => {
    const [, method, path] = REQUEST.exec(route ?? '') ?? []
    const handler = named(x)
    return handler === undefined || method === undefined || path === undefined ? [] : place.handlers({ text: '.', here: false }, handler, { name: route ?? '', event: 'http', method: methodOf(method), path })
  }
  if (called === 'route') return at(place.written(making.a[0])?.text, making.a[1])
  if (MESSAGES.test(called)) return making.a.flatMap((x) => { const handler = named(x); return handler === undefined ? [] : place.handlers({ text: '.', here: false }, handler, { name: called, event: 'message' }) })
  return making.a.flatMap((x) => {
    const routes = x.k === 'obj' ? member(x, 'routes') ?? (called === 'addRoutes' ? x : undefined) : undefined
    return routes?.k === 'obj' ? routes.m.flatMap(({ n, v }) => at(n, v)) : []
  })
}

const methodOf = (text: string): string => (text.toUpperCase() === 'ANY' ? 'ALL' : text.toUpperCase())
const member = (x: ObjectExpr, name: string): Expr | undefined => x.m.find(({ n }) => n === name)?.v
const texts = (xs: Expr[]): string[] => xs.flatMap((x) => (x.k === 'lit' && typeof x.v === 'string' ? [x.v] : []))

/** Reads paths as a file writes them, and says which files they may be. */
class Place {
  private readonly folder: string
  readonly isSst: boolean

  constructor(path: string, private readonly facts: FileFacts, private readonly sources: readonly string[]) {
    this.folder = posix.dirname(path)
    this.isSst = path.endsWith('sst.config.ts') || facts.specifiers.some((specifier) => /^(sst|@serverless-stack|@sst)(\/|$)/.test(specifier))
  }

  nameOf(x: Expr): string {
    return x.k === 'mem' ? x.n : x.k === 'ref' ? this.facts.bindings[x.b]?.n ?? '' : ''
  }

  /** A literal, or what is put together from the file's own folder: `path.join(__dirname, '../lambda/index.ts')`. */
  written(x: Expr | undefined): Written | undefined {
    if (x?.k === 'lit') return typeof x.v === 'string' ? { text: x.v, here: false } : undefined
    if (x?.k === 'glob') return x.n === '__dirname' ? { text: '.', here: true } : undefined
    if (x?.k === 'tpl') return this.joined(x.q.flatMap((text, i): (Written | undefined)[] => [...(text === '' ? [] : [{ text: text.replace(/^\//, ''), here: false }]), ...(x.x[i] ? [this.written(x.x[i])] : [])]))
    if (x?.k === 'call' && /^(join|resolve|fromAsset)$/.test(this.nameOf(x.f))) return this.joined(x.a.map((arg) => this.written(arg)))
    return undefined
  }

  private joined(parts: (Written | undefined)[]): Written | undefined {
    if (parts.length === 0 || parts.some((part) => part === undefined)) return undefined
    return { text: posix.join(...parts.map((part) => part?.text ?? '')), here: parts.some((part) => part?.here) }
  }

  /** A path may start at the file's folder, or at any above it: where the tool runs is not known. */
  files({ text, here }: Written, shape: (text: string) => string): string[] {
    const bases = here ? [this.folder] : above(this.folder)
    return bases.map((base) => posix.join(base, shape(text))).filter((file) => !file.startsWith('..')).map((file) => file.replace(/^\.\//, ''))
  }

  /** `index.handler` in a folder: file and exported name. */
  handlers(folder: Written, handler: string, use: Use): DeployedHandler[] {
    const at = handler.lastIndexOf('.')
    if (at <= 0) return []
    const files = this.files(folder, (text) => posix.join(text, handler.slice(0, at)))
    return [...files, ...(this.isSst ? this.below(files) : [])].map((file) => ({ file, export: handler.slice(at + 1), ...use }))
  }

  /** SST's `srcPath` is often said for all functions in another file: where nothing is at a path, the only source whose path ends so. */
  private below(files: readonly string[]): string[] {
    const names = this.sources.map((source) => source.replace(EXTENSION, ''))
    const written = files.at(-1)
    if (written === undefined || files.some((file) => names.includes(file))) return []
    const ends = names.filter((name) => name.endsWith(`/${written}`))
    return ends.length === 1 ? ends : []
  }
}

const EXTENSION = /\.[cm]?[jt]sx?$/

const above = (folder: string): string[] => (folder === '.' || folder === '' ? ['.'] : [folder, ...above(posix.dirname(folder))])

/** Every call and construction below a piece of plain data. */
function* makings(value: unknown): Generator<Making> {
  if (typeof value !== 'object' || value === null) return
  const node = value as { k?: unknown; f?: unknown; a?: unknown }
  if ((node.k === 'call' || node.k === 'new') && typeof node.f === 'object' && Array.isArray(node.a)) yield node as Making
  for (const inner of Object.values(value)) yield* makings(inner)
}
