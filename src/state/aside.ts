import type { Unit } from '../link/instances.js'
import { isExpression } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Cell, CellRead, CellWrite } from './cell.js'

/**
 * `query.id = found`, in a file that neither fills nor reads a map of which something may hold that query: helpers that pass on whatever they
 * are given hand many things to many places. Such a change says little of who fills the map and with what.
 */
export const markAside = (cells: readonly Cell[]): void => {
  for (const cell of cells) {
    if (!cell.writes.some((write) => write.filling)) continue
    const near = new Set<Unit>([cell.home.unit, ...cell.reads.filter(isOfCell).map(({ inst }) => inst.unit), ...cell.writes.filter((write) => !write.filling).map(({ inst }) => inst.unit)])
    for (const write of cell.writes) if (write.filling && !near.has(write.inst.unit) && !isOwn(write)) write.aside = true
  }
}

/** `rooms`, `rooms.get(id)`: of the cell, not of what may be in it. */
const isOfCell = ({ op, site }: CellRead): boolean => op === 'slot' || site.k === 'call'

/** `this.points++`: a method of what the cell holds. */
const isOwn = ({ site }: CellWrite): boolean => {
  let at: Expr | undefined = site.k === 'set' && isExpression(site.l) ? site.l : site.k === 'upd' || site.k === 'del' ? site.x : site.k === 'call' ? site.f : undefined
  while (at?.k === 'mem' || at?.k === 'elem') at = at.o
  return at?.k === 'this'
}
