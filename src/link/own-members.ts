import type { ClassFact, FnFact } from '../model/facts.js'
import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { eachExpression, isExpression } from './shape.js'
import type { ClassValue, ObjectValue, Value } from './values.js'

const CHAIN = 8

/** The members that a project class brings itself: what a library class above it knows nothing of. */
export class OwnMembers {
  private readonly names = new Map<ClassFact, Set<string>>()

  constructor(private readonly a: Analysis) {}

  /** Does a class, or one of the project's above it, declare or assign a member of this name? */
  declares(cls: ClassValue, name: string, depth = 0): boolean {
    if (this.namesOf(cls).has(name)) return true
    return depth < CHAIN && this.a.of(cls.parent).some((parent) => parent.kind === 'class' && parent !== cls && this.declares(parent, name, depth + 1))
  }

  private namesOf({ cls, unit }: ClassValue): Set<string> {
    let names = this.names.get(cls)
    if (!names) {
      names = new Set()
      for (const field of cls.fields) if (!field.static) names.add(field.n)
      for (const method of cls.methods) if (!method.static && !method.abstract) names.add(method.n)
      for (const fn of functionsOf(cls, unit)) assignedIn(fn, names)
      this.names.set(cls, names)
    }
    return names
  }
}

const functionsOf = (cls: ClassFact, { facts }: Unit): FnFact[] =>
  [cls.ctor, cls.init, ...cls.methods.map((method) => method.f)].flatMap((index) => (index === undefined ? [] : facts.functions[index] ?? []))

/** Names in `this.name = …`. */
const assignedIn = (fn: FnFact, names: Set<string>): void => {
  eachExpression(fn.body, (x) => {
    if (x.k === 'set' && isExpression(x.l) && x.l.k === 'mem' && x.l.o.k === 'this') names.add(x.l.n)
  })
}

/** The methods of a class, as members of an object that its instance is copied into. */
export const copyMethods = (a: Analysis, { cls, unit, env }: ClassValue, self: ObjectValue, target: ObjectValue): void => {
  for (const method of cls.methods) {
    if (!method.static && method.kind === 'method') a.solver.add(a.field(target, method.n), a.fnValue(unit, method.f, env, self).id)
  }
}

/** With more keys than these an object is a table of data, whose members nobody names. */
export const mostKeys = (value: Value): number => (value.kind === 'object' && value.phase !== 'startup' ? 16 : 64)

/** Places of the objects whose members an object has too: those of its constructor function, or of the schema that it comes of (which is no promise). */
export const prototypesOf = (a: Analysis, { proto, extension, rowOf }: ObjectValue, name: string): readonly number[] => {
  if (!proto && !extension && !rowOf) return NONE
  return [proto && a.field(proto, 'prototype'), ...(/^(then|catch|finally)$/.test(name) ? [] : [extension?.own, rowOf?.rows])].filter((place) => place !== undefined)
}
const NONE: readonly number[] = []
