import { configTexts } from './config-texts.js'
import { convention } from './globs.js'
import type { ConventionRow, EntryModel } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Manifest } from '../model/input.js'
import type { EntryRecord } from './analysis.js'
import type { Unit } from './instances.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { enterActions } from './controller-actions.js'
import { routeOf } from './file-routes.js'
import { staysInBrowser } from './in-browser.js'
import { hang, meantBy } from './hung-modules.js'
import { enterKeyed } from './keyed-routes.js'
import { type RouteTable, routeTable } from './route-config.js'
import { sdlOperations } from './sdl-operations.js'
import { isExpression, membersIn, someExpression } from './shape.js'

type ExportModel = ConventionRow['exports'][string]

/** Files that a framework finds by their place: their exports are entries. */
export class Conventions {
  private readonly ofPackage = new Map<string, ConventionRow[]>()
  private readonly before = new Map<FnFact, EntryRecord>()
  private looks: ConventionRow[] | undefined

  constructor(private readonly library: Library) {}

  apply(): void {
    const { a } = this.library
    for (const unit of a.units) {
      const manifest = a.resolver.manifestOf(unit.path)
      const dir = manifest?.dir ?? '.'
      const inside = dir === '.' ? unit.path : unit.path.slice(dir.length + 1)
      const rows = this.rowsFor(dir, manifest).filter((row) => convention(row, inside))
      for (const row of rows) this.file(unit, inside, row)
      // What only a browser runs is not parsed for that.
      if (unit.evaluated) for (const row of this.byParameters) if (mayExport(unit, row) && convention(row, inside) && !rows.some(({ exports }) => Object.keys(row.exports).some((name) => name in exports))) this.file(unit, inside, row)
    }
  }

  /** Conventions that hold without their packages too, for what looks like it. */
  private get byParameters(): ConventionRow[] {
    return (this.looks ??= this.library.a.conventions.flatMap((row) => (row.takes ? [{ ...row, packages: [], exports: byFile(row.exports) }] : [])))
  }

  /** The conventions that hold in a package. */
  private rowsFor(dir: string, manifest: Manifest | undefined): ConventionRow[] {
    let rows = this.ofPackage.get(dir)
    if (!rows) {
      const { resolver, conventions } = this.library.a
      const isThere = (name: string): boolean => ['asset', 'file'].includes(resolver.resolve(`${dir}/package.json`, `./${name}`).kind)
      const isMeant = (row: ConventionRow): boolean => (manifest !== undefined && row.packages.some((name) => name in manifest.dependencies)) || row.beside?.some(isThere) === true
      const isTurnedOff = ({ unless }: ConventionRow): boolean => unless !== undefined && isOff(resolver.settings(`${dir}/${unless.settings}`), unless.at)
      rows = conventions.filter((row) => isMeant(row) && !isTurnedOff(row))
      this.ofPackage.set(dir, rows)
    }
    return rows
  }

  /** Files that the user's config names as places of entries; globs from the audited root. */
  hinted(rows: readonly ConventionRow[]): void {
    for (const row of rows) for (const unit of this.library.a.units) if (convention(row, unit.path)) this.hintedFile(unit, row)
  }

  private hintedFile(unit: Unit, row: ConventionRow): void {
    this.library.a.evaluateLater(unit)
    this.file(unit, unit.path, row)
  }

  private file(unit: Unit, inside: string, row: ConventionRow): void {
    if (row.directive) return this.directive(unit, row, row.directive)
    if (row.inBrowser && staysInBrowser(this.library.a, unit, row.inBrowser)) return
    if (row.endings && this.endingOf(unit, inside, row.endings) === undefined) return
    if (row.routes && !this.isRoute(unit, inside, row.routes)) return
    const route = this.routeFor(unit, inside, row)
    if (route !== undefined) this.library.a.fileRoutes.set(unit, route)
    for (const [key, model] of Object.entries(row.exports)) {
      const [name, rest] = splitKey(key)
      if (model.hangs) hang(this.library, unit, inside, name, model.hangs)
      else if (model.actions) enterActions(this.library, unit, inside, this.library.access.modules.exportNode(unit, name), model, this.before)
      else if (model.classes) this.library.access.modules.eachExport(unit, (_, node) => this.platformClass(node, model.classes as string))
      else if (key === '<body>') this.body(unit, inside, row, model)
      else if (key === '*') this.library.access.modules.eachExport(unit, (exported, node) => this.exported(unit, inside, row, exported, node, model))
      else if (key === '<operations>') this.operations(unit, inside, row, model)
      else if (this.has(unit, name)) this.export(unit, inside, row, name, rest, model)
    }
  }

  /** `export class Room { constructor(state, env) { … } async fetch(request) { … } }`: the platform makes it, one for each id. */
  private platformClass(node: Ref, path: string): void {
    const { a, components } = this.library
    const component = a.catalog.row(path)?.component
    if (!component) return
    a.solver.watch(node, (id) => {
      const value = a.value(id)
      if (value.kind === 'class' && isMadeByPlatform(value, Object.keys(component.request ?? {}))) components.madeLike(value, component)
    })
  }

  private readonly tables = new Map<string, RouteTable | undefined>()

  /** The routes that a package's own configuration names. */
  private tableOf(unit: Unit, folder: string): RouteTable | undefined {
    const dir = this.library.a.resolver.manifestOf(unit.path)?.dir ?? '.'
    const base = `${dir === '.' ? '' : `${dir}/`}${folder}/routes`
    if (!this.tables.has(base)) {
      const config = ['.ts', '.js', '.mjs', '.tsx'].map((extension) => this.library.a.unitOf.get(base + extension)).find((found) => found !== undefined)
      this.tables.set(base, config && routeTable(config))
    }
    return this.tables.get(base)
  }

  private readonly endings = new Map<string, string[]>()

  /** The ending of a file that the package's configuration allows; `''` where it asks for none, nothing where the file has another. */
  private endingOf(unit: Unit, inside: string, { config, at }: NonNullable<ConventionRow['endings']>): string | undefined {
    const { a } = this.library
    const base = unit.path.slice(0, unit.path.length - inside.length) + config
    if (!this.endings.has(base)) {
      const found = ['.js', '.mjs', '.ts', '.cjs'].map((extension) => a.unitOf.get(base + extension)).find((one) => one !== undefined)
      this.endings.set(base, found ? configTexts(found, at) : [])
    }
    const allowed = this.endings.get(base) ?? []
    return allowed.length === 0 ? '' : allowed.find((ending) => inside.endsWith(`.${ending}`))
  }

  private isRoute(unit: Unit, inside: string, { folder, named }: NonNullable<ConventionRow['routes']>): boolean {
    const table = this.tableOf(unit, folder)
    return named ? table !== undefined && (table.has(moduleIn(folder, inside)) || isRoot(inside)) : table === undefined
  }

  private routeFor(unit: Unit, inside: string, row: ConventionRow): string | undefined {
    if (!row.route) return undefined
    const named = row.routes && this.tableOf(unit, row.routes.folder)?.get(moduleIn(row.routes.folder, inside))
    if (named !== undefined) return `/${named}`
    const [, ending = ''] = /^(.+)\.\w+$/.exec(row.endings ? this.endingOf(unit, inside, row.endings) ?? '' : '') ?? []
    return routeOf(ending === '' ? inside : inside.replace(`.${ending}.`, '.'), row.route)
  }

  /** An export, or what lies at the rest of an argument path in it: `default.fetch`, `actions{}`, `middleware[]`. */
  private export(unit: Unit, inside: string, row: ConventionRow, name: string, rest: string, model: ExportModel): void {
    const { arguments: paths, registration } = this.library
    const node = this.library.access.modules.exportNode(unit, name)
    const given = { args: [], inst: unit.module, ...(model.handed && { handed: registration.params(model.handed) }) }
    const at = rest.lastIndexOf('{}')
    if (model.configures) return this.configured(unit, inside, name, model.configures)
    if (model.calls) return this.called(unit, name, paths.beyond(node, rest, given), model.calls)
    if (model.orLibrary) return this.answeredByLibrary(unit, name, paths.beyond(node, rest, given), node, model)
    if (at < 0) return this.exported(unit, inside, row, `${name}${rest.startsWith('.') ? rest : ''}`, paths.beyond(node, rest, given), model)
    registration.members(paths.beyond(node, rest.slice(0, at), given), (member, field, holder) => {
      if (model.keyed) return enterKeyed(this.library, unit, member, field, holder, model)
      const fn = paths.beyond(field, rest.slice(at + 2), given)
      if (model.under) this.library.dispatch.listenUnder(paths.beyond(node, model.under, given), member, fn)
      this.enter(unit, inside, row, `${name}.${member}`, fn, model)
    })
  }

  /** `module.exports.session = { … }`: settings that a framework reads, and those of production that it puts over them. */
  private configured(unit: Unit, inside: string, name: string, { path, or, given }: NonNullable<ExportModel['configures']>): void {
    const { a, access } = this.library
    const base = unit.path.slice(0, unit.path.length - inside.length)
    const other = or === undefined ? undefined : ['.js', '.ts'].map((extension) => a.unitOf.get(base + or + extension)).find((one) => one !== undefined)
    if (other) a.evaluateLater(other)
    const site = (name === 'default' ? exportedWhole(unit) ?? this.named(unit) : assignedTo(unit, name)?.r) ?? { k: 'this' as const, p: 0, e: 1 }
    const args = [unit, ...(other ? [other] : [])].map((one) => meantBy(this.library, one, access.modules.exportNode(one, name), { on: [], ...(given && { given }) }))
    a.calls.push({ inst: unit.module, site, path, recv: undefined, args, result: NOTHING, row: a.catalog.row(path) })
  }

  /** `const settings = { … }; export default settings` */
  private named(unit: Unit): Expr | undefined {
    const name = unit.facts.exports.find(({ n }) => n === 'default')
    const binding = name?.x?.k === 'ref' ? name.x.b : name?.b
    const made = binding === undefined ? undefined : this.library.ev.production.defined(unit, binding)
    return made?.unit === unit && made.x.k === 'obj' ? made.x : undefined
  }

  /** `module.exports = (robot) => { … }`: the framework hands what a file of its folders exports to a function of its own. */
  private called(unit: Unit, name: string, exported: Ref, path: string): void {
    const { a } = this.library
    const { start, end } = placeOf(unit, name, undefined)
    const owner = path.slice(0, path.lastIndexOf('.'))
    const [recv] = owner.endsWith('.new') ? a.of(this.library.typed(owner, 'startup')).filter((value) => value.kind === 'object') : []
    const site = exportedWhole(unit) ?? { k: 'this' as const, p: start, e: end }
    this.library.call(unit.module, site, a.library(path, recv), [exported], NOTHING)
  }

  /** Exported functions that resolve what the schema of the package names. */
  private operations(unit: Unit, inside: string, row: ConventionRow, model: ExportModel): void {
    const folder = unit.path.slice(0, unit.path.length - inside.length) + (model.sdl ?? '')
    const named = sdlOperations(this.library.a, folder)
    this.library.access.modules.eachExport(unit, (name, node) => {
      const method = named.get(name)
      if (method !== undefined) this.exported(unit, inside, row, name, node, { ...model, method })
    })
  }

  /** The body of a page's module runs at each rendering. */
  private body(unit: Unit, inside: string, row: ConventionRow, model: ExportModel): void {
    const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
    const record = this.library.registration.record(made, modelOf(model), unit.path.split('/').pop())
    record.route = this.routeFor(unit, inside, row)
    record.site = undefined
    this.library.a.evaluateLater(unit)
    if (model.params) this.properties(unit, this.library.registration.params(model.params))
    record.handlers.push({ instance: unit.module, order: 0 })
  }

  /** `export let data` of a Svelte page: what was loaded for it. */
  private properties(unit: Unit, [given]: Ref[]): void {
    if (given === undefined) return
    for (const { n, b } of unit.facts.exports) if (b !== undefined && (n === 'data' || n === 'form' || n === 'params')) this.library.a.solver.flow(given, this.library.ev.binding(unit.module, b))
  }

  private has(unit: Unit, name: string): boolean {
    const { exports } = unit.facts
    return exports.length === 0 ? true : exports.some((e) => e.n === name || (e.n === '=' && name === 'default') || e.n === '*')
  }

  /** `'use server'`: every exported function of the file, or the functions that say so themselves. */
  private directive(unit: Unit, row: ConventionRow, directive: string): void {
    const model = row.exports['*'] ?? Object.values(row.exports)[0]
    if (!model) return
    if (unit.facts.directives.includes(directive)) {
      this.library.access.modules.eachExport(unit, (name, node) => this.exported(unit, '', row, name, node, model))
      return
    }
    unit.facts.functions.forEach((fn, index) => {
      if (!fn.directives?.includes(directive)) return
      const value = this.library.a.fnValue(unit, index, unit.module)
      this.exported(unit, '', row, fn.n ?? 'action', constant(value.id), model)
    })
  }

  private exported(unit: Unit, inside: string, row: ConventionRow, name: string, node: Ref, model: ExportModel): void {
    if (!model.members) return this.enter(unit, inside, row, name, node, model)
    this.library.registration.members(node, (member, field) => this.enter(unit, inside, row, `${name}.${member}`, field, model))
  }

  /** `export const { GET, POST } = handlers` of a library: an entry whose code is not here. */
  private madeByLibrary(unit: Unit, inside: string, row: ConventionRow, name: string, node: Ref, model: ExportModel): void {
    const { a, registration } = this.library
    let record: EntryRecord | undefined
    a.solver.watch(node, (id) => {
      const value = a.value(id)
      if (record || (value.kind !== 'lib' && !(value.kind === 'object' && value.shape === 'library')) || /^(global|node:)/.test(value.path ?? 'global')) return
      const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
      const at = placeOf(unit, name, undefined)
      record = registration.at(registration.record(made, modelOf(model), name === 'default' ? fileName(unit.path) : name.replace(/^default\./, '')), at.unit, at.start, at.end)
      record.route = this.routeFor(unit, inside, row)
      record.site = undefined
      record.opaque = true
      if (value.kind === 'object' || value.recv?.kind === 'object') this.answered(record, made, value.kind === 'object' ? value : value.recv as ObjectValue)
    })
  }

  /** A part of what is exported is of a library, and brings an entry of its own: the default actions of a mixin. */
  private answeredByLibrary(unit: Unit, name: string, node: Ref, whole: Ref, model: ExportModel): void {
    const { a, registration, arguments: paths } = this.library
    let record: EntryRecord | undefined
    a.solver.watch(node, (id) => {
      const { path } = a.value(id) as { path?: string }
      if (record || path === undefined || !model.orLibrary?.some((one) => path.startsWith(one))) return
      const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
      const { start, end } = placeOf(unit, name, undefined)
      const written = a.of(whole).flatMap((value) => (value.kind === 'object' && value.unit === unit && value.site ? [value.site.p] : []))[0]
      record = registration.at(registration.record(made, modelOf(model), model.name), unit, written ?? start, written === undefined ? end : written + 1)
      Object.assign(record, { site: undefined, opaque: true, answeredBy: path })
      if (model.does?.unless) record.insteadOf = paths.beyond(whole, model.does.unless, { args: [], inst: unit.module })
      if (model.does?.model) record.workedOn = model.does.model.split('~').map((part) => paths.beyond(whole, part, { args: [], inst: unit.module }))
    })
  }

  /** What the library calls for some of its routes: each of these functions answers under a path of its own. */
  private answered(whole: EntryRecord, made: Application, { path, args }: ObjectValue): void {
    const answers = path === undefined ? undefined : this.library.a.catalog.row(path)?.answers
    if (!answers || !args || !whole.methods.includes(answers.method)) return
    const { a, arguments: paths, registration } = this.library
    for (const ref of paths.refs(answers.each, { args, inst: made.inst })) {
      a.solver.watch(ref, (id) => {
        const name = this.library.access.load(constant(id), answers.name)
        this.library.functions(this.library.access.load(constant(id), answers.fn), (fn) => {
          const record = registration.at(registration.record(made, whole.model), whole.unit, whole.start, whole.end)
          const [known = answers.unnamed] = paths.texts(name)
          record.route = whole.route?.replace(/[*:][^/]*$/, answers.path.replace('*', known))
          record.site = undefined
          registration.handle(made, record, fn, [], 0)
        })
      })
    }
  }

  private enter(unit: Unit, inside: string, row: ConventionRow, name: string, node: Ref, model: ExportModel): void {
    const { registration } = this.library
    const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
    if (MADE.has(model.kind) && row.route && name !== 'default') this.madeByLibrary(unit, inside, row, name, node, model)
    this.library.functions(node, (fn) => {
      if (row.takes && row.packages.length === 0 && !takes(fn, row.takes)) return
      if (model.startup) return void this.library.calls.invoke(unit.module, made.site, fn, [], registration.params(model.params), NOTHING, { phase: 'startup' })
      const record = registration.record(made, modelOf(model), name === 'default' || model.ofFile ? fileName(unit.path) : name.replace(/^default\./, ''))
      const at = placeOf(unit, name, fn)
      registration.at(record, at.unit, at.start, at.end)
      record.route = this.routeFor(unit, inside, row)
      record.site = undefined
      if (model.method === 'ALL' && !row.route) record.byPlace = true
      registration.handle(made, record, fn, registration.params(model.params), 0)
    })
  }
}

const mayExport = ({ facts, module }: Unit, { exports }: ConventionRow): boolean =>
  Object.keys(exports).some((name) => facts.exports.some(({ n }) => n === name) || (facts.exports.length === 0 && membersIn(module.fn).has(name)))

/** What many files export by one name is told by the name of its file. */
const byFile = (exports: ConventionRow['exports']): ConventionRow['exports'] => Object.fromEntries(Object.entries(exports).map(([name, model]) => [name, { ...model, ofFile: true as const }]))

/** `(event, context, callback) => …`, by the names of the first parameters; not where an application is handed them (`api.run(event, context)`), whose routes are known. */
const takes = ({ unit, fn }: FnValue, names: string[]): boolean => {
  const given = names.map((name, i) => { const t = fn.params[i]?.t; return t?.k === 'bind' && new RegExp(`^(${name})$`, 'i').test(unit.facts.bindings[t.b]?.n ?? '') ? t.b : undefined })
  const isGiven = (x: Expr): boolean => x.k === 'call' && x.f.k === 'mem' && given.every((b) => x.a.some((arg) => arg.k === 'ref' && arg.b === b))
  return given.every((b) => b !== undefined) && !someExpression(fn.body, isGiven)
}

/** Where a function stands that a module exports: what a function shared by several made for it stands where it is exported. */
export const exportedPlace = (unit: Unit, name: string, fn: FnValue): { unit: Unit; start: number; end: number } => {
  const own = { unit: fn.unit, start: fn.fn.q, end: fn.fn.q + (fn.fn.n?.length ?? 1) }
  if (fn.env === fn.unit.module) return own
  if (unit.facts.exports.some(({ n }) => n === name)) return placeOf(unit, name, undefined)
  const assigned = assignedTo(unit, name)?.l
  return assigned ? { unit, start: assigned.q, end: assigned.e } : own
}

/** `exports.name = …` in the body of a module. */
const assignedTo = (unit: Unit, name: string): { l: Expr & { k: 'mem' }; r: Expr } | undefined =>
  unit.facts.functions[0]?.body.flatMap((s) => (s.k === 'expr' && s.x.k === 'set' && isExpression(s.x.l) && s.x.l.k === 'mem' && s.x.l.n === name ? [{ l: s.x.l, r: s.x.r }] : [])).at(0)

/** `module.exports = { … }`, `export default { … }`. */
const exportedWhole = (unit: Unit): Expr | undefined =>
  [...unit.facts.exports.filter(({ n }) => n === 'default' || n === '=').map(({ x }) => x), assignedTo(unit, 'exports')?.r].find((x) => x?.k === 'obj')

/** Where a handler is exported; a member of what is exported, where it is written, if it is in the same file. */
const placeOf = (unit: Unit, name: string, fn: FnValue | undefined): { unit: Unit; start: number; end: number } => {
  const [exported = name] = name.split('.')
  const fact = unit.facts.exports.find(({ n }) => n === exported) ?? (fn?.unit === unit ? undefined : unit.facts.exports.find(({ n }) => n === '=' || n === '*'))
  const binding = fact?.b === undefined ? undefined : unit.facts.bindings[fact.b]
  if (fn && (!fact || (fn.unit === unit && (exported !== name || fact?.x?.k === 'fn')))) return { unit: fn.unit, start: fn.fn.q, end: fn.fn.q + (fn.fn.n?.length ?? 1) }
  if (binding && binding.kind !== 'import') return { unit, start: binding.p, end: binding.e }
  return { unit, start: fact?.p ?? 0, end: (fact?.p ?? 0) + 1 }
}

/** It has a method that the platform calls, and is given its state. */
const isMadeByPlatform = ({ cls, unit }: ClassValue, methods: string[]): boolean => {
  const [state] = cls.ctor === undefined ? [] : unit.facts.functions[cls.ctor]?.params ?? []
  const type = state?.ty?.k === 'ref' ? state.ty.n : ''
  const name = state?.t.k === 'bind' ? unit.facts.bindings[state.t.b]?.n ?? '' : ''
  return cls.methods.some((method) => !method.static && methods.includes(method.n)) && (type.endsWith('DurableObjectState') || /^(state|ctx|context|controller|objectState)$/.test(name))
}

const moduleIn = (folder: string, file: string): string => file.slice(folder.length + 1).replace(/\.\w+$/, '')
const isRoot = (file: string): boolean => /(^|\/)root\.\w+$/.test(file)

/** Kinds of entries that libraries make whole. */
const MADE = new Set<string>(['route', 'action', 'loader'])

const modelOf = ({ kind, method, isomorphic, thisIs, does }: ExportModel): EntryModel => ({ kind, ...(method && { method }), ...(isomorphic && { isomorphic }), ...(thisIs && { thisIs }), ...(does && { does }) })

/** What a default export is called by: `plugins/auth.server.ts` → `auth`. */
const fileName = (path: string): string => {
  const parts = path.split('/').map((part) => part.replace(/^\d+\./, '').replace(/^(.[^.]*)\..*$/, '$1'))
  const last = parts.pop()
  return (last === 'index' && parts.pop()) || last || 'default'
}

/** Exported name and the rest of the argument path: `actions{}` → `actions`, `{}`. */
const splitKey = (key: string): [string, string] => {
  const at = key.search(/[.[{(]/)
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at)]
}

/** `{ "hooks": { "session": false } }` */
const isOff = (settings: unknown, path: string): boolean =>
  path.split('.').reduce((at, name) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined), settings) === false
