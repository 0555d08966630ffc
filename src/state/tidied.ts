import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { isExpression, someExpression, somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { isSame } from './once.js'

/** What gives the same when it is done again. */
const SETTLES = /^(trim|trimStart|trimEnd|toLowerCase|toUpperCase|normalize|replace|replaceAll|sort|toSorted)$/

/**
 * `plugin.version = plugin.version.replace('{{os}}', process.platform)`, `rows.sort(byName)`: put in order where it stands, by nothing that a
 * request decides. Whoever does it again changes nothing.
 */
export const areTidied = (cell: Cell): boolean => cell.writes.length > 0 && cell.writes.every(isTidied)

const isTidied = ({ inst, kind, op, site, valueExpr }: CellWrite): boolean => {
  if (site.k === 'call') return op === 'sort' && site.a.every((arg) => isFixed(inst, arg))
  if (site.k !== 'set' || op !== '=' || !isExpression(site.l) || (kind !== 'member' && kind !== 'assign')) return false
  return valueExpr?.k === 'call' && isMadeOf(inst, valueExpr, site.l)
}

/** The member itself, through calls that settle. */
const isMadeOf = (inst: Instance, x: Expr, target: Expr): boolean => {
  if (x.k !== 'call') return isSame(x, target)
  return x.f.k === 'mem' && SETTLES.test(x.f.n) && x.a.every((arg) => isFixed(inst, arg)) && isMadeOf(inst, x.f.o, target)
}

/** Nothing of the function's own goes into it, and nothing that a call gives. */
const isFixed = ({ unit }: Instance, x: Expr): boolean => {
  const { bindings, functions } = unit.facts
  const isLocal = (part: Expr, within: number): boolean => part.k === 'this' || (part.k === 'ref' && bindings[part.b]?.f !== 0 && bindings[part.b]?.kind !== 'import' && bindings[part.b]?.f !== within)
  return !somePart(x, (part) => (part.k === 'fn' ? someExpression(functions[part.f]?.body ?? [], (inner) => isLocal(inner, part.f)) : part.k === 'call' || part.k === 'new' || isLocal(part, -1)))
}
