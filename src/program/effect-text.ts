import type { EffectKind } from '../model/catalog.js'
import type { Effect } from '../effects/effects.js'

const DOES: Partial<Record<EffectKind, string>> = {
  insert: 'inserts another row', 'relative-update': 'changes the value again', payment: 'charges again', mail: 'sends another mail', sms: 'sends another message', push: 'sends another notification',
  publish: 'publishes again', enqueue: 'enqueues another job', 'http-post': 'posts again to another service', 'create-remote': 'creates another object there', append: 'appends again', update: 'updates data', delete: 'deletes data', upsert: 'writes data',
}

/** What a reading request does, which nobody expects to do it at all. */
const DOES_ONCE: typeof DOES = {
  ...DOES, insert: 'inserts a row', payment: 'charges', mail: 'sends a mail', sms: 'sends a message', push: 'sends a notification', publish: 'publishes', enqueue: 'enqueues a job',
  'http-post': 'posts to another service', 'create-remote': 'creates an object there', append: 'appends', 'relative-update': 'changes a value by what it was',
}

const doesOf = (effect: Effect, reading: boolean): string | undefined => {
  const { kind, by, opens } = effect
  if (by === 'session' && kind === 'delete') return 'ends the session'
  if (by === 'process') return 'ends the process'
  return opens ? `opens ${reading ? 'a' : 'another'} payment` : (reading ? DOES_ONCE : DOES)[kind]
}

/** What a repeat of an effect does, in words. */
const effectText = (effect: Effect, reading = false): string => {
  const { by, kind, model } = effect
  const does = doesOf(effect, reading) ?? (reading ? 'changes something' : 'does it again')
  return (by === 'session' && kind === 'delete') || by === 'process' ? does : `${does} (${model && model !== by ? `${by} ${model}` : by})`
}

/** What a repeat does: the two most costly effects, and how many more. */
export const repeatText = (effects: Effect[], reading = false): string => {
  const texts = [...new Set(effects.map((effect) => effectText(effect, reading)))]
  const more = texts.length > 2 ? ` and ${texts.length - 2} more` : ''
  return texts.slice(0, 2).join(' and ') + more
}
