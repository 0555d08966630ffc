import type { Unit } from '../link/instances.js'
import type { Program } from './program.js'

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

  private lentFolders: Set<string> | undefined

  /** Packages whose files those of a serving one load: a library that happens to bring a command along. */
  private lent(): Set<string> {
    if (this.lentFolders) return this.lentFolders
    const { resolver, units } = this.program.a
    this.lentFolders = new Set()
    for (const { path, facts } of units) {
      const dir = resolver.manifestOf(path)?.dir
      if (!this.serving().folders.has(dir)) continue
      for (const specifier of facts.specifiers) {
        const to = resolver.resolve(path, specifier)
        const other = to.kind === 'file' ? resolver.manifestOf(to.file)?.dir : undefined
        if (other !== undefined && other !== dir) this.lentFolders.add(other)
      }
    }
    return this.lentFolders
  }
}
