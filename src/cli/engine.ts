import type { AuditOptions } from '../audit.js'
import type { BaselineEntry, Compared, Update } from '../engine/baseline.js'
import type { ExitOptions } from '../engine/exit.js'
import type { Finding, Report } from '../model/report.js'
import type { RenderOptions } from '../report/index.js'
import type { Rule } from '../rule.js'

/** What the command line asks of the rest. Every part is loaded when it is first needed, so that `--help` loads none. */
export interface Engine {
  audit(options: AuditOptions): Promise<Report>
  trace(options: AuditOptions, what: string): Promise<string>
  formats(): Promise<readonly string[]>
  render(format: string, report: Report, options: RenderOptions): Promise<string>
  exitCode(report: Report, options: ExitOptions): Promise<number>
  rules(): Promise<readonly Rule[]>
  readBaseline(text: string, file: string): Promise<BaselineEntry[]>
  writeBaseline(entries: BaselineEntry[]): Promise<string>
  updateBaseline(findings: readonly Finding[], before: readonly BaselineEntry[], how: Update): Promise<BaselineEntry[]>
  compareBaseline(findings: readonly Finding[], entries: readonly BaselineEntry[], isGone: (file: string) => boolean): Promise<Compared>
}

/** The real one. */
export const engine: Engine = {
  audit: async (options) => (await import('../audit.js')).audit(options),
  trace: async (options, what) => (await import('../audit.js')).auditTrace(options, what),
  formats: async () => (await import('../report/index.js')).FORMATS,
  render: async (format, report, options) => (await import('../report/index.js')).render(format, report, options),
  exitCode: async (report, options) => (await import('../engine/exit.js')).exitCode(report, options),
  rules: async () => (await import('../../rules/index.js')).rules,
  readBaseline: async (text, file) => (await import('../engine/baseline.js')).readBaseline(text, file),
  writeBaseline: async (entries) => (await import('../engine/baseline.js')).writeBaseline(entries),
  updateBaseline: async (findings, before, how) => (await import('../engine/baseline.js')).updateBaseline(findings, before, how),
  compareBaseline: async (findings, entries, isGone) => (await import('../engine/baseline.js')).applyBaseline(findings, entries, isGone),
}
