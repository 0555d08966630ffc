import type { Effect } from '../effects/effects.js'
import type { KeyUse } from '../effects/key-reads.js'
import type { Entry } from '../flow/entries.js'
import type { CallEdge } from '../link/instances.js'
import type { EffectKind } from '../model/catalog.js'
import type { StepDraft } from './program.js'

/** An entry that may change something, with what its repeat would repeat. */
export interface RepeatedEntry {
  entry: Entry
  /** May it change something, by its method or kind? */
  mutating: boolean
  /** Is it asked by GET, where it should only read? What answers every method is both. */
  reading: boolean
  effects: ReachedEffect[]
  /** Something that guards the whole entry: an idempotency key that is used, a claim, a middleware. */
  guard: string | undefined
  /** What is wrong with the idempotency key that it reads, or with the middleware in front of it. */
  keyFault: Exclude<KeyUse, 'used'> | undefined
  /** Browsers are sent there, by GET, by somebody else: a log-in elsewhere, a link in a mail. */
  calledBack: boolean
  /** A provider's signature of the request is checked. */
  signed: boolean
}

export interface ReachedEffect extends Effect {
  trace: StepDraft[]
  /** From the handler to the function that has the effect. */
  calls: readonly CallEdge[]
}

/** Effects whose repeat adds or sends something. */
export const ADDITIVE = new Set<EffectKind>(['payment', 'mail', 'sms', 'push', 'enqueue', 'publish', 'http-post', 'create-remote', 'insert', 'relative-update', 'append'])
