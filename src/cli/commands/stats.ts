import type { Report } from '../../model/report.js'

/** `--stats`: how much was read and understood. */
export function statLines(report: Report): string[] {
  const { coverage } = report
  const skipped = coverage.skipped.map((row) => `${row.count} ${row.reason}`).join(', ')
  const rows: [string, string][] = [
    ['files', `${coverage.files} (${coverage.parsed} without parse errors)`],
    ['left out', skipped || 'none'],
    ['entries', String(coverage.entries)],
    ['calls resolved', `${coverage.request.callsResolved} of ${coverage.request.callsTotal} on request paths`],
    ['gaps', String(coverage.gaps.length)],
    ['findings', `${report.findings.length} shown, ${report.suppressed.length} suppressed, ${report.baselined.length} in the baseline`],
  ]
  return rows.map(([name, value]) => `${name.padEnd(15)} ${value}`)
}
