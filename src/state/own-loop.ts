import type { BindingId, Expr, FnFact } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { eachExpression, isExpression, someExpression, somePart } from '../link/shape.js'
import type { Cell, CellRead } from './cells.js'
import { calledName, STARTS, STOPS } from './handles.js'
import { inside, isMade } from './patterns.js'
import { localWith } from './locals.js'

const DEEPEST = 4
const MOST_FUNCTIONS = 80
const LOGS = /^(log|info|warn|error|debug|trace|verbose|fatal)$/
const LOGGER = /^console$|log(ger)?$/i
const LOOKS = /^(get|has|set|delete|clear)$/

/**
 * What a process keeps of its own doings: how long its loop waits before it goes on, how often it has tried to connect, whether
 * its connection stands, what it has warned of already. Each replica is right to have that for itself.
 */
export class OwnLoop {
  /** Does a cell decide nothing but whether and when the process's own loop goes on, or whether a line is logged? */
  steers(cell: Cell, fromRequest: boolean): boolean {
    if (cell.reads.length === 0) return false
    // The eldest of what was logged may be looked for, to be dropped.
    if (!cell.reads.every((read) => read.op !== 'iterate')) return outside(cell).every((read) => read.op !== 'iterate') && new Uses(cell, 'log').are()
    return (!fromRequest && new Uses(cell, 'loop').are()) || new Uses(cell, 'log').are()
  }

  /** `if (this.connected) return this.client; this.client = connect(); this.client.on('end', () => { this.connected = false })`. */
  isOfConnection(cell: Cell): boolean {
    if (!cell.writes.every(({ kind, valueExpr }) => kind === 'assign' && valueExpr?.k === 'lit' && typeof valueExpr.v === 'boolean')) return false
    const reads = eachPlaceOnce(outside(cell))
    const [maker, ...others] = new Set(reads.map((read) => read.inst.fn))
    if (!maker || others.length > 0 || !cell.writes.every(({ inst }) => isWithin(inst, maker)) || !cell.writes.some(({ inst }) => inst.fn !== maker)) return false
    return reads.every(({ site }) => testOf(maker, site) !== undefined) && returnsWhatIsMade(maker)
  }
}

/** Reads besides those that a write begins with. A cell may be read and written in very many invocations of a few functions: places of reads are held against places of writes. */
const outside = (cell: Cell): CellRead[] => {
  const writes = new Map<FnFact, Set<Expr>>()
  for (const { inst, site } of cell.writes) {
    if (!isExpression(site)) continue
    const sites = writes.get(inst.fn)
    if (sites) sites.add(site)
    else writes.set(inst.fn, new Set([site]))
  }
  const begun = new Map<Expr, boolean>()
  return cell.reads.filter(({ inst, site }) => {
    let known = begun.get(site)
    if (known === undefined) begun.set(site, (known = [...(writes.get(inst.fn) ?? [])].some((write) => inside(site, write))))
    return !known
  })
}

const eachPlaceOnce = (reads: CellRead[]): CellRead[] => [...new Map(reads.map((read) => [read.site, read])).values()]

const isWithin = (inst: Instance, fn: FnFact): boolean => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.fn === fn) return true
  return false
}

/** Gives back one field or binding, which it sets to something made here and listens to, or nothing. */
const returnsWhatIsMade = (fn: FnFact): boolean => {
  const given = pointsOf(fn).returns.flatMap(({ x }) => (x && !(x.k === 'lit' && x.v === null) ? [nameOf(x)] : []))
  const [name] = given
  if (name === undefined || !given.every((one) => one === name)) return false
  const isNamed = (x: Expr): boolean => nameOf(x) === name
  return someExpression(fn.body, (x) => x.k === 'set' && isExpression(x.l) && isNamed(x.l) && (x.r.k === 'new' || x.r.k === 'call'))
    && someExpression(fn.body, (x) => x.k === 'call' && x.f.k === 'mem' && /^(on|once|addListener|addEventListener)$/.test(x.f.n) && isNamed(x.f.o))
}

const nameOf = (x: Expr): string | undefined => (x.k === 'mem' && x.o.k === 'this' ? `this.${x.n}` : x.k === 'ref' ? `#${x.b}` : undefined)

/** How a cell is used, where it may only steer a loop, or only keep a log from repeating itself. */
class Uses {
  /** Something that it is there for has been met. */
  private met = false
  private readonly reads: ReadonlySet<unknown>
  private readonly writes: ReadonlySet<unknown>

  constructor(private readonly cell: Cell, private readonly mode: 'loop' | 'log') {
    this.reads = new Set(cell.reads.map(({ site }) => site))
    this.writes = new Set(cell.writes.map(({ site }) => site))
  }

  are(): boolean {
    if (this.mode === 'loop' && !this.cell.writes.every((w) => this.isPlain(w.valueExpr, w.kind))) return false
    // What an invocation calls is asked for loops alone.
    const reads = outside(this.cell)
    return (this.mode === 'log' ? eachPlaceOnce(reads) : reads).every(({ inst, site }) => this.isFine(inst, site, 0)) && this.met
  }

  /** Numbers, moments and flags that are written down or follow from what was there, and the functions of the loop. */
  private isPlain(x: Expr | undefined, kind: string): boolean {
    if (kind === 'update' || kind === 'delete' || x === undefined || x.k === 'lit' || x.k === 'glob' || isMade(x)) return true
    if (x.k === 'cond') return this.isPlain(x.c, kind) && this.isPlain(x.a, kind)
    if (x.k === 'bin') return this.isPlain(x.l, kind) && this.isPlain(x.r, kind)
    if (x.k === 'call') return isMath(x) && x.a.every((arg) => this.isPlain(arg, kind))
    if (this.isOwn(x)) return true
    return this.cell.writes.some(({ inst, valueExpr }) => valueExpr !== undefined && somePart(valueExpr, (part) => part === x) && isConstant(inst, x))
  }

  private isOwn(x: Expr): boolean {
    return this.reads.has(x)
  }

  private isFine(inst: Instance, site: Expr, depth: number): boolean {
    const { fn } = inst
    if (isPrinted(inst, site)) {
      this.met ||= this.mode === 'log'
      return true
    }
    if (this.mode === 'loop' && this.isOfTimer(inst, site)) return (this.met = true)
    const test = testOf(fn, site)
    if (test) return this.staysIn(test, site) && this.governsOnly(inst, test)
    // The local that an expression is the value of, or a part of the value.
    const local = localWith(fn.body, (value) => value.k !== 'fn' && inside(site, value))
    if (!local || depth >= DEEPEST || !this.staysIn(local.value, site)) return false
    return usesOf(fn, local.binding).every((use) => this.isFine(inst, use, depth + 1))
  }

  /** Is a part of an expression handed to nobody? */
  private staysIn(x: Expr, part: Expr): boolean {
    return !somePart(x, (call) => (call.k === 'call' || call.k === 'new') && call !== part && inside(part, call) && !isMath(call) && !isMade(call) && !this.isOfCell(call))
  }

  /** How long a timer waits, or what it runs, where that is the loop. */
  private isOfTimer(inst: Instance, site: Expr): boolean {
    return someExpression(inst.fn.body, (x) => x.k === 'call' && STARTS.test(calledName(x)) && x.a.some((arg, i) => inside(site, arg) && (i > 0 || arg === site)) && this.isLoop(inst, x))
  }

  /** Does what a timer runs come to start it again? */
  private isLoop(inst: Instance, site: Expr): boolean {
    const run = inst.callees.filter((edge) => edge.site === site).map(({ to }) => to)
    return run.length > 0 && run.every((to) => reaches(to, new Set([to.fn, inst.fn])))
  }

  /** Is all that hangs on a test a step of the loop (or a line of a log)? */
  private governsOnly(inst: Instance, test: Expr): boolean {
    const { at, returns } = pointsOf(inst.fn)
    const hangs = (x: Expr | undefined): boolean => x !== undefined && [...holdingAt(at.get(x))].some((point) => point.kind === 'test' && point.test === test)
    if (returns.some(({ x }) => x !== undefined && hangs(x))) return false
    let fine = true
    let met = false
    eachExpression(inst.fn.body, (x, s) => {
      if (!fine || !hangs(x)) return
      if (s.k === 'throw') fine = false
      const step = this.stepOf(inst, x)
      if (step === 'other') fine = false
      else if (step === 'aim') met = true
    })
    this.met ||= met
    return fine && (met || this.mode === 'log')
  }

  private stepOf(inst: Instance, x: Expr): 'aim' | 'fine' | 'other' {
    if (x.k === 'await' || x.k === 'new') return isMade(x) || isPrinted(inst, x) ? 'fine' : 'other'
    if (x.k === 'upd' || x.k === 'del') return this.mode === 'loop' || this.isOfCell(x) ? 'fine' : 'other'
    if (x.k === 'set') return this.isSetFine(inst, x) ? 'fine' : 'other'
    if (x.k !== 'call') return 'fine'
    if (isLog(inst, x)) return this.mode === 'log' ? 'aim' : 'fine'
    if (isPrinted(inst, x) || isMade(x) && !STARTS.test(calledName(x)) || isMath(x) || this.isOfCell(x)) return 'fine'
    if (this.mode === 'log') return [...this.writes].some((write) => inside(x, write as Expr)) ? 'fine' : 'other'
    if (STARTS.test(calledName(x))) return this.isLoop(inst, x) ? 'aim' : 'other'
    return STOPS.test(calledName(x)) || isLook(x) ? 'fine' : 'other'
  }

  private isOfCell(x: Expr): boolean {
    return this.isOwn(x) || this.writes.has(x)
  }

  private isSetFine(inst: Instance, x: Expr & { k: 'set' }): boolean {
    if (this.writes.has(x)) return this.mode === 'log' || !isTaken(x.r)
    return this.mode === 'loop' && isExpression(x.l) && (x.r.k === 'lit' || isMade(x.r) || isMath(x.r)) && (nameOf(x.l) !== undefined)
  }
}

/** `if (busy) return; busy = true` is a lock, whatever it protects. */
const isTaken = (x: Expr): boolean => x.k === 'lit' && x.v === true

const isConstant = ({ unit, fn }: Instance, x: Expr): boolean => {
  if (x.k === 'fn') return true
  const binding = x.k === 'ref' ? unit.facts.bindings[x.b] : undefined
  if (!binding) return false
  return binding.kind === 'import' || (binding.kind === 'const' && binding.f === 0) || isLocalFunction(fn, x)
}

/** `const tick = () => …` of the function that starts the loop. */
const isLocalFunction = (fn: FnFact, x: Expr): boolean => {
  let found = false
  eachExpression(fn.body, (_, s) => { if (s.k === 'var') for (const d of s.d) if (d.i?.k === 'fn' && d.t.k === 'bind' && x.k === 'ref' && d.t.b === x.b) found = true })
  return found
}

const reaches = (start: Instance, aims: Set<FnFact>): boolean => {
  const queue = [start]
  const seen = new Set<FnFact>([start.fn])
  for (let i = 0; i < queue.length && i < MOST_FUNCTIONS; i++) {
    for (const { to } of (queue[i] as Instance).callees) {
      if (aims.has(to.fn)) return true
      if (!seen.has(to.fn)) queue.push(to)
      seen.add(to.fn)
    }
  }
  return false
}

const isMath = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.o.k === 'glob' && /^(Math|Date)$/.test(x.f.o.n)
const isStep = (x: Expr): boolean => x.k === 'lit' || (x.k === 'call' && STARTS.test(calledName(x)))

/** Asks a collection of the object, or keeps a timer or a flag in one. */
const isLook = (x: Expr & { k: 'call' }): boolean =>
  x.f.k === 'mem' && LOOKS.test(x.f.n) && nameOf(x.f.o) !== undefined && (x.f.n !== 'set' || (x.a[1] !== undefined && isStep(x.a[1])))

const isLog = ({ unit }: Instance, x: Expr): boolean => {
  if (x.k !== 'call' || (x.f.k !== 'mem' && x.f.k !== 'elem')) return false
  // `log[severity](message)` logs too, whatever the method is.
  if (x.f.k === 'mem' && !LOGS.test(x.f.n)) return false
  const { o } = x.f
  const name = o.k === 'mem' || o.k === 'glob' ? o.n : o.k === 'ref' ? unit.facts.bindings[o.b]?.n : undefined
  return name !== undefined && LOGGER.test(name)
}

/** Does it stand in what is logged? */
const isPrinted = (inst: Instance, site: Expr): boolean => someExpression(inst.fn.body, (x) => x.k === 'call' && isLog(inst, x) && x.a.some((arg) => inside(site, arg)))

const testOf = (fn: FnFact, site: Expr): Expr | undefined => {
  let found: Expr | undefined
  eachExpression(fn.body, (_, s) => { if (s.k === 'if' && inside(site, s.t)) found = s.t })
  return found
}

const usesOf = (fn: FnFact, local: BindingId): Expr[] => {
  const uses: Expr[] = []
  eachExpression(fn.body, (x) => { if (x.k === 'ref' && x.b === local) uses.push(x) })
  return uses
}
