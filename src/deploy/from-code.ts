import type { AffinityFact, DeployFact } from '../model/deploy.js'
import type { CallExpr, Expr, FileFacts, NewExpr } from '../model/facts.js'
import { isInfrastructure, PM2_FILE, SERVERLESS_FILE } from './code-files.js'
import { nodes } from './code-nodes.js'
import { CodeTrees, type Surroundings } from './code-tree.js'
import { holdsOf } from './mounts.js'
import { clientAddress } from './read/annotations.js'
import { readServerless } from './read/platforms.js'
import { isPm2, readPm2 } from './read/pm2.js'
import { readRouting } from './read/routing.js'
import { profileOf, roleOf } from './roles.js'
import { entrySpan, envFact, factBase, type Reading } from './source.js'
import { entriesAt, entryAt, isTrue, numberAt, textAt, type Tree, walkEntries } from './tree.js'

/** Facts of deployment that is written in TypeScript or JavaScript: PM2, Serverless Framework, CDK, Pulumi. `text` is the file's. */
export function deployedByCode(path: string, text: string, facts: FileFacts, around?: Omit<Surroundings, 'path'>): DeployFact[] {
  const reading: Reading = { source: { path, text, profile: profileOf(path) }, facts: [], unread: () => {} }
  const trees = around ? CodeTrees.in({ ...around, path }, facts) : new CodeTrees(facts)
  if (PM2_FILE.test(path)) for (const tree of objects(facts, trees)) if (isPm2(tree)) readPm2(reading, tree)
  if (SERVERLESS_FILE.test(path)) for (const tree of objects(facts, trees)) if (entryAt(tree, 'provider') && entryAt(tree, 'service')) readServerless(reading, tree)
  if (isInfrastructure(facts)) for (const node of nodes(facts.functions)) if (isMaking(node)) readConstruct(reading, node, trees, nameOf(node.f, facts))
  return once(reading.facts)
}

function* objects(facts: FileFacts, trees: CodeTrees): Generator<Tree> {
  for (const node of nodes(facts.functions)) if (node['k'] === 'obj') yield trees.of(node as unknown as Expr)
}

/** The same place is met through each object around it. */
function once(facts: DeployFact[]): DeployFact[] {
  const seen = new Set<string>()
  return facts.filter((fact) => {
    const id = `${fact.kind} ${fact.site.start} ${fact.kind === 'env' ? fact.name : fact.key}`
    return !seen.has(id) && seen.add(id)
  })
}

// ------------------------------------------------------------------ constructs

type Making = CallExpr | NewExpr

const isMaking = (node: object): node is Making => {
  const { k, f } = node as { k?: unknown; f?: { k?: unknown } }
  return (k === 'call' || k === 'new') && typeof f === 'object'
}

const nameOf = (x: Expr, facts: FileFacts): string => (x.k === 'mem' ? x.n : x.k === 'ref' ? facts.bindings[x.b]?.n ?? '' : '')
const literal = (x: Expr | undefined): string | undefined => (x?.k === 'lit' && typeof x.v === 'string' ? x.v : undefined)
/** The object that is given, written there or kept in a constant. */
const options = (making: Making, trees: CodeTrees): Expr | undefined => making.a.findLast((x) => x.k === 'obj') ?? making.a.findLast((x) => x.k === 'ref' && trees.of(x).kind === 'map')

const balancerCookie: Pick<AffinityFact, 'by' | 'what'> = { by: 'cookie', what: 'a cookie of the load balancer' }

/** `'true'`, or a constant made a text. */
function isOn(x: Expr | undefined, trees: CodeTrees): boolean {
  const made = x?.k === 'call' && x.f.k === 'glob' && x.f.n === 'String' ? x.a[0] : x
  return made !== undefined && isTrue(trees.of(made))
}

const LAMBDA = /^(NodejsFunction|DockerImageFunction|Function|SingletonFunction|CfnFunction)$/

/** One call or construction: what its options say, and what its name says. */
function readConstruct(reading: Reading, making: Making, trees: CodeTrees, name: string): void {
  const id = literal(making.a.find((x) => literal(x) !== undefined))
  const role = roleOf(undefined, id?.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replaceAll('_', '-'))
  const workload = making.k === 'new' ? id : undefined
  const base = (span: { start: number; end: number }, key: string) => factBase(reading, 'cdk', span, key, workload, role === 'proxy' || role === 'other' ? 'app' : role)
  const pin = (span: { start: number; end: number }, key: string, by: typeof balancerCookie) => reading.facts.push({ kind: 'affinity', ...base(span, key), ...by })
  const called = making.k === 'call' ? name : ''
  if (called === 'enableCookieStickiness') pin({ start: making.f.k === 'mem' ? making.f.q : making.p, end: making.e }, called, balancerCookie)
  if (called === 'setAttribute' && literal(making.a[0]) === 'stickiness.enabled' && isOn(making.a[1], trees)) pin({ start: making.a[0]?.p ?? making.p, end: making.e }, 'stickiness.enabled', balancerCookie)
  const given = options(making, trees)
  if (making.k === 'new' && LAMBDA.test(name)) reading.facts.push({ kind: 'platform', ...base({ start: making.p, end: making.e }, name), platform: 'serverless', name: 'AWS Lambda' })
  if (!given) return
  const tree = trees.of(given)
  readRouting(reading, tree, workload, role, 'cdk')
  readSettings(reading, tree, workload, { base, pin }, making.k === 'new' ? countsInstances(given) && !DATA.test(name) : name === 'autoScaleTaskCount')
}

/** Capacity of tables and databases, and provisioned concurrency, limit no instances of a service. */
const DATA = /Table|Cluster|Database|Replica|Index|Queue/
function countsInstances(given: Expr): boolean {
  const asked = given.k === 'obj' ? given.m.filter(({ n }) => n === 'scalableDimension' || n === 'serviceNamespace').map(({ v }) => (v.k === 'mem' ? v.n : literal(v) ?? '')) : []
  return asked.every((text) => /^ecs\b/i.test(text))
}

interface Writing {
  base(span: { start: number; end: number }, key: string): ReturnType<typeof factBase>
  pin(span: { start: number; end: number }, key: string, by: Pick<AffinityFact, 'by' | 'what'>): void
}

function readSettings(reading: Reading, tree: Tree, workload: string | undefined, { base, pin }: Writing, counts: boolean): void {
  for (const { entry, path } of walkEntries(tree)) {
    const { key, value } = entry
    if (key === 'stickinessCookieDuration') pin(entrySpan(entry), key, balancerCookie)
    if (key === 'stickiness' && isTrue(value, 'enabled')) pin(entrySpan(entry), key, textAt(value, 'type') === 'source_ip' ? clientAddress : balancerCookie)
    if (key === 'host' && textAt(value, 'sourcePath')) hostVolume(reading, entry.value, base(entrySpan(entry), 'sourcePath'))
    if (key === 'environment' && path.length < 2) for (const variable of entriesAt(value)) reading.facts.push(envFact(reading, 'cdk', entrySpan(variable), variable.key, textAt(variable.value), workload))
  }
  readCounts(reading, tree, base, counts)
}

function hostVolume(reading: Reading, host: Tree, base: ReturnType<typeof factBase>): void {
  const source = textAt(host, 'sourcePath') ?? ''
  reading.facts.push({ kind: 'volume', ...base, volume: 'hostPath', source, target: source, readOnly: false, holds: holdsOf(source, source, true), owner: 'service' })
}

function readCounts(reading: Reading, tree: Tree, base: Writing['base'], counts: boolean): void {
  const count = entryAt(tree, 'desiredCount') ?? entryAt(tree, 'replicas')
  const number = numberAt(count?.value)
  if (count && number !== undefined) reading.facts.push({ kind: 'replicas', ...base(entrySpan(count), count.key), count: number, autoscaled: false })
  const limit = entryAt(tree, 'maxCapacity') ?? entryAt(tree, 'maxReplicas')
  const [min, max] = [numberAt(tree, 'minCapacity') ?? numberAt(tree, 'minReplicas'), numberAt(limit?.value)]
  if (counts && limit && max !== undefined) reading.facts.push({ kind: 'replicas', ...base(entrySpan(limit), limit.key), max, ...(min === undefined ? {} : { min }), autoscaled: true, ...(max === 1 ? { pinned: 'scaling stops at one instance' } : {}) })
  const reserved = entryAt(tree, 'reservedConcurrentExecutions')
  if (reserved && textAt(reserved.value) === '1') reading.facts.push({ kind: 'replicas', ...base(entrySpan(reserved), reserved.key), max: 1, autoscaled: true, pinned: 'one execution at a time' })
}
