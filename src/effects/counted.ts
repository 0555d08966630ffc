import type { BindingId, Expr, Pattern, Stmt } from '../model/facts.js'
import { pointsOf } from '../flow/points.js'
import { declaringOf, type Instance } from '../link/instances.js'
import { blocksOf, chainOf, someExpression, somePart } from '../link/shape.js'
import { isNumber } from '../state/patterns.js'
import type { Program } from '../program/program.js'

/** How far numbers are followed through locals and functions of the project. */
const FARTHEST = 6
const COUNTS = /\.(count|countDocuments|countBy|\$count)$/
const ASKS = /\.(select\w*|find\w*|max|count\w*|aggregate|query|first|get|execute|raw|\$queryRaw\w*)$/

/** Functions that make another name where it is taken. */
const UNLIKE = /(unique|duplicate|available|copy|next|free)\w*name|name\w*(copy|unlike|unique)|dedupe/i

/** Numbers that a repeat counts on from, so that it never meets its own: `(highest ?? 0) + 1` of what was looked up, what a counter that was raised gives back. */
export class Counted {
  constructor(private readonly program: Program) {}

  of(inst: Instance, x: Expr, depth = 0): boolean {
    if (depth > FARTHEST) return false
    switch (x.k) {
      case 'await': return this.of(inst, x.x, depth)
      case 'bin': return /^[+-]$/.test(x.op) && ((isNumber(x.r) && this.isAsked(inst, x.l, depth + 1)) || this.of(inst, x.l, depth + 1))
      case 'cond': return this.of(inst, x.c, depth + 1) || this.of(inst, x.a, depth + 1)
      case 'tpl': return x.x.some((part) => this.isHowMany(inst, part) || this.of(inst, part, depth + 1))
      case 'mem': return this.isAsked(inst, x, depth + 1, true)
      case 'ref': {
        const made = this.program.look.definition(inst, x.b)
        return (made !== undefined && this.of(inst, made, depth + 1)) || this.isRaised(inst, x.b, depth) || this.isChosen(inst, x.b)
      }
      case 'call': return this.isMadeUnlike(inst, x) || inst.callees.some(({ site, to, later }) => site === x && !later && pointsOf(to.fn).returns.some((given) => given.x !== undefined && this.of(to, given.x, depth + 1)))
      default: return false
    }
  }

  /** `${slug}-${taken}`, where `taken` says how many there are already. */
  private isHowMany(inst: Instance, x: Expr): boolean {
    const made = x.k === 'ref' ? this.program.look.definition(inst, x.b) : x
    if (made?.k !== 'await' || made.x.k !== 'call') return false
    const { x: site } = made
    return this.program.callsOf(inst).some((call) => call.site === site && COUNTS.test(call.path))
  }

  /** `let last = await highestOf(team); … last++`, also in a function within. */
  private isRaised(inst: Instance, binding: BindingId, depth: number): boolean {
    const owner = declaringOf(inst, binding) ?? inst
    if (inst.unit.facts.bindings[binding]?.kind !== 'let') return false
    const isIt = (x: Expr | Pattern): boolean => 'b' in x && x.b === binding
    const raises = (body: Stmt[]): boolean => someExpression(body, (x) => (x.k === 'upd' && isIt(x.x)) || (x.k === 'set' && x.op === '+=' && isIt(x.l)))
    return (raises(owner.fn.body) || raises(inst.fn.body)) && this.program.look.givenTo(owner, binding).some((x) => this.isAsked(owner, x, depth + 1))
  }

  /** `copyName(name, await namesOf(space))`: a name that none of those there has. */
  private isMadeUnlike(inst: Instance, { f, a }: Expr & { k: 'call' }): boolean {
    const name = f.k === 'mem' ? f.n : f.k === 'ref' ? inst.unit.facts.bindings[f.b]?.n ?? '' : ''
    return UNLIKE.test(name) && a.length > 1 && a.some((arg) => (arg.k === 'ref' ? this.program.look.definition(inst, arg.b) : arg)?.k === 'await')
  }

  /** `while (await find(slug)) slug = another(slug)`: one that nothing has yet, so that a repeat chooses the next. */
  private isChosen({ unit: { facts }, fn }: Instance, name: BindingId): boolean {
    if (!/^(let|var)$/.test(facts.bindings[name]?.kind ?? '')) return false
    const names = (x: Expr): boolean => x.k === 'ref' && x.b === name
    const asks = (x: Expr): boolean => x.k === 'await' && x.x.k === 'call' && x.x.a.some((arg) => somePart(arg, names))
    const sets = (x: Expr): boolean => x.k === 'set' && 'b' in x.l && x.l.b === name
    return loopsIn(fn.body).some(({ t, b }) => someExpression(b, sets) && (someExpression(b, asks) || (t !== undefined && somePart(t, asks))))
  }

  /** Does it come from the database? `raised`: from a counter that was changed there by what it was. */
  private isAsked(inst: Instance, x: Expr, depth: number, raised = false): boolean {
    if (depth > FARTHEST) return false
    switch (x.k) {
      case 'await': return this.isAsked(inst, x.x, depth, raised)
      case 'mem': case 'elem': return this.isAsked(inst, x.o, depth, raised)
      case 'log': return this.isAsked(inst, x.l, depth, raised)
      case 'bin': return this.isAsked(inst, x.l, depth + 1, raised)
      case 'cond': return this.isAsked(inst, x.c, depth + 1, raised) || this.isAsked(inst, x.a, depth + 1, raised)
      case 'ref': {
        const made = this.program.look.definition(inst, x.b)
        return made !== undefined && this.isAsked(inst, made, depth + 1, raised)
      }
      case 'call': return this.asks(inst, x, raised) || (!raised && inst.callees.some(({ site, to, later }) => site === x && !later && pointsOf(to.fn).returns.some((given) => given.x !== undefined && this.isAsked(to, given.x, depth + 2))))
      default: return false
    }
  }

  private asks(inst: Instance, x: Expr, raised: boolean): boolean {
    const sites = new Set<Expr>(chainOf(x))
    return this.program.callsOf(inst).some(({ site, path, row }) => {
      if (!sites.has(site)) return false
      return row?.effect?.kind === 'relative-update' || (row?.effect?.kind === 'update' && isRelative(x)) || (!raised && ASKS.test(path) && !/^(global#|node:)/.test(path))
    })
  }
}

type Loop = Stmt & { k: 'loop' }

const loopsIn = (body: readonly Stmt[]): Loop[] => body.flatMap((s) => [...(s.k === 'loop' && /^(while|do|for)$/.test(s.kind) ? [s] : []), ...blocksOf(s).flatMap(loopsIn)])

/** `.set({ last: sql`${table.last} + 1` })`, `data: { last: { increment: 1 } }` */
const isRelative = (x: Expr): boolean => [...chainOf(x)].some(({ a }) => a.some((arg) => holdsRelative(arg, 0)))

const holdsRelative = (x: Expr, depth: number): boolean => {
  if (x.k === 'obj') return depth < 3 && x.m.some(({ n, v }) => n === 'increment' || n === '$inc' || holdsRelative(v, depth + 1))
  return x.k === 'tpl' && x.x[0] !== undefined && /^\s*[+-]/.test(x.q[1] ?? '')
}
