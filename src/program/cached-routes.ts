import type { ObjectValue } from '../link/values.js'
import type { Unit } from '../link/instances.js'
import { eachExpression, memberOf } from '../link/shape.js'
import type { ProxyCacheFact } from '../model/deploy.js'
import type { Expr } from '../model/facts.js'
import type { Site } from '../model/site.js'
import { type CachedRoute, takesIn } from './nitro-config.js'

/** Answers of some paths that are kept for everybody, by a cache in front of the handler or in the framework. */
export interface KeptPaths {
  at: Site
  /** For people: what keeps them. */
  header: string
  takesIn(path: string, kind: string): boolean
  /** Only what is registered at this application, or below it. */
  app?: ObjectValue
}

export function ofNitro({ pattern, by, at }: CachedRoute): KeptPaths {
  return { at, header: by === 'header' ? 'a header of `routeRules`' : `\`${by}\` of \`routeRules\``, takesIn: (path) => takesIn(pattern, path) }
}

// ------------------------------------------------------------------ nginx

/** `proxy_cache` of a location: answers to GET are kept under the address alone. */
export function ofProxy(fact: ProxyCacheFact): KeptPaths[] {
  const { location, kept, identity, profile } = fact
  if (identity || !kept || !location || profile === 'development' || profile === 'test') return []
  return [{ at: fact.site, header: '`proxy_cache` of nginx', takesIn: (path) => inLocation(location, path) }]
}

function inLocation({ match, path: own, except, upstream }: NonNullable<ProxyCacheFact['location']>, path: string): boolean {
  // What is asked for in front: the handler sees it without the prefix where `proxy_pass` has a path.
  const asked = upstream === undefined ? path : path.startsWith(upstream) ? own + path.slice(upstream.length) : undefined
  if (asked === undefined || except.some((other) => asked.startsWith(other))) return false
  if (match === 'exact') return asked === own
  if (match === 'prefix') return asked.startsWith(own)
  try {
    return new RegExp(own, match === 'insensitive' ? 'i' : '').test(asked)
  } catch {
    return false
  }
}

// ------------------------------------------------------------------ headers of next.config

const NEXT_CONFIG = /(^|\/)next\.config\.[cm]?[jt]s$/
const CDN_HEADER = /^((vercel-)?cdn-cache-control|[a-z]+-cdn-cache-control|surrogate-control)$/i
const PRIVATE = /\b(private|no-store|no-cache)\b/

/** `headers()` of next.config: those for caches in between. Pages set `Cache-Control` themselves, whatever it says there. */
export function ofNextConfig(units: readonly Unit[]): KeptPaths[] {
  return units.filter(({ path }) => NEXT_CONFIG.test(path)).flatMap((unit) => unit.facts.functions.flatMap(({ body }) => {
    const found: KeptPaths[] = []
    eachExpression(body, (x) => { if (x.k === 'obj') found.push(...rowOf(unit, x)) })
    return found
  }))
}

type ObjectExpr = Expr & { k: 'obj' }

function rowOf(unit: Unit, row: ObjectExpr): KeptPaths[] {
  const source = textOf(memberOf(row, 'source'))
  const headers = memberOf(row, 'headers')
  // `has` and `missing` tell callers apart.
  if (source === undefined || headers?.k !== 'arr' || memberOf(row, 'has') || memberOf(row, 'missing')) return []
  const rows = headers.x.filter((one): one is ObjectExpr => one.k === 'obj')
  if (rows.some((one) => /^vary$/i.test(textOf(memberOf(one, 'key')) ?? ''))) return []
  return rows.flatMap((one) => {
    const key = textOf(memberOf(one, 'key')) ?? ''
    const text = textOf(memberOf(one, 'value')) ?? ''
    const cdn = CDN_HEADER.test(key)
    const shared = cdn ? /\b(s-maxage|max-age)=[1-9]/.test(text) : /^cache-control$/i.test(key) && (/\bs-maxage=[1-9]/.test(text) || (/\bpublic\b/.test(text) && /\bmax-age=[1-9]/.test(text)))
    if (!shared || PRIVATE.test(text)) return []
    const matches = pathPattern(source)
    return [{ at: { file: unit.path, start: one.p, end: one.e }, header: `${key} of next.config`, takesIn: (path: string, kind: string) => (cdn || kind === 'route') && matches.test(path) }]
  })
}

const textOf = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : x?.k === 'tpl' && x.x.length === 0 ? x.q.join('') : undefined)

/** `/api/:path*`, `/blog/:slug`, `/(.*)` as an expression. */
function pathPattern(source: string): RegExp {
  const text = source.replace(/\/:\w+\*/g, '(?:/.*)?').replace(/:\w+\+/g, '.+').replace(/:\w+(\([^)]*\))/g, '$1').replace(/:\w+/g, '[^/]+')
  try {
    return new RegExp(`^${text}/?$`)
  } catch {
    return /^\b$/
  }
}
