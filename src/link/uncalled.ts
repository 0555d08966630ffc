import type { FnFact, MethodFact } from '../model/facts.js'
import type { Instance, Unit } from './instances.js'
import type { Library } from './library.js'
import { membersIn } from './shape.js'
import { NOTHING, type Ref, constant } from './solver.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'

interface Hooks {
  /** Does a function register something? */
  registers: (unit: Unit, fn: FnFact) => boolean
  /** Does it set up a session, a limiter, a socket server? */
  setsUp: (unit: Unit, fn: FnFact) => boolean
}

interface Candidate {
  unit: Unit
  run: () => Instance | undefined
}

/**
 * Functions that a module gives away and nobody calls: exports, and in packages that serve nothing by themselves, since a host does, also those of
 * exported objects (`{ name, register }`) and methods of exported classes.
 */
export class Uncalled {
  private readonly known = new Map<FnFact, boolean>()
  private serving: ReadonlySet<string> | undefined

  constructor(private readonly library: Library, private readonly hooks: Hooks) {}

  /** Runs those that register something. A file that another one of them loads waits: that one may call it. */
  run(): Instance[] {
    const reached = new Set(this.library.a.instances.map(({ fn }) => fn))
    const found = this.library.a.units.filter((unit) => unit.evaluated && unit.facts.functions.some((fn) => this.isHook(unit, fn))).flatMap((unit) => this.of(unit, reached))
    const loaded = this.loadedBy(new Set(found.map(({ unit }) => unit)))
    const first = found.filter(({ unit }) => !loaded.has(unit))
    return (first.length > 0 ? first : found).flatMap(({ run }) => run() ?? [])
  }

  /** Does its package register something that was understood? Then what is left over there is not used. */
  serves(unit: Unit): boolean {
    const { entries, resolver } = this.library.a
    const dirOf = (path: string): string => resolver.manifestOf(path)?.dir ?? ''
    this.serving ??= new Set(entries.map(({ inst }) => dirOf(inst.unit.path)))
    return this.serving.has(dirOf(unit.path))
  }

  private loadedBy(units: ReadonlySet<Unit>): Set<Unit> {
    const { resolver, unitOf } = this.library.a
    const loaded = new Set<Unit>()
    for (const unit of units) for (const specifier of unit.facts.specifiers) {
      const to = resolver.resolve(unit.path, specifier)
      const other = to.kind === 'file' ? unitOf.get(to.file) : undefined
      if (other && other !== unit && units.has(other)) loaded.add(other)
    }
    return loaded
  }

  private isHook(unit: Unit, fn: FnFact): boolean {
    let known = this.known.get(fn)
    if (known === undefined) this.known.set(fn, (known = this.hooks.registers(unit, fn) || this.hooks.setsUp(unit, fn)))
    return known
  }

  private of(unit: Unit, reached: Set<FnFact>): Candidate[] {
    const found: Candidate[] = []
    for (const value of this.exported(unit, reached)) {
      if (value.kind === 'class') found.push(...this.ofClass(value, reached))
      else if (!reached.has(value.fn) && this.isHook(unit, value.fn)) {
        reached.add(value.fn)
        found.push({ unit, run: () => this.call(value) })
      }
    }
    return found
  }

  private call(fn: FnValue): Instance | undefined {
    return this.library.calls.invoke(fn.env, { k: 'this', p: fn.fn.p, e: fn.fn.p }, fn, [], [], NOTHING, { phase: 'startup' })
  }

  /** Methods that register something, by way of others of the class: those that none of these calls. */
  private ofClass(cls: ClassValue, reached: ReadonlySet<FnFact>): Candidate[] {
    const fnOf = ({ f }: MethodFact): FnFact => cls.unit.facts.functions[f] as FnFact
    const open = cls.cls.methods.filter((method) => !method.static && !reached.has(fnOf(method)))
    const names = new Set(open.filter((method) => this.hooks.registers(cls.unit, fnOf(method))).map(({ n }) => n))
    for (let size = -1; size < names.size;) {
      size = names.size
      for (const method of open) if ([...membersIn(fnOf(method))].some((name) => names.has(name))) names.add(method.n)
    }
    const among = open.filter(({ n }) => names.has(n))
    const first = among.filter(({ n }) => !among.some((other) => other.n !== n && membersIn(fnOf(other)).has(n)))
    return (first.length > 0 ? first : among).map((method) => ({ unit: cls.unit, run: () => this.call(this.library.a.fnValue(cls.unit, method.f, cls.env, this.instanceOf(cls))) }))
  }

  private instanceOf(cls: ClassValue): ObjectValue {
    return cls.instances[0] ?? this.library.components.managed(cls)
  }

  private exported(unit: Unit, reached: ReadonlySet<FnFact>): (FnValue | ClassValue)[] {
    const found: (FnValue | ClassValue)[] = []
    const isHosted = !this.serves(unit)
    const see = (node: Ref, depth: number): void => {
      for (const value of this.library.a.of(node)) {
        if (!('unit' in value) || value.unit !== unit) continue
        if (value.kind === 'fn' || (value.kind === 'class' && isHosted)) found.push(value)
        if (value.kind === 'fn' && isHosted) found.push(...this.ofPrototype(value, reached))
        else if (value.kind === 'object' && depth > 0) for (const field of value.holder.fields.values()) see(field, depth - 1)
      }
    }
    this.library.access.modules.eachExport(unit, (_, node) => see(node, isHosted ? 1 : 0))
    see(unit.cjs.holder.fields.get('exports') ?? NOTHING, isHosted ? 2 : 1)
    return found
  }

  /** `Api.prototype.setupRoutes = function (app) { … }` of a constructor that nobody calls: on an object that it made. */
  private ofPrototype(maker: FnValue, reached: ReadonlySet<FnFact>): FnValue[] {
    const { a, calls } = this.library
    const given = a.of(maker.holder.fields.get('prototype') ?? NOTHING).flatMap((proto) => (proto.kind === 'object' ? [...proto.holder.fields.values()].flatMap((node) => a.of(node)) : []))
    const methods = given.filter((value): value is FnValue => value.kind === 'fn' && value.unit === maker.unit && !reached.has(value.fn) && this.hooks.registers(value.unit, value.fn))
    if (methods.length === 0) return []
    const self = a.object({ unit: maker.unit, site: undefined, phase: 'startup', env: maker.env, shape: 'instance', proto: maker })
    calls.invoke(maker.env, { k: 'this', p: maker.fn.p, e: maker.fn.p }, maker, [], [], NOTHING, { phase: 'startup', self: constant(self.id) })
    return methods.map((method) => a.fnValue(method.unit, maker.unit.facts.functions.indexOf(method.fn), method.env, self))
  }
}
