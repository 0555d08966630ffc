import { posix } from 'node:path'
import type { VolumeFact } from '../../model/deploy.js'
import { holdsOf, isDatabaseFolder } from '../mounts.js'
import { roleOf } from '../roles.js'
import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entriesAt, entryAt, isTrue, itemsAt, numberAt, textAt, valueAt } from '../tree.js'
import type { Entry, Tree } from '../tree.js'
import { stickyLabel } from './annotations.js'

export function isCompose(path: string, tree: Tree): boolean {
  if (/(^|[/.-])(docker-|podman-)?compose[^/]*\.ya?ml$|docker-stack[^/]*\.ya?ml$/i.test(path)) return true
  const services = entriesAt(tree, 'services')
  return services.some((service) => entryAt(service.value, 'container_name') ?? (textAt(service.value, 'image') && (entryAt(service.value, 'volumes') ?? entryAt(service.value, 'ports'))))
    && !entryAt(tree, 'name', 'services') && !textAt(tree, 'region')
}

/** docker-compose, podman-compose and stack files. */
export function readCompose(reading: Reading, tree: Tree): void {
  const tasks = tasksOf(tree)
  for (const service of entriesAt(tree, 'services')) readService(reading, service, tasks.has(service.key))
  for (const volume of entriesAt(tree, 'volumes')) readTopVolume(reading, volume)
}

/** Network drivers let every node see the same files. */
function readTopVolume(reading: Reading, volume: Entry): void {
  const driver = textAt(volume.value, 'driver') ?? 'local'
  const type = textAt(volume.value, 'driver_opts', 'type') ?? ''
  const shared = /nfs|cifs|efs|smb|gluster|ceph/i.test(`${driver} ${type}`)
  reading.facts.push({ kind: 'claim', ...factBase(reading, 'compose', volume, 'volumes'), name: volume.key, accessModes: [], shared })
}

/** Services that others wait for until they have ended: migrations and other steps before the start, which serve nobody. */
const tasksOf = (tree: Tree): ReadonlySet<string> => new Set(entriesAt(tree, 'services')
  .flatMap((service) => entriesAt(service.value, 'depends_on'))
  .flatMap(({ key, value }) => (textAt(value, 'condition') === 'service_completed_successfully' ? [key] : [])))

function readService(reading: Reading, service: Entry, isTask: boolean): void {
  const image = textAt(service.value, 'image')
  const builds = entryAt(service.value, 'build') !== undefined
  const mounts = itemsAt(service.value, 'volumes')
  const role = isTask ? 'other' : mounts.some((item) => isDatabaseFolder(mountOf(item)?.target ?? '')) ? 'database' : roleOf(image, service.key, builds)
  const before = reading.facts.length
  const scoped = serviceReading(reading, service)
  for (const item of mounts) readMount(scoped, service.key, item, role, image)
  readScale(scoped, service, role)
  readEnvironment(scoped, service, role)
  readLabels(scoped, service, role)
  if (isTrue(service.value, 'read_only') && role === 'app') {
    const entry = entryAt(service.value, 'read_only') as Entry
    const writable = itemsAt(service.value, 'tmpfs').flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))
    reading.facts.push({ kind: 'readonly-root', ...factBase(scoped, 'compose', entrySpan(entry), 'read_only', service.key, role), writable: [...writable, ...mountedPaths(reading, before)] })
  }
  const folder = buildFolder(reading, service)
  if (folder !== undefined) for (const fact of reading.facts.slice(before)) fact.folder = folder
}

/** Paths that a service may write through its mounts. */
const mountedPaths = (reading: Reading, from: number): string[] =>
  reading.facts.slice(from).flatMap((fact) => (fact.kind === 'volume' && !fact.readOnly ? [fact.target] : []))

/** The folder that the image is built from, relative to the repository; nothing where it is outside or unknown. */
function buildFolder(reading: Reading, service: Entry): string | undefined {
  const context = textAt(service.value, 'build') ?? textAt(service.value, 'build', 'context')
  if (context === undefined || /[$:]/.test(context)) return undefined
  const own = reading.source.path.split('/').slice(0, -1).join('/')
  const folder = posix.normalize(posix.join(own || '.', context)).replace(/\/$/, '')
  // The context is often the whole repository, and the Dockerfile says which service it is.
  const file = posix.dirname(textAt(service.value, 'build', 'dockerfile') ?? '.')
  const named = folder === '.' && !file.startsWith('.') ? file : folder
  return named.startsWith('..') ? undefined : named
}

/** A service that runs with NODE_ENV=development is a development service, whatever the file is called. */
function serviceReading(reading: Reading, service: Entry): Reading {
  const nodeEnv = environmentOf(service.value).find(({ name }) => name === 'NODE_ENV')?.value
  if (reading.source.profile !== 'default' || !nodeEnv) return reading
  if (/^(dev|development|local)$/.test(nodeEnv)) return { ...reading, source: { ...reading.source, profile: 'development' } }
  return nodeEnv === 'test' ? { ...reading, source: { ...reading.source, profile: 'test' } } : reading
}

function readMount(reading: Reading, service: string, item: Tree, role: VolumeFact['role'], image: string | undefined): void {
  const mount = mountOf(item)
  if (!mount) return
  const { volume, source, target, readOnly } = mount
  reading.facts.push({
    kind: 'volume', ...factBase(reading, 'compose', item, 'volumes', service, role), volume, target, readOnly, owner: 'service',
    holds: holdsOf(source, target, volume === 'bind'),
    ...(source === undefined ? {} : { source }), ...(image === undefined ? {} : { image }), ...(volume === 'named' && source ? { claim: source } : {}),
  })
}

type Mount = Pick<VolumeFact, 'volume' | 'target' | 'readOnly'> & { source?: string }

const mountOf = (item: Tree): Mount | undefined => (item.kind === 'scalar' ? shortMount(String(item.value ?? '')) : longMount(item))

/** `source:target[:mode]`; variables may hold colons (`${X:-./data}`). */
function shortMount(text: string): Mount | undefined {
  const parts = text.match(/(?:\$\{[^}]*\}|^[A-Za-z]:[\\/][^:]*|[^:$]|\$(?!\{))+/g) ?? []
  const [first, second, mode] = parts
  if (!first) return undefined
  if (!second) return { volume: 'anonymous', target: first, readOnly: false }
  const readOnly = /(^|,)ro(,|$)/.test(mode ?? '')
  const fallback = /^\$\{\w+:?-([^}]*)\}/.exec(first)?.[1] ?? first
  return { volume: isPath(fallback) ? 'bind' : 'named', source: first, target: second, readOnly }
}

const isPath = (source: string): boolean => /^[.~/$\\]|^[A-Za-z]:[\\/]|\//.test(source)

function longMount(item: Tree): Mount | undefined {
  const type = textAt(item, 'type')
  const target = textAt(item, 'target')
  if (!target || (type !== 'volume' && type !== 'bind')) return undefined
  const source = textAt(item, 'source')
  const volume = type === 'bind' ? 'bind' : source ? 'named' : 'anonymous'
  return { volume, target, readOnly: isTrue(item, 'read_only'), ...(source === undefined ? {} : { source }) }
}

/** `deploy.replicas`, `scale`, or a container name that only one container can have. */
function readScale(reading: Reading, service: Entry, role: VolumeFact['role']): void {
  const entry = entryAt(service.value, 'deploy', 'replicas') ?? entryAt(service.value, 'scale')
  const count = numberAt(entry?.value)
  if (entry && count !== undefined) {
    reading.facts.push({ kind: 'replicas', ...factBase(reading, 'compose', entrySpan(entry), entry.key === 'scale' ? 'scale' : 'deploy.replicas', service.key, role), count, autoscaled: false })
  }
  else if (!entry && role === 'app') reading.facts.push({ kind: 'replicas', ...factBase(reading, 'compose', { start: service.start, end: service.start + service.key.length }, 'services', service.key, role), count: 1, implied: true, autoscaled: false })
  const named = entryAt(service.value, 'container_name')
  if (named && itemsAt(service.value, 'ports').length > 0) {
    reading.facts.push({ kind: 'replicas', ...factBase(reading, 'compose', entrySpan(named), 'container_name', service.key, role), count: 1, autoscaled: false, pinned: 'a fixed container name and a published port allow one container only' })
  }
}

interface Setting { name: string; value?: string; span: { start: number; end: number } }

function environmentOf(service: Tree): Setting[] {
  const node = valueAt(service, 'environment')
  if (node?.kind === 'map') return node.entries.map((entry) => withValue(entry.key, textAt(entry.value), entrySpan(entry)))
  return itemsAt(service, 'environment').flatMap((item) => {
    if (item.kind !== 'scalar') return []
    const [, name, value] = /^([^=]+)(?:=([\s\S]*))?$/.exec(String(item.value ?? '')) ?? []
    return name ? [withValue(name, value, item)] : []
  })
}

const withValue = (name: string, value: string | undefined, span: Setting['span']): Setting => ({ name, span, ...(value === undefined ? {} : { value }) })

function readEnvironment(reading: Reading, service: Entry, role: VolumeFact['role']): void {
  for (const { name, value, span } of environmentOf(service.value)) reading.facts.push(envFact(reading, 'compose', span, name, value, service.key, role))
}

/** Traefik's labels, on the service or under `deploy`; one finding a service. */
function readLabels(reading: Reading, service: Entry, role: VolumeFact['role']): void {
  const nodes = [valueAt(service.value, 'labels'), valueAt(service.value, 'deploy', 'labels')]
  for (const node of nodes) {
    const labels = node?.kind === 'map'
      ? node.entries.map((entry) => ({ name: entry.key, value: textAt(entry.value) ?? '', span: entrySpan(entry) }))
      : itemsAt(node).flatMap((item) => (item.kind === 'scalar' ? [{ name: String(item.value).split('=')[0] ?? '', value: String(item.value).split('=').slice(1).join('='), span: item }] : []))
    const disabled = labels.some((label) => /sticky(\.cookie)?$|stickiness$/i.test(label.name) && label.value === 'false')
    const sticky = disabled ? undefined : labels.find((label) => stickyLabel(label.name, label.value))
    if (sticky) reading.facts.push({ kind: 'affinity', ...factBase(reading, 'traefik', sticky.span, sticky.name, service.key, role), by: 'cookie', what: 'a cookie of Traefik' })
  }
}
