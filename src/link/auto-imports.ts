import type { AutoImportRow } from '../model/auto-imports.js'
import type { Manifest } from '../model/input.js'
import type { Analysis } from './analysis.js'
import { configTexts, configurationOf } from './config-texts.js'
import { globPattern } from './globs.js'
import type { Unit } from './instances.js'
import type { Modules } from './modules.js'
import { type Ref, constant } from './solver.js'

/** Where a name comes from: an export of a project's module, or a path of a library. */
type Source = { unit: Unit; name: string } | { all: Unit } | { path: string } | Extended
/** What a framework makes of a module: it has the members that the module exports besides its own. */
interface Extended { made: string; of: Unit; name: string; says: NonNullable<AutoImportRow['says']> }
type Names = Map<string, Source>

const MOST_REEXPORTS = 3

/** Names that files use without importing them, because a build tool does it for them. */
export class AutoImports {
  private readonly ofUnit = new Map<Unit, Names[]>()
  private readonly ofRow = new Map<string, Names>()
  private readonly refs = new Map<Source, Ref>()

  constructor(
    private readonly a: Analysis,
    private readonly modules: Modules,
    private readonly rows: readonly AutoImportRow[],
  ) {}

  /** The place that a free name of a file means, if a build tool gives it one. */
  ref(unit: Unit, name: string): Ref | undefined {
    for (const names of this.namesFor(unit)) {
      const source = names.get(name)
      if (source && !('unit' in source && source.unit === unit)) return this.refOf(source)
    }
    return undefined
  }

  private refOf(source: Source): Ref {
    const known = this.refs.get(source)
    if (known !== undefined) return known
    const ref = this.made(source)
    this.refs.set(source, ref)
    return ref
  }

  private made(source: Source): Ref {
    if ('path' in source) return constant(this.a.library(source.path).id)
    if ('made' in source) return this.extended(source)
    this.a.evaluateLater('unit' in source ? source.unit : source.all)
    return 'unit' in source ? this.modules.exportNode(source.unit, source.name) : constant(this.a.namespace(source.all).id)
  }

  private extended({ made, of, name, says }: Extended): Ref {
    this.a.evaluateLater(of)
    const { solver } = this.a
    const said = new Map(Object.entries(says).map(([member, how]) => [member, this.a.literal(how === 'name' ? name : name.toLowerCase()).id]))
    const extension = { own: solver.node(), rows: solver.node(), name, said }
    this.modules.exportInto(of, 'default', extension.own)
    const object = this.a.object({ unit: of, site: configurationOf(of), phase: 'startup', env: undefined, shape: 'library', path: made, extension })
    return constant(object.id)
  }

  private namesFor(unit: Unit): Names[] {
    let found = this.ofUnit.get(unit)
    if (!found) this.ofUnit.set(unit, (found = this.findNames(unit)))
    return found
  }

  private findNames(unit: Unit): Names[] {
    const manifest = this.a.resolver.manifestOf(unit.path)
    if (!manifest) return []
    const inside = within(manifest.dir, unit.path)
    const layers = [manifest, ...this.layersOf(manifest)]
    return this.rows.flatMap((row, index): Names[] => {
      if (!takesPart(row, inside) || !layers.some(({ dependencies }) => row.packages.some((name) => name in dependencies))) return []
      // Names of libraries are the same in all layers.
      const ofFolder = row.modules !== undefined || row.gathered !== undefined
      return (ofFolder ? layers : [manifest]).map(({ dir }) => {
        const key = `${index} ${ofFolder ? dir : ''}`
        let names = this.ofRow.get(key)
        if (!names) this.ofRow.set(key, (names = this.namesOf(row, dir)))
        return names
      })
    })
  }

  /** Packages that a project is laid over, and those that they are laid over: `extends: ['../base']`. */
  private layersOf(manifest: Manifest, known = new Set<string>([manifest.dir])): Manifest[] {
    const config = this.configOf(manifest.dir)
    if (!config) return []
    return configTexts(config, 'extends').flatMap((text) => {
      const layer = this.layer(config, text)
      if (!layer || known.has(layer.dir)) return []
      known.add(layer.dir)
      return [layer, ...this.layersOf(layer, known)]
    })
  }

  private layer(config: Unit, text: string): Manifest | undefined {
    const to = this.a.resolver.resolve(config.path, `${text.replace(/\/$/, '')}/nuxt.config`)
    return to.kind === 'file' ? this.a.resolver.manifestOf(to.file) : undefined
  }

  private configOf(dir: string, name = 'nuxt'): Unit | undefined {
    const base = dir === '.' ? '' : `${dir}/`
    return ['ts', 'js', 'mjs'].map((extension) => this.a.unitOf.get(`${base}${name}.config.${extension}`)).find((unit) => unit !== undefined)
  }

  private namesOf(row: AutoImportRow, dir: string): Names {
    const names: Names = new Map()
    for (const [module, listed] of Object.entries(row.names ?? {})) for (const name of listed.split(/\s+/)) names.set(name, { path: this.a.catalog.canonical(`${module}#${name}`) })
    for (const [path, files] of Object.entries(row.gathered ?? {})) {
      const unit = files.map((file) => this.a.unitOf.get(dir === '.' ? file : `${dir}/${file}`)).find((found) => found !== undefined)
      if (unit) names.set(path.slice(path.indexOf('#') + 1), { all: unit }).set(path, { all: unit })
    }
    const patterns = [...(row.modules ?? []), ...this.configured(row, dir)].map(globPattern)
    const units = patterns.length === 0 ? [] : this.a.units.filter(({ path }) => isWithin(dir, path) && patterns.some((pattern) => pattern.test(within(dir, path))))
    for (const unit of units.sort((a, b) => depthOf(a) - depthOf(b))) {
      if (row.as === undefined) this.exportsOf(unit, unit, names, 0)
      else {
        const name = fileName(unit.path)
        const source = { made: row.as, of: unit, name, says: row.says ?? {} }
        names.set(name, source)
        if (row.on !== undefined) this.a.solver.flow(this.refOf(source), this.a.field(this.a.bag(row.on), name.toLowerCase()))
      }
    }
    return names
  }

  /** Folders that the configuration adds: relative to the sources, `~/`, `~~/` and `./` alike. */
  private configured(row: AutoImportRow, dir: string): string[] {
    if (row.configured === undefined) return []
    const config = this.configOf(dir, row.config)
    const folders = config ? configTexts(config, row.configured).map((text) => text.replace(/^(?:~~?|@@?|\.)?\//, '').replace(/\/$/, '')) : []
    return folders.filter((folder) => folder !== '' && !folder.startsWith('..')).flatMap((folder) => ['', 'app/', 'src/'].map((at) => `${at}${below(folder)}`))
  }

  /** The nearest module of a name wins. */
  private exportsOf(unit: Unit, from: Unit, names: Names, depth: number): void {
    for (const fact of from.facts.exports) {
      const name = fact.n === 'default' || fact.n === '=' ? (from === unit ? fileName(unit.path) : '') : fact.n
      if (fact.n === '*') this.reexports(unit, from, fact.from, names, depth)
      else if (name !== '' && !fact.typeOnly && !names.has(name)) names.set(name, { unit, name: name === fact.n ? name : 'default' })
    }
  }

  private reexports(unit: Unit, from: Unit, specifier: string | undefined, names: Names, depth: number): void {
    const to = specifier === undefined ? undefined : this.a.resolver.resolve(from.path, specifier)
    const target = to?.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (target && depth < MOST_REEXPORTS) this.exportsOf(unit, target, names, depth + 1)
  }
}

const SOURCES = '*.{ts,js,mjs,tsx,jsx}'

/** The modules of a folder, at any depth where it ends with stars. */
const below = (folder: string): string => (/\.\w+$|\}$/.test(folder) ? folder : `${folder.replace(/\/\*\*?$/, '')}/${folder.endsWith('/**') ? '**/' : ''}${SOURCES}`)

const isWithin = (dir: string, path: string): boolean => dir === '.' || path.startsWith(`${dir}/`)
const within = (dir: string, path: string): string => (dir === '.' ? path : path.slice(dir.length + 1))
const depthOf = ({ path }: Unit): number => path.split('/').length

const takesPart = (row: AutoImportRow, file: string): boolean =>
  (!row.into || row.into.some((glob) => globPattern(glob).test(file))) && !row.not?.some((glob) => globPattern(glob).test(file))

/** `use-user.ts` → `useUser`, `auth/index.ts` → `auth`. */
const fileName = (path: string): string => {
  const parts = path.replace(/\.\w+$/, '').split('/')
  const last = parts.at(-1) === 'index' ? parts.at(-2) : parts.at(-1)
  return (last ?? '').replace(/[^\w$]+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')
}
