import { defineRule } from '../src/rule.js'

/** Tokens, codes, challenges, revocation lists and attempt counters in process memory. */
export const rule = defineRule({
  id: 'in-memory-token',
  question: 'auth',
  alsoAffects: ['session', 'scaling'],
  severity: 'error',
  summary: 'Tokens, codes or login attempts are kept in process memory',
  why: 'A code that one replica issued is unknown to the next, a revoked token still works there, and a restart forgets them all.',
  fix: 'Keep them in a shared store with the expiry of the token (Redis `SET key value EX n`, a database row), or make them self-contained and signed.',
  messages: {
    kept: '`{cell}` keeps tokens, codes or attempts in this process ({entry}); another replica does not know them',
    issued: '{name} keeps what it issues in the memory of this process; another replica does not know it, and a restart forgets it',
  },
  *check(program) {
    for (const cell of program.stateOf(['store', 'counter'])) {
      if (program.isPersonal(cell) && program.isToken(cell)) yield { ...program.cellDraft(cell), message: 'kept' }
    }
    for (const use of program.infra('auth-store')) {
      if (use.phase !== 'request') yield { ...program.useDraft(use, use.infra.name), message: 'issued', data: { name: use.infra.name }, fix: use.fix }
    }
  },
})
