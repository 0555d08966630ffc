import { DUPLICATES } from '../catalog/words.js'
import type { Expr, Stmt } from '../model/facts.js'
import { type Callers, callsTo } from '../flow/reach.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { blocksOf, someExpression, somePart } from '../link/shape.js'
import { ELEMENTS, type ObjectValue, type Value } from '../link/values.js'
import type { Program } from '../program/program.js'

/** A helper that many entries call is given objects of all of them: those that the invocations of one entry made, or all where none is. */
export const madeBy = (reached: Callers, objects: ObjectValue[]): ObjectValue[] => {
  if (objects.length < 2 || reached.size === 0) return objects
  const own = objects.filter(({ env }) => !env || env.phase !== 'request' || reached.has(env))
  return own.length > 0 ? own : objects
}

/** What was spread into an object, without what only other entries bring: in its place stands what this one's caller sent. */
export const broughtHere = (reached: Callers, parts: ObjectValue[]): ObjectValue[] => parts.filter(({ env }) => !env || env.phase !== 'request' || reached.size === 0 || reached.has(env))

/** Done to an object that another request has made, where this one does it to something else: what middleware makes is handed on. */
export const isOfAnother = ({ inst, site, recv }: LibraryCall, reached: Callers, program: Pick<Program, 'callsOf' | 'reach'>): boolean => {
  const elsewhere = (value: LibraryCall['recv']): boolean =>
    value?.kind === 'object' && value.env?.phase === 'request' && reached.size > 0 && !reached.has(value.env) && program.reach.way(value.env)?.entry?.model.kind !== 'middleware'
  return elsewhere(recv) && program.callsOf(inst).some((other) => other.site === site && other.row?.effect !== undefined && !elsewhere(other.recv))
}

/** What a copy was made of, as each caller gave it, unless something was set on the copy itself. */
export const givenAs = (object: ObjectValue): ObjectValue[] => {
  const { copyOf } = object
  return copyOf && [...object.holder.fields.keys()].every((name) => name === ELEMENTS || copyOf.some(({ holder }) => holder.fields.has(name))) ? copyOf : [object]
}

/** Objects that brought a field into another one by `...`; undefined where it is written there, or may be anything. */
export const spreadInto = ({ site, env }: ObjectValue, name: string, values: (inst: Instance, x: Expr) => Value[]): ObjectValue[] | undefined => {
  if (site?.k !== 'obj' || !env || site.m.some((m) => m.n === name)) return undefined
  const spread = site.m.flatMap((m) => (m.kind === 'spread' ? values(env, m.v) : []))
  const parts = spread.flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? givenAs(value) : []))
  return parts.length > 0 ? parts : undefined
}

/** Has one of the objects, or what was spread into it, a field of this name? */
export const hasField = (object: ObjectValue, name: string, values: (inst: Instance, x: Expr) => Value[], reached: Callers, depth = 0): boolean => {
  if (object.site?.k === 'obj' && object.site.m.some((m) => m.n === name)) return true
  const parts = depth < 3 ? spreadInto(object, name, values) : undefined
  const made = parts === undefined ? [] : madeBy(reached, parts)
  return made.length > 0 && made.every((part) => hasField(part, name, values, reached, depth + 1))
}

/** Inserted again where the first insert was refused, with something made up: `catch { row.slug += random(); await insert(row) }`. */
export const isSecondTry = ({ inst, site }: LibraryCall, calls: LibraryCall[]): boolean => {
  const inserts = calls.filter((call) => call.row?.effect?.kind === 'insert' && call.site !== site).map((call) => call.site)
  return inserts.length > 0 && isInCatch(inst.fn.body, site, inserts)
}

/** How far the calls on the way to an insert are looked at. */
const FARTHEST = 4

/** `try { await insert(row) } catch (error) { if (error.code === '23505') return … }`: what is refused as a duplicate is expected, and not tried again. */
export const isCaughtDuplicate = ({ inst, site }: LibraryCall, reached: Callers): boolean => {
  const calls = reached.has(inst) ? callsTo(reached, inst).slice(-FARTHEST) : []
  return catchesAt(inst, site) || calls.some((edge) => catchesAt(edge.from, edge.site))
}

const catchesAt = ({ fn, unit }: Instance, site: Expr): boolean => {
  const expects = (body: Stmt[]): boolean => someExpression(body, isDuplicate)
  const caught = (body: Stmt[]): boolean => body.some((s) => {
    if (s.k === 'loop' && s.kind !== 'of' && s.kind !== 'in') return false
    if (s.k === 'try' && s.c && holds(s.b, [site]) && expects(s.c)) return true
    return blocksOf(s).some(caught)
  })
  return caught(fn.body) || isToldOfDuplicate(site, (index) => expects(unit.facts.functions[index]?.body ?? [])) || someExpression(fn.body, (x) => x.k === 'call' && x.f.k === 'mem' && x.f.n === 'catch' && x.a[0]?.k === 'fn' && somePart(x.f.o, (part) => part === site) && expects(unit.facts.functions[x.a[0].f]?.body ?? []))
}

/** `row.save((error) => { if (error.code === 11000) … })` */
const isToldOfDuplicate = (site: Expr, expects: (fn: number) => boolean): boolean => {
  const last = site.k === 'call' ? site.a.at(-1) : undefined
  return last?.k === 'fn' && expects(last.f)
}

/** A code of duplicates, or a constant that is named so. */
const isDuplicate = (x: Expr): boolean => (x.k === 'lit' && DUPLICATES.has(x.v)) || (x.k === 'mem' && DUPLICATE.test(x.n))
const DUPLICATE = /^(\w+_)?(DUPLICATE|DUP|UNIQUE)(_\w+)?$|^(Duplicate|Unique)\w*(Key|Entry|Violation|Constraint)\w*$/

const isInCatch = (body: Stmt[], site: Expr, tried: Expr[]): boolean =>
  body.some((s) => (s.k === 'try' && s.c !== undefined && holds(s.c, [site]) && holds(s.b, tried)) || blocksOf(s).some((block) => isInCatch(block, site, tried)))

const holds = (body: Stmt[], sites: Expr[]): boolean => {
  return someExpression(body, (x) => sites.includes(x))
}
