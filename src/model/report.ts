import type { Confidence, Finding, QuestionId, Severity, Step } from './finding.js'
import type { Location } from './site.js'

export type VerdictValue = 'pass' | 'fail' | 'review' | 'n/a'

export interface Gap {
  reason: string
  location?: Location
  symbol?: string
}

export interface Coverage {
  files: number
  parsed: number
  entries: number
  request: { callsResolved: number; callsTotal: number }
  /** Registrations of request-time code, and those that led to none. */
  registrations?: { total: number; resolved: number; unresolved: Gap[] }
  gaps: Gap[]
  skipped: { reason: string; count: number }[]
}

export interface Evidence {
  message: string
  location?: Location
}

export interface Verdict {
  number: 1 | 2 | 3 | 4 | 5
  id: QuestionId
  title: string
  verdict: VerdictValue
  why: string
  checks: { ran: number; passed: number }
  evidence: Evidence[]
  counts: { error: number; warning: number; info: number }
}

export interface EntrySummary {
  kind: string
  method?: string
  path?: string
  name?: string
  location: Location
}

export interface StateSummary {
  symbol: string
  role: string
  lifetime: 'process' | 'connection' | 'request'
  location: Location
  writers: string[]
  readers: string[]
  /** Where it should live instead, in a few words. */
  shouldLive?: string
}

export interface EffectSummary {
  entry: string
  effect: string
  guard?: string
  key?: string
  location: Location
}

export interface RuleSummary {
  id: string
  title: string
  question: QuestionId
  alsoAffects: QuestionId[]
  severity: Severity
  why: string
  fix: string
  /** Markdown for SARIF help and the rule page. */
  help: string
  docs: string
}

export interface Notice {
  /** Kebab-case id: `parse-error`, `tsconfig-missing-extends`, `no-entry-found`… */
  id: string
  message: string
  location?: Location
}

export interface Suppressed {
  finding: Finding
  reason: string
  by: 'comment' | 'config' | 'stateful'
  location?: Location
}

/** The one plain result that reporters see. The JSON report (version 1) is this, less what is marked in-memory. */
export interface Report {
  schemaVersion: 1
  tool: { name: string; version: string }
  /** Audited folder relative to the git root, `.` at the top. */
  root: string
  complete: boolean
  coverage: Coverage
  questions: Verdict[]
  findings: Finding[]
  suppressed: Suppressed[]
  baselined: Finding[]
  statefulByDesign: Suppressed[]
  notices: Notice[]
  entries: EntrySummary[]
  state: StateSummary[]
  effects: EffectSummary[]
  rules: RuleSummary[]
  /** In memory only: text of the lines that code frames show, by file. */
  sources: Map<string, string>
}

export type { Confidence, Finding, QuestionId, Severity, Step, Location }
