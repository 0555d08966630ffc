import type { ReplicasFact, ServiceRole, VolumeFact } from '../../model/deploy.js'
import { holdsOf, isDatabaseFolder } from '../mounts.js'
import { roleOf } from '../roles.js'
import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entriesAt, entryAt, isTrue, itemsAt, numberAt, textAt, valueAt, walkEntries } from '../tree.js'
import type { Entry, Tree } from '../tree.js'
import { readAnnotation } from './annotations.js'
import { roleOfChart } from './helm.js'
import { readRouting } from './routing.js'

type Format = 'kubernetes' | 'kustomize' | 'helm'
interface Resource { reading: Reading; tree: Tree; kind: string; name: string | undefined; format: Format; role: ServiceRole }

export const isKubernetes = (tree: Tree): boolean => textAt(tree, 'apiVersion') !== undefined && textAt(tree, 'kind') !== undefined

/** One document: a manifest, a patch of Kustomize, or a rendered-blank template of a chart. */
export function readKubernetes(reading: Reading, tree: Tree, format: Format): void {
  const kind = textAt(tree, 'kind') ?? ''
  if (kind === 'List') return itemsAt(tree, 'items').forEach((item) => readKubernetes(reading, item, format))
  const name = readableName(textAt(tree, 'metadata', 'name'), reading.source.path)
  const resource: Resource = { reading, tree, kind, name, format, role: (kind === 'Ingress' ? roleBehind(tree) : undefined) ?? ownRole(tree, name, reading.source.path) }
  for (const { entry, path } of walkEntries(tree)) {
    if (path.at(-1) === 'annotations') readAnnotation(reading, entry, name, resource.role, format)
  }
  const pod = podOf(resource)
  if (pod) readWorkload(resource, pod)
  readByKind(resource)
  readRouting(reading, tree, name, resource.role, format)
}

/** By its image and name; where a chart writes neither, by what it mounts, and the chart that it is part of. */
function ownRole(tree: Tree, name: string | undefined, path: string): ServiceRole {
  const role = roleOf(mainImage(tree), name)
  if (role !== 'app') return role
  const mounts = [...walkEntries(tree)].some(({ entry }) => entry.key === 'mountPath' && isDatabaseFolder(textAt(entry.value) ?? ''))
  return mounts ? 'database' : roleOfChart(undefined, path)
}

/** An ingress is of what it leads to: of a tool or a database where all services that it names are. */
function roleBehind(tree: Tree): ServiceRole | undefined {
  const names = [...walkEntries(tree)].flatMap(({ entry }) => (entry.key === 'serviceName' ? textAt(entry.value) : entry.key === 'service' ? textAt(entry.value, 'name') : undefined) ?? [])
  const [first, ...others] = names.map((name) => roleOf(undefined, name.replace(/(-(cluster|ip|clusterip|service|svc|http))+$/i, '')))
  return first !== 'app' && first !== 'proxy' && others.every((role) => role === first) ? first : undefined
}

/** Of a name that a chart puts together, what is written there; the file's where nothing is. */
function readableName(name: string | undefined, path: string): string | undefined {
  if (name === undefined || !/_{4,}/.test(name)) return name
  const written = name.replace(/_{4,}/g, '').replace(/^[-.]+|[-.]+$/g, '')
  return written || path.split('/').at(-1)?.replace(/\.\w+$/, '')
}

/** The pod template, wherever the kind keeps it. */
function podOf({ tree, kind }: Resource): Tree | undefined {
  if (kind === 'Pod') return valueAt(tree, 'spec')
  if (kind === 'CronJob') return valueAt(tree, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
  return valueAt(tree, 'spec', 'template', 'spec')
}

function mainImage(tree: Tree): string | undefined {
  const container = itemsAt(valueAt(tree, 'spec', 'template', 'spec') ?? valueAt(tree, 'spec'), 'containers')[0]
  return textAt(container, 'image')
}

function readByKind(resource: Resource): void {
  const { reading, tree, kind, name, format, role } = resource
  if (kind === 'PersistentVolumeClaim') readClaim(resource)
  if (kind === 'ConfigMap') for (const entry of entriesAt(tree, 'data')) reading.facts.push(envFact(reading, format, entrySpan(entry), entry.key, textAt(entry.value), name))
  if (kind === 'HorizontalPodAutoscaler') readAutoscaler(resource, 'minReplicas', 'maxReplicas')
  if (kind === 'ScaledObject') readAutoscaler(resource, 'minReplicaCount', 'maxReplicaCount')
  const schedule = kind === 'CronJob' ? entryAt(tree, 'spec', 'schedule') : undefined
  if (schedule) {
    const concurrency = textAt(tree, 'spec', 'concurrencyPolicy')
    reading.facts.push({ kind: 'schedule', ...factBase(reading, format, entrySpan(schedule), 'spec.schedule', name, role), expression: textAt(schedule.value) ?? '', ...(concurrency ? { concurrency } : {}) })
  }
  if (textAt(tree, 'apiVersion')?.startsWith('serving.knative.dev/')) readKnative(resource)
}

function readClaim({ reading, tree, format, role }: Resource): void {
  const name = textAt(tree, 'metadata', 'name')
  const modes = entryAt(tree, 'spec', 'accessModes')
  if (!name) return
  const accessModes = scalars(modes?.value)
  const shared = accessModes.some((mode) => mode.endsWith('Many'))
  reading.facts.push({ kind: 'claim', ...factBase(reading, format, modes ?? tree, 'spec.accessModes', name, role), name, accessModes, shared })
}

const scalars = (tree: Tree | undefined): string[] => itemsAt(tree).flatMap((item) => (item.kind === 'scalar' ? [String(item.value)] : []))

function readAutoscaler({ reading, tree, name, format }: Resource, minKey: string, maxKey: string): void {
  const target = textAt(tree, 'spec', 'scaleTargetRef', 'name') ?? name
  const entry = entryAt(tree, 'spec', maxKey) ?? entryAt(tree, 'spec', minKey)
  if (!entry) return
  const [min, max] = [numberAt(tree, 'spec', minKey), numberAt(tree, 'spec', maxKey)]
  pushReplicas(reading, { ...factBase(reading, format, entrySpan(entry), `spec.${entry.key}`, target, roleOf(undefined, target)), autoscaled: true, ...bounds(min, max), ...(max === 1 ? { pinned: 'the autoscaler stops at one replica' } : {}) })
}

const bounds = (min: number | undefined, max: number | undefined) => ({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) })
const pushReplicas = (reading: Reading, fact: Omit<ReplicasFact, 'kind'>): number => reading.facts.push({ kind: 'replicas', ...fact })

/** Knative and Cloud Run: scaling bounds are annotations of the revision. */
function readKnative({ reading, tree, name, format, role }: Resource): void {
  const holder = valueAt(tree, 'spec', 'template', 'metadata', 'annotations')
  const entry = entryAt(holder, 'autoscaling.knative.dev/maxScale') ?? entryAt(holder, 'autoscaling.knative.dev/max-scale')
  const max = numberAt(entry?.value)
  reading.facts.push({ kind: 'platform', ...factBase(reading, format, entryAt(tree, 'apiVersion') ?? tree, 'apiVersion', name, role), platform: 'serverless', name: 'Knative or Cloud Run' })
  if (entry && max !== undefined) pushReplicas(reading, { ...factBase(reading, format, entrySpan(entry), entry.key, name, role), max, autoscaled: true, ...(max === 1 ? { pinned: 'scaling stops at one instance' } : {}) })
}

function readWorkload(resource: Resource, pod: Tree): void {
  const { reading, kind, format, name, role, tree } = resource
  const isJob = kind === 'CronJob' || kind === 'Job'
  if (kind === 'StatefulSet') reading.facts.push({ kind: 'stateful', ...factBase(reading, format, entryAt(tree, 'kind') ?? tree, 'kind', name, role) })
  if (!isJob) readReplicas(resource)
  if (!isJob && kind !== 'DaemonSet') readVolumes(resource, pod)
  for (const container of itemsAt(pod, 'containers')) readContainer(resource, container, pod)
}

function readReplicas({ reading, tree, name, format, role, kind }: Resource): void {
  const entry = entryAt(tree, 'spec', 'replicas')
  const strategyEntry = entryAt(tree, 'spec', 'strategy', 'type')
  const strategy = textAt(strategyEntry?.value)
  const count = numberAt(entry?.value)
  const isOne = count === 1 || (entry === undefined && kind === 'Deployment')
  const site = entry ?? strategyEntry
  if (!site || (count === undefined && strategy !== 'Recreate')) {
    const kindEntry = entryAt(tree, 'kind')
    if (!entry && kindEntry && format === 'kubernetes' && (kind === 'Deployment' || kind === 'StatefulSet')) pushReplicas(reading, { ...factBase(reading, format, entrySpan(kindEntry), 'kind', name, role), count: 1, implied: true, autoscaled: false })
    return
  }
  const pinned = isOne && strategy === 'Recreate' ? { pinned: 'one replica that is stopped before its successor starts' } : {}
  pushReplicas(reading, { ...factBase(reading, format, entrySpan(site), entry ? 'spec.replicas' : 'spec.strategy.type', name, role), autoscaled: false, ...(isOne ? { count: 1 } : count === undefined ? {} : { count }), ...(strategy ? { strategy } : {}), ...pinned })
}

function readVolumes(resource: Resource, pod: Tree): void {
  const { tree, kind } = resource
  for (const volume of itemsAt(pod, 'volumes')) {
    const entry = entryAt(volume, 'hostPath') ?? entryAt(volume, 'persistentVolumeClaim') ?? entryAt(volume, 'emptyDir')
    const name = textAt(volume, 'name')
    if (entry && name) readVolume(resource, pod, name, entry)
  }
  if (kind !== 'StatefulSet') return
  for (const template of itemsAt(tree, 'spec', 'volumeClaimTemplates')) readClaimTemplate(resource, pod, template)
}

function readVolume(resource: Resource, pod: Tree, name: string, entry: Entry): void {
  const kinds = { hostPath: 'hostPath', persistentVolumeClaim: 'pvc', emptyDir: 'emptyDir' } as const
  const volume = kinds[entry.key as keyof typeof kinds]
  const mount = mountOf(pod, name)
  if (!mount) return
  const path = textAt(entry.value, 'path')
  const claim = textAt(entry.value, 'claimName')
  const readOnly = mount.readOnly || isTrue(entry.value, 'readOnly')
  pushVolume(resource, entrySpan(entryAt(entry.value, 'claimName') ?? entryAt(entry.value, 'path') ?? entry), `volumes[].${entry.key}`, mount, {
    volume, readOnly, holds: volume === 'emptyDir' ? 'scratch' : holdsOf(path, mount.path, path !== undefined), ...(path ? { source: path } : {}), ...(claim ? { claim } : {}),
  })
}

function readClaimTemplate(resource: Resource, pod: Tree, template: Tree): void {
  const name = textAt(template, 'metadata', 'name')
  const mount = name ? mountOf(pod, name) : undefined
  const modes = entryAt(template, 'spec', 'accessModes')
  if (!mount || !modes || scalars(modes.value).some((mode) => mode.endsWith('Many'))) return
  pushVolume(resource, entrySpan(modes), 'volumeClaimTemplates[].spec.accessModes', mount, { volume: 'claim-template', readOnly: mount.readOnly, holds: holdsOf(undefined, mount.path, false) })
}

interface MountPoint { path: string; readOnly: boolean; image: string | undefined }
type VolumeRest = Pick<VolumeFact, 'volume' | 'readOnly' | 'holds' | 'source' | 'claim'>

function pushVolume({ reading, format, name, role, kind }: Resource, span: { start: number; end: number }, key: string, mount: MountPoint, rest: VolumeRest): void {
  const owner = mount.image === undefined ? role : roleOf(mount.image, name)
  reading.facts.push({ kind: 'volume', ...factBase(reading, format, span, key, name, role === 'app' ? owner : role), target: /^_+$/.test(mount.path) ? '' : mount.path, owner: kind, ...(mount.image ? { image: mount.image } : {}), ...rest })
}

/** Where the first container that mounts a volume sees it. */
function mountOf(pod: Tree, volume: string): MountPoint | undefined {
  for (const container of itemsAt(pod, 'containers')) {
    const mount = itemsAt(container, 'volumeMounts').find((item) => textAt(item, 'name') === volume)
    if (mount) return { path: textAt(mount, 'mountPath') ?? '', readOnly: isTrue(mount, 'readOnly'), image: textAt(container, 'image') }
  }
  return undefined
}

function readContainer({ reading, format, name }: Resource, container: Tree, pod: Tree): void {
  const role = roleOf(textAt(container, 'image'), textAt(container, 'name'))
  for (const item of itemsAt(container, 'env')) {
    const variable = textAt(item, 'name')
    const value = entryAt(item, 'value')
    const at = value ?? entryAt(item, 'name')
    if (variable && at) reading.facts.push(envFact(reading, format, entrySpan(at), variable, textAt(value?.value), name, role))
  }
  const readonly = entryAt(container, 'securityContext', 'readOnlyRootFilesystem')
  if (!readonly || !isTrue(readonly.value)) return
  const names = new Set(itemsAt(pod, 'volumes').filter((volume) => !entryAt(volume, 'configMap') && !entryAt(volume, 'secret')).map((volume) => textAt(volume, 'name')))
  const writable = itemsAt(container, 'volumeMounts').filter((mount) => names.has(textAt(mount, 'name')) && !isTrue(mount, 'readOnly')).map((mount) => textAt(mount, 'mountPath') ?? '')
  reading.facts.push({ kind: 'readonly-root', ...factBase(reading, format, entrySpan(readonly), 'securityContext.readOnlyRootFilesystem', name, role), writable })
}
