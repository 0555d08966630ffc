import type { CatalogRow, EntryKind } from '../model/catalog.js'
import type { Confidence, QuestionId, Severity } from '../model/finding.js'
import type { Rule } from '../rule.js'
import type { RuleLevel } from './schema.js'

export interface EntryHint {
  files: string[]
  /** `*`: every exported function. */
  export: string
  kind: EntryKind
  method?: string
}

export interface IgnoreRule {
  rule: string
  files?: string[]
  symbol?: string
  reason: string
  /** Last day on which it holds. */
  until?: string
}

/** The config after defaults, file and command line; all globs are relative to the audited root. */
export interface ResolvedConfig {
  /** Absolute path of the config file. */
  file: string | null
  include: string[]
  exclude: string[]
  /** Run only these rules; empty means all. */
  only: string[]
  rules: Record<string, RuleLevel>
  /** Rules that the user brings. */
  customRules?: readonly Rule[]
  overrides: { files: string[]; rules: Record<string, RuleLevel> }[]
  entries: EntryHint[]
  models: CatalogRow[]
  stateful: { files: string[]; reason: string }[]
  ignores: IgnoreRule[]
  idempotent: { entry: string; reason: string }[]
  failOn: Severity | 'never'
  minConfidence: Confidence
  maxWarnings: number | null
  strict: boolean
  gate: Partial<Record<QuestionId, 'pass' | 'review'>>
  /** The baseline that applies: where it is and what it says; null where there is none. */
  baseline: { file: string; text: string } | null
  /** Absolute folder that the config names for the cache. */
  cacheDir: string | null
  /** The day that `until` is compared with, `YYYY-MM-DD`. */
  today: string
}

export type Origin = 'default' | 'config' | 'flag'
