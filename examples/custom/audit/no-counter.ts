import { defineRule } from 'stateless-audit'

/** A rule that asks the program: the cells that requests change are found already, with the way to the change. */
export default defineRule({
  id: 'no-counter',
  question: 'context',
  alsoAffects: ['scaling'],
  severity: 'error',
  summary: 'A counter in process memory',
  why: 'Each replica counts for itself, so nobody knows the sum.',
  fix: 'Count with the metrics client, which the platform adds up.',
  messages: { counts: '`{cell}` counts in this process only ({entry})' },
  *check(program) {
    for (const cell of program.stateOf(['counter'])) yield { ...program.cellDraft(cell), message: 'counts' }
  },
})
