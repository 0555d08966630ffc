import type { AffinityFact, DeployFormat, ServiceRole } from '../../model/deploy.js'
import { entrySpan, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entryAt, isTrue, itemsAt, textAt, valueAt, walkEntries } from '../tree.js'
import type { Entry, Tree } from '../tree.js'
import { clientAddress } from './annotations.js'

type Pin = Pick<AffinityFact, 'by' | 'what'>

/** Keys of routing resources that pin clients, wherever they stand: each says how its value reads. */
const KEYS: Readonly<Record<string, (value: Tree, parent: Tree) => Pin | undefined>> = {
  sessionAffinity: sessionAffinity,
  consistentHash: consistentHash,
  sessionPersistence: (value) => (textAt(value, 'type') === 'Header' ? { by: 'header', what: `the header "${textAt(value, 'sessionName') ?? ''}"` } : cookie(textAt(value, 'sessionName'))),
  sticky: (value) => (value.kind === 'map' && entryAt(value, 'cookie') && textAt(value, 'cookie') !== 'false' ? cookie(textAt(value, 'cookie', 'name')) : undefined),
  sessionCookie: (value) => (isTrue(value, 'enable') ? cookie(textAt(value, 'name')) : undefined),
  loadBalancerPolicy: (value) => contour(value),
  stickySessions: (value) => (/^(sticky|cookies?|true)$/i.test(textAt(value, 'affinity') ?? textAt(value, 'type') ?? '') ? cookie(undefined) : undefined),
  session_affinity: (value) => (isTrue(value) ? cookie(undefined) : undefined),
  hash_policy: (value) => firstPin(itemsAt(value)),
  hashPolicy: (value) => firstPin(itemsAt(value)),
}

const cookie = (name: string | undefined): Pin => ({ by: 'cookie', what: name ? `the cookie "${name}"` : 'a cookie' })

/** Adds the facts of routing keys below a tree: Services, Istio, Gateway API, GCP, Contour, Traefik, Envoy. */
export function readRouting(reading: Reading, tree: Tree, workload: string | undefined, role: ServiceRole, format: DeployFormat): void {
  for (const { entry, path, parent } of walkEntries(tree)) {
    const pin = KEYS[entry.key]?.(entry.value, parent)
    if (pin && !path.includes('schema') && !path.includes('properties')) push(reading, entry, workload, role, format, pin, [...path, entry.key].join('.'))
    if (entry.key === 'name' && textAt(entry.value) === 'envoy.filters.http.stateful_session') push(reading, entry, workload, role, format, cookie(undefined), 'stateful_session')
  }
}

function push(reading: Reading, entry: Entry, workload: string | undefined, role: ServiceRole, format: DeployFormat, pin: Pin, key: string): void {
  reading.facts.push({ kind: 'affinity', ...factBase(reading, format, entrySpan(entry), key, workload, role), ...pin })
}

function sessionAffinity(value: Tree): Pin | undefined {
  const text = textAt(value) ?? textAt(value, 'affinityType') ?? textAt(value, 'type') ?? ''
  if (/^(ClientIP|CLIENT_IP\w*)$/.test(text)) return clientAddress
  if (/COOKIE$/i.test(text)) return cookie(undefined)
  return /^HEADER_FIELD$/.test(text) ? { by: 'header', what: 'a header' } : text === 'true' ? cookie(undefined) : undefined
}

function consistentHash(value: Tree): Pin | undefined {
  if (value.kind !== 'map') return undefined
  if (entryAt(value, 'httpCookie') || textAt(value, 'type') === 'Cookie') return cookie(textAt(value, 'httpCookie', 'name') ?? textAt(value, 'cookie', 'name'))
  if (isTrue(value, 'useSourceIp') || textAt(value, 'type') === 'SourceIP') return clientAddress
  const header = textAt(value, 'httpHeaderName') ?? textAt(value, 'header', 'name')
  if (header || textAt(value, 'type') === 'Header') return { by: 'header', what: `the header "${header ?? ''}"` }
  const query = textAt(value, 'httpQueryParameterName')
  return query ? { by: 'query', what: `the parameter "${query}"` } : undefined
}

function contour(value: Tree): Pin | undefined {
  const strategy = textAt(value, 'strategy')
  if (strategy === 'Cookie') return cookie(undefined)
  if (strategy !== 'RequestHash') return undefined
  const policies = itemsAt(value, 'requestHashPolicies')
  if (policies.some((policy) => isTrue(policy, 'hashSourceIP'))) return clientAddress
  const header = policies.map((policy) => textAt(policy, 'headerHashOptions', 'headerName')).find((name) => name !== undefined)
  return header ? { by: 'header', what: `the header "${header}"` } : undefined
}

/** Envoy's `hash_policy`: the first item that stands for the client. */
function firstPin(policies: Tree[]): Pin | undefined {
  for (const policy of policies) {
    if (valueAt(policy, 'cookie')) return cookie(textAt(policy, 'cookie', 'name'))
    if (isTrue(policy, 'connection_properties', 'source_ip') || isTrue(policy, 'connectionProperties', 'sourceIp')) return clientAddress
    const header = textAt(policy, 'header', 'header_name') ?? textAt(policy, 'header', 'headerName')
    if (header && !/^:(path|authority)$/.test(header)) return { by: 'header', what: `the header "${header}"` }
  }
  return undefined
}
