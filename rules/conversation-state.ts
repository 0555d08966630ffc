import { defineRule } from '../src/rule.js'

/** A slot that one entry writes and another reads back: what was said before, remembered by the server. */
export const rule = defineRule({
  id: 'conversation-state',
  question: 'context',
  alsoAffects: ['session', 'scaling'],
  severity: 'error',
  summary: 'One request leaves data in a slot for a later one to read',
  why: 'The later request does not say what it is about; it relies on what this process was told before. Another replica was not told, a restart forgets it, and whoever came between has overwritten it.',
  fix: 'Send what is needed with each request, or keep it in a shared store under an id that the client sends.',
  example: {
    bad: "let query\napp.post('/search', (req, res) => { query = req.body; res.end() })\napp.get('/results', async (req, res) => res.json(await find(query)))",
    good: "app.get('/results', async (req, res) => res.json(await find(req.query)))",
  },
  messages: { carried: '`{cell}` carries what {entry} brought over to {reader}; another replica does not have it, and the next caller overwrites it' },
  *check(program) {
    for (const cell of program.finerState('conversation')) {
      const draft = program.cellDraft(cell)
      yield { ...draft, message: 'carried', data: { ...draft.data, reader: program.readBackBy(cell) } }
    }
  },
})
