import type { CatalogRow } from '../model/catalog.js'
import type { Analysis } from './analysis.js'
import type { ObjectValue } from './values.js'

/**
 * Members that all values of a library path share. Those of `app.locals` are process memory; what a middleware puts on its
 * request stands for what the handlers of other files find on theirs.
 */
export class Bags {
  constructor(private readonly a: Analysis) {}

  /** Are members that are assigned on it visible to every request of the process? */
  isShared(path: string): boolean {
    return this.a.catalog.row(path)?.bag === true
  }

  /** Where a member that is assigned to a value of a path is kept. What was sent (`req.body`), and what the library knows itself, is each request's own. */
  of(path: string, name: string): ObjectValue | undefined {
    const row = this.a.catalog.row(path)
    return row?.bag || (isOfRequest(row) && !this.a.catalog.row(this.a.catalog.member(path, name))) ? this.a.bag(path) : undefined
  }

  /** Lets a member that values of a path have in common flow into a place. */
  load(path: string, name: string, node: number): void {
    const row = this.a.catalog.row(path)
    if (row?.prototype !== undefined) this.a.solver.flow(this.a.field(this.a.bag(row.prototype), name), node)
    if (row?.bag || isOfRequest(row)) this.a.solver.flow(this.a.field(this.a.bag(path), name), node)
  }
}

/** A request, or something that hangs on it, and not what was sent. */
const isOfRequest = (row: CatalogRow | undefined): boolean => row?.owned === 'request' && row.identity !== 'input' && row.identity !== 'token'
