import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'
import { memberOf } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Program } from '../program/program.js'
import { parameterOf } from './callers-say.js'

/**
 * `const id = options?.id ?? randomUUID()`, `if (!id) id = randomUUID()`: a helper makes something up for who gives nothing.
 * What all calls on the way give instead; nothing where one of them gives none.
 */
export const broughtInstead = (program: Program, inst: Instance, x: Expr, reached: Callers): { from: Instance; x: Expr }[] | undefined => {
  const given = x.k === 'ref' ? program.look.givenTo(inst, x.b) : []
  const [first, ...others] = given.length > 0 ? given : [x]
  const wanted = first && others.length > 0 ? first : first?.k === 'log' && first.op !== '&&' ? first.l : undefined
  const place = wanted && placeOf(inst, wanted)
  if (!place) return undefined
  const edges = inst.callers.filter(({ from, later }) => !later && reached.has(from))
  const said = edges.flatMap(({ from, site }) => {
    const whole = site.k === 'call' && !site.a.some(({ k }) => k === 'spread') ? site.a[place.index] : undefined
    const one = place.name === undefined ? whole : memberOf(whole, place.name)
    return one && !isNothing(one) ? [{ from, x: one }] : []
  })
  return edges.length > 0 && said.length === edges.length ? said : undefined
}

/** A parameter, or a member of one. */
const placeOf = (inst: Instance, x: Expr): { index: number; name: string | undefined } | undefined => {
  if (x.k === 'ref') return parameterOf(inst, x.b)
  const place = x.k === 'mem' && x.o.k === 'ref' ? parameterOf(inst, x.o.b) : undefined
  return place && x.k === 'mem' && place.name === undefined ? { index: place.index, name: x.n } : undefined
}

const isNothing = (x: Expr): boolean => (x.k === 'glob' && x.n === 'undefined') || (x.k === 'lit' && (x.v === null || x.v === ''))
