import { defineRule } from '../src/rule.js'

/** Deployments that cannot run a second instance. */
export const rule = defineRule({
  id: 'single-instance-deployment',
  question: 'scaling',
  alsoAffects: [],
  severity: 'info',
  summary: 'The deployment allows one instance only',
  why: 'One instance is one point of failure, and often the sign of state that must not be split.',
  fix: 'Move the state out of the process, then let the deployment run several instances.',
  messages: { single: '{key} keeps the service at one instance: {why}' },
  *check(program) {
    for (const { fact, confidence } of program.deploy.singleInstances()) {
      yield { at: fact.site, symbol: fact.workload ?? fact.key, message: 'single', data: { key: fact.key, why: fact.pinned ?? '' }, confidence }
    }
  },
})
