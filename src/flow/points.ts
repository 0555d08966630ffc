import type { Expr, FnFact, Stmt } from '../model/facts.js'
import { childrenOf, isExpression, leaves } from '../link/shape.js'

/**
 * What holds at a place inside a function: tests that were passed on the way, and expressions that have run, last one first.
 * A test is passed inside its branch, or behind a branch that leaves.
 */
export type Point =
  | { kind: 'test'; test: Expr; holds: boolean; by: 'branch' | 'throw' | 'return' | 'failure'; before: Point | undefined }
  | { kind: 'ran'; x: Expr; before: Point | undefined }

/** Where each expression of a function stands, and how the function ends. */
export interface Points {
  at: Map<Expr, Point | undefined>
  /** The end of the body; absent where it never gets there. */
  end: Point | undefined
  returns: { x: Expr | undefined; at: Point | undefined }[]
}

const known = new WeakMap<FnFact, Points>()

export const pointsOf = (fn: FnFact): Points => {
  let points = known.get(fn)
  if (!points) {
    points = { at: new Map(), end: undefined, returns: [] }
    const end = new Walk(points).body(fn.body, undefined)
    points.end = end === LEFT ? undefined : end
    known.set(fn, points)
  }
  return points
}

/** Everything that holds at a place, nearest first. */
export function* holdingAt(point: Point | undefined): Generator<Point> {
  for (let at = point; at; at = at.before) yield at
}

/** `try { return await find() } catch (error) { log(error) }`: where nothing was there is not the way that it goes on. */
export const givesElsewhere = (fn: FnFact): boolean => {
  const { end, returns } = pointsOf(fn)
  return end !== undefined && returns.some(({ x }) => x !== undefined)
}

/** Do two places of a function stand in branches of one choice, so that only one of them runs? */
export const areApart = (fn: FnFact, one: Expr, other: Expr): boolean => {
  const { at } = pointsOf(fn)
  const tests = [...holdingAt(at.get(one))].filter((point) => point.kind === 'test')
  return tests.length > 0 && [...holdingAt(at.get(other))].some((point) => point.kind === 'test' && tests.some(({ test, holds }) => (test === point.test ? holds !== point.holds : isOtherCase(test, point.test))))
}

/** Tests of two cases of one `switch`. */
const isOtherCase = (one: Expr, other: Expr): boolean => {
  const chosen = (x: Expr): Expr | undefined => (x.k === 'log' && x.op === '||' ? chosen(x.l) : x.k === 'bin' && x.op === '===' ? x.l : undefined)
  const of = chosen(one)
  return of !== undefined && of === chosen(other)
}

/** Control does not get there. */
const LEFT = Symbol('left')
type End = Point | undefined | typeof LEFT

class Walk {
  constructor(private readonly points: Points) {}

  body(body: Stmt[], start: Point | undefined): End {
    let at: End = start
    for (const s of body) {
      if (at === LEFT) return LEFT
      at = this.statement(s, at)
    }
    return at
  }

  private statement(s: Stmt, at: Point | undefined): End {
    switch (s.k) {
      case 'expr': return this.run(s.x, at)
      case 'var': return s.d.reduce<Point | undefined>((before, d) => (d.i ? this.run(d.i, before) : before), at)
      case 'ret':
        if (s.x) this.note(s.x, at)
        this.points.returns.push({ x: s.x, at })
        return LEFT
      case 'throw':
        this.note(s.x, at)
        return LEFT
      case 'break': case 'continue': return LEFT
      case 'if': return this.branch(s, at)
      case 'loop': return this.loop(s, at)
      case 'try': return this.attempt(s, at)
      case 'block': return this.body(s.b, at)
      case 'switch': return this.choice(s, at)
      default: return at
    }
  }

  private run(x: Expr, before: Point | undefined): Point {
    this.note(x, before)
    return { kind: 'ran', x, before }
  }

  private branch(s: Stmt & { k: 'if' }, at: Point | undefined): End {
    const tested = this.run(s.t, at)
    const passed = (holds: boolean, by: 'branch' | 'throw' | 'return'): Point => ({ kind: 'test', test: s.t, holds, by, before: tested })
    const then = this.body(s.c, passed(true, 'branch'))
    const other = s.a ? this.body(s.a, passed(false, 'branch')) : tested
    if (then === LEFT && other === LEFT) return LEFT
    if (then === LEFT) return over(passed(false, leaving(s.c)), s.a ? other as Point : undefined, tested)
    if (other === LEFT) return over(passed(true, leaving(s.a ?? [])), then, tested)
    return !s.a && saysWhy(s.t, s.c) ? passed(false, 'return') : tested
  }

  private loop(s: Stmt & { k: 'loop' }, at: Point | undefined): End {
    const start = s.init ? this.body(s.init, at) : at
    if (start === LEFT) return LEFT
    const tested = s.t ? this.run(s.t, start) : start
    const tests = s.kind === 'for' || s.kind === 'while'
    this.body(s.b, s.t && tests ? { kind: 'test', test: s.t, holds: true, by: 'branch', before: tested } : tested)
    if (s.upd) this.note(s.upd, tested)
    return tested
  }

  /** What a caught error skips has not run for sure, unless the handler leaves. */
  private attempt(s: Stmt & { k: 'try' }, at: Point | undefined): End {
    const tried = this.body(s.b, at)
    const caught = s.c ? this.body(s.c, failed(s.b[0], at)) : LEFT
    const after = caught === LEFT ? tried : tried === LEFT ? caught : at
    return s.f ? this.finish(s.f, at, after) : after
  }

  private finish(body: Stmt[], at: Point | undefined, after: End): End {
    return this.body(body, at) === LEFT ? LEFT : after
  }

  private choice(s: Stmt & { k: 'switch' }, at: Point | undefined): End {
    const tested = this.run(s.x, at)
    // Cases that share what they do: `case 'a': case 'b': …`; what is fallen into says nothing.
    let shared: (Expr | undefined)[] = []
    let fell = false
    for (const { t, b } of s.cases) {
      shared.push(t && { k: 'bin', op: '===', l: s.x, r: t, p: t.p, e: t.e })
      if (b.length === 0) continue
      const test: Expr | undefined = fell || shared.includes(undefined) ? undefined : (shared as Expr[]).reduce((l, r): Expr => ({ k: 'log', op: '||', l, r, p: l.p, e: r.e }))
      fell = this.body(b, test ? { kind: 'test', test, holds: true, by: 'branch', before: tested } : tested) !== LEFT
      shared = []
    }
    return tested
  }

  /** The right side of `&&`, `||`, `??` and the arms of `?:` stand behind a test. */
  private note(x: Expr, at: Point | undefined): void {
    this.points.at.set(x, at)
    const behind = (part: Expr, test: Expr, holds: boolean): void => this.note(part, { kind: 'test', test, holds, by: 'branch', before: at })
    if (x.k === 'log') {
      this.note(x.l, at)
      behind(x.r, x.l, x.op === '&&')
    } else if (x.k === 'cond') {
      this.note(x.t, at)
      behind(x.c, x.t, true)
      behind(x.a, x.t, false)
    } else for (const child of childrenOf(x)) if (isExpression(child)) this.note(child, at)
  }
}

/** `if (known) { if (known.name === name) return taken('name'); if (known.email === email) return taken('email') }`: which of them it was that it was looked for by. */
const saysWhy = (test: Expr, body: Stmt[]): boolean =>
  test.k === 'ref' && body.length > 1 && body.every((s) => s.k === 'if' && !s.a && s.t.k === 'bin' && /^===?$/.test(s.t.op) && [s.t.l, s.t.r].some((x) => x.k === 'mem' && x.o.k === 'ref' && x.o.b === test.b) && leaves(s.c))

/** Where an error is handled, what was tried first may have given nothing. */
const failed = (first: Stmt | undefined, before: Point | undefined): Point | undefined => {
  const x = first?.k === 'var' ? first.d[0]?.i : first?.k === 'expr' ? (first.x.k === 'set' ? first.x.r : first.x) : undefined
  return x?.k === 'await' ? { kind: 'test', test: x, holds: false, by: 'failure', before } : before
}

/** The passed test on top of what the branch that goes on has run. */
const over = (test: Point, ran: Point | undefined, base: Point): Point => {
  let top = test
  const more: Point[] = []
  for (let at = ran; at && at !== base; at = at.before) if (at.kind === 'ran') more.push(at)
  for (const one of more.reverse()) top = { ...one, before: top }
  return top
}

/** How a branch leaves: does the function end there in an error, so that its caller goes no further either? */
const leaving = (body: Stmt[]): 'throw' | 'return' => {
  const last = body.at(-1)
  if (last?.k === 'throw') return 'throw'
  if (last?.k === 'ret' && last.x && rejects(last.x)) return 'throw'
  return last?.k === 'block' ? leaving(last.b) : last?.k === 'if' && last.a ? (leaving(last.c) === 'throw' && leaving(last.a) === 'throw' ? 'throw' : 'return') : 'return'
}

/** `return Promise.reject(error)`, `return next(error)`. */
const rejects = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'reject'
