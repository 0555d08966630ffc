import type { Instance } from '../link/instances.js'
import type { Program } from './program.js'

/** How far a sender is followed back to the timer that starts it. */
const DEEPEST_TIMER = 4

/**
 * Is all that is sent to connections sent by timers, of what no request has put into this process? Then each replica tells its own
 * clients the same (the time, what the database says), and nobody misses a message of another.
 */
export const tellsOwnNews = (program: Program, senders: ReadonlySet<Instance>): boolean => {
  if (senders.size === 0 || ![...senders].every((inst) => isOfTimer(program, inst, 0))) return false
  const work = new Set([...program.reach.forward([...senders])].map(({ fn }) => fn))
  return !program.cells().some(({ writes, reads }) => writes.some(({ inst }) => inst.phase === 'request') && reads.some(({ inst }) => work.has(inst.fn)))
}

const isOfTimer = (program: Program, inst: Instance, depth: number): boolean =>
  depth < DEEPEST_TIMER && inst.callers.length > 0 && inst.callers.every(({ from, site }) =>
    program.callsOf(from).some(({ site: at, row }) => at === site && row?.timer?.again === 'always') || isOfTimer(program, from, depth + 1))
