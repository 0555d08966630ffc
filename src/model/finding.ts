import type { Location } from './site.js'

export type Severity = 'error' | 'warning' | 'info'
export type Confidence = 'high' | 'medium' | 'low'
export type QuestionId = 'context' | 'session' | 'retries' | 'scaling' | 'auth'

/** One step of the way from an entry to the place, or a place that belongs to the story. */
export interface Step {
  message: string
  location: Location
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
  causes: string[]
  fix: string
  /** URL of the rule's page. */
  docs: string
  fingerprint: string
  /** Scope path that holds the place (`UserService.get`, `<module>`): part of the fingerprint. */
  scope: string
}
