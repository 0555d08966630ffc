import type { Expr } from '../model/facts.js'
import { somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { isReadOf, isReset } from './patterns.js'

const CUTS = /^(subarray|slice|substr(ing)?)$/

/**
 * `this.rest = Buffer.concat([this.rest, chunk]); …; this.rest = this.rest.subarray(end)`: what has come over a connection and is no whole
 * message yet. It goes on where the connection ends.
 */
export const isStreamBuffer = (cell: Cell): boolean => {
  const { contents, writes, reads } = cell
  if (contents.size > 0 || !writes.some((w) => isCut(w, cell))) return false
  return writes.every((w) => isReset(w) || isEmptyText(w.valueExpr) || w.op === '+=' || isOfItself(w, cell)) && reads.every(({ inst }) => inst.unit === cell.home.unit)
}

const isCut = ({ valueExpr: x }: CellWrite, cell: Cell): boolean => x?.k === 'call' && x.f.k === 'mem' && CUTS.test(x.f.n) && isReadOf(cell, x.f.o)

/** Made of what is there, or of the first chunk where nothing is. */
const isOfItself = ({ valueExpr }: CellWrite, cell: Cell): boolean => valueExpr !== undefined && somePart(valueExpr, (part) => isReadOf(cell, part))

const isEmptyText = (x: Expr | undefined): boolean => x?.k === 'lit' && x.v === ''
