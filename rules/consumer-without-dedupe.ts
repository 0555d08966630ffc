import { defineRule } from '../src/rule.js'

/** A consumer of messages that does everything again when one is delivered again. */
export const rule = defineRule({
  id: 'consumer-without-dedupe',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A message delivered again does its work again',
  why: 'Queues and schedules deliver at least once: a worker that stalls, a timeout or a rebalance brings the same message again.',
  fix: 'Claim the id of the message (a unique row, `SET id 1 NX`) before the work, or write under a key that is made from the message.',
  messages: { repeats: '{entry} delivered again {does}; nothing tells that the message was handled before' },
  *check(program) {
    for (const draft of program.repeats('consumer-without-dedupe')) yield { ...draft, message: 'repeats' }
  },
})
