import type { Evidence, Finding, Gap, Report, Step, Suppressed } from '../model/report.js'
import type { Location } from '../model/site.js'

/** Keys are written in the order of the published schema, whatever order the engine made them in. */
function place({ file, line, column, endLine, endColumn }: Location): Location {
  return { file, line, column, endLine, endColumn }
}

function optionalPlace(location: Location | undefined): { location?: Location } {
  return location ? { location: place(location) } : {}
}

function step({ message, location }: Step): Step {
  return { message, location: place(location) }
}

function plainFinding(finding: Finding): Omit<Finding, 'scope'> {
  const { rule, question, alsoAffects, severity, confidence, message, symbol, location, trace, related, deployment, causes, fix, docs, fingerprint } = finding
  return {
    rule, question, alsoAffects, severity, confidence, message, symbol, location: place(location),
    trace: trace.map(step), related: related.map(step),
    ...(deployment && { deployment: { verdict: deployment.verdict, why: deployment.why, ...optionalPlace(deployment.location) } }), causes, fix, docs, fingerprint,
  }
}

function plainSuppressed({ finding, reason, by, location }: Suppressed) {
  return { finding: plainFinding(finding), reason, by, ...optionalPlace(location) }
}

function plainEvidence({ message, location }: Evidence): Evidence {
  return { message, ...optionalPlace(location) }
}

function plainGap({ reason, location, symbol }: Gap): Gap {
  return { reason, ...optionalPlace(location), ...(symbol !== undefined && { symbol }) }
}

function coverageOf({ coverage: { files, parsed, entries, registrations, request, gaps, skipped } }: Report) {
  return {
    files, parsed, entries,
    ...(registrations && { registrations: { total: registrations.total, resolved: registrations.resolved, unresolved: registrations.unresolved.map(plainGap) } }),
    request: { callsResolved: request.callsResolved, callsTotal: request.callsTotal },
    gaps: gaps.map(plainGap),
    skipped: skipped.map(({ reason, count }) => ({ reason, count })),
  }
}

function questionsOf({ questions }: Report) {
  return questions.map(({ number, id, title, verdict, why, checks, evidence, counts }) => ({
    number, id, title, verdict, why,
    checks: { ran: checks.ran, passed: checks.passed },
    evidence: evidence.map(plainEvidence),
    counts: { error: counts.error, warning: counts.warning, info: counts.info },
  }))
}

function inventory({ entries, state, effects, rules }: Report) {
  return {
    entries: entries.map(({ kind, method, path, name, location }) => ({
      kind, ...(method !== undefined && { method }), ...(path !== undefined && { path }), ...(name !== undefined && { name }), location: place(location),
    })),
    state: state.map(({ symbol, role, lifetime, location, writers, readers, shouldLive }) => ({
      symbol, role, lifetime, location: place(location), writers, readers, ...(shouldLive !== undefined && { shouldLive }),
    })),
    effects: effects.map(({ entry, effect, guard, key, location }) => ({
      entry, effect, ...(guard !== undefined && { guard }), ...(key !== undefined && { key }), location: place(location),
    })),
    rules: rules.map(({ id, title, question }) => ({ id, title, question })),
  }
}

/** The JSON report, version 1: `schema/report.schema.json` describes it. */
export function json(report: Report): string {
  const { schemaVersion, tool, root, complete, findings, suppressed, baselined, statefulByDesign, notices } = report
  const shown = {
    schemaVersion,
    tool: { name: tool.name, version: tool.version },
    root,
    complete,
    coverage: coverageOf(report),
    questions: questionsOf(report),
    findings: findings.map(plainFinding),
    suppressed: suppressed.map(plainSuppressed),
    baselined: baselined.map(plainFinding),
    statefulByDesign: statefulByDesign.map(plainSuppressed),
    notices: notices.map(({ id, message, location }) => ({ id, message, ...optionalPlace(location) })),
    ...inventory(report),
  }
  return `${JSON.stringify(shown, null, 2)}\n`
}
