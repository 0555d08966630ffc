import type { Expr } from '../model/facts.js'
import { MADE_BY_CODE } from '../catalog/words.js'
import type { CatalogRow, InfraModel, SessionModel } from '../model/catalog.js'
import type { EnvFact } from '../model/deploy.js'
import type { Site } from '../model/site.js'
import type { Analysis, LibraryCall } from '../link/analysis.js'
import type { Library } from '../link/library.js'
import { type Ref, constant } from '../link/solver.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { Deployment } from './deployment.js'
import { EnvSchemas } from './env-schemas.js'
import { NitroConfig } from './nitro-config.js'
import { replacesStore } from './own-stores.js'
import { isOptional, writtenLast } from './optional-stores.js'
import { fits, isUnknownOption } from './package-versions.js'
import { ENVIRONMENT, isParsed, isPlainOptions } from './plain-options.js'

export type StoreKind = 'external' | 'memory' | 'file' | 'embedded' | 'cookie-signed' | 'cookie-sealed' | 'none' | 'unknown'

/** A use of a library that the catalog knows, as rules see it. */
export interface LibraryUse {
  path: string
  row: CatalogRow
  site: Site
  phase: 'startup' | 'request' | 'background'
  call: LibraryCall
}

/** What a store or adapter option holds, seen over all that it may be. */
export interface StoreChoice {
  kind: StoreKind
  backend?: string
  /** In memory on some path only: a fallback when an external one is not configured. */
  fallback: boolean
  site?: Site
}

export interface InfraUse extends LibraryUse {
  infra: InfraModel
  choice: StoreChoice
  /** How its state gets out of the process. */
  fix: string
  /** A limit that keeps somebody from guessing at a login. */
  atLogin: boolean
}

/** Options of database clients that name their driver. */
const DIALECTS = ['0.client', '0.dialect', '0.type', '0.provider']
const FILE_DIALECT = /sqlite|better-sqlite|duckdb/i

/** Questions about library calls and their options. */
export class Libraries {
  private readonly uses: LibraryUse[]
  /** Paths that are called anywhere. */
  private readonly called = new Set<string>()
  readonly nitro: NitroConfig
  private readonly schemas: EnvSchemas

  constructor(private readonly a: Analysis, private readonly library: Library, isServer: (call: LibraryCall) => boolean, private readonly deploy?: Deployment) {
    const seen = new Set<string>()
    this.nitro = new NitroConfig(a.units)
    this.schemas = new EnvSchemas(a.units)
    this.uses = a.calls.flatMap((call) => {
      this.called.add(call.path)
      if (!call.row || !isServer(call) || !fits(call, a)) return []
      const use = { path: call.path, row: call.row, site: siteOfCall(call), phase: call.inst.phase, call }
      const key = `${use.site.file} ${use.site.start} ${use.path} ${call.inst.id}`
      if (seen.has(key)) return []
      seen.add(key)
      return [use]
    })
  }

  /** Uses whose row has a facet, one a place: the first of those that are meant. */
  withFacet(facet: keyof CatalogRow, isMeant: (use: LibraryUse) => boolean = () => true): LibraryUse[] {
    const seen = new Set<string>()
    return this.uses.filter((use) => {
      if (use.row[facet] === undefined || !isMeant(use)) return false
      const key = `${use.site.file} ${use.site.start} ${use.path}`
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
  }

  /** Is this called anywhere? */
  isCalled(path: string): boolean {
    return this.called.has(path)
  }

  /** All uses of one call path, with every invocation. */
  all(): LibraryUse[] {
    return this.uses
  }

  options(use: LibraryUse, path: string): Value[] {
    return isUnknownOption(use.call, path, this.a) ? [] : this.library.arguments.values(path, use.call)
  }

  /** Is an option written at all? An empty place that exists is a value nobody knows. */
  has(use: Pick<LibraryUse, 'call'>, path: string): boolean {
    return this.presence(use, path) !== 'absent'
  }

  private presence(use: Pick<LibraryUse, 'call'>, path: string): 'absent' | 'unknown' | 'known' {
    if (isUnknownOption(use.call, path, this.a)) return 'absent'
    // What a function there returns holds the rest: `0.useFactory().storage`.
    const returned = /^(.*)\(\)\.?/.exec(path)
    if (returned?.[1] !== undefined && this.presence(use, returned[1]) === 'absent') return 'absent'
    const head = returned ? returned[0].replace(/\.$/, '') : path.split('.')[0] ?? '0'
    const names = path.slice(head.length + 1).split('.').filter((name) => name !== '')
    const given: Value[] = this.argumentValues(use, head)
    let values = MADE_BY_CODE.test(names.at(-1) ?? '') ? given.filter((v) => !isParsed(v)) : given
    if (!returned && use.call.args.at(head === 'last' ? -1 : Number(head)) === undefined) return 'absent'
    if (names.length === 0) return values.length === 0 ? 'unknown' : 'known'
    let result: 'absent' | 'unknown' | 'known' = given.length === 0 ? 'unknown' : 'absent'
    for (const name of names) {
      const holders = values.filter((v) => v.kind === 'object')
      const nodes = holders.flatMap((v) => (v.kind === 'object' && v.holder.fields.has(name) && this.isWritten(v, name) ? [v.holder.fields.get(name) as Ref] : []))
      if (nodes.length === 0) return values.some((v) => v.kind === 'lib' && !this.isOfRequest(v.path)) ? 'unknown' : result === 'unknown' ? 'unknown' : 'absent'
      values = nodes.flatMap((node) => this.a.of(node))
      result = values.length === 0 ? 'unknown' : 'known'
    }
    return result
  }

  /** `new Server(res.socket.server)`: part of what a request came with holds no options. */
  private isOfRequest(path: string): boolean {
    const [whole] = /^[^.]+\.new(?=\.)/.exec(path) ?? []
    return whole !== undefined && this.a.catalog.row(whole)?.owned !== undefined
  }

  /** Loading a field makes its place; only writing or declaring it makes it an option. */
  private isWritten(object: Value & { kind: 'object' }, name: string): boolean {
    if (object.site?.k === 'obj' && object.site.m.some((m) => m.n === name)) return true
    return this.a.solver.size(object.holder.fields.get(name) ?? -1) > 0
  }

  private argumentValues(use: Pick<LibraryUse, 'call'>, head: string): Value[] {
    return this.library.arguments.values(head, use.call)
  }

  texts(use: LibraryUse, path: string): string[] {
    const deployed = this.deployed(use, path)
    if (deployed?.value !== undefined) return [deployed.value]
    const values = this.options(use, path)
    const written = values.flatMap((v) => (v.kind === 'lit' && v.value !== undefined && v.value !== null ? [String(v.value)] : []))
    return written.length > 0 ? written : values.flatMap((v) => (v.kind === 'lib' ? this.schemas.of(v.path) ?? [] : []))
  }

  /** The committed value of the one environment variable that an option reads: it, not the default in the code, holds where the service runs. */
  deployed(use: LibraryUse, path: string): EnvFact | undefined {
    const names = new Set(this.options(use, path).flatMap((v) => (v.kind === 'lib' ? ENVIRONMENT.exec(v.path)?.[1] ?? [] : [])))
    const [name] = names
    return name === undefined || names.size > 1 ? undefined : this.deploy?.deployedValue(name, use.site.file)
  }

  // ---------------------------------------------------------------- stores

  /** Where a session library keeps its data. */
  sessionChoice(use: LibraryUse, session: SessionModel): StoreChoice {
    const driver = this.driverChoice(use, session)
    if (driver) return driver
    return this.choiceOf(use, session.store ?? [], session.default === 'external' ? 'external' : session.default === 'none' ? 'none' : session.default)
  }

  private driverChoice(use: LibraryUse, session: SessionModel): StoreChoice | undefined {
    const { driver } = session
    if (!driver) return undefined
    const names = this.texts(use, driver.arg)
    for (const [kind, values] of [['memory', driver.memory], ['file', driver.file], ['external', driver.external], ['cookie-signed', driver.cookie], ['cookie-sealed', driver.sealed]] as const) {
      if (values?.some((value) => names.includes(value))) return { kind, fallback: names.length > 1, ...this.decidedBy(use, driver.arg) }
    }
    return undefined
  }

  private decidedBy(use: LibraryUse, arg: string): { site?: Site } {
    const site = this.deployed(use, arg)?.site
    return site ? { site } : {}
  }

  infraChoice(use: LibraryUse, infra: InfraModel): StoreChoice {
    const named = infra.driver ? [...this.texts(use, infra.driver.arg), ...this.constants(use, infra.driver.arg)] : []
    const driver = named.find((name) => infra.driver?.external?.some((value) => says(value, name)))
    if (driver !== undefined) return { kind: 'external', fallback: false, backend: backendOf(driver).backend ?? driver.replace(/:.*$/, '').toLowerCase() }
    if (named.some((name) => infra.driver?.memory?.includes(name)) || this.namesInVain(use, infra)) return { kind: 'memory', fallback: named.length > 1, ...(infra.driver ? this.decidedBy(use, infra.driver.arg) : {}) }
    if (infra.driver && named.length === 0 && infra.driver.absent === 'external') return this.choiceOf(use, infra.external ?? [], 'external')
    return { ...this.choiceOf(use, infra.external ?? [], 'memory'), ...(infra.driver ? this.decidedBy(use, infra.driver.arg) : {}) }
  }

  /** Constants of libraries that an option holds: `ScheduleType.ALL`. */
  private constants(use: LibraryUse, path: string): string[] {
    return this.options(use, path).flatMap((v) => (v.kind === 'lib' && /\.[A-Z]\w*$/.test(v.path) ? [v.path] : []))
  }

  /** Where a database that comes with a driver of its own keeps its data, when another may be given. */
  embeddedChoice(use: LibraryUse, options: string[]): StoreChoice {
    return this.choiceOf(use, options, 'embedded')
  }

  /** A driver is named, but the version that is used here does not look at the name. */
  private namesInVain(use: LibraryUse, { driver }: InfraModel): boolean {
    return driver !== undefined && isUnknownOption(use.call, driver.arg, this.a) && this.library.arguments.values(driver.arg, use.call).some((v) => v.kind === 'lit' && typeof v.value === 'string')
  }

  /** Where something that was made by itself, and given as a store, keeps its data. */
  private madeChoice(made: ObjectValue, infra: InfraModel): StoreChoice {
    const call = { args: made.args ?? [], recv: made.recv, path: made.path ?? '', row: this.a.catalog.row(made.path ?? ''), inst: { unit: made.unit } }
    return this.infraChoice({ call, site: { file: made.unit.path, start: 0, end: 0 } } as unknown as LibraryUse, infra)
  }

  /** Does a cache that was made this way keep its data elsewhere, in a database or in files that are told by themselves, or where nobody can tell? */
  isOutside(made: ObjectValue): boolean {
    const infra = made.path === undefined ? undefined : this.a.catalog.row(made.path)?.infra
    if (infra === undefined) return false
    if (infra.clearedBy?.some((path) => this.called.has(path))) return true
    if (infra.as) return this.uses.some((use) => infra.as?.includes(use.path) && use.row.infra && /^(external|unknown)$/.test(this.infraChoice(use, use.row.infra).kind))
    if (infra.mount !== undefined && this.nitro.hasDriver(...this.mounts(made, infra.mount))) return true
    return /^(external|embedded|file|unknown)$/.test(this.madeChoice(made, infra).kind)
  }

  /** Mounts that a storage may be of: the one that its name begins with. */
  private mounts(made: ObjectValue, arg: string): string[] {
    return this.library.arguments.values(arg, { args: made.args ?? [] }).flatMap((v) => (v.kind === 'lit' && typeof v.value === 'string' ? [v.value.replace(/[:/].*$/, '')] : []))
  }

  private choiceOf(use: LibraryUse, options: string[], absent: StoreKind): StoreChoice {
    for (const option of options) {
      if (option.endsWith('[]')) {
        const among = this.amongElements(use, option.slice(0, -2), absent)
        if (among) return among
        continue
      }
      const presence = this.presence(use, option)
      if (presence === 'absent') continue
      const values = this.counting(use, option).filter((v) => !isNothing(v) || !this.isLastResort(use, option))
      if (this.isWrittenOff(use, option)) continue
      if (presence === 'unknown' || values.length === 0) return { kind: 'unknown', fallback: false }
      // Options in the place where a store may stand.
      if (!option.includes('.') && values.every((value) => isPlainOptions(this.a, value))) continue
      const choice = this.judge(values, absent)
      return choice.kind === 'external' && absent !== 'external' && 'site' in use.call && isOptional(this.library.ev.production, use.call, option) ? { kind: absent, fallback: true } : choice
    }
    return { kind: absent, fallback: false }
  }

  /** A store that is made where an option is written last is the only one. */
  private counting(use: LibraryUse, option: string): Value[] {
    const values = this.options(use, option)
    const last = 'site' in use.call ? writtenLast(use.call, option) : undefined
    const made = last === undefined ? [] : values.filter((v) => v.kind === 'object' && v.site === last)
    return made.length > 0 ? made : values
  }

  /** Does a store stand on a client whose database is a file of this process? */
  private standsOnFile(store: Value, client: string | undefined): boolean {
    if (!client || store.kind !== 'object') return false
    const clients = this.library.arguments.values(client, { args: store.args ?? [] })
    return clients.length > 0 && clients.every((value) => value.kind === 'object' && value.path !== undefined && this.isFile(value, this.a.catalog.row(value.path)))
  }

  /** No client is given to a store. */
  private isAlone(made: ObjectValue, client: string | undefined): boolean {
    return client !== undefined && this.presence({ call: { args: made.args ?? [], row: undefined } } as unknown as LibraryUse, client) === 'absent'
  }

  private isFile(client: ObjectValue, row: CatalogRow | undefined): boolean {
    const names = (arg: string): string[] => this.library.arguments.values(arg, { args: client.args ?? [] }).flatMap((v) => (v.kind === 'lit' ? [String(v.value)] : []))
    // One of several databases that a project supports says little.
    if (DIALECTS.some((arg) => names(arg).length > 0 && names(arg).every((name) => FILE_DIALECT.test(name)))) return true
    return row?.embedded !== undefined && row.embedded.when === undefined && row.embedded.remote === undefined
  }

  /** `store: made ?? undefined` says nothing of when it is not made. */
  private isLastResort(use: LibraryUse, option: string): boolean {
    return this.writtenAs(use, option).some((x) => x.k === 'log' && x.op !== '&&' && (x.r.k === 'glob' || x.r.k === 'lit'))
  }

  /** `transport: null` */
  private isWrittenOff(use: LibraryUse, option: string): boolean {
    const written = this.writtenAs(use, option)
    return written.length > 0 && written.every((x) => x.k === 'lit' && x.v === null)
  }

  private writtenAs(use: LibraryUse, option: string): Expr[] {
    const [head = '0', name] = option.split('.')
    return this.options(use, head).flatMap((v) => (v.kind === 'object' && v.site?.k === 'obj' ? v.site.m.filter(({ n }) => n === name) : [])).map(({ v }) => v)
  }

  /** A store among the elements of an array; one that is spread in on a condition is there only where it is configured. */
  private amongElements(use: LibraryUse, option: string, absent: StoreKind): StoreChoice | undefined {
    const stores = this.options(use, `${option}[]`).flatMap((v) => (v.kind === 'object' && v.path && this.a.catalog.row(v.path)?.store?.kind === 'external' ? [v] : []))
    if (stores.length === 0) return undefined
    const parts = this.options(use, option).flatMap((v) => (v.kind === 'object' && v.site?.k === 'arr' ? v.site.x : []))
    const conditional = parts.filter((x) => (x.k === 'spread' && (x.x.k === 'cond' || x.x.k === 'log')) || x.k === 'cond' || x.k === 'log')
    const fallback = stores.every(({ site }) => site !== undefined && conditional.some((x) => x.p <= site.p && x.e >= site.e))
    return fallback ? { kind: absent, fallback } : { kind: 'external', fallback }
  }

  /** All that an option may hold: one in-process value among external ones is a fallback. */
  private judge(values: Value[], absent: StoreKind): StoreChoice {
    const kinds = values.flatMap((value) => this.elements(value)).map((value) => this.storeKind(value, absent))
    const inside = kinds.find((k) => k.kind === 'memory' || k.kind === 'file' || k.kind === 'embedded')
    const outside = kinds.find((k) => k.kind === 'external')
    if (inside) return { ...inside, fallback: outside !== undefined }
    return outside ?? { kind: kinds.some((k) => k.kind === 'none') ? absent : 'unknown', fallback: false }
  }

  /** A list of stores stands for those in it. */
  private elements(value: Value): Value[] {
    if (value.kind !== 'object' || value.shape !== 'array') return [value]
    const inside = this.library.arguments.values('0[]', { args: [constant(value.id)] })
    return inside.length > 0 ? inside : [value]
  }

  private storeKind(value: Value, absent: StoreKind): StoreChoice {
    if (value.kind === 'lit') return { kind: value.value === undefined || value.value === false ? (absent === 'none' ? 'none' : absent) : 'unknown', fallback: false }
    if (value.kind !== 'object' && value.kind !== 'lib') return { kind: 'unknown', fallback: false }
    const row = value.path ? this.a.catalog.row(value.path) : undefined
    const alone = row?.store?.alone
    if (alone !== undefined && value.kind === 'object' && this.isAlone(value, row?.store?.client)) return { kind: alone, fallback: false }
    if (row?.store?.kind === 'memory' && value.kind === 'object' && replacesStore(value)) return { kind: 'external', fallback: false, backend: 'custom' }
    if (row?.store) return { kind: this.standsOnFile(value, row.store.client) ? 'embedded' : row.store.kind, fallback: false, ...(row.store.backend ? { backend: row.store.backend } : {}) }
    if (row?.embedded && value.kind === 'object' && this.isFile(value, row)) return { kind: 'embedded', fallback: false }
    if (row?.client) return { kind: 'external', fallback: false, ...backendOf(value.path) }
    if (row?.infra && value.kind === 'object') return this.madeChoice(value, row.infra)
    // A map or a cache of this process, given where a store is expected.
    if (row?.container && !row.infra) return { kind: 'memory', fallback: false }
    // A store that the project or an unknown package brings is taken to be outside: only the known in-process ones are not.
    return { kind: 'external', fallback: false, backend: 'custom' }
  }
}

/** Does a driver's value say a name? `redis://*` does of every address that begins so. */
const says = (value: string, name: string): boolean => value === name || (value.endsWith('*') && name.startsWith(value.slice(0, -1)))

/** What a client speaks to, by its package. */
const backendOf = (path: string | undefined): { backend?: string } => {
  const module = path?.replace(/#.*/, '') ?? ''
  const backend = BACKENDS.find(([pattern]) => pattern.test(module))?.[1]
  return backend ? { backend } : {}
}

const BACKENDS: [RegExp, string][] = [[/redis|valkey/, 'redis'], [/mongo/, 'mongodb'], [/^pg|postgres/, 'postgres'], [/mysql|mariadb/, 'mysql'], [/memcache|memjs/, 'memcached'], [/dynamo/, 'dynamodb'],
  [/prisma/, 'prisma'], [/knex/, 'knex'], [/sequelize/, 'sequelize'], [/typeorm/, 'typeorm'], [/drizzle/, 'drizzle'], [/firebase|firestore/, 'firestore']]

const isNothing = (value: Value): boolean => value.kind === 'lit' && (value.value === undefined || value.value === null)

export const siteOfCall = (call: LibraryCall): Site => {
  const { site, inst } = call
  const start = (site.k === 'call' || site.k === 'new') && site.f.k === 'mem' ? site.f.q : site.p
  return { file: inst.unit.path, start, end: site.k === 'call' || site.k === 'new' ? site.f.e : site.e }
}
