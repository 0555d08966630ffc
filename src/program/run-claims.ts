import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { Program } from './program.js'

/** Statements by which one session of a database holds the others back. */
const HOLDS = /pg_(try_)?advisory|\bget_lock\s*\(|skip\s+locked|sp_getapplock/i

/** Does work lock, or claim its run, where all replicas look? Only the first of them goes on. */
export function claimsRun(program: Program, work: Iterable<Instance>): boolean {
  for (const inst of work) for (const call of program.callsOf(inst)) if (isClaim(program, call)) return true
  return false
}

function isClaim(program: Program, call: LibraryCall): boolean {
  const { row } = call
  if (row?.guard?.kind === 'lock') return row.guard.default !== 'memory'
  if (row?.guard?.kind === 'external-claim') return row.guard.when === undefined || says(program, call, row.guard.when.arg, row.guard.when.values)
  // A queue takes a second job of the same id for the first.
  if (row?.effect?.kind === 'enqueue') return (row.effect.key ?? []).some((path) => program.libraries.has({ call }, path))
  return row?.effect?.kind === 'sql' && program.argument(call, row.effect.sql ?? '0').some((value) => value.kind === 'lit' && HOLDS.test(String(value.value)))
}

/** Is one of these words given, by itself or as an option that is set? */
function says(program: Program, call: LibraryCall, arg: string, words: string[]): boolean {
  return program.argument(call, arg).some((value) => (value.kind === 'lit' ? words.includes(String(value.value)) : value.kind === 'object' && words.some((word) => value.holder.fields.has(word))))
}
