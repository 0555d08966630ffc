/** The public API of stateless-audit. */
export { audit, type AuditOptions } from './audit.js'
export { defineConfig } from './config/define.js'
export { defineModel, defineRule, type Draft, type Program, type Rule } from './rule.js'
export type { CatalogRow } from './model/catalog.js'
export type { Report, Finding, Verdict, Evidence, Coverage, Gap, Notice, Step, Location, EntrySummary, StateSummary, EffectSummary } from './model/report.js'
