import { defineRule } from '../src/rule.js'

/** A slot shared by all requests that is overwritten with what one request brought. */
export const rule = defineRule({
  id: 'request-data-in-shared-state',
  question: 'context',
  alsoAffects: ['session', 'auth'],
  severity: 'error',
  summary: 'Data of one request is put in a slot that all requests share',
  why: 'A second request overwrites it before the first has finished: one user sees what belongs to another, and a second replica sees nothing.',
  fix: 'Pass the value as an argument, keep it on the request, or use AsyncLocalStorage; a class that holds it must be made per request.',
  example: {
    bad: "let currentUser\napp.use((req, res, next) => { currentUser = req.user; next() })",
    good: "app.use((req, res, next) => { res.locals.user = req.user; next() })",
  },
  messages: { kept: '`{cell}` is overwritten with data of the current request ({entry}); requests that run at the same time see each other’s' },
  *check(program) {
    for (const cell of program.stateOf(['request-data'])) yield { ...program.cellDraft(cell), message: 'kept', alsoAffects: program.isPersonal(cell) ? ['session', 'auth'] : ['session'] }
  },
})
