import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { areApart, holdingAt, pointsOf } from '../flow/points.js'
import type { LookedUp } from '../link/peek.js'
import { childrenOf, eachExpression, eachInside, isExpression, someExpression, somePart } from '../link/shape.js'
import type { Instance } from '../link/instances.js'
import { askedFor, isAnswer, isCalledAtOnce } from './asking.js'
import type { Cell, CellRead, CellWrite } from './cells.js'
import { askedForNothing } from './derived.js'
import { isSame } from './once.js'
import { inside, isMade } from './patterns.js'

/** How far above a write its callers are asked what they tested, and how many of them. */
const NEAR = 3
const FEW_CALLERS = 12

/** Tests around writes: is the cell looked at before it is filled? */
export class Guards {
  private readonly conditions = new Map<FnFact, Map<Expr, Expr[]>>()

  constructor(private readonly look: LookedUp) {}

  /** Written only where a test (or an early return) has found it empty. */
  testsEmpty(write: CellWrite, cell: Cell): boolean {
    const tests = this.around(write.inst.fn).get(write.site) ?? []
    if (tests.some((test) => this.asksEmpty(write, test, cell, 0)) || this.beforeSettled(write.inst).some((test) => this.asksEmpty(write, test, cell, 0))) return true
    // What the caller says (`setBusy(true)`) is no finding of nothing.
    return this.isFetched(write, cell) && this.isCalledBehind(write, cell, 'every')
  }

  /** Does one of those that fill it do so because it was empty, whatever the others do? */
  isFilledOnDemand(write: CellWrite, cell: Cell): boolean {
    return this.isFetched(write, cell) && this.isCalledBehind(write, cell, 'some')
  }

  /** `if (client) return client; return connect()`, where `connect` fills the cell: do its callers, all or some of them, ask first? */
  private isCalledBehind(write: CellWrite, cell: Cell, which: 'every' | 'some', left = NEAR): boolean {
    const { callers } = write.inst
    if (left === 0 || callers.length === 0 || callers.length > FEW_CALLERS) return false
    return callers[which](({ from, site }) => {
      const above = { ...write, inst: from }
      return (this.around(from.fn).get(site) ?? []).some((test) => !somePart(test, isCall) && this.asksEmpty(above, test, cell, 0)) || this.isCalledBehind(above, cell, which, left - 1)
    })
  }

  /** `if (config) return config; return load().then((found) => (config = found))`, `(async () => { config = await load() })()`: the tests before what is waited for. */
  private beforeSettled(inst: Instance): Expr[] {
    const tests: Expr[] = []
    for (let at = inst; at.env && (askedFor(at) || isCalledAtOnce(at)); at = at.env) {
      const index = at.unit.facts.functions.indexOf(at.fn)
      for (const [x, passed] of this.around(at.env.fn)) if (x.k === 'fn' && x.f === index) tests.push(...passed)
    }
    return tests
  }

  /** Does a test ask whether there is anything in the cell, rather than compare it with something? */
  private asksEmpty(write: CellWrite, test: Expr, cell: Cell, depth: number): boolean {
    const within = (x: Expr): boolean => this.asksEmpty(write, x, cell, depth)
    if (test.k === 'log') return within(test.l) || within(test.r)
    if (test.k === 'un' || test.k === 'await') return within(test.x)
    if (test.k === 'bin' && isComparison(test.op)) return (isFixed(test.r) && within(test.l)) || (isFixed(test.l) && within(test.r))
    if (test.k === 'ref' && depth < 3) {
      const definition = this.look.definition(write.inst, test.b)
      if (definition && this.asksEmpty(write, definition, cell, depth + 1)) return true
    }
    return this.mentions(write, test, cell)
  }

  /** Written where the age of something is tested, next to what is fetched: filled again from time to time. */
  isTimed(write: CellWrite): boolean {
    return this.fetchesNear(write.inst) && this.testsAround(write.inst, write.site).some((test) => this.asksClock(write.inst, test, 0))
  }

  /** Is a time put there: when something was fetched, or has to be fetched again? */
  isTime({ inst, valueExpr }: CellWrite): boolean {
    return valueExpr !== undefined && this.asksClock(inst, valueExpr, 0)
  }

  /** A time and nothing beside it: `now + DELAY`, `Date.now()`. */
  isTimeAlone(write: CellWrite): boolean {
    return write.valueExpr !== undefined && isReckoned(write.valueExpr) && this.isTime(write)
  }

  private fetchesNear(inst: Instance): boolean {
    let fetches = inst.fn.async !== undefined
    eachExpression(inst.fn.body, (x) => { if (x.k === 'await' || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'then')) fetches = true })
    return fetches || (inst.fn.kind === 'arrow' && inst.env?.phase === inst.phase && this.fetchesNear(inst.env))
  }

  private asksClock(inst: Instance, test: Expr, depth: number): boolean {
    let asks = false
    eachInside(test, (x) => {
      if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'now') asks = true
      if ((x.k === 'new' || x.k === 'call') && x.f.k === 'glob' && x.f.n === 'Date') asks = true
      const definition = x.k === 'ref' && depth < 2 ? this.look.definition(inst, x.b) : undefined
      if (definition && this.asksClock(inst, definition, depth + 1)) asks = true
    })
    return asks
  }

  /** The tests on the way to an expression, also those around the callbacks that it stands in. */
  private testsAround(inst: Instance, site: Expr): Expr[] {
    const tests = [...(this.around(inst.fn).get(site) ?? [])]
    for (let at = inst; at.fn.kind === 'arrow' && at.env && at.env.phase === inst.phase; at = at.env) {
      const index = inst.unit.facts.functions.indexOf(at.fn)
      for (const [x, passed] of this.around(at.env.fn)) if (x.k === 'fn' && x.f === index) tests.push(...passed)
    }
    return tests
  }

  /** Written next to a clock or an age: something that is fetched again from time to time. */
  refreshes(write: CellWrite, cell: Cell): boolean {
    const tests = this.around(write.inst.fn).get(write.site) ?? []
    return tests.some((test) => this.mentions(write, test, cell)) && this.isFetched(write, cell)
  }

  /** Is what is written awaited, here or where it is defined? */
  isAwaited(write: CellWrite): boolean {
    let awaited = false
    if (write.valueExpr) eachInside(write.valueExpr, (x) => {
      const definition = x.k === 'ref' ? this.look.definition(write.inst, x.b) : undefined
      if (x.k === 'await' || (definition && has(definition, 'await'))) awaited = true
    })
    return awaited
  }

  /** `const entry = new Entry(); cache.set(key, entry); entry.fill(await ask(key))`: does the function wait for something after that? */
  isAwaitedAfter({ inst, site }: CellWrite): boolean {
    return someExpression(inst.fn.body, (x) => x.k === 'await' && x.p > site.e && !areApart(inst.fn, site, x))
  }

  /** Code looks into the container first and, finding nothing, fills it with what it awaits or computes: itself or through a helper. */
  loadsOnMiss(write: CellWrite, cell: Cell, loaded: boolean): boolean {
    if (!loaded && !this.isFetched(write, cell)) return false
    if (this.hasFound(write, cell)) return false
    const around = new Set([...write.inst.callers.map((edge) => edge.from.fn), ...settling(write.inst)])
    return cell.reads.some((read) => (read.op === 'has' || read.op === 'read' || (read.op === 'slot' && cell.contents.size === 0)) && !inside(read.site, write.site) && around.has(read.inst.fn) && (read.inst.fn === write.inst.fn ? read.site.p < write.site.p || looksItself(write) : !isOfContent(write, read)))
  }

  /** Written only where a look has found it there already: renewed, not loaded. */
  private hasFound(write: CellWrite, cell: Cell): boolean {
    for (const point of holdingAt(pointsOf(write.inst.fn).at.get(write.site))) {
      if (point.kind === 'test' && this.foundBy(write, point.test, point.holds, cell)) return true
    }
    return false
  }

  private foundBy(write: CellWrite, test: Expr, holds: boolean, cell: Cell): boolean {
    if (test.k === 'un' && test.op === '!') return this.foundBy(write, test.x, !holds, cell)
    // `if (known === undefined) return` before it.
    const asked = askedForNothing(test)
    if (asked) return this.foundBy(write, asked.x, asked.isNone !== holds, cell)
    if (test.k === 'ref') {
      const definition = this.look.definition(write.inst, test.b)
      return holds && definition !== undefined && isOneRead(definition, cell)
    }
    return holds && isOneRead(test, cell)
  }

  private isFetched(write: CellWrite, cell: Cell): boolean {
    if (!write.valueExpr || isMade(write.valueExpr) || isFromItself(write.valueExpr, cell)) return false
    // What a set remembers is no answer to what was looked for.
    return this.isMadeOfCalls(write.inst, write.valueExpr, placesOf(cell), write.keyExpr !== undefined && write.keyExpr !== write.valueExpr ? 2 : 0)
  }

  /** Is a call's answer in it, also through the locals that it names? What the cell itself holds is no answer from elsewhere: `hits.set(key, (hits.get(key) ?? 0) + 1)`. */
  private isMadeOfCalls(inst: Instance, x: Expr, reads: ReadonlySet<Expr>, left: number): boolean {
    return somePart(x, (part) => {
      if (part.k === 'await' || ((part.k === 'call' || part.k === 'new') && !isMade(part) && !reads.has(part))) return true
      if (part.k !== 'ref') return false
      if (isSettled(inst, part.b)) return true
      const given = this.look.givenTo(inst, part.b).filter((value) => ![...reads].some((read) => inside(read, value)))
      return given.some((value) => has(value, 'await') || ((value.k === 'call' || (value.k === 'new' && value.f.k === 'glob')) && !isMade(value)) || (left > 0 && PASSED_ON.has(value.k) && this.isMadeOfCalls(inst, value, reads, left - 1)))
    })
  }

  private mentions(write: CellWrite, test: Expr, cell: Cell): boolean {
    let found = false
    const name = cell.home.name.slice(cell.home.name.lastIndexOf('.') + 1)
    eachInside(test, (x) => {
      if (x.k === 'ref' && write.inst.unit.facts.bindings[x.b]?.n === name && !this.isFetchedLocal(write.inst, x.b)) found = true
      if (x.k === 'mem' && x.n === name) found = true
      if (x.k === 'ref') {
        const definition = this.look.definition(write.inst, x.b)
        if (definition) eachInside(definition, (y) => { if ((y.k === 'mem' && y.n === name) || (y.k === 'ref' && write.inst.unit.facts.bindings[y.b]?.n === name)) found = true })
      }
    })
    return found
  }

  /** What a local of the same name was loaded from elsewhere says nothing about the cell. */
  private isFetchedLocal(inst: Instance, binding: number): boolean {
    const definition = inst.unit.facts.bindings[binding]?.f === 0 ? undefined : this.look.definition(inst, binding)
    return definition?.k === 'await' && this.look.memberOf(inst.unit.facts, binding) === undefined
  }

  /** Taken out where it is too old, or one too many: `if (cache.size > limit) cache.delete(oldest)`. */
  dropsByItself({ inst, kind, site }: CellWrite, cell: Cell): boolean {
    if (kind !== 'delete') return false
    const places = placesOf(cell)
    return this.testsAround(inst, site).some((test) => this.asksClock(inst, test, 0) || somePart(test, (x) => x.k === 'mem' && /^(size|length)$/.test(x.n) && (places.has(x) || places.has(x.o))))
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

/** A number that is written down, read off a clock, or put together of such and of names. */
const isReckoned = (x: Expr): boolean => {
  const isPart = (part: Expr): boolean => part.k === 'ref' || isReckoned(part)
  if (x.k === 'bin') return isPart(x.l) && isPart(x.r)
  return (x.k === 'lit' && typeof x.v === 'number') || (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'now')
}

/** What a call says of a cell may be more than whether there is anything: `keys.some(isWanted)`. */
const isCall = ({ k }: Expr): boolean => k === 'call'

/** What gives a value on, or a part of it. */
const PASSED_ON = new Set<Expr['k']>(['mem', 'elem', 'ref', 'cond', 'log'])

/** `customer.id`, `org.members.find(…)`, of what the caller has from it: what is put in by `set` is looked for by `get`. */
const isOfContent = (write: CellWrite, { site, op }: CellRead): boolean => write.op === 'set' && op === 'read' && !(site.k === 'call' && site.f.k === 'mem' && LOOKS.test(site.f.n))

const LOOKS = /^(get|has|peek|fetch)/

/** `rows[id] ??= load(id)`, `rows[id] = rows[id] || load(id)` */
const looksItself = ({ op, site }: CellWrite): boolean => op === '??=' || op === '||=' || (site.k === 'set' && site.r.k === 'log' && isExpression(site.l) && isSame(site.r.l, site.l))

/** The function, and those around it that have asked for what it is called with: `load().then((rows) => { cache.set(key, rows) })`. */
function* settling(inst: Instance): Generator<FnFact> {
  for (let at: Instance | undefined = inst; at; at = at.env && askedFor(at) ? at.env : undefined) yield at.fn
}

/** Is it what a promise came to, or a callback is told? */
const isSettled = (inst: Instance, binding: number): boolean => isAnswer(inst, binding) && askedFor(inst) !== undefined

/** Places of reads: one cell may be read in very many invocations of a few functions. */
const placesOf = ({ reads }: Cell): ReadonlySet<Expr> => {
  let places = known.get(reads)
  if (!places) known.set(reads, (places = new Set(reads.map(({ site }) => site))))
  return places
}

const known = new WeakMap<Cell['reads'], Set<Expr>>()

/** `list.filter(…)`: less of what was there. */
const isFromItself = (x: Expr, cell: Cell): boolean => {
  const from = x.k === 'call' && x.f.k === 'mem' ? x.f.o : undefined
  return from !== undefined && cell.reads.some((read) => inside(read.site, from))
}

/** `map.get(key)`, `map.has(key)`, `list[key]`, alone. */
const isOneRead = (x: Expr, cell: Cell): boolean => cell.reads.some((read) => read.site === x && (read.op === 'has' || read.op === 'read'))

const has = (x: Expr, kind: Expr['k']): boolean => {
  return somePart(x, (part) => part.k === kind)
}

const walk = (body: Stmt[], tests: Expr[], into: Map<Expr, Expr[]>): void => {
  let here = tests
  for (const s of body) {
    note(s, here, into)
    if (s.k === 'if') {
      walk(s.c, [...here, s.t], into)
      if (s.a) walk(s.a, [...here, s.t], into)
      if (leaves(s.c)) here = [...here, s.t]
      else here = [...here, ...leavingInside(s.c)]
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

/** `if (production) { if (cached) return cached }`: the inner tests were passed too. */
const leavingInside = (body: Stmt[]): Expr[] => (body.every((s) => s.k === 'if' && !s.a && leaves(s.c)) ? body.flatMap((s) => (s.k === 'if' ? [s.t] : [])) : [])

const isComparison = (op: string): boolean => /^([!=]==?|[<>]=?)$/.test(op)

/** Something that is compared with to learn whether there is anything: null, undefined, a number, a text. */
const isFixed = (x: Expr): boolean => x.k === 'lit' || (x.k === 'glob' && x.n === 'undefined') || (x.k === 'un' && x.op === '-' && x.x.k === 'lit')

const leaves = (body: Stmt[]): boolean => {
  const last = body.at(-1)
  return last !== undefined && (last.k === 'ret' || last.k === 'throw' || last.k === 'continue' || last.k === 'break')
}
