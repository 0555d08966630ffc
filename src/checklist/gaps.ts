import type { QuestionId } from '../model/finding.js'
import type { EffectSummary, EntrySummary, Gap } from '../model/report.js'

export interface ChecklistGap extends Gap {
  /** Where given, the gap matters for these questions, whatever its share. */
  question?: QuestionId[]
  /** What could not be resolved. Told from the reason where it is not given; a callee by default. */
  kind?: 'callee' | 'handler' | 'registration'
}

export interface GapInput {
  gaps: ChecklistGap[]
  /** Calls on request paths; without it the share of unresolved callees is unknown and does not count. */
  request?: { callsResolved: number; callsTotal: number }
}

/** Up to this share of unresolved calls on request paths, what was read speaks for the rest. */
const TOLERATED_CALL_SHARE = 0.1

/** So many calls at least: two unknown calls among five say nothing about a service. */
const FEWEST_CALLS = 20

/** So many entries that are asked to change something, and none that was seen to: that says more of what was understood than of the service. */
const FEWEST_SILENT = 10

/** Of more than so many, one in so many that was seen to change something is next to none. */
const HARDLY_ANY = 20

const CHANGES = /^(POST|PUT|PATCH|DELETE|MUTATION|ACTION)\b/i

/** A service that takes orders all over and writes next to nowhere: it writes by a way that is not known here. One whose entries hardly call anything does not. */
export function silentWrites(entries: readonly EntrySummary[], effects: readonly EffectSummary[], request?: GapInput['request']): ChecklistGap[] {
  if (request && request.callsTotal * 2 < entries.length) return []
  const asked = entries.filter(({ kind, method }) => kind === 'action' || /^(POST|PUT|PATCH|DELETE|MUTATION)$/.test(method ?? '')).length
  const seen = new Set(effects.flatMap(({ entry }) => (CHANGES.test(entry) ? [entry] : []))).size
  const isSilent = effects.length === 0 ? asked >= FEWEST_SILENT : asked > HARDLY_ANY && seen * HARDLY_ANY < asked
  if (!isSilent) return []
  const behind = seen === 0 ? `no write was seen behind any of the ${asked}` : `a write was seen behind ${seen} of the ${asked}`
  return [{ reason: `${behind} entries that are asked to change something: how ${seen === 0 ? 'they' : 'the others'} write is not known`, question: ['retries'] }]
}

function isEntryGap({ kind, reason }: ChecklistGap): boolean {
  return kind ? kind !== 'callee' : /\b(handler|registration)\b/i.test(reason)
}

/**
 * Gaps that keep a question from `pass`, as a line for people: one that names the question, an unresolved handler or registration, or more than 10 % unresolved calls on request paths.
 * `entries`: the entries themselves were not understood, so that not even `n/a` can be said.
 */
export function gapThatMatters(id: QuestionId, input: GapInput): { why: string; entries: boolean } | undefined {
  const named = input.gaps.find(({ question }) => question?.includes(id))
  if (named) return { why: named.reason + place(named), entries: true }
  const unknown = input.gaps.filter((gap) => !gap.question && isEntryGap(gap))
  const [first] = unknown
  if (first) return { why: `${first.reason}${place(first)}${unknown.length > 1 ? ` and ${unknown.length - 1} more like it` : ''}`, entries: true }
  return unresolvedCalls(input.request)
}

function unresolvedCalls(request: GapInput['request']): { why: string; entries: boolean } | undefined {
  if (!request || request.callsTotal < FEWEST_CALLS) return undefined
  const open = request.callsTotal - request.callsResolved
  if (open / request.callsTotal <= TOLERATED_CALL_SHARE) return undefined
  return { why: `${open} of ${request.callsTotal} calls on request paths could not be resolved`, entries: false }
}

function place({ location, symbol }: ChecklistGap): string {
  return `${symbol ? ` (${symbol})` : ''}${location ? `, ${location.file}:${location.line}` : ''}`
}
