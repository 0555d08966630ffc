import { defineRule } from '../src/rule.js'

/** The key that should tell a repeat is made up in each call. */
export const rule = defineRule({
  id: 'key-fresh-per-attempt',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'An idempotency key is made up in each attempt',
  why: 'A key that is drawn at random in the handler is another one at each delivery: the provider sees a new order every time.',
  fix: 'Make the key from what the request is about (the id of the order, a key that the client sends), or store it before the first attempt.',
  example: {
    bad: 'await stripe.charges.create(charge, { idempotencyKey: randomUUID() })',
    good: 'await stripe.charges.create(charge, { idempotencyKey: order.id })',
  },
  messages: { repeats: '{entry} makes up the key in each call; delivered twice it {does}' },
  *check(program) {
    for (const draft of program.repeats('key-fresh-per-attempt')) yield { ...draft, message: 'repeats' }
  },
})
