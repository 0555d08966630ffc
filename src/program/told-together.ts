import type { Expr, FnFact } from '../model/facts.js'
import type { LookedUp } from '../link/peek.js'
import type { CellWrite } from '../state/cells.js'
import { isReset, ownWrites } from '../state/patterns.js'
import type { Role } from '../state/roles.js'
import type { CellView } from './program.js'

/** So many fields that the same code sets are one thing: the settings that a request saves. */
const MANY_FIELDS = 5
/** Single values that are set together say one thing from several sides: what was found, and when, and how it went. */
const MANY_VALUES = 3
const OF_TIME = /^(now|toISOString|get(UTC)?(Time|FullYear|Month|Date|Day|Hours|Minutes|Seconds))$/
const VALUES = new Set<Role>(['flag', 'setting', 'cache', 'counter'])

/** What the same code changes is one mistake, and told once. */
export class ToldTogether {
  private readonly with = new Map<CellView, CellView>()
  private readonly codes = new Map<FnFact, number>()

  /** `kindOf`: what else has to be the same, so that one message holds for all. */
  constructor(cells: CellView[], private readonly kindOf: (cell: CellView) => string, private readonly look: LookedUp, values: boolean) {
    this.take(cells, MANY_FIELDS, (cell) => this.ofFields(cell))
    if (values) this.take(cells, MANY_VALUES, (cell) => this.ofValues(cell), MANY_VALUES)
    if (values) for (const cell of cells) this.takePart(cell, cells)
  }

  /** The one that a cell is told with. */
  first(cell: CellView): CellView | undefined {
    return this.with.get(cell)
  }

  others(first: CellView): CellView[] {
    return [...this.with].flatMap(([other, one]) => (one === first ? [other] : []))
  }

  private take(cells: CellView[], least: number, keyOf: (cell: CellView) => string | undefined, many = 0): void {
    const groups = new Map<string, CellView[]>()
    for (const cell of cells) {
      const key = this.with.has(cell) ? undefined : keyOf(cell)
      if (key !== undefined) groups.set(key, [...(groups.get(key) ?? []), cell])
    }
    for (const group of groups.values()) {
      if (group.length < least) continue
      const telling = group.filter((cell) => this.isTelling(cell))
      const first = tellingOf(group, telling)
      // Those that each say something are several things, unless all are copies that are fetched together.
      const all = many === 0 || telling.length === 0 || (telling.length >= many && telling.every(({ role }) => role === 'cache'))
      for (const other of group) if (other !== first && (all || !telling.includes(other))) this.with.set(other, first)
    }
  }

  private ofFields(cell: CellView): string | undefined {
    return cell.home.kind === 'field' ? [ownerOf(cell), cell.role, this.kindOf(cell), ...this.settersOf(cell)].join(' ') : undefined
  }

  private ofValues(cell: CellView): string | undefined {
    if (!VALUES.has(cell.role) || cell.contents.size > 0 || !/^(field|static|binding)$/.test(cell.home.kind)) return undefined
    return [ownerOf(cell), this.kindOf(cell), ...this.settersOf(cell)].join(' ')
  }

  /** What was found, rather than whether, when or how often. */
  private isTelling({ writes }: CellView): boolean {
    return writes.some(({ inst, valueExpr, ...w }) => {
      const made = valueExpr?.k === 'ref' ? this.look.definition(inst, valueExpr.b) ?? valueExpr : valueExpr
      return made !== undefined && !isReset({ inst, valueExpr, ...w }) && !isPlain(made)
    })
  }

  private settersOf({ writes }: CellView): number[] {
    const codeOf = (fn: FnFact): number => this.codes.get(fn) ?? (this.codes.set(fn, this.codes.size), this.codes.size - 1)
    return [...new Set(writes.map(({ inst }) => codeOf(inst.fn)))].sort((x, y) => x - y)
  }

  // ---------------------------------------------------------------- parts of one structure

  /** The size of a table, or what falls out of it: nothing changes them but the code that changes the table. */
  private takePart(cell: CellView, cells: CellView[]): void {
    if (cell.home.kind !== 'field' || this.with.has(cell) || this.others(cell).length > 0) return
    const table = cells.find((other) => other !== cell && other.keyed && !this.with.has(other) && ownerOf(other) === ownerOf(cell) && isPartOf(cell, other))
    if (table) this.with.set(cell, table)
  }
}

/** The class or module that a cell belongs to. */
const ownerOf = ({ home }: CellView): string => `${home.unit.path} ${home.kind === 'binding' ? '' : home.name.slice(0, home.name.lastIndexOf('.'))}`

const isPartOf = (cell: CellView, table: CellView): boolean => {
  const changing = new Set(table.writes.map(({ inst }) => inst.fn))
  if (cell.role === 'counter') return cell.writes.every(({ inst }) => changing.has(inst.fn))
  return ownWrites(cell).some((write) => isGivenTable(write, table)) && ownWrites(cell).filter(({ kind }) => kind !== 'delete').every((write) => isGivenTable(write, table) || isReset(write) || changing.has(write.inst.fn))
}

const isReadIn = ({ reads }: CellView, x: Expr): boolean => reads.some(({ site }) => site === x)

/** `this.old = this.recent` */
const isGivenTable = ({ kind, valueExpr }: CellWrite, table: CellView): boolean => kind === 'assign' && valueExpr !== undefined && isReadIn(table, valueExpr)

/** Of those that are set together, the one that says most. */
const tellingOf = (group: CellView[], telling: CellView[]): CellView => telling.find(({ role }) => role === 'cache') ?? telling[0] ?? group[0] as CellView

/** Yes or no, a number or a moment. */
const isPlain = (x: Expr): boolean => {
  if (x.k === 'lit' || x.k === 'un' || x.k === 'bin') return true
  if (x.k === 'log') return x.op === '&&'
  if (x.k === 'call') return x.f.k === 'mem' && OF_TIME.test(x.f.n)
  return x.k === 'new' && x.f.k === 'glob' && x.f.n === 'Date'
}
