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
    return this.served.size > 0 && manifest?.json['bin'] !== undefined && !this.serving.has(manifest.dir)
  }
}
