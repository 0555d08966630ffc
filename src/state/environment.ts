import type { Analysis } from '../link/analysis.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'
import { isReset } from './patterns.js'

/** Is a cell given nothing but what the platform hands to all calls alike: `settings = env`, `address = context.env.ADDRESS`? */
export const isOfEnvironment = (a: Analysis, cell: Cell): boolean => {
  const given = cell.writes.filter((write) => !isReset(write))
  return given.length > 0 && given.every((write) => write.kind === 'assign' && isEnvironment(a, write))
}

/** What the platform hands to all calls alike, or a part of it. */
export const isEnvironment = (a: Analysis, { value }: Pick<CellWrite, 'value'>): boolean => {
  const values = a.of(value)
  return values.length > 0 && values.every((one) => isPartOf(a, pathOf(one)))
}

const pathOf = (value: Value): string => ('path' in value ? value.path ?? '' : '')

/** The path itself, or what it is a member of. */
const isPartOf = (a: Analysis, path: string): boolean => {
  for (let at = path; at.includes('#'); at = at.slice(0, Math.max(at.lastIndexOf('.'), 0))) if (a.catalog.row(at)?.environment) return true
  return false
}
