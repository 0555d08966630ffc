import type { Analysis } from './analysis.js'
import type { ObjectValue } from './values.js'

/** Objects that stand inside each other under the parts of a dotted name: `methods.services.mails`. */
export class NestedNames {
  private readonly made = new Map<ObjectValue, Map<string, ObjectValue>>()

  constructor(private readonly analysis: () => Analysis) {}

  field(holder: ObjectValue, names: string[]): number {
    const a = this.analysis()
    return a.field(names.slice(0, -1).reduce((at, name) => this.object(at, name), holder), names.at(-1) ?? '')
  }

  object(holder: ObjectValue, name: string): ObjectValue {
    const a = this.analysis()
    const known = this.made.get(holder) ?? new Map<string, ObjectValue>()
    this.made.set(holder, known)
    const old = known.get(name)
    if (old) return old
    const made = a.object({ unit: holder.unit, site: undefined, phase: holder.phase, env: holder.env, shape: 'object' })
    known.set(name, made)
    a.solver.add(a.field(holder, name), made.id)
    return made
  }
}
