import type { BindingId, Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import type { Modules } from './modules.js'
import { isRouteKey, noteAsked } from './route-keys.js'
import type { Ref } from './solver.js'
import { ELEMENTS, type LiteralValue, type ObjectValue, type Value } from './values.js'

/** More functions than these are no service, whose members each stand for themselves. */
const MOST_FUNCTIONS = 60

/** `Object.keys(value)`. */
export const keysInto = (a: Analysis, modules: Modules, value: Value, node: number): void => {
  if (value.kind === 'ns') return keysOfModule(a, modules, value.unit, node)
  if (value.kind !== 'object' || value.shape === 'array' || value.shape === 'global') return
  // What a module of CommonJS exports is looped over like the exports of any module.
  const isService = value.shape === 'exports' || ofFunctions(value)
  const see = (name: string): void => {
    const isRoute = isRouteKey(name)
    if (isRoute) noteAsked(a, name, value)
    a.solver.add(node, (isRoute ? a.memberName(name) : isService ? a.memberName(name, value) : a.literal(name)).id)
  }
  value.holder.onField((name, field) => {
    if (name === ELEMENTS || name.startsWith('@')) return
    if (value.shape === 'exports') onceFilled(a, field, () => see(name))
    else see(name)
  })
}

/** Who only asks for a member makes a place for it, too. */
const onceFilled = (a: Analysis, field: Ref, see: () => void): void => {
  let filled = false
  a.solver.watch(field, () => {
    if (!filled) see()
    filled = true
  })
}

/** `{ save, find, remove }`, as a program writes down what it does: `promisifyAll(manager)` makes each member into another one. */
const ofFunctions = ({ phase, unit, site }: ObjectValue): boolean => {
  if (phase !== 'startup' || site?.k !== 'obj' || site.m.length > MOST_FUNCTIONS) return false
  return site.m.filter(({ v }) => v.k === 'fn' || (v.k === 'ref' && (unit.facts.bindings[v.b]?.kind === 'fn' || namedFunctions(unit).has(v.b)))).length * 2 > site.m.length
}

const named = new WeakMap<Unit, Set<BindingId>>()

/** `const save = async (row) => { … }`, at the top of a file. */
const namedFunctions = (unit: Unit): Set<BindingId> => {
  let known = named.get(unit)
  if (!known) {
    const declared = (unit.facts.functions[0]?.body ?? []).flatMap((s) => (s.k === 'var' ? s.d : []))
    named.set(unit, (known = new Set(declared.flatMap(({ t, i }) => (t.k === 'bind' && i?.k === 'fn' ? [t.b] : [])))))
  }
  return known
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
