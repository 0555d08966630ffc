import type { EntryRecord, LibraryCall } from '../link/analysis.js'
import type { Entry } from '../flow/entries.js'
import type { Instance } from '../link/instances.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { ClassFact, Expr } from '../model/facts.js'
import type { Site } from '../model/site.js'
import type { KeyUse } from './key-reads.js'
import { classesGiven, decoratorsAt } from '../program/decorators.js'
import type { Program } from '../program/program.js'

/** An idempotency middleware of a library: does its store outlive the process? */
export interface Covered {
  by: string
  shared: boolean
}

/** One that stands in front of what is below a router, and below a path of it. */
interface InFront {
  recv: ObjectValue
  covered: Covered
  path: string
  site: Site | undefined
}

/** Members that put a middleware in front of everything behind a router. */
const IN_FRONT = /\.(use|register|addHook|all)$/

/** Which entries stand behind an idempotency middleware: in the same registration, in front of their router, or around their handler. */
export class Covering {
  private readonly made = new Map<Expr, LibraryCall>()
  private readonly registrations = new Map<Expr, LibraryCall>()
  private readonly inFront: InFront[] = []
  /** Guards and interceptors of the project, which decorators name. */
  private readonly classes = new Map<ClassFact, Covered>()

  /** `keyUse` says what a middleware of the project does with the key. */
  constructor(private readonly program: Program, keyUse: (middleware: Entry) => KeyUse | undefined) {
    for (const entry of program.entries) if (entry.kind === 'middleware') this.own(entry, keyUse(entry))
    for (const call of program.a.calls) if (call.row?.guard?.kind === 'idempotency-middleware') this.made.set(call.site, call)
    if (this.made.size === 0) return
    for (const call of program.a.calls) {
      this.registrations.set(call.site, call)
      const covered = IN_FRONT.test(call.path) && call.recv?.kind === 'object' ? this.given(call) : undefined
      const path = program.texts(call, '0').find((text) => text.startsWith('/')) ?? ''
      if (covered && call.recv?.kind === 'object') this.inFront.push({ recv: call.recv, covered, path, site: program.callSite(call) })
    }
  }

  private own({ records, symbol, handlers, path = '', site }: Entry, use: KeyUse | undefined): void {
    if (use !== 'used' && use !== 'memory') return
    const covered = { by: symbol, shared: use === 'used' }
    for (const { recv } of records) if (recv) this.inFront.push({ recv, covered, path, site })
    for (const { fn, unit } of handlers) {
      const cls = fn.cls === undefined ? undefined : unit.facts.classes[fn.cls]
      if (cls) this.classes.set(cls, { ...covered, by: cls.n ?? symbol })
    }
  }

  of(entry: Entry): Covered | undefined {
    const all = entry.records.flatMap((record) => [...this.decorated(record), ...(this.made.size === 0 ? [] : this.atRegistration(record)), ...(this.inFront.length === 0 ? [] : this.inFrontOf(entry, record.recv))])
    if (this.made.size > 0) all.push(...this.aroundHandler(entry))
    return all.find(({ shared }) => shared) ?? all[0]
  }

  private atRegistration({ site }: EntryRecord): Covered[] {
    const call = site && this.registrations.get(site)
    const covered = call && this.given(call)
    return covered ? [covered] : []
  }

  /** `makeIdempotent(handler, { persistenceStore })` */
  private aroundHandler({ handlers }: Entry): Covered[] {
    const fns = new Set(handlers.map(({ fn }) => fn))
    return [...this.made.values()].filter((call) => call.args.some((arg) => this.program.a.of(arg).some((value) => value.kind === 'fn' && fns.has(value.fn)))).map((call) => this.covered(call))
  }

  /** A decorator among those of the method, or of its class. */
  private decorated(record: EntryRecord): Covered[] {
    return decoratorsAt(record).flatMap(({ x }) => [...this.byLibrary(record.inst, x), ...this.byClass(record.inst, x)])
  }

  private byLibrary(inst: Instance, x: Expr): Covered[] {
    return this.program.look.values(inst, x.k === 'call' ? x.f : x).flatMap((value) => {
      const guard = value.kind === 'lib' ? this.program.a.catalog.row(value.path)?.guard : undefined
      return guard?.kind === 'idempotency-middleware' && value.kind === 'lib' ? [{ by: value.path.replace(/#.*/, ''), shared: guard.default === 'external' }] : []
    })
  }

  private byClass(inst: Instance, x: Expr): Covered[] {
    return this.classes.size === 0 ? [] : classesGiven(this.program, inst, x).flatMap((cls) => this.classes.get(cls) ?? [])
  }

  private inFrontOf(entry: Entry, recv: ObjectValue | undefined): Covered[] {
    if (!recv) return []
    return [...this.program.entryList.routersFrom(recv)].flatMap(({ router }) => this.inFront.filter((one) => one.recv === router && isBefore(one, entry)).map(({ covered }) => covered))
  }

  /** Is one of the arguments what such a middleware's maker gives back? */
  private given(call: LibraryCall): Covered | undefined {
    for (const arg of call.args) {
      for (const value of this.program.a.of(arg)) {
        const maker = this.makerOf(value)
        if (maker) return this.covered(maker)
      }
    }
    return undefined
  }

  private makerOf(value: Value): LibraryCall | undefined {
    if (value.kind === 'object' && value.site) return this.made.get(value.site)
    if (value.kind !== 'lib' && value.kind !== 'object') return undefined
    return [...this.made.values()].find(({ path }) => value.path === path || value.path === `${path}()`)
  }

  private covered(call: LibraryCall): Covered {
    const { store, default: absent } = call.row?.guard ?? {}
    const given = (store ?? []).flatMap((path) => this.program.argument(call, path))
    const kinds = given.flatMap((value) => ('path' in value && value.path !== undefined ? [this.program.a.catalog.row(value.path)?.store?.kind ?? 'external'] : []))
    return { by: call.path.replace(/#.*/, ''), shared: kinds.length > 0 ? kinds.every((kind) => kind === 'external') : given.length > 0 || absent === 'external' }
  }
}

/** Does a request for an entry pass what is registered under a path, and before it in the same file? */
const isBefore = ({ path, site }: InFront, entry: Entry): boolean => {
  const below = path.replace(/\/?\*?$/, '')
  if (site?.file === entry.site.file && site.start > entry.site.start) return false
  return below === '' || entry.path === undefined || `${entry.path}/`.includes(`${below}/`)
}
