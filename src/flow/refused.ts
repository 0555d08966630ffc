import type { Instance } from '../link/instances.js'
import { blocksOf, someExpression } from '../link/shape.js'
import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { pointsOf } from './points.js'

/** `await count(attempt); throw new Refused()`: does what stands there only lead to a refusal? To send somebody elsewhere is none. */
export const isBeforeThrow = ({ fn, unit }: Instance, site: Expr): boolean =>
  leadsTo(fn.body, site, (last) => last.k === 'throw' && !(last.x.k === 'call' && last.x.f.k === 'ref' && /redirect/i.test(unit.facts.bindings[last.x.f.b]?.n ?? '')))

/** `if (isOver(row)) { await remove(row); return null }`, where others are given the row: who asked is told that there is nothing. */
export const isBeforeNothing = (fn: FnFact, site: Expr): boolean =>
  pointsOf(fn).returns.some(({ x }) => x !== undefined && !saysNothing(x)) && leadsTo(fn.body, site, (last) => last !== fn.body.at(-1) && last.k === 'ret' && last.x !== undefined && saysNothing(last.x))

const leadsTo = (body: Stmt[], site: Expr, isEnd: (last: Stmt) => boolean): boolean =>
  body.some((s) => {
    const inner = blocksOf(s)
    if (inner.length > 0) return inner.some((block) => leadsTo(block, site, isEnd))
    const last = body.at(-1)
    return last !== undefined && isEnd(last) && body.length > 1 && s.k === 'expr' && someExpression([s], (x) => x === site)
  })

const saysNothing = (x: Expr): boolean =>
  (x.k === 'lit' && (x.v === null || x.v === false)) || (x.k === 'glob' && x.n === 'undefined') || (x.k === 'obj' && x.m.length > 0 && x.m.every(({ v }) => saysNothing(v)))
