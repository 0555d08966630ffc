import type { BindingId, CallExpr, Expr, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'

/**
 * What the text of a function says about how precisely its calls must be told apart. A function that keeps, calls or passes
 * on what it is given (`asyncHandler(fn)`, `route({ handler })`) must not mix its callers; nor one that makes what it returns.
 */
export interface FnShape {
  /** Parameters are called, captured by inner functions, or passed on. */
  higherOrder: boolean
  /** Returns something that it makes. */
  factory: boolean
  /** Does nothing but put what it is given into something new, or give it back: `ok(data)`, `failure(error)`. What one caller wraps is no other's. */
  wraps: boolean
  /** Puts a text together of what it is given: `path('users')`. */
  spells: boolean
  /** Parameters that choose: `handlers[name]`, `bus.emit(name)`. Calls with different texts lead to different things. */
  keys: number[]
  /** The same of members that a parameter is taken apart into: `emit({ name, payload })`. */
  memberKeys?: { param: number; name: string }[]
  /** The class of which it ends with an instance: `return new EventService(store)`. */
  serves?: BindingId
  /** Hands on to the same method of what its object was given: `handle(x) { return this.inner.handle(x) }`. Each object leads to another one. */
  handsOn?: true
}

/** Methods whose first argument says which of many things is meant. */
const KEYED = new Set(['get', 'emit', 'emitAsync', 'on', 'once', 'addListener', 'publish', 'subscribe', 'fire', 'trigger', 'dispatch', 'model', 'define'])

const shapes = new WeakMap<FnFact, FnShape>()

export const shapeOf = (facts: FileFacts, fn: FnFact): FnShape => {
  const known = shapes.get(fn)
  if (known) return known
  const made = new ShapeReader(facts, fn).read()
  shapes.set(fn, made)
  return made
}

/** The lists of statements that stand directly inside a statement, in source order. */
export const blocksOf = (s: Stmt): Stmt[][] => {
  switch (s.k) {
    case 'if': return s.a ? [s.c, s.a] : [s.c]
    case 'loop': return [s.init ?? [], s.b]
    case 'try': return [s.b, s.c ?? [], s.f ?? []]
    case 'switch': return s.cases.map((c) => c.b)
    case 'block': return [s.b]
    default: return []
  }
}

/** The bindings that a pattern declares. */
export const boundBy = (pattern: Pattern, into: Set<BindingId> = new Set()): Set<BindingId> => {
  if (pattern.k === 'bind') into.add(pattern.b)
  else if (pattern.k === 'def') boundBy(pattern.t, into)
  else if (pattern.k === 'objpat') for (const m of pattern.m) boundBy(m.t, into)
  else if (pattern.k === 'arrpat') for (const m of pattern.x) if (m) boundBy(m, into)
  if ((pattern.k === 'objpat' || pattern.k === 'arrpat') && pattern.rest) boundBy(pattern.rest, into)
  return into
}

class ShapeReader {
  private readonly params = new Set<BindingId>()
  private readonly shape: FnShape = { higherOrder: false, factory: false, wraps: false, spells: false, keys: [] }

  constructor(private readonly facts: FileFacts, private readonly fn: FnFact) {
    for (const param of fn.params) boundBy(param.t, this.params)
    if (this.params.size > 0) this.addAliases(fn.body)
    if (fn.args) this.shape.higherOrder = true
  }

  read(): FnShape {
    eachExpression(this.fn.body, (x, statement) => this.see(x, statement))
    this.shape.wraps = this.isWrapper()
    this.shape.spells = this.params.size > 0 && this.spells()
    const served = this.shape.factory ? this.served() : undefined
    if (served !== undefined) this.shape.serves = served
    if (!this.shape.higherOrder && this.params.size > 0 && this.declaresCapturing(this.fn.body)) this.shape.higherOrder = true
    return this.shape
  }

  private isWrapper(): boolean {
    const [only, ...others] = this.fn.body
    const x = only?.k === 'ret' ? only.x : undefined
    if (!x || others.length > 0 || this.params.size === 0) return false
    return x.k === 'obj' || x.k === 'new' ? this.isPlain(x) && partsOf(x).some((part) => this.holdsParam(part)) : this.isParam(x)
  }

  private served(): BindingId | undefined {
    const last = this.fn.body.at(-1)
    const x = last?.k === 'ret' ? last.x : undefined
    const made = x?.k === 'ref' ? this.declared(x.b) : x
    return made?.k === 'new' && made.f.k === 'ref' ? made.f.b : undefined
  }

  /** What a name of the body was declared with. */
  private declared(binding: BindingId): Expr | undefined {
    return this.fn.body.flatMap((s) => (s.k === 'var' ? s.d : [])).find(({ t }) => t.k === 'bind' && t.b === binding)?.i
  }

  private spells(): boolean {
    const last = this.fn.body.at(-1)
    const x = last?.k === 'ret' ? last.x : undefined
    const made = x?.k === 'ref' ? this.declared(x.b) : x
    return made !== undefined && (made.k === 'tpl' ? !made.tag && made.x.some((part) => this.isParam(part)) : made.k === 'bin' && made.op === '+' && [made.l, made.r].some((part) => this.isParam(part) || part.k === 'lit'))
  }

  /** Written out, of parameters and what is constant. */
  private isPlain(x: Expr): boolean {
    if (x.k === 'lit' || x.k === 'glob' || x.k === 'ref') return true
    if (x.k === 'mem') return this.isPlain(x.o)
    if (x.k === 'spread') return this.isPlain(x.x)
    if (x.k === 'new') return x.f.k === 'ref' && partsOf(x).every((part) => this.isPlain(part))
    return (x.k === 'obj' || x.k === 'arr') && partsOf(x).every((part) => this.isPlain(part))
  }

  /** `function wrap(fn) { function wrapped(...args) { return fn(...args) } return wrapped }` */
  private declaresCapturing(body: Stmt[]): boolean {
    return body.some((s) => (s.k === 'fn' ? this.captures(s.f) : blocksOf(s).some((block) => this.declaresCapturing(block))))
  }

  /** `const callback = typeof options === 'function' ? options : last`, `const { handler } = options`. */
  private addAliases(body: Stmt[]): void {
    for (const s of body) {
      if (s.k === 'var') for (const d of s.d) if (d.i && this.derives(d.i)) boundBy(d.t, this.params)
      if (s.k === 'if') for (const part of [s.c, s.a ?? []]) this.addAliases(part)
      else if (s.k === 'try') this.addAliases(s.b)
      else if (s.k === 'block') this.addAliases(s.b)
    }
  }

  private derives(x: Expr): boolean {
    if (x.k === 'cond') return this.derives(x.c) || this.derives(x.a)
    return x.k === 'log' ? this.derives(x.l) || this.derives(x.r) : this.isParam(x)
  }

  private see(x: Expr, statement: Stmt): void {
    if (statement.k === 'ret' && x === statement.x && (makes(x) || this.isDeclaredHere(x) || this.wraps(x))) this.shape.factory = true
    this.seeKey(x)
    if (x.k === 'call' && x.f.k === 'mem' && x.f.n === this.fn.n && x.f.o.k === 'mem' && x.f.o.o.k === 'this' && this.isGiven(x.f.o.n)) this.shape.handsOn = true
    if (this.shape.higherOrder) return
    if (x.k === 'call' && (this.isParam(x.f) || x.a.some((arg) => this.holdsParam(arg)))) this.shape.higherOrder = true
    else if (x.k === 'new' && (this.isParam(x.f) || x.a.some((arg) => this.holdsParam(arg)))) this.shape.higherOrder = true
    else if (x.k === 'fn' && this.captures(x.f)) this.shape.higherOrder = true
    else if (x.k === 'class' && this.params.size > 0) this.shape.higherOrder = true
  }

  /** A member that the constructor is given whole. */
  private isGiven(member: string): boolean {
    const { ctor } = (this.fn.cls === undefined ? undefined : this.facts.classes[this.fn.cls]) ?? {}
    const made = ctor === undefined ? undefined : this.facts.functions[ctor]
    const given = new Set(made?.params.flatMap(({ t }) => (t.k === 'bind' ? [t.b] : [])))
    return made !== undefined && someExpression(made.body, (x) => x.k === 'set' && x.l.k === 'mem' && x.l.o.k === 'this' && x.l.n === member && x.r.k === 'ref' && given.has(x.r.b))
  }

  /** `createOne = (Model) => catchAsync(async (req, res) => …)` */
  private wraps(x: Expr): boolean {
    return x.k === 'call' && x.f.k === 'ref' && this.params.size > 0 && x.a.some((arg) => arg.k === 'fn' && this.captures(arg.f))
  }

  /** `function wrapped() { … } return wrapped` */
  private isDeclaredHere(x: Expr): boolean {
    const binding = x.k === 'ref' ? this.facts.bindings[x.b] : undefined
    if (!binding || this.facts.functions[binding.f] !== this.fn) return false
    return binding.kind === 'fn' || this.isMadeIn(this.fn.body, (x as Expr & { k: 'ref' }).b)
  }

  /** `const methods = { … }; return methods` */
  private isMadeIn(body: Stmt[], binding: BindingId): boolean {
    return body.some((s) => (s.k === 'var' ? s.d.some(({ t, i }) => t.k === 'bind' && t.b === binding && i !== undefined && makes(i)) : blocksOf(s).some((block) => this.isMadeIn(block, binding))))
  }

  private seeKey(x: Expr): void {
    const key = x.k === 'elem' ? x.i : x.k === 'call' && x.f.k === 'mem' && KEYED.has(x.f.n) ? x.a[0] : undefined
    if (key?.k === 'mem' && x.k === 'call') return this.seeMemberKey(key)
    if (key?.k !== 'ref') return
    const index = this.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === key.b)
    const member = index < 0 ? this.memberOf(key.b) : undefined
    if ((index < 0 && !member) || this.shape.keys.includes(index) || this.isLocal(x.k === 'elem' ? x.o : (x as Expr & { k: 'call' }).f)) return
    if (member) (this.shape.memberKeys ??= []).push(member)
    else this.shape.keys.push(index)
  }

  /** `bus.emit(event.type, event)` */
  private seeMemberKey({ o, n }: Expr & { k: 'mem' }): void {
    const param = o.k === 'ref' ? this.fn.params.findIndex(({ t }) => t.k === 'bind' && t.b === o.b) : -1
    if (param >= 0) (this.shape.memberKeys ??= []).push({ param, name: n })
  }

  private memberOf(binding: BindingId): { param: number; name: string } | undefined {
    for (const [param, { t }] of this.fn.params.entries()) {
      const name = t.k === 'objpat' ? t.m.find((m) => m.t.k === 'bind' && m.t.b === binding)?.n : undefined
      if (name !== undefined) return { param, name }
    }
    return undefined
  }

  /** A member of something that the function itself holds: data, no table. */
  private isLocal(x: Expr): boolean {
    if (x.k === 'mem' || x.k === 'elem') return this.isLocal(x.o)
    if (x.k === 'await') return this.isLocal(x.x)
    return x.k === 'ref' && this.facts.functions[this.facts.bindings[x.b]?.f ?? 0] === this.fn
  }

  private isParam(x: Expr): boolean {
    if (x.k === 'ref') return this.params.has(x.b)
    return (x.k === 'mem' || x.k === 'elem') && this.isParam(x.o)
  }

  private holdsParam(x: Expr): boolean {
    if (this.isParam(x)) return true
    if (x.k === 'spread') return this.holdsParam(x.x)
    if (x.k === 'arr') return x.x.some((item) => this.holdsParam(item))
    return x.k === 'obj' && x.m.some((prop) => this.holdsParam(prop.v))
  }

  private captures(index: number): boolean {
    const inner = this.facts.functions[index]
    if (!inner) return false
    let found = false
    eachExpression(inner.body, (x) => {
      if (x.k === 'ref' && this.params.has(x.b)) found = true
      else if (x.k === 'fn' && !found) found = this.captures(x.f)
    })
    return found || this.declaresCapturing(inner.body)
  }
}

/** What a call or construction hands. */
export const argumentsOf = (site: Expr): Expr[] => (site.k === 'call' || site.k === 'new' ? site.a : [])

const partsOf = (x: Expr): Expr[] => (x.k === 'obj' ? x.m.map(({ v }) => v) : x.k === 'arr' ? x.x : x.k === 'new' ? x.a : [])

const makes = (x: Expr): boolean => x.k === 'obj' || x.k === 'new' || x.k === 'fn' || x.k === 'class' || (x.k === 'await' && makes(x.x))

/** The expressions of statements, and the statement that each stands in. */
interface Listed {
  expressions: Expr[]
  statements: Stmt[]
}

const lists = new WeakMap<Stmt[], Listed>()

/** Visits every expression of statements, outer before inner, not entering functions. Most bodies are asked about many times: they are walked once. */
export const eachExpression = (body: Stmt[], visit: (x: Expr, statement: Stmt) => void): void => {
  const { expressions, statements } = listOf(body)
  for (let i = 0; i < expressions.length; i++) visit(expressions[i] as Expr, statements[i] as Stmt)
}

const listOf = (body: Stmt[]): Listed => {
  let listed = lists.get(body)
  if (!listed) {
    listed = { expressions: [], statements: [] }
    listAll(body, listed)
    lists.set(body, listed)
  }
  return listed
}

const listAll = (body: Stmt[], into: Listed): void => {
  for (const statement of body) listStatement(statement, into)
}

const listStatement = (s: Stmt, into: Listed): void => {
  const on = (x: Expr | undefined): void => {
    if (x) listExpression(x, s, into)
  }
  switch (s.k) {
    case 'expr': case 'throw': return on(s.x)
    case 'ret': return on(s.x)
    case 'var':
      for (const d of s.d) {
        patternDefaults(d.t, on)
        on(d.i)
      }
      return
    case 'if':
      on(s.t)
      listAll(s.c, into)
      if (s.a) listAll(s.a, into)
      return
    case 'loop':
      if (s.init) listAll(s.init, into)
      on(s.t)
      on(s.upd)
      listAll(s.b, into)
      return
    case 'try':
      listAll(s.b, into)
      if (s.c) listAll(s.c, into)
      if (s.f) listAll(s.f, into)
      return
    case 'switch':
      on(s.x)
      for (const c of s.cases) {
        on(c.t)
        listAll(c.b, into)
      }
      return
    case 'block': listAll(s.b, into)
  }
}

const listExpression = (x: Expr, statement: Stmt, into: Listed): void => {
  eachInside(x, (inner) => {
    into.expressions.push(inner)
    into.statements.push(statement)
  })
}

const patternDefaults = (p: Pattern, on: (x: Expr) => void): void => {
  if (p.k === 'def') {
    on(p.d)
    patternDefaults(p.t, on)
  } else if (p.k === 'objpat') for (const m of p.m) patternDefaults(m.t, on)
  else if (p.k === 'arrpat') for (const m of p.x) if (m) patternDefaults(m, on)
}

/** Visits an expression and all inside it, outer first, not entering functions. Asked for so often that it makes no lists. */
export const eachInside = (x: Expr, visit: (x: Expr) => void): void => {
  visit(x)
  switch (x.k) {
    case 'ref': case 'lit': case 'glob': case 'fn': case 'this': return
    case 'mem': return eachInside(x.o, visit)
    case 'call': case 'new':
      eachInside(x.f, visit)
      for (const arg of x.a) eachInside(arg, visit)
      return
    case 'obj':
      for (const { c, v } of x.m) {
        if (c) eachInside(c, visit)
        eachInside(v, visit)
      }
      return
    case 'await': return eachInside(x.x, visit)
    default: for (const child of childrenOf(x)) eachInside(child, visit)
  }
}

/** Is there such an expression in statements, not entering functions? */
export const someExpression = (body: Stmt[], test: (x: Expr, statement: Stmt) => boolean): boolean => {
  const { expressions, statements } = listOf(body)
  return expressions.some((x, i) => test(x, statements[i] as Stmt))
}

/** The expression that stands for an inner function in the text of the one around it. */
export const writtenIn = (facts: FileFacts, around: FnFact, inner: FnFact): Expr | undefined => {
  const index = facts.functions.indexOf(inner)
  return listOf(around.body).expressions.find((x) => x.k === 'fn' && x.f === index)
}

/** Does an expression stand as a statement of its own? */
export const isStatement = (body: Stmt[], x: Expr): boolean => someExpression(body, (one, s) => one === x && s.k === 'expr' && s.x === x)

/** Is there such a statement in a function, at any depth? */
export const someStatement = (fn: FnFact, test: (s: Stmt) => boolean): boolean => {
  const inside = (body: Stmt[]): boolean => body.some((s) => test(s) || blocksOf(s).some(inside))
  return inside(fn.body)
}

/** Does a list of statements end the function, or what it does there, by itself? */
export const leaves = (body: Stmt[]): boolean => body.some((s) => s.k === 'ret' || s.k === 'throw')

const named = new WeakMap<FnFact, ReadonlySet<string>>()
const NAMELESS: ReadonlySet<string> = new Set()

/** Names of members in the body of a function: what looks for one of them walks only the bodies that have it. */
export const membersIn = (fn: FnFact): ReadonlySet<string> => {
  let names = named.get(fn)
  if (!names) {
    let found: Set<string> | undefined
    eachExpression(fn.body, (x) => { if (x.k === 'mem') (found ??= new Set()).add(x.n) })
    named.set(fn, (names = found ?? NAMELESS))
  }
  return names
}

/** `a.b().c()`: the calls of a chain, the last one first. */
export function* chainOf(x: Expr): Generator<CallExpr & { f: Expr & { k: 'mem' } }> {
  for (let at: Expr = x; isChained(at); at = at.f.o) yield at
}

const isChained = (x: Expr): x is CallExpr & { f: Expr & { k: 'mem' } } => x.k === 'call' && x.f.k === 'mem'

/** The same inside an expression, and for itself. */
export const somePart = (x: Expr, test: (x: Expr) => boolean): boolean => {
  let found = false
  eachInside(x, (part) => { found ||= test(part) })
  return found
}

/** Direct parts of an expression, in source order. */
export const childrenOf = (x: Expr): Expr[] => {
  switch (x.k) {
    case 'mem': return [x.o]
    case 'elem': return [x.o, x.i]
    case 'call': case 'new': return [x.f, ...x.a]
    case 'tpl': return x.tag ? [x.tag, ...x.x] : x.x
    case 'cond': return [x.t, x.c, x.a]
    case 'log': case 'bin': return [x.l, x.r]
    case 'un': case 'await': case 'spread': case 'upd': case 'del': return [x.x]
    case 'yield': return x.x ? [x.x] : []
    case 'arr': case 'seq': return x.x
    case 'obj': return x.m.flatMap((p) => (p.c ? [p.c, p.v] : [p.v]))
    case 'set': return isExpression(x.l) ? [x.l, x.r] : [x.r]
    case 'imp': return [x.s]
    default: return []
  }
}

const PATTERNS = new Set(['bind', 'objpat', 'arrpat', 'def', 'target'])
export const isExpression = (x: Expr | Pattern): x is Expr => !PATTERNS.has(x.k)

/** The value of a member of an object literal. */
export const memberOf = (x: Expr | undefined, name: string): Expr | undefined => (x?.k === 'obj' ? x.m.find(({ n }) => n === name)?.v : undefined)
