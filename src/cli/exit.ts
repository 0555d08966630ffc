import type { ResolvedConfig } from '../config/types.js'
import type { Report, Verdict } from '../model/report.js'

/** Questions whose verdict is worse than the config allows. */
export function brokenGates(report: Report, gate: ResolvedConfig['gate']): Verdict[] {
  return report.questions.filter(({ id, verdict }) => {
    const allowed = gate[id]
    return allowed !== undefined && (verdict === 'fail' || (verdict === 'review' && allowed === 'pass'))
  })
}

const RANK = { never: 9, error: 2, warning: 1, info: 0 }
const CONFIDENCE = { high: 2, medium: 1, low: 0 }

function whyFindings(report: Report, config: ResolvedConfig, broken: Verdict[]): string {
  const counted = report.findings.filter((finding) => CONFIDENCE[finding.confidence] >= CONFIDENCE[config.minConfidence])
  const failing = counted.filter((finding) => RANK[finding.severity] >= RANK[config.failOn]).length
  if (failing > 0) return `${failing} finding${failing > 1 ? 's' : ''} at or above '${config.failOn}' (--fail-on)`
  const warnings = counted.filter((finding) => finding.severity === 'warning').length
  if (config.maxWarnings !== null && warnings > config.maxWarnings) return `${warnings} warnings, ${config.maxWarnings} allowed (--max-warnings)`
  const [first] = broken
  return first ? `question ${first.number} (${first.id}) is '${first.verdict}', the config's gate asks for '${config.gate[first.id]}'` : ''
}

function whyUntrusted(report: Report): string {
  if (!report.complete) return `the result cannot be trusted: ${report.notices.find((row) => row.id === 'link-budget')?.message ?? 'the audit is not complete'}; audit one service at a time, or --exclude what is no server code`
  const mistakes = report.notices.filter((row) => row.id === 'parse-error')
  const [first] = mistakes
  const { files, parsed } = report.coverage
  const open = Math.max(files - parsed, mistakes.length)
  return `the result cannot be trusted: ${open} of ${files} files did not parse${first ? ` (first: ${first.location ? `${first.location.file}:${first.location.line}: ` : ''}${first.message.replace(/\.$/, '')})` : ''}; mend or --exclude them`
}

/** One sentence on stderr for an exit code that is not 0. */
export function whyExit(code: number, report: Report, config: ResolvedConfig, broken: Verdict[]): string {
  if (code === 1) return whyFindings(report, config, broken)
  if (code === 2) return whyUntrusted(report)
  if (code !== 3) return ''
  const skipped = report.coverage.skipped.map((row) => `${row.count} ${row.reason}`).join(', ')
  return `nothing to audit: no TypeScript or JavaScript source in this folder${skipped ? ` (left out: ${skipped})` : ''}; check the path, 'include' and 'exclude'`
}
