import { convention } from './globs.js'
import type { ConventionRow, EntryModel } from '../model/catalog.js'
import type { Unit } from './instances.js'
import type { FnValue } from './values.js'
import type { Application, Library } from './library.js'
import { NOTHING, type Ref, constant } from './solver.js'
import { routeOf } from './file-routes.js'

type ExportModel = ConventionRow['exports'][string]

/** Files that a framework finds by their place: their exports are entries. */
export class Conventions {
  constructor(private readonly library: Library) {}

  apply(): void {
    const { a } = this.library
    for (const unit of a.units) {
      const manifest = a.resolver.manifestOf(unit.path)
      if (!manifest) continue
      const inside = manifest.dir === '.' ? unit.path : unit.path.slice(manifest.dir.length + 1)
      for (const row of a.conventions) {
        if (row.packages.some((name) => name in manifest.dependencies) && convention(row, inside)) this.file(unit, inside, row)
      }
    }
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
    for (const [key, model] of Object.entries(row.exports)) {
      const [name, rest] = splitKey(key)
      if (key === '<body>') this.body(unit, inside, row, model)
      else if (key === '*') this.library.access.modules.eachExport(unit, (exported, node) => this.exported(unit, inside, row, exported, node, model))
      else if (this.has(unit, name)) this.export(unit, inside, row, name, rest, model)
    }
  }

  /** An export, or what lies at the rest of an argument path in it: `default.fetch`, `actions{}`, `middleware[]`. */
  private export(unit: Unit, inside: string, row: ConventionRow, name: string, rest: string, model: ExportModel): void {
    const { arguments: paths, registration } = this.library
    const node = this.library.access.modules.exportNode(unit, name)
    const given = { args: [], inst: unit.module }
    if (!rest.endsWith('{}')) return this.exported(unit, inside, row, name, paths.beyond(node, rest, given), model)
    registration.members(paths.beyond(node, rest.slice(0, -2), given), (member, field) => this.enter(unit, inside, row, `${name}.${member}`, field, model))
  }

  /** The body of a page's module runs at each rendering. */
  private body(unit: Unit, inside: string, row: ConventionRow, model: ExportModel): void {
    const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
    const record = this.library.registration.record(made, modelOf(model), unit.path.split('/').pop())
    if (row.route) record.route = routeOf(inside, row.route)
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

  private enter(unit: Unit, inside: string, row: ConventionRow, name: string, node: Ref, model: ExportModel): void {
    const { registration } = this.library
    const made: Application = { inst: unit.module, site: { k: 'this', p: 0, e: 0 }, path: '', recv: undefined, args: [], result: NOTHING }
    this.library.functions(node, (fn) => {
      if (model.startup) return void this.library.calls.invoke(unit.module, made.site, fn, [], registration.params(model.params), NOTHING, { phase: 'startup' })
      const record = registration.record(made, modelOf(model), name === 'default' ? fileName(unit.path) : name)
      const at = placeOf(unit, name, fn)
      registration.at(record, at.unit, at.start, at.end)
      if (row.route) record.route = routeOf(inside, row.route)
      record.site = undefined
      registration.handle(made, record, fn, registration.params(model.params), 0)
    })
  }
}

/** Where a handler is exported; a member of what is exported, where it is written, if it is in the same file. */
const placeOf = (unit: Unit, name: string, fn: FnValue): { unit: Unit; start: number; end: number } => {
  const [exported = name] = name.split('.')
  const fact = unit.facts.exports.find(({ n }) => n === exported) ?? (fn.unit === unit ? undefined : unit.facts.exports.find(({ n }) => n === '=' || n === '*'))
  const binding = fact?.b === undefined ? undefined : unit.facts.bindings[fact.b]
  if (!fact || (fn.unit === unit && (exported !== name || fact.x?.k === 'fn'))) return { unit: fn.unit, start: fn.fn.q, end: fn.fn.q + (fn.fn.n?.length ?? 1) }
  if (binding && binding.kind !== 'import') return { unit, start: binding.p, end: binding.e }
  return { unit, start: fact.p, end: fact.p + 1 }
}

const modelOf = ({ kind, method, isomorphic }: ExportModel): EntryModel => ({ kind, ...(method && { method }), ...(isomorphic && { isomorphic }) })

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
