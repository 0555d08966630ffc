import { defineRule } from '../src/rule.js'

/** Authentication that rides on a session or session cookie. */
export const rule = defineRule({
  id: 'cookie-session-auth',
  question: 'auth',
  alsoAffects: [],
  severity: 'warning',
  summary: 'Login rides on a server session or a session cookie',
  why: 'A request is only understood together with a session that was made earlier: it must be found by every replica, and it cannot be verified from the request alone.',
  fix: 'Verify a signed token on each request (JWT or PASETO with a short life and rotation), or keep the session in a shared store and say so.',
  messages: {
    server: 'login rides on a session of {name}; the request alone does not say who the caller is',
    signed: 'login rides on a signed cookie session of {name}; it is readable by the client and cannot be revoked',
    own: 'login rides on a row of {name} that a cookie names; the request alone does not say who the caller is',
  },
  *check(program) {
    for (const { use, session, choice, login } of program.sessions()) {
      if (!login) continue
      // A sealed cookie carries all that is needed and can be verified from the request alone.
      if (choice.kind === 'cookie-sealed') continue
      const message = choice.kind === 'cookie-signed' ? 'signed' : 'server'
      const local = choice.kind === 'memory' || choice.kind === 'file' || choice.kind === 'embedded'
      yield { ...program.useDraft(use, session.name), message, data: { name: session.name }, severity: local ? 'error' : 'warning' }
    }
    for (const own of program.ownSessions()) yield { ...own, message: 'own', data: { name: own.symbol }, confidence: 'medium' }
  },
})
