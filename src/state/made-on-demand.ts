import type { Expr } from '../model/facts.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachInside } from '../link/shape.js'
import type { Value } from '../link/values.js'
import type { Cell, CellWrite } from './cells.js'

/** What a map is filled with where something is missing, and that is no copy of data from elsewhere. */
export class MadeOnDemand {
  constructor(private readonly a: Analysis, private readonly look: LookedUp) {}

  /** `clients.set(name, new Client(config))`: a package's own object, ready at once and made of what it is kept under; or a lock, told for itself. */
  isHandle({ inst, keyExpr, valueExpr, value }: CellWrite): boolean {
    const made = valueExpr?.k === 'ref' ? this.look.definition(inst, valueExpr.b) ?? valueExpr : valueExpr
    if (!made || !isNew(made) || !keyExpr) return false
    const values = this.a.of(value)
    if (values.length === 0 || !values.every((one) => this.isForeign(one))) return false
    return values.every((one) => this.isLock(one)) || sharesPart(this.namedIn(inst, keyExpr), this.namedIn(inst, made))
  }

  /** `rooms.set(id, new Room(id))`, `this.room = rooms.get(id) ?? new Room(id); rooms.set(id, this.room)`: an object of the project that requests go on to change is no copy of anything. */
  isLiving({ keyExpr, valueExpr, value }: CellWrite, cell: Cell): boolean {
    // Under a written name it is one of the few that the program has anyway.
    if (!valueExpr || !/^(new|mem|ref)$/.test(valueExpr.k) || keyExpr?.k === 'lit') return false
    const made = this.a.of(value)
    return made.length > 0 && made.every((one) => one.kind === 'object' && one.cls !== undefined && !one.found && (valueExpr.k === 'new' || one.site?.k === 'new')) && cell.writes.some((w) => w.inner && w.inst.phase === 'request' && w.kind !== 'assign')
  }

  /** `games[id] = { players: [], … }`: made here, not what somebody else has. */
  isWrittenOut({ inst, valueExpr }: CellWrite): boolean {
    const made = valueExpr?.k === 'ref' ? this.look.definition(inst, valueExpr.b) : valueExpr
    return made?.k === 'obj' && made.m.length > 0
  }

  /** Of a package that keeps nothing in it for others to find. */
  private isForeign(value: Value): boolean {
    if (value.kind !== 'object' || value.cls !== undefined || value.path === undefined || /^(global|node:|@promise)/.test(value.path)) return false
    const row = this.a.catalog.row(value.path)
    const keeps = row?.container ?? row?.embedded ?? (row?.store?.kind === 'external' ? undefined : row?.store) ?? (row?.infra?.kind === 'lock' ? undefined : row?.infra)
    return keeps === undefined && row?.owned === undefined
  }

  private isLock(value: Value): boolean {
    return value.kind === 'object' && value.path !== undefined && this.a.catalog.row(value.path)?.infra?.kind === 'lock'
  }

  /** Names that stand in an expression, and in what those were made of. */
  private namedIn(inst: Instance, x: Expr, depth = 1): Set<number> {
    const names = new Set<number>()
    eachInside(x, (y) => {
      if (y.k !== 'ref') return
      names.add(y.b)
      const of = depth > 0 ? this.look.definition(inst, y.b) : undefined
      if (of) for (const name of this.namedIn(inst, of, depth - 1)) names.add(name)
    })
    return names
  }
}

/** Also one of two. */
const isNew = (x: Expr): boolean => x.k === 'new' || (x.k === 'cond' && isNew(x.c) && isNew(x.a))

const sharesPart = (one: ReadonlySet<number>, other: ReadonlySet<number>): boolean => [...one].some((name) => other.has(name))
