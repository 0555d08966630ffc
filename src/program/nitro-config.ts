import { configurationOf } from '../link/config-texts.js'
import type { Unit } from '../link/instances.js'
import type { Expr } from '../model/facts.js'
import type { Site } from '../model/site.js'

/** Answers of these routes are kept, by Nitro's own cache (`swr`, `cache`) or by caches between (`isr`, a header). */
export interface CachedRoute {
  pattern: string
  by: 'swr' | 'cache' | 'isr' | 'header'
  /** Does its key say more than the path? */
  varies: boolean
  at: Site
}

type Props = (Expr & { k: 'obj' })['m']

const CONFIG = /(^|\/)(nuxt|nitro|app)\.config\.[cm]?[jt]s$/
/** Connectors of db0 whose database is a file beside the process. */
const LOCAL = /^(?:(?:better-)?sqlite3?|(?:node|bun)-sqlite|bun|pglite)$/
const MEMORY = /^(memory|lru-?cache)$/i
const PUBLIC = /\bpublic\b|\bs-maxage=[1-9]/
const PRIVATE = /\b(private|no-store|no-cache)\b|\bmax-age=0\b/

/** What the configuration of Nitro (or Nuxt, or what stands on them) says of caching. */
export class NitroConfig {
  private readonly objects: { unit: Unit; props: Props }[]

  constructor(units: Unit[]) {
    this.objects = units.filter(({ path }) => CONFIG.test(path)).flatMap((unit) => configured(unit).map((props) => ({ unit, props })))
  }

  routes(): CachedRoute[] {
    return this.objects.flatMap(({ unit, props }) => members(value(props, 'routeRules')).flatMap(({ n, v, q }) => {
      const rule = n === undefined ? undefined : keptBy(members(v))
      return n !== undefined && rule ? [{ pattern: n, ...rule, at: { file: unit.path, start: q, end: v.e } }] : []
    }))
  }

  /** Is the database of this name a server's? Without a connector it is a file. */
  hasServer(name: string): boolean {
    const connectors = this.objects.flatMap(({ props }) => textOf(value(members(value(members(value(props, 'database')), name)), 'connector')) ?? [])
    return connectors.length > 0 && !connectors.some((connector) => LOCAL.test(connector))
  }

  /** Is a mount of the storage given a driver that is no memory? */
  hasDriver(...mounts: string[]): boolean {
    return this.objects.some(({ props }) => members(value(props, 'storage')).some(({ n, v }) => {
      return (mounts.length === 0 || (n !== undefined && mounts.includes(nameOf(n)))) && isDriven(v)
    }))
  }
}

/** `/cache/gh`, `cache:gh` */
const nameOf = (mount: string): string => mount.replaceAll(':', '/').replace(/^\//, '')

/** `onVercel ? { driver: 'upstash' } : { driver: 'redis' }`: a driver that is no memory, whichever it is. */
const isDriven = (x: Expr): boolean => {
  if (x.k === 'cond') return isDriven(x.c) && isDriven(x.a)
  const driver = textOf(value(members(x), 'driver'))
  return driver !== undefined && !MEMORY.test(driver)
}

/** The configuration itself, and its parts that are Nitro's. */
function configured(unit: Unit): Props[] {
  const whole = members(configurationOf(unit))
  return [whole, ...['nitro', 'server'].map((name) => members(value(whole, name)))].filter((props) => props.length > 0)
}

const members = (x: Expr | undefined): Props => (x?.k === 'obj' ? x.m : [])
const value = (props: Props, name: string): Expr | undefined => props.find(({ n }) => n === name)?.v
const textOf = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : undefined)
const isOn = (x: Expr | undefined): boolean => x !== undefined && !(x.k === 'lit' && (x.v === false || x.v === null || x.v === undefined))

function keptBy(rule: Props): Pick<CachedRoute, 'by' | 'varies'> | undefined {
  const cache = value(rule, 'cache')
  const varies = members(cache).some(({ n }) => n === 'varies' || n === 'getKey' || n === 'shouldBypassCache')
  if (cache?.k === 'lit' && cache.v === false) return undefined
  for (const by of ['swr', 'cache', 'isr'] as const) if (isOn(value(rule, by))) return { by, varies }
  const header = members(value(rule, 'headers')).find(({ n }) => /^(cdn-|[a-z]+-cdn-)?cache-control$/i.test(n ?? ''))
  const text = textOf(header?.v)
  const vary = members(value(rule, 'headers')).some(({ n }) => /^vary$/i.test(n ?? ''))
  return text !== undefined && PUBLIC.test(text) && !PRIVATE.test(text) ? { by: 'header', varies: vary } : undefined
}

/** Does a pattern of rules (`/api/**`) take in a path? */
export function takesIn(pattern: string, path: string): boolean {
  const source = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\/\*\*$/, '(?:/.*)?').replace(/\*\*/g, '.*').replace(/(?<![.)])\*/g, '[^/]*')
  return new RegExp(`^${source}/?$`).test(path.startsWith('/') ? path : `/${path}`)
}
