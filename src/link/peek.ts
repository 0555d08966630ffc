import type { BindingId, Expr, FileFacts, Pattern, Stmt } from '../model/facts.js'
import { definitionsOf } from './definitions.js'
import type { Instance } from './instances.js'
import type { Library } from './library.js'
import { blocksOf, eachExpression } from './shape.js'
import { ELEMENTS, type ObjectValue, type Value } from './values.js'

/** Asks what expressions are, after linking, without making anything new. */
export class LookedUp {
  private readonly names = new Map<FileFacts, Map<BindingId, string>>()

  constructor(private readonly library: Library) {}

  values(inst: Instance, x: Expr): Value[] {
    const { a } = this.library
    switch (x.k) {
      case 'ref': return a.of(this.library.ev.ownerOf(inst, x.b).locals.get(x.b) ?? -1)
      case 'lit': return x.v === null ? [] : [a.literal(x.v)]
      case 'fn': return [a.fnValue(inst.unit, x.f, inst)]
      case 'this': return a.of(this.library.ev.self(inst))
      case 'call': case 'new': case 'tpl': return a.of(inst.results.get(x) ?? -1)
      case 'await': return this.values(inst, x.x)
      case 'obj': case 'arr': {
        const made = inst.allocations.get(x)
        return made ? [made] : []
      }
      case 'cond': return [...this.values(inst, x.c), ...this.values(inst, x.a)]
      case 'log': return x.op === '&&' ? this.values(inst, x.r) : [...this.values(inst, x.l), ...this.values(inst, x.r)]
      case 'mem': return this.members(this.values(inst, x.o), x.n)
      case 'elem': return this.members(this.values(inst, x.o), ELEMENTS)
      case 'glob': return this.global(inst, x.n)
      default: return []
    }
  }

  private global(inst: Instance, name: string): Value[] {
    const { a } = this.library
    if (name === 'module') return [inst.unit.cjs]
    const named = this.library.access.modules.autoImports.ref(inst.unit, name)
    if (named !== undefined) return a.of(named)
    const node = a.global.holder.fields.get(name)
    return node === undefined ? [a.library(`global#${name}`)] : a.of(node)
  }

  /** Each once: what objects share would be multiplied at every step of `a.b.c`. */
  private members(of: Value[], name: string): Value[] {
    const [only] = of
    if (of.length < 2) return only ? this.member(only, name) : []
    const found = new Set<Value>()
    for (const value of of) for (const one of this.member(value, name)) found.add(one)
    return [...found]
  }

  member(value: Value, name: string): Value[] {
    const { a } = this.library
    if (value.kind === 'lib') return [a.library(a.catalog.member(value.path, name))]
    if (value.kind === 'ns') return a.of(value.unit.exports.get(name) ?? -1)
    if (value.kind !== 'object' && value.kind !== 'class' && value.kind !== 'fn') return []
    const own = a.of(value.holder.fields.get(name) ?? -1)
    if (value.kind === 'object' && value.path && !value.path.startsWith('@promise')) return [...own, a.library(a.catalog.member(value.path, name))]
    return own
  }

  /** What the call that made an object of a library was given. */
  argumentOf({ args }: ObjectValue, index: number): Value[] {
    return this.library.a.of(args?.[index] ?? -1)
  }

  /** The invocation whose local it is. */
  ownerOf(inst: Instance, binding: BindingId): Instance {
    return this.library.ev.ownerOf(inst, binding)
  }

  /** What a local is initialised with, what is assigned to it later, and what is put into it. */
  givenTo(inst: Instance, binding: BindingId): Expr[] {
    const given: Expr[] = []
    const definition = this.definition(inst, binding)
    if (definition) given.push(definition)
    eachExpression(inst.fn.body, (x) => {
      if (x.k === 'set' && 'b' in x.l && x.l.b === binding) given.push(x.r)
      if (x.k === 'call' && x.f.k === 'mem' && x.f.n === 'push' && x.f.o.k === 'ref' && x.f.o.b === binding) given.push(...x.a)
    })
    return given
  }

  /** What a local was given, one step back; any other expression itself. */
  behind(inst: Instance, x: Expr): Expr {
    return x.k === 'ref' ? this.definition(inst, x.b) ?? x : x
  }

  /** The expression that a `const`-like local is initialised with. */
  definition(inst: Instance, binding: BindingId): Expr | undefined {
    return this.definitionIn(inst.unit.facts, binding)
  }

  /** What a name was made with once, also in the file that it is imported from. */
  written(inst: Instance, binding: BindingId): { inst: Instance; x: Expr } | undefined {
    const own = this.definition(inst, binding)
    if (own) return { inst, x: own }
    const found = inst.unit.facts.bindings[binding]?.kind === 'import' ? this.library.ev.production.defined(inst.unit, binding) : undefined
    return found && { inst: found.unit.module, x: found.x }
  }

  /** The member that a local was taken from: `const { error: failed } = …`. */
  memberOf(facts: FileFacts, binding: BindingId): string | undefined {
    let map = this.names.get(facts)
    if (!map) {
      map = new Map()
      for (const fn of facts.functions) collectNames(fn.body, map)
      this.names.set(facts, map)
    }
    return map.get(binding)
  }

  definitionIn(facts: FileFacts, binding: BindingId): Expr | undefined {
    return definitionsOf(facts).get(binding)
  }
}

const collectNames = (body: Stmt[], into: Map<BindingId, string>): void => {
  for (const s of body) {
    if (s.k === 'var') for (const { t } of s.d) if (t.k === 'objpat') for (const m of t.m) if (m.n !== undefined) nameIn(m.t, m.n, into)
    for (const inner of blocksOf(s)) collectNames(inner, into)
  }
}

const nameIn = (pattern: Pattern, name: string, into: Map<BindingId, string>): void => {
  if (pattern.k === 'bind') into.set(pattern.b, name)
  else if (pattern.k === 'def') nameIn(pattern.t, name, into)
}
