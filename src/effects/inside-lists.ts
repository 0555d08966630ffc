import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'
import { content } from './mutations.js'
import { isOfItself, isSent, READS_BODY } from './of-itself.js'

const DEEPEST = 10
/** What takes some of a list, or looks into it. */
const OF_LIST = /^(find|findLast|filter|at|slice|map|flatMap|pop|shift|get|concat|toJSON|toObject|lean)$/
const PARSES = /^(parse|structuredClone|cloneDeep|clone|from)$/

/** What an element of a list may be: `[...rest, item]`, `items.map((item) => ({ … }))`, in either branch of a choice. */
interface Found { x: Expr & { k: 'obj' }; /** the list whose elements the function is given, and by which name */ list?: { binding: number; x: Expr } }

/** `items: [...others, { ...item, n: item.n + known.n }]`, `items: items.map((one) => (one.id === id ? { ...one, n: one.n + 1 } : one))`: a list that is put back with a number in it that counts on. */
export class ListsPutBack {
  constructor(private readonly look: LookedUp) {}

  countsOn(inst: Instance, v: Expr): boolean {
    return this.elements(inst, v, 0).some(({ x, list }) => x.m.some(({ n, v: value }) => isOfItself(n, value) && operands(value).some((one) => one.k === 'mem' && this.isOfRow(inst, one.o, list, 0))))
  }

  private elements(inst: Instance, v: Expr, depth: number): Found[] {
    const x = content(v)
    if (depth > DEEPEST) return []
    const made = x.k === 'ref' ? this.look.definition(inst, x.b) : undefined
    if (made) return this.elements(inst, made, depth + 1)
    if (x.k === 'cond') return [x.c, x.a].flatMap((side) => this.elements(inst, side, depth + 1))
    if (x.k === 'arr') return x.x.flatMap((item): Found[] => (item.k === 'spread' ? this.elements(inst, item.x, depth + 1) : item.k === 'obj' ? [{ x: item }] : []))
    return x.k === 'call' && x.f.k === 'mem' && x.f.n === 'map' && x.a[0]?.k === 'fn' ? this.mapped(inst, x.f.o, x.a[0].f) : []
  }

  private mapped({ unit }: Instance, list: Expr, index: number): Found[] {
    const fn = unit.facts.functions[index]
    const given = fn?.params[0]?.t
    if (!fn || given?.k !== 'bind') return []
    const sides = (x: Expr | undefined): Expr[] => (x?.k === 'cond' ? [...sides(x.c), ...sides(x.a)] : x ? [x] : [])
    const returned = fn.body.flatMap((s) => (s.k === 'ret' ? [s.x] : s.k === 'if' ? s.c.flatMap((one) => (one.k === 'ret' ? [one.x] : [])) : []))
    return returned.flatMap(sides).flatMap((x): Found[] => (x.k === 'obj' ? [{ x, list: { binding: given.b, x: list } }] : []))
  }

  /** Is it something of a row that was waited for, and nothing that the client has sent? */
  private isOfRow(inst: Instance, x: Expr, list: Found['list'], depth: number): boolean {
    if (depth > DEEPEST || isSent(x)) return false
    const on = (y: Expr): boolean => this.isOfRow(inst, y, list, depth + 1)
    if (x.k === 'ref') {
      if (list?.binding === x.b) return on(list.x)
      const made = this.look.definition(inst, x.b)
      return made !== undefined && on(made)
    }
    if (x.k === 'mem' || x.k === 'elem') return on(x.o)
    if (x.k === 'log') return on(x.l)
    if (x.k === 'cond') return on(x.c) || on(x.a)
    if (x.k === 'await') return x.x.k === 'call' && !(x.x.f.k === 'mem' && READS_BODY.test(x.x.f.n))
    if (x.k !== 'call' || x.f.k !== 'mem') return false
    return PARSES.test(x.f.n) && x.a[0] ? on(x.a[0]) : OF_LIST.test(x.f.n) && on(x.f.o)
  }
}

const operands = (x: Expr): Expr[] => (x.k === 'bin' ? [...operands(x.l), ...operands(x.r)] : x.k === 'cond' ? [...operands(x.c), ...operands(x.a)] : x.k === 'log' ? operands(x.l) : x.k === 'call' ? x.a.flatMap(operands) : [x])
