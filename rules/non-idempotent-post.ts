import { defineRule } from '../src/rule.js'

/** A request that adds or sends something each time it is delivered. */
export const rule = defineRule({
  id: 'non-idempotent-post',
  question: 'retries',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A repeated request repeats its effect',
  why: 'Clients, proxies and users repeat requests whose answer got lost: without a key or a constraint the second delivery does everything again.',
  fix: 'Take an Idempotency-Key and claim it in the store before the effect, or write under a key that the schema makes unique (upsert).',
  example: {
    bad: "app.post('/orders', async (req, res) => res.json(await prisma.order.create({ data: req.body })))",
    good: "app.post('/orders', async (req, res) => res.json(await prisma.order.upsert({ where: { requestId: req.get('Idempotency-Key') }, create: data, update: {} })))",
  },
  messages: {
    repeats: '{entry} delivered twice {does}; nothing makes the repeat harmless',
    race: '{entry} delivered twice at the same time {does}; it only looks before, and both deliveries see nothing there',
  },
  *check(program) {
    for (const draft of program.repeats('non-idempotent-post')) yield { ...draft, message: draft.race ? 'race' : 'repeats' }
  },
})
