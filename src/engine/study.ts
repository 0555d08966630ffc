import type { ChecklistInput } from '../checklist/index.js'
import type { ResolvedConfig } from '../config/types.js'
import type { FileFacts } from '../model/facts.js'
import type { InputFiles } from '../model/input.js'
import type { QuestionId } from '../model/finding.js'
import type { Coverage, EffectSummary, EntrySummary, Finding, Gap, Notice, StateSummary } from '../model/report.js'
import type { Location, Site } from '../model/site.js'
import type { KeyOrigin } from '../effects/keys.js'
import type { Program } from '../program/program.js'
import { sourceComments, textComments } from './comments.js'
import type { Comment } from './directives.js'
import { Attempts, type Failure, failureNotice } from './failures.js'
import { noticesOf } from './notices.js'

export interface StudyInput {
  input: InputFiles
  program: Program
  files: { path: string; facts: FileFacts }[]
  complete: boolean
  config: ResolvedConfig
  findings: Finding[]
  /** The rules have asked already. */
  attempts: Attempts
  locate(site: Site): Location
  readText(file: string): string
}

/**
 * What the files of a project, its models and the rules decide, as plain data that survives JSON: the same files
 * give the same study. What comments, ignores, baseline and date make of it is settled in each run.
 */
export interface Study {
  complete: boolean
  /** What threw. */
  failures: Failure[]
  findings: Finding[]
  coverage: Coverage
  evidence: ChecklistInput['evidence']
  hasMutatingEntry: boolean
  hasSessionOrLogin: boolean
  notices: Notice[]
  entries: EntrySummary[]
  state: StateSummary[]
  effects: EffectSummary[]
  /** Comments that speak to the tool. */
  comments: Comment[]
  /** Files that were read: of others nothing can be said. */
  read: string[]
}

const MUTATING = /^(POST|PUT|PATCH|DELETE|ALL|MUTATION)$/
const MOST_GAPS = 200
const ALL: readonly QuestionId[] = ['context', 'session', 'retries', 'scaling', 'auth']
const SHOULD_LIVE: Record<string, string> = {
  store: 'a shared store or the database', limit: 'Redis INCR with an expiry', registry: 'the connection itself, with a shared presence store', 'request-data': 'the request', counter: 'the database or Redis INCR',
  sequence: 'a database sequence, or random ids', lock: 'a lock that all replicas see', queue: 'a job queue or table', cache: 'here, if staleness is accepted; else a shared cache', setting: 'the database or configuration', flag: 'the database or configuration',
}

/** Asks a program for everything that a report says. */
export const studyOf = (made: StudyInput): Study => {
  const { program, input, files, locate, attempts } = made
  const { entries } = program
  const { failures } = attempts
  const tell = <T>(part: string, questions: readonly QuestionId[], ask: () => T, otherwise: T): T => attempts.of({ part, questions: [...questions] }, ask, otherwise)
  const evidence = tell('the evidence', ALL, () => evidenceOf(made), [])
  const state = tell('the list of state', ['context'], () => stateOf(made), [])
  const effects = tell('the table of effects', ['retries'], () => effectsOf(made), [])
  const gaps = tell('the search for gaps', ALL, () => gapsOf(made), [])
  const notices = tell('the search for notices', [], () => noticesOf(made, entries.length), [])
  const others = [...input.deployment, ...input.environments, ...input.schemas]
  return {
    complete: made.complete && failures.length === 0,
    failures,
    findings: made.findings,
    coverage: coverageOf(made, gaps),
    evidence,
    hasMutatingEntry: entries.some((entry) => entry.kind === 'action' || entry.kind === 'message' || MUTATING.test(entry.method ?? '')),
    hasSessionOrLogin: program.libraries.withFacet('session').length > 0 || evidence.some((one) => one.question === 'auth' || one.question === 'session'),
    notices: [...notices, ...failures.map(failureNotice)],
    entries: entriesOf(made),
    state,
    effects,
    comments: [...sourceComments(files, locate), ...textComments(others, made.readText)],
    read: [...files.map(({ path }) => path), ...others],
  }
}

const gapsOf = ({ program, locate }: StudyInput): Gap[] =>
  program.gaps().map((gap) => ({ reason: gap.reason, symbol: gap.symbol, location: locate({ file: gap.unit.path, start: gap.at, end: gap.at + 1 }) }))

const coverageOf = ({ input, program, files, locate }: StudyInput, gaps: readonly Gap[]): Coverage => {
  const parsed = files.filter(({ facts }) => facts.unread || facts.parseErrors.length === 0 || facts.functions.length > 1 || (facts.functions[0]?.body.length ?? 0) > 0).length
  const { total, unresolved } = program.registrations()
  const registrations = {
    total, resolved: total - unresolved.length,
    unresolved: unresolved.slice(0, MOST_GAPS).map(({ reason, symbol, at }) => ({ reason, symbol, location: locate({ ...at, end: at.start + 1 }) })),
  }
  return { files: files.length, parsed, entries: program.entries.length, registrations, request: program.resolvedCalls(), gaps: gaps.slice(0, MOST_GAPS), skipped: input.skipped }
}

const evidenceOf = ({ program, locate }: StudyInput): ChecklistInput['evidence'] => {
  const seen = new Set<string>()
  const replicas = program.deploy.evidence().map((one) => ({ ...one, question: 'scaling' as const }))
  return [...program.evidence(), ...replicas].flatMap(({ question, message, site }) => {
    const key = `${question} ${message}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ question, message, location: locate(site) }]
  })
}

const entriesOf = ({ program, locate }: StudyInput): EntrySummary[] =>
  program.entries.map((entry) => {
    const summary: EntrySummary = { kind: entry.kind, location: locate(entry.site) }
    if (entry.method !== undefined) summary.method = entry.method
    if (entry.path !== undefined) summary.path = entry.path
    if (entry.name !== undefined) summary.name = entry.name
    return summary
  }).sort((a, b) => (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : a.location.line - b.location.line || a.location.column - b.location.column || (a.method ?? '').localeCompare(b.method ?? '') || (a.path ?? '').localeCompare(b.path ?? '')))

const stateOf = ({ program, locate }: StudyInput): StateSummary[] =>
  program.cells().filter((cell) => cell.way !== undefined).map((cell) => ({
    symbol: cell.symbol, role: cell.role, lifetime: 'process', location: locate(cell.site), writers: cell.writers, readers: cell.readers,
    ...(SHOULD_LIVE[cell.role] ? { shouldLive: SHOULD_LIVE[cell.role] as string } : {}),
  }))

/** What each entry changes outside, and what makes a repeat of it harmless, in the order of entries; the most costly first. */
/** Where a key comes from, for people. */
const KEYS: Record<KeyOrigin, string> = { given: 'given', caller: 'the same for all that a user asks for', fresh: 'made up in each call', constant: 'the same for all', none: 'none' }

const effectsOf = ({ program, locate }: StudyInput): EffectSummary[] =>
  program.repeatedEffects().flatMap((one) => one.effects.map((effect) => {
    const guard = effect.guard ?? one.guard ?? (effect.perhaps ? 'perhaps not: one of many, or asked' : effect.weak ? 'checked before, a race' : undefined)
    const what = `${effect.kind} ${effect.model ? `${effect.model} (${effect.by})` : `(${effect.by})`}`
    const key = effect.key && KEYS[effect.key]
    return { entry: one.entry.symbol, effect: what, ...(guard === undefined ? {} : { guard }), ...(key === undefined ? {} : { key }), location: locate(program.callSite(effect.call)) }
  }))
