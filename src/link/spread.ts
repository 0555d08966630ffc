import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { ObjectValue } from './values.js'

/** How many arguments a rest parameter was given, call by call; `unknown` where a call spread a list itself. */
interface Lengths {
  known: Set<number>
  unknown: boolean
  watchers: ((length: number | undefined) => void)[]
}

/** What `f(...list)` and `f(...list, last)` give to parameters. */
export class Spreads {
  private readonly lengths = new Map<ObjectValue, Lengths>()

  constructor(private readonly a: Analysis, private readonly access: Access) {}

  /** A call gave a rest parameter so many arguments; `undefined` where nobody knows. */
  gave(list: ObjectValue, length: number | undefined): void {
    const lengths = this.lengthsOf(list)
    if (length === undefined ? lengths.unknown : lengths.known.has(length)) return
    if (length === undefined) lengths.unknown = true
    else lengths.known.add(length)
    for (const see of lengths.watchers) see(length)
  }

  /** The argument that `f(...list)` gives at a position of the list. */
  at(list: Ref, index: number, node: number): void {
    this.a.solver.watch(list, (id) => this.elementInto(id, index, node))
  }

  /** `fn(...args, callback)`: the parameter at a position after the beginning of the list, of so many from there on. */
  before(list: Ref, following: readonly Ref[], index: number, left: number, node: number): void {
    this.a.solver.watch(list, (id) => {
      const value = this.a.value(id)
      this.eachLength(value.kind === 'object' && value.shape === 'array' ? value : undefined, (length) => {
        // As long as the parameters leave room, where nobody knows better.
        const at = index - (length ?? left - following.length)
        if (at < 0) this.elementInto(id, index, node)
        else if (following[at] !== undefined) this.a.solver.flow(following[at] ?? NOTHING, node)
      })
    })
  }

  private eachLength(list: ObjectValue | undefined, see: (length: number | undefined) => void): void {
    if (list?.site?.k === 'arr' && !list.site.x.some((x) => x.k === 'spread')) return see(list.site.x.length)
    if (!list?.rest) return see(undefined)
    const lengths = this.lengthsOf(list)
    lengths.watchers.push(see)
    for (const length of lengths.known) see(length)
    if (lengths.unknown) see(undefined)
  }

  private lengthsOf(list: ObjectValue): Lengths {
    let lengths = this.lengths.get(list)
    if (!lengths) this.lengths.set(list, (lengths = { known: new Set(), unknown: false, watchers: [] }))
    return lengths
  }

  private elementInto(id: number, index: number, node: number): void {
    const value = this.a.value(id)
    const isKnown = value.kind === 'object' && value.shape === 'array' && value.holder.fields.has(String(index))
    if (isKnown) this.a.solver.flow(this.a.field(value, String(index)), node)
    else this.access.elementsInto(constant(id), node)
  }
}
