import { defineRule } from '../src/rule.js'

/** One user's credentials on a client that all requests share. */
export const rule = defineRule({
  id: 'shared-client-identity',
  question: 'context',
  alsoAffects: ['auth'],
  severity: 'error',
  summary: "One user's credentials are set on a client that all requests share",
  why: 'A second request calls the service as the first user until it sets its own credentials.',
  fix: 'Make the client for each request, or pass the credentials with the call.',
  messages: { set: '{what} on a client of the whole process while serving {entry}; requests that run at the same time act as each other' },
  *check(program) {
    for (const use of program.identitySetters()) yield { ...program.useDraft(use.use, use.what, 'changes'), message: 'set', data: { what: use.what, entry: use.entry }, fix: use.instead }
  },
})
