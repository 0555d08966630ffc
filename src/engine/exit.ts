import type { Confidence, QuestionId, Severity } from '../model/finding.js'
import type { Report } from '../model/report.js'

export interface ExitOptions {
  failOn: Severity | 'never'
  minConfidence: Confidence
  /** More warnings than this fail; null: any number is fine. */
  maxWarnings?: number | null
  /** A file that did not parse without errors makes the run untrustworthy. */
  strict?: boolean
  /** The worst verdict a question may have. */
  gate?: Partial<Record<QuestionId, 'pass' | 'review'>>
}

const SEVERITY: Record<Severity, number> = { info: 0, warning: 1, error: 2 }
const CONFIDENCE: Record<Confidence, number> = { low: 0, medium: 1, high: 2 }

function untrusted({ complete, coverage, notices }: Report, strict: boolean): boolean {
  if (!complete || (coverage.files > 0 && coverage.parsed === 0)) return true
  return strict && (coverage.parsed < coverage.files || notices.some(({ id }) => id === 'parse-error'))
}

function failing({ findings, questions }: Report, options: ExitOptions): boolean {
  const { failOn, minConfidence, maxWarnings = null, gate = {} } = options
  const counted = findings.filter(({ confidence }) => CONFIDENCE[confidence] >= CONFIDENCE[minConfidence])
  if (failOn !== 'never' && counted.some(({ severity }) => SEVERITY[severity] >= SEVERITY[failOn])) return true
  if (maxWarnings !== null && counted.filter(({ severity }) => severity === 'warning').length > maxWarnings) return true
  return questions.some(({ id, verdict }) => gate[id] !== undefined && (verdict === 'fail' || (verdict === 'review' && gate[id] === 'pass')))
}

/** 2 the run cannot be trusted, 3 nothing to audit, 1 findings at or above the threshold, 0 otherwise; the first that holds. */
export function exitCode(report: Report, options: ExitOptions): 0 | 1 | 2 | 3 {
  if (untrusted(report, options.strict ?? false)) return 2
  if (report.coverage.files === 0) return 3
  return failing(report, options) ? 1 : 0
}
