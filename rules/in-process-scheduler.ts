import { defineRule } from '../src/rule.js'

/** Scheduled work that every replica runs. */
export const rule = defineRule({
  id: 'in-process-scheduler',
  question: 'scaling',
  alsoAffects: ['retries'],
  severity: 'warning',
  summary: 'Scheduled work runs in every replica',
  why: 'With n replicas the job runs n times at each tick: n mails, n charges, n imports.',
  fix: 'Claim the run where all replicas see it (advisory lock, unique row, Redis `SET NX`), or let a queue or the platform schedule it once.',
  messages: {
    each: '{name} runs this job in every replica; with n replicas it runs n times',
    timer: '{name} runs this in every replica; with n replicas it {does} n times as often',
  },
  *check(program) {
    for (const use of program.infra('scheduler')) {
      if (program.hasLock(use) || program.onlyTells(use)) continue
      yield { ...program.useDraft(use, use.infra.name), message: 'each', data: { name: use.infra.name }, fix: use.fix }
    }
    for (const { use, effect, steps } of program.timers()) {
      const name = use.row.timer?.name ?? 'a timer'
      yield { ...program.useDraft(use, name), trace: [{ message: `${name} starts here`, site: use.site }, ...steps], message: 'timer', data: { name, does: program.repeatText([effect]).replace(/ (again|another)\b/, ' ').replace(/ +/g, ' ').trim() } }
    }
  },
})
