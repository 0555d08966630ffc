import { defineRule } from '../src/rule.js'

/** Files that requests write and later requests read. */
export const rule = defineRule({
  id: 'local-disk-state',
  question: 'session',
  alsoAffects: ['scaling'],
  severity: 'error',
  summary: 'A request writes to the local disk what later requests read',
  why: 'The file is on the disk of one replica: a request that reaches another does not find it, and a new container starts empty.',
  fix: 'Write it to object storage (S3, GCS, Azure Blob) or the database; keep only temporary files that the same request deletes.',
  messages: {
    written: '{what} writes to the local disk while serving {entry}; other replicas do not have the file',
    logs: '{what} writes log files that {entry} reads; it shows those of one replica only',
    kept: '{what} keeps what it is given on the local disk; other replicas do not have it',
    uploads: '{what} stores uploads on the local disk; other replicas do not have the files',
  },
  *check(program) {
    for (const { use, what, entry, configured } of program.diskWrites()) {
      yield { ...program.useDraft(use, what), related: program.mountStep(use), message: !configured ? 'written' : use.row.disk?.usedBy ? 'kept' : 'uploads', data: { what, entry } }
    }
    for (const { use, what, entry } of program.logsRead()) yield { ...program.useDraft(use, what), message: 'logs', data: { what, entry }, severity: 'warning' }
  },
})
