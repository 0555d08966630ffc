import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { membersIn } from '../link/shape.js'
import type { Cell, CellWrite } from './cell.js'
import { isEmptying } from './derived.js'
import { isReset } from './patterns.js'

const PROCESS = /^node:child_process#((spawn|fork|exec|execFile)(\(\))?|ChildProcess\.new)$/
const ENDS = ['kill', 'terminate']

/**
 * `recorder = spawn('ffmpeg', …)` of one request that another one stops (`recorder.kill(); recorder = null`): a process that somebody asked for.
 * What ends by itself, is ended by who began it, or on the same connection, is the process's own business.
 */
export const areStartedProcesses = (a: Analysis, cell: Cell): boolean => {
  const begun = cell.writes.filter((write) => write.inst.phase === 'request' && isProcess(a, write))
  if (begun.length === 0) return false
  const ends = [...cell.writes.filter((write) => isEmptying(write) || isReset(write)), ...cell.reads.filter(({ inst }) => ENDS.some((name) => membersIn(inst.fn).has(name)))]
  return ends.some(({ inst }) => inst.phase === 'request' && begun.every((write) => isApart(write.inst, inst)))
}

const isProcess = (a: Analysis, { value }: CellWrite): boolean =>
  a.of(value).some((one) => (one.kind === 'object' || one.kind === 'lib') && one.path !== undefined && PROCESS.test(one.path))

/** Neither the same function, nor called by it alone, nor a part of what the same request or connection has set up. */
const isApart = (begins: Instance, ends: Instance): boolean => {
  if (begins.fn === ends.fn || (ends.callers.length > 0 && ends.callers.every(({ from }) => from.fn === begins.fn))) return false
  const around = new Set(serving(begins))
  return !serving(ends).some((one) => around.has(one))
}

/** The invocations while serving that something stands in, itself included. */
const serving = (inst: Instance): Instance[] => {
  const all: Instance[] = []
  for (let at: Instance | undefined = inst; at && at.phase !== 'startup'; at = at.env) all.push(at)
  return all
}
