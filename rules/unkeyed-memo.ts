import { defineRule } from '../src/rule.js'

/** Something remembered that depends on who asks, under a key that does not say who. */
export const rule = defineRule({
  id: 'unkeyed-memo',
  question: 'context',
  alsoAffects: ['session', 'auth'],
  severity: 'error',
  summary: 'A cache whose key leaves out the user that its values depend on',
  why: 'What was made for one user is given to the next who asks: the request does not carry all that decides its answer.',
  fix: 'Put what decides the value (user, tenant, permissions) into the key, or keep it on the request.',
  example: {
    bad: "let menu\napp.get('/menu', async (req, res) => { menu ??= await menuFor(req.user); res.json(menu) })",
    good: "const menus = new LRUCache({ max: 500, ttl: 60_000 })\napp.get('/menu', async (req, res) => {\n  const menu = menus.get(req.user.id) ?? await menuFor(req.user)\n  menus.set(req.user.id, menu)\n  res.json(menu)\n})",
  },
  messages: {
    first: '`{cell}` is filled for whoever comes first ({entry}) and given to all who come after',
    keyed: '`{cell}` keeps under a key without the user what depends on the user ({entry}); the next user is given it',
    memo: '`{cell}` remembers results {by}, but is called with the user as a further argument; the next user is given the same result',
  },
  *check(program) {
    for (const cell of program.finerState('unkeyed')) yield { ...program.cellDraft(cell), message: cell.contents.size > 0 ? 'keyed' : 'first' }
    for (const { site, symbol, by } of program.unkeyedMemos()) yield { at: site, symbol, message: 'memo', data: { cell: symbol, by }, confidence: 'medium' }
  },
})
