import type { EntryKind } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { Analysis, EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { hasOwnRoutes } from '../link/own-decorators.js'
import { placeOfRouteKey } from '../link/route-keys.js'
import { boundBy } from '../link/shape.js'
import { NOTHING, type Ref } from '../link/solver.js'
import { answersAlone } from './answering.js'
import { Groups } from './groups.js'
import { isTestedAway } from './tested-away.js'
import { DeclaredNames } from './names.js'
import { verbsInTable } from './verb-tables.js'
import { verbsOf } from './verbs.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'

/** A way into the server, as people know it. */
export interface Entry {
  kind: EntryKind
  method: string | undefined
  path: string | undefined
  name: string | undefined
  /** `POST /orders`, `mutation createOrder`, `middleware`, `event chat:send`, `job cleanup`. */
  symbol: string
  site: Site
  handlers: Instance[]
  records: EntryRecord[]
  /** Its handler asks for the verb itself, and this is one of those that it serves. */
  verb?: string
}

/** Routers are not looked for further up than this. */
const FARTHEST_UP = 4

/** Names and places of all entries; registrations of the same handler at the same place are one. */
export class Entries {
  readonly all: Entry[] = []
  readonly byRecord = new Map<EntryRecord, Entry>()
  private readonly mountsOf = new Map<ObjectValue, Analysis['mounts']>()
  private global: string[] | undefined
  private readonly declared = new DeclaredNames()
  private readonly groups: Groups

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {
    for (const mount of a.mounts) {
      const list = this.mountsOf.get(mount.child)
      if (list) list.push(mount)
      else this.mountsOf.set(mount.child, [mount])
    }
    this.groups = new Groups(a)
    const known = new Map<string, Entry>()
    const deployed = deployedFunctions(a.entries)
    const routed = routedFunctions(a.entries)
    const exported = exportedFunctions(a.entries)
    const triggered = deployedFunctions(a.entries.filter((record) => !record.fallback))
    for (const record of a.entries) if ((record.handlers.length > 0 || record.opaque) && !isRepeated(record, record.fallback ? triggered : deployed) && !isWrapping(record, exported) && (!isRouted(record, routed) || isToldByRow(record, a))) this.add(record, known)
  }

  private add(record: EntryRecord, known: Map<string, Entry>): void {
    if (answersAlone(record, record.pathRefs.flatMap((ref) => this.texts(ref)))) Object.assign(record, { model: { ...record.model, kind: 'route' }, alone: true })
    if (record.model.unknownVerb) Object.assign(record, toldByRow(record, this.a))
    if (this.isToldElsewhere(record) || isTestedAway(this.look, record)) return
    const methods = this.methods(record)
    const verbs = record.model.kind === 'route' && methods.join() === 'ALL' ? [servedBy(record), record.route === undefined ? [] : verbsInTable(record.unit.facts)].find((one) => one.length > 0) ?? [] : []
    for (const method of verbs.length > 0 ? verbs : methods) {
      for (const path of this.paths(record)) {
        // Where the paths are not known either, several verbs stay one entry; one alone is all that it serves.
        const told = path !== undefined || verbs.length === 1
        const entry = this.make(record, told ? method : methods[0], path)
        if (verbs.length > 0 && told && method !== undefined) {
          entry.verb = method
          if (!this.byRecord.has(record)) this.byRecord.set(record, verbs.length === 1 ? entry : this.make(record, methods[0], path))
        }
        const key = `${entry.site.file} ${entry.site.start} ${entry.symbol}`
        const same = known.get(key)
        if (same) {
          same.handlers.push(...entry.handlers.filter((h) => !same.handlers.includes(h)))
          same.records.push(record)
        } else {
          known.set(key, entry)
          this.all.push(entry)
        }
        if (!this.byRecord.has(record)) this.byRecord.set(record, same ?? entry)
      }
    }
  }

  /** Code that registers what decorators of the project's own say: those are the routes. */
  private isToldElsewhere(record: EntryRecord): boolean {
    const { kind, unknownVerb, methodFrom } = record.model
    if (kind !== 'route' || (!unknownVerb && methodFrom === undefined) || !hasOwnRoutes(this.a)) return false
    return record.methods.every((method) => method === 'ALL') && this.methodNames(record.methodRef).length === 0 && record.pathRefs.every((ref) => this.texts(ref).length === 0)
  }

  private make(record: EntryRecord, method: string | undefined, path: string | undefined): Entry {
    const { kind } = record.model
    const handlers = [...record.handlers].sort((a, b) => a.order - b.order).map((h) => h.instance)
    const name = record.name ?? (path === undefined && record.site ? this.declared.of(record.unit.facts, record.site) : undefined)
    return { kind, method, path, name, symbol: symbolOf(kind, method, path ?? (name === undefined && isForAll(record) ? '(any path)' : undefined), name), site: this.siteOf(record), handlers, records: [record] }
  }

  private methods(record: EntryRecord): (string | undefined)[] {
    if (record.methods.length > 0) return record.methods
    const named = isOneText(record) ? this.texts(record.methodRef).flatMap((text) => ONE_TEXT.exec(text)?.[1]?.toUpperCase().replace(/^(?:FILE|SOCKET)$/, 'GET') ?? []) : this.methodNames(record.methodRef)
    if (named.length > 0) return named.slice(0, 8)
    return [record.model.methodDefault ?? (record.model.kind === 'route' && !record.model.methodFrom && record.name && /^[A-Z]+$/.test(record.name) ? record.name : record.model.method)]
  }

  /** Methods by name; an enum of a library (`RequestMethod.POST`) by its last word. */
  private methodNames(ref: Ref): string[] {
    const constants = this.constants(ref)
    return [...this.texts(ref), ...constants.filter((name) => /^[A-Z]+$/.test(name))].map((text) => (text === 'any' || text === 'ANY' || text === '*' ? 'ALL' : text.toUpperCase()))
  }

  private constants(ref: Ref): string[] {
    return this.listed(ref).flatMap((value) => (value.kind === 'lib' ? [value.path.split(/[.#]/).pop() ?? ''] : []))
  }

  private texts(ref: Ref): string[] {
    return this.listed(ref).flatMap((value) => (value.kind === 'lit' && typeof value.value === 'string' ? [value.value] : []))
  }

  /** What a place holds, and what lists hold there; a list may hold itself. */
  private listed(ref: Ref, seen = new Set<Ref>()): Value[] {
    if (seen.has(ref)) return []
    seen.add(ref)
    return this.a.of(ref).flatMap((value) => (value.kind === 'object' && value.shape === 'array' ? this.listed(value.holder.fields.get(ELEMENTS) ?? NOTHING, seen) : [value]))
  }

  private paths(record: EntryRecord): (string | undefined)[] {
    if (record.route !== undefined) return [record.route]
    const ofFile = record.model.ofFile ? this.a.fileRoutes.get(record.unit) : undefined
    if (ofFile !== undefined && record.pathRefs.every((ref) => this.texts(ref).length === 0)) return [ofFile]
    const written = record.tail === undefined ? record.pathRefs.map((ref) => this.texts(ref)).find((texts) => texts.length > 0) ?? [] : [record.tail]
    const own = isOneText(record) ? written.map((text) => ONE_TEXT.exec(text)?.[2] ?? text) : written
    if (!UNDER_PREFIX.has(record.model.kind)) return own.length > 0 ? own.slice(0, 6) : [this.holderName(record)]
    if (record.model.kind === 'middleware' && !record.model.method) return own.length > 0 ? own.slice(0, 6) : [undefined]
    const isPage = record.model.kind === 'loader' || record.model.kind === 'page'
    const grouped = this.groups.prefix(record.inst, (group) => this.ownPrefixes(group)[0] ?? '')
    const above = record.recv ? this.prefixes(record.recv, 0).map((prefix) => (prefix === '/' && !isPage ? '' : prefix)) : ['']
    const prefixes = grouped === '' ? above : above.map((prefix) => joinPath(prefix, grouped))
    const bare = own.length === 0 && (record.model.decorator || record.model.ofResult) && record.pathRefs.every((ref) => ref === NOTHING)
    const tails = own.length > 0 ? own : bare || this.isOfRoot(record) ? [''] : [record.pathExpr ? shownPath(record.pathExpr, record.inst) : undefined]
    const unknown = record.model.kind !== 'route'
    return tails.slice(0, 6).flatMap((tail) => prefixes.slice(0, 1).map((prefix) => (tail === undefined && (unknown || prefix === '') ? tail ?? (prefix || undefined) : joinPath(prefix, tail ?? ''))))
  }

  /** `app.route('/').get(…)`: the path is the receiver's alone, and it is the root. */
  private isOfRoot({ recv, pathExpr, pathRefs, model }: EntryRecord): boolean {
    return model.kind === 'route' && pathExpr === undefined && pathRefs.length === 0 && recv !== undefined && this.ownPrefixes(recv)[0] === '/'
  }

  /** `@Processor('mail')`: what the class is said to stand for. */
  private holderName({ recv, model }: EntryRecord): string | undefined {
    return model.kind === 'message' && recv ? (this.mountsOf.get(recv) ?? []).flatMap((mount) => this.texts(mount.path))[0] : undefined
  }

  /** A router and those that it is mounted under, the nearest first, with where that is done. */
  *routersFrom(router: ObjectValue, mounted?: Site, depth = 0): Generator<{ router: ObjectValue; mounted: Site | undefined }> {
    if (depth > FARTHEST_UP) return
    yield { router, mounted }
    for (const { parent, inst, site } of this.mountsOf.get(router) ?? []) {
      if (parent && parent !== router) yield* this.routersFrom(parent, { file: inst.unit.path, start: site.p, end: site.e }, depth + 1)
    }
  }

  /** Paths under which the routes of a router stand: where it is mounted, and what it carries itself. */
  private prefixes(router: ObjectValue, depth: number): string[] {
    if (depth > 6) return ['']
    const own = this.ownPrefixes(router)
    const out = new Set<string>()
    for (const above of this.mountedUnder(router, depth)) for (const part of own) out.add(joinPath(above, part))
    return [...out].slice(0, 4)
  }

  private mountedUnder(router: ObjectValue, depth: number): string[] {
    const mounts = this.mountsOf.get(router) ?? []
    if (mounts.length === 0) return router.recv && router.recv !== router ? this.prefixes(router.recv, depth + 1) : ['']
    const out = new Set<string>()
    const within = mounts.filter(({ parent }) => router.cls && parent?.cls)
    for (const mount of mounts) {
      if (within.includes(mount)) continue
      const texts = this.texts(mount.path).filter((text) => text.length < 200).map((text) => text.replace(/\/\*\*$/, ''))
      const above = within.length > 0 ? within.flatMap(({ parent }) => (parent ? this.prefixes(parent, depth + 1) : [])) : mount.parent && mount.parent !== router ? this.prefixes(mount.parent, depth + 1) : router.cls ? this.globalPrefixes : ['']
      for (const prefix of above) for (const part of texts.length > 0 ? texts : ['']) out.add(joinPath(prefix, part))
    }
    return [...out]
  }

  /** `app.setGlobalPrefix('api')`: above all classes that a container makes. */
  private get globalPrefixes(): string[] {
    return (this.global ??= this.prefixesOfApplications())
  }

  private prefixesOfApplications(): string[] {
    const texts = this.a.objects.flatMap((o) => (o.prefixes && o.path?.includes('INestApplication') ? o.prefixes.flatMap((ref) => this.texts(ref)) : []))
    return texts.length > 0 ? [...new Set(texts)].slice(0, 2) : ['']
  }

  /** Prefix that the object was made with (`new Router({ prefix })`, `app.route('/x')`) or was given later (`router.prefix('/x')`). */
  private ownPrefixes(router: ObjectValue): string[] {
    const later = (router.prefixes ?? []).flatMap((ref) => this.texts(ref))
    if (later.length > 0) return later
    const made = router.prefix ?? (router.path ? this.a.catalog.row(router.path)?.prefix : undefined)
    if (!made || !router.args) return ['']
    const texts = made.split('~').flatMap((path) => this.texts(this.optionAt(router, path))).map(dollars)
    return texts.length > 0 ? texts.slice(0, 2) : ['']
  }

  private optionAt(router: ObjectValue, path: string): Ref {
    const [index, ...names] = path.split('.')
    let ref: Ref = router.args?.[Number(index)] ?? -1
    for (const name of names) ref = this.a.of(ref).flatMap((v) => (v.kind === 'object' ? [v.holder.fields.get(name) ?? -1] : []))[0] ?? -1
    return ref
  }

  // ---------------------------------------------------------------- places

  /** The registration, or the call of a wrapper around it that names path and handler. */
  siteOf(record: EntryRecord): Site {
    if (!record.site || record.site.k === 'this') return { file: record.unit.path, start: record.start, end: record.end }
    const own = overriding(record)
    if (own) return { file: own.unit.path, start: own.fn.q, end: own.fn.q + (own.fn.n?.length ?? 1) }
    let { inst } = record
    let site: Expr = record.site
    if (record.start !== record.site.p) return { file: record.unit.path, start: record.start, end: record.end }
    while (inst.context.site && inst.context.caller && namesNothing(record, site, inst)) {
      site = inst.context.site
      inst = inst.context.caller
    }
    // `export const addNote = action.input(…).handler(…)`: where the chain begins, beside its name.
    const start = site.k === 'call' && site.f.k === 'mem' && !NAMED_CHAINS.has(record.model.kind) ? site.f.q : site.p
    return { file: inst.unit.path, start, end: site.k === 'call' ? site.f.e : site.e }
  }
}

/** Entries that go by the name that the end of a chain of calls is given. */
const NAMED_CHAINS = new Set<string>(['action', 'procedure'])

/** Verbs that a handler of all of them asks for itself, or what it wraps does. */
const servedBy = ({ handlers }: EntryRecord): string[] => {
  const last = [...handlers].sort((a, b) => a.order - b.order).at(-1)?.instance
  let round = last ? [last] : []
  for (let depth = 0; depth < 4 && round.length > 0 && round.length < 12; depth++) {
    for (const { unit, fn } of round) {
      const verbs = verbsOf(unit.facts, fn)
      if (verbs) return verbs.served
    }
    round = round.flatMap(({ callees }) => callees.flatMap(({ to }) => (to.phase === 'startup' ? [] : [to])))
  }
  return []
}

/** A row of a table whose one text says verb and path (`'POST /orders': create`), where the code that registers it cuts the text. */
const toldByRow = ({ inst }: EntryRecord, a: Analysis): Partial<EntryRecord> => {
  for (let at: Instance | undefined = inst; at?.context.site; at = at.context.caller) {
    const row = at.context.site
    const parts = row.k === 'arr' ? row.x : row.k === 'obj' ? row.m.map(({ v }) => v) : [row]
    for (const part of parts) {
      const [, verb, path] = part.k === 'lit' && typeof part.v === 'string' ? VERB_AND_PATH.exec(part.v) ?? [] : []
      if (verb !== undefined && path !== undefined) return { methods: [/^(all|any|use)$/i.test(verb) ? 'ALL' : verb.toUpperCase()], tail: path, ...(row.k === 'lit' && placeOfRouteKey(a, String(row.v))) }
    }
  }
  return {}
}

/** It says more than a computed verb: one maker of handlers may make those of many routes. */
const isToldByRow = (record: EntryRecord, a: Analysis): boolean => record.model.unknownVerb === true && toldByRow(record, a).tail !== undefined

const VERB_AND_PATH = /^(get|post|put|patch|delete|head|options|all|any)[\s:]+(\/\S*)$/i

const ONE_TEXT = /^[+-]?(get|post|put|patch|delete|head|options|all|file|socket)\s+([/#*?]\S*)/i

/** The same argument says verb and path (`ROUTE('POST /orders', create)`). */
const isOneText = ({ model }: EntryRecord): boolean => model.methodFrom !== undefined && model.methodFrom === model.path

/** Functions that a deployment file names as handlers of events. */
const deployedFunctions = (entries: EntryRecord[]): Set<FnFact> => new Set(entries.flatMap((record) => (record.deployed ? record.handlers.map(({ instance }) => instance.fn) : [])))

/** A function that only looks like a handler by its name or wrapper, and of which a deployment file says more. */
const isRepeated = (record: EntryRecord, deployed: Set<FnFact>): boolean =>
  record.model.kind === 'lambda' && (!record.deployed || record.fallback === true) && record.model.path === undefined && record.handlers.every(({ instance }) => deployed.has(instance.fn))

/** Handlers that go by the name of their export. */
const exportedFunctions = (entries: EntryRecord[]): Set<FnFact> => new Set(entries.flatMap((record) => (record.model.kind === 'lambda' && record.name !== undefined ? record.handlers.map(({ instance }) => instance.fn) : [])))

/** `export const handler = middy(fn)`: the wrapper tells of the same handler again, without a name. */
const isWrapping = (record: EntryRecord, exported: Set<FnFact>): boolean =>
  record.model.kind === 'lambda' && record.name === undefined && record.model.path === undefined && record.handlers.length > 0 && record.handlers.every(({ instance }) => exported.has(instance.fn))

/** A consumer that a base class registers and an abstract method of each subclass answers: that method. */
const overriding = ({ inst, handlers }: EntryRecord): Instance | undefined => {
  const [handler] = handlers
  let method: Instance | undefined = inst
  while (method?.fn.kind === 'arrow' && method.env) method = method.env
  const cls = method?.fn.cls === undefined ? undefined : method.unit.facts.classes[method.fn.cls]
  if (!cls || !handler || handlers.length > 1) return undefined
  const abstract = cls.methods.filter((one) => one.abstract).map((one) => one.n)
  const found = handler.instance.callees.flatMap(({ site, to }) => (site.k === 'call' && site.f.k === 'mem' && site.f.o.k === 'this' && abstract.includes(site.f.n) ? [to] : []))
  return new Set(found).size === 1 ? found[0] : undefined
}

/** Handlers of routes that are written down. */
const routedFunctions = (entries: EntryRecord[]): Set<FnFact> => new Set(entries.flatMap((record) => (record.model.kind === 'route' && !isVague(record) ? record.handlers.map(({ instance }) => instance.fn) : [])))

/** Its place or a computed verb says that there is a route, and little of which. */
const isVague = (record: EntryRecord): boolean => record.byPlace === true || record.model.unknownVerb === true

const isRouted = (record: EntryRecord, routed: Set<FnFact>): boolean => isVague(record) && record.handlers.every(({ instance }) => routed.has(instance.fn))

/** Kinds whose paths stand under those of routers and applications. */
const UNDER_PREFIX = new Set<EntryKind>(['route', 'page', 'loader', 'lambda', 'middleware'])

/** Does a registration leave path and handler to its caller: a path from a parameter, and no function of its own? */
const namesNothing = (record: EntryRecord, site: Expr, inst: Instance): boolean => {
  if (site.k === 'obj') return site.m.some((m) => isParameter(m.v, inst)) && !site.m.some((m) => isConcrete(m.v))
  if (site.k !== 'call' && site.k !== 'new') return false
  if (site.a.length === 0) return false
  const path = site === record.site ? record.pathExpr ?? site.a[0] : undefined
  const given = path !== undefined && (path.k === 'ref' || path.k === 'mem' || path.k === 'elem')
  // A row of a table of routes names them; and a function that is written here is only an adapter where the path is all the caller's.
  if (given && (inst.context.site?.k === 'obj' || inst.context.site?.k === 'arr')) return true
  if (site.a.some((x) => x.k === 'fn') && !(given && isParameter(path, inst))) return false
  return path === undefined ? !site.a.some(isConcrete) : isParameter(path, inst)
}

/** `const [router, verb, path] = args` */
const isTakenApart = (binding: number, inst: Instance): boolean =>
  inst.fn.body.some((s) => s.k === 'var' && s.d.some(({ t, i }) => i?.k === 'ref' && t.k !== 'bind' && inst.unit.facts.bindings[i.b]?.kind === 'param' && boundBy(t).has(binding)))

const isParameter = (x: Expr, inst: Instance): boolean => {
  if (x.k === 'ref') return inst.unit.facts.bindings[x.b]?.kind === 'param' || isTakenApart(x.b, inst)
  if (x.k === 'mem' || x.k === 'elem') return isParameter(x.o, inst)
  return x.k === 'tpl' && x.x.some((part) => isParameter(part, inst))
}

/** A path, a function or a method: what a route is called by where it is written. */
const isConcrete = (x: Expr): boolean => {
  if (x.k === 'lit') return typeof x.v === 'string' && !/^(get|post|put|patch|delete|all|head|options)$/i.test(x.v)
  if (x.k === 'obj') return x.m.some((m) => isConcrete(m.v))
  return x.k === 'tpl' || x.k === 'fn' || (x.k === 'mem' && x.o.k === 'this')
}

/** `/${base}/items` or `base + '/items'` with an unknown part, a pattern, or the first of a list of such: what is written, the unknown part by its name. */
const shownPath = (x: Expr, inst: Instance): string => {
  const first = x.k === 'arr' ? x.x[0] : x
  if (first?.k === 're') return first.v.replace(/^\/|\/\w*$/g, '').replaceAll('\\/', '/')
  // `app.get(routes.backup, …)` of a table that nobody can read: by the name that it has there.
  return first && ((first.k === 'tpl' && !first.tag) || isSum(first) || (first.k === 'mem' && !isParameter(first, inst))) ? shown(first, inst) : ''
}

const isSum = (x: Expr): boolean => x.k === 'bin' && x.op === '+' && [x.l, x.r].some((part) => (part.k === 'lit' && String(part.v).includes('/')) || isSum(part))

const shown = (x: Expr, inst: Instance): string => {
  if (x.k === 'lit') return String(x.v)
  if (x.k === 'bin') return shown(x.l, inst) + shown(x.r, inst)
  if (x.k === 'tpl') return x.q.map((q, i) => (x.x[i] ? q + shown(x.x[i], inst) : q)).join('')
  return `:${(x.k === 'mem' ? x.n : x.k === 'ref' ? inst.unit.facts.bindings[x.b]?.n : undefined) ?? 'x'}`
}

/** `/posts/$id` → `/posts/:id`, `/files/$` → `/files/*`: parameters as TanStack writes them. */
const dollars = (path: string): string => path.replace(/\/\$(\w*)/g, (_, name: string) => (name === '' ? '/*' : `/:${name}`))

const joinPath = (prefix: string, path: string): string => {
  const joined = `/${prefix}/${path}`.replace(/\/+/g, '/')
  return joined.length > 1 ? joined.replace(/\/$/, '') : joined
}

/** SvelteKit tells the actions of a page apart by the query: `POST /login?/register`. */
const formOf = (name: string | undefined): string => (name === undefined || name === 'action' || name === 'default' ? '' : `?/${name}`)

/** `http.createServer((req, res) => …)`: there is nowhere that a path could be said. */
const isForAll = ({ model: { kind, path, decorator, ofFile }, pathRefs }: EntryRecord): boolean => kind === 'route' && path === undefined && !decorator && !ofFile && pathRefs.every((ref) => ref === NOTHING)

const symbolOf = (kind: EntryKind, method: string | undefined, path: string | undefined, name: string | undefined): string => {
  const short = name?.split('.').pop()
  switch (kind) {
    case 'route': case 'loader': case 'page': return `${method ?? (kind === 'route' ? 'ALL' : 'GET')} ${path ?? (kind === 'route' ? name?.replace(/^default\./, '') : name) ?? '(unknown path)'}`
    case 'lambda': return method && path ? `${method} ${path}` : `lambda ${name ?? path ?? 'handler'}`
    case 'resolver': return `${method === 'MUTATION' ? 'mutation' : method === 'SUBSCRIPTION' ? 'subscription' : 'query'} ${path ?? short ?? ''}`.trim()
    case 'procedure': return `procedure ${short ?? (method && path ? `${method} ${path}` : path) ?? ''}`.trim()
    case 'action': return path && method ? `${method} ${path}${formOf(short)}` : `action ${short ?? path ?? ''}`.trim()
    case 'socket': return `event ${path ?? short ?? ''}`.trim()
    case 'message': return `message ${path ?? short ?? ''}`.trim()
    case 'job': return `job ${path ?? short ?? ''}`.trim()
    case 'middleware': case 'hook': return path && path !== '/' ? `${kind} ${path}` : name ? `${kind} ${short}` : kind
  }
}
