import { MONEY } from '../catalog/words.js'
import type { EffectKind } from '../model/catalog.js'

type Costs = Partial<Record<EffectKind, number>>

/** How much a repeat costs: money, then messages, then rows. */
const REPEATED: Costs = { payment: 0, mail: 1, sms: 1, push: 1, enqueue: 2, publish: 2, 'http-post': 3, 'create-remote': 3, insert: 4, 'relative-update': 5, append: 6, update: 8, delete: 9 }
/** How much is lost with work that nobody waits for: what was handed to a queue waits there, and what is not listed here is made good by the next run. */
const LEFT: Costs = { payment: 0, mail: 1, sms: 1, push: 1, insert: 2, 'relative-update': 3, 'create-remote': 4, enqueue: 5, publish: 6, 'http-post': 7 }

export const costOfRepeat = (kind: EffectKind): number => REPEATED[kind] ?? 7
export const costOfLoss = (kind: EffectKind): number | undefined => LEFT[kind]

// Names of tables and models, since nothing else tells a log of what happened from the data itself: both are rows that are added and never changed.
const RECORDS = 'audit|logs?|metrics?|analytics|activity|trace|cache|api_(events?|calls|requests)'
const RECORD = new RegExp(`(^|[_-])(${RECORDS})($|[_-])`, 'i')
const RECORD_END = /(Log|Audit|Metric|Activity|((History|Audit|Log)(Entry|Entrie|Record|Event)))s?$/i
/** `CachedRate`, `tokenCache`: what can be found out again. */
const CACHE = /^([Cc]aches?|keyv)$|^[Cc]ached?[A-Z_]|[a-z]Caches?(?:Entity|Entry|Entries|Model|Row|Record|Item)?s?$/
/** In work of the background more than that is told for the sake of it. */
const NOTE = new RegExp(`(^|_)(${RECORDS}|telemetry|stats?|events?)($|_)|(Log|Audit|Metric|Activity|Telemetry|Event)s?$`, 'i')

/** A record about what happened: no effect that a client asks for, unless it is all that it does. */
export const isRecord = (model = ''): boolean => RECORD.test(model) || RECORD_END.test(model) || CACHE.test(model)
export const isNote = (model = ''): boolean => NOTE.test(model)

const WORDS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g
const ADDS = new Set<EffectKind>(['insert', 'relative-update', 'create-remote'])
interface Done { kind: EffectKind; model: string | undefined; opens?: true }

/** Is somebody charged or credited again: by a call of a payment service, or by a row that stands for money (`OrderItem`, `wallet`)? */
export const costsMoney = ({ kind, model, opens }: Done): boolean => {
  return kind === 'payment' ? !opens : ADDS.has(kind) && (model?.match(WORDS) ?? []).some((word) => MONEY.test(word))
}
