import type { Expr } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachSet, isLasting } from '../state/once.js'

/** What a function puts into places that outlive it, by the function, whose file is always the same one. */
const keptIn = new WeakMap<object, ReadonlySet<Expr>>()

/** `this.add = db.prepare(…)`, `statements.add = db.prepare(…).pluck()`: made once, and run by who needs it. */
const isKept = (inst: Instance, site: Expr): boolean => {
  let kept = keptIn.get(inst.fn)
  if (!kept) {
    const found = new Set<Expr>()
    eachSet(inst.fn, (target, value) => { if (isLasting(inst, target)) for (let at: Expr | undefined = value; at; at = receiverOf(at)) found.add(at) })
    keptIn.set(inst.fn, (kept = found))
  }
  return kept.has(site)
}

const receiverOf = (x: Expr): Expr | undefined => (x.k === 'call' && x.f.k === 'mem' ? x.f.o : undefined)

/** A statement that is put by when it is prepared does what it says where it is run. */
export const isPutBy = ({ inst, site, row }: LibraryCall): boolean => row?.effect?.lazy === 'where-run' && isKept(inst, site)

/** Its receiver was made beforehand: when the program started, or for all who come later. */
export const isMadeBefore = ({ recv }: LibraryCall): boolean =>
  recv?.kind === 'object' && (recv.phase === 'startup' || (recv.env !== undefined && recv.site !== undefined && isKept(recv.env, recv.site)))
