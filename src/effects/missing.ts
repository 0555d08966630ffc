import type { BindingId, Expr, FnFact, Stmt } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { blocksOf, eachExpression, someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'
import { Came } from './came.js'
import type { Claim, Claims } from './claims.js'
import { CLAIM } from './look-ups.js'

const EACH = /^(map|forEach|flatMap|each)$/
const CONTAINS = /^(includes|has|some|find|findIndex|indexOf|get)$/
/** lodash and its like: what is in the first list and not in the second. */
const DIFFERENCE = /^(difference|differenceBy|differenceWith|without|subtract)$/
/** Of nothing these do nothing: `queue.addBulk([])`. */
const OF_EACH = /bulk|many|batch/i
const FARTHEST = 5

/** A call of a function of the project that is looked into. */
interface Handed {
  inst: Instance
  args: Expr[]
}

/** Rows that are added for what was not found among those that are there: `wanted.filter((w) => !there.has(w.id))`. */
export class Missing {
  private readonly loops = new WeakMap<FnFact, Map<Expr, Expr[]>>()

  private readonly came: Came

  constructor(private readonly program: Program, private readonly claims: Claims) {
    this.came = new Came(program)
  }

  /** What a place of an invocation says of rows by the lists that it goes through or that it is given. */
  at(inst: Instance, site: Expr): Claim[] {
    const each = [...this.around(inst.fn, site), ...(site.k === 'call' && site.f.k === 'mem' && EACH.test(site.f.n) ? [site.f.o] : [])]
    const given = site.k === 'call' ? site.a : []
    const claimed = this.came.at(inst, site, [...each, ...(site.k === 'call' && site.f.k === 'mem' && OF_EACH.test(site.f.n) ? given : [])])
    return [...(claimed ? [{ name: CLAIM, found: true, by: [] }] : []), ...[...each, ...given].flatMap((x) => this.of(inst, x, 0))]
  }

  /** Rows that a place is run for, each in its turn, where one of the other places of that turn ends it: none are found the second time. */
  turns(inst: Instance, site: Expr, ends: (row: Claim, isOfTurn: (other: Expr) => boolean) => boolean): Claim[] {
    const loops = this.around(inst.fn, site).map((list) => ({ list, isOfTurn: (other: Expr) => this.around(inst.fn, other).includes(list) }))
    const calls = site.k === 'call' && site.f.k === 'mem' && EACH.test(site.f.n) && site.a[0]?.k === 'fn' ? [{ list: site.f.o, isOfTurn: (other: Expr) => other === site }] : []
    return [...loops, ...calls].flatMap(({ list, isOfTurn }) => this.claims.rowsOf(inst, list).filter((row) => row.found && row.field === undefined && ends(row, isOfTurn)))
  }

  private of(inst: Instance, x: Expr, depth: number, handed?: Handed): Claim[] {
    if (depth > FARTHEST) return []
    if (x.k === 'await') return this.of(inst, x.x, depth, handed)
    if (x.k === 'obj') return x.m.flatMap(({ n, v }) => (n === 'data' ? this.of(inst, v, depth + 1, handed) : []))
    if (x.k === 'ref') {
      const made = this.program.look.definition(inst, x.b)
      return made?.k === 'arr' && made.x.length === 0 ? this.put(inst, x.b) : made ? this.of(inst, made, depth + 1, handed) : []
    }
    if (x.k !== 'call') return []
    if (x.f.k !== 'mem') return this.ofHelper(inst, x, depth)
    if (DIFFERENCE.test(x.f.n) && x.a[1]) return this.notIn(inst, x.a[1], 0, handed)
    if (x.f.n === 'filter' && x.a[0]?.k === 'fn') return this.left(inst, inst.unit.facts.functions[x.a[0].f], handed)
    return EACH.test(x.f.n) ? this.of(inst, x.f.o, depth + 1, handed) : []
  }

  /** `without(wanted, there)`: a function of the project that hands back what is not there. */
  private ofHelper(inst: Instance, x: Expr & { k: 'call' }, depth: number): Claim[] {
    const helper = x.a.length > 1 ? inst.callees.find(({ site, later }) => site === x && !later)?.to : undefined
    const last = helper?.fn.body.at(-1)
    return helper && last?.k === 'ret' && last.x ? this.of(helper, last.x, depth + 1, { inst, args: x.a }) : []
  }

  /** `if (!there.includes(w)) wanted.push(w)`: what is said wherever something is put into a list. */
  private put(inst: Instance, binding: BindingId): Claim[] {
    const places: Claim[][] = []
    eachExpression(inst.fn.body, (x) => {
      if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'push' && x.f.o.k === 'ref' && x.f.o.b === binding) places.push(this.claims.at(inst, x).filter(({ found, held }) => held && !found))
    })
    return places.length > 0 && places.every((claims) => claims.length > 0) ? places.flat().map((claim) => (claim.field === undefined ? { ...claim, held: undefined, left: true } : claim)) : []
  }

  /** `(w) => !there.includes(w)`: a function that keeps what is not there. */
  private left(inst: Instance, keeps: FnFact | undefined, handed: Handed | undefined): Claim[] {
    const found: Claim[] = []
    for (const s of keeps?.body ?? []) {
      const x = s.k === 'ret' ? s.x : undefined
      const there = x?.k === 'un' && x.op === '!' ? x.x : x?.k === 'bin' && isNone(x) ? x.l : undefined
      if (there?.k === 'call' && there.f.k === 'mem' && CONTAINS.test(there.f.n)) found.push(...this.notIn(inst, there.f.o, 0, handed))
    }
    return found
  }

  /** Rows that a list was made of. */
  private notIn(inst: Instance, x: Expr, depth: number, handed: Handed | undefined): Claim[] {
    if (depth > FARTHEST) return []
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : undefined
    if (made) return this.notIn(inst, made, depth + 1, handed)
    if (x.k === 'await') return this.notIn(inst, x.x, depth, handed)
    if (x.k === 'new') return x.a.flatMap((arg) => this.notIn(inst, arg, depth + 1, handed))
    if (x.k === 'call' && x.f.k === 'mem' && (EACH.test(x.f.n) || x.f.n === 'filter')) return this.notIn(inst, x.f.o, depth + 1, handed)
    const given = handed && x.k === 'ref' ? handed.args[inst.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === x.b)] : undefined
    if (handed && given) return this.notIn(handed.inst, given, 0, undefined)
    const rows = this.claims.rowsOf(inst, x)
    return (rows.length > 0 ? rows : this.readOut(inst, x)).map((claim) => ({ ...claim, found: false, left: true as const }))
  }

  /** `mentionsIn(comment.text)`: what a function makes of a field of a row. */
  private readOut(inst: Instance, x: Expr): Claim[] {
    const of = x.k === 'call' ? x.a.flatMap((arg) => (arg.k === 'mem' ? [arg] : [])) : []
    return of.flatMap(({ o, n }) => this.claims.rowsOf(inst, o).flatMap((row) => (row.field === undefined ? [{ ...row, field: n }] : [])))
  }

  /** Lists that the loops around a place go through. */
  private around(fn: FnFact, site: Expr): Expr[] {
    let known = this.loops.get(fn)
    if (!known) this.loops.set(fn, (known = new Map()))
    let lists = known.get(site)
    if (!lists) known.set(site, (lists = loopsAround(fn.body, site)))
    return lists
  }
}

const isNone = (x: Expr & { k: 'bin' }): boolean =>
  (/^===?$/.test(x.op) && ((x.r.k === 'glob' && x.r.n === 'undefined') || (x.r.k === 'un' && x.r.op === '-'))) || (x.op === '<' && x.r.k === 'lit' && x.r.v === 0)

const loopsAround = (body: Stmt[], site: Expr): Expr[] =>
  body.flatMap((s) => {
    const parts = blocksOf(s)
    if (parts.length === 0 || !parts.some((part) => someExpression(part, (x) => x === site))) return []
    return [...(s.k === 'loop' && s.kind === 'of' && s.t ? [s.t] : []), ...parts.flatMap((part) => loopsAround(part, site))]
  })
