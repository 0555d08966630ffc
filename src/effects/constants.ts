import type { Expr, FileFacts } from '../model/facts.js'

/** Does a name stand for one value, whoever asks: imported, an enum, or a constant of the module? */
export const isConstant = ({ kind, f }: FileFacts['bindings'][number]): boolean => kind === 'import' || kind === 'enum' || (kind === 'const' && f === 0)

/** A constant as it is written: a text or number, or the last two names of `User.State.Paid`. */
export const constantText = ({ bindings }: FileFacts, x: Expr): string | undefined => {
  if (x.k === 'lit') return typeof x.v === 'string' || typeof x.v === 'number' ? `'${x.v}` : undefined
  if (x.k !== 'mem') return undefined
  if (x.o.k === 'mem') return /^[A-Z]/.test(x.n) && /^[A-Z]/.test(x.o.n) ? `${x.o.n}.${x.n}` : undefined
  const holder = x.o.k === 'ref' ? bindings[x.o.b] : undefined
  return holder && isConstant(holder) ? `${holder.n}.${x.n}` : undefined
}

/** Are two constants of one kind, so that other names are other values? */
export const areOfOneKind = (x: string, y: string): boolean => (x.startsWith("'") ? y.startsWith("'") : x.slice(0, x.indexOf('.')) === y.slice(0, y.indexOf('.')))
