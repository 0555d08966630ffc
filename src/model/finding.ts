import type { Location } from './site.js'

export type Severity = 'error' | 'warning' | 'info'
export type Confidence = 'high' | 'medium' | 'low'
export type QuestionId = 'context' | 'session' | 'retries' | 'scaling' | 'auth'

/** One step of the way from an entry to the place, or a place that belongs to the story. */
export interface Step {
  message: string
  location: Location
}

/** What the deployment files make of a finding about state, stores or sockets. */
export interface DeploymentVerdict {
  /**
   * `live`: several replicas and no affinity, wrong today. `masked`: affinity hides it. `latent`: one replica, it breaks when
   * scaled. `unknown`: nothing says how the service runs.
   */
  verdict: 'live' | 'masked' | 'latent' | 'unknown'
  why: string
  /** The line that says so. */
  location?: Location
}

export interface Finding {
  rule: string
  question: QuestionId
  alsoAffects: QuestionId[]
  severity: Severity
  confidence: Confidence
  /** Lower case, no full stop at the end, names the thing; one sentence that tells the two-replica story. */
  message: string
  /** The cell's name (`UserService.cache`), or `POST /orders`, `mutation createOrder`, `action addTodo`, `event chat:send`, `job cleanup`. */
  symbol: string
  location: Location
  trace: Step[]
  related: Step[]
  /** Only where replicas make the difference. */
  deployment?: DeploymentVerdict
  causes: string[]
  fix: string
  /** URL of the rule's page; empty for a rule without one. */
  docs: string
  fingerprint: string
  /** Scope path that holds the place (`UserService.get`, `<module>`): part of the fingerprint. */
  scope: string
}
