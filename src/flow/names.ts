import type { Expr, FileFacts, Pattern, Stmt } from '../model/facts.js'
import { eachExpression } from '../link/shape.js'

/** What calls are called by: the member or constant that their result is given to (`create: procedure.mutation(…)`). */
export class DeclaredNames {
  private readonly ofFile = new Map<FileFacts, Map<Expr, string>>()

  of(facts: FileFacts, x: Expr): string | undefined {
    let names = this.ofFile.get(facts)
    if (!names) {
      this.ofFile.set(facts, (names = new Map()))
      for (const fn of facts.functions) collect(facts, fn.body, names)
    }
    return names.get(x)
  }
}

const collect = (facts: FileFacts, body: Stmt[], into: Map<Expr, string>): void => {
  for (const s of body) if (s.k === 'var') for (const { t, i } of s.d) if (i) declare(facts, t, i, into)
  eachExpression(body, (x) => {
    if (x.k === 'set' && x.op === '=' && x.l.k === 'mem') into.set(x.r, x.l.n)
    if (x.k === 'obj') for (const { n, v, kind } of x.m) if (n !== undefined && kind === 'init') into.set(v, n)
    if (x.k === 'call') named(facts, x, into)
  })
}

/** `builder.mutationField('rename', (t) => t.field(…))`: what the function there gives goes by the name before it. */
const named = (facts: FileFacts, { a: [name, made] }: Expr & { k: 'call' }, into: Map<Expr, string>): void => {
  if (name?.k !== 'lit' || typeof name.v !== 'string' || made?.k !== 'fn') return
  const [only, ...rest] = facts.functions[made.f]?.body ?? []
  if (only?.k === 'ret' && only.x?.k === 'call' && rest.length === 0) into.set(only.x, name.v)
}

const declare = (facts: FileFacts, target: Pattern, value: Expr, into: Map<Expr, string>): void => {
  const name = target.k === 'bind' ? facts.bindings[target.b]?.n : undefined
  if (name !== undefined) into.set(value, name)
}
