import type { CatalogRow } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Instance, Unit } from './instances.js'
import type { Application, Library } from './library.js'
import { ModuleGlobs } from './module-globs.js'
import { orElse } from './or-else.js'
import { ANY, ROOT_PATH, folderOf, isRooted, joinRooted, matcherOf } from './paths.js'
import { NOTHING, type Ref, constant, constantOf, isConstant } from './solver.js'
import { ELEMENTS, type ObjectValue, type Value } from './values.js'

type Loads = NonNullable<CatalogRow['loads']>

/** Alternatives of one part of a path that are told apart. */
const MOST_ALTERNATIVES = 8
/** Paths that a call puts together; one with unknown parts stands for more. */
const MOST_JOINED = 24

/** Modules that one computed path may name: beyond it is a path that nobody knows. */
const MOST_MODULES = 150

/** What stands for all paths below the folder for temporary files. */
const TEMPORARY = 'node:os#tmpdir()'
const MADE_TEMPORARY = /^(?:node:fs|node:fs\/promises)#(?:promises\.)?mkdtemp(?:Sync)?\(\)$/

/** Folders: paths that are put together, modules that are loaded by them, and functions that load whole folders. */
export class Folders {
  private readonly globs: ModuleGlobs

  constructor(private readonly library: Library) {
    this.globs = new ModuleGlobs(library)
  }

  private get a(): Analysis {
    return this.library.a
  }

  // ---------------------------------------------------------------- paths

  /** `path.join(dir, name)`: known as far as its parts are. */
  join(made: Application): void {
    if (made.result < 0) return
    let plain = false
    const update = (): void => {
      if (made.args.some((arg) => this.a.solver.size(arg) === 0)) return
      for (const path of this.joined(made.args)) this.a.solver.add(made.result, this.a.literal(path).id)
      if (made.args.some((arg) => this.isTemporary(arg))) this.a.solver.add(made.result, this.a.library(TEMPORARY).id)
    }
    for (const arg of made.args) {
      if (isConstant(arg)) continue
      this.a.solver.watch(arg, update)
      plain = true
    }
    update()
    if (plain || this.joined(made.args).length === 0) this.a.solver.add(made.result, this.a.library('global#String.new').id)
  }

  /** `path.resolve('routes')`: below the folder that the program is started in. */
  resolve(made: Application): void {
    const [first] = made.args
    const value = first !== undefined && isConstant(first) ? this.a.value(constantOf(first)) : undefined
    const isBelow = value?.kind === 'lit' && typeof value.value === 'string' && !isRooted(value.value) && !value.value.startsWith('/')
    this.join(isBelow ? { ...made, args: [constant(this.a.literal(ROOT_PATH + this.packageOf(made.inst.unit)).id), ...made.args] } : made)
  }

  /** `join(import.meta.url, name)` of packages that start at the folder of the module; its URL is among the first arguments. */
  beside(made: Application, urls: number): void {
    this.join({ ...made, args: [constant(this.a.literal(ROOT_PATH + folderOf(made.inst.unit.path)).id), ...made.args.slice(urls)] })
  }

  /** `tmpdir()`, and a folder that is made below it for one use. */
  private isTemporary(arg: Ref): boolean {
    return this.a.of(arg).some((value) => value.kind === 'lib' && (value.path === TEMPORARY || MADE_TEMPORARY.test(value.path)))
  }

  private joined(args: Ref[]): string[] {
    let all: string[][] = [[]]
    for (const arg of args) {
      const known = this.parts(arg)
      const parts = all.length * known.length > MOST_JOINED ? [ANY] : known
      all = all.flatMap((before) => parts.map((part) => [...before, part]))
    }
    return all.flatMap((parts) => joinRooted(parts) ?? [])
  }

  private parts(arg: Ref): string[] {
    const texts = this.library.arguments.texts(arg)
    const unknown = texts.length < this.a.solver.size(arg) || texts.length > MOST_ALTERNATIVES
    return [...texts.slice(0, MOST_ALTERNATIVES), ...(unknown ? [ANY] : [])]
  }

  dirname(made: Application): void {
    if (made.result < 0) return
    this.a.solver.watch(made.args[0] ?? NOTHING, (id) => {
      const value = this.a.value(id)
      const rooted = value.kind === 'lit' && typeof value.value === 'string' && isRooted(value.value)
      this.a.solver.add(made.result, rooted ? this.a.literal(ROOT_PATH + folderOf(String(value.value).slice(ROOT_PATH.length))).id : this.a.library('global#String.new').id)
    })
  }

  /** `process.cwd()`: the folder of the package. */
  workingFolder(made: Application): void {
    if (made.result >= 0) this.a.solver.add(made.result, this.a.literal(ROOT_PATH + this.packageOf(made.inst.unit)).id)
  }

  private packageOf(unit: Unit): string {
    const dir = this.a.resolver.manifestOf(unit.path)?.dir ?? '.'
    return dir === '.' ? '' : dir
  }

  /** `new URL('./routes', import.meta.url)` is the path of a folder. */
  url(inst: Instance, args: Ref[], result: number): void {
    const [path, base] = args
    if (path === undefined || base === undefined) return
    this.a.solver.watch(base, (id) => {
      const value = this.a.value(id)
      if (value.kind !== 'lit' || typeof value.value !== 'string' || !isRooted(value.value)) return
      for (const text of this.library.arguments.texts(path)) {
        const joined = joinRooted([ROOT_PATH + folderOf(inst.unit.path), text])
        if (joined) this.a.solver.add(result, this.a.literal(joined).id)
      }
    })
  }

  // ---------------------------------------------------------------- modules by computed paths

  /** Modules that a computed `require` or `import()` may load, as far as the values of its parts say so. */
  computed(inst: Instance, x: Expr, ref: Ref, node: number): void {
    this.rooted(ref, (path) => this.load(inst.unit, path, node))
    this.putTogether(inst, x, (path) => this.load(inst.unit, path, node))
  }

  /** Loads the modules of the paths that a call puts together (`join(__dirname, 'models', file)`); `otherwise` where one of its parts may be anything. */
  exactly(inst: Instance, ref: Ref, node: number, otherwise: () => void): void {
    const take = (value: Value): boolean | undefined => {
      const path = value.kind === 'lit' && typeof value.value === 'string' && isRooted(value.value) ? value.value : undefined
      if (path === undefined) return undefined
      if (path.includes(ANY)) return false
      this.load(inst.unit, path, node)
      return true
    }
    orElse(this.a, [ref], take, otherwise)
  }

  /** The places that a text may name which is put together of a known one and others. */
  private putTogether(inst: Instance, x: Expr, see: (path: string) => void): void {
    const parts = pieces(x)
    if (parts.length < 2) return
    parts.forEach((part, i) => {
      const tail = parts.slice(i + 1).map((after) => (after.k === 'lit' ? String(after.v) : ANY)).join('')
      this.rooted(this.written(inst, part), (path) => {
        const joined = joinRooted([path + tail])
        if (joined) see(joined)
      })
    })
  }

  /** The place of an expression that was evaluated already. */
  private written(inst: Instance, x: Expr): Ref {
    if (x.k === 'call') return inst.results.get(x) ?? NOTHING
    return x.k === 'ref' || x.k === 'mem' || x.k === 'glob' ? this.library.ev.expression(inst, x) : NOTHING
  }

  private rooted(ref: Ref, see: (path: string) => void): void {
    this.a.solver.watch(ref, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string' && isRooted(value.value)) see(value.value)
    })
  }

  private load(from: Unit, path: string, node: number): void {
    for (const unit of this.unitsAt(path)) {
      if (unit === from) continue
      this.a.evaluateLater(unit)
      this.a.solver.flow(this.exportsOf(unit), node)
    }
  }

  /** What `require` gives of a file. */
  exportsOf(unit: Unit): Ref {
    return unit.facts.exports.length > 0 ? constant(this.a.namespace(unit).id) : this.a.field(unit.cjs, 'exports')
  }

  private unitsAt(path: string): Unit[] {
    if (path.includes(ANY)) return this.unitsLike(path)
    const to = this.a.resolver.resolve('package.json', `./${path.slice(ROOT_PATH.length)}`)
    const unit = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    return unit ? [unit] : []
  }

  /** Server code of a folder; a path that may be anything names nothing. */
  private unitsLike(path: string): Unit[] {
    const { folder, matches } = matcherOf(path)
    if (folder === '') return []
    const found = this.a.resolver.filesIn(folder, true).filter(matches).flatMap((file) => this.a.unitOf.get(file) ?? []).filter((unit) => unit.evaluated)
    return found.length > MOST_MODULES ? [] : found
  }

  // ---------------------------------------------------------------- functions that load folders

  /** Loads the modules of a folder, as plugins, as the values of the result, or names them. */
  loads(made: Application, model: Loads): void {
    if (model.as === 'modules') return this.globs.loads(made, model)
    if (model.call !== undefined) return this.gives(made, model, model.call)
    const written = made.site.k === 'call' ? made.site.a[0] : undefined
    if (written) this.putTogether(made.inst, written, (path) => this.loadsFrom(made, model, path))
    if (model.beside && !this.saysFolder(made, model)) return this.loadsFrom(made, model, ROOT_PATH + folderOf(made.inst.unit.path))
    const dirs = this.library.arguments.refs(model.dir, made)
    for (const dir of dirs) {
      this.a.solver.watch(dir, (id) => {
        const value = this.a.value(id)
        if (value.kind !== 'lit' || typeof value.value !== 'string') return
        for (const base of this.basesOf(made, model)) {
          const path = isRooted(value.value) ? value.value : joinRooted([base, model.as === 'module' ? value.value.replace(/^\/+/, '') : value.value])
          if (path) this.loadsFrom(made, model, path)
        }
      })
    }
  }

  private saysFolder({ site }: Application, { dir }: Loads): boolean {
    const written = site.k === 'call' ? site.a[Number(dir)] : undefined
    return written !== undefined && written.k !== 'obj'
  }

  /** `HauteCouture.compose(server)`: what the modules of a folder beside the caller export is given to a method of the server. */
  private gives(made: Application, model: Loads, call: string): void {
    const list = this.a.allocate(made.inst, made.site, 'array', { path: 'global#Array.new' })
    for (const base of this.basesOf(made, { ...model, cwd: model.dir })) {
      const folder = joinRooted([base, model.folder ?? ''])?.slice(ROOT_PATH.length)
      for (const file of folder ? this.a.resolver.filesIn(folder, true) : []) {
        const unit = this.a.unitOf.get(file)
        if (!unit) continue
        this.a.evaluateLater(unit)
        this.a.solver.watch(this.library.access.modules.exportNode(unit, 'default'), (id) => {
          const value = this.a.value(id)
          if (value.kind === 'object' && value.shape !== 'exports') this.a.solver.add(this.a.field(list, ELEMENTS), id)
        })
      }
    }
    this.a.solver.watch(made.args[0] ?? NOTHING, (id) => {
      const server = this.a.value(id)
      if ((server.kind !== 'object' && server.kind !== 'lib') || server.path === undefined || !call.startsWith(`${server.path}.`)) return
      this.library.perform({ ...made, path: call, recv: server.kind === 'object' ? server : undefined, args: [constant(list.id)], result: NOTHING }, this.a.catalog.row(call), call)
    })
  }

  /** Folders that a relative path may start at. */
  private basesOf(made: Application, model: Loads): string[] {
    const said = model.cwd === undefined ? [] : this.library.arguments.now(model.cwd, made).flatMap((value) => (value.kind === 'lit' && typeof value.value === 'string' && isRooted(value.value) ? [value.value] : []))
    if (said.length > 0) return said
    return [ROOT_PATH + (model.from === 'package' ? this.packageOf(made.inst.unit) : folderOf(made.inst.unit.path))]
  }

  /** `rfr('src/routes')`: what `require` would give of the file of that path. */
  private one(made: Application, path: string): void {
    const [unit] = this.unitsAt(path)
    if (!unit || made.result < 0) return
    this.a.evaluateLater(unit)
    this.a.solver.flow(this.exportsOf(unit), made.result)
  }

  private loadsFrom(made: Application, model: Loads, path: string): void {
    if (model.as === 'module') return this.one(made, path)
    if (model.as === 'services' || model.as === 'run') return this.eachModule(made, model, path)
    if (model.as === 'paths') return this.a.solver.add(this.library.builtins.listInto(made), this.a.literal(path).id)
    const { folder, matches } = path.includes(ANY) ? matcherOf(path) : { folder: path.slice(ROOT_PATH.length).replace(/\/+$/, ''), matches: () => true }
    for (const file of this.a.resolver.filesIn(folder || '.', true)) {
      const unit = this.a.unitOf.get(file)
      if (!unit || unit === made.inst.unit || !matches(file)) continue
      this.a.evaluateLater(unit)
      if (model.as === 'plugin') this.library.mounts.loadedPlugin(made, model, folder, unit)
      else if (model.as === 'list') this.listed(made, unit)
      else this.named(made, unit, file.slice(folder.length > 0 ? folder.length + 1 : 0))
    }
  }

  /** Modules of a pattern that is matched with care: `services/**\/*.js`, also where they are written in TypeScript. */
  private eachModule(made: Application, model: Loads, path: string): void {
    const { folder, matches } = matcherOf(path.replace(/\.(?:[cm]?[jt]sx?|\{[^}]*\})$/, ''))
    for (const file of this.a.resolver.filesIn(folder || '.', true)) {
      const unit = this.a.unitOf.get(file)
      if (!unit || unit === made.inst.unit || !matches(file)) continue
      this.a.evaluateLater(unit)
      if (model.bound) this.library.services.bindModule(made, model.bound, namesOf(file), this.library.access.modules.exportNode(unit, 'default'))
    }
  }

  private listed(made: Application, unit: Unit): void {
    this.a.solver.flow(this.library.access.modules.exportNode(unit, 'default'), this.library.builtins.listInto(made))
    this.a.solver.add(this.library.builtins.listInto(made), this.a.namespace(unit).id)
  }

  /** An object of folders and files by their names. */
  private named(made: Application, unit: Unit, inside: string): void {
    const names = inside.replace(/\.\w+$/, '').split('/')
    const file = names.pop() ?? ''
    let holder = this.a.allocate(made.inst, made.site, 'object')
    if (made.result >= 0) this.a.solver.add(made.result, holder.id)
    for (const name of names) holder = this.inner(holder, name)
    // Under the name of the file, or in camel case, as loaders rename them.
    for (const name of namesOf(file)) this.a.solver.flow(this.exportsOf(unit), this.a.field(holder, name))
  }

  private readonly inside = new Map<ObjectValue, Map<string, ObjectValue>>()

  private inner(holder: ObjectValue, name: string): ObjectValue {
    const known = this.inside.get(holder) ?? new Map<string, ObjectValue>()
    this.inside.set(holder, known)
    const old = known.get(name)
    if (old) return old
    const made = this.a.object({ unit: holder.unit, site: undefined, phase: holder.phase, env: holder.env, shape: 'object' })
    known.set(name, made)
    this.a.solver.add(this.a.field(holder, name), made.id)
    return made
  }
}

/** The name of a file, and the same in camel case. */
const namesOf = (file: string): string[] => {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  return [...new Set([name, name.replace(/[-_. ]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/^[A-Z]/, (letter) => letter.toLowerCase())])]
}

/** What a text is put together of: `dir + '/' + name`, `${dir}/${name}`; a `file://` before it is none of the path. */
const pieces = (x: Expr): Expr[] => {
  if (x.k === 'bin' && x.op === '+') return [...pieces(x.l), ...pieces(x.r)]
  if (x.k !== 'tpl' || x.tag) return [x]
  const text = (v: string | undefined): Expr[] => (v && !v.startsWith('file:') ? [{ k: 'lit', v, p: x.p, e: x.p }] : [])
  return x.q.flatMap((q, i) => [...text(q), ...(x.x[i] ? pieces(x.x[i]) : [])])
}
