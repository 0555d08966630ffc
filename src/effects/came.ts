import type { BindingId, Expr, FileFacts } from '../model/facts.js'
import { holdingAt, pointsOf } from '../flow/points.js'
import type { Instance } from '../link/instances.js'
import { chainOf, eachExpression, memberOf, someExpression } from '../link/shape.js'
import type { Program } from '../program/program.js'

/** `.onConflictDoNothing()`, `.onConflict('email').ignore()`, `.orIgnore()`, `.onConflict((on) => on.doNothing())` */
const IGNORES = /^(onConflictDoNothing|doNothing|ignore|orIgnore)$/
const RETURNS = /^returning/
/** Makes of a list one that has no more in it. */
const OF_ITS_OWN = /^(map|filter|slice|flatMap|sort|reverse)$/
const TRANSACTION = /transaction|Tx$|^tx$/
const FARTHEST = 6

/** Lists of rows that an insert gave back, where it leaves out those that were there: the second time there are none. */
export class Came {
  private readonly given = new WeakMap<FileFacts, Map<BindingId, Expr[]>>()

  constructor(private readonly program: Program) {}

  /** Does a place only run where such a list holds something? */
  at(inst: Instance, site: Expr, lists: Expr[]): boolean {
    if (lists.some((x) => this.isOf(inst, x, 0))) return true
    for (const at of holdingAt(pointsOf(inst.fn).at.get(site))) {
      const list = at.kind === 'test' ? filled(at.test, at.holds) : undefined
      if (list && this.isOf(inst, list, 0)) return true
    }
    return false
  }

  private isOf(inst: Instance, x: Expr, depth: number): boolean {
    if (depth > FARTHEST) return false
    if (x.k === 'await') return this.isOf(inst, x.x, depth)
    if (x.k === 'ref') return this.isLocal(inst, x.b, depth)
    if (x.k === 'log') return x.op !== '&&' && isEmpty(x.r) && this.isOf(inst, x.l, depth)
    if (x.k === 'arr' || x.k === 'obj') return this.isPair(inst, x, depth)
    if (x.k !== 'call') return false
    if (isAnswer(inst.unit.facts, x)) return true
    if (x.f.k === 'mem' && OF_ITS_OWN.test(x.f.n)) return this.isOf(inst, x.f.o, depth + 1)
    return this.isResult(inst, x, depth)
  }

  /** `if (row) made.push([row, input])`: put there with a row that came. */
  private isPair(inst: Instance, x: Expr & { k: 'arr' | 'obj' }, depth: number): boolean {
    const parts = x.k === 'arr' ? x.x : x.m.map(({ v }) => v)
    const tests = [...holdingAt(pointsOf(inst.fn).at.get(x))].filter((at) => at.kind === 'test')
    return parts.some((part) => part.k === 'ref' && tests.some(({ test, holds }) => isThere(test, holds, part.b)) && this.isOf(inst, part, depth + 1))
  }

  /** Everything that a local is given, in callbacks too, but for what is empty. */
  private isLocal(inst: Instance, binding: BindingId, depth: number): boolean {
    const { facts } = inst.unit
    const first = this.program.look.definitionIn(facts, binding)
    const given = [...(first ? [first] : []), ...(this.assigned(facts).get(binding) ?? [])].filter((x) => !isEmpty(x))
    if (facts.bindings[binding]?.kind === 'param') return given.length === 0 && this.isParam(inst, binding, depth)
    return given.length > 0 && given.every((x) => this.isOf(inst, x, depth + 1))
  }

  private isParam(inst: Instance, binding: BindingId, depth: number): boolean {
    const at = inst.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === binding)
    return at >= 0 && inst.callers.length > 0 && inst.callers.every(({ from, site }) => {
      const arg = site.k === 'call' && !site.a.some((one) => one.k === 'spread') ? site.a[at] : undefined
      return arg !== undefined && arg.k !== 'fn' && this.isOf(from, arg, depth + 1)
    })
  }

  /** What a function of the project gives back, or what the callback of a transaction does. */
  private isResult(inst: Instance, x: Expr & { k: 'call' }, depth: number): boolean {
    const name = x.f.k === 'mem' ? x.f.n : x.f.k === 'ref' ? inst.unit.facts.bindings[x.f.b]?.n ?? '' : ''
    const callback = TRANSACTION.test(name) ? x.a.find((arg) => arg.k === 'fn') : undefined
    const fn = callback?.k === 'fn' ? inst.unit.facts.functions[callback.f] : undefined
    const called = inst.callees.filter(({ site, later, to }) => site === x && !later && (!fn || to.fn === fn)).map(({ to }) => to)
    return called.length > 0 && called.every((to) => {
      const given = pointsOf(to.fn).returns.flatMap((one) => (one.x && !isEmpty(one.x) ? [one.x] : []))
      return given.length > 0 && given.every((one) => this.isOf(to, one, depth + 1))
    })
  }

  private assigned(facts: FileFacts): Map<BindingId, Expr[]> {
    let map = this.given.get(facts)
    if (!map) {
      this.given.set(facts, (map = new Map()))
      for (const fn of facts.functions) collect(fn.body, map)
    }
    return map
  }
}

const collect = (body: Parameters<typeof eachExpression>[0], into: Map<BindingId, Expr[]>): void => {
  const put = (binding: BindingId, values: Expr[]): void => { into.set(binding, [...(into.get(binding) ?? []), ...values]) }
  eachExpression(body, (x) => {
    if (x.k === 'set' && 'b' in x.l) put(x.l.b, [x.r])
    else if (x.k === 'call' && x.f.k === 'mem' && x.f.o.k === 'ref' && /^(push|unshift)$/.test(x.f.n)) put(x.f.o.b, x.a.map((arg) => (arg.k === 'spread' ? arg.x : arg)))
  })
}

/** An insert that ignores what is there and gives back the others, as builders say it or Prisma does. */
const isAnswer = (facts: FileFacts, x: Expr & { k: 'call' }): boolean => {
  const steps = [...chainOf(x)]
  if (steps.some(({ f, a }) => f.n === 'createManyAndReturn' && isTrue(memberOf(a[0], 'skipDuplicates')))) return true
  return steps.some(({ f }) => RETURNS.test(f.n)) && steps.some(({ f, a }) => IGNORES.test(f.n) || (f.n === 'onConflict' && a.some((arg) => ignoresIn(facts, arg))))
}

const ignoresIn = (facts: FileFacts, x: Expr): boolean =>
  x.k === 'fn' && someExpression(facts.functions[x.f]?.body ?? [], (y) => y.k === 'call' && y.f.k === 'mem' && y.f.n === 'doNothing')

const isTrue = (x: Expr | undefined): boolean => x?.k === 'lit' && x.v === true

const isEmpty = (x: Expr): boolean => (x.k === 'arr' && x.x.length === 0) || (x.k === 'lit' && x.v === null) || (x.k === 'glob' && x.n === 'undefined')

/** `row`, `!row` that did not hold, `row !== undefined`. */
const isThere = (test: Expr, holds: boolean, binding: BindingId): boolean => {
  if (test.k === 'ref') return holds && test.b === binding
  if (test.k === 'un' && test.op === '!') return isThere(test.x, !holds, binding)
  if (test.k === 'log') return holds === (test.op === '&&') && (isThere(test.l, holds, binding) || isThere(test.r, holds, binding))
  return test.k === 'bin' && isEmpty(test.r) && /^[!=]==?$/.test(test.op) && holds === test.op.startsWith('!') && test.l.k === 'ref' && test.l.b === binding
}

/** The list that a passed test has found something in: `added.length > 0`, or not `added.length === 0`. */
const filled = (test: Expr, holds: boolean): Expr | undefined => {
  if (test.k === 'un' && test.op === '!') return filled(test.x, !holds)
  if (test.k === 'mem') return test.n === 'length' && holds ? test.o : undefined
  if (test.k === 'log') return holds === (test.op === '&&') ? filled(test.l, holds) ?? filled(test.r, holds) : undefined
  if (test.k !== 'bin' || test.l.k !== 'mem' || test.l.n !== 'length' || test.r.k !== 'lit') return undefined
  const says = test.r.v === 0 ? (/^(>|!==?)$/.test(test.op) ? true : /^===?$/.test(test.op) ? false : undefined) : test.r.v === 1 ? (test.op === '>=' ? true : test.op === '<' ? false : undefined) : undefined
  return says === holds ? test.l.o : undefined
}
