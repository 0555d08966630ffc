import type { Expr } from '../model/facts.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue, Value } from '../link/values.js'

/** A helper that many entries call is given objects of all of them: those that the invocations of one entry made, or all where none is. */
export const madeBy = (reached: Callers, objects: ObjectValue[]): ObjectValue[] => {
  if (objects.length < 2 || reached.size === 0) return objects
  const own = objects.filter(({ env }) => !env || env.phase !== 'request' || reached.has(env))
  return own.length > 0 ? own : objects
}

/** Objects that brought a field into another one by `...`; undefined where it is written there, or may be anything. */
export const spreadInto = ({ site, env }: ObjectValue, name: string, values: (inst: Instance, x: Expr) => Value[]): ObjectValue[] | undefined => {
  if (site?.k !== 'obj' || !env || site.m.some((m) => m.n === name)) return undefined
  const spread = site.m.flatMap((m) => (m.kind === 'spread' ? values(env, m.v) : []))
  const parts = spread.flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? [value] : []))
  return parts.length > 0 ? parts : undefined
}
