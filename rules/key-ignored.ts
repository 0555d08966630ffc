import { defineRule } from '../src/rule.js'

/** An idempotency key is demanded, and then nothing is done with it. */
export const rule = defineRule({
  id: 'key-ignored',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An idempotency key is read and not used',
  why: 'A client that sends a key relies on it and repeats freely; a key that is only demanded or logged does not stop the second delivery.',
  fix: 'Claim the key before the effect: a row with the key in a unique column, or `SET key 1 NX EX …`; answer what was answered before where it is there.',
  messages: { repeats: '{entry} reads an idempotency key and does nothing with it; delivered twice it {does}' },
  *check(program) {
    for (const draft of program.repeats('key-ignored')) yield { ...draft, message: 'repeats' }
  },
})
