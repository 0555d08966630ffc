import type { Analysis, WriteRecord } from '../link/analysis.js'
import type { LookedUp } from '../link/peek.js'
import { isExpression, somePart } from '../link/shape.js'
import type { Expr } from '../model/facts.js'
import type { Cell } from './cells.js'

interface Beginning {
  x: Expr
  /** As it is declared, not given later by code that runs at start-up. */
  declared: boolean
}

/** What a flag holds before requests come. */
export class Beginnings {
  private byName: Map<string, WriteRecord[]> | undefined

  constructor(private readonly a: Analysis, private readonly look: LookedUp) {}

  /** Does start-up code set what requests set: is it so in every process that has begun? */
  isSetAnyway(cell: Cell, to: unknown): boolean {
    const given = this.of(cell).filter(({ declared }) => !declared)
    return given.length > 0 && given.every(({ x }) => x.k === 'lit' && x.v === to)
  }

  /** Does start-up find out how it stands (`let first = countUsers() === 0`), so that replicas hold what was so when they began? */
  isFoundOut(cell: Cell): boolean {
    return this.of(cell).some(({ x }) => somePart(x, (part) => part.k === 'await' || part.k === 'call'))
  }

  private of(cell: Cell): Beginning[] {
    const [first] = cell.writes
    const target = first?.site.k === 'set' && isExpression(first.site.l) ? first.site.l : undefined
    if (!first || !target || (target.k !== 'ref' && target.k !== 'mem')) return []
    const written = this.startup(target.k === 'ref' ? first.inst.unit.facts.bindings[target.b]?.n ?? '' : target.n)
      .filter((write) => this.placesOf(write).some((node) => cell.slots.has(node)))
      .flatMap(({ site, inst }) => (site.k === 'set' ? [{ x: site.r, declared: inst.fn.kind === 'init' || inst.fn.kind === 'sinit' || inst.fn.kind === 'ctor' }] : []))
    if (target.k !== 'ref') return written
    const owner = this.look.ownerOf(first.inst, target.b)
    const declared = this.look.definition(owner, target.b)
    return [...this.look.givenTo(owner, target.b).map((x) => ({ x, declared: x === declared })), ...written]
  }

  private placesOf({ base, name, binding, owner }: WriteRecord): number[] {
    if (binding !== undefined) return [owner?.locals.get(binding) ?? -1]
    return this.a.of(base ?? -1).flatMap((value) => (value.kind === 'object' || value.kind === 'class' || value.kind === 'fn' ? [value.holder.fields.get(name ?? '') ?? -1] : []))
  }

  private startup(name: string): WriteRecord[] {
    if (!this.byName) {
      this.byName = new Map()
      for (const write of this.a.writes) {
        const named = write.name ?? (write.binding === undefined ? undefined : write.inst.unit.facts.bindings[write.binding]?.n)
        if (write.inst.phase !== 'startup' || named === undefined) continue
        const list = this.byName.get(named)
        if (list) list.push(write)
        else this.byName.set(named, [write])
      }
    }
    return this.byName.get(name) ?? []
  }
}
