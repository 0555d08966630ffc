import type { BindingId, Expr, ImportFact } from '../model/facts.js'
import type { Resolution } from '../model/input.js'
import type { Access } from './access.js'
import type { Analysis } from './analysis.js'
import type { AutoImports } from './auto-imports.js'
import type { Evaluator } from './evaluator.js'
import type { Instance, Unit } from './instances.js'
import { definitionsOf } from './definitions.js'
import { contained } from './ioc.js'
import { isRooted } from './paths.js'
import { someExpression } from './shape.js'
import { NOTHING, type Ref, constant, constantOf, isConstant } from './solver.js'
import type { NamespaceValue, ObjectValue } from './values.js'

/** Folder and beginning of the paths that a computed specifier can mean, and their end. */
interface Prefix { dir: string; start: string; end: string }
interface UnknownPart { before: string; x: Expr; after: string }

/** A folder with more modules than this is asked for those that lie in it, and not for all below. */
const MOST_BELOW = 60
const DATA_FILE = /\.(json|json5|jsonc|ya?ml|toml)$/

/** Imports, exports and CommonJS: how values cross files. */
export class Modules {
  autoImports!: AutoImports
  private readonly importOf = new Map<Unit, Map<BindingId, { fact: ImportFact; name: string }>>()
  private readonly asked = new Set<string>()
  private readonly computed: { inst: Instance; at: number; node: number }[] = []

  constructor(
    private readonly a: Analysis,
    private readonly ev: Evaluator,
    private readonly access: Access,
  ) {}

  // ---------------------------------------------------------------- imports

  importInto(unit: Unit, binding: BindingId, node: number): void {
    const found = this.importsOf(unit).get(binding)
    if (!found) return
    this.a.solver.flow(this.imported(unit, found.fact.s, found.name), node)
    const to = DATA_FILE.test(found.fact.s) ? this.a.resolver.resolve(unit.path, found.fact.s) : undefined
    const fact = unit.facts.bindings[binding]
    if (to?.kind === 'asset' && fact) this.a.dataOf(to.file).home ??= { unit, name: fact.n, start: fact.p, end: fact.e, kind: 'binding' }
  }

  private importsOf(unit: Unit): Map<BindingId, { fact: ImportFact; name: string }> {
    let map = this.importOf.get(unit)
    if (!map) {
      map = new Map()
      for (const fact of unit.facts.imports) for (const { n, b } of fact.names) map.set(b, { fact, name: n })
      this.importOf.set(unit, map)
    }
    return map
  }

  /** What an import of `name` from a specifier gives (`*` = the namespace). */
  imported(unit: Unit, specifier: string, name: string): Ref {
    const named = specifier === '#imports' ? this.autoImports.ref(unit, name) : specifier.includes(':') ? this.autoImports.ref(unit, `${specifier}#${name}`) : undefined
    return named ?? this.member(this.a.resolver.resolve(unit.path, specifier), name)
  }

  /** The specifier and name that an imported binding stands for. */
  importFact(unit: Unit, binding: BindingId): { specifier: string; name: string } | undefined {
    const found = this.importsOf(unit).get(binding)
    return found && { specifier: found.fact.s, name: found.name }
  }

  private member(to: Resolution, name: string): Ref {
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (target) this.a.evaluateLater(target)
    // `import * as options` of a file with `export = options` is that very object.
    if (target) return name === '*' && !exportsOne(target) ? constant(this.a.namespace(target).id) : this.exportNode(target, name === '*' ? 'default' : name)
    if (to.kind === 'asset' && DATA_FILE.test(to.file)) return constant(this.a.dataOf(to.file).id)
    const named = moduleName(to)
    if (named === undefined) return NOTHING
    const module = this.a.catalog.original(named)
    return constant(this.a.library(name === '*' || name === 'default' ? `${module}#default` : `${module}#${name}`).id)
  }

  require(inst: Instance, specifier: Expr): Ref {
    const text = this.textOf(inst, specifier)
    if (text !== undefined && DATA_FILE.test(text)) this.nameData(inst.unit, text)
    return text === undefined || isRooted(text) || this.namesMore(inst, specifier) ? this.requireComputed(inst, specifier) : this.required(inst.unit, text)
  }

  /** `lib(name) { return require(`./libs/${name}`) }`: the one name that is known by now may be the first of several. */
  private namesMore(inst: Instance, specifier: Expr): boolean {
    const part = specifier.k === 'tpl' ? unknownPart(specifier) : undefined
    return part !== undefined && !isConstant(this.ev.expression(inst, part.x)) && this.prefixOf(inst, specifier) !== undefined
  }

  /** `const settings = require('./settings.json')`: what is read there goes by this name. */
  private nameData(unit: Unit, specifier: string): void {
    const to = this.a.resolver.resolve(unit.path, specifier)
    const [binding] = (unit.facts.functions[0]?.body ?? []).flatMap((s) => (s.k === 'var' ? s.d.flatMap(({ t, i }) => (t.k === 'bind' && i !== undefined && isRequireOf(i, specifier) ? [t.b] : [])) : []))
    const fact = binding === undefined ? undefined : unit.facts.bindings[binding]
    if (to.kind === 'asset' && fact) this.a.dataOf(to.file).home ??= { unit, name: fact.n, start: fact.p, end: fact.e, kind: 'binding' }
  }

  /** `use('App/Models/User')`: a container that knows modules by name. */
  contained(unit: Unit, name: string): Ref | undefined {
    const manifest = this.a.resolver.manifestOf(unit.path)
    const to = contained(name, manifest)
    if (!to) return undefined
    if ('path' in to) return constant(this.a.library(to.path).id)
    const place = { ...unit, path: `${manifest?.dir ?? '.'}/package.json`.replace(/^\.\//, '') }
    return this.required(place, to.file)
  }

  /** `module.exports` of a file, or its namespace where it is an ES module; a library otherwise. */
  private required(unit: Unit, specifier: string): Ref {
    const to = this.a.resolver.resolve(unit.path, specifier)
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (!target) return this.member(to, 'default')
    this.a.evaluateLater(target)
    if (exportsOne(target)) return this.exportNode(target, 'default')
    return target.facts.exports.length > 0 && !replacesExports(target) ? constant(this.a.namespace(target).id) : this.a.field(target.cjs, 'exports')
  }

  /** `require(dir + name)`: any file of the folder that the known beginning names. */
  private requireComputed(inst: Instance, given: Expr): Ref {
    const ref = this.ev.expression(inst, given)
    const specifier = this.putTogether(inst.unit, given)
    const whole = besideThis(specifier)
    if (whole !== undefined && this.a.resolver.resolve(inst.unit.path, whole).kind === 'file') return this.required(inst.unit, whole)
    const node = this.a.solver.node()
    const prefix = this.prefixOf(inst, specifier)
    if (prefix === undefined) {
      this.computed.push({ inst, at: specifier.p, node })
      this.ev.calls.library.folders.computed(inst, specifier, ref, node)
      if (specifier.k === 'ref') this.loadTexts(inst, ref, node)
      return node
    }
    const part = unknownPart(specifier)
    const name = part && this.ev.expression(inst, part.x)
    if (part === undefined && specifier.k === 'call') this.ev.calls.library.folders.exactly(inst, ref, node, () => this.loadAny(prefix, node))
    else if (part === undefined || name === undefined || this.a.solver.size(name) === 0) this.loadAny(prefix, node)
    else this.loadNamed(inst, part, name, prefix, node)
    return node
  }

  /** `const path = './plugins/' + name; require(path)`: what the local was put together of; anything else itself. */
  private putTogether(unit: Unit, x: Expr): Expr {
    if (x.k !== 'ref') return x
    const made = definitionsOf(unit.facts).get(x.b)
    return made?.k === 'bin' || made?.k === 'tpl' ? made : x
  }

  /** `require(`../plugins/${name}`)` where all that `name` can be is known: these modules, and not the folder. */
  private loadNamed(inst: Instance, { before, after }: UnknownPart, name: Ref, prefix: Prefix, node: number): void {
    let any = false
    this.a.solver.watch(name, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string') return this.a.solver.flow(this.required(inst.unit, `${before}${value.value}${after}`), node)
      if (!any) this.loadAny(prefix, node)
      any = true
    })
  }

  /** `names.map((name) => require(name))` of a list that is written down. */
  private loadTexts(inst: Instance, specifier: Ref, node: number): void {
    this.a.solver.watch(specifier, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'lit' && typeof value.value === 'string' && value.value !== '' && !isRooted(value.value)) this.a.solver.flow(this.required(inst.unit, value.value), node)
    })
  }

  private loadAny({ dir, start, end }: Prefix, node: number): void {
    const named = this.a.resolver.filesIn(dir, true).filter((file) => file.startsWith(start) && (!end || file.replace(/\.\w+$/, '').endsWith(end.replace(/\.\w+$/, ''))))
    const near = named.length > MOST_BELOW ? named.filter((file) => /^[^/]*(\/index\.\w+)?$/.test(file.slice(start.lastIndexOf('/') + 1))) : named
    for (const file of near) {
      const target = this.a.unitOf.get(file)
      if (target) this.a.evaluateLater(target)
      if (target) this.a.solver.flow(this.ev.calls.library.folders.exportsOf(target), node)
    }
  }

  /** Says which computed specifiers led nowhere, once all values are known. */
  settle(): void {
    for (const { inst, at, node } of this.computed) if (this.a.solver.size(node) === 0) this.a.gap(inst, 'computed require', at, 'require')
  }

  /** Folder and beginning of the paths that a computed specifier can mean. */
  private prefixOf(inst: Instance, x: Expr): Prefix | undefined {
    const here = dirname(inst.unit.path)
    const parts = pathParts(x)
    if (!parts) return undefined
    const [first, ...rest] = parts
    let start: string
    if (first === DIRNAME) start = join(here, typeof rest[0] === 'string' ? rest[0] : '')
    else if (typeof first === 'string' && /^\.\.?\//.test(first)) start = join(here, first)
    else {
      const named = typeof first === 'string' && rest.length > 0 && first.endsWith('/') ? this.folderNamed(inst.unit, first) : undefined
      if (named === undefined) return undefined
      start = named
    }
    const last = parts.at(-1)
    const end = parts.length > 1 && typeof last === 'string' && last !== first ? last : ''
    const dir = start.endsWith('/') ? start.slice(0, -1) : dirname(start)
    return { dir, start, end }
  }

  /** `require('@/plugins/' + name)`: a folder by another name, which the specifiers of its files show. */
  private folderNamed(unit: Unit, alias: string): string | undefined {
    const tail = alias.slice(alias.indexOf('/'))
    if (tail.length < 2) return undefined
    const tried = new Set<string>()
    for (const { path } of this.a.units) {
      const at = `/${path}`.indexOf(tail)
      const folder = path.slice(0, Math.max(0, at + tail.length - 1))
      if (at < 0 || tried.has(folder)) continue
      tried.add(folder)
      const to = this.a.resolver.resolve(unit.path, alias + path.slice(folder.length).replace(/\.\w+$/, ''))
      if (to.kind === 'file' && to.file === path) return folder
    }
    return undefined
  }

  dynamicImport(inst: Instance, specifier: Expr): Ref {
    const text = this.textOf(inst, specifier)
    return text === undefined || isRooted(text) || this.namesMore(inst, specifier) ? this.requireComputed(inst, specifier) : this.imported(inst.unit, text, '*')
  }

  /** `import('./x').then(…)`: the promise of a module. */
  promiseOf(module: NamespaceValue): ObjectValue {
    const promise = this.a.bag(`@promise import ${module.unit.path}`)
    this.a.solver.add(this.a.field(promise, '@promised'), module.id)
    return promise
  }

  private textOf(inst: Instance, x: Expr): string | undefined {
    if (x.k === 'lit') return typeof x.v === 'string' ? x.v : undefined
    if (x.k === 'tpl' && x.x.length === 0 && !x.tag) return x.q[0]
    if (x.k !== 'ref' && x.k !== 'tpl') return undefined
    const ref = this.ev.expression(inst, x)
    const value = isConstant(ref) ? this.a.value(constantOf(ref)) : undefined
    return value?.kind === 'lit' && typeof value.value === 'string' ? value.value : undefined
  }

  // ---------------------------------------------------------------- exports

  /** Place of an exported name: ES exports, re-exports, and CommonJS as default or by member. */
  exportNode(unit: Unit, name: string): number {
    const known = unit.exports.get(name)
    if (known !== undefined) return known
    const node = this.a.solver.node()
    unit.exports.set(name, node)
    this.fillExport(unit, name, node)
    return node
  }

  exportInto(unit: Unit, name: string, node: number): void {
    this.a.solver.flow(this.exportNode(unit, name), node)
  }

  private fillExport(unit: Unit, name: string, node: number): void {
    const { exports } = unit.facts
    for (const fact of exports) {
      if (fact.n === name || (fact.n === '=' && name === 'default')) this.flowExport(unit, fact, node)
      else if (fact.n === '=') this.a.solver.flow(this.access.load(this.exportNode(unit, 'default'), name), node)
      else if (fact.n === '*' && fact.from !== undefined && name !== 'default') this.a.solver.flow(this.imported(unit, fact.from, name), node)
    }
    if (exports.length > 0 && (exports.some(({ n }) => n === name || n === '=') || !replacesExports(unit))) return
    const assigned = this.a.field(unit.cjs, 'exports')
    if (name === 'default') this.a.solver.flow(assigned, node)
    this.a.solver.flow(this.access.load(assigned, name), node)
  }

  private flowExport(unit: Unit, fact: { b?: BindingId; x?: Expr; from?: string; i?: string }, node: number): void {
    if (fact.from !== undefined) this.a.solver.flow(this.imported(unit, fact.from, fact.i ?? '*'), node)
    else if (fact.b !== undefined) this.a.solver.flow(this.ev.binding(unit.module, fact.b), node)
    else if (fact.x) this.a.solver.flow(this.exportedExpression(unit, fact.x), node)
  }

  /** `export default <expr>` is evaluated once, whoever asks. */
  private exportedExpression(unit: Unit, x: Expr): Ref {
    const known = unit.module.results.get(x)
    if (known !== undefined) return known
    const ref = this.ev.expression(unit.module, x)
    if (ref >= 0) unit.module.results.set(x, ref)
    return ref
  }

  /** What evaluating a module evaluates besides its body: exported expressions and the modules that it imports. */
  evaluateExports(unit: Unit): void {
    for (const fact of unit.facts.imports) if (!fact.typeOnly) this.evaluateTarget(unit, fact.s)
    for (const fact of unit.facts.exports) if (fact.from !== undefined && !fact.typeOnly) this.evaluateTarget(unit, fact.from)
    for (const fact of unit.facts.exports) if (fact.x) this.exportNode(unit, fact.n === '=' ? 'default' : fact.n)
  }

  private evaluateTarget(unit: Unit, specifier: string): void {
    const to = this.a.resolver.resolve(unit.path, specifier)
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (target) this.a.evaluateLater(target)
  }

  eachExport(unit: Unit, see: (name: string, node: number) => void): void {
    for (const fact of unit.facts.exports) {
      if (fact.n !== '*' && fact.n !== '=' && !fact.typeOnly) see(fact.n, this.exportNode(unit, fact.n))
      else if (fact.n === '*' && fact.from !== undefined) this.eachReexport(unit, fact.from, see)
    }
  }

  private eachReexport(unit: Unit, from: string, see: (name: string, node: number) => void): void {
    const to = this.a.resolver.resolve(unit.path, from)
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    const key = `${unit.index}>${target?.index}`
    if (!target || this.asked.has(key)) return
    this.asked.add(key)
    this.eachExport(target, see)
    this.asked.delete(key)
  }

  allExports(unit: Unit, node: number): void {
    this.eachExport(unit, (_, exported) => this.a.solver.flow(exported, node))
  }
}

const isRequireOf = (x: Expr, specifier: string): boolean => x.k === 'call' && x.f.k === 'glob' && x.f.n === 'require' && x.a[0]?.k === 'lit' && x.a[0].v === specifier

/** `export = …` */
const exportsOne = (unit: Unit): boolean => unit.facts.exports.some(({ n }) => n === '=')

/** `module.exports = model` beside `export const schema = …`: what compilers of modules leave of it is CommonJS. */
const replacesExports = (unit: Unit): boolean => {
  let known = replacing.get(unit)
  if (known === undefined) replacing.set(unit, (known = someExpression(unit.module.fn.body, isExportsSet)))
  return known
}
const replacing = new WeakMap<Unit, boolean>()
const isExportsSet = (x: Expr): boolean => x.k === 'set' && x.l.k === 'mem' && x.l.n === 'exports' && x.l.o.k === 'glob' && x.l.o.n === 'module'

const moduleName = (to: Resolution): string | undefined => {
  if (to.kind === 'builtin') return to.name
  if (to.kind === 'package') return to.subpath ? `${to.name}/${to.subpath}` : to.name
  return undefined
}

/** The one part of a relative specifier that is not written there. */
const unknownPart = (x: Expr): UnknownPart | undefined => {
  if (x.k === 'tpl' && !x.tag && x.x.length === 1 && x.q[0]?.startsWith('.')) return { before: x.q[0], x: x.x[0] as Expr, after: x.q[1] ?? '' }
  return x.k === 'bin' && x.op === '+' && x.l.k === 'lit' && String(x.l.v).startsWith('.') ? { before: String(x.l.v), x: x.r, after: '' } : undefined
}

const DIRNAME = Symbol('dirname')
type Part = string | typeof DIRNAME | undefined

/** The known and unknown pieces of a path that is put together: `__dirname + '/x/' + name`, `path.join(…)`, templates. */
const pathParts = (x: Expr): Part[] | undefined => {
  if (x.k === 'lit') return [String(x.v)]
  if (x.k === 'glob') return [x.n === '__dirname' ? DIRNAME : undefined]
  if (x.k === 'mem' && x.o.k === 'meta') return [x.n === 'dirname' ? DIRNAME : undefined]
  if (x.k === 'bin' && x.op === '+') return [...(pathParts(x.l) ?? [undefined]), ...(pathParts(x.r) ?? [undefined])]
  if (x.k === 'tpl' && !x.tag) return x.q.flatMap((q, i) => (x.x[i] ? [...(q ? [q] : []), ...(pathParts(x.x[i]) ?? [undefined])] : q ? [q] : []))
  if (x.k === 'call' && x.f.k === 'mem' && (x.f.n === 'join' || x.f.n === 'resolve')) return x.a.flatMap((arg, i) => joined(pathParts(arg) ?? [undefined], i))
  return [undefined]
}

/** `require(path.join(__dirname, '../config'))`, `require(__dirname + '/../config')`: all of it is known, and counts from the folder of the file. */
const besideThis = (x: Expr): string | undefined => {
  const [first, ...rest] = pathParts(x) ?? []
  if (first !== DIRNAME || rest.length === 0 || !rest.every((part) => typeof part === 'string')) return undefined
  return `./${rest.join('').replace(/\/+/g, '/').replace(/^\/|\/$/g, '')}`
}

const joined = (parts: Part[], index: number): Part[] => {
  const [first] = parts
  return index > 0 && typeof first === 'string' && !first.startsWith('/') ? [`/${first.replace(/^\.\//, '')}/`, ...parts.slice(1)] : parts
}

const dirname = (path: string): string => {
  const at = path.lastIndexOf('/')
  return at < 0 ? '.' : path.slice(0, at)
}

/** Joins and normalises; keeps a trailing slash, which says that what is unknown lies in that folder. */
const join = (dir: string, more: string): string => {
  const out: string[] = []
  for (const part of `${dir}/${more}`.split('/')) {
    if (part === '..') out.pop()
    else if (part !== '.' && part !== '') out.push(part)
  }
  return out.join('/') + (more.endsWith('/') ? '/' : '')
}
