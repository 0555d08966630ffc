import { defineRule } from '../src/rule.js'

/** Messages between clients or requests over a bus inside one process. */
export const rule = defineRule({
  id: 'in-process-pubsub',
  question: 'scaling',
  alsoAffects: [],
  severity: 'warning',
  summary: 'Publish and subscribe inside one process',
  why: 'A message published on one replica never reaches the subscribers on another.',
  fix: 'Publish through a broker that all replicas share (Redis pub/sub, NATS, Kafka).',
  messages: {
    listened: '{name} carries messages between requests inside this process; listeners on other replicas miss them',
    bus: '{name} delivers only inside this process; subscribers on other replicas miss the message',
  },
  *check(program) {
    for (const use of program.infra('pubsub')) yield { ...program.useDraft(use, use.infra.name), ...(use.infra.toClients ? { severity: 'error' as const } : {}), message: 'bus', data: { name: use.infra.name }, fix: use.fix }
    for (const { at, symbol, trace } of program.buses()) yield { at, symbol, trace, message: 'listened', data: { name: `\`${symbol}\`` } }
  },
})
