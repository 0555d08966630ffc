import { LOGS_IN_BY_SESSION } from '../catalog/packages.js'
import type { EmbeddedModel, SessionModel } from '../model/catalog.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { SchemaFacts } from '../model/schema.js'
import type { Site } from '../model/site.js'
import type { LibraryCall, WriteRecord } from '../link/analysis.js'
import type { Unit } from '../link/instances.js'
import type { Value } from '../link/values.js'
import { isExpression, membersIn, somePart } from '../link/shape.js'
import { ConfiguredDialects } from './configured-dialects.js'
import { isCallOfMade } from './infra-queries.js'
import type { LibraryUse, StoreChoice } from './libraries.js'
import { packageNamed } from './package-versions.js'
import { exampleOf, keepsIdentity, PASSPORT, writesUsersDown } from './logins.js'
import { movingSessionsOut } from './moving-out.js'
import { oneASlot } from './one-a-slot.js'
import type { Program, StepDraft } from './program.js'
import { putOnShared } from './put-on-shared.js'
import { isAlwaysTheSame } from './same-settings.js'
import { appendsToLog, writesToStream } from './log-files.js'
import { isMoved, Scratch } from './scratch.js'
import { isEnvironment } from '../state/environment.js'
import { Guards } from '../state/guards.js'
import { isSame } from '../state/once.js'
import { isPutBack } from '../state/put-back.js'

export interface SessionUse {
  use: LibraryUse
  session: SessionModel
  choice: StoreChoice
  /** Does a login ride on it? */
  login: boolean
  /** How its data gets elsewhere, where the row says more than the rule does. */
  fix?: string
}

export interface DiskWrite {
  use: LibraryUse
  what: string
  entry: string
  /** Where files go is configured once, rather than written by an entry. */
  configured: boolean
}

export interface SetterUse {
  use: LibraryUse
  what: string
  instead: string
  entry: string
}

const COMMANDS = /(^|\/)(cli|bin|scripts?)\//
const NO_LOGIN_NAME = /toast|flash|theme|locale|lang|csrf|prefer|cart|redirect/i
const LOGIN_NAME = /auth|login|user|account/i

/** Questions about libraries that keep state, or change the process. */
export class LibraryQueries {
  private readonly scratch: Scratch

  private readonly dialects: ConfiguredDialects

  constructor(private readonly program: Program) {
    this.scratch = new Scratch(program)
    this.dialects = new ConfiguredDialects(program, (file) => this.packageOf(file))
  }

  sessions(): SessionUse[] {
    return oneASlot(this.program, this.program.libraries.withFacet('session')).flatMap((use) => {
      const { session } = use.row
      if (!session || isCallOfMade(use.call) || (session.ifUsed && !this.touchesSession(use))) return []
      const choice = this.program.libraries.sessionChoice(use, session)
      if (choice.kind === 'none' || (session.default === 'none' && choice.kind === 'unknown')) return []
      const fix = movingSessionsOut(session)
      return [{ use, session, choice, login: session.login === 'always' || (session.login === true && this.isLogin(use)), ...(fix === undefined ? {} : { fix }) }]
    })
  }

  /** Does a login ride on it, rather than a flash message or a CSRF secret? Code beside it keeps who somebody is in a session. */
  private isLogin(use: LibraryUse): boolean {
    const name = this.program.homeName(use.call) ?? ''
    if (NO_LOGIN_NAME.test(name)) return false
    if (LOGIN_NAME.test(name)) return true
    const folder = [this.packageOf(use.site.file), exampleOf(use.site.file)].sort((a, b) => b.length - a.length)[0] ?? ''
    const within = this.program.a.units.filter((unit) => unit.evaluated && unit.path.startsWith(folder))
    return within.some(({ facts }) => keepsIdentity(facts) || facts.specifiers.some((specifier) => LOGS_IN_BY_SESSION.test(specifier))) || (within.some(({ facts }) => facts.specifiers.some((specifier) => PASSPORT.test(specifier))) && within.some(({ facts }) => writesUsersDown(facts)))
  }

  /** Does a function of the package read or write a session at all? */
  private touchesSession(use: LibraryUse): boolean {
    const folder = this.packageOf(use.site.file)
    return this.program.a.units.some((unit) => unit.evaluated && unit.path.startsWith(folder) && unit.facts.functions.slice(1).some((fn) => membersIn(fn).has('session')))
  }

  /** Folder of the nearest package.json. */
  private packageOf(file: string): string {
    const folders = this.program.manifests.map(({ dir }) => (dir === '.' || dir === '' ? '' : `${dir}/`))
    return folders.filter((folder) => file.startsWith(folder)).sort((a, b) => b.length - a.length)[0] ?? ''
  }

  embeddedDatabases(): { use: LibraryUse; embedded: EmbeddedModel }[] {
    const found = this.program.libraries.withFacet('embedded').flatMap((use) => {
      const { embedded } = use.row
      if (!embedded || !this.isEmbedded(use, embedded) || this.isOfTool(use.call.inst.unit) || this.hasServer(use, embedded) || this.isForDevelopers(use, embedded)) return []
      return [{ use, embedded }]
    })
    // What only wraps one of them (`drizzle(new Database(file))`) is the same database.
    const made = new Set(found.flatMap(({ use }) => this.program.a.of(use.call.result)))
    return this.eachOnce(this.kept(found).filter(({ use }) => !use.call.args.some((arg) => this.held(arg).some((value) => value.kind === 'object' && made.has(value)))))
  }

  /** What is closed again, beside one of the same library that is kept open, is a copy of it that somebody looks into: a backup, an import. What commands open comes last. */
  private kept(found: { use: LibraryUse; embedded: EmbeddedModel }[]): { use: LibraryUse; embedded: EmbeddedModel }[] {
    const { a } = this.program
    const isClosed = ({ call, path }: LibraryUse): boolean => {
      const made = new Set(a.of(call.result))
      return a.calls.some((other) => other.path === `${path}.close` && other.recv !== undefined && made.has(other.recv))
    }
    const open = found.filter(({ use }) => !isClosed(use))
    const isLast = ({ use }: { use: LibraryUse }): number => Number(COMMANDS.test(use.site.file))
    return found.filter((one) => open.includes(one) || !open.some(({ use }) => use.path === one.use.path)).sort((x, y) => isLast(x) - isLast(y))
  }

  /** Paths of the files of embedded databases, as far as the code says them from the root. */
  databaseFiles(): string[] {
    return this.embeddedDatabases().flatMap(({ use, embedded }) => (embedded.location === undefined ? [] : this.program.libraries.texts(use, embedded.location))).filter((text) => text.startsWith('/'))
  }

  /** Opened twice with one configuration, or by the same path in another file, it is one database. */
  private eachOnce(found: { use: LibraryUse; embedded: EmbeddedModel }[]): { use: LibraryUse; embedded: EmbeddedModel }[] {
    const told = new Set<Value>()
    const files = new Map<string, string>()
    const platforms = new Set<string>()
    return found.filter(({ use, embedded }) => {
      const platform = `${this.packageOf(use.site.file)} ${embedded.name}`
      if (embedded.one && platforms.size === platforms.add(platform).size) return false
      const file = (embedded.location === undefined ? [] : this.program.libraries.texts(use, embedded.location)).filter((text) => text !== ':memory:').map((text) => `${this.packageOf(use.site.file)} ${use.path} ${text}`)
      if (file.length > 0 && file.every((one) => (files.get(one) ?? use.site.file) !== use.site.file)) return false
      for (const one of file) if (!files.has(one)) files.set(one, use.site.file)
      const given = use.call.args.flatMap((arg) => this.program.a.of(arg)).filter((value) => value.kind === 'object' && value.shape === 'object')
      const again = given.some((value) => told.has(value))
      for (const value of given) told.add(value)
      return !again
    })
  }

  /** The values of an argument, and of the options in it. */
  private held(arg: number): Value[] {
    const { a } = this.program
    return a.of(arg).flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? [value, ...[...value.holder.fields.values()].flatMap((field) => a.of(field))] : [value]))
  }

  private isOfTool(unit: Unit): boolean {
    const { commands } = this.program
    return commands.isTool(unit) || commands.isApart(unit)
  }

  /** Does the package speak to the server, too, that a mock stands for? */
  private hasServer(use: LibraryUse, { standsFor }: EmbeddedModel): boolean {
    if (!standsFor) return false
    const folder = this.packageOf(use.site.file)
    return this.program.a.units.some((unit) => unit.evaluated && unit.path.startsWith(folder) && unit.facts.specifiers.some((specifier) => standsFor.includes(specifier) && !unit.facts.typeSpecifiers.includes(specifier)))
  }

  /** A stand-in for a server that is installed for developers only. */
  private isForDevelopers({ path, site }: LibraryUse, { standIn }: EmbeddedModel): boolean {
    return standIn === true && this.program.a.resolver.manifestOf(site.file)?.devDependencies.includes(packageNamed(path)) === true
  }

  private isEmbedded(use: LibraryUse, embedded: EmbeddedModel): boolean {
    const { addresses } = embedded
    if (embedded.store && this.program.libraries.embeddedChoice(use, embedded.store).kind === 'external') return false
    if (addresses && this.program.libraries.texts(use, addresses.arg).some((text) => addresses.prefixes.some((prefix) => text.startsWith(prefix)))) return true
    if (embedded.when) {
      const dialects = this.program.libraries.texts(use, embedded.when.arg)
      return dialects.length > 0 ? dialects.some((text) => embedded.when?.values.includes(text)) : this.dialects.say(use, embedded)
    }
    if (!embedded.remote || !embedded.location) return true
    const texts = this.program.libraries.texts(use, embedded.location)
    return (texts.length > 0 || embedded.mostlyLocal === true) && !texts.some((text) => embedded.remote?.some((prefix) => text.startsWith(prefix)))
  }

  embeddedSchemas(providers: SchemaFacts['providers']): { site: Site; name: string }[] {
    const { units } = this.program.a
    const loaded = units.some(({ facts }) => facts.specifiers.includes('loopback')) && !units.some(({ path }) => /datasources\.(production|local)\.[jt]s$/.test(path))
    const sources = loaded ? providers.filter(({ datasource }) => datasource !== undefined) : []
    return [...this.litePrisma(providers), ...sources.map(({ site }) => ({ site, name: 'LoopBack\'s memory connector' }))]
  }

  private litePrisma(providers: SchemaFacts['providers']): { site: Site; name: string }[] {
    const { units } = this.program.a
    const uses = units.some(({ facts }) => facts.specifiers.some((specifier) => /prisma/i.test(specifier)))
    // An adapter says where the database is: its own row judges it.
    if (!uses || units.some(({ facts }) => facts.specifiers.some((specifier) => /^@prisma\/adapter-(libsql|d1)/.test(specifier)))) return []
    const opened = this.embeddedDatabases().filter(({ embedded }) => embedded.overSchema).map(({ use }) => use.site.file)
    const judged = new Set([...providers.filter(({ provider, configured, datasource }) => provider !== 'sqlite' && !configured && datasource === undefined).map(({ site }) => site.file), ...opened].map((file) => this.packageOf(file)))
    return providers.filter(({ site, provider, configured }) => provider === 'sqlite' && !configured && !judged.has(this.packageOf(site.file))).map(({ site }) => ({ site, name: 'SQLite' }))
  }

  // ---------------------------------------------------------------- process-wide settings

  globalSetters(): SetterUse[] {
    const calls = this.program.libraries.withFacet('setsGlobal', this.isServing).flatMap((use): SetterUse[] => {
      const model = use.row.setsGlobal
      if (!model || use.path.startsWith('global#')) return []
      if (model.value && use.call.args.length === 0 || use.call.args.length > (model.upTo ?? Infinity)) return []
      if (!this.outlivesRequests(use.call) || isAlwaysTheSame(this.program, use.call) || this.isOfRequest(use, model.ofRequestBy)) return []
      const entry = this.entryOf(use.call)
      return entry ? [{ use, what: model.what, instead: model.instead, entry }] : []
    })
    return oneEach(this.withoutParts([...calls, ...this.memberSetters()]))
  }

  /** Does something at the door give each HTTP request its own of what is set? Jobs and messages come in elsewhere. */
  private isOfRequest({ call }: LibraryUse, by: string[] = []): boolean {
    const kind = by.some((path) => this.program.libraries.isCalled(path)) ? this.program.reach.way(call.inst)?.entry?.model.kind : undefined
    return kind === 'route' || kind === 'middleware'
  }

  /** What a setter calls in turn to set the same thing (`activate()` resets all strategies, then has each module register its own) is part of it. */
  private withoutParts(uses: SetterUse[]): SetterUse[] {
    const setting = new Map<string, Set<FnFact>>()
    for (const { use, what } of uses) setting.set(what, (setting.get(what) ?? new Set()).add(use.call.inst.fn))
    return uses.filter(({ use, what }) => {
      const { unit } = use.call.inst
      const way = this.program.reach.way(use.call.inst)?.calls ?? []
      return !way.some(({ from }) => from.unit !== unit && setting.get(what)?.has(from.fn))
    })
  }

  /** Was the thing that a member is called on made before the request? What is no member of something made always was. */
  private outlivesRequests({ path, recv }: LibraryCall): boolean {
    const making = /^(.*?(?:\.new|(?=\(\))))(?:\(\))?\.\w+$/.exec(path)?.[1]
    const { a } = this.program
    return making === undefined || !recv || (recv.kind === 'object' && recv.phase === 'startup') || a.calls.some((call) => call.path === making && call.inst.phase === 'startup' && a.of(call.result).includes(recv))
  }

  /** `axios.defaults.headers.x = …`: a write to a member of something process-wide. */
  private memberSetters(): SetterUse[] {
    return this.memberWrites((path) => !path.startsWith('global#'), 'setsGlobal')
  }

  private memberWrites(counts: (path: string) => boolean, facet: 'setsGlobal' | 'setsIdentity'): SetterUse[] {
    const { a, catalog } = { a: this.program.a, catalog: this.program.a.catalog }
    const seen = new Set<string>()
    return a.writes.flatMap((write): SetterUse[] => {
      if (write.inst.phase !== 'request' || write.base === undefined) return []
      for (const value of a.of(write.base)) {
        const path = value.kind === 'lib' || (value.kind === 'object' && value.phase === 'startup' && value.shape === 'library') ? value.path : undefined
        const model = path === undefined ? undefined : this.settingOf(path, write.name, facet)
        if (path === undefined || !model || !counts(catalog.member(path, write.name ?? ''))) continue
        const key = `${write.inst.unit.path}:${write.site.p}`
        const way = this.program.reach.way(write.inst)
        if (seen.has(key) || !way?.entry || (facet === 'setsGlobal' && isAlwaysTheSame(this.program, { ...write, args: [] }))) continue
        seen.add(key)
        const call: LibraryCall = { inst: write.inst, site: write.site, path, recv: undefined, args: [], result: -1, row: undefined }
        const use = { path, row: catalog.row(path) ?? { path }, site: this.program.siteOf(write.inst, write.site), phase: write.inst.phase, call }
        return [{ use, what: model.what, instead: model.instead, entry: this.program.origin(way) }]
      }
      return []
    })
  }

  private settingOf(path: string, name: string | undefined, facet: 'setsGlobal' | 'setsIdentity'): { what: string; instead: string } | undefined {
    const { catalog } = this.program.a
    for (let at = name === undefined ? path : catalog.member(path, name); at.includes('#'); at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const model = catalog.row(at)?.[facet]
      if (model) return model
      if (!at.slice(at.indexOf('#')).includes('.')) return undefined
    }
    return undefined
  }

  identitySetters(): SetterUse[] {
    const known = [...this.identityCalls(), ...oneEach(this.memberWrites((path) => this.isShared(path), 'setsIdentity'))]
    const sites = new Set([...known, ...this.globalSetters()].map(({ use }) => use.call.site))
    return [...known, ...oneEach(putOnShared(this.program).filter(({ use }) => !sites.has(use.call.site)))]
  }

  /** Is a client, which a member belongs to, made at start-up and never for a request? */
  private isShared(path: string): boolean {
    const made = /^([^#]+)#\w+\.new\b/.exec(path)?.[1]
    const making = made === undefined ? [] : this.program.a.calls.filter((call) => call.path.startsWith(`${made}#`) && this.program.a.of(call.result).some((v) => v.kind === 'object' && v.path !== undefined && path.startsWith(`${v.path}.`)))
    return making.length > 0 && making.every(({ inst }) => inst.phase === 'startup')
  }

  private identityCalls(): SetterUse[] {
    return this.program.libraries.withFacet('setsIdentity', this.isServing).flatMap((use): SetterUse[] => {
      const model = use.row.setsIdentity
      const recv = use.call.recv
      if (!model || (recv?.kind === 'object' ? recv.phase !== 'startup' : !isOfModule(use.path))) return []
      const entry = this.entryOf(use.call)
      return entry ? [{ use, what: model.what, instead: model.instead, entry }] : []
    })
  }

  /** Of the invocations of a place the one that an entry leads to is the one that matters. */
  private readonly isServing = (use: LibraryUse): boolean => use.phase === 'request' && this.entryOf(use.call) !== undefined

  private entryOf(call: LibraryCall): string | undefined {
    const way = this.program.reach.way(call.inst)
    return way?.entry ? this.program.origin(way) : undefined
  }

  /** Writes to the environment, the working folder, prototypes of built-ins. */
  processWrites(): { at: Site; symbol: string; what: string; entry: string; trace: StepDraft[] }[] {
    const seen = new Set<string>()
    const out = this.program.a.writes.flatMap((write) => this.processWrite(write, seen))
    for (const use of this.program.libraries.withFacet('setsGlobal', this.isServing)) {
      if (!/^global#process\.(chdir|umask|set\w+)$/.test(use.path)) continue
      const way = this.program.reach.way(use.call.inst)
      if (way?.entry) out.push({ at: use.site, symbol: use.path.slice('global#'.length), what: use.path.slice('global#'.length), entry: this.program.origin(way), trace: this.program.steps(way, { message: 'changes the process', site: use.site }) })
    }
    return out
  }

  private processWrite(write: WriteRecord, seen: Set<string>): { at: Site; symbol: string; what: string; entry: string; trace: StepDraft[] }[] {
    if (write.inst.phase !== 'request' || write.base === undefined || isPutBack(write.inst.fn, write.site) || isEnvironment(this.program.a, write)) return []
    for (const value of this.program.a.of(write.base)) {
      // What an object of a subclass seems to have from a built-in prototype is its own: `this.output.payload[name] = …` in an error.
      if (value.kind !== 'lib' || !/^global#(process|[A-Z]\w*\.prototype$|Math|JSON|Error(?!\.prototype\.)|Date$)/.test(value.path) || /\(\)|\.new\b|^global#process\.env\./.test(value.path) || isExitCode(value.path, write.name) || (value.path === 'global#process.env' && this.isFilledIn(write))) continue
      const what = `${value.path.slice('global#'.length)}${write.name ? `.${write.name}` : ''}`
      // Set, put back or deleted by one function: one thing.
      const key = `${write.inst.unit.path}:${write.inst.fn.q} ${what}`
      const way = this.program.reach.way(write.inst)
      if (seen.has(key) || !way?.entry) return []
      seen.add(key)
      const site = this.program.siteOf(write.inst, write.site)
      return [{ at: site, symbol: what, what, entry: this.program.origin(way), trace: this.program.steps(way, { message: `writes ${what}`, site }) }]
    }
    return []
  }

  /** `if (!process.env.BROWSER) process.env.BROWSER = await find()`, `if (key in process.env) return …; process.env[key] = read(key)`: each replica finds it by itself, and nobody sent it. */
  private isFilledIn({ inst, name, site, value }: WriteRecord): boolean {
    if (site.k !== 'set' || !isExpression(site.l)) return false
    const target = site.l
    const isIt = (x: Expr): boolean => {
      if (name !== undefined) return x.k === 'mem' && x.n === name && x.o.k === 'mem' && x.o.n === 'env'
      return target.k === 'elem' && (isSame(x, target) || (x.k === 'bin' && x.op === 'in' && isSame(x.l, target.i) && isSame(x.r, target.o)))
    }
    const asks = new Guards(this.program.look).passed(inst.fn, site).some((test) => somePart(test, isIt))
    return asks && !this.program.taints.of(inst, site.r, value).request
  }

  // ---------------------------------------------------------------- disk

  diskWrites(): DiskWrite[] {
    const found = this.findDiskWrites()
    // What one file writes and then moves for the same entry is one thing.
    const written = new Set(found.flatMap(({ use, entry, configured }) => (configured || isMoved(use) ? [] : [`${use.site.file} ${entry}`])))
    return found.filter(({ use, entry }) => !isMoved(use) || !written.has(`${use.site.file} ${entry}`))
  }

  /** Log files that an entry reads back: one transport a file. */
  logsRead(): DiskWrite[] {
    const logs = this.program.libraries.withFacet('disk').filter(({ row }) => row.disk?.op === 'log')
    if (logs.length === 0) return []
    const entry = this.readerOfLogs()
    const seen = new Set<string>()
    return entry ? logs.filter(({ site }) => !seen.has(site.file) && seen.add(site.file)).map((use) => ({ use, what: shortName(use.path), entry, configured: true })) : []
  }

  /** An entry that reads files of logs. */
  private readerOfLogs(): string | undefined {
    const reader = this.program.a.calls.find((call) => call.row?.disk?.op === 'read' && call.inst.phase === 'request' && this.scratch.isOfLogs(call) && this.entryOf(call))
    return reader && this.entryOf(reader)
  }

  private findDiskWrites(): DiskWrite[] {
    return this.program.libraries.withFacet('disk', (use) => use.row.disk?.op !== 'write' || this.isServing(use)).flatMap((use): DiskWrite[] => {
      const { disk } = use.row
      if (!disk || (disk.op !== 'write' && disk.op !== 'configure') || this.program.commands.isApart(use.call.inst.unit) || writesToStream(use.call)) return []
      if (disk.op === 'configure') return this.configured(use) && !this.scratch.isBelowTemporary(use) && (disk.usedBy !== undefined || !this.scratch.isMovedOn(use)) ? [{ use, what: shortName(use.path), entry: '', configured: true }] : []
      if (!this.configured(use) || this.scratch.isOwn(use) || (appendsToLog(use.call) && this.readerOfLogs() === undefined)) return []
      const entry = this.entryOf(use.call)
      return entry ? [{ use, what: shortName(use.path), entry, configured: false }] : []
    })
  }

  private configured(use: LibraryUse): boolean {
    const { disk } = use.row
    if (disk?.usedBy && !this.program.a.calls.some(({ inst, path }) => inst.phase === 'request' && disk.usedBy?.includes(path))) return false
    if (disk?.not && disk.path && this.program.libraries.texts(use, disk.path).some((text) => disk.not?.includes(text))) return false
    if (disk?.when && !disk.when.some((path) => this.program.libraries.has(use, path)) && !(disk.assigned && this.isAssigned(use, disk.assigned))) return false
    return !disk?.unless?.some((path) => this.program.libraries.has(use, path))
  }

  private isAssigned({ call }: LibraryUse, option: string): boolean {
    const { a } = this.program
    const made = new Set(a.of(call.result))
    return a.writes.some(({ name, base }) => name === option && base !== undefined && a.of(base).some((value) => made.has(value)))
  }
}

/** A function of a module signs the one client of the process in: `signIn(…)`, `firebase.auth().signIn…(…)`. */
const isOfModule = (path: string): boolean => !/\.new\b|\(\)/.test(path.replace(/#(?:auth|default)\(\)/, '#auth'))

/** One use for each setting that a file changes, the first in it: the further places are the same mistake. */
const oneEach = (uses: SetterUse[]): SetterUse[] => {
  const byWhat = new Map<string, SetterUse>()
  for (const use of uses) {
    const key = `${use.use.site.file} ${use.what}`
    const known = byWhat.get(key)
    if (!known || rank(use) < rank(known) || (rank(use) === rank(known) && use.use.site.start < known.use.site.start)) byWhat.set(key, use)
  }
  return [...byWhat.values()]
}

/** What only prepares a setting tells less than what sets it. */
const rank = ({ use }: SetterUse): number => (use.row.setsGlobal?.partly ? 1 : 0)

const shortName = (path: string): string => path.slice(path.indexOf('#') + 1).replace(/\.new\b|\(\)|\(register\)/g, '').replace(/^default\.?/, '') || path.slice(0, path.indexOf('#'))

/** What the process will say when it ends. */
const isExitCode = (path: string, name: string | undefined): boolean => path === 'global#process' && name === 'exitCode'
