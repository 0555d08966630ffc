import type { AffinityFact, ClaimFact, DeployFact, EnvFact, Profile, ReplicasFact, Topology, VolumeFact } from '../model/deploy.js'
import { isDataPath } from './mounts.js'
import type { Confidence } from '../model/finding.js'

/** A fact that a rule reports, and how sure it may be. */
export interface Judged<F extends DeployFact> {
  fact: F
  confidence: Confidence
}

const ofKind = <K extends DeployFact['kind']>(facts: readonly DeployFact[], kind: K) => facts.filter((fact): fact is Extract<DeployFact, { kind: K }> => fact.kind === kind)
const sure = (profile: Profile, otherwise: Confidence): Confidence => (profile === 'development' || profile === 'test' ? 'low' : otherwise)

/** Affinity of clients to instances of the app: every key of every format that is switched on. */
export const affinities = (facts: readonly DeployFact[]): Judged<AffinityFact>[] =>
  ofKind(facts, 'affinity').filter((fact) => fact.role === 'app' || fact.role === 'proxy').map((fact) => ({ fact, confidence: sure(fact.profile, 'high') }))

/** Volumes that hold data of the app on one node: not read-only, not shared, not source, configuration, logs or scratch, unless one of these files is in them. */
export function appVolumes(facts: readonly DeployFact[], databases: readonly string[] = []): Judged<VolumeFact>[] {
  const claims = ofKind(facts, 'claim')
  return ofKind(facts, 'volume')
    .filter((fact) => fact.role === 'app' && !fact.readOnly && (fact.holds === 'state' || databases.some((file) => fact.target !== '' && file.startsWith(`${fact.target.replace(/\/$/, '')}/`))) && fact.volume !== 'emptyDir')
    .flatMap((fact) => {
      const claim = claimOf(fact, claims)
      return claim?.shared ? [] : [{ fact, confidence: volumeConfidence(fact, claim) }]
    })
}

/** Claims go by name; a compose volume is declared in its own file or in one of its folder. */
function claimOf(fact: VolumeFact, claims: readonly ClaimFact[]): ClaimFact | undefined {
  const named = claims.filter((claim) => claim.name === fact.claim && (claim.format === 'compose') === (fact.format === 'compose'))
  const folder = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)
  return named.find((claim) => claim.site.file === fact.site.file) ?? named.find((claim) => claim.format !== 'compose' || folder(claim.site.file) === folder(fact.site.file))
}

function volumeConfidence(fact: VolumeFact, claim: ClaimFact | undefined): Confidence {
  if (fact.volume === 'pvc' && fact.format !== 'helm' && !claim) return sure(fact.profile, 'low')
  // `VOLUME` in an image is a suggestion; whether it is data only its name says.
  if (fact.volume === 'dockerfile' && !isDataPath(fact.target)) return sure(fact.profile, 'low')
  return sure(fact.profile, fact.volume === 'anonymous' || fact.volume === 'dockerfile' ? 'medium' : 'high')
}

/** Deployments that allow one instance only, by what they say and not by a default of one. */
export function singleInstances(facts: readonly DeployFact[]): Judged<ReplicasFact>[] {
  const replicas = ofKind(facts, 'replicas')
  return replicas
    .filter((fact) => fact.pinned !== undefined && fact.role === 'app' && !scalesElsewhere(fact, replicas))
    .map((fact) => ({ fact, confidence: sure(fact.profile, fact.key === 'container_name' && fact.profile !== 'production' ? 'low' : 'high') }))
}

const scalesElsewhere = (fact: ReplicasFact, replicas: readonly ReplicasFact[]): boolean =>
  replicas.some((other) => other !== fact && other.role === 'app' && other.workload !== undefined && other.workload === fact.workload && isSeveral(other))

const isSeveral = (fact: ReplicasFact): boolean => Math.max(fact.count ?? 0, fact.min ?? 0, fact.max ?? 0) > 1 || (fact.autoscaled && fact.max === undefined && fact.format === 'pm2')

/** What production most likely sees comes first. */
const RANK: Readonly<Record<Profile, number>> = { production: 0, default: 1, example: 3, development: 4, test: 5 }

/** How many instances run, and the fact that says so. Development and test files do not decide. */
export function topology(facts: readonly DeployFact[]): { value: Topology; fact?: DeployFact } {
  const ships = facts.filter((fact) => fact.role === 'app' && fact.profile !== 'development' && fact.profile !== 'test').sort((a, b) => RANK[a.profile] - RANK[b.profile])
  const replicas = ofKind(ships, 'replicas')
  const several = replicas.find(isSeveral)
  if (several) return { value: 'several', fact: several }
  const serverless = ofKind(ships, 'platform').find((fact) => fact.platform !== 'paas')
  if (serverless) return { value: 'serverless', fact: serverless }
  const one = replicas.find((fact) => fact.pinned !== undefined) ?? replicas.find((fact) => fact.count === 1 && !fact.implied) ?? appVolumes(ships).find(({ fact }) => fact.volume === 'disk')?.fact ?? replicas.find((fact) => fact.count === 1)
  return one ? { value: 'one', fact: one } : { value: 'unknown' }
}


/** The committed value of a variable that production most likely sees; values for tests and development come last. */
export function environmentValue(facts: readonly DeployFact[], name: string): EnvFact | undefined {
  const rank = (fact: EnvFact): number => RANK[fact.profile] * 2 + (fact.origin === 'manifest' ? 0 : 1)
  return ofKind(facts, 'env').filter((fact) => fact.name === name && fact.value !== undefined && fact.role === 'app').sort((a, b) => rank(a) - rank(b))[0]
}
