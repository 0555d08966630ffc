import type { DeployFormat, PlatformFact } from '../../model/deploy.js'
import { holdsOf } from '../mounts.js'
import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entriesAt, entryAt, isTrue, itemsAt, numberAt, textAt } from '../tree.js'
import type { Entry, Tree } from '../tree.js'

type Span = { start: number; end: number }

function platform(reading: Reading, format: DeployFormat, span: Span, key: string, kind: PlatformFact['platform'], name: string): void {
  if (/(^|\/)(docs?|website|www|frontend|client|storybook)\//.test(reading.source.path)) return
  reading.facts.push({ kind: 'platform', ...factBase(reading, format, span, key), platform: kind, name })
}

function environment(reading: Reading, format: DeployFormat, tree: Tree | undefined, workload?: string): void {
  for (const entry of entriesAt(tree)) if (entry.value.kind === 'scalar') reading.facts.push(envFact(reading, format, entrySpan(entry), entry.key, textAt(entry.value), workload))
}

function disk(reading: Reading, format: DeployFormat, span: Span, key: string, target: string, workload?: string): void {
  reading.facts.push({ kind: 'volume', ...factBase(reading, format, span, key, workload), volume: 'disk', target, readOnly: false, holds: holdsOf(undefined, target, false), owner: 'machine' })
}

function limits(reading: Reading, format: DeployFormat, entry: Entry | undefined, min: number | undefined, workload?: string): void {
  const max = numberAt(entry?.value)
  if (!entry || max === undefined) return
  reading.facts.push({ kind: 'replicas', ...factBase(reading, format, entrySpan(entry), entry.key, workload), max, ...(min === undefined ? {} : { min }), autoscaled: true, ...(max === 1 ? { pinned: 'scaling stops at one instance' } : {}) })
}

function count(reading: Reading, format: DeployFormat, entry: Entry | undefined, workload?: string): void {
  const number = numberAt(entry?.value)
  if (entry && number !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, format, entrySpan(entry), entry.key, workload), count: number, autoscaled: false })
}

/** fly.toml: volumes belong to one machine; `min_machines_running` says how many stay up. */
export function readFly(reading: Reading, tree: Tree): void {
  const app = entryAt(tree, 'app')
  platform(reading, 'fly', app ? entrySpan(app) : { start: 0, end: 0 }, 'app', 'paas', 'Fly')
  const mounts = entryAt(tree, 'mounts') ?? entryAt(tree, 'mount')
  for (const item of itemsAt(mounts?.value)) disk(reading, 'fly', item.kind === 'map' && mounts?.value.kind === 'list' ? item : mounts ?? item, 'mounts', textAt(item, 'destination') ?? '')
  for (const service of [...itemsAt(tree, 'http_service'), ...itemsAt(tree, 'services')]) {
    const entry = entryAt(service, 'min_machines_running')
    const min = numberAt(entry?.value)
    if (entry && min !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'fly', entrySpan(entry), entry.key), min, autoscaled: true })
  }
  environment(reading, 'fly', entryAt(tree, 'env')?.value)
}

/** render.yaml: a disk ties the service to one instance. */
export function readRender(reading: Reading, tree: Tree): void {
  for (const service of itemsAt(tree, 'services')) {
    const name = textAt(service, 'name')
    const type = entryAt(service, 'type')
    if (/^(redis|keyvalue|static)$/.test(textAt(type?.value) ?? '') || textAt(service, 'env') === 'static' || textAt(service, 'runtime') === 'static') continue
    if (type) platform(reading, 'render', entrySpan(type), 'type', 'paas', 'Render')
    const mount = entryAt(service, 'disk')
    if (mount) disk(reading, 'render', mount, 'disk', textAt(mount.value, 'mountPath') ?? '', name)
    count(reading, 'render', entryAt(service, 'numInstances'), name)
    limits(reading, 'render', entryAt(service, 'scaling', 'maxInstances'), numberAt(service, 'scaling', 'minInstances'), name)
    for (const item of itemsAt(service, 'envVars')) {
      const value = entryAt(item, 'value')
      if (value) reading.facts.push(envFact(reading, 'render', entrySpan(value), textAt(item, 'key') ?? '', textAt(value.value), name))
    }
    const schedule = entryAt(service, 'schedule')
    if (schedule) reading.facts.push({ kind: 'schedule', ...factBase(reading, 'render', entrySpan(schedule), 'schedule', name), expression: textAt(schedule.value) ?? '' })
  }
}

/** app.yaml of App Engine. */
export function readAppEngine(reading: Reading, tree: Tree): void {
  const runtime = entryAt(tree, 'runtime')
  const flexible = textAt(tree, 'env') === 'flex' || isTrue(tree, 'vm')
  if (runtime) platform(reading, 'app-engine', entrySpan(runtime), 'runtime', flexible ? 'paas' : 'serverless', 'App Engine')
  const affinity = entryAt(tree, 'network', 'session_affinity')
  if (affinity && isTrue(affinity.value)) reading.facts.push({ kind: 'affinity', ...factBase(reading, 'app-engine', entrySpan(affinity), 'network.session_affinity'), by: 'cookie', what: 'a cookie of App Engine' })
  limits(reading, 'app-engine', entryAt(tree, 'automatic_scaling', 'max_instances') ?? entryAt(tree, 'automatic_scaling', 'max_num_instances') ?? entryAt(tree, 'basic_scaling', 'max_instances'), numberAt(tree, 'automatic_scaling', 'min_instances') ?? numberAt(tree, 'automatic_scaling', 'min_num_instances'))
  const manual = entryAt(tree, 'manual_scaling', 'instances')
  const number = numberAt(manual?.value)
  if (manual && number !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'app-engine', entrySpan(manual), 'manual_scaling.instances'), count: number, autoscaled: false, ...(number === 1 ? { pinned: 'manual scaling keeps exactly one instance' } : {}) })
  environment(reading, 'app-engine', entryAt(tree, 'env_variables')?.value)
}

/** An app spec of DigitalOcean. */
export function readDigitalOcean(reading: Reading, tree: Tree): void {
  const spec = entryAt(tree, 'spec')?.value ?? tree
  for (const service of itemsAt(spec, 'services')) {
    const name = textAt(service, 'name')
    platform(reading, 'digitalocean', service, 'services', 'paas', 'DigitalOcean App Platform')
    count(reading, 'digitalocean', entryAt(service, 'instance_count'), name)
    limits(reading, 'digitalocean', entryAt(service, 'autoscaling', 'max_instance_count'), numberAt(service, 'autoscaling', 'min_instance_count'), name)
    for (const item of itemsAt(service, 'envs')) {
      const value = entryAt(item, 'value')
      if (value) reading.facts.push(envFact(reading, 'digitalocean', entrySpan(value), textAt(item, 'key') ?? '', textAt(value.value), name))
    }
  }
}

/** app.json of Heroku: a formation's quantity is a default, not a pin; `http-session-affinity` is affinity. */
export function readHerokuApp(reading: Reading, tree: Tree): void {
  const web = entryAt(tree, 'formation', 'web')
  count(reading, 'heroku', entryAt(web?.value, 'quantity'), 'web')
  for (const item of itemsAt(tree, 'features')) {
    if (textAt(item) === 'http-session-affinity') reading.facts.push({ kind: 'affinity', ...factBase(reading, 'heroku', item, 'features'), by: 'cookie', what: 'a cookie of the router' })
  }
  for (const entry of entriesAt(tree, 'env')) {
    const value = textAt(entry.value) ?? textAt(entry.value, 'value')
    reading.facts.push(envFact(reading, 'heroku', entrySpan(entry), entry.key, value, 'web'))
  }
}

/** serverless.yml. */
export function readServerless(reading: Reading, tree: Tree): void {
  const provider = entryAt(tree, 'provider')
  if (provider) platform(reading, 'serverless', provider, 'provider', 'serverless', textAt(provider.value, 'name') ?? textAt(provider.value) ?? 'Serverless Framework')
  environment(reading, 'serverless', entryAt(provider?.value, 'environment')?.value)
  for (const fn of entriesAt(tree, 'functions')) {
    const reserved = entryAt(fn.value, 'reservedConcurrency')
    limits(reading, 'serverless', reserved, undefined, fn.key)
    environment(reading, 'serverless', entryAt(fn.value, 'environment')?.value, fn.key)
    for (const event of itemsAt(fn.value, 'events')) {
      const schedule = entryAt(event, 'schedule')
      if (schedule) reading.facts.push({ kind: 'schedule', ...factBase(reading, 'serverless', entrySpan(schedule), 'schedule', fn.key), expression: textAt(schedule.value) ?? textAt(schedule.value, 'rate') ?? '' })
    }
  }
}

/** vercel.json, netlify.toml, wrangler.toml: the platform decides how many run; crons are calls from outside. */
export function readEdgePlatform(reading: Reading, tree: Tree, format: 'vercel' | 'netlify' | 'cloudflare'): void {
  const names = { vercel: 'Vercel', netlify: 'Netlify', cloudflare: 'Cloudflare Workers' }
  const before = reading.facts.length
  const first = tree.kind === 'map' ? tree.entries[0] : undefined
  if (!servesFilesOnly(tree, reading.source.text)) platform(reading, format, first ?? { start: 0, end: 0 }, first?.key ?? '', format === 'cloudflare' ? 'edge' : 'serverless', names[format])
  for (const cron of itemsAt(tree, 'crons')) {
    const schedule = entryAt(cron, 'schedule')
    if (schedule) reading.facts.push({ kind: 'schedule', ...factBase(reading, format, entrySpan(schedule), 'crons[].schedule', textAt(cron, 'path')), expression: textAt(schedule.value) ?? '' })
  }
  environment(reading, format, entryAt(tree, 'env')?.value ?? entryAt(tree, 'vars')?.value ?? entryAt(tree, 'build', 'environment')?.value)
  const folder = builtFolder(tree, reading.source.path)
  if (folder !== undefined) for (const fact of reading.facts.slice(before)) fact.folder = folder
}

const PAGE = /^\/?(\w+\/)*(index|200)\.html$/
const ALL_PATHS = /^\/?(\*|\(?\.\*\)?|:\w+\*)$/

/** Every path answers with one page, and nothing says function: a browser's program, whose server runs elsewhere. */
function servesFilesOnly(tree: Tree, text: string): boolean {
  const rows = [...itemsAt(tree, 'redirects'), ...itemsAt(tree, 'rewrites'), ...itemsAt(tree, 'routes')]
  const onePage = rows.some((row) => PAGE.test(textAt(row, 'to') ?? textAt(row, 'destination') ?? textAt(row, 'dest') ?? '') && ALL_PATHS.test(textAt(row, 'from') ?? textAt(row, 'source') ?? textAt(row, 'src') ?? ''))
  return onePage && !/functions?\b|@vercel\/node|plugin-nextjs|\bapi\//i.test(text)
}

/** The folder whose build is published, where it is one below: `packages/web/dist` is about `packages/web`. */
function builtFolder(tree: Tree, file: string): string | undefined {
  const own = file.includes('/') ? file.slice(0, file.lastIndexOf('/') + 1) : ''
  const base = textAt(tree, 'build', 'base')?.replace(/^\.?\/|\/$/g, '')
  if (base) return own + base
  const published = (textAt(tree, 'build', 'publish') ?? textAt(tree, 'outputDirectory'))?.replace(/^\.?\/|\/$/g, '').split('/').slice(0, -1).join('/')
  return published ? own + published : undefined
}
