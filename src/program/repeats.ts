import type { EffectKind } from '../model/catalog.js'
import type { Confidence, Severity } from '../model/finding.js'
import type { Site } from '../model/site.js'
import type { Entry } from '../flow/entries.js'
import type { TableFact } from '../model/schema.js'
import { isRunAgain } from '../effects/attempts.js'
import { costsMoney } from '../effects/weight.js'
import { Fixes } from './fixes.js'
import { wrappedIn } from './wrapped.js'
import { type ReachedEffect, type RepeatedEntry, RetryQueries } from './retry-queries.js'
import type { Program, StepDraft } from './program.js'

/** The rules that tell of an entry whose repeat adds or sends something: one of them tells of each, the most specific one. */
export type RepeatRule =
  | 'key-ignored' | 'key-in-memory' | 'key-not-atomic' | 'key-fresh-per-attempt' | 'effect-in-retried-transaction' | 'retry-of-unguarded-effect' | 'payment-without-key'
  | 'webhook-without-dedupe' | 'consumer-without-dedupe' | 'non-idempotent-post'

/** What a rule yields of such an entry. */
export interface RepeatDraft {
  at: Site
  symbol: string
  data: { entry: string; does: string }
  trace: StepDraft[]
  related: StepDraft[]
  causes: string[]
  severity: Severity
  confidence: Confidence
  /** Only looks before its effects stand in the way of a repeat: two at once both pass them. */
  race: boolean
  fix?: string
}

const FAULTS = { ignored: 'key-ignored', memory: 'key-in-memory', unclaimed: 'key-not-atomic' } as const
/** Whoever sends one of these keeps it: it is done again even where the rest is rolled back. */
const OUTSIDE = new Set<EffectKind>(['payment', 'mail', 'sms', 'push', 'publish', 'enqueue', 'http-post', 'create-remote'])

/** Each entry with a repeat that is not harmless, under the rule that says most of it. */
export class Repeats {
  private byRule: Map<RepeatRule, RepeatDraft[]> | undefined

  private readonly fixes: Fixes

  constructor(private readonly program: Program, tables: TableFact[]) {
    this.fixes = new Fixes(program, tables)
  }

  of(rule: RepeatRule): RepeatDraft[] {
    this.byRule ??= this.find()
    return this.byRule.get(rule) ?? []
  }

  private find(): Map<RepeatRule, RepeatDraft[]> {
    const found = new Map<RepeatRule, RepeatDraft[]>()
    const generated = new Generated()
    for (const one of this.program.repeatedEffects()) {
      if (!one.mutating || one.guard || !isDelivered(one)) continue
      const all = RetryQueries.additive(one)
      const open = all.filter(({ weak }) => !weak)
      // What may be harmless is only told of where there is nothing else.
      const effects = open.length > 0 ? open : all
      const [worst] = effects
      if (!worst) continue
      const rules = this.rulesFor(one, effects)
      const [rule = 'non-idempotent-post', ...causes] = rules
      const draft = this.draft(one, rule, effects, worst, causes)
      if (!generated.tells(one.entry, rule, draft)) found.set(rule, [...(found.get(rule) ?? []), draft])
    }
    return found
  }

  private draft({ entry }: RepeatedEntry, rule: RepeatRule, effects: ReachedEffect[], worst: ReachedEffect, causes: RepeatRule[]): RepeatDraft {
    const fix = this.fixes.of(rule, worst)
    return {
      at: entry.site, symbol: entry.symbol, data: { entry: entry.symbol, does: this.program.repeatText(effects) }, trace: worst.trace, related: handlerSteps(entry),
      causes: causes.filter((cause) => cause !== 'non-idempotent-post'), severity: effects.some((effect) => !effect.weak && costsMoney(effect)) ? 'error' : 'warning', race: effects.every(({ weak, why }) => weak && why !== undefined), confidence: effects.every((effect) => effect.weak) ? 'low' : 'high', ...(fix === undefined ? {} : { fix }),
    }
  }

  /** All that hold, the most specific one first. */
  private rulesFor({ entry, keyFault, signed }: RepeatedEntry, effects: ReachedEffect[]): RepeatRule[] {
    const found: RepeatRule[] = keyFault ? [FAULTS[keyFault]] : []
    const open = effects.filter(({ weak }) => !weak)
    const again = open.filter(({ kind }) => OUTSIDE.has(kind)).map((effect) => isRunAgain(this.program, effect))
    if (open.some(({ kind, key }) => key === 'fresh' && kind !== 'create-remote' && OUTSIDE.has(kind))) found.push('key-fresh-per-attempt')
    if (again.includes('transaction')) found.push('effect-in-retried-transaction')
    if (again.includes('retry')) found.push('retry-of-unguarded-effect')
    if (entry.kind === 'message' || entry.kind === 'job') found.push('consumer-without-dedupe')
    else if (signed && !CALLED.has(entry.kind)) found.push('webhook-without-dedupe')
    if (open.some(({ kind, key }) => kind === 'payment' && (key === 'none' || key === 'constant' || key === 'caller'))) found.push('payment-without-key')
    return [...found, 'non-idempotent-post']
  }
}

/** Routes that a library makes in one place, for many models in a loop: told once, with their number. */
class Generated {
  private readonly first = new Map<string, { draft: RepeatDraft; entry: string; more: number }>()

  /** Is a draft told by an earlier one of its place? */
  tells({ records, handlers, site }: Entry, rule: RepeatRule, draft: RepeatDraft): boolean {
    if (records.length === 0 || handlers.length > 0 || !records.every(({ opaque }) => opaque)) return false
    const place = `${rule} ${site.file} ${site.start}`
    const known = this.first.get(place)
    if (!known) this.first.set(place, { draft, entry: draft.data.entry, more: 0 })
    if (!known) return false
    known.draft.data.entry = `${known.entry} (and ${++known.more} more)`
    if (draft.severity === 'error') known.draft.severity = draft.severity
    return true
  }
}

/** What a client of ours calls by name is no webhook, though code that it shares checks signatures. */
const CALLED = new Set<Entry['kind']>(['action', 'procedure', 'resolver', 'page', 'loader'])

/** Where the handler of an entry stands, if not where it is registered. */
const handlerSteps = ({ handlers, site }: Entry): StepDraft[] => {
  const last = handlers.at(-1)
  const handler = last && wrappedIn(last)
  if (!handler || (handler.unit.path === site.file && handler.fn.p <= site.end && handler.fn.e >= site.start)) return []
  return [{ message: 'handled here', site: { file: handler.unit.path, start: handler.fn.q, end: handler.fn.q + (handler.fn.n?.length ?? 1) } }]
}

/** What a server says of a connection itself: nobody sends it, so nobody sends it twice. */
const OF_CONNECTION = /^(connect|connection|disconnect|disconnecting|close|closed|end|error|connect_error|drain|timeout|ping|pong|handle(Connection|Disconnect))$/i

/** A timer of the process fires once; what a platform calls on a schedule is delivered, and perhaps again. */
const isDelivered = ({ entry }: RepeatedEntry): boolean => {
  // A server of the network has no name for what arrives: it is told of connections.
  if (entry.kind === 'socket') return entry.path !== undefined && !OF_CONNECTION.test(entry.path)
  return entry.kind !== 'job' || entry.records.some(({ deployed }) => deployed)
}
