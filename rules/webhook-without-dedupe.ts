import { defineRule } from '../src/rule.js'

/** A signed webhook whose second delivery does everything again. */
export const rule = defineRule({
  id: 'webhook-without-dedupe',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A webhook does its work again at each delivery',
  why: 'Providers deliver an event until they get a timely answer, and sometimes twice anyway: a signature says who sent it, not that it is new.',
  fix: 'Insert the id of the event into a table where it is unique (or `SET id 1 NX EX …`) before the work, and answer 200 at once where it is there already.',
  example: {
    bad: 'app.post(\'/hooks\', async (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.get(\'stripe-signature\'), secret); await prisma.credit.create({ data: read(event) }) })',
    good: 'app.post(\'/hooks\', async (req, res) => { const event = stripe.webhooks.constructEvent(req.body, req.get(\'stripe-signature\'), secret); await prisma.event.create({ data: { id: event.id } }); await prisma.credit.create({ data: read(event) }) })',
  },
  messages: { repeats: '{entry} checks a signature, but an event delivered twice {does}; the id of the event is claimed nowhere' },
  *check(program) {
    for (const draft of program.repeats('webhook-without-dedupe')) yield { ...draft, message: 'repeats' }
  },
})
