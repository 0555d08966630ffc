import { defineRule } from '../src/rule.js'

/** Writes to things of the process itself: environment, working folder, prototypes. */
export const rule = defineRule({
  id: 'process-global-write',
  question: 'context',
  alsoAffects: [],
  severity: 'error',
  summary: 'A request changes the process itself',
  why: 'The environment, the working folder and prototypes are shared by all requests of this process, and by no other replica.',
  fix: 'Pass the value along instead of writing it to the process.',
  messages: { written: '`{what}` is changed while serving {entry}; all other requests of this process see it, no other replica does' },
  *check(program) {
    for (const { what, entry, ...draft } of program.processWrites()) yield { ...draft, message: 'written', data: { what, entry } }
  },
})
