import type { BindingId, ClassFact, FnFact, TypeFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Components } from './components.js'
import type { Instance, Unit } from './instances.js'
import type { ClassValue, ObjectValue } from './values.js'
import { versionsOf } from './versions.js'

/** Parameters, locals and fields whose annotation may name something that is known. */
interface Promised {
  params: [index: number, type: TypeFact][]
  locals: [id: BindingId, type: TypeFact][]
}

/** Gives places that nothing reaches what their annotation promises. Most promise nothing: they are left out from the beginning. */
export class Seeds {
  private readonly promised = new Map<FnFact, Promised>()
  private readonly fields = new Map<ClassFact, [name: string, type: TypeFact][]>()
  private readonly seen = new Set<Unit>()
  private any = false

  constructor(private readonly a: Analysis, private readonly components: Components) {}

  /** Says whether any place was given something. */
  sow(): boolean {
    this.any = false
    for (const inst of this.a.instances.slice()) this.ofInvocation(inst)
    for (const object of this.a.objects.slice()) if (object.cls) this.ofObject(object)
    return this.any
  }

  /** By invocation and by object: how many places it had when all of them were decided, since they hold something or promise nothing. */
  private readonly invocations: number[] = []
  private readonly objects: number[] = []

  private ofInvocation(inst: Instance): void {
    const { params, locals } = this.promisedIn(inst)
    if (params.length === 0 && locals.length === 0) return
    const isRenewed = locals.length > 0 && versionsOf(inst.unit.facts, inst.fn).size > 0
    const places = inst.locals.size + (isRenewed ? inst.versions.size : 0)
    if (this.invocations[inst.id] === places) return
    let decided = true
    for (const [index, type] of params) decided = this.give(inst.unit, inst.params[index] as number, type) && decided
    for (const [id, type] of locals) {
      const node = inst.locals.get(id)
      if (node !== undefined) decided = this.give(inst.unit, node, type) && decided
      if (isRenewed) for (const version of inst.versions.get(id) ?? []) decided = this.give(inst.unit, version, type) && decided
    }
    if (decided) this.invocations[inst.id] = places
  }

  private ofObject({ id, cls, holder }: ObjectValue): void {
    if (!cls || this.objects[id] === holder.fields.size) return
    let decided = true
    for (const { unit, cls: own } of this.lineage(cls)) for (const [name, type] of this.promisedFields(own)) {
      const node = holder.fields.get(name)
      if (node !== undefined) decided = this.give(unit, node, type) && decided
    }
    if (decided) this.objects[id] = holder.fields.size
  }

  private readonly lineages = new Map<ClassValue, ClassValue[]>()

  /** A class and those that it extends, as far as their fields promise anything. */
  private lineage(cls: ClassValue): ClassValue[] {
    let known = this.lineages.get(cls)
    if (!known) {
      const parents = this.a.of(cls.parent).filter((value): value is ClassValue => value.kind === 'class' && value !== cls).slice(0, 1)
      this.lineages.set(cls, (known = [cls]))
      this.lineages.set(cls, (known = [cls, ...parents.flatMap((parent) => this.lineage(parent))].filter((one) => one === cls || this.promisedFields(one.cls).length > 0)))
    }
    return known
  }

  /** Says whether nothing more will be given. */
  private give(unit: Unit, node: number, type: TypeFact): boolean {
    if (this.a.solver.size(node) > 0 || this.components.types.targets(unit, type).length === 0) return true
    this.any = this.components.seed(unit, type, node, 'request') || this.any
    return this.a.solver.size(node) > 0
  }

  private promisedIn({ unit, fn }: Instance): Promised {
    if (!this.seen.has(unit)) this.read(unit)
    return this.promised.get(fn) ?? NOTHING
  }

  private read(unit: Unit): void {
    this.seen.add(unit)
    const { functions, bindings } = unit.facts
    for (const fn of functions) {
      const params = fn.params.flatMap(({ ty }, index): Promised['params'] => (mayName(ty) ? [[index, ty]] : []))
      if (params.length > 0) this.promised.set(fn, { params, locals: [] })
    }
    for (const [id, { f, ty }] of bindings.entries()) {
      const fn = functions[f]
      if (!fn || !mayName(ty)) continue
      const known = this.promised.get(fn)
      if (known) known.locals.push([id, ty])
      else this.promised.set(fn, { params: [], locals: [[id, ty]] })
    }
  }

  private promisedFields(cls: ClassFact): [name: string, type: TypeFact][] {
    let fields = this.fields.get(cls)
    if (!fields) this.fields.set(cls, (fields = cls.fields.flatMap(({ n, ty }): [string, TypeFact][] => (mayName(ty) ? [[n, ty]] : []))))
    return fields
  }
}

const NAMING = new Set<TypeFact['k']>(['ref', 'arr', 'union', 'inter', 'import'])
const mayName = (type: TypeFact | undefined): type is TypeFact => type !== undefined && NAMING.has(type.k)

const NOTHING: Promised = { params: [], locals: [] }
