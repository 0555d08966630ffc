import { type ChecklistGap, silentWrites, verdicts } from '../checklist/index.js'
import type { ResolvedConfig } from '../config/types.js'
import type { Finding, Notice, Report } from '../model/report.js'
import type { Rule } from '../rule.js'
import { failureGap } from './failures.js'
import { globMatcher } from './globs.js'
import { summaryOf } from './run.js'
import { settle, type Settled } from './settle.js'
import type { Study } from './study.js'

export interface AssembleInput {
  study: Study
  config: ResolvedConfig
  /** The audited folder from the git root. */
  root: string
  rules: readonly Rule[]
  /** Ids of all rules, also of those that did not run. */
  knownRules: readonly string[]
  pageOf(rule: Rule): string
  readText(file: string): string
  isThere(file: string): boolean
  version: string
}

/** Puts the report together: what is left of the findings, verdicts, inventories, notices. */
export const assembleReport = (made: AssembleInput): Report => {
  const { study, config, rules } = made
  const { complete, notices, entries, state, effects } = study
  const failed = new Set(study.failures.map(({ rule }) => rule))
  const ran = rules.filter(({ id }) => !failed.has(id))
  const settled = settleFindings({ ...made, rules: ran })
  const { findings } = settled
  const gaps: ChecklistGap[] = [...study.failures.map(failureGap), ...silentWrites(entries, effects, study.coverage.request), ...study.coverage.gaps]
  const coverage = { ...study.coverage, gaps: [...study.failures.map((failure) => ({ reason: failureGap(failure).reason })), ...study.coverage.gaps] }
  const questions = verdicts({
    ...study, findings, known: settled.baselined, leftOut: [...settled.suppressed, ...settled.statefulByDesign].map(({ finding }) => finding), rules: ran,
    gaps, request: coverage.request, entriesFound: entries.length, filesParsed: coverage.parsed,
  })
  return {
    schemaVersion: 1, tool: { name: 'stateless-audit', version: made.version }, root: made.root, complete, coverage, questions,
    findings, suppressed: settled.suppressed, baselined: settled.baselined, statefulByDesign: settled.statefulByDesign,
    notices: [...undeclared(notices, config), ...settled.notices], entries, state, effects, rules: rules.map((rule) => summaryOf(rule, made.pageOf(rule))), sources: sourcesOf(made, findings),
  }
}

/** A proposal to declare a file stateful is made until the config does. */
const undeclared = (notices: readonly Notice[], { stateful }: ResolvedConfig): Notice[] => {
  const declared = globMatcher(stateful.flatMap(({ files }) => files))
  return notices.filter(({ id, location }) => id !== 'stateful-by-design' || !location || !declared(location.file))
}

const settleFindings = ({ study, config, root, rules, knownRules, isThere }: AssembleInput): Settled => {
  const read = new Set(study.read)
  return settle({
    findings: study.findings, config, root, knownRules, ranRules: rules.map(({ id }) => id), comments: study.comments,
    isGone: (file) => !isThere(file),
    wasRead: (file) => read.has(file) || !isThere(file),
  })
}

/** Text of the files that code frames show. */
const sourcesOf = ({ readText }: AssembleInput, findings: readonly Finding[]): Map<string, string> => {
  const sources = new Map<string, string>()
  for (const finding of findings) {
    for (const { file } of [finding.location, ...finding.trace.map((s) => s.location), ...finding.related.map((s) => s.location)]) {
      if (!sources.has(file)) sources.set(file, readText(file))
    }
  }
  return sources
}
