import type { Expr, PropFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance } from './instances.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { ELEMENTS, type ObjectValue } from './values.js'

/** `[name, value]` of the members of objects, as `Object.entries` gives them. */
export class MemberPairs {
  private readonly pairsOf = new Map<ObjectValue, Map<string, number>>()

  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  /** `Object.entries(o)`: a pair for each member that is written down, one for all else. */
  entries(made: Application, out: number): void {
    const from = made.args[0] ?? NOTHING
    if (made.inst.phase !== 'startup') return void this.a.solver.add(out, this.pair(made.inst, undefined, this.library.access.keysOf(from), this.library.access.anyField(from)).id)
    let rest: number | undefined
    this.a.solver.watch(from, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'object' && value.shape === 'object' && value.site?.k === 'obj' && value.site.m.every((m) => m.n !== undefined)) return this.members(value, value.site.m, out)
      if (rest === undefined) {
        rest = this.a.solver.node()
        this.a.solver.add(out, this.pair(made.inst, undefined, this.library.access.keysOf(rest), this.library.access.anyField(rest)).id)
      }
      this.a.solver.add(rest, id)
    })
  }

  private members(object: ObjectValue, props: PropFact[], out: number): void {
    object.holder.onField((name, node) => {
      if (name.startsWith('@')) return
      const prop = props.find((one) => one.n === name)
      this.a.solver.add(out, prop ? this.memberPair(object, name, prop, node) : this.otherPair(object, name, node))
    })
  }

  /** The pair of a member that is written down: the same for whoever asks for it. */
  private memberPair(object: ObjectValue, name: string, prop: PropFact, node: number): number {
    const pairs = this.pairsIn(object)
    let pair = pairs.get(name)
    if (pair === undefined) {
      const site: Expr = { k: 'arr', x: [{ k: 'lit', v: name, p: prop.q, e: prop.q }, prop.v], p: prop.q, e: prop.v.e }
      pairs.set(name, (pair = this.pair(object.env ?? object.unit.module, site, constant(this.a.literal(name).id), node).id))
    }
    return pair
  }

  /** What was put into an object later, or is only asked for, has one pair for all. */
  private otherPair(object: ObjectValue, name: string, node: number): number {
    const pairs = this.pairsIn(object)
    let pair = pairs.get(ELEMENTS)
    if (pair === undefined) pairs.set(ELEMENTS, (pair = this.pair(object.env ?? object.unit.module, undefined, NOTHING, NOTHING).id))
    const made = this.a.value(pair) as ObjectValue
    if (name !== ELEMENTS) this.a.solver.add(this.a.field(made, '0'), this.a.literal(name).id)
    this.a.solver.flow(node, this.a.field(made, '1'))
    return pair
  }

  private pairsIn(object: ObjectValue): Map<string, number> {
    let pairs = this.pairsOf.get(object)
    if (!pairs) this.pairsOf.set(object, (pairs = new Map()))
    return pairs
  }

  private pair(inst: Instance, site: Expr | undefined, key: Ref, value: Ref): ObjectValue {
    const pair = this.a.object({ unit: inst.unit, site, phase: inst.phase, env: inst, shape: 'array', path: 'global#Array.new' })
    this.a.solver.flow(key, this.a.field(pair, '0'))
    this.a.solver.flow(value, this.a.field(pair, '1'))
    return pair
  }
}
