import { INSISTING, THROWING } from '../catalog/packages.js'
import type { BindingFact, BindingId, CallExpr, Expr, FileFacts, FnFact, Stmt } from '../model/facts.js'

type Said = Extract<Stmt, { k: 'expr' }>

/** `ctx.throw(404)` and `ctx.assert(user, 401)` of Koa, Egg and their like. */
const CONTEXT = /^(ctx|context)$/

/** Statements that only call something, of which it is known in the end whether they ever come back: `redirect('/login')`. */
export function markThrows(facts: FileFacts, said: readonly Said[]): void {
  if (said.length === 0) return
  const names = new Names(facts)
  for (const s of said) rewrite(s, names)
}

/** May a statement be one that throws by a call? */
export const maySpeak = (x: Expr): boolean => callIn(x.k === 'log' ? x.r : x) !== undefined

function rewrite(s: Said, names: Names): void {
  const { x } = s
  if (x.k === 'log' && x.op !== '??') {
    if (names.throws(x.r)) become(s, x.op === '&&' ? x.l : opposite(x.l), x.r)
  } else if (names.throws(x)) Object.assign(s, { k: 'throw' })
  else if (names.insists(x)) become(s, opposite(callIn(x)?.a[0] as Expr), callIn(x)?.a[1] ?? { k: 'lit', v: null, p: x.p, e: x.e })
}

/** What is said comes to `if (t) throw x`. */
function become(s: Said, t: Expr, x: Expr): void {
  Object.assign(s, { k: 'if', t, c: [{ k: 'throw', x, p: x.p }] })
  delete (s as Partial<Said>).x
}

const opposite = (x: Expr): Expr => {
  if (x.k === 'un' && x.op === '!') return x.x
  const turned = x.k === 'bin' ? { '===': '!==', '!==': '===', '==': '!=', '!=': '==' }[x.op] : undefined
  return x.k === 'bin' && turned !== undefined ? { ...x, op: turned } : { k: 'un', op: '!', x, p: x.p, e: x.e }
}

const callIn = (x: Expr): CallExpr | undefined => (x.k === 'await' ? callIn(x.x) : x.k === 'call' ? x : undefined)

class Names {
  private readonly throwing: ReadonlySet<BindingId>
  private readonly insisting: ReadonlySet<BindingId>

  constructor(private readonly facts: FileFacts) {
    this.throwing = imported(facts, THROWING)
    this.insisting = imported(facts, INSISTING)
  }

  throws(x: Expr): boolean {
    const f = callIn(x)?.f
    return f !== undefined && (this.isOf(f, this.throwing, 'fail') || this.isOfContext(f, 'throw') || this.isNever(f))
  }

  insists(x: Expr): boolean {
    const call = callIn(x)
    return call?.a[0] !== undefined && call.a[0].k !== 'spread' && (this.isOf(call.f, this.insisting, 'ok') || this.isOfContext(call.f, 'assert'))
  }

  /** By its name, or as a member of what stands for the whole: `assert.ok(…)`. */
  private isOf(f: Expr, names: ReadonlySet<BindingId>, member: string): boolean {
    if (f.k === 'mem') return f.n === member && f.o.k === 'ref' && this.insisting.has(f.o.b)
    return f.k === 'ref' && names.has(f.b)
  }

  private isOfContext(f: Expr, member: string): boolean {
    if (f.k !== 'mem' || f.n !== member) return false
    return CONTEXT.test(f.o.k === 'mem' ? f.o.n : f.o.k === 'ref' ? this.binding(f.o.b)?.n ?? '' : '')
  }

  /** `function refuse(): never { throw … }` */
  private isNever(f: Expr): boolean {
    const of = f.k === 'ref' ? this.binding(f.b)?.fn : undefined
    const fn = of === undefined ? undefined : this.facts.functions[of]
    return fn !== undefined && fn.gen === undefined && ((fn.ret?.k === 'prim' && fn.ret.n === 'never') || (fn.body.length > 0 && endsInError(fn)))
  }

  private binding(b: BindingId): BindingFact | undefined {
    return this.facts.bindings[b]
  }
}

/** It does nothing but to say what went wrong, and to throw. */
const endsInError = ({ body }: FnFact): boolean => body.at(-1)?.k === 'throw' && body.every(({ k }) => k === 'expr' || k === 'var' || k === 'throw')

const imported = (facts: FileFacts, of: Readonly<Record<string, readonly string[]>>): ReadonlySet<BindingId> =>
  new Set(facts.imports.flatMap(({ s, names }) => (Object.hasOwn(of, s) ? names.filter(({ n }) => of[s]?.includes(n) === true || (n === '*' && of[s]?.includes('default') === true)).map(({ b }) => b) : [])))
