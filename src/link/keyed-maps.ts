import type { Analysis } from './analysis.js'
import { NOTHING, type Ref } from './solver.js'
import { ELEMENTS, type ObjectValue, type Value } from './values.js'

/** Values of a Map that stand under no name that is written down. */
const NAMELESS = '@key'

/** `handlers.set('saved', …)`, `handlers.get('saved')`: values under names that are written down are told apart, as fields of an object are. */
export class KeyedMaps {
  constructor(private readonly a: Analysis) {}

  set(map: ObjectValue, key: Ref | undefined, value: Ref): void {
    this.a.solver.flow(value, this.a.field(map, ELEMENTS))
    this.keyed(key, (name) => this.a.solver.flow(value, this.a.field(map, name)))
  }

  get(map: ObjectValue, key: Ref | undefined, result: Ref): void {
    if (result < 0) return
    this.keyed(key, (name) => {
      this.a.solver.flow(this.a.field(map, name === NAMELESS ? ELEMENTS : name), result)
      if (name !== NAMELESS) this.a.solver.flow(this.a.field(map, NAMELESS), result)
    })
  }

  /** Names that a key may be; where nothing is known of it once all else is, any. */
  private keyed(key: Ref | undefined, see: (name: string) => void): void {
    const place = key ?? NOTHING
    const seen = new Set<string>()
    const once = (name: string): void => {
      if (seen.has(name)) return
      seen.add(name)
      see(name)
    }
    if (place !== NOTHING) this.a.solver.watch(place, (id) => once(nameOf(this.a.value(id))))
    if (seen.size === 0) this.a.undecided.push(() => seen.size === 0 && once(NAMELESS))
  }
}

const nameOf = (key: Value): string => (key.kind === 'class' ? `${NAMELESS}:${key.unit.path}#${key.cls.p}` : key.kind === 'lit' && typeof key.value === 'string' ? `${NAMELESS}:${key.value}` : NAMELESS)
