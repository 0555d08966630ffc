import { defineRule } from '../src/rule.js'

/** Work or data that is accepted now and handled later from memory. */
export const rule = defineRule({
  id: 'in-process-queue',
  question: 'scaling',
  alsoAffects: ['retries'],
  severity: 'warning',
  summary: 'Accepted work waits in process memory',
  why: 'What was accepted but not yet handled is lost when the process stops, and other replicas know nothing of it.',
  fix: 'Write it where it survives before answering: a job queue (BullMQ, SQS, pg-boss) or a table that a worker reads.',
  messages: {
    buffer: '`{cell}` buffers in this process what {entry} accepted; a restart loses what has not been handled',
    left: '{entry} does not wait for this work ({what}); a restart loses it, and nothing does it again',
    retries: '{entry} does not wait for this delivery ({what}): attempts that are still to come wait in this process, and a restart loses them',
    queue: '{name} queues work in this process; a restart loses what waits, and replicas do not share it',
  },
  *check(program) {
    for (const cell of program.stateOf(['queue'])) yield { ...program.cellDraft(cell), message: 'buffer' }
    for (const left of program.leftBehind()) yield { ...left, message: 'left' }
    for (const retry of program.waitingRetries()) yield { ...retry, message: 'retries' }
    for (const use of program.infra('queue')) yield { ...program.useDraft(use, use.infra.name), message: 'queue', data: { name: use.infra.name }, fix: use.fix }
  },
})
