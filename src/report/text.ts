import type { Evidence, Finding, Report, Severity, Verdict, VerdictValue } from '../model/report.js'
import type { Location } from '../model/site.js'

const SEVERITY: Record<Severity, number> = { error: 0, warning: 1, info: 2 }
const CONFIDENCE = { high: 0, medium: 1, low: 2 }

/** `1 finding`, `2 findings`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** A question's checks as people count them: never a percentage. */
export function checksText({ checks }: Verdict): string {
  return `${checks.passed} of ${plural(checks.ran, 'check')} passed`
}

/** Why a verdict is what it is; checks that nothing was given to look at did not pass. */
export function reasonText(verdict: Verdict, { coverage }: Pick<Report, 'coverage'>, separator = ' · '): string {
  const looked = verdict.verdict !== 'n/a' && verdict.checks.ran > 0 && coverage.entries > 0
  return looked ? `${checksText(verdict)}${separator}${verdict.why}` : verdict.why
}

export const GLYPH: Record<VerdictValue, string> = { pass: '✔', fail: '✖', review: '?', 'n/a': '–' }

export function place({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`
}

/** `session store: connect-redis (src/app.ts:12)`. */
export function evidenceText({ message, location }: Evidence): string {
  return location ? `${message} (${location.file}:${location.line})` : message
}

/** Code-unit order: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Errors first, then what is surest, then by place. */
export function worstFirst(a: Finding, b: Finding): number {
  return (
    SEVERITY[a.severity] - SEVERITY[b.severity] ||
    CONFIDENCE[a.confidence] - CONFIDENCE[b.confidence] ||
    compare(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    compare(a.rule, b.rule)
  )
}

/** By file and line, as readers of files expect. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.location.file, b.location.file) || a.location.line - b.location.line || a.location.column - b.location.column || compare(a.rule, b.rule)
}

export interface Counts {
  error: number
  warning: number
  info: number
}

export function countSeverities(findings: readonly Finding[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}

/** `2 errors, 1 warning, 3 infos`, or `no findings`. */
export function countsText({ error, warning, info }: Counts): string {
  const parts = [error && plural(error, 'error'), warning && plural(warning, 'warning'), info && plural(info, 'info')]
  return parts.filter(Boolean).join(', ') || 'no findings'
}

/** What was left out on purpose: `2 suppressed, 3 baselined`; empty when nothing was. */
export function leftOutText({ suppressed, baselined, statefulByDesign }: Report): string {
  const parts = [
    suppressed.length && `${suppressed.length} suppressed`,
    baselined.length && `${baselined.length} baselined`,
    statefulByDesign.length && `${statefulByDesign.length} stateful by design`,
  ]
  return parts.filter(Boolean).join(', ')
}

/** What the deployment files make of a finding, with the line that says so; empty where they say nothing. */
export function deployedText({ deployment }: Finding): string {
  if (!deployment || deployment.verdict === 'unknown') return ''
  const { verdict, why, location } = deployment
  return `${verdict}: ${clean(why)}${location ? ` (${clean(place(location))})` : ''}`
}

/** Where more is said of a finding's rule; empty where that is no address. */
export function seeText({ docs }: { docs: string }): string {
  return isUrl(docs) ? `see ${docs}` : ''
}

/** Reasons with how often they occur, the most frequent first. */
export function byReason(rows: readonly { reason: string; count?: number }[]): { reason: string; count: number }[] {
  const sums = new Map<string, number>()
  for (const { reason, count = 1 } of rows) sums.set(reason, (sums.get(reason) ?? 0) + count)
  return [...sums].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || compare(a.reason, b.reason))
}

/** Control characters of audited code must not steer the reader's terminal, nor break a line. */
export function clean(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\r?\n/g, ' ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '·')
}

/** Only pages on the web can be linked to; a rule's page may also be a path inside of the package. */
export function isUrl(text: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/.test(text)
}

/** Path from the git root, which platforms want. */
export function fromGitRoot(root: string, file: string): string {
  return root === '.' || root === '' ? file : `${root.replace(/\/$/, '')}/${file}`
}

/** Breaks prose at words; a word that is longer than the line stays whole. */
export function wrap(text: string, width: number): string[] {
  const rows: string[] = []
  let row = ''
  for (const word of clean(text).split(' ').filter(Boolean)) {
    if (row && row.length + 1 + word.length > width) {
      rows.push(row)
      row = word
    } else row = row ? `${row} ${word}` : word
  }
  return row ? [...rows, row] : rows
}
