import type { Expr, FnFact } from '../model/facts.js'
import { eachExpression, membersIn } from '../link/shape.js'
import type { Program } from '../program/program.js'

/** Members of rows that a getter works out from others: `get isOpen() { return !this.closed }`, `schema.virtual('isOpen').get(…)`, `isOpen: { type: DataTypes.VIRTUAL, get() { … } }`. */
export class ComputedMembers {
  private byName: Map<string, Set<string>> | undefined

  constructor(private readonly program: Program) {}

  /** Fields that the getters of this name read. */
  fieldsOf(name: string): Iterable<string> {
    return (this.byName ??= this.collect()).get(name) ?? []
  }

  private collect(): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>()
    const add = (name: string | undefined, getter: FnFact | undefined): void => {
      if (name === undefined || !getter) return
      const fields = found.get(name) ?? found.set(name, new Set()).get(name)
      eachExpression(getter.body, (x) => { if (x.k === 'mem' && x.o.k === 'this') fields?.add(x.n) })
    }
    for (const { evaluated, facts } of this.program.a.units) for (const fn of evaluated ? facts.functions : []) {
      if (fn.kind === 'get') add(fn.n, fn)
      const names = membersIn(fn)
      if (names.has('virtual') || names.has('VIRTUAL')) eachExpression(fn.body, (x) => {
        for (const { name, getter } of x.k === 'obj' ? virtualsIn(x) : virtualOf(x)) add(name, facts.functions[getter])
      })
    }
    return found
  }
}

interface Virtual { name: string; getter: number }

const virtualOf = (x: Expr): Virtual[] => {
  if (x.k !== 'call' || x.f.k !== 'mem' || x.f.n !== 'get' || x.a[0]?.k !== 'fn') return []
  const on = x.f.o
  const name = on.k === 'call' && on.f.k === 'mem' && on.f.n === 'virtual' ? on.a[0] : undefined
  return name?.k === 'lit' && typeof name.v === 'string' ? [{ name: name.v, getter: x.a[0].f }] : []
}

/** Attributes of Sequelize that no column holds. */
const virtualsIn = ({ m }: Expr & { k: 'obj' }): Virtual[] => m.flatMap(({ n, v }) => {
  const [type, get] = v.k === 'obj' ? ['type', 'get'].map((name) => v.m.find((one) => one.n === name)?.v) : []
  const isVirtual = type?.k === 'mem' ? type.n === 'VIRTUAL' : type?.k === 'call' && type.f.k === 'mem' && type.f.n === 'VIRTUAL'
  return n !== undefined && isVirtual && get?.k === 'fn' ? [{ name: n, getter: get.f }] : []
})
