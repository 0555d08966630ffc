import { defineRule } from '../src/rule.js'

/** Something is sent or charged inside a transaction that its driver runs again. */
export const rule = defineRule({
  id: 'effect-in-retried-transaction',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An effect stands in a transaction that may run again',
  why: 'The driver runs the function again after a conflict: what it wrote is rolled back, what it sent is not.',
  fix: 'Send after the transaction has committed, or write a row into an outbox inside it.',
  messages: { repeats: '{entry} does more than write inside a transaction that runs again after a conflict: it {does}' },
  *check(program) {
    for (const draft of program.repeats('effect-in-retried-transaction')) yield { ...draft, message: 'repeats' }
  },
})
