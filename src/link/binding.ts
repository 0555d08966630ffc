import type { Analysis } from './analysis.js'
import type { Application } from './library.js'
import { NOTHING } from './solver.js'
import type { FnValue } from './values.js'

/** Which arguments a function is bound to: those from there on, and the one that is `this`. */
export interface Binding {
  from: number
  self?: number
}

/** The call results in the function, with its receiver and what comes before the arguments of each call. */
export const bound = (a: Analysis, made: Application, fn: FnValue, { from, self: at }: Binding): void => {
  if (made.result < 0) return
  const isSpread = made.site.k === 'call' && made.site.a.some((x) => x.k === 'spread')
  const given = made.args.length > from && !isSpread ? a.preset(fn, made.site, made.inst, made.args.slice(from)) : fn
  a.solver.add(made.result, given.id)
  a.solver.watch((at === undefined ? undefined : made.args[at]) ?? NOTHING, (id) => {
    const self = a.value(id)
    if (self.kind === 'object' || self.kind === 'class') a.solver.add(made.result, a.bound(given, self).id)
  })
}
