import { defineRule } from '../src/rule.js'

/** Deployment files that keep a client on one instance. */
export const rule = defineRule({
  id: 'sticky-routing',
  question: 'scaling',
  alsoAffects: ['session'],
  severity: 'warning',
  summary: 'Clients are pinned to one instance',
  why: 'Stickiness hides state in the process until the instance goes away; then its clients lose it, and load cannot be spread evenly.',
  fix: 'Move what needs it out of the process, then remove the affinity.',
  messages: { pinned: '{key} keeps a client on one instance by {what}; when that instance goes, so does what only it knew' },
  *check(program) {
    for (const { fact, confidence } of program.deploy.affinities()) {
      yield { at: fact.site, symbol: fact.workload ?? fact.key, message: 'pinned', data: { key: fact.key, what: fact.what }, confidence }
    }
  },
})
