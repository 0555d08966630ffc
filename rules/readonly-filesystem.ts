import { defineRule } from '../src/rule.js'

/** Containers with a read-only root whose code writes below it. */
export const rule = defineRule({
  id: 'readonly-filesystem',
  question: 'scaling',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A request writes to a file system that the deployment makes read-only',
  why: 'The write fails in production (EROFS), or somebody lifts the restriction and the files stay on one replica.',
  fix: 'Write to object storage or a database; where the file is scratch, mount an emptyDir or tmpfs at its folder.',
  messages: { contradicted: '{key} contradicts {what}, which writes a file while serving {entry}' },
  *check(program) {
    for (const { fact, what, entry, use } of program.readonlyWrites()) {
      yield {
        at: fact.site, symbol: fact.workload ?? fact.key, message: 'contradicted', data: { key: fact.key, what, entry }, confidence: 'medium',
        trace: program.useDraft(use, what).trace,
      }
    }
  },
})
