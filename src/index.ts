/** The public API of stateless-audit; docs/api.md shows it at work. */
export { audit, type AuditRequest, exitCode, render } from './api.js'
export { defineConfig, defineModel, defineRule } from './config/define.js'
export { UserError } from './config/errors.js'
export type { Config } from './config/schema.js'
export { type Format, FORMATS } from './report/index.js'
export type { Draft, Program, Rule, RuleTools, Site } from './rule.js'
export type { CatalogRow } from './model/catalog.js'
export type { Report, Finding, Verdict, Evidence, Coverage, Gap, Notice, Step, Location, EntrySummary, StateSummary, EffectSummary } from './model/report.js'
