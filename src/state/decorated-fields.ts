import type { Analysis } from '../link/analysis.js'
import { isExpression } from '../link/shape.js'
import type { Unit } from '../link/instances.js'
import type { Expr } from '../model/facts.js'
import type { Home } from '../link/values.js'

/** What decorators say of the fields that they stand at. */
export class DecoratedFields {
  private readonly known = new Map<string, Set<Expr>>()

  constructor(private readonly a: Analysis) {}

  /** Decorators by which a field is a column, so that what changes it changes a row; or by which all who are connected are sent it. */
  as(facet: 'column' | 'templates'): ReadonlySet<Expr> {
    let found = this.known.get(facet)
    if (!found) this.known.set(facet, (found = new Set(this.a.calls.flatMap(({ row, site }) => (row?.[facet] && isExpression(site) ? [site] : [])))))
    return found
  }

  /** What is made for a field that all who are connected are sent. */
  markShown(unit: Unit, homes: Map<Expr, Home>): void {
    const decorators = this.as('templates')
    const shown = decorators.size === 0 ? [] : unit.facts.classes.flatMap(({ fields }) => fields.filter(({ dec }) => dec?.some(({ x }) => decorators.has(x))))
    const starts = new Set(shown.map(({ q }) => q))
    if (starts.size > 0) for (const [x, home] of homes) if (starts.has(home.start)) homes.set(x, { ...home, templates: true })
  }
}
