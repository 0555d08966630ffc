import type { Unit } from '../link/instances.js'
import { isExpression } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Cell } from './cell.js'

/** Things of so many files, or tables that start-up has filled, one write may change. */
const MOST_FILES = 6
const MOST_TABLES = 2

/**
 * `record[key] = value` that seems to change things of so many files changes none of them for sure: what only such writes reach is no cell,
 * and what others reach is told by those.
 */
export const withoutScattered = (cells: readonly Cell[]): Cell[] => {
  const files = new Map<Expr, Set<Unit>>()
  for (const { writes, home } of cells) for (const { site } of writes) files.set(site, (files.get(site) ?? new Set()).add(home.unit))
  const isSure = (site: Expr, most: number): boolean => (files.get(site)?.size ?? 0) <= most || isOfTable(site)
  return cells.filter((cell) => {
    const most = isFilled(cell) ? MOST_TABLES : MOST_FILES
    const sure = cell.writes.filter(({ site }) => isSure(site, most))
    if (sure.length > 0) cell.writes = sure
    return sure.length > 0
  })
}

/** Something was in it from the beginning: a table that is written down, or read from a file. */
const isFilled = ({ contents }: Cell): boolean =>
  contents.size > 0 && [...contents].every(({ phase, site }) => phase === 'startup' && (site?.k === 'call' || (site?.k === 'obj' && site.m.length > 0) || (site?.k === 'arr' && site.x.length > 0)))

/** `tables[name].push(row)`, `tables[name][id] = row`: all of them are meant. */
const isOfTable = (site: Expr): boolean => {
  const changed = site.k === 'call' && site.f.k === 'mem' ? site.f.o : site.k === 'set' && isExpression(site.l) && (site.l.k === 'mem' || site.l.k === 'elem') ? site.l.o : undefined
  return changed?.k === 'elem'
}
