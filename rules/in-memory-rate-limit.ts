import { defineRule } from '../src/rule.js'

/** Rate limits counted in each process. */
export const rule = defineRule({
  id: 'in-memory-rate-limit',
  question: 'scaling',
  alsoAffects: [],
  severity: 'warning',
  summary: 'Rate limits are counted in process memory',
  why: 'With n replicas a client gets n times the limit, and a restart forgets what was counted.',
  fix: 'Give the limiter a shared store, for instance rate-limit-redis.',
  messages: {
    memory: '{name} counts in the memory of this process; n replicas allow n times the limit',
    counted: '`{cell}` counts in this process how often each caller asks ({entry}); n replicas allow n times the limit, and a restart begins anew',
    fallback: '{name} counts in process memory when no store is configured; n replicas allow n times the limit',
  },
  *check(program) {
    for (const cell of program.stateOf(['limit'])) yield { ...program.cellDraft(cell), message: 'counted', fix: 'Count in a shared store (`INCR` and `EXPIRE` of Redis, rate-limiter-flexible or express-rate-limit with a Redis store).' }
    for (const use of program.infra('rate-limit')) {
      yield { ...program.useDraft(use, use.infra.name), ...(use.atLogin ? { severity: 'error' as const } : {}), related: program.choiceStep(use.choice), message: use.choice.fallback ? 'fallback' : 'memory', data: { name: use.infra.name }, fix: use.fix }
    }
  },
})
