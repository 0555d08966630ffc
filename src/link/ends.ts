import type { Expr, Stmt } from '../model/facts.js'

/** How a text that is put together begins and ends, where it says so in letters. */
export interface Ends {
  before: string
  after: string
}

export const endsOf = (x: Expr): Ends | undefined => {
  const parts = x.k === 'tpl' && !x.tag ? [x.q[0], x.q.at(-1)] : x.k === 'bin' && x.op === '+' ? [firstOf(x), lastOf(x)] : []
  const [before = '', after = ''] = parts
  return /\w/.test(before + after) ? { before, after } : undefined
}

/** May a text that begins and ends so be this name? */
export const fits = (name: string, { before, after }: Ends): boolean => name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)

/** ``Mailer.prototype[`${kind}Email`] = …``, also by a name of the same function: what each instance has, and under no other names. */
export const endsOnPrototype = (target: Expr, body: Stmt[]): Ends | undefined => {
  if (target.k !== 'elem' || target.o.k !== 'mem' || target.o.n !== 'prototype') return undefined
  const key = target.i
  if (key.k !== 'ref') return endsOf(key)
  for (const s of body) if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && t.b === key.b && i) return endsOf(i)
  return undefined
}

const textOf = (x: Expr): string => (x.k === 'lit' && typeof x.v === 'string' ? x.v : '')
const firstOf = (x: Expr): string => (x.k === 'bin' && x.op === '+' ? firstOf(x.l) : textOf(x))
const lastOf = (x: Expr): string => (x.k === 'bin' && x.op === '+' ? lastOf(x.r) : textOf(x))
