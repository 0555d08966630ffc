import type { AffinityFact } from '../../model/deploy.js'
import { entrySpan, envFact, factBase } from '../source.js'
import type { Reading } from '../source.js'
import { entriesAt, entryAt, isTrue, itemsAt, numberAt, textAt, walkEntries } from '../tree.js'
import type { Entry, Tree } from '../tree.js'
import { clientAddress } from './annotations.js'

type Pin = Pick<AffinityFact, 'by' | 'what'>
const balancerCookie: Pin = { by: 'cookie', what: 'a cookie of the load balancer' }

export const isCloudFormation = (tree: Tree): boolean => entriesAt(tree, 'Resources').some((entry) => /^(AWS|Custom|Alexa)::/.test(textAt(entry.value, 'Type') ?? ''))

/** CloudFormation and SAM. */
export function readCloudFormation(reading: Reading, tree: Tree): void {
  for (const entry of entriesAt(tree, 'Resources')) readResource(reading, entry, textAt(entry.value, 'Type') ?? '')
}

function pinned(reading: Reading, format: 'cloudformation' | 'azure', entry: Entry, key: string, workload: string | undefined, pin: Pin): void {
  reading.facts.push({ kind: 'affinity', ...factBase(reading, format, entrySpan(entry), key, workload), ...pin })
}

function readResource(reading: Reading, resource: Entry, type: string): void {
  for (const { entry, parent } of walkEntries(resource.value)) {
    const isStickyAttribute = entry.key === 'Key' && textAt(entry.value) === 'stickiness.enabled' && isTrue(parent, 'Value')
    if (isStickyAttribute) pinned(reading, 'cloudformation', entry, 'stickiness.enabled', resource.key, stickinessType(resource.value))
    if (entry.key === 'TargetGroupStickinessConfig' && isTrue(entry.value, 'Enabled')) pinned(reading, 'cloudformation', entry, entry.key, resource.key, balancerCookie)
    if (/^(LB|App)CookieStickinessPolicy$/.test(entry.key) && itemsAt(entry.value).length > 0) pinned(reading, 'cloudformation', entry, entry.key, resource.key, balancerCookie)
  }
  readScale(reading, resource, type)
  if (type === 'AWS::Serverless::Function' || type === 'AWS::Lambda::Function') readFunction(reading, resource, type)
}

const stickinessType = (resource: Tree): Pin =>
  itemsAt(resource, 'Properties', 'TargetGroupAttributes').some((item) => textAt(item, 'Key') === 'stickiness.type' && textAt(item, 'Value') === 'source_ip') ? clientAddress : balancerCookie

const SCALES: Readonly<Record<string, readonly [min: string | undefined, max: string]>> = {
  'AWS::AutoScaling::AutoScalingGroup': ['MinSize', 'MaxSize'],
  'AWS::ApplicationAutoScaling::ScalableTarget': ['MinCapacity', 'MaxCapacity'],
}

function readScale(reading: Reading, resource: Entry, type: string): void {
  const desired = type === 'AWS::ECS::Service' ? entryAt(resource.value, 'Properties', 'DesiredCount') : undefined
  const count = numberAt(desired?.value)
  if (desired && count !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'cloudformation', entrySpan(desired), 'DesiredCount', resource.key), count, autoscaled: false })
  const [minKey, maxKey] = SCALES[type] ?? []
  const limit = maxKey ? entryAt(resource.value, 'Properties', maxKey) : undefined
  const max = numberAt(limit?.value)
  const min = minKey ? numberAt(resource.value, 'Properties', minKey) : undefined
  if (limit && max !== undefined && isOfInstances(resource)) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'cloudformation', entrySpan(limit), limit.key, resource.key), max, ...(min === undefined ? {} : { min }), autoscaled: true, ...(max === 1 ? { pinned: 'scaling stops at one instance' } : {}) })
}

/** A target of scaling may as well be a table's capacity or provisioned concurrency. */
const isOfInstances = (resource: Entry): boolean => /^(ecs|ec2)\b|^$/.test(textAt(resource.value, 'Properties', 'ScalableDimension') ?? textAt(resource.value, 'Properties', 'ServiceNamespace') ?? '')

function readFunction(reading: Reading, resource: Entry, type: string): void {
  const base = (entry: Entry, key: string) => factBase(reading, 'cloudformation', entrySpan(entry), key, resource.key)
  const typeEntry = entryAt(resource.value, 'Type')
  if (typeEntry) reading.facts.push({ kind: 'platform', ...base(typeEntry, type), platform: 'serverless', name: 'AWS Lambda' })
  const reserved = entryAt(resource.value, 'Properties', 'ReservedConcurrentExecutions')
  if (reserved && numberAt(reserved.value) === 1) reading.facts.push({ kind: 'replicas', ...base(reserved, reserved.key), max: 1, autoscaled: true, pinned: 'one execution at a time' })
  for (const variable of entriesAt(resource.value, 'Properties', 'Environment', 'Variables')) reading.facts.push(envFact(reading, 'cloudformation', entrySpan(variable), variable.key, textAt(variable.value), resource.key))
  for (const event of entriesAt(resource.value, 'Properties', 'Events')) {
    const schedule = entryAt(event.value, 'Properties', 'Schedule') ?? entryAt(event.value, 'Properties', 'ScheduleExpression')
    if (schedule) reading.facts.push({ kind: 'schedule', ...base(schedule, schedule.key), expression: textAt(schedule.value) ?? '' })
  }
}

/** ARM templates and Elastic Beanstalk options: keys that mean affinity wherever they stand. */
export function readCloudKeys(reading: Reading, tree: Tree): void {
  for (const { entry, parent } of walkEntries(tree)) {
    if (entry.key === 'clientAffinityEnabled' && isTrue(entry.value)) pinned(reading, 'azure', entry, entry.key, textAt(parent, 'name'), { by: 'cookie', what: 'the cookie "ARRAffinity"' })
    if (entry.key === 'cookieBasedAffinity' && textAt(entry.value) === 'Enabled') pinned(reading, 'azure', entry, entry.key, undefined, balancerCookie)
    if (entry.key === 'affinity' && textAt(entry.value) === 'sticky') pinned(reading, 'azure', entry, entry.key, undefined, { by: 'cookie', what: 'a cookie of Container Apps' })
    if (entry.key === 'StickinessEnabled' && isTrue(entry.value)) pinned(reading, 'cloudformation', entry, entry.key, undefined, balancerCookie)
  }
}

/** Bicep: the same keys as ARM, one a line. */
export function readBicep(reading: Reading): void {
  for (const match of reading.source.text.matchAll(/^[ \t]*((clientAffinityEnabled)\s*:\s*true|(cookieBasedAffinity)\s*:\s*'Enabled'|(affinity)\s*:\s*'sticky')/gm)) {
    const start = match.index + match[0].indexOf(match[1] ?? '')
    const key = match[2] ?? match[3] ?? match[4] ?? ''
    reading.facts.push({ kind: 'affinity', ...factBase(reading, 'azure', { start, end: start + (match[1] ?? '').length }, key), by: 'cookie', what: key === 'clientAffinityEnabled' ? 'the cookie "ARRAffinity"' : 'a cookie' })
  }
}
