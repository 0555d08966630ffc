import type { AffinityFact } from '../../model/deploy.js'
import { parseHcl, walkHcl } from '../lex/hcl.js'
import type { HclAttribute, HclBlock } from '../lex/hcl.js'
import { roleOf } from '../roles.js'
import { factBase } from '../source.js'
import type { Reading } from '../source.js'
import { clientAddress } from './annotations.js'

type Pin = Pick<AffinityFact, 'by' | 'what'>
const balancerCookie: Pin = { by: 'cookie', what: 'a cookie of the load balancer' }
const attribute = (block: HclBlock, name: string): HclAttribute | undefined => block.attributes.find((candidate) => candidate.name === name)
const numberOf = (found: HclAttribute | undefined): number | undefined => (found && /^\d+$/.test(found.value) ? Number(found.value) : undefined)

/** Terraform and OpenTofu: stickiness, instance counts, serverless functions. */
export function readTerraform(reading: Reading): void {
  const { root, errors } = parseHcl(reading.source.text)
  for (const error of errors) reading.unread(error.message, error.at)
  for (const { block, holders } of walkHcl(root)) {
    const resource = [...holders, block].find((holder) => holder.type === 'resource' || holder.type === 'module')
    if (!resource) continue
    readBlock(reading, block, resource)
    for (const found of block.attributes) readAttribute(reading, found, resource, block)
    if (block === resource) readResource(reading, resource)
  }
}

function pinned(reading: Reading, span: { start: number; end: number }, key: string, resource: HclBlock, pin: Pin): void {
  reading.facts.push({ kind: 'affinity', ...factBase(reading, 'terraform', span, key, resource.labels.at(-1), resourceRole(resource)), ...pin })
}

const resourceRole = (resource: HclBlock) => {
  const role = roleOf(undefined, resource.labels.at(-1)?.replaceAll('_', '-'))
  return role === 'proxy' || role === 'other' ? 'app' : role
}

/** `stickiness { … }` is on unless it says otherwise; without a type it is still a written choice. */
function readBlock(reading: Reading, block: HclBlock, resource: HclBlock): void {
  if (block.type === 'stickiness' && attribute(block, 'enabled')?.value !== 'false') {
    const type = attribute(block, 'type')?.value
    const name = attribute(block, 'cookie_name')?.value
    pinned(reading, block, 'stickiness', resource, type === 'source_ip' ? clientAddress : name ? { by: 'cookie', what: `the cookie "${name}"` } : balancerCookie)
  }
  if (block.type === 'sticky_sessions' && /cookies/.test(attribute(block, 'type')?.value ?? '')) pinned(reading, block, 'sticky_sessions', resource, balancerCookie)
  if (block.type === 'setting' && attribute(block, 'name')?.value === 'StickinessEnabled' && attribute(block, 'value')?.value === 'true') pinned(reading, attribute(block, 'value') ?? block, 'StickinessEnabled', resource, balancerCookie)
  if (block === resource && /^aws_(lb|app|elb)_cookie_stickiness_policy$/.test(resource.labels[0] ?? '')) pinned(reading, block, resource.labels[0] ?? '', resource, balancerCookie)
}

const ATTRIBUTES: Readonly<Record<string, (value: string) => Pin | undefined>> = {
  session_affinity: (value) => {
    if (/^CLIENT_?IP/i.test(value) || value === 'ip_cookie') return clientAddress
    if (/COOKIE|^true$/i.test(value)) return balancerCookie
    return /HEADER/i.test(value) ? { by: 'header', what: 'a header' } : undefined
  },
  session_affinity_enabled: (value) => (value === 'true' ? balancerCookie : undefined),
  client_affinity_enabled: (value) => (value === 'true' ? { by: 'cookie', what: 'the cookie "ARRAffinity"' } : undefined),
  cookie_based_affinity: (value) => (value === 'Enabled' ? balancerCookie : undefined),
  load_distribution: (value) => (value.startsWith('SourceIP') ? clientAddress : undefined),
}

function readAttribute(reading: Reading, found: HclAttribute, resource: HclBlock, block: HclBlock): void {
  const pin = ATTRIBUTES[found.name]?.(found.value)
  if (pin) pinned(reading, found, found.name, resource, pin)
  if (found.name === 'stickiness' && /\benabled\s*=\s*true\b/.test(found.value) && block.type !== 'variable') pinned(reading, found, 'stickiness', resource, /source_ip/.test(found.value) ? clientAddress : balancerCookie)
}

const LIMITS: readonly [RegExp, string, string][] = [
  [/^aws_autoscaling_group$/, 'min_size', 'max_size'],
  [/^aws_appautoscaling_target$/, 'min_capacity', 'max_capacity'],
  [/^google_(cloud_run_v2_service|cloudfunctions2_function)$/, 'min_instance_count', 'max_instance_count'],
  [/^azurerm_container_app$/, 'min_replicas', 'max_replicas'],
]
const COUNTS: readonly [RegExp, string][] = [[/^aws_ecs_service$/, 'desired_count'], [/^kubernetes_deployment/, 'replicas'], [/^heroku_formation$/, 'quantity'], [/^digitalocean_app$/, 'instance_count']]
const SERVERLESS = /^(aws_lambda_function|google_cloudfunctions\w*_function|google_cloud_run\w*_service|azurerm_(linux_|windows_)?function_app|aws_apprunner_service)$/
const EDGE = /^(cloudflare_worker\w*|vercel_project|fastly_service_compute)$/

function readResource(reading: Reading, resource: HclBlock): void {
  const [type = '', name] = resource.labels
  const role = resourceRole(resource)
  const base = (span: { start: number; end: number }, key: string) => factBase(reading, 'terraform', span, key, name, role)
  if (SERVERLESS.test(type) || EDGE.test(type)) reading.facts.push({ kind: 'platform', ...base(resource, type), platform: EDGE.test(type) ? 'edge' : 'serverless', name: type })
  const inside = [resource, ...[...walkHcl(resource)].map(({ block }) => block)]
  const find = (key: string): HclAttribute | undefined => inside.map((block) => attribute(block, key)).find((found) => found !== undefined)
  for (const [pattern, minKey, maxKey] of LIMITS) {
    const limit = pattern.test(type) ? find(maxKey) : undefined
    const [min, max] = [numberOf(find(minKey)), numberOf(limit)]
    const dimension = find('scalable_dimension')?.value ?? find('service_namespace')?.value ?? ''
    if (limit && max !== undefined && (dimension === '' || /^(ecs|ec2)\b/.test(dimension) || /[.$]/.test(dimension))) reading.facts.push({ kind: 'replicas', ...base(limit, maxKey), max, ...(min === undefined ? {} : { min }), autoscaled: true, ...(max === 1 ? { pinned: 'scaling stops at one instance' } : {}) })
  }
  for (const [pattern, key] of COUNTS) {
    const found = pattern.test(type) ? find(key) : undefined
    const count = numberOf(found)
    if (found && count !== undefined) reading.facts.push({ kind: 'replicas', ...base(found, key), count, autoscaled: false })
  }
  const reserved = type === 'aws_lambda_function' ? find('reserved_concurrent_executions') : undefined
  if (reserved?.value === '1') reading.facts.push({ kind: 'replicas', ...base(reserved, reserved.name), max: 1, autoscaled: true, pinned: 'one execution at a time' })
}
