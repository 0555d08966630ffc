import type { Curries } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Application } from './library.js'
import { shapeOf } from './shape.js'
import { NOTHING } from './solver.js'
import type { FnValue } from './values.js'

/** Which arguments a function is bound to: those from there on, and the one that is `this`. */
export interface Binding {
  from: number
  self?: number
  curries?: Curries
}

/** The call results in the function, with its receiver and what comes before the arguments of each call. */
export const bound = (a: Analysis, made: Application, fn: FnValue, { from, self: at, curries }: Binding): void => {
  if (made.result < 0) return
  const isSpread = made.site.k === 'call' && made.site.a.some((x) => x.k === 'spread')
  const given = (made.args.length > from || curries) && !isSpread ? a.preset(fn, made.site, made.inst, made.args.slice(from), curries, isApart(a, made, fn, from)) : fn
  a.solver.add(made.result, given.id)
  a.solver.watch((at === undefined ? undefined : made.args[at]) ?? NOTHING, (id) => {
    const self = a.value(id)
    if (self.kind === 'object' || self.kind === 'class') a.solver.add(made.result, a.bound(given, self).id)
  })
}

/** At start-up, and where a request binds a function that calls what it is given (`socket.on(event, this.run.bind(this, callback))`). */
const isApart = (a: Analysis, { inst, args }: Application, fn: FnValue, from: number): boolean => {
  if (inst.phase === 'startup') return true
  if (a.solver.haste > 0 || !(fn.code.shape ??= shapeOf(fn.unit.facts, fn.fn)).higherOrder) return false
  return args.slice(from).some((arg) => a.solver.size(arg) === 0 || a.of(arg).some(({ kind }) => kind === 'fn'))
}

/** `load(db)` of a curried `load`: the call gives too little to run it. What a library calls it with is all there is. */
export const isPartial = ({ fn, preset }: FnValue, written: Expr[]): boolean => {
  if (!preset?.curried || written.length === 0 || written.some(({ k }) => k === 'spread')) return false
  return preset.curried === 'once' || preset.args.length + written.length < needed(fn)
}

/** Parameters before the first that may be left out. */
const needed = ({ params }: FnFact): number => {
  const open = params.findIndex(({ rest, t }) => rest || t.k === 'def')
  return open < 0 ? params.length : open
}
