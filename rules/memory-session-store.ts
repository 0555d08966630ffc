import { defineRule } from '../src/rule.js'

/** Session middleware whose data stays in this process or on its disk. */
export const rule = defineRule({
  id: 'memory-session-store',
  question: 'session',
  alsoAffects: ['scaling', 'auth'],
  severity: 'error',
  summary: 'Sessions are stored in process memory or on the local disk',
  why: 'A user who logs in on one replica is unknown on the next, and a restart logs everybody out.',
  fix: 'Give the middleware a shared store, for instance connect-redis: `session({ store: new RedisStore({ client }), … })`.',
  example: {
    bad: "app.use(session({ secret: process.env.SECRET }))",
    good: "app.use(session({ secret: process.env.SECRET, store: new RedisStore({ client: redis }) }))",
  },
  messages: {
    memory: '{name} keeps sessions in the memory of this process; other replicas do not know them and a restart ends them',
    fallback: '{name} falls back to sessions in process memory when no store is configured; other replicas do not know them',
    file: '{name} keeps sessions on the local disk; other replicas do not have the files',
    embedded: '{name} keeps sessions in an embedded database on the local disk; other replicas do not have it',
  },
  *check(program) {
    for (const { use, session, choice, fix } of program.sessions()) {
      if (choice.kind !== 'memory' && choice.kind !== 'file' && choice.kind !== 'embedded') continue
      yield { ...program.useDraft(use, session.name), related: program.choiceStep(choice), message: choice.kind === 'memory' && choice.fallback ? 'fallback' : choice.kind, data: { name: session.name }, ...(fix === undefined ? {} : { fix }) }
    }
  },
})
