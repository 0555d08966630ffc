import type { Unit } from '../link/instances.js'
import type { Program } from './program.js'

/** Which files register entries, and which packages are commands that people run: of these no file serves anybody. */
export class Commands {
  readonly served: ReadonlySet<Unit>
  private readonly serving: ReadonlySet<string | undefined>

  constructor(private readonly program: Program) {
    this.served = new Set(program.entries.flatMap(({ records }) => records.map(({ unit }) => unit)))
    this.serving = new Set([...this.served].map(({ path }) => program.a.resolver.manifestOf(path)?.dir))
  }

  /** A package that is installed as a command, in a project that others serve. */
  has(unit: Unit): boolean {
    const manifest = this.program.a.resolver.manifestOf(unit.path)
    return this.served.size > 0 && manifest?.json['bin'] !== undefined && !this.serving.has(manifest.dir) && !this.lent().has(manifest.dir)
  }

  private lentFolders: Set<string> | undefined

  /** Packages whose files those of a serving one load: a library that happens to bring a command along. */
  private lent(): Set<string> {
    if (this.lentFolders) return this.lentFolders
    const { resolver, units } = this.program.a
    this.lentFolders = new Set()
    for (const { path, facts } of units) {
      const dir = resolver.manifestOf(path)?.dir
      if (!this.serving.has(dir)) continue
      for (const specifier of facts.specifiers) {
        const to = resolver.resolve(path, specifier)
        const other = to.kind === 'file' ? resolver.manifestOf(to.file)?.dir : undefined
        if (other !== undefined && other !== dir) this.lentFolders.add(other)
      }
    }
    return this.lentFolders
  }
}
