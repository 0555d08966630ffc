import type { EntryRecord, LibraryCall } from '../link/analysis.js'
import type { Entry } from '../flow/entries.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { Expr } from '../model/facts.js'
import type { KeyUse } from './key-reads.js'
import type { Program } from '../program/program.js'

/** An idempotency middleware of a library: does its store outlive the process? */
export interface Covered {
  by: string
  shared: boolean
}

/** Members that put a middleware in front of everything behind a router. */
const IN_FRONT = /\.(use|register|addHook|all)$/

/** Which entries stand behind an idempotency middleware: in the same registration, in front of their router, or around their handler. */
export class Covering {
  private readonly made = new Map<Expr, LibraryCall>()
  private readonly registrations = new Map<Expr, LibraryCall>()
  private readonly inFront: { recv: ObjectValue; covered: Covered }[] = []

  /** `keyUse` says what a middleware of the project does with the key. */
  constructor(private readonly program: Program, keyUse: (middleware: Entry) => KeyUse | undefined) {
    for (const entry of program.entries) if (entry.kind === 'middleware') this.own(entry, keyUse(entry))
    for (const call of program.a.calls) if (call.row?.guard?.kind === 'idempotency-middleware') this.made.set(call.site, call)
    if (this.made.size === 0) return
    for (const call of program.a.calls) {
      this.registrations.set(call.site, call)
      const covered = IN_FRONT.test(call.path) && call.recv?.kind === 'object' ? this.given(call) : undefined
      if (covered && call.recv?.kind === 'object') this.inFront.push({ recv: call.recv, covered })
    }
  }

  private own({ records, symbol }: Entry, use: KeyUse | undefined): void {
    if (use !== 'used' && use !== 'memory') return
    for (const { recv } of records) if (recv) this.inFront.push({ recv, covered: { by: symbol, shared: use === 'used' } })
  }

  of(entry: Entry): Covered | undefined {
    const all = entry.records.flatMap((record) => [...this.decorated(record), ...(this.made.size === 0 ? [] : this.atRegistration(record)), ...(this.inFront.length === 0 ? [] : this.inFrontOf(record.recv, 0))])
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
  private decorated({ unit, inst, start, end }: EntryRecord): Covered[] {
    const cls = unit.facts.classes.find(({ methods }) => methods.some(({ dec }) => dec?.some(({ x }) => x.p <= end && x.e >= start)))
    const method = cls?.methods.find(({ dec }) => dec?.some(({ x }) => x.p <= end && x.e >= start))
    return [...(method?.dec ?? []), ...(cls?.dec ?? [])].flatMap(({ x }) => this.program.look.values(inst, x.k === 'call' ? x.f : x)).flatMap((value) => {
      const guard = value.kind === 'lib' ? this.program.a.catalog.row(value.path)?.guard : undefined
      return guard?.kind === 'idempotency-middleware' && value.kind === 'lib' ? [{ by: value.path.replace(/#.*/, ''), shared: guard.default === 'external' }] : []
    })
  }

  private inFrontOf(recv: ObjectValue | undefined, depth: number): Covered[] {
    if (!recv || depth > 4) return []
    const own = this.inFront.filter((one) => one.recv === recv).map(({ covered }) => covered)
    const above = this.program.a.mounts.flatMap(({ child, parent }) => (child === recv && parent && parent !== recv ? this.inFrontOf(parent, depth + 1) : []))
    return [...own, ...above]
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
