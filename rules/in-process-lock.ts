import { defineRule } from '../src/rule.js'

/** A flag or mutex in memory that is meant to keep two things from happening at once. */
export const rule = defineRule({
  id: 'in-process-lock',
  question: 'scaling',
  alsoAffects: [],
  severity: 'warning',
  summary: 'A lock or running-flag in process memory',
  why: 'It holds back only this process: a second replica enters at the same time.',
  fix: 'Take the lock where all replicas see it: an advisory lock or row lock of the database, Redis `SET key value NX PX n`, or a unique constraint.',
  messages: {
    held: '{name} lets one at a time in within this process ({entry}); another replica enters at the same time',
    flag: '`{cell}` is switched by {entry} in this process only; another replica does not see it',
  },
  *check(program) {
    for (const cell of program.stateOf(['lock'])) yield { ...program.cellDraft(cell), message: 'flag' }
    for (const { use, entry, kept } of program.localLocks()) yield { ...program.useDraft(use, use.infra.name), ...kept, message: 'held', data: { name: use.infra.name, entry }, fix: use.fix }
  },
})
