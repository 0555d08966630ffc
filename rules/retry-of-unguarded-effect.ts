import { defineRule } from '../src/rule.js'

/** Something is sent or charged inside a wrapper or a loop that tries again. */
export const rule = defineRule({
  id: 'retry-of-unguarded-effect',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An effect without a key is tried again',
  why: 'After a timeout nobody knows whether the first attempt went through: trying again without a key does it twice, even if the client asked once.',
  fix: 'Make the key once, outside the attempts, and pass it to each of them; or try again only what certainly did not happen.',
  example: {
    bad: 'await pRetry(() => stripe.charges.create(charge))',
    good: 'await pRetry(() => stripe.charges.create(charge, { idempotencyKey: order.id }))',
  },
  messages: { repeats: '{entry} tries again what cannot be told apart: an attempt whose answer got lost {does}' },
  *check(program) {
    for (const draft of program.repeats('retry-of-unguarded-effect')) yield { ...draft, message: 'repeats' }
  },
})
