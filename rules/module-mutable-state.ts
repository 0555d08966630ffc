import { defineRule } from '../src/rule.js'

/** Process memory that requests change and that no more specific rule names: counters, settings, lists, tables. */
export const rule = defineRule({
  id: 'module-mutable-state',
  question: 'context',
  alsoAffects: ['scaling'],
  severity: 'warning',
  summary: 'Request code changes memory that outlives the request',
  why: 'Each replica has its own copy, and a restart forgets it: what one request changes, the next one may not see.',
  fix: 'Keep the value in the database or a shared store (Redis), or pass it along with the request.',
  example: {
    bad: "let visits = 0\napp.get('/', (req, res) => res.json({ visits: ++visits }))",
    good: "app.get('/', async (req, res) => res.json({ visits: await redis.incr('visits') }))",
  },
  messages: {
    counter: '`{cell}` is counted in this process by {entry}; each replica counts for itself and a restart begins anew',
    sequence: '`{cell}` hands out numbers from this process ({entry}); two replicas hand out the same ones',
    store: '`{cell}` is filled by {entry} and lives in this process only; another replica does not have it and a restart loses it',
    setting: '`{cell}` is changed by {entry} in this process only; other replicas go on with the old value',
  },
  *check(program) {
    for (const cell of program.stateOf(['counter', 'sequence', 'store', 'setting', 'flag'])) {
      if (program.isPersonal(cell)) continue
      const message = cell.role === 'counter' || cell.role === 'sequence' || cell.role === 'store' ? cell.role : 'setting'
      yield { ...program.cellDraft(cell), message, severity: cell.role === 'store' && cell.fromRequest ? 'error' : 'warning' }
    }
  },
})
