import { defineRule } from '../src/rule.js'

/** Databases inside the process or on its disk. */
export const rule = defineRule({
  id: 'embedded-database',
  question: 'session',
  alsoAffects: ['scaling'],
  severity: 'error',
  summary: 'Data is kept in an embedded database',
  why: 'Each replica has a database of its own: what one writes, the others never see.',
  fix: 'Use a database server that all replicas share (PostgreSQL, MySQL, a remote libSQL).',
  messages: { embedded: '{name} lives in this process or on its disk; each replica has its own data' },
  *check(program) {
    for (const { use, embedded } of program.embeddedDatabases()) yield { ...program.useDraft(use, embedded.name), message: 'embedded', data: { name: embedded.name } }
    for (const { site, name } of program.embeddedSchemas()) yield { at: site, symbol: 'datasource', message: 'embedded', data: { name } }
  },
})
