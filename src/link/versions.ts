import type { BindingId, Expr, FileFacts, FnFact, Pattern, Stmt } from '../model/facts.js'
import { blocksOf, boundBy, eachExpression, isExpression } from './shape.js'

/** From `at` on a name holds what was given to it there; where that is not certain, also what it held before. */
export interface Version {
  at: number
  adds: boolean
}

type Versions = ReadonlyMap<BindingId, readonly Version[]>

const NONE: Versions = new Map()
const known = new WeakMap<FnFact, Versions>()
const shared = new WeakMap<FileFacts, Set<BindingId>>()

/**
 * Names of a function that are given something new on every way, and what they hold from where on: after `row = copyOf(row)` only the
 * copy is meant. Of most functions none.
 */
export const versionsOf = (facts: FileFacts, fn: FnFact): Versions => {
  let found = known.get(fn)
  if (!found) known.set(fn, (found = find(facts, fn)))
  return found
}

/** Which version holds at a place: 0 is what the name begins with. */
export const versionAt = (versions: readonly Version[], place: number): number => {
  let at = versions.length
  while (at > 0 && (versions[at - 1] as Version).at > place) at--
  return at
}

const find = (facts: FileFacts, fn: FnFact): Versions => {
  if (fn.kind === 'module') return NONE
  const renewed = new Set(fn.body.flatMap((s) => renewedBy(facts, fn, s) ?? []))
  if (renewed.size === 0) return NONE
  const made = new Map<BindingId, Version[]>()
  for (const b of renewed) if (!setElsewhere(facts).has(b)) made.set(b, fn.body.flatMap((s) => versionsIn(facts, fn, s, b)))
  return made
}

/** `x = …` as a statement of its own, which every way passes. */
const renewedBy = (facts: FileFacts, fn: FnFact, s: Stmt): BindingId | undefined => {
  if (s.k !== 'expr' || s.x.k !== 'set' || s.x.op !== '=' || !isExpression(s.x.l) || s.x.l.k !== 'ref') return undefined
  const fact = facts.bindings[s.x.l.b]
  return fact && /^(let|var|param)$/.test(fact.kind) && facts.functions[fact.f] === fn ? s.x.l.b : undefined
}

const versionsIn = (facts: FileFacts, fn: FnFact, s: Stmt, b: BindingId): Version[] => {
  if (s.k === 'expr' && renewedBy(facts, fn, s) === b) return [{ at: s.x.e, adds: false }]
  return mayGive(s, b) ? [{ at: s.p, adds: true }] : []
}

const mayGive = (s: Stmt, b: BindingId): boolean => {
  if (s.k === 'var' ? s.d.some(({ t }) => boundBy(t).has(b)) : s.k === 'loop' && s.each && targetsOf(s.each).includes(b)) return true
  let gives = false
  eachExpression([s], (x) => { gives ||= x.k === 'set' && targetsOf(x.l).includes(b) })
  return gives || blocksOf(s).some((block) => block.some((inner) => mayGive(inner, b)))
}

/** Names that inner functions assign: when they do nobody knows. */
const setElsewhere = (facts: FileFacts): ReadonlySet<BindingId> => {
  let found = shared.get(facts)
  if (found) return found
  shared.set(facts, (found = new Set()))
  for (const fn of facts.functions) eachExpression(fn.body, (x) => {
    if (x.k !== 'set') return
    for (const b of targetsOf(x.l)) if (facts.functions[facts.bindings[b]?.f ?? 0] !== fn) found.add(b)
  })
  return found
}

/** Names that an assignment gives something to. */
export const targetsOf = (t: Expr | Pattern): BindingId[] => {
  if (isExpression(t)) return t.k === 'ref' ? [t.b] : []
  if (t.k === 'bind') return [t.b]
  if (t.k === 'target') return targetsOf(t.x)
  if (t.k === 'def') return targetsOf(t.t)
  const parts = t.k === 'objpat' ? t.m.map((m) => m.t) : t.x
  return [...parts, t.rest].flatMap((one) => (one ? targetsOf(one) : []))
}
