import type { EntryRecord } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue } from '../link/values.js'
import type { ClassFact } from '../model/facts.js'
import type { Site } from '../model/site.js'
import { classesGiven, decoratorsAt } from './decorators.js'
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
    return this.decorated(entry) ?? this.inFrontOf(entry)
  }

  private inFrontOf(entry: EntryRecord): Site | undefined {
    if (!entry.recv || this.gates.length === 0) return undefined
    const path = this.program.entryList.byRecord.get(entry)?.path
    for (const { router, mounted } of this.program.entryList.routersFrom(entry.recv)) {
      const gate = this.gates.find((one) => one.recv === router && covers(one, path) && (mounted ? isBefore(one, mounted) : this.isAbove(one, entry)))
      if (gate) return gate.read
    }
    return undefined
  }

  /** Written further up, for every path: in the same file, in one whose code registers the routes below it, or in one that is imported for the application. */
  private isAbove({ at, path }: Gate, entry: EntryRecord): boolean {
    if (!/^[/*]*$/.test(path)) return false
    return at.file === entry.unit.path ? at.start < entry.start : this.isCalledAfter(at, entry.inst) || this.isImported(at.file, entry)
  }

  private isCalledAfter(at: Site, inst: Instance, far = 4): boolean {
    return far > 0 && inst.callers.some(({ from, site }) => (from.unit.path === at.file ? site.p > at.start : from !== inst && this.isCalledAfter(at, from, far - 1)))
  }

  private isImported(file: string, { inst }: EntryRecord): boolean {
    const { a: { resolver } } = this.program
    return inst.callers.length === 0 && inst.unit.facts.specifiers.some((specifier) => {
      const to = resolver.resolve(inst.unit.path, specifier)
      return to.kind === 'file' && to.file === file
    })
  }

  private decorated(entry: EntryRecord): Site | undefined {
    if (this.classes.size === 0) return undefined
    const guards = decoratorsAt(entry).flatMap(({ x }) => classesGiven(this.program, entry.inst, x))
    return guards.map((cls) => this.classes.get(cls)).find((read) => read !== undefined)
  }
}

/** Is a path below that of a gate? */
const covers = ({ path }: Gate, entry = ''): boolean => `${entry}/`.includes(`${path.replace(/\/?\*?$/, '')}/`)

/** Nobody passes a gate that stands behind what is mounted; in another file, it may stand before. */
const isBefore = ({ at }: Gate, mounted: Site): boolean => at.file !== mounted.file || at.start < mounted.end
