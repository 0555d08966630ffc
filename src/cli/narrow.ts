import type { Finding, Notice, Report } from '../model/report.js'
import type { Engine } from './engine.js'

/** What came since another state of the code: findings that were there before are left out, and counted in a notice. */
export async function since(report: Report, before: Report, name: string, engine: Engine, isGone: (file: string) => boolean): Promise<Report> {
  const old = [...before.findings, ...before.baselined, ...before.suppressed.map(({ finding }) => finding), ...before.statefulByDesign.map(({ finding }) => finding)]
  const entries = old.map(({ fingerprint, rule, location, symbol, scope }) => ({ fp: fingerprint, rule, file: location.file, symbol, scope }))
  const { fresh } = await engine.compareBaseline(report.findings, entries, isGone)
  const left = report.findings.length - fresh.length
  const message = `compared with ${name}: ${counted(left)} there already and not shown; verdicts are those of the whole program`
  const notices: Notice[] = before.complete ? [] : [{ id: 'since-incomplete', message: `the audit of ${name} is not complete: findings may be older than they seem` }]
  return { ...report, findings: fresh, notices: [...report.notices, { id: 'since', message }, ...notices] }
}

/** Findings whose place, way or related places lie in one of some files. */
export function touching(report: Report, files: readonly string[], what: string): Report {
  const wanted = new Set(files)
  const touches = ({ location, trace, related }: Finding): boolean => [location, ...trace.map((step) => step.location), ...related.map((step) => step.location)].some(({ file }) => wanted.has(file))
  const findings = report.findings.filter(touches)
  const left = report.findings.length - findings.length
  const notices = report.notices.filter(({ location }) => location === undefined || wanted.has(location.file))
  const message = `${counted(left)} found that ${left === 1 ? 'does' : 'do'} not touch ${what}; run without naming files to see all`
  return { ...report, findings, notices: left > 0 ? [...notices, { id: 'elsewhere', message }] : notices }
}

function counted(count: number): string {
  return count === 1 ? '1 finding was' : `${count} findings were`
}
