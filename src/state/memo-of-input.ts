import type { Expr, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, isExpression, someExpression, somePart } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { isNothing } from './derived.js'
import { inside, isMade } from './patterns.js'

const DEEPEST = 4

/**
 * `if (source === this.source) return this.made; this.source = source; this.made = compile(source)`: made anew whenever what it is
 * made of differs. Each caller compares, so no replica can answer with something old.
 */
export class MemoOfInput {
  constructor(private readonly look: LookedUp, private readonly isRemote: (write: CellWrite) => boolean) {}

  /** Writes behind such a comparison; all that set the cell, or none. */
  renewing(cell: Cell): CellWrite[] | undefined {
    const sets = cell.writes.filter((w) => w.kind === 'assign' && w.site.k === 'set' && !(w.valueExpr && isNothing(w.valueExpr)))
    return sets.length > 0 && sets.every((w) => this.isRenewed(w, cell)) ? sets : undefined
  }

  /** `if (kept?.source === source) return kept.made; …; kept = { source, made }`: looked at by nobody else, and made of nothing else. */
  isOfItself(cell: Cell): boolean {
    const sets = cell.writes.filter((w) => !(w.valueExpr && isNothing(w.valueExpr)))
    return sets.length > 0 && sets.every((w) => this.comparesItself(w) && cell.reads.every((read) => read.inst.fn === w.inst.fn && (read.site.p < w.site.p || inside(read.site, w.site))))
  }

  private comparesItself(write: CellWrite): boolean {
    const { inst, site, kind, valueExpr } = write
    if (kind !== 'assign' || valueExpr?.k !== 'obj' || this.isRemote(write)) return false
    const sources = new Set([...holdingAt(pointsOf(inst.fn).at.get(site))].flatMap((point) => (point.kind === 'test' && !point.holds ? this.comparedIn(inst, point.test) : [])))
    return valueExpr.m.some(({ v }) => v.k === 'ref' && sources.has(v.b)) && !this.usesOthers(inst, valueExpr, sources, 0)
  }

  /** Does a parameter that is not compared go into it? */
  private usesOthers(inst: Instance, x: Expr, sources: ReadonlySet<number>, depth: number): boolean {
    return somePart(x, (part) => {
      if (part.k !== 'ref' || sources.has(part.b)) return false
      const made = depth < DEEPEST ? this.look.definition(inst, part.b) : undefined
      return inst.unit.facts.bindings[part.b]?.kind === 'param' || (made !== undefined && made !== x && this.usesOthers(inst, made, sources, depth + 1))
    })
  }

  private isRenewed(write: CellWrite, cell: Cell): boolean {
    const { inst, site } = write
    for (const point of holdingAt(pointsOf(inst.fn).at.get(site))) {
      const sources = point.kind === 'test' ? this.comparedIn(inst, point.test) : []
      if (sources.length > 0) return sources.some((source) => isSource(write, source)) ? hasOthers(inst.fn, write) && cell.reads.every((read) => this.isOfComparison(write, read.inst)) : !this.isRemote(write)
    }
    return false
  }

  /** What is made again is kept to be compared, and for nothing else. */
  private isOfComparison({ inst }: CellWrite, reader: Instance): boolean {
    return reader.fn === inst.fn || reader.callers.every(({ from }) => from.fn === inst.fn)
  }

  /** Locals that a test compares with what is kept, and that are kept next. */
  private comparedIn(inst: Instance, test: Expr): number[] {
    return keptIn(inst).filter(({ local, target }) => {
      if (!somePart(test, (x) => x.k === 'ref' && x.b === local) || this.isTime(inst, local)) return false
      return comparesWith(test, target) || this.callCompares(inst, test, target)
    }).map(({ local }) => local)
  }

  private isTime(inst: Instance, local: number): boolean {
    const made = this.look.definition(inst, local)
    return made !== undefined && somePart(made, (x) => isMade(x))
  }

  /** `this.hasChanged({ source })`, which looks at `this.source`. */
  private callCompares(inst: Instance, test: Expr, target: Expr): boolean {
    const name = target.k === 'mem' ? target.n : undefined
    return name !== undefined && inst.callees.some(({ site, to }) => isInside(test, site) && someExpression(to.fn.body, (x) => x.k === 'mem' && x.n === name) && someExpression(to.fn.body, (x) => x.k === 'bin' && /^[!=]==?$/.test(x.op)))
  }
}

/** Is something else set next to it? */
const hasOthers = (fn: FnFact, write: CellWrite): boolean => someExpression(fn.body, (x) => x.k === 'set' && x !== write.site && isExpression(x.l) && (x.l.k === 'mem' || x.l.k === 'ref') && x.p > write.site.p && x.r.k !== 'ref')

const isInside = (x: Expr, part: Expr): boolean => somePart(x, (one) => one === part)

const isSource = ({ valueExpr }: CellWrite, source: number): boolean => valueExpr?.k === 'ref' && valueExpr.b === source

/** `source !== this.source`, `isEqual(source, this.source)`. */
const comparesWith = (test: Expr, target: Expr): boolean => somePart(test, (x) => {
  const sides = x.k === 'bin' && /^[!=]==?$/.test(x.op) ? [x.l, x.r] : x.k === 'call' ? x.a : []
  return sides.length > 1 && sides.some((side) => isSame(side, target))
})

const isSame = (x: Expr, y: Expr): boolean => {
  if (x.k === 'ref') return y.k === 'ref' && x.b === y.b
  return x.k === 'mem' && y.k === 'mem' ? x.n === y.n && isSame(x.o, y.o) : x.k === 'this' && y.k === 'this'
}

interface Kept {
  local: number
  target: Expr
}

const known = new WeakMap<FnFact, Kept[]>()

/** `this.source = source`: a local or parameter of the function, put into something that is no local of it. */
const keptIn = ({ fn, unit }: Instance): Kept[] => {
  let kept = known.get(fn)
  if (!kept) {
    const found = (kept = [] as Kept[])
    const index = unit.facts.functions.indexOf(fn)
    const isOwn = (x: Expr): x is Expr & { k: 'ref' } => x.k === 'ref' && unit.facts.bindings[x.b]?.f === index
    eachExpression(fn.body, (x) => {
      if (x.k !== 'set' || x.op !== '=' || !isExpression(x.l) || isOwn(x.l)) return
      if (isOwn(x.r)) found.push({ local: x.r.b, target: x.l })
      // `kept = { source, made }`
      for (const { n, v } of x.r.k === 'obj' ? x.r.m : []) if (n !== undefined && isOwn(v)) found.push({ local: v.b, target: { k: 'mem', o: x.l, n, q: x.p, p: x.p, e: x.e } })
    })
    known.set(fn, kept)
  }
  return kept
}
