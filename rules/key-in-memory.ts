import { defineRule } from '../src/rule.js'

/** An idempotency key is remembered in the memory of one process. */
export const rule = defineRule({
  id: 'key-in-memory',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An idempotency key is kept in process memory',
  why: 'The repeat goes to another replica, or comes after a restart: there the key is unknown and everything is done again.',
  fix: 'Keep keys where all replicas look: a table with a unique column, or Redis with `NX` and an expiry.',
  messages: { repeats: '{entry} remembers idempotency keys in this process only; on another replica the same request {does}' },
  *check(program) {
    for (const draft of program.repeats('key-in-memory')) yield { ...draft, message: 'repeats' }
  },
})
