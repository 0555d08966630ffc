import type { Expr } from '../model/facts.js'
import type { Library } from './library.js'
import { NOTHING } from './solver.js'

/**
 * Functions that are given, where they are written, to a call that nothing is known of (`client.query(text, (err, rows) => …)`): somebody
 * calls them, now or soon, in the phase of the caller. What they are given is not known. Says whether there were any.
 */
export const runGiven = ({ a, calls }: Library, from: number): boolean => {
  let any = false
  for (const { inst, site, callee } of a.callees.slice(from)) {
    if (site.k !== 'call' || !site.a.some((arg) => isWritten(arg)) || a.solver.size(callee) > 0) continue
    for (const arg of site.a) if (isWritten(arg)) for (const value of a.of(arg.k === 'fn' ? calls.ev.expression(inst, arg) : inst.results.get(arg) ?? NOTHING)) {
      if (value.kind !== 'fn') continue
      calls.invoke(inst, site, value, [], [], NOTHING)
      any = true
    }
  }
  return any
}

/** A function, or one that is bound where it is written: `function () { … }.bind(this)`. */
const isWritten = (arg: Expr): boolean => arg.k === 'fn' || (arg.k === 'call' && arg.f.k === 'mem' && arg.f.n === 'bind' && arg.f.o.k === 'fn')
