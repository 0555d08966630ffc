import type { BindingId, Expr, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'
import { eachInside, membersIn } from '../link/shape.js'

/** Which verbs get to the calls of a handler that asks for them itself: `if (req.method === 'POST')`, `switch (method)`. */
export interface Verbs {
  /** The verbs that it serves, in the order of its text. */
  served: string[]
  /** Verbs that get to a call; absent where all do. */
  at: ReadonlyMap<Expr, ReadonlySet<string>>
}

const KNOWN = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** Any verb that is not named. */
const OTHER = '*'
const ALL: ReadonlySet<string> = new Set([...KNOWN, OTHER])
const NONE: ReadonlySet<string> = new Set()
const REQUEST = /^_?(req|request|nextReq|ctx|context|c|event|evt)$/
const METHOD = /^(method|httpMethod)$/
/** What says no to a verb. */
const REFUSES = /^(status|json|jsonp|send|end|close|setHeader|set|header|headers|append|writeHead|sendStatus|redirect|log|warn|error|info|debug|text|notFound|methodNotAllowed|createError|format|stringify|includes|join|next|\w*Error|\w*Response)$/

const studied = new WeakMap<FnFact, Verbs | null>()

export const verbsOf = (facts: FileFacts, fn: FnFact): Verbs | undefined => {
  let known = studied.get(fn)
  if (known === undefined) studied.set(fn, (known = new Reader(facts, fn).read() ?? null))
  return known ?? undefined
}

/** Does a verb get to a call of a function? */
export const getsTo = (facts: FileFacts, fn: FnFact, verb: string | undefined, site: Expr): boolean => verb === undefined || (verbsOf(facts, fn)?.at.get(site)?.has(verb) ?? true)

type VerbSet = ReadonlySet<string>

/** The verb that decides what a function does that asks for it: where it was chosen by, or where the function of a route for one verb serves others too. */
export const verbAt = ({ verb, kind, method }: { verb?: string; kind: string; method?: string | undefined }, { fn }: { fn: FnFact }): string | undefined =>
  verb ?? ((kind === 'route' || kind === 'lambda') && method !== undefined && KNOWN.includes(method) && (membersIn(fn).has('method') || membersIn(fn).has('httpMethod')) ? method : undefined)

class Reader {
  private readonly asked = new Set<string>()
  private readonly at = new Map<Expr, VerbSet>()
  private readonly methods = new Set<BindingId>()
  /** `const adds = req.method !== 'DELETE'` */
  private readonly answers = new Map<BindingId, { yes: VerbSet; no: VerbSet }>()
  private leftBy: VerbSet = NONE
  /** `req.method === 'GET' ? req.query : req.body`: what follows is done for those that bring a body, too. */
  private takesBody = false

  constructor(private readonly facts: FileFacts, private readonly fn: FnFact) {}

  read(): Verbs | undefined {
    for (const { t } of this.fn.params) this.declare(t, undefined)
    const end = this.body(this.fn.body, ALL)
    const named = [...this.asked].filter((verb) => verb !== 'OPTIONS' && verb !== 'HEAD')
    if (named.length === 0) return undefined
    const served = named.filter((verb) => this.serves(verb) || (this.takesBody && end.has(verb)))
    if (this.serves(OTHER) || this.takesBody) served.push(this.asked.has('GET') ? 'POST' : 'GET')
    return served.length > 0 ? { served: [...new Set(served)], at: this.at } : undefined
  }

  /** Is there something that is done for a verb, and not for all of those that are asked for, other than to refuse it? */
  private serves(verb: string): boolean {
    return [...this.at].some(([site, live]) => site.k !== 'set' && live.has(verb) && (verb !== OTHER || ([...this.asked].some((one) => !live.has(one)) && !REFUSES.test(calleeName(this.facts, site)))))
  }

  // ---------------------------------------------------------------- statements

  private body(body: Stmt[], start: VerbSet): VerbSet {
    let live = start
    for (const s of body) {
      if (live.size === 0) return live
      live = this.statement(s, live)
    }
    return live
  }

  private statement(s: Stmt, live: VerbSet): VerbSet {
    switch (s.k) {
      case 'expr': return this.note(s.x, live)
      case 'var':
        for (const { t, i } of s.d) {
          if (i) this.note(i, live)
          this.declare(t, i)
        }
        return live
      case 'ret': case 'throw':
        if (s.x) this.note(s.x, live)
        return NONE
      case 'continue': return NONE
      case 'break':
        this.leftBy = union(this.leftBy, live)
        return NONE
      case 'if': {
        this.note(s.t, live)
        const { yes, no } = this.test(s.t)
        return union(this.body(s.c, both(live, yes)), this.body(s.a ?? [], both(live, no)))
      }
      case 'switch': return this.choice(s, live)
      case 'loop': {
        const outer = this.leftBy
        if (s.t) this.note(s.t, live)
        this.body(s.b, live)
        this.leftBy = outer
        return live
      }
      case 'try': {
        const tried = this.body(s.b, live)
        const caught = this.body(s.c ?? [], live)
        if (s.f) this.body(s.f, live)
        return union(tried, s.c ? caught : NONE)
      }
      case 'block': return this.body(s.b, live)
      default: return live
    }
  }

  private choice(s: Stmt & { k: 'switch' }, live: VerbSet): VerbSet {
    this.note(s.x, live)
    const outer = this.leftBy
    this.leftBy = NONE
    const labels = this.isMethod(s.x) ? s.cases.map(({ t }) => (t === undefined ? undefined : verbIn(t))) : []
    const named = new Set(labels.flatMap((verb) => verb ?? []))
    for (const verb of named) this.asked.add(verb)
    let falling: VerbSet = NONE
    for (const [i, { t, b }] of s.cases.entries()) {
      const verb = labels[i]
      const entering = verb !== undefined ? new Set([verb]) : t === undefined ? without(ALL, named) : ALL
      falling = this.body(b, union(falling, both(live, entering)))
    }
    const rest = s.cases.some(({ t }) => t === undefined) ? NONE : without(live, named)
    const end = union(union(falling, this.leftBy), rest)
    this.leftBy = outer
    return end
  }

  /** Notes the calls of an expression; what follows it is reached by the same. */
  private note(x: Expr, live: VerbSet): VerbSet {
    if (x.k === 'log' && x.op !== '??') {
      this.note(x.l, live)
      const { yes, no } = this.test(x.l)
      this.note(x.r, both(live, x.op === '&&' ? yes : no))
    } else if (x.k === 'cond') {
      this.note(x.t, live)
      const { yes, no } = this.test(x.t)
      this.note(x.c, both(live, yes))
      this.note(x.a, both(live, no))
    } else if (x.k === 'await') this.note(x.x, live)
    else if (live.size < ALL.size) eachInside(x, (inner) => {
      if (inner.k === 'call' || inner.k === 'new' || inner.k === 'fn' || inner.k === 'set') this.at.set(inner, live)
      else if (inner.k === 'mem' && inner.n === 'body' && this.isRequest(inner.o) && live.has(OTHER)) this.takesBody = true
    })
    return live
  }

  // ---------------------------------------------------------------- tests

  /** The verbs for which a test can pass, and those for which it can fail. */
  private test(x: Expr): { yes: VerbSet; no: VerbSet } {
    if (x.k === 'un' && x.op === '!') {
      const { yes, no } = this.test(x.x)
      return { yes: no, no: yes }
    }
    if (x.k === 'log' && x.op !== '??') {
      const [l, r] = [this.test(x.l), this.test(x.r)]
      return x.op === '&&' ? { yes: both(l.yes, r.yes), no: union(l.no, r.no) } : { yes: union(l.yes, r.yes), no: both(l.no, r.no) }
    }
    const answered = x.k === 'ref' ? this.answers.get(x.b) : undefined
    if (answered) return answered
    const verbs = this.comparedWith(x)
    if (!verbs) return { yes: ALL, no: ALL }
    for (const verb of verbs) this.asked.add(verb)
    const others = without(ALL, verbs)
    return x.k === 'bin' && x.op.startsWith('!') ? { yes: others, no: verbs } : { yes: verbs, no: others }
  }

  private comparedWith(x: Expr): VerbSet | undefined {
    if (x.k === 'bin' && /^[!=]==?$/.test(x.op)) {
      const verb = this.isMethod(x.l) ? verbIn(x.r) : this.isMethod(x.r) ? verbIn(x.l) : undefined
      return verb === undefined ? undefined : new Set([verb])
    }
    if (x.k !== 'call' || x.f.k !== 'mem' || x.f.n !== 'includes' || x.f.o.k !== 'arr' || !x.a[0] || !this.isMethod(x.a[0])) return undefined
    const verbs = x.f.o.x.flatMap((item) => verbIn(item) ?? [])
    return verbs.length === x.f.o.x.length ? new Set(verbs) : undefined
  }

  private isMethod(x: Expr): boolean {
    if (x.k === 'ref') return this.methods.has(x.b)
    if (x.k === 'mem') return METHOD.test(x.n) && this.isRequest(x.o)
    if (x.k === 'log') return this.isMethod(x.l)
    return x.k === 'call' && x.f.k === 'mem' && /^to(Upper|Lower)Case$/.test(x.f.n) && this.isMethod(x.f.o)
  }

  private isRequest(x: Expr): boolean {
    if (x.k === 'mem') return REQUEST.test(x.n) && (x.o.k === 'ref' || x.o.k === 'mem')
    return x.k === 'ref' && REQUEST.test(this.facts.bindings[x.b]?.n ?? '')
  }

  /** `const { method } = req`, `const method = req.method`, `({ method, body }, res) => …`. */
  private declare(t: Pattern, value: Expr | undefined): void {
    if (t.k === 'bind' && value && this.isMethod(value)) this.methods.add(t.b)
    else if (t.k === 'bind' && value && (value.k === 'bin' || value.k === 'un' || value.k === 'log')) {
      const answer = this.test(value)
      if (answer.yes !== ALL || answer.no !== ALL) this.answers.set(t.b, answer)
    }
    if (t.k !== 'objpat' || (value && !this.isRequest(value))) return
    for (const { n, t: inner } of t.m) if (n !== undefined && METHOD.test(n) && inner.k === 'bind') this.methods.add(inner.b)
  }
}

const verbIn = (x: Expr): string | undefined => {
  const verb = x.k === 'lit' && typeof x.v === 'string' ? x.v.toUpperCase() : x.k === 'mem' ? x.n.toUpperCase() : undefined
  return verb !== undefined && KNOWN.includes(verb) ? verb : undefined
}

const calleeName = (facts: FileFacts, x: Expr): string => {
  if (x.k === 'fn') return 'next'
  const f = x.k === 'call' || x.k === 'new' ? x.f : x
  return f.k === 'mem' ? f.n : f.k === 'ref' ? facts.bindings[f.b]?.n ?? '' : f.k === 'glob' ? f.n : ''
}

const both = (a: VerbSet, b: VerbSet): VerbSet => (b === ALL ? a : a === ALL ? b : new Set([...a].filter((one) => b.has(one))))
const union = (a: VerbSet, b: VerbSet): VerbSet => (a.size === 0 ? b : b.size === 0 ? a : a === ALL || b === ALL ? ALL : new Set([...a, ...b]))
const without = (a: VerbSet, b: VerbSet): VerbSet => new Set([...a].filter((one) => !b.has(one)))
