import type { Unit } from '../link/instances.js'
import { isOfTypesAlone } from '../link/type-imports.js'
import type { Program } from './program.js'

const TOOLS = /(^|\/)(bin|scripts?|tools?|migrations?|seeds?|seeders?|benchmarks?|bench)\//
const DONE_ONCE = /(^|\/)(migrate|migration|seed|seeder|populate|backup)([-_.][\w-]+)*\.[cm]?[jt]s$/i

/** Which files register entries, and which packages are commands that people run: of these no file serves anybody. */
export class Commands {
  private known: { served: ReadonlySet<Unit>; folders: ReadonlySet<string | undefined> } | undefined

  constructor(private readonly program: Program) {}

  /** Files that register entries. */
  get served(): ReadonlySet<Unit> {
    return this.serving().served
  }

  private serving(): { served: ReadonlySet<Unit>; folders: ReadonlySet<string | undefined> } {
    if (this.known) return this.known
    const served = new Set(this.program.entries.flatMap(({ records }) => records.map(({ unit }) => unit)))
    return (this.known = { served, folders: new Set([...served].map(({ path }) => this.program.a.resolver.manifestOf(path)?.dir)) })
  }

  /** A package that is installed as a command, in a project that others serve. */
  has(unit: Unit): boolean {
    const manifest = this.program.a.resolver.manifestOf(unit.path)
    return manifest?.json['bin'] !== undefined && this.served.size > 0 && !this.serving().folders.has(manifest.dir) && !this.lent().has(manifest.dir)
  }

  /** A file in a folder of tools that serves nothing. */
  isTool(unit: Unit): boolean {
    return TOOLS.test(unit.path) && this.servesNothing(unit)
  }

  /** The same, or a file named after what is done once, that no other file loads: somebody starts it by hand. */
  isStartedByHand(unit: Unit): boolean {
    return (TOOLS.test(unit.path) || DONE_ONCE.test(unit.path)) && this.servesNothing(unit) && !this.loaded().has(unit.path)
  }

  private servesNothing(unit: Unit): boolean {
    const { a } = this.program
    // What a script hears of a stream that it opens itself is nobody's request.
    return !a.entries.some((one) => one.unit === unit && one.model.kind !== 'job' && !one.heard) && !a.calls.some(({ inst, path }) => inst.unit === unit && path.endsWith('.listen'))
  }

  private loadedFiles: Set<string> | undefined

  /** Files that others import. */
  private loaded(): Set<string> {
    return (this.loadedFiles ??= new Set([...this.imports()].map(([, to]) => to)))
  }

  /** Files and what each of them imports of the project. */
  private *imports(): Generator<[from: string, to: string]> {
    const { resolver, units, unitOf } = this.program.a
    for (const { path, facts } of units) {
      for (const specifier of facts.specifiers) {
        const to = resolver.resolve(path, specifier)
        if (to.kind !== 'file') continue
        const target = unitOf.get(to.file)?.facts
        const own = facts.imports.filter(({ s }) => s === specifier)
        // An import of types is gone before anything runs.
        if (target && own.length > 0 && own.every((fact) => isOfTypesAlone(fact, target)) && !facts.exports.some(({ from }) => from === specifier)) continue
        yield [path, to.file]
      }
    }
  }

  private lentFolders: Set<string> | undefined

  /** Packages whose files those of a serving one load: a library that happens to bring a command along. */
  private lent(): Set<string> {
    if (this.lentFolders) return this.lentFolders
    const { resolver } = this.program.a
    this.lentFolders = new Set()
    for (const [from, to] of this.imports()) {
      const dir = resolver.manifestOf(from)?.dir
      const other = this.serving().folders.has(dir) ? resolver.manifestOf(to)?.dir : undefined
      if (other !== undefined && other !== dir) this.lentFolders.add(other)
    }
    return this.lentFolders
  }
}
