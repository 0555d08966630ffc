import { defineRule } from '../src/rule.js'

/** Setters of libraries that change the behaviour of the whole process. */
export const rule = defineRule({
  id: 'library-global-write',
  question: 'context',
  alsoAffects: [],
  severity: 'error',
  summary: 'A request changes a library setting of the whole process',
  why: 'The setting holds for every other request of this process, and for none of the other replicas.',
  fix: 'Use an instance or an option of the call instead of the library-wide setting.',
  messages: { set: '{what} is changed while serving {entry}; it holds for all other requests of this process' },
  *check(program) {
    for (const use of program.globalSetters()) yield { ...program.useDraft(use.use, use.what, 'changes'), message: 'set', data: { what: use.what, entry: use.entry }, fix: use.instead }
  },
})
