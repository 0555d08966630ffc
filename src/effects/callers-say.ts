import type { Expr } from '../model/facts.js'
import type { Callers } from '../flow/reach.js'
import type { Instance } from '../link/instances.js'

const DEEPEST = 3

/**
 * The texts that a parameter is given by all calls on the way from the entry; nothing where one of them gives something else than a text, or where it is no
 * parameter. Calls of one helper are not always told apart, but each of them says what it wants.
 */
export const givenByCallers = (inst: Instance, x: Expr, reached: Callers, depth = 0): string[] | undefined => {
  const index = x.k === 'ref' ? inst.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === x.b) : -1
  if (index < 0 || depth > DEEPEST) return undefined
  const edges = inst.callers.filter(({ from, later }) => !later && reached.has(from))
  const said = edges.map(({ from, site }) => {
    const given = site.k === 'call' ? site.a[index] : undefined
    if (!given || site.k !== 'call' || site.a.some(({ k }) => k === 'spread')) return undefined
    return given.k === 'lit' ? [String(given.v)] : givenByCallers(from, given, reached, depth + 1)
  })
  const texts = said.filter((one) => one !== undefined)
  return edges.length > 0 && texts.length === edges.length ? texts.flat() : undefined
}
