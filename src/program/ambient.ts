import { MEMORY } from '../effects/memory.js'
import type { EffectKind } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import { ADDITIVE, type ReachedEffect, type RepeatedEntry } from './repeated-entry.js'

/** Share of entries, and number of them, above which an effect is no entry's own: sessions, audit trails, event buses. */
const AMBIENT_SHARE = 0.12
const AMBIENT_COUNT = 6
/** The one function through which a small server writes everything is reached by what writes alone. */
const AMBIENT_READERS = 2
const AMBIENT_ANYWAY = 40

/** What so many of the requests that only read would do belongs to none of them: where calls were not told apart, or to what all go through. */
const READING_SHARE = 0.06
const READING_COUNT = 8
/** What requests keep in memory is put there by few of them. */
const MEMORY_COUNT = 8

/** Nobody is charged or written to by the surroundings; where most reads seem to do it, calls were not told apart. */
const COSTLY_SHARE = 0.3
const COSTLY = new Set<EffectKind>(['payment', 'mail', 'sms'])
const MESSAGES = new Set<EffectKind>([...COSTLY, 'push', 'enqueue', 'publish', 'http-post', 'append'])

/** The call of the function that an effect stands in. */
const lastCall = ({ calls }: ReachedEffect): Expr | undefined => calls.at(-1)?.site

/** What asks for an effect: where a thin helper sends messages or writes rows of any model, the call of that helper. */
const askedAt = (effect: ReachedEffect): Expr => (MESSAGES.has(effect.kind) || (effect.model === undefined && ADDITIVE.has(effect.kind)) ? lastCall(effect) : undefined) ?? effect.call.site

/** `users.update(row)` that so few entries ask for is their own, however many others update users. */
const FEW_ASKERS = 2

const askersOf = (list: RepeatedEntry[]): Map<Expr, Set<RepeatedEntry>> => {
  const askers = new Map<Expr, Set<RepeatedEntry>>()
  for (const one of list) for (const effect of one.effects) {
    const site = lastCall(effect)
    if (site) askers.set(site, (askers.get(site) ?? new Set()).add(one))
  }
  return askers
}

/** Leaves out the effects that a large part of all entries reach: they belong to the surroundings, not to the request. */
export const withoutAmbient = (list: RepeatedEntry[]): RepeatedEntry[] => {
  const reached = new Map<Expr, Map<string | undefined, { all: number; reading: number }>>()
  for (const { effects, mutating } of list) for (const effect of effects) {
    const byModel = reached.get(askedAt(effect)) ?? new Map<string | undefined, { all: number; reading: number }>()
    const count = byModel.get(effect.model) ?? { all: 0, reading: 0 }
    reached.set(askedAt(effect), byModel.set(effect.model, { all: count.all + 1, reading: count.reading + (mutating ? 0 : 1) }))
  }
  const most = Math.max(AMBIENT_COUNT, list.length * AMBIENT_SHARE)
  const mostReading = Math.max(READING_COUNT, list.filter(({ mutating }) => !mutating).length * READING_SHARE)
  const askers = askersOf(list)
  const isOwn = (effect: ReachedEffect, { mutating }: RepeatedEntry): boolean => {
    const asked = lastCall(effect)
    if (effect.model !== undefined && asked && (askers.get(asked)?.size ?? 0) <= FEW_ASKERS) return true
    const { all, reading } = reached.get(askedAt(effect))?.get(effect.model) ?? { all: 0, reading: 0 }
    if (!mutating && reading > mostReading) return false
    if (effect.by === MEMORY && all > MEMORY_COUNT) return false
    if (COSTLY.has(effect.kind)) return reading <= AMBIENT_ANYWAY || all <= list.length * COSTLY_SHARE
    return all <= most || (all <= AMBIENT_ANYWAY && reading <= AMBIENT_READERS)
  }
  return list.map((one) => ({ ...one, effects: one.effects.filter((effect) => isOwn(effect, one)) }))
}

/** What a server asks of itself by POST, of another instance for instance, is told where it is answered, and adds nothing where that adds nothing. */
export const withoutOwnPosts = (list: RepeatedEntry[]): RepeatedEntry[] => {
  const answering = list.flatMap((one) => (one.mutating && one.entry.path && /^\/[^/:*]+\/[^:*]+$/.test(one.entry.path) ? [{ one, path: one.entry.path }] : []))
  const answered = ({ kind, url }: ReachedEffect): RepeatedEntry[] => (kind === 'http-post' && url !== undefined ? answering.flatMap(({ one, path }) => (url.trim().endsWith(path) && !/^https?:/i.test(url.trim()) ? [one] : [])) : [])
  const adds = ({ effects }: RepeatedEntry): boolean => effects.some((effect) => ADDITIVE.has(effect.kind) && answered(effect).length === 0)
  const isOwn = (effect: ReachedEffect): boolean => {
    const there = answered(effect)
    return there.length > 0 && !there.some(adds)
  }
  return list.map((one) => ({ ...one, effects: one.effects.filter((effect) => !isOwn(effect)) }))
}
