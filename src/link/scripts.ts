import type { Expr, FileFacts, Stmt } from '../model/facts.js'
import type { Unit } from './instances.js'
import { somePart } from './shape.js'

/** Files that do their work and end the process, by themselves: migrations, maintenance, workers of one job. A server does not. */
export const isScript = ({ facts }: Unit): boolean => {
  const [body] = facts.functions
  return body !== undefined && ends(body.body, facts, 0)
}

const ends = (body: Stmt[], facts: FileFacts, depth: number): boolean => body.some((s) => {
  if (s.k === 'expr') return isExit(s.x) || startsEnding(s.x, facts, depth)
  if (s.k === 'try') return ends(s.b, facts, depth) || (s.f !== undefined && ends(s.f, facts, depth))
  return s.k === 'block' && ends(s.b, facts, depth)
})

/** A call that ends the process. */
export const endsProcess = (x: Expr): x is Expr & { k: 'call' } => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'exit' && x.f.o.k === 'glob' && x.f.o.n === 'process'

/** An exit of the process that says all is well. */
const isExit = (x: Expr): boolean => {
  if (x.k === 'await') return isExit(x.x)
  if (!endsProcess(x)) return false
  const [code] = x.a
  return code === undefined || (code.k === 'lit' && code.v === 0)
}

/** `(async () => { …; exit(0) })()`, `main().then(() => exit(0))`, `main()` of such a function. */
const startsEnding = (x: Expr, facts: FileFacts, depth: number): boolean => {
  if (depth > 3) return false
  if (x.k === 'await' || (x.k === 'un' && x.op === 'void')) return startsEnding(x.x, facts, depth)
  if (x.k !== 'call') return false
  const index = x.f.k === 'fn' ? x.f.f : x.f.k === 'ref' ? facts.bindings[x.f.b]?.fn : undefined
  const called = index === undefined ? undefined : facts.functions[index]
  if (called && ends(called.body, facts, depth + 1)) return true
  if (x.f.k !== 'mem') return false
  return (/^(then|finally)$/.test(x.f.n) && x.a.some((arg) => arg.k === 'fn' && endsIn(arg.f, facts, depth))) || startsEnding(x.f.o, facts, depth)
}

const endsIn = (index: number, facts: FileFacts, depth: number): boolean => {
  const fn = facts.functions[index]
  if (!fn) return false
  return ends(fn.body, facts, depth + 1) || fn.body.some((s) => s.k === 'ret' && s.x !== undefined && hasExit(s.x))
}

const hasExit = (x: Expr): boolean => {
  return somePart(x, (part) => isExit(part))
}
