import type { Site } from './site.js'

/**
 * What deployment files say: plain statements with the place that says them. A site is the key (and its value where they
 * stand on one line), so that a finding sits on the line a person would edit.
 */
export type DeployFact =
  | AffinityFact
  | VolumeFact
  | ClaimFact
  | ReplicasFact
  | PlatformFact
  | EnvFact
  | StatefulFact
  | ReadonlyRootFact
  | ScheduleFact
  | ProxyCacheFact

export interface DeployFacts {
  facts: DeployFact[]
  notices: { id: string; message: string; file?: string }[]
}

export type DeployFormat =
  | 'kubernetes' | 'kustomize' | 'helm' | 'compose' | 'dockerfile' | 'nginx' | 'haproxy' | 'traefik' | 'caddy' | 'apache'
  | 'envoy' | 'terraform' | 'cloudformation' | 'azure' | 'cdk' | 'serverless' | 'fly' | 'render' | 'app-engine' | 'digitalocean'
  | 'heroku' | 'vercel' | 'netlify' | 'cloudflare' | 'pm2' | 'systemd' | 'source' | 'env-file'

/** What a container or service is there for. Only `app` holds the audited program. */
export type ServiceRole = 'app' | 'database' | 'cache' | 'broker' | 'proxy' | 'other'

/** Which stage a file is written for; `default` where nothing says. */
export type Profile = 'production' | 'default' | 'example' | 'development' | 'test'

export interface DeployFactBase {
  site: Site
  format: DeployFormat
  profile: Profile
  /** The key as people write it: `spec.sessionAffinity`, `volumes`, `ip_hash`. */
  key: string
  /** Service, workload, upstream or resource that the fact is about. */
  workload?: string
  role: ServiceRole
  /** Folder of the code that the fact is about, where the file names it (a build context). */
  folder?: string
}

/** Requests of one client keep going to one instance. */
export interface AffinityFact extends DeployFactBase {
  kind: 'affinity'
  by: 'client-ip' | 'cookie' | 'header' | 'query' | 'instance'
  /** For people: `the cookie "route"`, `the client's address`. */
  what: string
}

export interface VolumeFact extends DeployFactBase {
  kind: 'volume'
  volume: 'hostPath' | 'pvc' | 'claim-template' | 'named' | 'bind' | 'anonymous' | 'dockerfile' | 'emptyDir' | 'disk'
  source?: string
  /** Path in the container. */
  target: string
  readOnly: boolean
  /** What is mounted, judged by both paths. Only `state` matters to replicas. */
  holds: 'state' | 'source' | 'config' | 'logs' | 'scratch'
  image?: string
  /** Kind of the owner: `Deployment`, `StatefulSet`, `service`, `image`, `machine`. */
  owner: string
  /** Name of the claim (pvc) or of the top-level volume (named); `ClaimFact` says how it may be shared. */
  claim?: string
}

/** A PersistentVolumeClaim or a top-level compose volume: whether several nodes can mount it. */
export interface ClaimFact extends DeployFactBase {
  kind: 'claim'
  name: string
  accessModes: string[]
  shared: boolean
}

export interface ReplicasFact extends DeployFactBase {
  kind: 'replicas'
  count?: number
  min?: number
  max?: number
  /** `Recreate`, `RollingUpdate`, `fork`, `cluster`. */
  strategy?: string
  autoscaled: boolean
  /** One because nothing says otherwise. */
  implied?: boolean
  /** The file itself forbids a second instance (not merely a default of one); says how. */
  pinned?: string
}

export interface PlatformFact extends DeployFactBase {
  kind: 'platform'
  platform: 'serverless' | 'edge' | 'paas'
  name: string
}

/** An environment value that is committed for deployment. */
export interface EnvFact extends DeployFactBase {
  kind: 'env'
  name: string
  /** Missing where it comes from outside (`${VAR}`, secrets). A default (`${VAR:-x}`) counts as the value. */
  value?: string
  origin: 'manifest' | 'image' | 'env-file'
}

export interface StatefulFact extends DeployFactBase {
  kind: 'stateful'
}

export interface ReadonlyRootFact extends DeployFactBase {
  kind: 'readonly-root'
  /** Paths that stay writable through mounts. */
  writable: string[]
}

export interface ScheduleFact extends DeployFactBase {
  kind: 'schedule'
  expression: string
  concurrency?: string
}

/** A cache in front of the app that answers for it. */
export interface ProxyCacheFact extends DeployFactBase {
  kind: 'proxy-cache'
  zone: string
  cacheKey?: string
  /** Answers are kept although the program says nothing about it (`proxy_cache_valid`). */
  kept: boolean
  /** The addresses that it takes in, those that other locations take from it, and what the program sees of them. */
  location?: { match: 'prefix' | 'exact' | 'regex' | 'insensitive'; path: string; except: string[]; upstream?: string }
  /** The key holds a cookie, an authorization header or another sign of the caller, or such requests bypass the cache. */
  identity: boolean
}

/** What the deployment makes of state in the process, with the fact that says so. */
export interface ReplicaVerdict {
  verdict: 'live' | 'masked' | 'latent' | 'unknown'
  why: string
  fact?: DeployFact
}

export type Topology = 'several' | 'one' | 'serverless' | 'unknown'
