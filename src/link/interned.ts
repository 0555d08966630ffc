import type { ClassFact, Expr, FnFact } from '../model/facts.js'
import { Code } from './code.js'
import type { Instance, Unit } from './instances.js'
import type { Solver } from './solver.js'
import { ObjectHolder, type ClassValue, type FnValue, type LibraryValue, type LiteralValue, type NamespaceValue, type ObjectValue, type Preset, type Value } from './values.js'

/** Values that are the same wherever they are met: library paths, closures, classes, namespaces. */
export class Interned {
  private readonly libraries = new Map<string, LibraryValue>()
  private readonly librariesOf = new Map<Value, Map<string, LibraryValue>>()
  private readonly namespaces = new Map<Unit, NamespaceValue>()
  private readonly codes = new Map<FnFact, Code>()
  private readonly names = new Map<ObjectValue | Unit | undefined, Map<string, LiteralValue>>()
  private readonly presets = new Map<Expr, Map<Instance, Map<FnValue, FnValue>>>()
  private readonly closures = new Map<FnFact, Map<Instance, FnValue>>()
  private readonly methods = new Map<Value, Map<FnValue, FnValue>>()
  private readonly classes = new Map<ClassFact, Map<Instance, ClassValue>>()

  constructor(private readonly values: Value[], private readonly solver: Solver) {}

  private enter<T extends Value>(value: T): T {
    this.values.push(value)
    return value
  }

  library(path: string, recv: ObjectValue | FnValue | ClassValue | undefined): LibraryValue {
    const paths = recv ? inner(this.librariesOf, recv) : this.libraries
    const known = paths.get(path)
    if (known) return known
    const id = this.values.length
    const made = this.enter<LibraryValue>({ kind: 'lib', id, path, recv })
    this.solver.markWeak(id)
    paths.set(path, made)
    return made
  }

  namespace(unit: Unit): NamespaceValue {
    let made = this.namespaces.get(unit)
    if (!made) this.namespaces.set(unit, (made = this.enter<NamespaceValue>({ kind: 'ns', id: this.values.length, unit })))
    return made
  }

  fn(unit: Unit, fn: FnFact, env: Instance): FnValue {
    const closures = inner(this.closures, fn)
    let made = closures.get(env)
    if (!made) closures.set(env, (made = this.enter<FnValue>({ kind: 'fn', id: this.values.length, unit, fn, code: this.code(fn), env, self: undefined, preset: undefined, holder: new ObjectHolder() })))
    return made
  }

  private code(fn: FnFact): Code {
    let code = this.codes.get(fn)
    if (!code) this.codes.set(fn, (code = new Code(fn)))
    return code
  }

  bound(fn: FnValue, self: ObjectValue | ClassValue): FnValue {
    const bound = inner(this.methods, self)
    let made = bound.get(fn)
    if (!made) bound.set(fn, (made = this.enter<FnValue>({ kind: 'fn', id: this.values.length, unit: fn.unit, fn: fn.fn, code: fn.code, env: fn.env, self, preset: fn.preset, holder: fn.holder })))
    return made
  }

  /** Two tables may hold the same names: each name is told apart by what has it, where that is said. An expression stands for each. */
  memberName(name: string, of: ObjectValue | Unit | undefined, sites: Map<LiteralValue, Expr>): LiteralValue {
    const names = inner(this.names, of)
    let made = names.get(name)
    if (!made) {
      names.set(name, (made = this.enter<LiteralValue>({ kind: 'lit', id: this.values.length, value: name })))
      sites.set(made, { k: 'lit', v: name, p: 0, e: 0 })
    }
    return made
  }

  preset(fn: FnValue, site: Expr, inst: Instance, make: () => Preset): FnValue {
    const bound = inner(inner(this.presets, site), inst)
    let made = bound.get(fn)
    if (!made) bound.set(fn, (made = this.enter<FnValue>({ kind: 'fn', id: this.values.length, unit: fn.unit, fn: fn.fn, code: fn.code, env: fn.env, self: fn.self, preset: make(), holder: fn.holder })))
    return made
  }

  cls(cls: ClassFact, env: Instance, make: (id: number) => ClassValue): ClassValue {
    const known = inner(this.classes, cls)
    let made = known.get(env)
    if (!made) known.set(env, (made = this.enter(make(this.values.length))))
    return made
  }
}

const inner = <K, L, V>(outer: Map<K, Map<L, V>>, key: K): Map<L, V> => {
  let map = outer.get(key)
  if (!map) outer.set(key, (map = new Map()))
  return map
}
