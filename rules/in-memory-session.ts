import { defineRule } from '../src/rule.js'

/** Names of what says who somebody is; who is connected, or in which room, says nothing of how a caller is known. */
const ABOUT_LOGINS = /log(ged)?[-_]?(in|out|on)|sign[-_]?(in|up|out)|auth|session|token|credential|otp|verif|challenge|nonce|pass(word|code|key)|ticket/i

/** Data of a user, session, client or connection, kept in process memory between requests. */
export const rule = defineRule({
  id: 'in-memory-session',
  question: 'session',
  alsoAffects: ['context', 'scaling', 'auth'],
  severity: 'error',
  summary: 'Session, user or connection data is kept in process memory',
  why: 'The next request of the same user may reach another replica, or the same one after a restart: the data is not there.',
  fix: 'Keep it in a shared store with an expiry (Redis, the database), keyed as it is now; or send it with each request (a signed token).',
  example: {
    bad: "const sessions = new Map()\napp.post('/login', (req, res) => { sessions.set(token, user) })",
    good: "app.post('/login', async (req, res) => { await redis.set(`session:${token}`, JSON.stringify(user), 'EX', 3600) })",
  },
  messages: {
    keyed: '`{cell}` keeps data of a user or session in this process ({entry}); the next request may reach a replica that does not have it',
    conversations: '{name} remembers conversations in this process; another replica does not know them, and a restart forgets them',
    connections: '`{cell}` keeps live connections of this process ({entry}); a request that reaches another replica cannot find them',
  },
  *check(program) {
    for (const cell of program.stateOf(['store', 'registry'])) {
      if (cell.role !== 'registry' && !program.isPersonal(cell)) continue
      if (program.isToken(cell)) continue
      const draft = program.cellDraft(cell)
      const known = ABOUT_LOGINS.test(`${draft.symbol} ${draft.data?.['entry'] ?? ''}`)
      yield { ...draft, message: cell.role === 'registry' ? 'connections' : 'keyed', alsoAffects: known ? ['context', 'scaling', 'auth'] : ['context', 'scaling'] }
    }
    for (const use of program.infra('agent-memory')) {
      if (use.row.session || use.phase === 'request') continue
      yield { ...program.useDraft(use, use.infra.name), message: 'conversations', alsoAffects: ['context', 'scaling'], data: { name: use.infra.name }, fix: use.fix }
    }
  },
})
