import type { Expr, FileFacts } from '../model/facts.js'

/** A member of something, and its name: `row.sentAt`, `row['sentAt']`, `row[config.fields.sentAt]`. */
export interface Field {
  o: Expr
  n: string
}

/** Names that a setting of the program says stand for themselves: whoever writes `config.fields.sentAt` means the same field. */
export const fieldOf = (facts: FileFacts, x: Expr): Field | undefined => {
  if (x.k === 'mem') return x
  if (x.k !== 'elem') return undefined
  if (x.i.k === 'lit' && typeof x.i.v === 'string') return { o: x.o, n: x.i.v }
  return x.i.k === 'mem' && isSetting(facts, x.i.o) ? { o: x.o, n: x.i.n } : undefined
}

/** Of what a module imports or declares. */
const isSetting = (facts: FileFacts, x: Expr): boolean => {
  if (x.k === 'mem') return isSetting(facts, x.o)
  const fact = x.k === 'ref' ? facts.bindings[x.b] : undefined
  return fact !== undefined && (fact.kind === 'import' || (fact.kind === 'const' && fact.f === 0))
}
