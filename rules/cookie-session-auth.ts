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
    own: 'login rides on a session that the project keeps itself: a cookie names an entry of `{name}`, and the request alone does not say who the caller is',
    server: 'login rides on a session of {name}; the request alone does not say who the caller is',
    signed: 'login rides on a signed cookie session of {name}; it is readable by the client and cannot be revoked',
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
    for (const { call, name } of program.ownSessions()) {
      const { at, trace, confidence } = program.useDraft({ path: call.path, row: call.row ?? { path: call.path }, site: program.siteOf(call.inst, call.site), phase: 'request', call }, name)
      yield { at, trace, confidence, symbol: name, message: 'own', data: { name } }
    }
  },
})
