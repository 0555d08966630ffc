import type { Expr } from '../model/facts.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { leaves, somePart, someStatement } from '../link/shape.js'
import type { LookedUp } from '../link/peek.js'

/** How many calls up a count may be compared. */
const FARTHEST = 3
const COUNTS_UP = /\.(incr|incrby|incrBy|INCR|INCRBY|hincrby|hIncrBy|HINCRBY|zincrby|zIncrBy|increment)$/

/** `const hits = await redis.incr(key); if (hits > LIMIT) return refuse()`: the count is there to turn away who asks too often, and is not what was asked for. */
export const countsForLimit = (look: LookedUp, { inst, site, path }: LibraryCall, callers: Callers): boolean => {
  if (!COUNTS_UP.test(path)) return false
  const edges = callers.has(inst) ? callsTo(callers, inst).slice(-FARTHEST).reverse() : []
  for (const place of [{ inst, site }, ...edges.map((edge) => ({ inst: edge.from, site: edge.site }))]) {
    if (turnsAway(look, place.inst, place.site)) return true
    if (!isGivenBack(look, place.inst, place.site)) return false
  }
  return false
}

/** Is the function left, or its answer decided, where what came of the call is above something? */
const turnsAway = (look: LookedUp, inst: Instance, site: Expr): boolean => {
  const isCount = (x: Expr): boolean => comesOf(look, inst, x, site)
  const isAbove = (x: Expr): boolean => x.k === 'bin' && (/^>=?$/.test(x.op) ? isCount(x.l) : /^<=?$/.test(x.op) && isCount(x.r))
  const isBelow = (x: Expr): boolean => x.k === 'bin' && (/^<=?$/.test(x.op) ? isCount(x.l) : /^>=?$/.test(x.op) && isCount(x.r))
  return someStatement(inst.fn, (s) => {
    if (s.k === 'if') return somePart(s.t, isAbove) && leaves(s.c)
    return s.k === 'ret' && s.x !== undefined && somePart(s.x, (x) => isAbove(x) || isBelow(x))
  })
}

/** The result itself, a local that holds it, or something of either. */
const comesOf = (look: LookedUp, inst: Instance, x: Expr, site: Expr): boolean => {
  if (x === site) return true
  if (x.k === 'await') return comesOf(look, inst, x.x, site)
  if (x.k === 'mem' || x.k === 'elem') return comesOf(look, inst, x.o, site)
  if (x.k === 'call') return x.a.some((arg) => comesOf(look, inst, arg, site))
  const made = x.k === 'ref' ? look.definition(inst, x.b) : undefined
  return made !== undefined && somePart(made, (part) => part === site)
}

const isGivenBack = (look: LookedUp, inst: Instance, site: Expr): boolean =>
  someStatement(inst.fn, (s) => s.k === 'ret' && s.x !== undefined && (somePart(s.x, (x) => x === site) || comesOf(look, inst, s.x, site)))
