import { type ChecklistGap, verdicts } from '../checklist/index.js'
import type { ResolvedConfig } from '../config/types.js'
import type { FileFacts } from '../model/facts.js'
import type { InputFiles } from '../model/input.js'
import type { Coverage, EffectSummary, EntrySummary, Finding, Report, StateSummary } from '../model/report.js'
import type { Location, Site } from '../model/site.js'
import type { Program } from '../program/program.js'
import type { Rule } from '../rule.js'
import { sourceComments, textComments } from './comments.js'
import { noticesOf } from './notices.js'
import { summaryOf } from './run.js'
import { settle, type Settled } from './settle.js'

export interface AssembleInput {
  input: InputFiles
  program: Program
  files: { path: string; facts: FileFacts }[]
  complete: boolean
  config: ResolvedConfig
  findings: Finding[]
  rules: readonly Rule[]
  /** Ids of all rules, also of those that did not run. */
  knownRules: readonly string[]
  locate(site: Site): Location
  readText(file: string): string
  isThere(file: string): boolean
  version: string
}

const MUTATING = /^(POST|PUT|PATCH|DELETE|ALL|MUTATION)$/
const MOST_GAPS = 200
const SHOULD_LIVE: Record<string, string> = {
  store: 'a shared store or the database', registry: 'the connection itself, with a shared presence store', 'request-data': 'the request', counter: 'the database or Redis INCR',
  sequence: 'a database sequence, or random ids', lock: 'a lock that all replicas see', queue: 'a job queue or table', cache: 'here, if staleness is accepted; else a shared cache', setting: 'the database or configuration', flag: 'the database or configuration',
}

/** Puts the report together: verdicts, coverage, inventories, notices. */
export const assembleReport = (made: AssembleInput): Report => {
  const { program, rules } = made
  const settled = settleFindings(made)
  const { findings } = settled
  const coverage = coverageOf(made)
  const entries = program.entries
  const gaps: ChecklistGap[] = [...coverage.gaps]
  const questions = verdicts({
    findings, known: settled.baselined, leftOut: [...settled.suppressed, ...settled.statefulByDesign].map(({ finding }) => finding), rules: [...rules], evidence: evidenceOf(made), gaps, request: coverage.request, entriesFound: entries.length,
    hasMutatingEntry: entries.some((entry) => entry.kind === 'action' || entry.kind === 'message' || MUTATING.test(entry.method ?? '')),
    hasSessionOrLogin: program.libraries.withFacet('session').length > 0 || program.evidence().some((one) => one.question === 'auth' || one.question === 'session'),
    filesParsed: coverage.parsed, deploymentRead: program.deploy.read,
  })
  return {
    schemaVersion: 1, tool: { name: 'stateless-audit', version: made.version }, root: made.input.fromGitRoot, complete: made.complete, coverage, questions,
    findings, suppressed: settled.suppressed, baselined: settled.baselined, statefulByDesign: settled.statefulByDesign,
    notices: [...noticesOf(made, entries.length), ...settled.notices], entries: entriesOf(made), state: stateOf(made), effects: effectsOf(made),
    rules: rules.map(summaryOf), sources: sourcesOf(made),
  }
}

const settleFindings = ({ input, files, config, findings, rules, knownRules, locate, readText, isThere }: AssembleInput): Settled => {
  const others = [...input.deployment, ...input.environments, ...input.schemas]
  const read = new Set([...files.map(({ path }) => path), ...others])
  return settle({
    findings, config, root: input.fromGitRoot, knownRules, ranRules: rules.map(({ id }) => id),
    comments: [...sourceComments(files, locate), ...textComments(others, readText)],
    isGone: (file) => !isThere(file),
    wasRead: (file) => read.has(file) || !isThere(file),
  })
}

const coverageOf = ({ input, program, files, locate }: AssembleInput): Coverage => {
  const gaps = program.gaps().map((gap) => ({ reason: gap.reason, symbol: gap.symbol, location: locate({ file: gap.unit.path, start: gap.at, end: gap.at + 1 }) }))
  const parsed = files.filter(({ facts }) => facts.parseErrors.length === 0 || facts.functions.length > 1 || (facts.functions[0]?.body.length ?? 0) > 0).length
  return { files: files.length, parsed, entries: program.entries.length, request: program.resolvedCalls(), gaps: gaps.slice(0, MOST_GAPS), skipped: input.skipped }
}

const evidenceOf = ({ program, locate }: AssembleInput): Parameters<typeof verdicts>[0]['evidence'] => {
  const seen = new Set<string>()
  const replicas = program.deploy.evidence().map((one) => ({ ...one, question: 'scaling' as const }))
  return [...program.evidence(), ...replicas].flatMap(({ question, message, site }) => {
    const key = `${question} ${message}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ question, message, location: locate(site) }]
  })
}

const entriesOf = ({ program, locate }: AssembleInput): EntrySummary[] =>
  program.entries.map((entry) => {
    const summary: EntrySummary = { kind: entry.kind, location: locate(entry.site) }
    if (entry.method !== undefined) summary.method = entry.method
    if (entry.path !== undefined) summary.path = entry.path
    if (entry.name !== undefined) summary.name = entry.name
    return summary
  }).sort((a, b) => (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : a.location.line - b.location.line || a.location.column - b.location.column || (a.method ?? '').localeCompare(b.method ?? '') || (a.path ?? '').localeCompare(b.path ?? '')))

const stateOf = ({ program, locate }: AssembleInput): StateSummary[] =>
  program.cells().filter((cell) => cell.way !== undefined).map((cell) => ({
    symbol: cell.symbol, role: cell.role, lifetime: 'process', location: locate(cell.site), writers: cell.writers, readers: cell.readers,
    ...(SHOULD_LIVE[cell.role] ? { shouldLive: SHOULD_LIVE[cell.role] as string } : {}),
  }))

/** What each entry changes outside, and what makes a repeat of it harmless, in the order of entries; the most costly first. */
const effectsOf = ({ program, locate }: AssembleInput): EffectSummary[] =>
  program.repeatedEffects().flatMap((one) => one.effects.map((effect) => {
    const guard = effect.guard ?? one.guard ?? (effect.weak ? 'checked before, a race' : undefined)
    const what = `${effect.kind} ${effect.model ? `${effect.model} (${effect.by})` : `(${effect.by})`}`
    return { entry: one.entry.symbol, effect: what, ...(guard === undefined ? {} : { guard }), location: locate(program.callSite(effect.call)) }
  }))

/** Text of the files that code frames show. */
const sourcesOf = ({ findings, readText }: AssembleInput): Map<string, string> => {
  const sources = new Map<string, string>()
  for (const finding of findings) {
    for (const { file } of [finding.location, ...finding.trace.map((s) => s.location), ...finding.related.map((s) => s.location)]) {
      if (!sources.has(file)) sources.set(file, readText(file))
    }
  }
  return sources
}
