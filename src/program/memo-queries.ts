import { OF_INPUT_ALONE } from '../catalog/packages.js'
import type { Instance } from '../link/instances.js'
import { boundBy } from '../link/shape.js'
import type { Site } from '../model/site.js'
import type { Expr, FnFact } from '../model/facts.js'
import type { Homes } from '../state/homes.js'
import { Loads } from '../state/loads.js'
import { tellsCaller } from '../state/taint.js'
import type { LibraryUse } from './libraries.js'
import type { Program } from './program.js'

/** A function that a library makes remember its results. */
export interface Memo {
  site: Site
  symbol: string
}

/** Questions about functions that libraries make remember their results. */
export class MemoQueries {
  constructor(private readonly program: Program, private readonly homes: Homes) {}

  /** Those that remember in this process, by the declaration that they are kept in. */
  all(): Memo[] {
    return this.uses().flatMap(({ use, memo }) => (use.row.memo?.once || this.isShared(use) || this.leavesOut(use) !== undefined || this.isOfOwnInput(use) ? [] : [memo]))
  }

  /** Those that are called with who asks, and do not remember by it. */
  unkeyed(): (Memo & { by: string })[] {
    return this.uses().flatMap(({ use, memo }) => {
      const by = this.leavesOut(use)
      return by === undefined ? [] : [{ ...memo, by }]
    })
  }

  private uses(): { use: LibraryUse; memo: Memo }[] {
    const told = new Set<Expr>()
    return this.program.libraries.withFacet('memo').flatMap((use) => {
      const { inst, site } = use.call
      const home = use.phase === 'startup' ? this.homes.homeOfSite(inst.unit, site) : undefined
      if (!home || home.local) {
        const kept = use.phase === 'startup' && isReturned(inst.fn, site) ? this.keptBy(inst) : []
        if (kept.length > 0) return kept.map((memo) => ({ use, memo }))
        // Nitro keeps them under their names in its own storage, wherever they are made.
        if (use.row.memo?.mount === undefined || told.has(site)) return []
        told.add(site)
        return [{ use, memo: { site: use.site, symbol: use.path.slice(use.path.indexOf('#') + 1).replace('()', '') } }]
      }
      return [{ use, memo: { site: home.kind === 'binding' ? { file: home.unit.path, start: home.start, end: home.end } : use.site, symbol: home.name } }]
    })
  }

  /** `const all = memo(load)`, of a helper of the project's own that gives back what the library makes. */
  private keptBy(helper: Instance): Memo[] {
    return this.program.a.instances.filter((inst) => inst.fn === helper.fn && inst.unit === helper.unit).flatMap(({ callers }) => callers.flatMap(({ from, site }) => {
      const home = from.phase === 'startup' ? this.homes.homeOfSite(from.unit, site) : undefined
      return home?.kind === 'binding' && !home.local ? [{ site: { file: home.unit.path, start: home.start, end: home.end }, symbol: home.name }] : []
    }))
  }

  private loads: Loads | undefined
  /** Made of what it is given, and of nothing that could be another by now: the same wherever it is made. */
  private isOfOwnInput(use: LibraryUse): boolean {
    const { a, look, reach } = this.program
    const values = use.row.memo?.fn === undefined ? [] : this.program.libraries.options(use, use.row.memo.fn)
    if (values.length > 0 && values.every((value) => value.kind === 'lib' && OF_INPUT_ALONE.test(value.path))) return true
    const starts = a.instances.filter((inst) => values.some((value) => value.kind === 'fn' && value.fn === inst.fn && value.unit === inst.unit))
    if (starts.length === 0 || !values.every(({ kind }) => kind === 'fn') || (this.loads ??= new Loads(a, look)).ofCode(starts) !== 'local') return false
    return [...reach.forward(starts)].every(({ fn }) => !this.readers.has(fn))
  }

  private known: Set<FnFact> | undefined
  /** Functions that look at what requests and timers change. */
  private get readers(): Set<FnFact> {
    return (this.known ??= new Set(this.program.cells().flatMap(({ way, reads }) => (way ? reads.map(({ inst }) => inst.fn) : []))))
  }

  private isShared(use: LibraryUse): boolean {
    const { external, mount, group } = use.row.memo ?? {}
    // Each group of entries may have a mount of its own below.
    const groups = group === undefined ? [] : this.program.libraries.options(use, group).flatMap((value) => (value.kind === 'lit' ? [`${mount}/${String(value.value)}`] : []))
    return (mount !== undefined && this.program.libraries.nitro.hasDriver(mount, ...groups)) || (external !== undefined && this.program.libraries.has(use, external) && !this.isOwn(use, external))
  }

  /** `new Map()`, `new QuickLRU(…)`: it is given where to remember, and that is in this process too. */
  private isOwn(use: LibraryUse, option: string): boolean {
    const given = this.program.libraries.options(use, option)
    return given.length > 0 && given.every((value) => {
      const row = value.kind === 'object' && value.path !== undefined ? this.program.a.catalog.row(value.path) : undefined
      return row?.container !== undefined && row.infra === undefined
    })
  }

  /** By what it remembers, where that is less than what decides the result. */
  private leavesOut(use: LibraryUse): string | undefined {
    const { once, first, key, fn } = use.row.memo ?? {}
    if ((!once && !first) || fn === undefined || (key !== undefined && this.program.libraries.has(use, key))) return undefined
    const functions = this.program.libraries.options(use, fn).flatMap((value) => (value.kind === 'fn' ? [value] : []))
    const rest = once ? 0 : 1
    const calls = this.program.a.instances.filter((inst) => inst.phase === 'request' && functions.some((value) => value.fn === inst.fn && value.unit === inst.unit))
    if (!calls.some((inst) => this.isGivenUser(inst, rest))) return undefined
    return once ? 'of its first call' : 'by its first argument'
  }

  private isGivenUser(inst: Instance, from: number): boolean {
    return inst.fn.params.slice(from).some((param) => [...boundBy(param.t)].some((id) => {
      const node = inst.locals.get(id)
      return node !== undefined && tellsCaller(this.program.taints.of(inst, undefined, node))
    }))
  }
}

const isReturned = (fn: FnFact, site: Expr): boolean => fn.body.some((s) => s.k === 'ret' && s.x === site)
