import type { EntryKind } from '../model/catalog.js'
import type { Confidence } from '../model/finding.js'
import type { Site } from '../model/site.js'
import type { FinerKind } from './finer-state.js'
import type { Instance } from '../link/instances.js'
import { calledName, endsItself } from '../state/handles.js'
import { isObserved } from '../state/patterns.js'
import type { Role } from '../state/roles.js'
import type { CellView, Program, StepDraft } from './program.js'
import { NamesRead } from './names-read.js'
import { ToldTogether } from './told-together.js'

/** What a rule yields about a cell, less message and severity. */
export interface CellDraft {
  at: Site
  symbol: string
  data: Record<string, string>
  confidence: Confidence
  trace: StepDraft[]
  related: StepDraft[]
}

const SHOWN_WRITERS = 6
/** What runs something once, when the code around it is done. */
const LATER = /^(setTimeout|setImmediate|nextTick|queueMicrotask)$/
const TIMERS = /^set(Timeout|Immediate|Interval)$/

/** Roles that no rule tells of. */
const SILENT = new Set<Role>(['client', 'lazy-constant', 'scratch'])

/** Entries that answer by what they give back. */
const ANSWERED = new Set<EntryKind>(['route', 'procedure', 'resolver', 'action', 'loader', 'lambda', 'page'])

interface Groups {
  plain: CellView[]
  finer: CellView[]
  together: readonly ToldTogether[]
}

/** Changed by timers, or by code that no entry leads to. */
export const isOfBackground = ({ background, writers }: CellView): boolean => background || writers.length === 0

/** Questions about process memory. */
export class StateQueries {
  private readonly namesRead: NamesRead

  constructor(private readonly program: Program) {
    this.namesRead = new NamesRead(() => program.a.units.flatMap(({ facts, evaluated }) => (evaluated ? [facts] : [])))
  }

  /** Cells of these roles that an entry or timer changes and that somebody could notice. */
  of(roles: Role[]): CellView[] {
    return this.groups().plain.filter((cell) => roles.includes(cell.role))
  }

  /** Those that a finer rule knows more of. */
  finerOf(kind: FinerKind): CellView[] {
    return this.groups().finer.filter((cell) => this.program.finer.of(cell) === kind)
  }

  private grouped: Groups | undefined

  /** What is told, less what is told with another one. */
  private groups(): Groups {
    if (this.grouped) return this.grouped
    const told = this.told().filter(({ role }) => !SILENT.has(role))
    const plain = told.filter((cell) => this.program.finer.of(cell) === undefined)
    const finer = told.filter((cell) => this.program.finer.of(cell) !== undefined)
    const kindOf = (cell: CellView): string => [this.program.finer.of(cell), this.isPersonal(cell), this.isToken(cell)].join(' ')
    const together = [new ToldTogether(plain, kindOf, this.program.look, true), new ToldTogether(finer, kindOf, this.program.look, false)] as const
    const isFirst = (cell: CellView): boolean => together.every((one) => one.first(cell) === undefined)
    return (this.grouped = { plain: plain.filter(isFirst), finer: finer.filter(isFirst), together })
  }

  /** The one that a cell is told with. */
  toldWith(cell: CellView): CellView | undefined {
    return this.groups().together.map((one) => one.first(cell)).find((first) => first !== undefined)
  }

  private othersOf(cell: CellView): CellView[] {
    return this.groups().together.flatMap((one) => one.others(cell))
  }

  private told(): CellView[] {
    const { commands } = this.program
    return this.program.cells().filter((cell) => this.isReached(cell) && this.matters(cell) && !this.isHearsay(cell) && !this.isBus(cell) && !this.isOfInterface(cell) && !commands.isStartedByHand(cell.home.unit))
  }

  /** A subject that keeps the last of what it was told is told as what requests hear of each other over. */
  private isBus({ contents }: CellView): boolean {
    const made = [...contents]
    if (!made.some(({ path }) => path !== undefined && this.program.a.catalog.row(path)?.container?.kind === 'emitter')) return false
    return this.program.buses().some(({ at }) => made.some(({ site, unit }) => site?.p === at.start && unit.path === at.file))
  }

  /** Another rule tells of stores of user interfaces; what components change in other ways they nearly always change in browsers. */
  private isOfInterface(cell: CellView): boolean {
    const { rendering } = this.program
    return rendering.isStore(cell) || rendering.isBrowsers(cell.home.unit) || (cell.role !== 'request-data' && rendering.isRendered(cell))
  }

  /** An entry or a timer leads to a change; code that only looks like request code does not count. */
  private isReached(cell: CellView): boolean {
    return cell.way !== undefined && (cell.way.entry !== undefined || (cell.way.root.phase === 'background' && !this.isOfStart(cell)))
  }

  /** `setTimeout(() => prepare(), 1500)` at start-up: what runs once, a little later, is start-up still. */
  private isOfStart({ writes }: CellView): boolean {
    return writes.every(({ inst }) => {
      const way = this.program.reach.way(inst)
      return way !== undefined && way.entry === undefined && this.againAfter(way.root)?.has(inst) === false
    })
  }

  private readonly again = new Map<Instance, ReadonlySet<Instance> | undefined>()
  /** What a timeout of start-up leads to again and again, by loops that it begins; nothing for what is no such timeout, or begins itself anew. */
  private againAfter(root: Instance): ReadonlySet<Instance> | undefined {
    if (!this.again.has(root)) this.again.set(root, this.findAgain(root))
    return this.again.get(root)
  }

  private findAgain(root: Instance): ReadonlySet<Instance> | undefined {
    const { reach } = this.program
    const begun = root.callers.filter(({ from }) => from.phase === 'startup')
    if (begun.length === 0 || !begun.every(({ site }) => site.k === 'call' && (LATER.test(calledName(site)) || endsItself(root.fn)))) return undefined
    const led = new Set(reach.forward([root]))
    if (root.callers.some(({ from }) => led.has(from)) || [...led].some((inst) => inst !== root && inst.fn === root.fn)) return undefined
    const again = new Set<Instance>()
    for (const inst of led) for (const { to, site } of inst.callees) {
      if (site.k !== 'call' || !TIMERS.test(calledName(site))) continue
      const next = [...reach.forward([to])]
      if ((calledName(site) === 'setInterval' && !endsItself(to.fn)) || next.some(({ fn }) => fn === inst.fn)) for (const one of next) again.add(one)
    }
    return again
  }

  /** What only listeners of unknown packages change may be anything, unless it is kept by what they were told. */
  isHearsay(cell: CellView): boolean {
    if (!cell.way?.entry?.heard || (cell.keyed && cell.fromRequest)) return false
    return this.isOnlyHeard(cell)
  }

  /** A timer that changes it surely runs, whatever the listeners do. */
  private isOnlyHeard(cell: CellView): boolean {
    return cell.writes.every(({ inst }) => inst.phase !== 'background' && [...this.program.reach.entries(inst)].every((entry) => entry.heard))
  }

  /** What nobody reads nobody can miss; a background change that no request reads is no client's business. */
  matters(cell: CellView): boolean {
    if (isOfBackground(cell)) return cell.readers.length > 0
    return isObserved(cell, (inst) => this.answering.has(inst)) || cell.home.templates === true || cell.role === 'sequence' || cell.role === 'queue' || (cell.role === 'request-data' && (cell.reads.length > 0 || this.isReadByName(cell)))
  }

  /** Does any code read something of this name, though nobody saw it read this? What hangs on the process anything may read. */
  private isReadByName({ home: { name, kind } }: CellView): boolean {
    const member = name.slice(name.lastIndexOf('.') + 1)
    if (kind === 'binding') return false
    return name.startsWith('global') || this.namesRead.has(member)
  }

  private handlers: ReadonlySet<Instance> | undefined
  /** Handlers whose framework may send what they give back. */
  private get answering(): ReadonlySet<Instance> {
    return (this.handlers ??= new Set(this.program.a.entries.flatMap(({ model, handlers }) => (ANSWERED.has(model.kind) ? handlers.map(({ instance }) => instance) : []))))
  }

  draft(cell: CellView): CellDraft {
    const { way, write } = cell
    const entry = way ? this.program.origin(way) : 'a request'
    const others = cell.writers.length > 1 ? ` and ${cell.writers.length - 1} more` : ''
    const trace = way && write ? this.program.steps(way, { message: `writes ${cell.symbol}`, site: this.program.siteOf(write.inst, write.site) }) : []
    return {
      at: cell.site, symbol: cell.symbol, data: { cell: this.nameOf(cell), entry: `${entry}${others}` },
      confidence: this.confidence(cell), trace, related: this.related(cell),
    }
  }

  private nameOf(cell: CellView): string {
    const others = this.othersOf(cell)
    const what = cell.home.kind === 'binding' ? 'variable' : 'field'
    return others.length > 0 ? `${cell.symbol} and ${others.length} more ${what}${others.length > 1 ? 's' : ''}` : cell.symbol
  }

  private confidence(cell: CellView): Confidence {
    if (cell.way?.entry?.heard && !cell.way.entry.guessed) return this.isOnlyHeard(cell) ? 'low' : 'medium'
    if (cell.way?.entry?.guessed) return 'medium'
    return cell.way?.entry ? 'high' : 'medium'
  }

  private related(cell: CellView): StepDraft[] {
    const seen = new Set<string>()
    const others = this.othersOf(cell).map(({ symbol, site }) => ({ message: `so is ${symbol}`, site }))
    return [...others, ...cell.writes.flatMap((write) => {
      const site = this.program.siteOf(write.inst, write.site)
      const key = `${site.file}:${site.start}`
      if (write === cell.write || seen.has(key)) return []
      seen.add(key)
      return [{ message: `${cell.symbol} is also written here`, site }]
    })].slice(0, SHOWN_WRITERS)
  }

  /** Does it hold what belongs to a user, session, token or connection? */
  isPersonal(cell: CellView): boolean {
    return ['user', 'session', 'token', 'socket'].some((id) => cell.identity.has(id as never))
  }

  isToken(cell: CellView): boolean {
    return cell.identity.has('token')
  }
}
