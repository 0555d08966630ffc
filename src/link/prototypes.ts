import type { Analysis } from './analysis.js'
import type { ClassValue, FnValue, ObjectValue } from './values.js'

/** The object behind `F.prototype`, made when first asked for. */
export const prototypeOf = (a: Analysis, of: FnValue | ClassValue): ObjectValue | undefined => {
  const node = a.field(of, 'prototype')
  if (a.solver.size(node) > 0) return undefined
  const proto = a.object({ unit: of.unit, site: undefined, phase: 'startup', env: undefined, shape: 'object' })
  a.solver.add(node, proto.id)
  // Whom it inherits from may be said after somebody has asked for a member.
  a.field(proto, '__proto__')
  return proto
}

/** `Shelf.prototype.add = …`, `Object.assign(Shelf.prototype, mixin)`: found on what is made of the class, before and after. */
export const prototypeOfClass = (a: Analysis, cls: ClassValue): void => {
  if (cls.proto) return
  cls.proto = prototypeOf(a, cls)
  if (cls.proto) for (const heir of cls.heirs ?? []) inherits(a, heir, cls.proto)
}

/** An object is made of a class, or of one below it. */
export const madeOf = (a: Analysis, object: ObjectValue, cls: ClassValue): void => {
  ;(cls.heirs ??= []).push(object)
  if (cls.proto) inherits(a, object, cls.proto)
}

const inherits = (a: Analysis, object: ObjectValue, proto: ObjectValue): void =>
  proto.holder.onField((name, node) => a.solver.flow(node, a.field(object, name)))
