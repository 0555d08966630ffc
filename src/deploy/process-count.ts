import type { ReplicasFact } from '../model/deploy.js'
import type { Expr, FileFacts } from '../model/facts.js'

/**
 * Code that forces its own cluster to one process: a variable that is set to 1 under a condition and then says how many
 * workers `throng` or `cluster.fork` start. It pins a deployment as a manifest would, so it is a fact of the same kind.
 */
export function forcedSingleProcess(path: string, facts: FileFacts): ReplicasFact[] {
  const counts = workerCounts(facts)
  if (counts.size === 0) return []
  return conditionalOnes(facts).filter(({ binding }) => counts.has(binding)).map(({ binding, start, end }) => ({
    kind: 'replicas', site: { file: path, start, end }, format: 'source', profile: 'default', key: facts.bindings[binding]?.n ?? '', role: 'app',
    count: 1, autoscaled: false, pinned: 'the code allows one process only under this condition',
  }))
}

const COUNT_OPTION = /^(count|workers|numWorkers|processes|instances)$/

/** Bindings that reach the number of workers. */
function workerCounts(facts: FileFacts): Set<number> {
  const found = new Set<number>()
  const throng = new Set(facts.imports.filter((row) => row.s === 'throng').flatMap((row) => row.names.map((name) => name.b)))
  for (const node of nodes(facts)) {
    if (node['k'] === 'call' && throng.has((node['f'] as { b?: number }).b ?? -1)) {
      for (const option of nodes(node['a'])) if (COUNT_OPTION.test(String(option['n'])) && option['v']) addReferences(option['v'], found)
    }
    if (node['k'] === 'loop' && [...nodes(node['b'])].some(isFork)) addReferences(node['t'], found)
  }
  return found
}

const isFork = (node: Node): boolean => {
  const callee = node['k'] === 'call' ? (node['f'] as Expr) : undefined
  return callee?.k === 'mem' && callee.n === 'fork'
}

function addReferences(value: unknown, into: Set<number>): void {
  for (const node of nodes(value)) if (node['k'] === 'ref') into.add(node['b'] as number)
}

/** Assignments of the literal 1 inside an `if`. */
function conditionalOnes(facts: FileFacts): { binding: number; start: number; end: number }[] {
  const found = new Map<number, { binding: number; start: number; end: number }>()
  for (const branch of nodes(facts.functions)) {
    if (branch['k'] !== 'if') continue
    for (const node of nodes([branch['c'], branch['a']])) {
      const [target, value] = [node['l'] as Expr | undefined, node['r'] as Expr | undefined]
      if (node['k'] !== 'set' || node['op'] !== '=' || target?.k !== 'ref' || value?.k !== 'lit' || value.v !== 1) continue
      found.set(node['p'] as number, { binding: target.b, start: node['p'] as number, end: node['e'] as number })
    }
  }
  return [...found.values()]
}

type Node = Record<string, unknown>

/** Every object below a piece of plain data. */
function* nodes(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Node
  for (const inner of Object.values(value)) yield* nodes(inner)
}
