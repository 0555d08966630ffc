import { defineRule } from '../src/rule.js'

/** Socket servers that broadcast to their own connections only. */
export const rule = defineRule({
  id: 'socket-without-adapter',
  question: 'scaling',
  alsoAffects: [],
  severity: 'error',
  summary: 'A socket server without an adapter between replicas',
  why: 'A broadcast reaches only the clients of the replica that sends it; and long polling needs the same replica for each request.',
  fix: 'Add an adapter (for instance @socket.io/redis-adapter), or publish through a broker and deliver locally.',
  messages: { local: '{name} reaches only the clients that are connected to this process; clients of other replicas miss the message' },
  *check(program) {
    for (const use of program.infra('socket')) yield { ...program.useDraft(use, use.infra.name), message: 'local', data: { name: use.infra.name }, fix: use.fix }
  },
})
