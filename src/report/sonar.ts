import type { Report, Step } from '../model/report.js'
import type { Location } from '../model/site.js'
import { byPlace, fromGitRoot, seeText } from './text.js'

const IMPACT = { error: 'HIGH', warning: 'MEDIUM', info: 'LOW' }
const SEVERITY = { error: 'CRITICAL', warning: 'MAJOR', info: 'INFO' }

/** Columns count from 0 here, and an empty range is refused. */
function textRange({ line, column, endLine, endColumn }: Location) {
  const empty = line === endLine && endColumn <= column
  return empty ? { startLine: line } : { startLine: line, endLine, startColumn: column - 1, endColumn: endColumn - 1 }
}

/** SonarQube generic issues (10.3 and later). */
export function sonar({ findings, rules, root, tool }: Report): string {
  const where = ({ message, location }: Step) => ({ message, filePath: fromGitRoot(root, location.file), textRange: textRange(location) })
  const used = new Set(findings.map(({ rule }) => rule))
  const issues = [...findings].sort(byPlace).map((finding) => ({
    ruleId: finding.rule,
    primaryLocation: where({ message: `${finding.symbol}: ${finding.message}`, location: finding.location }),
    ...(finding.trace.length + finding.related.length > 0 && { secondaryLocations: [...finding.trace, ...finding.related].map(where) }),
  }))
  const described = rules.filter(({ id }) => used.has(id)).map(({ id, title, why, fix, severity, docs }) => ({
    id, name: title, description: [why, fix, seeText({ docs })].filter(Boolean).join(' '), engineId: tool.name, cleanCodeAttribute: 'LOGICAL', type: 'BUG', severity: SEVERITY[severity],
    impacts: [{ softwareQuality: 'RELIABILITY', severity: IMPACT[severity] }],
  }))
  return `${JSON.stringify({ rules: described, issues }, null, 2)}\n`
}
