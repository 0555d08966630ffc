import type { EntryRecord, LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Value } from '../link/values.js'
import { childrenOf, eachExpression } from '../link/shape.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { SharedPrivate } from './caching-queries.js'
import { type KeptPaths, ofNextConfig, ofNitro, ofProxy } from './cached-routes.js'
import type { Program } from './program.js'

/** What tells who the caller is. */
export interface Callers {
  identityIn(inst: Instance, body: FnFact['body']): Expr | undefined
  tells(inst: Instance, x: Expr): boolean
  /** Where what stands before a handler turns callers away by who they are. */
  guardOf(entry: EntryRecord, inst: Instance): Site | undefined
  /** The handler itself says that its answer is for the caller alone. */
  answersPrivately(inst: Instance): boolean
}

const MEMO = 'next/cache#unstable_cache'
const CACHED_HANDLER = /#(defineCachedEventHandler|cachedEventHandler|defineCachedHandler)$/

/** Answers that a cache of the framework keeps for everybody although who asked decided them: its key does not say who. */
export function keptAnswers(program: Program, callers: Callers): SharedPrivate[] {
  const seen = new Set<Expr>()
  return [...ofConfiguration(program, callers), ...program.a.calls.flatMap((call) => {
    if (seen.has(call.site)) return []
    const found = call.path === MEMO ? closedOver(program, callers, call) : CACHED_HANDLER.test(call.path) ? ofHandler(program, callers, call) : undefined
    if (!found) return []
    seen.add(call.site)
    return [found]
  })]
}

/** Routes that a configuration keeps for everybody, although their handlers read who asks. One finding a line of it. */
function ofConfiguration(program: Program, callers: Callers): SharedPrivate[] {
  const kept: KeptPaths[] = [
    ...program.libraries.nitro.routes().filter(({ varies }) => !varies).map(ofNitro),
    ...ofNextConfig(program.a.units),
    ...program.deploy.proxyCaches().flatMap(ofProxy),
    ...ofPlugins(program),
  ]
  if (kept.length === 0) return []
  return kept.flatMap(({ at, header, takesIn, app }) => program.entries.flatMap((entry): SharedPrivate[] => {
    const { path, kind, method } = entry
    if (path === undefined || kind === 'middleware' || !/^(GET|ALL|HEAD)?$/.test(method ?? '') || !takesIn(path, kind) || (app && !entry.records.some(({ recv }) => recv && [...program.entryList.routersFrom(recv)].some(({ router }) => router === app)))) return []
    const handler = entry.handlers.at(-1)
    const identity = handler && callers.identityIn(handler, handler.fn.body)
    const read = handler && (identity ? program.siteOf(handler, identity) : entry.records.flatMap((record) => callers.guardOf(record, handler) ?? [])[0])
    if (!read || callers.answersPrivately(handler)) return []
    return [{ at, header, entry: entry.symbol, identity: read, trace: [{ message: `${entry.symbol} reads who the caller is`, site: read }], kept: true }]
  }).slice(0, 1))
}


/** Plugins that mark every response as their `privacy` says. */
const MARKS_ALL = /^@?fastify[/-]caching#.*\(register\)$/

function ofPlugins(program: Program): KeptPaths[] {
  const isPublic = (value: Value): boolean => (value.kind === 'lib' ? value.path.endsWith('.PUBLIC') : value.kind === 'lit' && value.value === 'public')
  return program.a.calls.filter((call) => MARKS_ALL.test(call.path) && program.argument(call, '0.privacy').some(isPublic))
    .map((call) => ({ at: program.callSite(call), header: 'Cache-Control of @fastify/caching', takesIn: () => true, ...(call.recv?.kind === 'object' && { app: call.recv }) }))
}

/** `unstable_cache(() => ordersOf(user.id), ['orders'])`: arguments are part of the key, what the function closes over is not. */
function closedOver(program: Program, callers: Callers, { inst, site }: LibraryCall): SharedPrivate | undefined {
  const way = site.k === 'call' && inst.phase === 'request' ? program.reach.way(inst) : undefined
  const [made, key] = site.k === 'call' ? site.a : []
  if (!way?.entry || made?.k !== 'fn') return undefined
  const fn = inst.unit.facts.functions[made.f]
  const inKey = key ? bindingsIn(key) : new Set<number>()
  const used = fn && freeIn(fn, made.f, inst).find((x) => !inKey.has(x.b) && callers.tells(inst, x))
  return used && shared(program, inst, site, used, 'unstable_cache', program.origin(way), program.steps(way, { message: 'keeps the answer with unstable_cache', site: program.siteOf(inst, site) }))
}

type Reference = Expr & { k: 'ref' }

/** References of a function to locals and parameters of the functions around it. */
function freeIn(fn: FnFact, id: number, inst: Instance): Reference[] {
  const found: Reference[] = []
  const { bindings } = inst.unit.facts
  eachExpression(fn.body, (x) => {
    const owner = x.k === 'ref' ? bindings[x.b]?.f : undefined
    if (x.k === 'ref' && owner !== undefined && owner !== 0 && owner !== id) found.push(x)
  })
  return found
}

function bindingsIn(x: Expr, into = new Set<number>()): Set<number> {
  if (x.k === 'ref') into.add(x.b)
  for (const child of childrenOf(x)) bindingsIn(child, into)
  return into
}

/** A cached handler of Nitro: the path is its key, unless `varies` or `getKey` adds who asks. */
function ofHandler(program: Program, callers: Callers, { inst, site, path }: LibraryCall): SharedPrivate | undefined {
  const [made, options] = site.k === 'call' ? site.a : []
  if (made?.k !== 'fn' || (options && tellsApart(options))) return undefined
  const handler = program.a.instances.find((one) => one.unit === inst.unit && one.fn === inst.unit.facts.functions[made.f] && one.phase === 'request')
  const way = handler && program.reach.way(handler)
  const identity = handler && callers.identityIn(handler, handler.fn.body)
  if (!handler || !way?.entry || !identity) return undefined
  return shared(program, handler, identity, identity, path.slice(path.indexOf('#') + 1), program.origin(way), program.steps(way, { message: 'reads who the caller is', site: program.siteOf(handler, identity) }), program.siteOf(inst, site))
}

const tellsApart = (options: Expr): boolean => options.k !== 'obj' || options.m.some(({ n, kind }) => kind === 'spread' || n === 'varies' || n === 'getKey' || n === 'shouldBypassCache')

function shared(program: Program, inst: Instance, site: Expr, identity: Expr, header: string, entry: string, trace: SharedPrivate['trace'], at = program.siteOf(inst, site)): SharedPrivate {
  return { at, header, entry, identity: program.siteOf(inst, identity), trace, kept: true }
}
