import { defineRule } from '../src/rule.js'

/** Volumes that keep data of the app on one node. */
export const rule = defineRule({
  id: 'local-volume',
  question: 'scaling',
  alsoAffects: ['session'],
  severity: 'warning',
  summary: 'Data of the app lives on a volume of one node',
  why: 'A second replica on another node does not see these files, or cannot start at all.',
  fix: 'Keep the data in object storage or a database, or mount a volume that all replicas share.',
  messages: { local: '{target} lives on a volume of one node ({volume}); another replica does not see it' },
  *check(program) {
    for (const { fact, confidence } of program.appVolumes()) {
      const target = fact.target === '' ? 'the data' : fact.target
      yield { at: fact.site, symbol: fact.workload ?? target, message: 'local', data: { target, volume: fact.volume }, confidence }
    }
  },
})
