import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { leaves, someExpression, somePart, someStatement } from '../link/shape.js'
import type { Cell, CellRead, CellWrite } from './cells.js'
import { isEmptying } from './derived.js'
import { isEmpty, isMade, isReadOf } from './patterns.js'
import { fails } from './refusals.js'

const DEEPEST = 4
const KEEPS = /^(filter|slice|concat|map|find|at|get)$/
const ADDS_UP = /^(reduce|reduceRight|values|entries)$/

/** `const seen = hits.get(ip); if (seen.count > MOST) return refuse(); seen.count++`: how often each has asked of late, held against a limit. */
export class OwnLimits {
  constructor(private readonly look: LookedUp, private readonly isOfRequest: (inst: Instance, x: Expr) => boolean) {}

  are(cell: Cell): boolean {
    const puts = cell.writes.filter((w) => !isEmptying(w) && w.kind !== 'update')
    const keyed = puts.filter((w) => w.keyExpr !== undefined)
    if (keyed.length === 0 || !puts.every((w) => this.counts(w, cell))) return false
    // `keys.indexOf(key) >= 0` asks whether it is there, and counts nothing.
    return this.isDated(cell) && cell.reads.some((read) => read.op !== 'has' && this.turnsAway(read))
  }

  /** Numbers and moments, perhaps with their key: nothing that anybody has sent. */
  private counts({ inst, site, keyExpr, valueExpr }: CellWrite, cell: Cell): boolean {
    const put = valueExpr ? [valueExpr] : site.k === 'call' ? site.a : []
    return put.length > 0 && put.every((x) => this.isCount(inst, x, keyExpr, cell, 0))
  }

  private isCount(inst: Instance, x: Expr, key: Expr | undefined, cell: Cell, depth: number): boolean {
    const within = (part: Expr): boolean => this.isCount(inst, part, key, cell, depth)
    if (x.k === 'lit' || isMade(x) || isClock(x) || isZeros(x) || isReadOf(cell, x)) return true
    if (x.k === 'bin') return x.op !== '+' || within(x.l) || within(x.r)
    if (x.k === 'log') return within(x.l) && within(x.r)
    if (x.k === 'cond') return within(x.c) && within(x.a)
    if (x.k === 'obj') return x.m.every(({ v }) => within(v))
    if (x.k === 'arr') return x.x.every(within)
    if (x.k === 'spread' || x.k === 'un') return within(x.x)
    if (x.k === 'call') return x.f.k === 'mem' && ((x.f.o.k === 'glob' && x.f.o.n === 'Math') || (KEEPS.test(x.f.n) && within(x.f.o)))
    if (x.k === 'ref' && key?.k === 'ref' && key.b === x.b) return true
    const given = x.k === 'ref' && depth < DEEPEST ? this.look.givenTo(inst, x.b) : []
    if (given.length > 0) return given.every((one) => this.isCount(inst, one, key, cell, depth + 1))
    return (x.k === 'ref' || x.k === 'mem') && !this.isOfRequest(inst, x)
  }

  /** A clock stands beside what is kept, or a timer empties all of it. */
  private isDated(cell: Cell): boolean {
    return cell.writes.some(({ inst, op, kind, valueExpr }) => (inst.phase === 'background' ? op === 'clear' || (kind === 'assign' && valueExpr !== undefined && isEmpty(valueExpr)) : isTimed(inst)))
  }

  private turnsAway({ inst, site }: CellRead): boolean {
    const comes = (x: Expr): boolean => this.comesOf(inst, x, site, 0)
    const isHeld = (x: Expr): boolean => x.k === 'bin' && /^[<>]=?$/.test(x.op) && (comes(x.l) || comes(x.r))
    return someStatement(inst.fn, (s) => {
      if (s.k === 'ret') return s.x !== undefined && somePart(s.x, (x) => isHeld(x) && !this.isAge(inst, x))
      if (s.k !== 'if' || !somePart(s.t, isHeld)) return false
      return somePart(s.t, (x) => isHeld(x) && !this.isAge(inst, x)) ? leaves(s.c) || leaves(s.a ?? []) : fails(s.c)
    })
  }

  /** The look itself, a member of it, or a local that holds either. */
  private comesOf(inst: Instance, x: Expr, site: Expr, depth: number): boolean {
    const within = (part: Expr): boolean => this.comesOf(inst, part, site, depth)
    if (x === site) return true
    if (x.k === 'mem' || x.k === 'elem') return within(x.o)
    // `count = this.hits[id] = (this.hits[id] ?? 0) + 1`
    if (x.k === 'set') return within(x.r)
    if (x.k === 'call') return x.f.k === 'mem' && (KEEPS.test(x.f.n) || ADDS_UP.test(x.f.n)) && within(x.f.o)
    if (x.k === 'log' || x.k === 'bin') return within(x.l) || within(x.r)
    return x.k === 'ref' && depth < DEEPEST && this.look.givenTo(inst, x.b).some((given) => this.comesOf(inst, given, site, depth + 1))
  }

  /** Is a moment compared, rather than a count? */
  private isAge(inst: Instance, test: Expr): boolean {
    return somePart(test, (x) => {
      const made = x.k === 'ref' ? this.look.definition(inst, x.b) : undefined
      return isClock(x) || (made !== undefined && somePart(made, isClock) && !somePart(made, (part) => part.k === 'obj' || part.k === 'arr'))
    })
  }
}

/** It looks at a clock, or is told the time by who calls it: `check(key, limit, now)`. */
const isTimed = ({ fn, callers }: Instance): boolean => someExpression(fn.body, isClock) || callers.some(({ from, site }) => site.k === 'call' && site.a.some((arg) => isClock(arg) || (arg.k === 'ref' && isOfClock(from, arg.b))))

/** `Array(n).fill(0)`, `new Array(n).fill(0)`: a count for each part of a window. */
const isZeros = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'fill' && x.a[0]?.k === 'lit' && (x.f.o.k === 'call' || x.f.o.k === 'new') && x.f.o.f.k === 'glob' && x.f.o.f.n === 'Array'

const isOfClock = ({ fn }: Instance, binding: number): boolean => someExpression(fn.body, (x, s) => isClock(x) && s.k === 'var' && s.d.some(({ t, i }) => i === x && t.k === 'bind' && t.b === binding))

const isClock = (x: Expr): boolean => (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'now') || ((x.k === 'new' || x.k === 'call') && x.f.k === 'glob' && x.f.n === 'Date')
