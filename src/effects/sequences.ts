import { pointsOf } from '../flow/points.js'
import type { LookedUp } from '../link/peek.js'
import type { Expr } from '../model/facts.js'
import type { Changes } from './changes.js'
import type { Effect } from './effects.js'

/** `nextId('order')`: raises a count and hands it to whoever asks, who numbers something else by it. */
export const drawsNumber = ({ kind, call, changes, drawn }: Effect, all: Changes, look: LookedUp): boolean => {
  if (kind !== 'relative-update' || drawn || changes?.some(({ grows }) => grows)) return false
  const { inst, site } = call
  const isCounted = (x: Expr): boolean => {
    const place = all.mutations.place(inst.unit.facts, x)
    return place !== undefined && changes?.some((change) => change.place === place) === true
  }
  return pointsOf(inst.fn).returns.some(({ x }) => x !== undefined && (isCounted(x) || isOfResult(x, site, (b) => look.definition(inst, b))))
}

/** `const counter = await Counter.findOneAndUpdate({ _id }, { $inc: { last: 1 } }); return counter.last` */
const isOfResult = (x: Expr, site: Expr, definition: (b: number) => Expr | undefined): boolean => {
  if (x.k !== 'mem' && x.k !== 'elem') return false
  const made = x.o.k === 'ref' ? definition(x.o.b) : x.o
  return made === site || (made?.k === 'await' && made.x === site)
}
