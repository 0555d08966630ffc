import type { DeployFact, DeployFacts, ProxyCacheFact, ReplicaVerdict } from '../model/deploy.js'
import type { Site } from '../model/site.js'
import { affinities, appVolumes, environmentValue, singleInstances, topology } from '../deploy/queries.js'
import { factsAbout, folderOf, replicasText, replicaVerdict, type Service } from '../deploy/verdict.js'

/** What the deployment files of the repository say, as rules ask it. */
export class Deployment {
  private readonly facts: readonly DeployFact[]
  private readonly placed: { fact: DeployFact; folder: string }[]
  private readonly verdicts = new Map<string, ReplicaVerdict>()

  constructor(
    facts: readonly DeployFact[],
    /** Were there any files to read? */
    readonly read: boolean,
    private readonly services: readonly Service[] = [],
    /** Files that could not be read. */
    readonly notices: DeployFacts['notices'] = [],
  ) {
    this.facts = facts.map((fact) => (fact.role !== 'app' && isOwn(fact.workload, services) ? { ...fact, role: 'app' as const } : fact))
    this.placed = this.facts.map((fact) => ({ fact, folder: folderOf(fact, services) }))
  }

  affinities(): ReturnType<typeof affinities> {
    return affinities(this.facts)
  }

  appVolumes(databases: readonly string[]): ReturnType<typeof appVolumes> {
    return appVolumes(this.facts, databases)
  }

  singleInstances(): ReturnType<typeof singleInstances> {
    return singleInstances(this.facts)
  }

  /** Caches in front of the program that keep its answers. */
  proxyCaches(): ProxyCacheFact[] {
    return this.facts.filter((fact): fact is ProxyCacheFact => fact.kind === 'proxy-cache')
  }

  topology(): ReturnType<typeof topology> {
    return topology(this.facts)
  }

  environment(name: string, file?: string): ReturnType<typeof environmentValue> {
    return environmentValue(file === undefined ? this.facts : factsAbout(file, this.placed), name)
  }

  /** Facts about the service that a source file belongs to. */
  about(file: string): DeployFact[] {
    return factsAbout(file, this.placed)
  }

  /** The value that a variable has where the service runs: committed, and not for development, tests or as an example. */
  deployedValue(name: string, file: string): ReturnType<typeof environmentValue> {
    const found = this.environment(name, file)
    return found && (found.profile === 'production' || found.profile === 'default') ? found : undefined
  }

  /** What the deployment makes of state in the process of the service that a source file belongs to. */
  verdictFor(file: string): ReplicaVerdict {
    if (!this.read) return { verdict: 'unknown', why: 'there are no deployment files' }
    const service = this.services.filter(({ folder }) => folder !== '.' && file.startsWith(`${folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0]?.folder ?? '.'
    const key = service === '.' && this.placed.some(({ folder }) => folder !== '.') ? file : service
    const known = this.verdicts.get(key)
    if (known) return known
    const found = replicaVerdict(factsAbout(file, this.placed))
    this.verdicts.set(key, found)
    return found
  }

  /** Does the code of a source file run behind this affinity? */
  isAbout(site: Site, file: string): boolean {
    return this.placed.some(({ fact, folder }) => fact.site.file === site.file && fact.site.start === site.start && (folder === '.' || file.startsWith(`${folder}/`)))
  }

  /** Instances, autoscaling and platforms, for question 4: one line a key and workload. */
  evidence(): { message: string; site: Site }[] {
    return this.facts.filter((fact) => fact.role === 'app' && fact.profile !== 'development' && fact.profile !== 'test').flatMap((fact) => {
      const text = fact.kind === 'replicas' ? replicasText(fact) : fact.kind === 'platform' && fact.platform !== 'paas' ? `runs on ${fact.name} (${fact.platform})` : undefined
      return text === undefined ? [] : [{ message: `${fact.workload ?? 'the service'} ${text}`, site: fact.site }]
    })
  }
}

/** A service that is called like a package of the repository is its own program, whatever else that name is known for. */
const isOwn = (workload: string | undefined, services: readonly Service[]): boolean => workload !== undefined && services.some(({ name }) => name?.split('/').at(-1) === workload)
