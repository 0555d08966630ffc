import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import type { Modules } from './modules.js'
import { isRouteKey, noteAsked } from './route-keys.js'
import { ELEMENTS, type LiteralValue, type ObjectValue, type Value } from './values.js'

/** More functions than these are no service, whose members each stand for themselves. */
const MOST_FUNCTIONS = 60

/** `Object.keys(value)`. */
export const keysInto = (a: Analysis, modules: Modules, value: Value, node: number): void => {
  if (value.kind === 'ns') return keysOfModule(a, modules, value.unit, node)
  if (value.kind !== 'object' || value.shape === 'array' || value.shape === 'global') return
  const isService = ofFunctions(value)
  value.holder.onField((name) => {
    if (name === ELEMENTS || name.startsWith('@')) return
    const isRoute = isRouteKey(name)
    if (isRoute) noteAsked(a, name, value)
    a.solver.add(node, (isRoute ? a.memberName(name) : isService ? a.memberName(name, value) : a.literal(name)).id)
  })
}

/** `{ save, find, remove }`, as a program writes down what it does: `promisifyAll(manager)` makes each member into another one. */
const ofFunctions = ({ phase, unit, site }: ObjectValue): boolean => {
  if (phase !== 'startup' || site?.k !== 'obj' || site.m.length < 2 || site.m.length > MOST_FUNCTIONS) return false
  return site.m.filter(({ v }) => v.k === 'fn' || (v.k === 'ref' && unit.facts.bindings[v.b]?.kind === 'fn')).length * 2 > site.m.length
}

/**
 * `Object.keys(controller).forEach((key) => { wrapped[key] = wrap(controller[key]) })`: the names of what a module exports are
 * told apart where they are looped over at start-up, so that each wrapped member stays itself.
 */
const keysOfModule = (a: Analysis, modules: Modules, unit: Unit, node: number): void => {
  modules.eachExport(unit, (name) => {
    a.solver.add(node, a.memberName(name, unit).id)
  })
}

export const isMemberName = (a: Analysis, value: Value): value is LiteralValue => value.kind === 'lit' && a.memberNames.has(value)

export const siteOfName = (a: Analysis, value: LiteralValue): Expr => a.memberNames.get(value) as Expr
