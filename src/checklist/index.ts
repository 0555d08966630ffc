import type { Confidence, Finding, QuestionId, Severity } from '../model/finding.js'
import type { Evidence, RuleSummary, Verdict, VerdictValue } from '../model/report.js'
import { type GapInput, gapThatMatters } from './gaps.js'
import { saysNo } from './says-no.js'
import { type Question, QUESTIONS } from './questions.js'

export { type ChecklistGap, silentWrites } from './gaps.js'
export { QUESTIONS } from './questions.js'
export { saysNo } from './says-no.js'

export interface ChecklistInput extends GapInput {
  /** Only those that count: neither suppressed nor baselined. */
  findings: Finding[]
  /** Findings of the baseline: they fail nothing, but a question that has one is not answered with a clear conscience. */
  known?: Finding[]
  /** Findings that comments or the config leave out, for a reason that somebody gave. */
  leftOut?: Finding[]
  /** The rules that ran. */
  rules: Pick<RuleSummary, 'id' | 'question' | 'alsoAffects'>[]
  evidence: (Evidence & { question: QuestionId })[]
  entriesFound: number
  hasMutatingEntry: boolean
  hasSessionOrLogin: boolean
  filesParsed: number
}

const SEVERITY: Record<Severity, number> = { error: 2, warning: 1, info: 0 }
const CONFIDENCE: Record<Confidence, number> = { high: 2, medium: 1, low: 0 }

function bearsOn(id: QuestionId, one: { question: QuestionId; alsoAffects: QuestionId[] }): boolean {
  return one.question === id || one.alsoAffects.includes(id)
}

/** Worst first; at equal weight the question's own before those of others, then by place. */
function worstFirst(id: QuestionId): (a: Finding, b: Finding) => number {
  const own = (finding: Finding) => (finding.question === id ? 1 : 0)
  return (a, b) =>
    SEVERITY[b.severity] - SEVERITY[a.severity] ||
    CONFIDENCE[b.confidence] - CONFIDENCE[a.confidence] ||
    own(b) - own(a) ||
    (a.location.file < b.location.file ? -1 : a.location.file > b.location.file ? 1 : a.location.line - b.location.line)
}

/** The worst by name; one that is listed under another question says so. */
function naming(id: QuestionId, findings: Finding[]): string {
  const [worst] = findings
  if (!worst) return ''
  const more = findings.length > 1 ? `, and ${findings.length - 1} more` : ''
  const other = QUESTIONS.find((question) => question.id === worst.question && question.id !== id)
  return `${worst.rule}: ${worst.symbol} (${worst.location.file}:${worst.location.line}${other ? `, under question ${other.number}` : ''})${more}`
}

function nothingOfTheKind(id: QuestionId, input: ChecklistInput): string | undefined {
  if (id === 'retries' && !input.hasMutatingEntry) return 'no entry changes anything'
  if ((id === 'session' || id === 'auth') && !input.hasSessionOrLogin) return 'no session and no login found'
  return undefined
}

function whyPass(input: ChecklistInput, evidence: Evidence[], infos: Finding[]): string {
  const [first] = evidence
  if (first) return first.message + (first.location ? `, ${first.location.file}:${first.location.line}` : '')
  if (infos.length > 0) return `only ${infos.length === 1 ? 'a remark' : `${infos.length} remarks`} in ${entries(input)}`
  return `nothing found in ${entries(input)}`
}

function entries({ entriesFound }: ChecklistInput): string {
  return entriesFound === 1 ? '1 entry' : `${entriesFound} entries`
}

function judge(id: QuestionId, input: ChecklistInput, findings: Finding[], evidence: Evidence[]): { verdict: VerdictValue; why: string } {
  const grave = findings.filter((finding) => saysNo(finding, id))
  if (grave.length > 0) return { verdict: 'fail', why: naming(id, grave) }
  if (input.filesParsed === 0) return { verdict: 'review', why: 'no file could be parsed' }
  if (input.entriesFound === 0) return { verdict: 'review', why: 'no entry found: nothing says where requests come in' }
  const doubtful = findings.filter(({ severity }) => severity !== 'info')
  if (doubtful.length > 0) return { verdict: 'review', why: naming(id, doubtful) }
  const known = (input.known ?? []).filter((finding) => bearsOn(id, finding) && finding.severity !== 'info').sort(worstFirst(id))
  if (known.length > 0) return { verdict: 'review', why: `in the baseline: ${naming(id, known)}` }
  const gap = gapThatMatters(id, input)
  const nothing = findings.length === 0 && evidence.length === 0 ? nothingOfTheKind(id, input) : undefined
  if (nothing && !gap?.entries) return { verdict: 'n/a', why: nothing }
  if (gap) return { verdict: 'review', why: gap.why }
  return { verdict: 'pass', why: whyPass(input, evidence, findings) }
}

/** Rules of the question that ran, and those that found nothing worse than an info. */
function checksOf(id: QuestionId, { rules, known = [] }: ChecklistInput, findings: Finding[]): Verdict['checks'] {
  const found = new Set([...findings, ...known.filter((finding) => bearsOn(id, finding))].filter(({ severity }) => severity !== 'info').map(({ rule }) => rule))
  const ran = rules.filter((rule) => bearsOn(id, rule) || found.has(rule.id))
  return { ran: ran.length, passed: ran.filter((rule) => !found.has(rule.id)).length }
}

function answer(question: Question, input: ChecklistInput): Verdict {
  const findings = input.findings.filter((finding) => bearsOn(question.id, finding)).sort(worstFirst(question.id))
  const evidence = input.evidence
    .filter((one) => one.question === question.id)
    .map(({ message, location }): Evidence => (location ? { message, location } : { message }))
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length
  const { verdict, why } = judge(question.id, input, findings, evidence)
  const leftOut = (input.leftOut ?? []).filter((finding) => bearsOn(question.id, finding) && finding.severity !== 'info').length
  return {
    ...question,
    verdict, why: leftOut > 0 && verdict !== 'fail' ? `${why} (${leftOut} left out with a reason)` : why,
    checks: checksOf(question.id, input, findings),
    evidence,
    counts: { error: count('error'), warning: count('warning'), info: count('info') },
  }
}

/**
 * The five verdicts. A finding counts for its own question and for those that it also affects.
 * `fail`: an error of at least medium confidence, or a repeat that is certain (`saysNo`). `review`: doubtful findings, gaps that matter, or no entry at all.
 * `pass`: nothing but infos. `n/a`: the entries were understood and nothing of the kind exists.
 */
export function verdicts(input: ChecklistInput): Verdict[] {
  return QUESTIONS.map((question) => answer(question, input))
}
