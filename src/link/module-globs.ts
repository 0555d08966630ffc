import { posix } from 'node:path'
import type { CatalogRow } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import { globPattern } from './globs.js'
import type { Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { ROOT_PATH, folderOf, joinRooted } from './paths.js'
import { constant } from './solver.js'
import type { ObjectValue } from './values.js'

type Loads = NonNullable<CatalogRow['loads']>

/** What is known of one call: the object of modules by their paths, and what becomes of each. */
interface Globbed {
  unit: Unit
  holder: ObjectValue
  /** The call that gives a module that is loaded when it is asked for. */
  lazily: string | undefined
  /** The export that stands for the module; all of them where there is none. */
  name: string | undefined
}

/** `import.meta.glob('./routes/*.ts')`: an object of the modules that a pattern names, or of functions that load them. Bundlers want all of it written out. */
export class ModuleGlobs {
  constructor(private readonly library: Library) {}

  private get a(): Analysis {
    return this.library.a
  }

  loads(made: Application, model: Loads): void {
    if (made.result < 0 || made.site.k !== 'call') return
    const options = new Map((made.site.a[1]?.k === 'obj' ? made.site.a[1].m : []).flatMap(({ n, v }) => (n === undefined ? [] : [[n, v] as const])))
    // What is loaded as a text or an address is no module.
    if (options.has('query') || options.has('as')) return
    const holder = this.a.allocate(made.inst, made.site, 'object')
    this.a.solver.add(made.result, holder.id)
    const eager = options.get('eager')
    const isEager = eager ? eager.k === 'lit' && eager.v === true : model.lazily === undefined
    const globbed: Globbed = { unit: made.inst.unit, holder, lazily: isEager ? undefined : model.lazily, name: textsIn(options.get('import'))[0] }
    const texts = textsIn(made.site.a[0])
    const refused = texts.flatMap((text) => (text.startsWith('!') ? this.matcher(globbed.unit, text.slice(1)) ?? [] : []))
    for (const text of texts) if (!text.startsWith('!')) this.pattern(globbed, text, (file) => refused.some(({ matches }) => matches(file)))
  }

  private pattern(globbed: Globbed, text: string, isRefused: (file: string) => boolean): void {
    const { unit } = globbed
    const found = this.matcher(unit, text)
    if (!found) return
    const from = text.startsWith('/') ? this.packageOf(unit) : folderOf(unit.path)
    for (const file of this.a.resolver.filesIn(found.folder || '.', true)) {
      const module = this.a.unitOf.get(file)
      if (module && module !== unit && found.matches(file) && !isRefused(file)) this.module(globbed, module, text.startsWith('/') ? `/${relative(from, file).slice(2)}` : relative(from, file))
    }
  }

  private matcher(unit: Unit, text: string): { folder: string; matches(file: string): boolean } | undefined {
    const path = this.rooted(unit, text)?.slice(ROOT_PATH.length)
    if (path === undefined) return undefined
    const pattern = globPattern(path)
    return { folder: folderOf(path.replace(/[*?{[].*$/, '')), matches: (file) => pattern.test(file) }
  }

  /** A pattern that starts with a slash starts at the package. */
  private rooted(unit: Unit, text: string): string | undefined {
    if (text.startsWith('.')) return joinRooted([ROOT_PATH + folderOf(unit.path), text])
    if (!text.startsWith('/')) return undefined
    return joinRooted([ROOT_PATH + this.packageOf(unit), text])
  }

  private packageOf(unit: Unit): string {
    const dir = this.a.resolver.manifestOf(unit.path)?.dir ?? '.'
    return dir === '.' ? '' : dir
  }

  private module({ unit: from, holder, lazily, name }: Globbed, unit: Unit, key: string): void {
    this.a.evaluateLater(unit)
    const given = name !== undefined && name !== '*' ? this.library.access.modules.exportNode(unit, name) : constant(this.a.namespace(unit).id)
    const field = this.a.field(holder, key)
    if (lazily === undefined) return this.a.solver.flow(given, field)
    const promise = this.a.bag(`@promise import ${unit.path} ${from.path} ${name ?? ''}`)
    this.a.solver.flow(given, this.library.access.promised(promise))
    this.a.solver.add(field, this.a.library(lazily, promise).id)
  }
}

/** Texts that are written out: one, or a list of them. */
const textsIn = (x: Expr | undefined): string[] => {
  if (x?.k === 'arr') return x.x.flatMap(textsIn)
  if (x?.k === 'tpl') return x.x.length === 0 && !x.tag ? x.q.slice(0, 1) : []
  return x?.k === 'lit' && typeof x.v === 'string' ? [x.v] : []
}

/** The key of a module: its path as seen from the folder of the call. */
const relative = (from: string, file: string): string => {
  const path = posix.relative(from, file)
  return path.startsWith('../') ? path : `./${path}`
}
