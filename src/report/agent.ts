import type { Finding, Report } from '../model/report.js'
import { clean, countSeverities, countsText, deployedText, leftOutText, place, reasonText, worstFirst } from './text.js'

function line(finding: Finding): string {
  const { location, severity, rule, confidence, symbol, message, trace, causes, fix } = finding
  const way = trace.length > 0 ? ` way: ${trace.map((step) => `${step.message} (${step.location.file}:${step.location.line})`).join(' -> ')}` : ''
  const cause = causes.length > 0 ? ` causes: ${causes.join(', ')}` : ''
  const runs = deployedText(finding) && ` runs ${deployedText(finding)}`
  return clean(`${place(location)}: ${severity} ${rule} (${confidence}) ${symbol}: ${message}${way}${runs}${cause} help: ${fix}`)
}

/** One line for each verdict, finding and notice: for programs that read text. */
export function agent(report: Report): string {
  const { questions, findings, notices } = report
  const left = leftOutText(report)
  const lines = [
    ...questions.map((verdict) => clean(`question ${verdict.number} ${verdict.id}: ${verdict.verdict} ${reasonText(verdict, report, '; ')}`)),
    ...[...findings].sort(worstFirst).map(line),
    ...notices.map(({ id, message, location }) => clean(`notice ${id}: ${location ? `${location.file}:${location.line}: ` : ''}${message}`)),
    `summary: ${countsText(countSeverities(findings))}${left ? `; ${left}` : ''}`,
  ]
  return `${lines.join('\n')}\n`
}
