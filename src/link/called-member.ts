import type { Unit } from './instances.js'
import type { Value } from './values.js'

export interface Placed {
  unit: Unit
  start: number
  end: number
}

/** Where a member is written whose value a call with several arguments gives. */
export const calledMember = (holder: Value, name: string): Placed | undefined => {
  if (holder.kind !== 'object' || holder.site?.k !== 'obj') return undefined
  const member = holder.site.m.find(({ n }) => n === name)
  return member?.v.k === 'call' && member.v.a.length > 1 ? { unit: holder.unit, start: member.q, end: member.q + name.length } : undefined
}
