import type { DeployFact, ReplicaVerdict, ReplicasFact } from '../model/deploy.js'
import { affinities, topology } from './queries.js'

/** A package of the repository: its folder and its name. */
export interface Service {
  folder: string
  name?: string
}

const isShipped = ({ profile }: DeployFact): boolean => profile !== 'development' && profile !== 'test'

/** What the facts about one service make of state in its process. */
export function replicaVerdict(facts: readonly DeployFact[]): ReplicaVerdict {
  const ships = facts.filter(isShipped)
  const [affinity] = affinities(ships)
  if (affinity) return { verdict: 'masked', why: `${affinity.fact.key} keeps a client on one instance by ${affinity.fact.what}, which hides it until that instance goes`, fact: affinity.fact }
  const { value, fact } = topology(ships)
  const shown = fact ? { fact } : {}
  if (value === 'several') return { verdict: 'live', why: `${severalText(fact)} and nothing keeps a client on one of them`, ...shown }
  if (value === 'serverless') return { verdict: 'live', why: `${fact?.kind === 'platform' ? fact.name : 'the platform'} starts and ends instances at will, each with its own memory`, ...shown }
  if (value === 'one') return { verdict: 'latent', why: 'the deployment runs one instance: it breaks when that is scaled or restarted', ...shown }
  return { verdict: 'unknown', why: 'no deployment file says how many instances run' }
}

function severalText(fact: DeployFact | undefined): string {
  if (fact?.kind !== 'replicas') return 'several instances run'
  const { count, max, min } = fact
  if (count !== undefined && count > 1) return `${count} instances run (${fact.key})`
  if (max !== undefined && max > 1) return `up to ${max} instances run (${fact.key})`
  return min !== undefined && min > 1 ? `at least ${min} instances run (${fact.key})` : `several instances run (${fact.key})`
}

/** How many instances, as evidence for a reader. */
export function replicasText(fact: ReplicasFact): string | undefined {
  const { count, min, max, autoscaled } = fact
  if (max !== undefined && max > 1) return `scales ${min === undefined ? '' : `from ${min} `}to ${max} instances`
  if (count !== undefined && count > 1) return `runs ${count} instances`
  if (autoscaled && max === undefined && min === undefined) return 'runs one process a core'
  if (autoscaled && max === undefined && (min ?? 0) < 2) return 'is started and stopped by load, on as many machines as there are'
  return min !== undefined && min > 1 ? `runs at least ${min} instances` : undefined
}

/** The folder whose code a fact is about; `.` for the whole repository. */
export function folderOf(fact: DeployFact, services: readonly Service[]): string {
  const known = services.filter(({ folder }) => folder !== '.')
  const holds = (path: string): string | undefined => deepest(known.filter(({ folder }) => path === folder || path.startsWith(`${folder}/`)))
  if (fact.folder !== undefined && fact.folder !== '.') return holds(fact.folder) ?? fact.folder
  const inside = holds(fact.site.file)
  if (inside !== undefined) return inside
  const named = fact.workload === undefined ? [] : known.filter((service) => isNamed(service, fact.workload ?? ''))
  return named.length === 1 ? named[0]?.folder ?? '.' : '.'
}

const deepest = (services: readonly Service[]): string | undefined => [...services].sort((a, b) => b.folder.length - a.folder.length)[0]?.folder

const isNamed = ({ folder, name }: Service, workload: string): boolean => folder.split('/').at(-1) === workload || name?.split('/').at(-1) === workload

/** Facts about the code of one file: those of its own service where there are some about instances, and those about the whole. */
export function factsAbout(file: string, facts: readonly { fact: DeployFact; folder: string }[]): DeployFact[] {
  const about = facts.filter(({ folder }) => folder === '.' || file.startsWith(`${folder}/`))
  const own = about.filter(({ folder }) => folder !== '.')
  // How a service runs on a developer's machine says nothing against what is written of the whole.
  const decides = own.some(({ fact }) => isShipped(fact) && (fact.kind === 'replicas' || fact.kind === 'platform' || fact.kind === 'affinity'))
  return (decides ? [...own, ...about.filter(({ fact, folder }) => folder === '.' && fact.kind !== 'replicas')] : about).map(({ fact }) => fact)
}
