import { HIDDEN, type Home, type ObjectValue } from '../link/values.js'
import type { Cell } from './cell.js'
import type { Homes } from './homes.js'

/** `const board = [[0, 0], [0, 0]]`, `const tables = [{ seats: [] }]`: whoever looks at the list looks at what is changed inside of it. */
export class Around {
  private readonly known = new Map<ObjectValue, Cell | null>()

  constructor(private readonly homes: Homes, private readonly ofContent: ReadonlyMap<ObjectValue, Cell>) {}

  /** The cell whose content an object is, or holds at any depth under the same name. */
  cellOf(object: ObjectValue): Cell | undefined {
    const own = this.ofContent.get(object)
    if (own) return own
    let cell = this.known.get(object)
    if (cell === undefined) {
      this.known.set(object, null)
      cell = isData(object) ? this.within(object) ?? null : null
      this.known.set(object, cell)
    }
    return cell ?? undefined
  }

  private within(object: ObjectValue): Cell | undefined {
    for (const { name, objects } of this.homes.parts.of(object)) {
      if (HIDDEN.test(name)) continue
      for (const inner of objects) {
        const cell = inner.phase === 'startup' ? this.cellOf(inner) : undefined
        if (cell && isSame(this.homes.of(object), cell.home)) return cell
      }
    }
    return undefined
  }
}

/** Lists, maps and records that start-up makes; no instances, and nothing that a framework shares. */
const isData = ({ phase, cls, proto, ofScript, shape, site }: ObjectValue): boolean =>
  phase === 'startup' && !cls && !proto && !ofScript && (shape === 'array' || shape === 'library' || (shape === 'object' && site?.k === 'obj'))

const isSame = (one: Home | undefined, other: Home): boolean => one !== undefined && one.unit === other.unit && one.start === other.start
