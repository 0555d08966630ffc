import { holdingAt, pointsOf } from '../flow/points.js'
import type { Production } from '../link/production.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import { eachExpression, isExpression } from '../link/shape.js'
import type { BindingId, Expr, FnFact, Stmt } from '../model/facts.js'

type Assignment = { fn: FnFact; x: Expr & { k: 'set' } }

/**
 * Is an option of a call there only where something is configured: spread in on a condition, or assigned in a branch
 * (`if (process.env.REDIS_URL) options.store = …`)? What production decides is no condition.
 */
export const isOptional = (production: Production, { inst, site }: LibraryCall, option: string): boolean => {
  const [head = '0', name, ...deeper] = option.split('.')
  const written = site.k === 'call' || site.k === 'new' ? site.a.at(head === 'last' ? -1 : Number(head)) : undefined
  if (!written || name === undefined || deeper.length > 0) return false
  const asked = new Asked(production, inst.unit)
  if (written.k === 'obj') return asked.inObject(written, name)
  if (written.k !== 'ref') return false
  const made = initialOf(inst.unit, written.b)
  if (made?.k !== 'obj' || made.m.some(({ n, kind }) => n === name || kind === 'spread')) return made?.k === 'obj' && asked.inObject(made, name)
  return asked.onlyInBranches(({ l }) => isExpression(l) && l.k === 'mem' && l.n === name && l.o.k === 'ref' && l.o.b === written.b)
}

/** What is written last for an option is what counts, whatever spread or assigned options held before: `{ ...params, store }`, `Object.assign(params, { store })`. */
export const writtenLast = ({ site }: LibraryCall, option: string): Expr | undefined => {
  const [head = '0', name, ...deeper] = option.split('.')
  const given = site.k === 'call' || site.k === 'new' ? site.a.at(head === 'last' ? -1 : Number(head)) : undefined
  const assigned = given?.k === 'call' && given.f.k === 'mem' && given.f.n === 'assign' ? given.a.at(-1) : given
  return assigned?.k === 'obj' && name !== undefined && deeper.length === 0 ? assigned.m.findLast(({ n, kind }) => n === name || kind === 'spread')?.v : undefined
}

class Asked {
  constructor(private readonly production: Production, private readonly unit: Unit) {}

  inObject({ m }: Expr & { k: 'obj' }, name: string): boolean {
    const own = m.find(({ n }) => n === name)
    if (own) return own.v.k === 'ref' && this.assignedLater(own.v.b)
    return m.some(({ kind, v }) => kind === 'spread' && ((v.k === 'log' && v.op === '&&' && this.isOpen(v.l)) || (v.k === 'cond' && this.isOpen(v.t) && (isEmpty(v.c) || isEmpty(v.a)))))
  }

  /** `let store` that is given a value further down, if at all. */
  private assignedLater(binding: BindingId): boolean {
    const fact = this.unit.facts.bindings[binding]
    if (fact?.kind !== 'let' || initialOf(this.unit, binding) !== undefined) return false
    return this.onlyInBranches(({ l }) => !isExpression(l) ? l.k === 'bind' && l.b === binding : l.k === 'ref' && l.b === binding)
  }

  /** Are there assignments of this kind, all of them in branches, and none in both branches of a test? */
  onlyInBranches(isMeant: (x: Expr & { k: 'set' }) => boolean): boolean {
    const found = assignmentsOf(this.unit).filter(({ x }) => isMeant(x))
    const tests = found.map(({ fn, x }) => [...holdingAt(pointsOf(fn).at.get(x))].flatMap((point) => (point.kind === 'test' && point.by === 'branch' && this.isOpen(point.test) ? [point] : [])))
    if (found.length === 0 || tests.some((list) => list.length === 0)) return false
    return !tests.flat().some((one) => tests.flat().some((other) => other.test === one.test && other.holds !== one.holds))
  }

  private isOpen(test: Expr): boolean {
    return this.production.truth(this.unit, test) === undefined
  }
}

const isEmpty = (x: Expr): boolean => (x.k === 'obj' && x.m.length === 0) || x.k === 'lit' || (x.k === 'glob' && x.n === 'undefined')

const assignmentsOf = ({ facts }: Unit): Assignment[] => {
  const found: Assignment[] = []
  for (const fn of facts.functions) eachExpression(fn.body, (x) => { if (x.k === 'set' && x.op === '=') found.push({ fn, x }) })
  return found
}

const initialOf = ({ facts }: Unit, binding: BindingId): Expr | undefined => {
  for (const fn of facts.functions) {
    const found = declared(fn.body, binding)
    if (found) return found
  }
  return undefined
}

const declared = (body: Stmt[], binding: BindingId): Expr | undefined => {
  for (const s of body) if (s.k === 'var') for (const { t, i } of s.d) if (t.k === 'bind' && t.b === binding) return i
  return undefined
}
