import type { WriteRecord } from '../link/analysis.js'
import type { Instance, Unit } from '../link/instances.js'
import { eachExpression, isExpression } from '../link/shape.js'
import type { ObjectValue, Value } from '../link/values.js'
import type { Expr, FnFact } from '../model/facts.js'
import { bySite, type Site } from '../model/site.js'
import type { Program } from './program.js'

/** A place where something is changed, and when the code there runs; `never` where nothing that was found calls it. */
export interface Change {
  site: Site
  phase: Instance['phase'] | 'never'
  /** An entry or timer leads there. */
  reached: boolean
  fn: string
}

/** A variable, field or property that is no state of requests, with all that changes it. */
export interface Declaration {
  symbol: string
  site: Site
  changes: Change[]
  /** Keeps what it holds only as long as its key lives, or is a library's own. */
  weak: boolean
  /** The function whose local it is. */
  within?: string
}

const MOST_LOCALS = 8
const MUTATORS = /^(set|add|push|unshift|splice|pop|shift|delete|clear|sort|reverse|fill|setItem|put|del)$/

/** Looks up what has no cell: why is nothing told of it? */
export class Declarations {
  constructor(private readonly program: Program) {}

  /** Those of a name (`cache`, `UserService.cache`), or that `isAt` points at. */
  find(name: string, isAt: (site: Site) => boolean): Declaration[] {
    const last = name.slice(name.lastIndexOf('.') + 1)
    return this.program.a.units.flatMap((unit) => [
      ...unit.facts.bindings.flatMap(({ n, p, e, kind, f }, id) => {
        const site = { file: unit.path, start: p, end: e }
        const isMeant = n === name || isAt(site)
        return isMeant && kind !== 'import' && kind !== 'param' && (f === 0 || isAt(site)) && !this.isCallable(unit, id) ? [this.ofBinding(unit, id, n, site)] : []
      }),
      ...unit.facts.classes.flatMap((cls) => cls.fields.flatMap(({ n, q }) => {
        const site = { file: unit.path, start: q, end: q + n.length }
        return (n === last && (name === last || `${cls.n}.${n}` === name)) || isAt(site) ? [this.ofField(unit, `${cls.n ?? 'class'}.${n}`, n, site, cls.p, cls.e)] : []
      })),
    ])
  }

  /** Locals of functions, where nothing else has that name. */
  locals(name: string): Declaration[] {
    return this.program.a.units.flatMap((unit) => unit.facts.bindings.flatMap(({ n, p, e, kind, f }, id): Declaration[] => {
      const fn = unit.facts.functions[f]
      if (n !== name || f === 0 || !fn || kind === 'param' || this.isCallable(unit, id)) return []
      return [{ ...this.ofBinding(unit, id, n, { file: unit.path, start: p, end: e }), within: nameOf(fn) }]
    })).slice(0, MOST_LOCALS)
  }

  private isCallable(unit: Unit, id: number): boolean {
    const definition = this.program.look.definitionIn(unit.facts, id)
    return unit.facts.bindings[id]?.fn !== undefined || definition?.k === 'fn' || definition?.k === 'class'
  }

  private ofBinding(unit: Unit, id: number, symbol: string, site: Site): Declaration {
    const { a } = this.program
    const nodes = a.instances.flatMap((inst) => (inst.unit === unit && inst.locals.has(id) ? [inst.locals.get(id) as number] : []))
    const held = new Set(nodes.flatMap((node) => a.of(node)))
    const isTarget = (x: Expr): boolean => x.k === 'ref' && x.b === id
    const changes = [...this.recorded((write) => write.binding === id && write.owner?.unit === unit, held), ...this.unreached(unit, isTarget)]
    return { symbol, site, changes: once(changes), weak: this.isWeak(held) }
  }

  private ofField(unit: Unit, symbol: string, name: string, site: Site, start: number, end: number): Declaration {
    const { a } = this.program
    const owners = a.objects.filter(({ cls }) => cls !== undefined && cls.unit === unit && cls.cls.p === start)
    const held = new Set(owners.flatMap(({ holder }) => a.of(holder.fields.get(name) ?? -1)))
    const ofOwner = (write: WriteRecord): boolean => write.name === name && write.base !== undefined && !isMaking(write, start, end) && a.of(write.base).some((value) => owners.includes(value as ObjectValue))
    const isTarget = (x: Expr): boolean => x.k === 'mem' && x.n === name && x.o.k === 'this'
    return { symbol, site, changes: once([...this.recorded(ofOwner, held), ...this.unreached(unit, isTarget)]), weak: this.isWeak(held) }
  }

  private isWeak(held: Set<Value>): boolean {
    return [...held].some((value) => value.kind === 'object' && value.path !== undefined && this.program.a.catalog.row(value.path)?.container?.weak === true)
  }

  /** Changes that the linker has seen: of the slot itself, and of what it holds. */
  private recorded(isOwn: (write: WriteRecord) => boolean, held: Set<Value>): Change[] {
    const { a } = this.program
    const writes = a.writes.filter((write) => isOwn(write) || (write.base !== undefined && held.size > 0 && a.of(write.base).some((value) => held.has(value) && value.kind === 'object')))
    const calls = a.calls.filter(({ row, recv }) => recv !== undefined && held.has(recv) && row?.access !== undefined && /^(write|delete|clear)$/.test(row.access.op))
    return [...writes, ...calls].map(({ inst, site }) => this.change(inst, site))
  }

  private change(inst: Instance, x: { p: number; e: number }): Change {
    return { site: this.program.siteOf(inst, x), phase: inst.phase, reached: inst.phase !== 'startup' && this.program.reach.way(inst) !== undefined, fn: nameOf(inst.fn) }
  }

  /** Changes in functions that nothing calls. */
  private unreached(unit: Unit, isTarget: (x: Expr) => boolean): Change[] {
    const run = new Set(this.program.a.instances.flatMap((inst) => (inst.unit === unit ? [inst.fn] : [])))
    return unit.facts.functions.flatMap((fn): Change[] => {
      const found: Change[] = []
      if (!run.has(fn)) eachExpression(fn.body, (x) => { if (changes(x, isTarget)) found.push({ site: { file: unit.path, start: x.p, end: x.e }, phase: 'never', reached: false, fn: nameOf(fn) }) })
      return found
    })
  }
}

/** The constructor and the initialisers of a class make its fields. */
const isMaking = ({ inst }: WriteRecord, start: number, end: number): boolean => (inst.fn.kind === 'ctor' || inst.fn.kind === 'init') && inst.fn.p >= start && inst.fn.e <= end

const changes = (x: Expr, isTarget: (x: Expr) => boolean): boolean => {
  if (x.k === 'set') return isExpression(x.l) && leadsTo(x.l, isTarget)
  if (x.k === 'upd' || x.k === 'del') return leadsTo(x.x, isTarget)
  return x.k === 'call' && x.f.k === 'mem' && MUTATORS.test(x.f.n) && leadsTo(x.f.o, isTarget)
}

const leadsTo = (x: Expr, isTarget: (x: Expr) => boolean): boolean => isTarget(x) || ((x.k === 'mem' || x.k === 'elem') && leadsTo(x.o, isTarget))

const nameOf = (fn: FnFact): string => fn.n ?? (fn.kind === 'module' ? 'the module itself' : fn.kind === 'ctor' ? 'the constructor' : 'a callback')

const once = (list: Change[]): Change[] => {
  const best = new Map<string, Change>()
  for (const one of list) {
    const key = `${one.site.file}:${one.site.start}`
    const old = best.get(key)
    if (!old || (one.reached && !old.reached)) best.set(key, one)
  }
  return [...best.values()].sort((x, y) => bySite(x.site, y.site))
}
