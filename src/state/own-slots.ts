import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, someExpression } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Cell, CellWrite } from './cells.js'
import { inside, ownWrites } from './patterns.js'

const FARTHEST = 400
const UP = /^(\+\+|\+=)$/
const DOWN = /^(--|-=)$/
const COMPARES = /^([<>]=?|[=!]==?)$/

/**
 * `if (this.free > 0) this.free--` … `this.free++`: how much this process does at once. Whoever takes gives back before it has answered, and nobody
 * is told how many are left. Where one request takes and another gives (places in a boat), the number says something of the world.
 */
export class OwnSlots {
  private readonly handlers: ReadonlyMap<Instance, unknown>

  constructor(private readonly a: Analysis) {
    this.handlers = new Map(a.entries.flatMap((entry) => entry.handlers.map(({ instance }) => [instance, entry])))
  }

  are(cell: Cell): boolean {
    if (cell.contents.size > 0) return false
    const writes = ownWrites(cell)
    const taken = writes.filter(({ op }) => DOWN.test(op))
    const given = writes.filter(({ op }) => UP.test(op))
    if (taken.length === 0 || given.length === 0 || taken.length + given.length !== writes.length) return false
    if (!cell.reads.every(({ inst, site }) => (isCompared(inst, site) && makesWait(inst)) || writes.some((w) => isWithin(site, w)))) return false
    const [one, other] = [this.entriesTo(taken), this.entriesTo(given)]
    return one.size > 0 && one.size === other.size && [...one].every((entry) => other.has(entry))
  }

  private entriesTo(writes: CellWrite[]): Set<unknown> {
    const queue = [...new Set(writes.map(({ inst }) => inst))]
    const seen = new Set(queue)
    const found = new Set<unknown>()
    for (let i = 0; i < queue.length && i < FARTHEST; i++) {
      const at = queue[i] as Instance
      if (this.handlers.has(at)) found.add(this.handlers.get(at))
      for (const { from } of at.callers) if (!seen.has(from) && seen.add(from)) queue.push(from)
    }
    return found
  }
}

const isWithin = (read: Expr, { site }: CellWrite): boolean => 'e' in site && inside(read, site as Expr)

/** Whoever finds none left waits, and is not turned away: other replicas would let in as many again. */
const makesWait = ({ fn }: Instance): boolean => someExpression(fn.body, (x) => x.k === 'new' && x.f.k === 'glob' && x.f.n === 'Promise')

const isCompared = ({ fn }: Instance, read: Expr): boolean => {
  let compared = false
  eachExpression(fn.body, (x) => { if (x.k === 'bin' && COMPARES.test(x.op)) compared ||= childrenOf(x).includes(read) })
  return compared
}
