import type { CallExpr, Expr, FileFacts, ObjectExpr } from '../model/facts.js'

/** One call of a chain: `text('email').unique()` is `text` then `unique`. */
export interface Link { name: string; args: Expr[] }
export interface Chain { root?: Expr; links: Link[]; p: number; e: number }

/** Last name of what is called: `Schema` of `new mongoose.Schema()`. */
export function lastName(facts: FileFacts, x: Expr | undefined): string | undefined {
  if (x?.k === 'mem') return x.n
  if (x?.k === 'glob') return x.n
  return x?.k === 'ref' ? facts.bindings[x.b]?.n : undefined
}

export function text(x: Expr | undefined): string | undefined {
  if (x?.k === 'lit' && typeof x.v === 'string') return x.v
  return x?.k === 'tpl' && x.x.length === 0 && !x.tag ? x.q[0] : undefined
}

export function isTrue(x: Expr | undefined): boolean {
  return x?.k === 'lit' && x.v === true
}

export function isFalse(x: Expr | undefined): boolean {
  return x?.k === 'lit' && x.v === false
}

export function object(x: Expr | undefined): ObjectExpr | undefined {
  return x?.k === 'obj' ? x : undefined
}

/** What a constant of the file stands for: `const fields = { … }`. */
export function constant(facts: FileFacts, x: Expr | undefined): Expr | undefined {
  if (x?.k !== 'ref') return x
  return facts.functions[0]?.body.flatMap(stmt => (stmt.k === 'var' ? stmt.d : [])).find(({ t }) => t.k === 'bind' && t.b === x.b)?.i
}

export function prop(x: Expr | undefined, name: string): Expr | undefined {
  return object(x)?.m.find(one => one.n === name)?.v
}

/** Texts of an array (or of one text): also `[t.a, t.b]`, `t => [t.a, t.b]` by their last names. */
export function texts(facts: FileFacts, x: Expr | undefined): string[] {
  if (x?.k === 'arr') return x.x.flatMap(one => texts(facts, one))
  if (x?.k === 'fn') return texts(facts, returned(facts, x))
  if (x?.k === 'mem') return [x.n]
  if (x?.k === 'obj') return x.m.flatMap(one => (one.n === 'name' || one.n === 'fields' || one.n === 'columns' ? texts(facts, one.v) : []))
  const one = text(x)
  return one === undefined ? [] : [one]
}

/** What a function yields: its first returned value. */
export function returned(facts: FileFacts, x: Expr | undefined): Expr | undefined {
  if (x?.k !== 'fn') return x
  const found = facts.functions[x.f]?.body.find(stmt => stmt.k === 'ret')
  return found?.k === 'ret' ? found.x : undefined
}

/** The calls of a chain, first to last, and what it stands on. */
export function chainOf(facts: FileFacts, call: CallExpr): Chain {
  const links: Link[] = []
  let at: Expr = call
  while (at.k === 'call') {
    const name = lastName(facts, at.f)
    links.unshift({ name: name ?? '', args: at.a })
    if (at.f.k !== 'mem') return { links, p: call.p, e: call.e }
    at = at.f.o
  }
  return { root: at, links, p: call.p, e: call.e }
}

/** The calls that a chain's root itself is made by are links of it too. */
export function inner(call: CallExpr): CallExpr[] {
  const found: CallExpr[] = []
  for (let at: Expr = call.f; at.k === 'mem';) {
    at = at.o
    if (at.k !== 'call') break
    found.push(at)
    at = at.f
  }
  return found
}

interface Node { k: string }

/** Calls every expression and declarator under a fact, outer ones first. */
export function visit(node: unknown, each: (node: Node & Record<string, unknown>) => void): void {
  if (Array.isArray(node)) for (const one of node) visit(one, each)
  else if (typeof node === 'object' && node !== null) {
    each(node as Node & Record<string, unknown>)
    for (const key in node) {
      const value = (node as Record<string, unknown>)[key]
      if (typeof value === 'object') visit(value, each)
    }
  }
}
