import type { ServiceRole } from '../../model/deploy.js'
import { roleOf } from '../roles.js'
import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entryAt, isTrue, itemsAt, numberAt, textAt, valueAt, walkEntries } from '../tree.js'
import type { Entry, MapNode, Tree } from '../tree.js'
import { readAnnotation } from './annotations.js'
import { readRouting } from './routing.js'

export const isHelmValues = (path: string): boolean => /(^|\/)[\w.-]*values[\w.-]*\.ya?ml$/i.test(path)

/** By the image, or as `charts/postgresql/templates/statefulset.yaml` says it: the chart within a chart that a file belongs to. */
export function roleOfChart(image: string | undefined, path: string): ServiceRole {
  const role = roleOf(image, undefined)
  return role === 'app' ? roleOf(/(?:^|\/)charts\/([^/]+)\/(?:templates\/|[^/]+$)/.exec(path)?.[1], undefined) : role
}

/** values.yaml of a chart. Subcharts for databases and the like (`postgresql:`, `redis:`) are read as what they are. */
export function readHelmValues(reading: Reading, tree: Tree): void {
  if (tree.kind !== 'map') return
  const own: MapNode = { ...tree, entries: tree.entries.filter((entry) => !isSubchart(entry)) }
  const role = roleOfChart(textAt(own, 'image', 'repository'), reading.source.path)
  readComponent(reading, own, undefined, role)
  for (const entry of tree.entries.filter(isSubchart)) readComponent(reading, entry.value, entry.key, role === 'app' ? roleOf(undefined, entry.key) : role)
}

/** A map that brings its own image, replicas or persistence is a component of its own. */
const isSubchart = (entry: Entry): boolean =>
  entry.value.kind === 'map' && (roleOf(undefined, entry.key) !== 'app' ? entry.key !== 'ingress' : ['replicaCount', 'replicas', 'persistence', 'autoscaling'].some((key) => entryAt(entry.value, key) !== undefined) && entryAt(entry.value, 'enabled')?.value.kind !== 'map' && !['persistence', 'autoscaling'].includes(entry.key))

function readComponent(reading: Reading, tree: Tree, name: string | undefined, role: ServiceRole): void {
  for (const { entry, path } of walkEntries(tree)) if (path.length > 0) readAnnotation(reading, entry, name, role, 'helm')
  readRouting(reading, tree, name, role, 'helm')
  readPersistence(reading, tree, name, role)
  readScale(reading, tree, name, role)
  readEnvironment(reading, tree, name, role)
  const readonly = entryAt(tree, 'securityContext', 'readOnlyRootFilesystem') ?? entryAt(tree, 'containerSecurityContext', 'readOnlyRootFilesystem')
  if (readonly && isTrue(readonly.value)) reading.facts.push({ kind: 'readonly-root', ...factBase(reading, 'helm', entrySpan(readonly), readonly.key, name, role), writable: [] })
}

function readPersistence(reading: Reading, tree: Tree, name: string | undefined, role: ServiceRole): void {
  const persistence = valueAt(tree, 'persistence')
  const enabled = entryAt(persistence, 'enabled')
  const mode = entryAt(persistence, 'accessMode') ?? entryAt(persistence, 'accessModes')
  if (!enabled || !isTrue(enabled.value) || !mode) return
  const modes = itemsAt(mode.value).map((item) => textAt(item) ?? '')
  if (modes.some((text) => /Many$|_{4,}/.test(text))) return
  reading.facts.push({
    kind: 'volume', ...factBase(reading, 'helm', entrySpan(mode), `persistence.${mode.key}`, name, role), volume: 'pvc',
    target: textAt(persistence, 'mountPath') ?? textAt(persistence, 'path') ?? '', readOnly: false, holds: 'state', owner: 'chart',
  })
}

function readScale(reading: Reading, tree: Tree, name: string | undefined, role: ServiceRole): void {
  const entry = entryAt(tree, 'replicaCount') ?? entryAt(tree, 'replicas')
  const count = numberAt(entry?.value)
  const strategy = textAt(tree, 'strategy', 'type') ?? textAt(tree, 'updateStrategy', 'type') ?? textAt(tree, 'deploymentStrategy', 'type')
  if (entry && count !== undefined) {
    const pinned = count === 1 && strategy === 'Recreate' ? { pinned: 'one replica that is stopped before its successor starts' } : {}
    reading.facts.push({ kind: 'replicas', ...factBase(reading, 'helm', entrySpan(entry), entry.key, name, role), count, autoscaled: false, ...(strategy ? { strategy } : {}), ...pinned })
  }
  const max = entryAt(tree, 'autoscaling', 'maxReplicas')
  const limit = numberAt(max?.value)
  if (!max || limit === undefined || !isTrue(tree, 'autoscaling', 'enabled')) return
  const min = numberAt(tree, 'autoscaling', 'minReplicas')
  reading.facts.push({ kind: 'replicas', ...factBase(reading, 'helm', entrySpan(max), 'autoscaling.maxReplicas', name, role), max: limit, ...(min === undefined ? {} : { min }), autoscaled: true, ...(limit === 1 ? { pinned: 'the autoscaler stops at one replica' } : {}) })
}

function readEnvironment(reading: Reading, tree: Tree, name: string | undefined, role: ServiceRole): void {
  for (const key of ['env', 'extraEnv', 'extraEnvVars', 'environment']) {
    const node = valueAt(tree, key)
    if (node?.kind === 'map') for (const entry of node.entries) if (entry.value.kind === 'scalar') reading.facts.push(envFact(reading, 'helm', entrySpan(entry), entry.key, textAt(entry.value), name, role))
    if (node?.kind !== 'list') continue
    for (const item of node.items) {
      const [variable, value] = [textAt(item, 'name'), entryAt(item, 'value')]
      if (variable && value) reading.facts.push(envFact(reading, 'helm', entrySpan(value), variable, textAt(value.value), name, role))
    }
  }
}
