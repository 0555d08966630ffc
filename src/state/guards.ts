import type { Expr, FnFact, Stmt } from '../model/facts.js'
import type { LookedUp } from '../link/peek.js'
import { childrenOf, eachExpression, eachInside, isExpression } from '../link/shape.js'
import type { Cell, CellWrite } from './cells.js'
import { inside, isMade } from './patterns.js'

/** Tests around writes: is the cell looked at before it is filled? */
export class Guards {
  private readonly conditions = new Map<FnFact, Map<Expr, Expr[]>>()

  constructor(private readonly look: LookedUp) {}

  /** Written only where a test (or an early return) has found it empty. */
  testsEmpty(write: CellWrite, cell: Cell): boolean {
    const tests = this.around(write.inst.fn).get(write.site) ?? []
    return tests.some((test) => this.mentions(write, test, cell))
  }

  /** Written next to a clock or an age: something that is fetched again from time to time. */
  refreshes(write: CellWrite, cell: Cell): boolean {
    const tests = this.around(write.inst.fn).get(write.site) ?? []
    return tests.some((test) => this.mentions(write, test, cell)) && this.isFetched(write)
  }

  /** Code looks into the container and, finding nothing, fills it with what it awaits or computes: itself or through a helper. */
  loadsOnMiss(write: CellWrite, cell: Cell): boolean {
    if (!this.isFetched(write)) return false
    const callers = new Set(write.inst.callers.map((edge) => edge.from.fn))
    return cell.reads.some((read) => (read.op === 'has' || read.op === 'read' || (read.op === 'slot' && cell.contents.size === 0)) && !inside(read.site, write.site) && (read.inst.fn === write.inst.fn || callers.has(read.inst.fn)))
  }

  private isFetched(write: CellWrite): boolean {
    if (!write.valueExpr || isMade(write.valueExpr)) return false
    let fetched = false
    const see = (x: Expr): void => {
      if (x.k === 'await' || ((x.k === 'call' || x.k === 'new') && !isMade(x))) fetched = true
      if (x.k === 'ref') {
        const definition = this.look.definition(write.inst, x.b)
        if (definition && (definition.k === 'await' || (definition.k === 'call' && !isMade(definition)))) fetched = true
      }
    }
    eachInside(write.valueExpr, see)
    return fetched
  }

  private mentions(write: CellWrite, test: Expr, cell: Cell): boolean {
    let found = false
    const name = cell.home.name.slice(cell.home.name.lastIndexOf('.') + 1)
    eachInside(test, (x) => {
      if (x.k === 'ref' && write.inst.unit.facts.bindings[x.b]?.n === name) found = true
      if (x.k === 'mem' && x.n === name) found = true
      if (x.k === 'ref') {
        const definition = this.look.definition(write.inst, x.b)
        if (definition) eachInside(definition, (y) => { if ((y.k === 'mem' && y.n === name) || (y.k === 'ref' && write.inst.unit.facts.bindings[y.b]?.n === name)) found = true })
      }
    })
    return found
  }

  /** The tests that were passed on the way to an expression. */
  passed(fn: FnFact, site: Expr): Expr[] {
    return this.around(fn).get(site) ?? []
  }

  /** For each expression of a function, the tests that hold or that were passed on the way to it. */
  private around(fn: FnFact): Map<Expr, Expr[]> {
    let map = this.conditions.get(fn)
    if (!map) {
      map = new Map()
      walk(fn.body, [], map)
      this.conditions.set(fn, map)
    }
    return map
  }
}

const walk = (body: Stmt[], tests: Expr[], into: Map<Expr, Expr[]>): void => {
  let here = tests
  for (const s of body) {
    note(s, here, into)
    if (s.k === 'if') {
      walk(s.c, [...here, s.t], into)
      if (s.a) walk(s.a, [...here, s.t], into)
      if (leaves(s.c)) here = [...here, s.t]
    } else if (s.k === 'loop') walk(s.b, s.t ? [...here, s.t] : here, into)
    else if (s.k === 'block') walk(s.b, here, into)
    else if (s.k === 'try') for (const part of [s.b, s.c ?? [], s.f ?? []]) walk(part, here, into)
    else if (s.k === 'switch') for (const c of s.cases) walk(c.b, [...here, s.x], into)
  }
}

const note = (s: Stmt, tests: Expr[], into: Map<Expr, Expr[]>): void => {
  const inner: Stmt[] = s.k === 'if' || s.k === 'loop' || s.k === 'block' || s.k === 'try' || s.k === 'switch' ? headOf(s) : [s]
  eachExpression(inner, (x) => {
    if (x.k === 'log') conditional(x, tests, into)
    if (!into.has(x)) into.set(x, tests)
  })
}

const headOf = (s: Stmt): Stmt[] => {
  if (s.k === 'if') return [{ k: 'expr', x: s.t, p: s.p }]
  if (s.k === 'loop' && s.t) return [{ k: 'expr', x: s.t, p: s.p }]
  return s.k === 'switch' ? [{ k: 'expr', x: s.x, p: s.p }] : []
}

/** `a && (b = c)`, `a || (b = c)`: the right side runs behind a test. */
const conditional = (x: Expr & { k: 'log' }, tests: Expr[], into: Map<Expr, Expr[]>): void => {
  const mark = (inner: Expr): void => {
    into.set(inner, [...tests, x.l])
    for (const child of childrenOf(inner)) mark(child)
  }
  if (isExpression(x.r)) mark(x.r)
}

const leaves = (body: Stmt[]): boolean => {
  const last = body.at(-1)
  return last !== undefined && (last.k === 'ret' || last.k === 'throw' || last.k === 'continue' || last.k === 'break')
}
