import type { Expr, FnFact, Stmt } from '../model/facts.js'
import type { CallEdge } from '../link/instances.js'
import { someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import type { Effect } from './effects.js'

/** An effect and the calls that lead to it. */
type Led = Pick<Effect, 'call'> & { calls: readonly CallEdge[] }

/** Is an effect done again by what stands around it: a transaction that its driver runs again, a wrapper or a loop that tries again? */
export const isRunAgain = (program: Program, { call, calls }: Led): 'transaction' | 'retry' | undefined => {
  for (const { from, site } of calls) {
    const row = program.callsOf(from).find((other) => other.site === site && other.row?.run?.some(({ repeats }) => repeats))?.row
    if (row) return row.guard?.kind === 'transaction' ? 'transaction' : 'retry'
  }
  const places = [{ fn: call.inst.fn, site: call.site }, ...calls.map(({ from, site }) => ({ fn: from.fn, site }))]
  return places.some(({ fn, site }) => triesAgain(fn, site)) ? 'retry' : undefined
}

/** `for (…) { try { return await charge() } catch { … } }`: a loop that goes on where what it tried has failed. */
const triesAgain = (fn: FnFact, site: Expr): boolean => {
  const inside = (body: Stmt[], looped: boolean): boolean => body.some((s) => {
    switch (s.k) {
      case 'loop': return inside(s.b, s.kind !== 'of' && s.kind !== 'in')
      case 'try': return (looped && s.c !== undefined && !leaves(s.c) && ends(s.b) && holds(s.b, site)) || inside(s.b, looped)
      case 'if': return inside(s.c, looped) || inside(s.a ?? [], looped)
      case 'block': return inside(s.b, looped)
      default: return false
    }
  })
  return inside(fn.body, false)
}

const leaves = (body: Stmt[]): boolean => ['throw', 'ret', 'break'].includes(body.at(-1)?.k ?? '')

/** Does it leave the loop where all went well? */
const ends = (body: Stmt[]): boolean => body.some((s) => s.k === 'ret' || s.k === 'break' || (s.k === 'if' && (ends(s.c) || ends(s.a ?? []))) || (s.k === 'block' && ends(s.b)))

const holds = (body: Stmt[], site: Expr): boolean => {
  return someExpression(body, (x) => x === site)
}
