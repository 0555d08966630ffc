import type { EffectKind } from '../model/catalog.js'
import type { Effect } from '../effects/effects.js'

const DOES: Partial<Record<EffectKind, string>> = {
  insert: 'inserts another row', 'relative-update': 'changes the value again', payment: 'charges again', mail: 'sends another mail', sms: 'sends another message', push: 'sends another notification',
  publish: 'publishes again', enqueue: 'enqueues another job', 'http-post': 'posts again to another service', 'create-remote': 'creates another object there', append: 'appends again', update: 'updates data', delete: 'deletes data', upsert: 'writes data',
}

/** What a repeat of an effect does, in words. */
export const effectText = ({ kind, by, model }: Effect): string => `${DOES[kind] ?? 'does it again'} (${model && model !== by ? `${by} ${model}` : by})`
