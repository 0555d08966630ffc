import { holdingAt, pointsOf } from '../flow/points.js'
import type { Analysis } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachInside, isExpression, somePart } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Cell, CellWrite } from './cells.js'
import { Closures } from './closures.js'
import { type Derived, reachedFrom } from './derived.js'
import type { Loads } from './loads.js'

const FARTHEST = 400

/**
 * What a look has not found is begun anew: `game = new Game(); games.set(id, game)`. Nothing of it is loaded from elsewhere, and requests
 * go on to change it: the process has the only copy, however alike it is to a cache.
 */
export class MadeHere {
  private readonly closures: Closures

  constructor(private readonly a: Analysis, private readonly look: LookedUp, private readonly loads: Loads, private readonly derived: Derived) {
    this.closures = new Closures(a)
  }

  /** Is all that fills the cell made at once, and changed by requests afterwards? */
  isLiving(cell: Cell, filling: CellWrite[]): boolean {
    // Under a written name it is one of the few that the program has anyway.
    if (filling.length === 0 || filling.some((w) => w.keyExpr?.k === 'lit') || !filling.every((w) => this.isBegun(w))) return false
    const changes = cell.writes.filter((w) => w.inner && w.inst.phase === 'request' && w.kind !== 'delete' && !isNote(w))
    if (changes.length === 0) return filling.some((w) => this.closures.change(w.value))
    const making = new Making(this.look, this.derived, cell, filling)
    return changes.some((w) => making.isAfter(w))
  }

  /** Objects of the program, made without waiting for anything and of nothing that a file or another service has. */
  private isBegun(write: CellWrite): boolean {
    const made = this.a.of(write.value)
    if (made.length === 0 || !made.every((one) => one.kind === 'object' && one.phase !== 'startup' && (one.cls !== undefined || one.shape === 'object'))) return false
    if (this.loads.isOfFiles(write) || this.loads.of(write) === 'remote') return false
    return originsOf(this.look, write).every(({ inst, x }) => !somePart(x, (part) => part.k === 'await' || part.k === 'imp') && !callsOf(inst, x).some((to) => to.fn.async !== undefined))
  }
}

/** The code that makes what is put into a cell where a look has found nothing. */
class Making {
  private readonly functions = new Set<unknown>()
  private readonly places = new Map<unknown, { misses: Set<Expr>; origins: Expr[] }>()

  constructor(look: LookedUp, derived: Derived, cell: Cell, filling: CellWrite[]) {
    const starts: Instance[] = []
    for (const w of filling) {
      const place = this.places.get(w.inst.fn) ?? { misses: new Set<Expr>(), origins: [] }
      this.places.set(w.inst.fn, place)
      const miss = derived.missOf(w, cell)
      if (miss) place.misses.add(miss)
      const origins = originsOf(look, w)
      place.origins.push(...origins.map(({ x }) => x))
      starts.push(...origins.flatMap(({ inst, x }) => callsOf(inst, x)), ...w.inst.callees.filter(({ site }) => isBehind(w.inst, site, place.misses)).map(({ to }) => to))
    }
    for (const { fn } of reachedFrom(starts)) this.functions.add(fn)
  }

  /** Is something changed by other code than what makes it? */
  isAfter({ inst, site }: CellWrite): boolean {
    const place = this.places.get(inst.fn)
    if (place) return !isBehind(inst, site, place.misses) && !place.origins.some((x) => site.p >= x.p && site.p < x.e)
    return !this.functions.has(inst.fn) || inst.callers.some(({ from, site: call }) => this.isOutside(from, call))
  }

  private isOutside(from: Instance, call: Expr | undefined): boolean {
    const place = this.places.get(from.fn)
    if (!place) return !this.functions.has(from.fn)
    return call !== undefined && !isBehind(from, call, place.misses) && !place.origins.some((x) => call.p >= x.p && call.p < x.e)
  }
}

const isBehind = ({ fn }: Instance, site: CellWrite['site'], misses: ReadonlySet<Expr>): boolean => {
  if (!isExpression(site)) return false
  for (const point of holdingAt(pointsOf(fn).at.get(site))) if (point.kind === 'test' && misses.has(point.test)) return true
  return false
}

/** The expressions that a value comes from, through the locals that are only names for it. */
const originsOf = (look: LookedUp, { inst, valueExpr }: CellWrite): { inst: Instance; x: Expr }[] => {
  if (!valueExpr) return []
  const origins = [{ inst, x: valueExpr }]
  const seen = new Set<Expr>([valueExpr])
  for (let i = 0; i < origins.length && i < FARTHEST; i++) {
    const at = origins[i] as { inst: Instance; x: Expr }
    eachInside(at.x, (part) => {
      if (part.k !== 'ref') return
      const owner = look.ownerOf(at.inst, part.b)
      if (owner.phase === 'startup') return
      for (const given of look.givenTo(owner, part.b)) {
        if (seen.has(given)) continue
        seen.add(given)
        origins.push({ inst: owner, x: given })
      }
    })
  }
  return origins
}

const callsOf = (inst: Instance, place: Expr): Instance[] => {
  const sites = new Set<Expr>()
  eachInside(place, (part) => void sites.add(part))
  return inst.callees.filter(({ site }) => sites.has(site)).map(({ to }) => to)
}

const CLOCK = /^(Date|now|setTimeout|setInterval)$/

/** When it was last used, or what waits to drop it: notes of the table itself. */
const isNote = ({ valueExpr }: CellWrite): boolean =>
  valueExpr !== undefined && (valueExpr.k === 'call' || valueExpr.k === 'new') && (valueExpr.f.k === 'glob' || valueExpr.f.k === 'mem') && CLOCK.test(valueExpr.f.n)
