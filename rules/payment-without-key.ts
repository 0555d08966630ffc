import { defineRule } from '../src/rule.js'

/** Money moves by a call that takes an idempotency key and is given none. */
export const rule = defineRule({
  id: 'payment-without-key',
  question: 'retries',
  alsoAffects: [],
  severity: 'error',
  summary: 'A payment call without an idempotency key',
  why: 'The provider can refuse to charge twice, but only if it is told which charge this is: a request that is repeated, or tried again after a timeout, charges again.',
  fix: 'Pass the idempotency key of the provider, made from the order or from the request.',
  example: {
    bad: 'await stripe.paymentIntents.create({ amount, currency })',
    good: 'await stripe.paymentIntents.create({ amount, currency }, { idempotencyKey: order.id })',
  },
  messages: { repeats: '{entry} delivered twice {does}; the payment is given no key that the provider could recognise' },
  *check(program) {
    for (const draft of program.repeats('payment-without-key')) yield { ...draft, message: 'repeats' }
  },
})
