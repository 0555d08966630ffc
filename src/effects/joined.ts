import type { LookedUp } from '../link/peek.js'
import type { Expr } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import type { Instance } from '../link/instances.js'
import type { Change } from './changes.js'

const FINDS = /^(find|get|load)/

/** `term.labels.push(label)`, where both were found and the schema joins them: they are joined once, however often that is saved. */
export const joinsFound = (look: LookedUp, tables: TableFact[], { grows, inst, site }: Change): boolean => {
  if (!grows || tables.length === 0 || site.k !== 'call' || site.f.k !== 'mem' || site.f.o.k !== 'mem' || site.a.length === 0) return false
  const { n } = site.f.o
  return tables.some(({ columns }) => columns.some(({ name, relation }) => name === n && relation?.many)) && site.a.every((arg) => isFound(look, inst, arg))
}

const isFound = (look: LookedUp, inst: Instance, x: Expr): boolean => {
  const made = x.k === 'ref' ? look.definition(inst, x.b) : x
  const call = made?.k === 'await' ? made.x : made
  return call?.k === 'call' && call.f.k === 'mem' && FINDS.test(call.f.n)
}
