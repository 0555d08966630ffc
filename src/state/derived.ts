import type { Expr, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, somePart, writtenIn } from '../link/shape.js'
import { askedFor } from './asking.js'
import type { Cell, CellWrite } from './cells.js'
import { fillsOwn } from './locals.js'
import { isEmpty, ownWrites } from './patterns.js'

const FILLS = /^(add|set|push|unshift)$/
const FARTHEST = 400
const FEWEST_CHANGES = 3

/** Containers that are filled where a look has found nothing, from what the process has anyway. */
export class Derived {
  constructor(private readonly look: LookedUp, private readonly decidedByRequest: (write: CellWrite) => boolean) {}

  /** An index that is built when it is first asked for: inner containers are made, filled and put in behind one test. */
  isIndex(cell: Cell): boolean {
    const puts = cell.writes.filter((w) => w.kind === 'mutator' || w.kind === 'member')
    const others = cell.writes.filter((w) => !puts.includes(w))
    if (!others.every((w) => isEmptying(w)) || puts.some((w) => !this.isNew(w.inst, w.valueExpr) && this.decidedByRequest(w))) return false
    return puts.some((w) => this.fillsBefore(w, cell)) && puts.every((w) => this.fillsBefore(w, cell) || this.putsMade(w, cell))
  }

  /** `if (paths) return paths; paths = new Set(); for (const one of all) paths.add(one.path)`: filled by the function that has made it, behind the look that found none, and given nothing. */
  isFilledWhereMade(cell: Cell): boolean {
    const makes = cell.writes.filter((w) => w.kind === 'assign')
    if (makes.length === 0 || makes.length === cell.writes.length || !makes.every((w) => isGivenNothing(w.inst) && w.valueExpr && isContainer(w.valueExpr) && this.missAround(w.inst, w.site, cell))) return false
    return cell.writes.every((w) => makes.includes(w) || (w.kind !== 'delete' && !this.decidedByRequest(w) && makes.some((make) => make.site.p < w.site.p && isIn(make.inst.fn, w.inst))))
  }

  /** `if (!names.length) for (const one of all) names.push(one.name)`: filled as a whole, only where there is nothing at all. */
  isFilledAtOnce(cell: Cell): boolean {
    return cell.writes.length > 0 && cell.writes.every((w) => w.kind !== 'assign' && w.kind !== 'delete' && !this.decidedByRequest(w) && this.isWhereEmpty(w, cell))
  }

  private isWhereEmpty({ inst, site }: CellWrite, cell: Cell): boolean {
    for (const point of holdingAt(pointsOf(inst.fn).at.get(site))) if (point.kind === 'test' && saysEmpty(point.test, point.holds, cell)) return true
    return false
  }

  /** A look that has found nothing, also before it was asked for what is put there: `if (names) return done(names); read((error, text) => { names = … })`. */
  private missAround(inst: Instance, site: Expr, cell: Cell): Expr | undefined {
    const here = this.missAt(inst, site, cell)
    const around = here ? undefined : askingPlace(inst)
    return around ? this.missAround(around.inst, around.site, cell) : here
  }

  /** Is something put where a look into the cell has found nothing? */
  isOnMiss(write: CellWrite, cell: Cell): boolean {
    return this.missOf(write, cell) !== undefined
  }

  /** The test behind which something is put, where a look has found nothing. */
  missOf(write: CellWrite, cell: Cell): Expr | undefined {
    return this.missAt(write.inst, write.site, cell)
  }

  /** `if (config === null) read()`, where `read` is what sets it: does every request that gets there look first? */
  isAskedFor({ inst, valueExpr }: CellWrite, cell: Cell): boolean {
    // `setBusy(true)`: what the caller says is not made there.
    if (valueExpr?.k === 'ref' && inst.unit.facts.bindings[valueExpr.b]?.kind === 'param') return false
    const asking = inst.callers.filter(({ from }) => from.phase !== 'startup')
    return asking.length > 0 && asking.every(({ from, site }) => this.missAt(from, site, cell) !== undefined)
  }

  private missAt(inst: Instance, site: Expr, cell: Cell): Expr | undefined {
    for (const point of holdingAt(pointsOf(inst.fn).at.get(site))) {
      if (point.kind === 'test' && this.says(inst, point.test, point.holds, cell)) return point.test
    }
    return undefined
  }

  /** Does a test, passed this way, say that the cell has nothing under a key? */
  private says(inst: Instance, test: Expr, holds: boolean, cell: Cell): boolean {
    if (test.k === 'un' && test.op === '!') return this.says(inst, test.x, !holds, cell)
    if (test.k === 'log') return (test.op === '&&') === holds && (this.says(inst, test.l, holds, cell) || this.says(inst, test.r, holds, cell))
    const asked = askedForNothing(test)
    if (asked) return this.says(inst, asked.x, holds !== asked.isNone, cell)
    if (holds) return false
    if (test.k === 'ref' && !isLook(test, cell)) return this.look.givenTo(inst, test.b).some((given) => isLook(given, cell))
    return isLook(test, cell)
  }

  /** An empty container is put in. */
  private putsMade(write: CellWrite, cell: Cell): boolean {
    return this.isOnMiss(write, cell) && this.isNew(write.inst, write.valueExpr)
  }

  /** A local container, made and filled behind the test, before it is put in; or this is what fills it. */
  private fillsBefore(write: CellWrite, cell: Cell): boolean {
    const miss = this.missAt(write.inst, write.site, cell)
    if (!miss) return false
    const local = write.site.k === 'call' && write.site.f.k === 'mem' ? write.site.f.o : undefined
    const holds = (x: Expr | undefined): boolean => x?.k === 'ref' && this.isNew(write.inst, x) && this.isFilled(write.inst, x.b, miss)
    return holds(local) || holds(write.valueExpr)
  }

  private isNew(inst: Instance, x: Expr | undefined): boolean {
    if (!x) return false
    return isContainer(x) || (x.k === 'ref' && this.look.givenTo(inst, x.b).some((given) => isContainer(given)))
  }

  /** Is a local filled behind a test, and put away only afterwards? */
  private isFilled(inst: Instance, binding: number, miss: Expr): boolean {
    let first = Infinity
    let put = 0
    eachExpression(inst.fn.body, (x) => {
      if (x.k !== 'call' || x.f.k !== 'mem' || !FILLS.test(x.f.n) || !isBehind(inst.fn, x, miss)) return
      if (x.f.o.k === 'ref' && x.f.o.b === binding) first = Math.min(first, x.p)
      else if (x.a.some((arg) => arg.k === 'ref' && arg.b === binding)) put = x.p
    })
    return first < put
  }

  /** The writes of a cell less those that only make what is put there. */
  withoutMaking(cell: Cell): CellWrite[] {
    const makes = (w: CellWrite): boolean => (w.inner === true && w.filling === true) || fillsOwn(this.look, w)
    if (!cell.writes.some(makes)) return cell.writes
    const sets = cell.writes.filter((w) => w.kind === 'assign' && w.valueExpr)
    const making = reachedFrom(sets.flatMap((w) => w.inst.callees.filter(({ site, later }) => !later && somePart(w.valueExpr as Expr, (part) => part === site)).map(({ to }) => to)))
    return cell.writes.filter((w) => !(makes(w) && making.has(w.inst)))
  }

  /** Is what the cell holds changed elsewhere than where it is made? What a table of services holds is told of for itself. */
  isChangedLater(cell: Cell, filling: CellWrite[]): boolean {
    const inner = cell.writes.filter((w) => w.inner)
    if (inner.length === 0 || filling.every((w) => w.keyExpr?.k === 'lit')) return false
    const making = madeBy(filling)
    return inner.some((w) => !making.has(w.inst.fn))
  }

  /** Do several functions besides those that make it go on to change what the cell holds, and no copy of it somewhere else? */
  isChangedAround(cell: Cell, filling: CellWrite[]): boolean {
    const making = madeBy(filling)
    return new Set(cell.writes.filter((w) => w.inner && w.inst.phase === 'request' && !making.has(w.inst.fn)).map((w) => w.inst.fn)).size >= FEWEST_CHANGES
  }

  /** Services of several kinds, each put in where it was missing. */
  isServiceTable(cell: Cell): boolean {
    const puts = ownWrites(cell).filter((w) => w.kind !== 'delete')
    const classes = new Set(puts.flatMap((w) => this.look.values(w.inst, w.valueExpr ?? w.site)).flatMap((value) => (value.kind === 'object' && value.cls ? [value.cls] : [])))
    return classes.size > 2 && puts.every((w) => this.isOnMiss(w, cell))
  }
}

/** The functions that make what is put in: those that put it, and what they call. */
const madeBy = (filling: CellWrite[]): Set<FnFact> => new Set([...reachedFrom(filling.map((w) => w.inst))].map((inst) => inst.fn))

/** Invocations, and those that they call, as far as is looked. */
export const reachedFrom = (starts: Instance[]): Set<Instance> => {
  const seen = new Set(starts)
  const queue = [...seen]
  for (let i = 0; i < queue.length && i < FARTHEST; i++) {
    for (const { to } of (queue[i] as Instance).callees) {
      if (seen.has(to)) continue
      seen.add(to)
      queue.push(to)
    }
  }
  return seen
}

/** The same function, or a callback in it. */
const isIn = (fn: FnFact, inst: Instance): boolean => inst.fn === fn || (inst.env !== undefined && inst.fn.kind === 'arrow' && isIn(fn, inst.env))

/** A callback in the function around it that asks for what it is told. */
const askingPlace = (inst: Instance): { inst: Instance; site: Expr } | undefined => {
  const site = inst.env && askedFor(inst) ? writtenIn(inst.unit.facts, inst.env.fn, inst.fn) : undefined
  return inst.env && site ? { inst: inst.env, site } : undefined
}

const CALLBACK = /^(cb|done|next|callback|ready)$/i

/** Nothing but whom to tell: what it makes is the same for all. */
const isGivenNothing = (inst: Instance): boolean => {
  const asking = askingPlace(inst)
  if (asking) return isGivenNothing(asking.inst)
  return inst.fn.params.every(({ t }) => t.k === 'bind' && CALLBACK.test(inst.unit.facts.bindings[t.b]?.n ?? ''))
}

/** Does a test, passed this way, say that there is nothing in it at all: `!list.length`, `map.size === 0`, `Object.keys(table).length < 1`? */
const saysEmpty = (test: Expr, holds: boolean, cell: Cell): boolean => {
  if (test.k === 'un' && test.op === '!') return saysEmpty(test.x, !holds, cell)
  if (test.k === 'log') return (test.op === '&&') === holds && (saysEmpty(test.l, holds, cell) || saysEmpty(test.r, holds, cell))
  if (test.k === 'bin' && test.r.k === 'lit') return isNumberOf(test.l, cell) && (holds ? EMPTY : FILLED).has(`${test.op} ${test.r.v}`)
  return !holds && isNumberOf(test, cell)
}

const EMPTY = new Set(['=== 0', '== 0', '< 1', '<= 0'])
const FILLED = new Set(['!== 0', '!= 0', '> 0', '>= 1'])

const isNumberOf = (x: Expr, cell: Cell): boolean => {
  if (x.k !== 'mem' || !/^(length|size)$/.test(x.n)) return false
  const counted = x.o.k === 'call' && x.o.f.k === 'mem' && x.o.f.n === 'keys' ? x.o.a[0] : x.o
  return cell.reads.some(({ site }) => site === x || site === counted)
}

/** Everything is thrown away, to be made again. */
export const isEmptying = (write: CellWrite): boolean => write.kind === 'delete' || (write.kind === 'assign' && write.valueExpr !== undefined && isContainer(write.valueExpr))

const isContainer = (x: Expr): boolean => isEmpty(x)

export const isNothing = (x: Expr): boolean => (x.k === 'lit' && x.v === null) || (x.k === 'glob' && x.n === 'undefined')

/** `x === undefined`, `x == null`, `typeof x === 'undefined'`: of what it is asked whether it is nothing, or whether it is not. */
export const askedForNothing = (test: Expr): { x: Expr; isNone: boolean } | undefined => {
  if (test.k !== 'bin' || !/^[=!]==?$/.test(test.op)) return undefined
  const isNone = test.op.startsWith('=')
  if (isNothing(test.r)) return { x: test.l, isNone }
  return test.l.k === 'un' && test.l.op === 'typeof' && test.r.k === 'lit' && test.r.v === 'undefined' ? { x: test.l.x, isNone } : undefined
}

const isLook = (x: Expr, cell: Cell): boolean => cell.reads.some((read) => read.site === x && read.op !== 'size' && read.op !== 'iterate')

const isBehind = (fn: FnFact, site: Expr, test: Expr): boolean => {
  for (const point of holdingAt(pointsOf(fn).at.get(site))) if (point.kind === 'test' && point.test === test) return true
  return false
}
