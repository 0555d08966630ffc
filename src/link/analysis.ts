import type { ConventionRow, Curries } from '../model/catalog.js'
import type { ClassFact, ClassId, Expr, FileFacts, FnFact, FnId, Pattern } from '../model/facts.js'
import type { Resolver } from '../model/input.js'
import { CatalogIndex } from './catalog-index.js'
import { CopiesOfData, tellsLittle } from './copies.js'
import type { CallEdge, Context, Instance, Phase, Unit } from './instances.js'
import { Interned } from './interned.js'
import { Invocation } from './invocation.js'
import { isExpression } from './shape.js'
import type { EntryRecord, GapRecord, GroupRecord, LibraryCall, MountRecord, ReadRecord, WriteRecord } from './records.js'
import { SourceUnit } from './source-unit.js'
import { NOTHING, type Ref, Solver, constant } from './solver.js'
import {
  ELEMENTS, HeapObject, ObjectHolder, type ClassValue, type FnValue, type LibraryValue, type MadeObject, type LiteralValue, type NamespaceValue, type ObjectValue, type Value,
} from './values.js'

export type { EntryRecord, GapRecord, LibraryCall, MountRecord, ReadRecord, WriteRecord } from './records.js'

/** Files whose module body runs at each rendering. */
const RENDERED = /\.(vue|svelte|astro)$/
/** Invocations of one function that are told apart; what comes later shares the first one of its phase. */
const MOST_INSTANCES = 600
/** The same in a program that takes too long. */
const MOST_INSTANCES_IN_HASTE = 40

/** What a member of plain data is not, whatever its keys are. */
const LIST_METHODS = new Set(
  'at concat copyWithin entries every fill filter find findIndex findLast findLastIndex flat flatMap forEach includes indexOf join keys lastIndexOf length map pop push reduce reduceRight reverse shift slice some sort splice toReversed toSorted toSpliced unshift values with'.split(' '),
)

/** Does a closure stand in what a call at start-up made (`wrap(handler)`)? Nothing else tells it from what other calls made of other handlers. */
const isMade = (env: Instance | undefined): boolean => {
  for (let at = env; at; at = at.env) if (at.phase === 'startup' && at.context.site !== undefined) return true
  return false
}

/** Call sites that a context tells apart. */
const DEEPEST_CONTEXT = 3

/** Everything that the linker knows and learns: values, invocations, and what they do. */
export class Analysis {
  readonly solver = new Solver()
  readonly values: Value[] = []
  readonly units: Unit[] = []
  readonly unitOf = new Map<string, Unit>()
  /** The routes of files that a framework finds by their place. */
  readonly fileRoutes = new Map<Unit, string>()
  readonly instances: Instance[] = []
  readonly calls: LibraryCall[] = []
  readonly writes: WriteRecord[] = []
  readonly reads: ReadRecord[] = []
  /** Calls on request paths, to count how many lead somewhere. */
  readonly callees: { inst: Instance; site: Expr; callee: Ref }[] = []
  readonly entries: EntryRecord[] = []
  /** Registrations that serve nobody but the client that started the process. */
  ofOneClient = 0
  readonly mounts: MountRecord[] = []
  readonly groups: GroupRecord[] = []
  /** Names of exports that were listed (`Object.keys(controller)`), with an expression that stands for each: texts that tell much. */
  readonly memberNames = new Map<LiteralValue, Expr>()
  readonly gaps: GapRecord[] = []
  /** Work that linking should take. */
  budget = Infinity
  readonly classes: ClassValue[] = []
  readonly objects: ObjectValue[] = []
  readonly global: ObjectValue
  readonly root: Context = { id: 0, site: undefined, caller: undefined, parent: undefined, depth: 0 }
  /** Instances whose body is still to be evaluated. */
  readonly pending: Instance[] = []
  /** Those of requests and jobs, which wait for all start-up code. */
  readonly waiting: Instance[] = []
  /** Keys of which nothing was known when they were asked for: settled when nothing else is left to do. */
  readonly undecided: (() => void)[] = []
  /** Linking is over: what is still asked for is looked up, and starts nothing new. */
  settled = false
  private readonly interned: Interned
  private readonly literals = new Map<unknown, LiteralValue>()
  private readonly contexts = new Map<Expr, Map<number, Context>>()
  private readonly chosen = new Map<string, Context>()
  private contextCount = 0
  private readonly bags = new Map<string, ObjectValue>()
  private readonly copies = new CopiesOfData((made) => this.object(made))
  /** Fills a bag whose members are services of a container. */
  servicesIn: (bag: ObjectValue) => void = () => {}

  constructor(
    files: { path: string; facts: FileFacts }[],
    readonly resolver: Resolver,
    readonly catalog: CatalogIndex,
    readonly conventions: ConventionRow[],
  ) {
    this.interned = new Interned(this.values, this.solver)
    for (const { path, facts } of files) this.addUnit(path, facts)
    this.global = this.object({ unit: this.units[0] as Unit, site: undefined, phase: 'startup', env: undefined, shape: 'global' })
  }

  private addUnit(path: string, facts: FileFacts): void {
    const unit = new SourceUnit(this.units.length, path, facts, (of) => this.moduleOf(of), (of) => this.exportsOf(of))
    this.units.push(unit)
    this.unitOf.set(path, unit)
  }

  private moduleOf(unit: Unit): Instance {
    return this.makeInstance(unit, unit.facts.functions[0] as FnFact, RENDERED.test(unit.path) ? 'request' : 'startup', undefined, this.root)
  }

  /** `module`, with an object in `exports`. */
  private exportsOf(unit: Unit): ObjectValue {
    const cjs = this.object({ unit, site: undefined, phase: 'startup', env: undefined, shape: 'exports' })
    const exported = this.object({ unit, site: undefined, phase: 'startup', env: undefined, shape: 'exports' })
    this.solver.add(this.field(cjs, 'exports'), exported.id)
    return cjs
  }

  /** Has a module evaluated once, when something evaluated asks for it. */
  evaluateLater(unit: Unit): void {
    if (unit.evaluated) return
    unit.evaluated = true
    this.pending.push(unit.module)
  }

  // ---------------------------------------------------------------- values

  value(id: number): Value {
    return this.values[id] as Value
  }

  /** The values that a place may hold. */
  of(ref: Ref): Value[] {
    return this.solver.held(ref, this.values)
  }

  literal(value: LiteralValue['value']): LiteralValue {
    const known = this.literals.get(value)
    if (known) return known
    const made: LiteralValue = { kind: 'lit', id: this.values.length, value }
    this.values.push(made)
    this.literals.set(value, made)
    this.solver.markWeak(made.id)
    return made
  }

  memberName(name: string, of?: ObjectValue | Unit): LiteralValue {
    return this.interned.memberName(name, of, this.memberNames)
  }

  library(path: string, recv?: ObjectValue | FnValue | ClassValue): LibraryValue {
    return this.interned.library(path, recv)
  }

  namespace(unit: Unit): NamespaceValue {
    return this.interned.namespace(unit)
  }

  fnValue(unit: Unit, index: FnId, env: Instance, self?: ObjectValue | ClassValue): FnValue {
    const plain = this.interned.fn(unit, unit.facts.functions[index] as FnFact, env)
    return self ? this.bound(plain, self) : plain
  }

  /** The function with its receiver. A function that has one keeps it. */
  bound(fn: FnValue, self: ObjectValue | ClassValue): FnValue {
    return fn.self || fn.fn.kind === 'arrow' ? fn : this.interned.bound(fn, self)
  }

  /** `fn.bind(null, db)`, as it is made at a place. `apart`: what is made at another place has nothing to do with it. */
  preset(fn: FnValue, site: Expr, inst: Instance, args: Ref[], curried?: Curries, apart = inst.phase === 'startup'): FnValue {
    return this.interned.preset(fn, site, inst, () => ({ args: [...(fn.preset?.args ?? []), ...args], context: apart ? this.context(site, inst) : undefined, curried }))
  }

  /** A function that something unknown was made of, together with others. */
  wrapped(fn: FnValue, table: ObjectValue): FnValue {
    return fn.self ? fn : this.interned.bound(fn, table)
  }

  classValue(unit: Unit, index: ClassId, env: Instance): ClassValue {
    const cls = unit.facts.classes[index] as ClassFact
    return this.interned.cls(cls, env, (id) => {
      const made: ClassValue = { kind: 'class', id, unit, cls, env, holder: new ObjectHolder(), parent: cls.ext ? this.solver.node() : NOTHING, instances: [] }
      this.classes.push(made)
      return made
    })
  }

  object(made: MadeObject): ObjectValue {
    const value = new HeapObject(this.values.length, made)
    this.values.push(value)
    this.objects.push(value)
    if (tellsLittle(made)) this.solver.markWeak(value.id)
    if (value.cls && !value.found) value.cls.instances.push(value)
    return value
  }

  /** The object that an allocation site (an expression, or a rest pattern) makes in one invocation. */
  allocate(inst: Instance, site: Expr | Pattern, shape: ObjectValue['shape'], more: Partial<ObjectValue> = {}): ObjectValue {
    const known = inst.allocations.get(site)
    if (known && known.cls === more.cls && known.proto === more.proto && known.path === more.path) return known
    const made: MadeObject = { unit: inst.unit, site: isExpression(site) ? site : undefined, phase: inst.phase, env: inst, shape, ...more }
    const value = known ? this.object(made) : this.copies.of(made, site) ?? this.object(made)
    if (!known) inst.allocations.set(site, value)
    return value
  }

  /** The one object for what a framework shares under this path (`app.locals`, `app.context`, a decorated instance). */
  bag(path: string): ObjectValue {
    let bag = this.bags.get(path)
    if (!bag) {
      bag = this.object({ unit: this.units[0] as Unit, site: undefined, phase: this.catalog.row(path)?.owned ? 'request' : 'startup', env: undefined, shape: 'bag', path })
      this.bags.set(path, bag)
      if (this.catalog.row(path)?.services) this.servicesIn(bag)
    }
    return bag
  }

  /** Plain data of a text or file: any member of it, at any depth, is such data, and it has what lists have. */
  data(unit: Unit, site: Expr | undefined, env: Instance | undefined): ObjectValue {
    const made = this.object({ unit, site, phase: 'startup', env, shape: 'object', path: 'global#Array.new' })
    made.holder.methods = LIST_METHODS
    this.solver.add(this.field(made, ELEMENTS), made.id)
    return made
  }

  private readonly dataFiles = new Map<string, ObjectValue>()
  /** What a data file holds, for all that import it. */
  dataOf(file: string): ObjectValue {
    let made = this.dataFiles.get(file)
    if (!made) this.dataFiles.set(file, (made = this.data(this.units[0] as Unit, undefined, undefined)))
    return made
  }

  // ---------------------------------------------------------------- fields

  /** Node of a field. Unknown keys reach every named field of plain objects, and the other way round through ELEMENTS. */
  field(holder: { holder: ObjectHolder; kind: string; shape?: string }, name: string): number {
    const fields = holder.holder.fields
    const known = fields.get(name)
    if (known !== undefined) return known
    const node = this.solver.node()
    if (holder.kind === 'object' && holder.shape !== 'array' && holder.shape !== 'library') this.mix(holder.holder, name, node)
    holder.holder.set(name, node)
    return node
  }

  private mix({ fields, methods, over }: ObjectHolder, name: string, node: number): void {
    const isApart = (named: string): boolean => methods?.has(named) === true || over?.includes(named) === true
    if (name === ELEMENTS) {
      for (const [other, field] of fields) if (!isApart(other)) this.solver.flow(node, field)
    }
    else if (!isApart(name)) {
      const elements = fields.get(ELEMENTS)
      if (elements !== undefined) this.solver.flow(elements, node)
    }
  }

  // ---------------------------------------------------------------- invocations

  /** The call sites that lead to an invocation, the nearest ones: those far off tell least. */
  context(site: Expr, caller: Instance): Context {
    const within = this.contextAround(caller)
    // A function that comes back to itself is told apart by who called it first.
    for (let at: Context | undefined = within; at; at = at.parent) if (at.site === site) return at
    return this.within(this.nearest(within), site, caller)
  }

  /** A handler that a wrapper made runs in no call of the program: it is told apart by what made it. */
  private contextAround(caller: Instance): Context {
    let at: Instance | undefined = caller
    while (at && at.context === this.root) at = at.env
    return at?.context ?? this.root
  }

  /** What a call chooses by tells its invocation apart, wherever it is called. */
  chosenBy(text: string): Context {
    let context = this.chosen.get(text)
    if (!context) this.chosen.set(text, (context = { id: ++this.contextCount, text, site: undefined, caller: undefined, parent: this.root, depth: 1 }))
    return context
  }

  private within(parent: Context, site: Expr, caller: Instance): Context {
    let bySite = this.contexts.get(site)
    if (!bySite) this.contexts.set(site, (bySite = new Map()))
    let context = bySite.get(parent.id)
    if (!context) bySite.set(parent.id, (context = { id: ++this.contextCount, site, caller, parent, depth: parent.depth + 1 }))
    return context
  }

  /** A context less its farthest call site, where it is as deep as contexts go. */
  private nearest(context: Context): Context {
    if (context.depth < DEEPEST_CONTEXT) return context
    const kept: Context[] = []
    for (let at: Context | undefined = context; at && kept.length < DEEPEST_CONTEXT - 1; at = at.parent) kept.unshift(at)
    return kept.reduce((parent, at) => (at.site && at.caller ? this.within(parent, at.site, at.caller) : parent), this.root)
  }

  /** The invocation of a closure in a phase and context; its body is queued when it is new. */
  instance(target: FnValue, phase: Phase, context: Context, receiver: number): Instance {
    const { code } = target
    // Members of a module that are wrapped one by one stay apart in any case: nothing else tells them from each other.
    const most = this.solver.haste > 0 && phase !== 'startup' && !isMade(target.env) ? MOST_INSTANCES_IN_HASTE : MOST_INSTANCES
    const shared = context.site?.k !== 'lit' && code.count > most ? code.first[phase] : undefined
    if (shared) return shared
    // Bound and unbound closures are the same code: only what `receiver` says tells them apart.
    const known = code.find(target.env, phase, context, receiver)
    if (known) return known
    const made = this.makeInstance(target.unit, target.fn, phase, target.env, context)
    code.enter(made, receiver)
    ;(phase === 'startup' ? this.pending : this.waiting).push(made)
    return made
  }

  private makeInstance(unit: Unit, fn: FnFact, phase: Phase, env: Instance | undefined, context: Context): Instance {
    const made = new Invocation(this.instances.length, unit, fn, phase, env, context, this.solver)
    this.instances.push(made)
    return made
  }

  edge(from: Instance, to: Instance, site: Expr, given: readonly Expr[], later?: boolean): void {
    const edge: CallEdge = later ? { from, to, site, given, later } : { from, to, site, given }
    from.callees.push(edge)
    to.callers.push(edge)
  }

  private callsByInstance: Map<Instance, LibraryCall[]> | undefined
  /** Library calls of one invocation; asked after linking, when all are known. */
  callsOf(inst: Instance): LibraryCall[] {
    if (!this.callsByInstance) {
      this.callsByInstance = new Map()
      for (const call of this.calls) {
        const list = this.callsByInstance.get(call.inst)
        if (list) list.push(call)
        else this.callsByInstance.set(call.inst, [call])
      }
    }
    return this.callsByInstance.get(inst) ?? []
  }

  gap(inst: Instance, reason: string, at: number, symbol: string): void {
    this.gaps.push({ reason, unit: inst.unit, at, symbol, inst })
  }

  constantOf(value: Value): Ref {
    return constant(value.id)
  }
}
