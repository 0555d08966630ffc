import type { BindingId, Expr } from '../model/facts.js'
import { isCaught } from '../flow/catches.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { eachExpression, eachInside, isExpression, someExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import type { Loads } from './loads.js'
import { isReset, ownWrites } from './patterns.js'

const SETTLES = /^(then|catch|finally)$/
const DEEPEST = 4

/** Promises that are kept while they run: shared by who asks meanwhile, or a queue in which each waits for the one before. */
export class InFlight {
  constructor(private readonly look: LookedUp, private readonly loads: Loads) {}

  /** A call under way, kept under its key until it is done: those who ask for the same meanwhile wait for it. */
  is(cell: Cell): boolean {
    const writes = ownWrites(cell)
    if (cell.contents.size === 0 && writes.every(({ kind }) => kind === 'assign')) return this.isSlot(cell, writes)
    const puts = writes.filter((w) => w.kind === 'member' || w.op === 'set' || w.op === 'add')
    return puts.length > 0 && puts.every((put) => this.isRunning(put, cell) && writes.some((w) => w.kind === 'delete' && w.op !== 'clear' && isAround(put.inst, w.inst)))
  }

  /** `running ??= load().finally(() => { running = null })`: the same of one call, in a slot that is empty again whatever comes of it. */
  private isSlot(cell: Cell, writes: CellWrite[]): boolean {
    const puts = writes.filter((w) => !isReset(w))
    const ends = writes.filter(isReset)
    return puts.length > 0 && puts.every((put) => this.isRunning(put, cell) && ends.some((end) => isEndOf(put, end)))
  }

  /** A call under way, kept so that somebody can wait until it is done, whatever it gives. */
  isOnlyAwaited(cell: Cell): boolean {
    const puts = ownWrites(cell).filter((w) => !isReset(w))
    const [written, waited] = [new Set(puts.map((w) => w.site)), new Set<Expr>()]
    for (const fn of new Set(cell.reads.map((read) => read.inst.fn))) {
      eachExpression(fn.body, (x, s) => { if (x.k === 'await' && s.k === 'expr' && s.x === x) waited.add(x.x) })
    }
    return puts.length > 0 && puts.every((put) => put.kind === 'assign' && this.isRunning(put, cell)) && cell.reads.every(({ site }) => waited.has(site) || [...written].some((write) => write.k === 'set' && isExpression(write.l) && write.l === site))
  }

  private isRunning(write: CellWrite, cell: Cell): boolean {
    const { valueExpr } = write
    const made = valueExpr?.k === 'ref' ? this.look.givenTo(write.inst, valueExpr.b) : valueExpr ? [valueExpr] : []
    return made.some((x) => this.isPromise(write, x, cell)) || (valueExpr?.k === 'ref' && isAwaited(write.inst, valueExpr.b) && made.some(isAsked))
  }

  private isPromise(write: CellWrite, made: Expr, cell: Cell): boolean {
    if (made.k === 'new') return made.f.k === 'glob' && made.f.n === 'Promise'
    if (made.k !== 'call') return false
    // `Promise.resolve(load(key))` runs; `Promise.resolve(row)` is there already.
    if (made.f.k === 'mem' && made.f.o.k === 'glob' && made.f.o.n === 'Promise') return made.a.some(({ k }) => k === 'call' || k === 'arr')
    // `running[id] = running[id].finally(() => delete running[id])`: the same call, still.
    if (made.f.k === 'mem' && SETTLES.test(made.f.n)) return made.f.n === 'finally' || !this.isAfterItself(write, cell)
    return write.inst.callees.some((edge) => edge.site === made && edge.to.fn.async !== undefined)
  }


  /** Each new promise begins when the one before it has settled: a mutex. */
  isChain(cell: Cell): boolean {
    const puts = ownWrites(cell).filter((w) => w.kind === 'assign' || w.kind === 'member' || w.op === 'set')
    return puts.some((w) => this.isAfterItself(w, cell))
  }

  private isAfterItself(write: CellWrite, cell: Cell): boolean {
    return write.valueExpr !== undefined && this.waitsFor(write, write.valueExpr, cell, 0)
  }

  private waitsFor(write: CellWrite, x: Expr, cell: Cell, depth: number): boolean {
    let waits = false
    eachInside(x, (part) => {
      if (part.k === 'call' && part.f.k === 'mem' && SETTLES.test(part.f.n) && this.reads(write, part.f.o, cell, depth)) waits = true
    })
    const definition = x.k === 'ref' && depth < DEEPEST ? this.look.definition(write.inst, x.b) : undefined
    return waits || (definition !== undefined && this.waitsFor(write, definition, cell, depth + 1))
  }

  private reads(write: CellWrite, x: Expr, cell: Cell, depth: number): boolean {
    let reads = false
    eachInside(x, (part) => {
      if (cell.reads.some((read) => read.site === part)) reads = true
      if (part.k === 'ref' && depth < DEEPEST) {
        const definition = this.look.definition(write.inst, part.b)
        if (definition && this.reads(write, definition, cell, depth + 1)) reads = true
      }
    })
    return reads
  }

  /** What waits in line changes something that other processes see: one thing of many, or rows. Else a single line for all guards what the process has once. */
  protectsOthers(cell: Cell): boolean {
    const isKeyed = ownWrites(cell).some((w) => w.keyExpr)
    return [...new Set(ownWrites(cell).map((w) => w.inst))].some((inst) => (isKeyed ? this.loads.reachesOthers(inst) : this.loads.changesRows(inst)))
  }
}

/** Emptied when the call has settled, or by the call itself; what is emptied only where it fails, or by a timer, is kept until then. */
const isEndOf = (put: CellWrite, end: CellWrite): boolean => {
  if (isCaught(end.inst.fn, end.site) || !isAround(put.inst, end.inst)) return false
  if (end.inst.fn === put.inst.fn) return end.site.p > put.site.p && someExpression(put.inst.fn.body, (x) => x.k === 'await' && x.e > put.site.p && x.p < end.site.p)
  const made = put.valueExpr
  const index = end.inst.unit.facts.functions.indexOf(end.inst.fn)
  const settles = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && /^(then|finally)$/.test(x.f.n) && x.a[0]?.k === 'fn' && x.a[0].f === index
  const isChained = made?.k === 'call' && made.f.k === 'mem' && SETTLES.test(made.f.n)
  return (!isChained && put.inst.callees.some(({ site, to }) => site === made && to.fn === end.inst.fn)) || someExpression(put.inst.fn.body, settles)
}

/** `const asked = running[id] ?? load(id); running[id] = asked; const row = await asked`, `asked.finally(…)`. */
const isAwaited = ({ fn }: Instance, binding: BindingId): boolean => someExpression(fn.body, (x) => (x.k === 'await' && isRef(x.x, binding)) || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'finally' && isRef(x.f.o, binding)))

const isRef = (x: Expr, binding: BindingId): boolean => x.k === 'ref' && x.b === binding

const isAsked = (made: Expr): boolean => made.k === 'call' || (made.k === 'log' && made.op !== '&&' && made.r.k === 'call')

/** Is an invocation the same function as another, or a callback in it? */
export const isAround = (outer: Instance, inner: Instance): boolean => {
  for (let at: Instance | undefined = inner; at; at = at.env) if (at.fn === outer.fn) return true
  return false
}
