import type { BindingId, Expr, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Context, Instance, Phase, Unit } from './instances.js'
import { type FnShape, argumentsOf, shapeOf } from './shape.js'
import type { Ref } from './solver.js'
import type { FnValue, ObjectValue } from './values.js'

/** More values than these say little of what is handed. */
const MOST_HANDED = 4

/** Which invocations of a function are told apart. */
export class Contexts {
  /** By function and what it was handed: what it made of that the first time. */
  private readonly first = new Map<string, Context>()
  private readonly services = new Map<FnFact, boolean>()

  constructor(private readonly a: Analysis) {}

  /** By call site for higher-order functions and start-up factories; services that a factory makes of the very same things are one. */
  of(inst: Instance, site: Expr, callee: FnValue, args: Ref[]): Context {
    const own = this.own(inst, site, callee, args)
    const handed = own.site === site && inst.phase === 'startup' && this.isService(callee) ? this.handed(callee, args) : undefined
    if (handed === undefined) return own
    const first = this.first.get(handed)
    if (!first) this.first.set(handed, own)
    return first ?? own
  }

  /** Does a factory end with an instance of one of the project's classes? What a library makes, such as a router, is filled by whoever asked for it. */
  private isService({ unit, fn, code }: FnValue): boolean {
    const served = code.shape?.serves
    if (served === undefined) return false
    let known = this.services.get(fn)
    if (known === undefined) this.services.set(fn, (known = this.isOfProject(unit, served)))
    return known
  }

  private isOfProject({ path, facts }: Unit, binding: BindingId): boolean {
    const { kind } = facts.bindings[binding] ?? {}
    const from = kind === 'import' ? facts.imports.find(({ names }) => names.some(({ b }) => b === binding)) : undefined
    return kind === 'class' || (from !== undefined && this.a.resolver.resolve(path, from.s).kind === 'file')
  }

  private handed(callee: FnValue, args: Ref[]): string | undefined {
    const parts: string[] = []
    let anything = false
    for (const arg of args) {
      const values = this.a.of(arg)
      if (values.length === 0 || values.length > MOST_HANDED) return undefined
      anything ||= values.some(({ kind }) => kind === 'object')
      parts.push(values.map(({ id }) => id).sort((a, b) => a - b).join(','))
    }
    return anything ? `${callee.id} ${parts.join(' ')}` : undefined
  }

  private own(inst: Instance, site: Expr, callee: FnValue, args: Ref[]): Context {
    if ((site.k === 'call' && site.jsx) || (this.a.solver.haste > 0 && inst.phase !== 'startup')) return this.a.root
    const again = recursionOf(inst, callee.fn)
    if (again) return again
    const shape = (callee.code.shape ??= shapeOf(callee.unit.facts, callee.fn))
    if (shape.higherOrder && args.some((arg, i) => this.holdsFunction(arg, inst.phase) || this.isPendingCall(argumentsOf(site)[i], arg) || (shape.factory && this.isPendingLocal(inst, argumentsOf(site)[i], arg)))) return this.a.context(site, inst)
    if (shape.higherOrder && inst.phase === 'startup' && isOfRow(inst)) return this.a.context(site, inst)
    if (shape.wraps || (inst.phase === 'startup' && (shape.factory || (shape.spells && isWrittenOut(site))))) return this.a.context(site, inst)
    return this.chosenBy(inst, shape, args) ?? this.a.root
  }

  /** `hooks.fire('saved', row)`: what is fired under one name has nothing to do with other names, nor has what is called with that name in turn. */
  private chosenBy(inst: Instance, { keys, memberKeys }: FnShape, args: Ref[]): Context | undefined {
    for (const key of keys) {
      const text = this.textOf(args[key])
      if (text !== undefined) return this.a.chosenBy(text)
    }
    for (const { param, name } of memberKeys ?? []) {
      const text = this.textOf(this.memberOf(args[param], name))
      if (text !== undefined) return this.a.chosenBy(text)
    }
    const around = chosenAround(inst)
    return around && args.some((arg) => this.textOf(arg) === around.text) ? around : undefined
  }

  /** The member of the one object that a place holds. */
  private memberOf(arg: Ref | undefined, name: string): Ref | undefined {
    const [only, another] = arg === undefined ? [] : this.a.of(arg)
    return only?.kind === 'object' && only.shape === 'object' && !another ? only.holder.fields.get(name) : undefined
  }

  /** The one text that a place holds. */
  private textOf(arg: Ref | undefined): string | undefined {
    if (arg === undefined || this.a.solver.size(arg) !== 1) return undefined
    const [only] = this.a.of(arg)
    return only?.kind === 'lit' && typeof only.value === 'string' ? only.value : undefined
  }

  /** A call whose result is not there yet (`handler.bind(this)`) may give a function. */
  private isPendingCall(written: Expr | undefined, arg: Ref): boolean {
    return written?.k === 'call' && arg >= 0 && this.a.solver.size(arg) === 0
  }

  /** `const found = container.build(x); return wrap(found)`: what a wrapper is given may come later. */
  private isPendingLocal({ unit, fn }: Instance, written: Expr | undefined, arg: Ref): boolean {
    if (written?.k !== 'ref' || arg < 0 || this.a.solver.size(arg) > 0) return false
    const binding = unit.facts.bindings[written.b]
    return binding?.kind === 'const' && unit.facts.functions[binding.f] === fn
  }

  private holdsFunction(arg: Ref, phase: Phase): boolean {
    return this.a.solver.some(arg, (id) => {
      const value = this.a.value(id)
      if (value.kind === 'fn' || value.kind === 'class' || (value.kind === 'lib' && phase === 'startup')) return true
      return value.kind === 'object' && this.fieldsHoldFunction(value)
    })
  }

  private fieldsHoldFunction(value: ObjectValue): boolean {
    if (value.shape !== 'object' && value.shape !== 'array') return false
    if (value.holder.fields.size > 40) return false
    for (const node of value.holder.fields.values()) if (this.a.solver.some(node, this.isCode)) return true
    return false
  }

  private readonly isCode = (id: number): boolean => {
    const { kind } = this.a.value(id)
    return kind === 'fn' || kind === 'class'
  }
}

/** The choice that an invocation, or one around it, was made for. */
const chosenAround = (inst: Instance): Context | undefined => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.context.text !== undefined) return at.context
  return undefined
}

/** The context of a function that calls itself for the second time: what it makes of parts of parts is not told apart further. */
const recursionOf = (inst: Instance, fn: FnFact): Context | undefined => {
  const outer = runsIn(inst, fn)
  const before = outer?.context.caller
  return before && runsIn(before, fn) ? outer.context : undefined
}

/** The invocation of a function that an invocation is, or stands in. */
const runsIn = (inst: Instance, fn: FnFact): Instance | undefined => {
  for (let at: Instance | undefined = inst; at; at = at.env) if (at.fn === fn) return at
  return undefined
}

/** Given texts: what it makes of each is another one. */
const isWrittenOut = (site: Expr): boolean => site.k === 'call' && site.a[0]?.k === 'lit' && typeof site.a[0].v === 'string'

/** Called for one row of a table: what it registers is that row's. */
const isOfRow = ({ context: { site } }: Instance): boolean => site?.k === 'obj'
