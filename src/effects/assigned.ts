import type { Instance } from '../link/instances.js'
import type { Expr, FileFacts, FnFact } from '../model/facts.js'
import { boundBy, eachExpression, eachInside, isExpression } from '../link/shape.js'
import { isNothing } from './compared.js'
import { constantText, isConstant } from './constants.js'
import { fieldOf } from './fields.js'

const CHANGES = /update|^set$|save|patch|modify|assign|merge/i
/** What they are given is what they write, not a row that was read. */
const SETS = /^(set|update\w*|patch\w*)$/i
const PARSES = /^((safe_?)?parse\w*|json|validate\w*|cast|(read|get)\w*body|formData)$/i
/** Of `updateOne(filter, update)` the second says what is written. */
const written = (name: string, args: Expr[]): Expr[] => (/update(One|Many)?$/i.test(name) && args[0]?.k === 'obj' && args[1]?.k === 'obj' ? args.slice(1) : args)
/** Fields that are set, to something that is written down, and to something other than nothing (`null`, `false`, `0`). */
interface Changed {
  assigned: string[]
  cleared: string[]
  filled: string[]
  /** What it is set to, where that is a constant; `undefined` of others. */
  texts: Map<string, Set<string | undefined>>
}

const changes = new WeakMap<FnFact, Changed>()

const isLookedUp = (x: Expr): boolean => {
  const call = x.k === 'await' ? x.x : x
  return call.k === 'call' && !(call.f.k === 'mem' && PARSES.test(call.f.n))
}

/** `input`, `req.body`: but for rows that were looked up. */
const placeOf = (x: Expr, rows: Set<number>): string | undefined => {
  if (x.k === 'ref') return rows.has(x.b) ? undefined : String(x.b)
  return x.k === 'mem' && x.o.k === 'ref' && !rows.has(x.o.b) ? `${x.o.b}.${x.n}` : undefined
}

/** `Status.Paid`, `states.paid`: one value, whoever asks. */
const isConstantMember = (facts: FileFacts, x: Expr): boolean => {
  if (x.k !== 'mem') return false
  if (x.o.k === 'mem') return isConstantMember(facts, x.o)
  const holder = x.o.k === 'ref' ? facts.bindings[x.o.b] : undefined
  return holder !== undefined && isConstant(holder)
}

/** Fields that a function assigns, or names in objects that it writes. */
export const changesIn = ({ fn, unit: { facts } }: Instance): Changed => {
  const known = changes.get(fn)
  if (known) return known
  const made: Changed = { assigned: [], cleared: [], filled: [], texts: new Map() }
  const see = (name: string, value: Expr): void => {
    made.assigned.push(name)
    made.texts.set(name, (made.texts.get(name) ?? new Set()).add(constantText(facts, value)))
    if (!isNothing(value)) made.filled.push(name)
    if (value.k === 'lit' || (value.k === 'glob' && value.n === 'undefined') || value.k === 'un' || (value.k === 'new' && value.a.length === 0) || isConstantMember(facts, value)) made.cleared.push(name)
  }
  const seeAll = (x: Expr): void => {
    const conditions = new Set<Expr>()
    eachInside(x, (y) => {
      if (y.k !== 'obj' || conditions.has(y)) return
      for (const { n, v, kind } of y.m) {
        if (n === 'where' || n === 'filter') eachInside(v, (inner) => conditions.add(inner))
        else if (kind === 'spread') handOn(v)
        else if (n !== undefined) see(n, v)
        if (n === 'data') handOn(v)
      }
    })
  }
  // `update({ ...input })`: what is written of it is what the function asks it for.
  const handed = new Set<string>()
  const asked: (Expr & { k: 'mem' })[] = []
  const rows = new Set<number>()
  const handOn = (x: Expr): void => { handed.add(placeOf(x, rows) ?? '') }
  eachExpression(fn.body, (x, s) => {
    if (s.k === 'var') for (const { t, i } of s.d) if (i === x && isLookedUp(i)) for (const one of boundBy(t)) rows.add(one)
    if (x.k === 'mem') asked.push(x)
    const field = x.k === 'set' && isExpression(x.l) ? fieldOf(facts, x.l) : undefined
    if (x.k === 'set' && field) see(field.n, x.r)
    else if (x.k === 'call' && x.f.k === 'mem' && CHANGES.test(x.f.n)) for (const arg of written(x.f.n, x.a)) {
      if (SETS.test(x.f.n)) handOn(arg)
      seeAll(arg)
    }
  })
  handed.delete('')
  for (const { o, n } of asked) if (handed.has(placeOf(o, rows) ?? '')) {
    made.assigned.push(n)
    made.filled.push(n)
    made.texts.set(n, (made.texts.get(n) ?? new Set()).add(undefined))
  }
  changes.set(fn, made)
  return made
}
