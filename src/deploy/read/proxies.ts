import type { AffinityFact, DeployFormat, ProxyCacheFact, ServiceRole } from '../../model/deploy.js'
import { wordLines } from '../lex/lines.js'
import type { Line } from '../lex/lines.js'
import { parseNginx, walkNginx } from '../lex/nginx.js'
import type { NginxDirective } from '../lex/nginx.js'
import { isBackingPort, roleOf } from '../roles.js'
import { factBase } from '../source.js'
import type { Reading } from '../source.js'
import { clientAddress, hashPin } from './annotations.js'

type Pin = Pick<AffinityFact, 'by' | 'what'>
const cookie = (name?: string): Pin => ({ by: 'cookie', what: name ? `the cookie "${name}"` : 'a cookie' })

function pinned(reading: Reading, format: DeployFormat, span: { start: number; end: number }, key: string, pin: Pin, workload: string | undefined, role: ServiceRole): void {
  reading.facts.push({ kind: 'affinity', ...factBase(reading, format, span, key, workload, role), ...pin })
}

/** nginx: affinity of upstreams, their servers as replicas, proxy caches. */
export function readNginx(reading: Reading): void {
  const { directives, errors } = parseNginx(reading.source.text)
  for (const error of errors) reading.unread(error.message, error.at)
  for (const { directive, holders } of walkNginx(directives)) {
    if (directive.name === 'upstream' && directive.block) readUpstream(reading, directive, holders)
    if (directive.name === 'proxy_cache') readProxyCache(reading, directive, holders)
  }
}

function readUpstream(reading: Reading, upstream: NginxDirective, holders: NginxDirective[]): void {
  const name = upstream.args[0]?.text
  const servers = (upstream.block ?? []).filter((inner) => inner.name === 'server')
  const backing = servers.some((server) => isBackingPort(/:(\d+)$/.exec(server.args[0]?.text ?? '')?.[1] ?? ''))
  const byName = roleOf(undefined, name)
  const role = backing || (holders.some((holder) => holder.name === 'stream') && byName !== 'app') ? 'database' : byName === 'proxy' ? 'app' : byName
  for (const inner of upstream.block ?? []) {
    const pin = nginxPin(inner)
    if (pin) pinned(reading, 'nginx', inner, inner.name, pin, name, role)
  }
  const first = servers[0]
  const running = servers.filter((server) => !server.args.some((arg) => arg.text === 'backup' || arg.text === 'down'))
  if (first && running.length > 1) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'nginx', first, 'server', name, role), count: running.length, autoscaled: false })
}

function nginxPin({ name, args }: NginxDirective): Pin | undefined {
  const first = args[0]?.text ?? ''
  if (name === 'ip_hash') return clientAddress
  if (name === 'sticky') return cookie(first === 'cookie' ? args[1]?.text : undefined)
  const isClient = /\$(\{)?(binary_)?remote_addr|\$cookie_|\$arg_|\$http_(?!host\b)|forwarded_for|real_ip/i.test(first)
  return name === 'hash' && isClient ? hashPin(first) : undefined
}

const IDENTITY = /\$(cookie_|http_(cookie|authorization)|remote_user|jwt_|arg_token)|\$http_x_(user|auth|session)/i

function readProxyCache(reading: Reading, directive: NginxDirective, holders: NginxDirective[]): void {
  const zone = directive.args[0]?.text ?? ''
  if (zone === 'off') return
  const siblings = holders.flatMap((holder) => holder.block ?? [])
  const all = (name: string) => siblings.filter((inner) => inner.name === name)
  const key = siblings.filter((inner) => inner.name === 'proxy_cache_key').at(-1)?.args.map((arg) => arg.text).join(' ')
  const bypass = siblings.filter((inner) => inner.name === 'proxy_cache_bypass' || inner.name === 'proxy_no_cache').flatMap((inner) => inner.args.map((arg) => arg.text)).join(' ')
  const base = factBase(reading, 'nginx', directive, 'proxy_cache', undefined, 'proxy')
  reading.facts.push({ kind: 'proxy-cache', ...base, zone, ...(key ? { cacheKey: key } : {}), kept: all('proxy_cache_valid').some((inner) => !inner.args.some((arg) => arg.text === '0')), ...locationOf(holders), identity: IDENTITY.test(`${key ?? ''} ${bypass}`) })
}

type ProxyLocation = NonNullable<ProxyCacheFact['location']>
const MATCHES: Readonly<Record<string, ProxyLocation['match']>> = { '=': 'exact', '~': 'regex', '~*': 'insensitive', '^~': 'prefix' }

function pathOf({ args }: NginxDirective): Pick<ProxyLocation, 'match' | 'path'> | undefined {
  const [first, second] = args.map((arg) => arg.text)
  if (first === undefined || first.startsWith('@')) return undefined
  const match = MATCHES[first]
  return match && second !== undefined ? { match, path: second } : { match: 'prefix', path: first }
}

/** The addresses of the location that holds a directive; those of locations that are more exact, and know nothing of it, are not among them. */
function locationOf(holders: NginxDirective[]): { location?: ProxyLocation } {
  const own = holders.findLast(({ name }) => name === 'location')
  const server = holders.findLast(({ name }) => name === 'server')
  const place = own ? pathOf(own) : { match: 'prefix' as const, path: '/' }
  if (!place || !server) return {}
  const others = (server.block ?? []).filter((inner) => inner.name === 'location' && inner !== own && (own !== undefined || inner.block?.some(({ name }) => name === 'proxy_cache')))
  const except = others.flatMap((other) => pathOf(other) ?? []).filter(({ match, path }) => match !== 'regex' && match !== 'insensitive' && path.length > place.path.length).map(({ path }) => path)
  const passed = /^https?:\/\/[^/]+(\/.*)$/.exec(own?.block?.find(({ name }) => name === 'proxy_pass')?.args[0]?.text ?? '')?.[1]
  return { location: { ...place, except, ...(passed !== undefined && place.match === 'prefix' ? { upstream: passed } : {}) } }
}

/** HAProxy: what its backends stick to. A stick table that only counts requests pins nobody. */
export function readHaproxy(reading: Reading): void {
  let workload: string | undefined
  let role: ServiceRole = 'app'
  for (const line of wordLines(reading.source.text)) {
    const [first, second] = line.words.map((word) => word.text)
    if (/^(global|defaults|frontend|backend|listen|peers|resolvers|userlist|cache|program)$/.test(first ?? '')) {
      workload = second
      role = sectionRole(second)
      continue
    }
    const pin = haproxyPin(line)
    if (pin) pinned(reading, 'haproxy', line, [first, second].join(' '), pin, workload, role)
  }
}

function sectionRole(name: string | undefined): ServiceRole {
  const role = roleOf(undefined, name)
  return role === 'proxy' || role === 'other' ? 'app' : role
}

function haproxyPin(line: Line): Pin | undefined {
  const [first = '', second = '', third = '', ...rest] = line.words.map((word) => word.text)
  if (first === 'cookie' && [third, ...rest].some((word) => /^(insert|prefix|rewrite)$/.test(word))) return cookie(second)
  if (first === 'appsession') return cookie(second)
  if (first === 'stick' && /^(on|match|store-request)$/.test(second)) return sampled(third)
  if (first === 'balance' && second === 'source') return clientAddress
  return first === 'balance' && /^(hdr|rdp-cookie)/.test(second) ? sampled(second) : undefined
}

function sampled(sample: string): Pin {
  const name = /\(([^),]+)/.exec(sample)?.[1]
  if (/cookie/.test(sample)) return cookie(name)
  return sample.startsWith('src') ? clientAddress : { by: 'header', what: name ? `the header "${name}"` : sample }
}

/** Caddyfile: `lb_policy` of `reverse_proxy`. */
export function readCaddyfile(reading: Reading): void {
  for (const line of wordLines(reading.source.text)) {
    const [first, policy = '', name] = line.words.map((word) => word.text)
    if (first !== 'lb_policy') continue
    const pin = caddyPin(policy, name)
    if (pin) pinned(reading, 'caddy', line, `lb_policy ${policy}`, pin, undefined, 'app')
  }
}

function caddyPin(policy: string, name: string | undefined): Pin | undefined {
  if (policy === 'ip_hash' || policy === 'client_ip_hash') return clientAddress
  if (policy === 'cookie') return cookie(name === '{' ? undefined : name)
  if (policy === 'header') return { by: 'header', what: `the header "${name ?? ''}"` }
  return policy === 'query' ? { by: 'query', what: `the parameter "${name ?? ''}"` } : undefined
}

/** Apache: `stickysession=` of a balancer. */
export function readApache(reading: Reading): void {
  for (const line of wordLines(reading.source.text)) {
    const word = line.words.find((candidate) => /^stickysession=./i.test(candidate.text))
    if (word) pinned(reading, 'apache', line, 'stickysession', cookie(word.text.split(/[=|]/)[1]), undefined, 'app')
  }
}
