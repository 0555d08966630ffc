import { defineRule } from '../src/rule.js'

/** A loader that is meant for one request and lives as long as the process. */
export const rule = defineRule({
  id: 'module-dataloader',
  question: 'context',
  alsoAffects: ['session', 'scaling'],
  severity: 'error',
  summary: 'A DataLoader is shared by all requests',
  why: 'A loader keeps what it has loaded until it is dropped: shared by all requests it answers with rows as they once were, each replica with others, and gives one user what was loaded for another.',
  fix: 'Make loaders in the context of each request (`context: () => ({ loaders: makeLoaders() })`), or only batch with `{ cache: false }`.',
  example: {
    bad: 'const users = new DataLoader(loadUsers)\nconst resolvers = { Post: { author: (post) => users.load(post.authorId) } }',
    good: 'const context = () => ({ users: new DataLoader(loadUsers) })\nconst resolvers = { Post: { author: (post, _args, { users }) => users.load(post.authorId) } }',
  },
  messages: { shared: '`{cell}` is one loader for all requests ({entry}): what it has loaded stays as it was until the process ends' },
  *check(program) {
    for (const cell of program.finerState('loader')) yield { ...program.cellDraft(cell), message: 'shared' }
  },
})
