import { defineRule } from '../src/rule.js'

/** An idempotency key is looked up and put apart, so that two deliveries at a time both find nothing. */
export const rule = defineRule({
  id: 'key-not-atomic',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An idempotency key is looked up before it is claimed',
  why: 'Repeats often come while the first request is still under way: both look, both find nothing, both go on.',
  fix: 'Claim in one step: `SET key value NX EX …`, or an insert into a unique column, and stop where it fails.',
  messages: { repeats: '{entry} looks an idempotency key up and puts it apart; two deliveries at a time both find nothing, and the second {does}' },
  *check(program) {
    for (const draft of program.repeats('key-not-atomic')) yield { ...draft, message: 'repeats' }
  },
})
