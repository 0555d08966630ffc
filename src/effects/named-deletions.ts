import type { Instance } from '../link/instances.js'
import type { LibraryCall } from '../link/analysis.js'
import { NOTHING } from '../link/solver.js'
import type { Program } from '../program/program.js'
import type { Effect } from './effects.js'

/** What sends a file: one that is deleted afterwards was made for the one who asks. */
const SENDS = /[.#](sendFile|sendfile|download|pipe)$/

/** `GET /delete?file=…`: of a file that the request names, and with which nothing is done but to delete it. */
export const markNamedDeletions = (program: Program, reached: Iterable<Instance>, effects: Effect[]): void => {
  const files = effects.filter(({ by }) => by === 'file system')
  if (files.length === 0 || files.some(({ kind }) => kind !== 'delete')) return
  const named = files.filter(({ call }) => isNamed(program, call))
  if (named.length === 0 || [...reached].some((inst) => program.callsOf(inst).some(handlesFile))) return
  for (const one of named) one.asked = true
}

const isNamed = ({ taints }: Program, { inst, site, args }: LibraryCall): boolean => site.k === 'call' && taints.of(inst, site.a[0], args[0] ?? NOTHING).request

const handlesFile = ({ row, path }: LibraryCall): boolean => row?.disk?.op === 'read' || row?.disk?.op === 'write' || SENDS.test(path)
