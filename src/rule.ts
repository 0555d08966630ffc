import type { SourceFile } from 'ts-morph'
import type { CatalogRow } from './model/catalog.js'
import type { Confidence, QuestionId, Severity } from './model/finding.js'
import type { Site } from './model/site.js'
import type { Program } from './program/program.js'

export type { Confidence, QuestionId, Severity } from './model/finding.js'
export type { Site } from './model/site.js'
export type { CatalogRow, ConventionRow } from './model/catalog.js'
export type { CellView, Program, StepDraft } from './program/program.js'
export type { InfraUse, LibraryUse, StoreKind } from './program/libraries.js'

/** What a rule says of one thing; the engine adds locations, fingerprint, rule and question. */
export interface Draft {
  /** Where the finding sits. */
  at: Site
  /** The thing: a cell's name, or an entry (`POST /orders`). */
  symbol: string
  /** Id of one of the rule's messages. */
  message: string
  /** What the message's `{placeholders}` stand for. */
  data?: Record<string, string | number>
  severity?: Severity
  confidence?: Confidence
  /** The way from an entry to the place. */
  /** `merged`: many calls were taken for one there. */
  trace?: { message: string; site: Site; merged?: true }[]
  related?: { message: string; site: Site }[]
  causes?: string[]
  /** Replaces the other questions that the rule bears on. */
  alsoAffects?: QuestionId[]
  /** Replaces the rule's general fix by an exact one. */
  fix?: string
}

/** What a rule may ask besides the program. Rules of the package do without; a parsed file costs a hundred times its facts. */
export interface RuleTools {
  /** The audited source files, from the audited folder. */
  files: readonly string[]
  /** A file as ts-morph parses it: each is parsed when it is first asked for. Of `.vue`, `.svelte` and `.astro`, the script, at its place. */
  sourceFile(file: string): SourceFile
}

/** One check: everything about it in one value. */
export interface Rule {
  /** Kebab-case; the pattern that is found. Frozen: baselines and suppressions name it. */
  id: string
  question: QuestionId
  /** Other questions that a finding bears on. */
  alsoAffects: QuestionId[]
  severity: Severity
  /** One line: what is found. */
  summary: string
  /** Why that is wrong with two replicas, a restart, or a repeated request. */
  why: string
  fix: string
  example?: { bad: string; good: string }
  /** Address of a page about it. Rules of the package need none: their pages come with it. */
  docs?: string
  /** Message templates: lower case, no full stop, name the thing. */
  messages: Record<string, string>
  /** A rule that asks for parsed files takes a second parameter. */
  check(program: Program, tools: RuleTools): Iterable<Draft>
}

/** Defines a rule; the value is the rule. Misspelt message ids are compile errors. */
export const defineRule = <M extends Record<string, string>>(rule: Omit<Rule, 'messages' | 'check'> & { messages: M; check(program: Program, tools: RuleTools): Iterable<Draft & { message: keyof M & string }> }): Rule => rule

/** Describes a library to the tool: the catalog's own row format. */
export const defineModel = (row: CatalogRow): CatalogRow => row
