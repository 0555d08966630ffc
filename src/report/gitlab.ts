import type { Report } from '../model/report.js'
import { byPlace, fromGitRoot, seeText } from './text.js'

const SEVERITY = { error: 'critical', warning: 'major', info: 'info' }

/** GitLab merges issues of equal fingerprint: the second and later ones get a number. */
function distinct(): (fingerprint: string) => string {
  const seen = new Map<string, number>()
  return (fingerprint) => {
    const count = seen.get(fingerprint) ?? 0
    seen.set(fingerprint, count + 1)
    return count === 0 ? fingerprint : `${fingerprint}-${count}`
  }
}

/** GitLab code quality report. */
export function gitlab({ findings, root }: Report): string {
  const unique = distinct()
  const issues = [...findings].sort(byPlace).map(({ rule, severity, message, symbol, fix, docs, location, fingerprint }) => ({
    description: [`${symbol}: ${message}`, fix, seeText({ docs })].filter(Boolean).join('; '),
    check_name: rule,
    fingerprint: unique(fingerprint),
    severity: SEVERITY[severity],
    location: { path: fromGitRoot(root, location.file), lines: { begin: location.line, end: location.endLine } },
  }))
  return `${JSON.stringify(issues, null, 2)}\n`
}
