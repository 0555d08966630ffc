import type { Expr } from '../model/facts.js'
import { memberOf } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import type { Freshness } from './freshness.js'

/** `{ $addToSet: { hooks: { ...input, id: uuid() } } }`: what carries an id or a moment of its own each time is nothing that the set has. */
export const addsAnew = ({ look }: Program, freshness: Freshness, { site, env }: ObjectValue): boolean => {
  const added = site?.k === 'obj' && env ? memberOf(site, '$addToSet') : undefined
  if (added?.k !== 'obj' || !env) return false
  const isAnew = (x: Expr): boolean => {
    const row = look.behind(env, x)
    if (row.k === 'arr') return row.x.some(isAnew)
    return row.k === 'obj' && row.m.some(({ n, v }) => (n === '$each' ? isAnew(v) : freshness.of(env, v)))
  }
  return added.m.some(({ v }) => isAnew(v))
}
