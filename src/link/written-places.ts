import type { Expr } from '../model/facts.js'
import type { Unit } from './instances.js'
import type { Analysis } from './analysis.js'
import type { FnValue, Value } from './values.js'

export interface Placed {
  unit: Unit
  start: number
  end: number
}

/** Where a member is written whose value a call with several arguments gives. */
export const calledMember = (holder: Value, name: string): Placed | undefined => memberAt(holder, name, ({ k, a }) => k === 'call' && a.length > 1)

/** Where a member is written that is an object whose class has its function from another one: `addBook: new AddBook()`, of fields that all inherit `resolve`. */
export const inheritedMember = (a: Analysis, holder: Value, name: string, { unit, fn }: FnValue): Placed | undefined => {
  const values = holder.kind === 'object' ? a.of(holder.holder.fields.get(name) ?? -1) : []
  const classes = values.flatMap((value) => (value.kind === 'object' && value.cls ? [value.cls] : []))
  if (classes.length === 0 || classes.some((cls) => cls.unit === unit && fn.q >= cls.cls.p && fn.q <= cls.cls.e)) return undefined
  return memberAt(holder, name, ({ k }) => k === 'new')
}

const memberAt = (holder: Value, name: string, isMeant: (made: Expr & { k: 'call' | 'new' }) => boolean): Placed | undefined => {
  if (holder.kind !== 'object' || holder.site?.k !== 'obj') return undefined
  const member = holder.site.m.find(({ n }) => n === name)
  return (member?.v.k === 'call' || member?.v.k === 'new') && isMeant(member.v) ? { unit: holder.unit, start: member.q, end: member.q + name.length } : undefined
}

/** What a module exports by default, where it is written. */
export const exportedExpression = ({ facts }: Unit): Expr | undefined => {
  const fact = facts.exports.find(({ n }) => n === 'default')
  if (!fact || fact.x || fact.b === undefined || facts.bindings[fact.b]?.fn !== undefined) return fact?.x
  return { k: 'ref', b: fact.b, p: fact.p, e: fact.p + (facts.bindings[fact.b]?.n.length ?? 0) }
}

/** The expression at an argument path of a call as it is written: scopes must be known before values are. */
export const writtenAt = (site: Expr, path: string): Expr | undefined => {
  const [base, ...names] = path.split('~')[0]?.split('.') ?? []
  if (site.k !== 'call') return undefined
  let x = base === 'last' ? site.a.at(-1) : site.a[Number(base)]
  for (const name of names) x = x?.k === 'obj' ? x.m.find((m) => m.n === name)?.v : undefined
  return x
}
