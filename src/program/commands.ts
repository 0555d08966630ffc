import type { Unit } from '../link/instances.js'
import type { FileFacts } from '../model/facts.js'
import { isOfTypesAlone } from '../link/type-imports.js'
import type { Program } from './program.js'

const TOOLS = /(^|\/)(bin|scripts?|tools?|migrations?|seeds?|seeders?|benchmarks?|bench)\//
/** `bin/app.js` starts the server as often as a tool. */
const BIN = /(^|\/)bin\/[^/]+$/
const DONE_ONCE = /(^|\/)(migrate|migration|seed|seeder|populate|backup)([-_.][\w-]+)*\.[cm]?[jt]s$/i

/** Packages that take apart what was typed behind the name of a command. */
const READS_ARGUMENTS = /^(meow|commander|yargs|cac|sade|citty|clipanion|minimist|mri|command-line-args|@oclif\/core|oclif|vorpal|caporal|@caporal\/core|getopts?|node-getopt|posix-getopt|optimist|optionator|nopt|arg|argparse|dashdash|docopt|command-line-usage)$/

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
    if (TOOLS.test(unit.path) || DONE_ONCE.test(unit.path)) return this.servesNothing(unit) && !this.isLoaded(unit.path) && !(BIN.test(unit.path) && this.startsServer(unit))
    return this.isCommandLine(unit)
  }

  /** No part of the service that the project is: what is started by hand, or installed as a command. */
  isApart(unit: Unit): boolean {
    return this.isStartedByHand(unit) || this.has(unit)
  }

  private readonly commandLines = new Map<Unit, boolean>()

  /** A file that reads what was typed behind its name, that no other one loads, and that leads to no file that serves. */
  private isCommandLine(unit: Unit): boolean {
    const known = this.commandLines.get(unit)
    if (known !== undefined) return known
    const typed = this.served.size > 0 && unit.facts.specifiers.some((specifier) => READS_ARGUMENTS.test(specifier))
    const alone = typed && !this.isLoaded(unit.path) && !this.startsServer(unit)
    this.commandLines.set(unit, alone)
    return alone
  }

  private readonly starting = new Map<Unit, boolean>()

  /** Does a file, or one that it loads, serve anybody? */
  private startsServer(unit: Unit): boolean {
    let starts = this.starting.get(unit)
    if (starts === undefined) this.starting.set(unit, (starts = [...this.loadedFrom(unit)].some((one) => !this.servesNothing(one))))
    return starts
  }

  private loadedFrom(unit: Unit): Set<Unit> {
    const loaded = new Set([unit])
    for (const { path, facts } of loaded) for (const specifier of facts.specifiers) {
      const to = this.imported({ path, facts, specifier })
      const next = to === undefined ? undefined : this.program.a.unitOf.get(to)
      if (next) loaded.add(next)
    }
    return loaded
  }

  private listening: Set<Unit> | undefined

  private servesNothing(unit: Unit): boolean {
    return !this.servers().has(unit)
  }

  /** Files that register something for requests, or listen; what a script hears of a stream that it opens itself is nobody's request. */
  private servers(): Set<Unit> {
    const { a } = this.program
    return (this.listening ??= new Set([
      ...a.entries.flatMap((one) => (one.model.kind !== 'job' && !one.heard ? [one.unit] : [])),
      ...a.calls.flatMap(({ inst, path }) => (path.endsWith('.listen') ? [inst.unit] : [])),
    ]))
  }

  private specifiers: Map<string, { path: string; facts: FileFacts; specifier: string }[]> | undefined

  /** Does another file import it? Only what may name it is looked up. */
  private isLoaded(path: string): boolean {
    this.specifiers ??= this.byLastName()
    const [name, folder] = lastNames(path)
    const asked = name === 'index' ? [folder, '.', '..', '', name] : [name]
    return asked.some((one) => this.specifiers?.get(one)?.some((at) => this.imported(at) === path))
  }

  private byLastName(): Map<string, { path: string; facts: FileFacts; specifier: string }[]> {
    const found = new Map<string, { path: string; facts: FileFacts; specifier: string }[]>()
    for (const { path, facts } of this.program.a.units) for (const specifier of facts.specifiers) {
      const [name] = lastNames(specifier)
      const list = found.get(name)
      if (list) list.push({ path, facts, specifier })
      else found.set(name, [{ path, facts, specifier }])
    }
    return found
  }

  /** The file of the project that an import loads. */
  private imported({ path, facts, specifier }: { path: string; facts: FileFacts; specifier: string }): string | undefined {
    const { resolver, unitOf } = this.program.a
    const to = resolver.resolve(path, specifier)
    if (to.kind !== 'file') return undefined
    const target = unitOf.get(to.file)?.facts
    const own = facts.imports.filter(({ s }) => s === specifier)
    // An import of types is gone before anything runs.
    return target && own.length > 0 && own.every((fact) => isOfTypesAlone(fact, target)) && !facts.exports.some(({ from }) => from === specifier) ? undefined : to.file
  }

  /** Files and what each of them imports of the project. */
  private *imports(): Generator<[from: string, to: string]> {
    for (const { path, facts } of this.program.a.units) for (const specifier of facts.specifiers) {
      const to = this.imported({ path, facts, specifier })
      if (to !== undefined) yield [path, to]
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

/** `../lib/once.js` → `once`, `lib`. */
const lastNames = (path: string): [name: string, folder: string] => {
  const parts = path.split('/')
  const last = parts.at(-1) ?? ''
  return [/^\.+$/.test(last) ? last : last.replace(/\.[cm]?[jt]sx?$/, ''), parts.at(-2) ?? '']
}
