import type { BindingId, ClassFact, TypeDeclFact, TypeFact } from '../model/facts.js'
import type { Resolution } from '../model/input.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import type { ClassValue } from './values.js'

/** What an annotation names: a class of the project, a library type, or nothing that helps. */
export type TypeTarget = { kind: 'class'; value: ClassValue; args: TypeFact[] } | { kind: 'lib'; path: string; args: TypeFact[]; unit: Unit }

type Named = { kind: 'class'; unit: Unit; cls: number } | { kind: 'decl'; unit: Unit; decl: TypeDeclFact } | { kind: 'lib'; path: string }

/** Wrappers that say nothing about the value inside. */
const TRANSPARENT = new Set(['Promise', 'PromiseLike', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'DeepPartial', 'Omit', 'Pick', 'Ref', 'Relation', 'WrapperType', 'Loaded', 'Rel'])
const CONTAINERS = new Map([['Map', 'global#Map'], ['Set', 'global#Set'], ['WeakMap', 'global#WeakMap'], ['Array', 'global#Array'], ['ReadonlyArray', 'global#Array'], ['Request', 'global#Request'], ['Response', 'global#Response'], ['URL', 'global#URL'], ['Headers', 'global#Headers'], ['FormData', 'global#FormData'], ['Buffer', 'global#Buffer'], ['Date', 'global#Date']])

const NONE: readonly TypeTarget[] = []

/** Resolves annotations across files without a checker: names, imports, re-exports, aliases, interfaces. */
export class Types {
  private readonly implementers = new Map<TypeDeclFact | ClassFact, ClassValue[]>()
  private indexed = false

  constructor(private readonly a: Analysis) {}

  private readonly known = new Map<TypeFact, readonly TypeTarget[]>()
  /** What an annotation of a file names; asked again and again of places that stay empty. */
  targets(unit: Unit, type: TypeFact | undefined): readonly TypeTarget[] {
    if (!type || type.k === 'prim') return NONE
    let known = this.known.get(type)
    if (!known) this.known.set(type, (known = this.found(unit, type, 0)))
    return known
  }

  private found(unit: Unit, type: TypeFact | undefined, depth: number): TypeTarget[] {
    if (!type || depth > 6) return []
    switch (type.k) {
      case 'union': case 'inter': return type.x.flatMap((x) => this.found(unit, x, depth + 1))
      case 'arr': return [{ kind: 'lib', path: 'global#Array', args: [type.x], unit }]
      case 'import': return this.fromImport(unit, type)
      case 'ref': return this.fromReference(unit, type, depth)
      default: return []
    }
  }

  private fromImport(unit: Unit, type: TypeFact & { k: 'import' }): TypeTarget[] {
    const to = this.a.resolver.resolve(unit.path, type.s)
    const module = moduleOf(to)
    return module && type.n ? [{ kind: 'lib', path: libraryPath(module, type.n), args: type.a ?? [], unit }] : []
  }

  private fromReference(unit: Unit, type: TypeFact & { k: 'ref' }, depth: number): TypeTarget[] {
    if (TRANSPARENT.has(type.n) && type.a?.[0]) return this.found(unit, type.a[0], depth + 1)
    const named = this.named(unit, type)
    if (!named) return []
    if (named.kind === 'lib') return [{ kind: 'lib', path: named.path, args: type.a ?? [], unit }]
    if (named.kind === 'class') return [{ kind: 'class', value: this.a.classValue(named.unit, named.cls, named.unit.module), args: type.a ?? [] }]
    const found = this.fromDeclaration(named.unit, named.decl, depth)
    return named.decl.kind === 'alias' && type.a && named.decl.tp ? found.map((target) => filled(target, named.decl.tp ?? [], type.a ?? [], unit)) : found
  }

  private fromDeclaration(unit: Unit, decl: TypeDeclFact, depth: number): TypeTarget[] {
    if (decl.kind === 'alias') return this.found(unit, decl.ty, depth + 1)
    const own = this.implementersOf(decl).map((value): TypeTarget => ({ kind: 'class', value, args: [] }))
    return own.length > 0 ? own : (decl.ext ?? []).flatMap((type) => this.found(unit, type, depth + 1))
  }

  private named(unit: Unit, type: TypeFact & { k: 'ref' }): Named | undefined {
    const [first, ...rest] = type.n.split('.')
    if (first === undefined) return undefined
    if (type.b !== undefined) return this.fromBinding(unit, type.b, rest)
    const decl = unit.facts.types.find((t) => t.n === first)
    if (decl) return { kind: 'decl', unit, decl }
    const builtin = CONTAINERS.get(type.n)
    if (builtin) return { kind: 'lib', path: builtin }
    if (first === 'Express' && rest.length > 0) return { kind: 'lib', path: libraryPath('express', rest.join('.')) }
    return first === 'NodeJS' && rest.length > 0 ? { kind: 'lib', path: libraryPath('global', rest.join('.')) } : undefined
  }

  private fromBinding(unit: Unit, binding: BindingId, rest: string[]): Named | undefined {
    const fact = unit.facts.bindings[binding]
    if (fact?.cls !== undefined) return { kind: 'class', unit, cls: fact.cls }
    if (fact?.kind !== 'import') {
      const decl = unit.facts.types.find((t) => t.n === fact?.n)
      return decl && { kind: 'decl', unit, decl }
    }
    for (const imported of unit.facts.imports) {
      const name = imported.names.find((n) => n.b === binding)
      if (name) return this.fromModule(unit, imported.s, name.n, rest, 0)
    }
    return undefined
  }

  private fromModule(unit: Unit, specifier: string, name: string, rest: string[], depth: number): Named | undefined {
    const to = this.a.resolver.resolve(unit.path, specifier)
    const target = to.kind === 'file' ? this.a.unitOf.get(to.file) : undefined
    if (target) return this.exported(target, name === '*' ? rest[0] ?? '*' : name, depth + 1)
    const module = moduleOf(to)
    if (!module) return undefined
    const names = name === '*' || name === 'default' ? rest : [name, ...rest]
    return { kind: 'lib', path: libraryPath(module, names.join('.') || 'default') }
  }

  /** Follows an exported name to the class or type that it is. */
  private exported(unit: Unit, name: string, depth: number): Named | undefined {
    if (depth > 8) return undefined
    for (const fact of unit.facts.exports) {
      if (fact.n === name || (fact.n === '=' && name === 'default')) {
        const found = this.exportTarget(unit, fact, name, depth)
        if (found) return found
      }
    }
    const decl = unit.facts.types.find((t) => t.n === name)
    if (decl) return { kind: 'decl', unit, decl }
    for (const fact of unit.facts.exports) {
      const found = fact.n === '*' && fact.from !== undefined ? this.fromModule(unit, fact.from, name, [], depth) : undefined
      if (found && found.kind !== 'lib') return found
    }
    return undefined
  }

  private exportTarget(unit: Unit, fact: Unit['facts']['exports'][number], name: string, depth: number): Named | undefined {
    if (fact.from !== undefined) return this.fromModule(unit, fact.from, fact.i ?? name, [], depth)
    if (fact.b !== undefined) return this.fromBinding(unit, fact.b, [])
    if (fact.x?.k === 'class') return { kind: 'class', unit, cls: fact.x.c }
    return fact.x?.k === 'ref' ? this.fromBinding(unit, fact.x.b, []) : undefined
  }

  /** Classes that say `implements` of an interface, or of a class. */
  implementersOf(decl: TypeDeclFact | ClassFact): ClassValue[] {
    if (!this.indexed) this.indexImplementers()
    return this.implementers.get(decl) ?? []
  }

  private indexImplementers(): void {
    this.indexed = true
    for (const unit of this.a.units) {
      if (!unit.evaluated) continue
      unit.facts.classes.forEach((cls, index) => {
        for (const type of cls.impl ?? []) {
          const named = type.k === 'ref' ? this.named(unit, type) : undefined
          const key = named?.kind === 'decl' ? named.decl : named?.kind === 'class' ? named.unit.facts.classes[named.cls] : undefined
          if (!key) continue
          this.implementers.set(key, [...this.implementersOf(key), this.a.classValue(unit, index, unit.module)])
        }
      })
    }
  }
}

/** `type Rows<T> = Model<T> & Pages`, asked for as `Rows<User>`. */
const filled = (target: TypeTarget, names: string[], given: TypeFact[], unit: Unit): TypeTarget => {
  const places = target.args.map((arg) => (arg.k === 'ref' ? names.indexOf(arg.n) : -1))
  if (!places.some((place) => place >= 0 && given[place])) return target
  const args = target.args.map((arg, i) => given[places[i] ?? -1] ?? arg)
  return target.kind === 'lib' ? { ...target, args, unit } : { ...target, args }
}

const moduleOf = (to: Resolution): string | undefined => (to.kind === 'builtin' ? to.name : to.kind === 'package' ? (to.subpath ? `${to.name}/${to.subpath}` : to.name) : undefined)

const libraryPath = (module: string, name: string): string => `${module}#${name}`
