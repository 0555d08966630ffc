import type { Expr, FileFacts, Pattern, Stmt } from '../model/facts.js'
import { eachExpression, isExpression } from '../link/shape.js'

/** Names of members that code of the program reads anywhere, whether or not it was seen what: a member whose name is never read holds what nobody can miss. */
export class NamesRead {
  private names: Set<string> | undefined

  constructor(private readonly files: () => FileFacts[]) {}

  has(name: string): boolean {
    this.names ??= this.find()
    return this.names.has(name)
  }

  private find(): Set<string> {
    const names = new Set<string>()
    for (const { functions } of this.files()) for (const { params, body } of functions) {
      for (const { t } of params) taken(t, names)
      inBody(body, names)
    }
    return names
  }
}

const inBody = (body: Stmt[], names: Set<string>): void => {
  const written = new Set<Expr>()
  const seen = new Set<Stmt>()
  eachExpression(body, (x, s) => {
    if (s.k === 'var' && seen.size !== seen.add(s).size) for (const { t } of s.d) taken(t, names)
    if (x.k !== 'set' || x.op !== '=') return
    if (isExpression(x.l)) written.add(x.l)
    else taken(x.l, names)
  })
  eachExpression(body, (x) => {
    if (x.k === 'mem' && !written.has(x)) names.add(x.n)
    else if (x.k === 'elem' && x.i.k === 'lit' && typeof x.i.v === 'string' && !written.has(x)) names.add(x.i.v)
  })
}

/** `const { name } = …` */
const taken = (pattern: Pattern, names: Set<string>): void => {
  if (pattern.k === 'def') taken(pattern.t, names)
  else if (pattern.k === 'objpat') for (const { n, t } of pattern.m) {
    if (n !== undefined) names.add(n)
    taken(t, names)
  } else if (pattern.k === 'arrpat') for (const t of pattern.x) if (t) taken(t, names)
}
