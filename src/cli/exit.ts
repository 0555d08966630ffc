import { saysNo } from '../checklist/index.js'
import type { ResolvedConfig } from '../config/types.js'
import type { Finding, Notice, Report, Verdict } from '../model/report.js'

/**
 * Questions whose verdict is worse than what is allowed. Verdicts are those of the whole program: where only a `part` of its findings is
 * shown (what is new, what is staged), a gate is broken by them alone, not by what was there before.
 */
export function brokenGates(report: Report, gate: ResolvedConfig['gate'], part = false): Verdict[] {
  return report.questions.filter(({ id, verdict }) => {
    const allowed = gate[id]
    const broken = allowed !== undefined && (verdict === 'fail' || (verdict === 'review' && allowed === 'pass'))
    return broken && (!part || report.findings.some((finding) => countsFor(finding, id) && breaks(finding, id, allowed)))
  })
}

const countsFor = ({ question, alsoAffects }: Finding, id: Verdict['id']): boolean => question === id || alsoAffects.includes(id)

/** Would this finding alone make the verdict worse than that? */
const breaks = (finding: Finding, id: Verdict['id'], allowed: 'pass' | 'review'): boolean =>
  saysNo(finding, id) || (allowed === 'pass' && finding.severity !== 'info')

const RANK = { never: 9, error: 2, warning: 1, info: 0 }
const CONFIDENCE = { high: 2, medium: 1, low: 0 }

function whyFindings(report: Report, config: ResolvedConfig, broken: Verdict[]): string {
  const counted = report.findings.filter((finding) => CONFIDENCE[finding.confidence] >= CONFIDENCE[config.minConfidence])
  const failing = counted.filter((finding) => RANK[finding.severity] >= RANK[config.failOn]).length
  if (failing > 0) return `${failing} finding${failing > 1 ? 's' : ''} at or above '${config.failOn}' (--fail-on)`
  const warnings = counted.filter((finding) => finding.severity === 'warning').length
  if (config.maxWarnings !== null && warnings > config.maxWarnings) return `${warnings} warnings, ${config.maxWarnings} allowed (--max-warnings)`
  const [first] = broken
  return first ? `question ${first.number} (${first.id}) is '${first.verdict}', the gate asks for '${config.gate[first.id]}' (--gate)` : ''
}

/** `src/app.ts:7: ';' expected`, the file once. */
function mistake({ location, message }: Notice): string {
  const text = message.replace(/\.$/, '')
  return location ? `${location.file}:${location.line}: ${text.replace(`${location.file} `, '')}` : text
}

function whyIncomplete({ notices }: Report): string {
  const told = (wanted: string): string | undefined => notices.find(({ id }) => id === wanted)?.message
  return told('rule-failed') ?? `${told('link-budget') ?? 'the audit is not complete'}; audit one service at a time, or --exclude what is no server code`
}

function whyUntrusted(report: Report): string {
  if (!report.complete) return `the result cannot be trusted: ${whyIncomplete(report)}`
  const mistakes = report.notices.filter((row) => row.id === 'parse-error')
  const [first] = mistakes
  const { files, parsed } = report.coverage
  const open = Math.max(files - parsed, mistakes.length)
  return `the result cannot be trusted: ${open} of ${files} files did not parse${first ? ` (first: ${mistake(first)})` : ''}; mend or --exclude them`
}

/** One sentence on stderr for an exit code that is not 0. */
export function whyExit(code: number, report: Report, config: ResolvedConfig, broken: Verdict[]): string {
  if (code === 1) return whyFindings(report, config, broken)
  if (code === 2) return whyUntrusted(report)
  if (code !== 3) return ''
  const skipped = report.coverage.skipped.map((row) => `${row.count} ${row.reason}`).join(', ')
  return `nothing to audit: no TypeScript or JavaScript source in this folder${skipped ? ` (left out: ${skipped})` : ''}; check the path, 'include' and 'exclude'`
}
