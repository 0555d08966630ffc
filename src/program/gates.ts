import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'
import type { ClassFact, DecoratorFact } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { Program } from './program.js'

interface Gate {
  recv: ObjectValue
  path: string
  at: Site
  /** Where it reads who the caller is. */
  read: Site
}

/** What turns strangers away in front of a handler without standing in its registration: `app.use(requireLogin)`, `@UseGuards(AuthGuard)`. */
export class Gates {
  private readonly gates: Gate[] = []
  private readonly classes = new Map<ClassFact, Site>()

  /** @param readIn where a middleware that lets known callers alone through reads who they are. */
  constructor(private readonly program: Program, readIn: (middleware: Instance) => Site | undefined) {
    for (const { kind, records, handlers, path = '', site } of program.entries) {
      if (kind !== 'middleware') continue
      for (const handler of handlers) {
        const read = readIn(handler)
        if (!read) continue
        for (const { recv } of records) if (recv) this.gates.push({ recv, path, at: site, read })
        const cls = handler.fn.cls === undefined ? undefined : handler.unit.facts.classes[handler.fn.cls]
        if (cls) this.classes.set(cls, read)
      }
    }
  }

  of(entry: EntryRecord): Site | undefined {
    return this.decorated(entry) ?? this.inFrontOf(entry, entry.recv, 0)
  }

  private inFrontOf(entry: EntryRecord, recv: ObjectValue | undefined, depth: number): Site | undefined {
    if (!recv || depth > 4) return undefined
    const own = this.gates.find((gate) => gate.recv === recv && (depth > 0 || this.isBefore(gate, entry)))
    if (own) return own.read
    for (const { child, parent } of this.program.a.mounts) {
      const above = child === recv && parent && parent !== recv ? this.inFrontOf(entry, parent, depth + 1) : undefined
      if (above) return above
    }
    return undefined
  }

  /** Written further up, for every path. */
  private isBefore({ at, path }: Gate, { unit, start }: EntryRecord): boolean {
    return /^[/*]*$/.test(path) && at.file === unit.path && at.start < start
  }

  private decorated({ unit, inst, start, end }: EntryRecord): Site | undefined {
    if (this.classes.size === 0) return undefined
    const holds = ({ x }: DecoratorFact): boolean => x.p <= end && x.e >= start
    const cls = unit.facts.classes.find(({ methods }) => methods.some(({ dec }) => dec?.some(holds)))
    const method = cls?.methods.find(({ dec }) => dec?.some(holds))
    for (const { x } of [...(method?.dec ?? []), ...(cls?.dec ?? [])]) {
      for (const arg of x.k === 'call' ? x.a : []) for (const value of this.program.look.values(inst, arg)) {
        const guard = value.kind === 'class' ? value.cls : value.kind === 'object' ? value.cls?.cls : undefined
        const read = guard && this.classes.get(guard)
        if (read) return read
      }
    }
    return undefined
  }
}
