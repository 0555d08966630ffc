import type { Expr, FnFact, Pattern } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { type Around, surroundings } from '../link/surroundings.js'

/** `return { running: this.running, total: this.total }`, where callers only ask for `.running`: nobody sees the total. */
export class ReadMembers {
  isUnread(inst: Instance, site: Expr): boolean {
    const name = memberGiven(inst.fn, site)
    return name !== undefined && inst.callers.length > 0 && inst.callers.every(({ from, site: call }) => !mayRead(from, call, name))
  }
}

/** The member of a returned object that an expression is the value of. */
const memberGiven = (fn: FnFact, site: Expr): string | undefined => {
  const { parent, prop } = surroundings(fn).get(site) ?? {}
  if (!parent) return undefined
  if (isPartOf(parent, site)) return memberGiven(fn, parent)
  return parent.k === 'obj' && surroundings(fn).get(parent)?.statement?.k === 'ret' && prop?.kind === 'init' ? prop.n : undefined
}

/** `this.items.length`, `this.done / this.total`: what is read goes into a value, and nowhere else. */
const isPartOf = (x: Expr, part: Expr): boolean => /^(mem|bin|un|log|cond|tpl)$/.test(x.k) || (x.k === 'call' && x.f === part)

const mayRead = (inst: Instance, call: Expr, name: string): boolean => {
  const { parent, statement, pattern } = surroundings(inst.fn).get(call) ?? {}
  if (statement?.k === 'expr') return false
  if (statement?.k === 'var' && pattern) return mayTake(inst, pattern, name)
  if (parent?.k === 'await') return mayRead(inst, parent, name)
  return parent?.k !== 'mem' || parent.n === name
}

const mayTake = (inst: Instance, t: Pattern, name: string): boolean => {
  if (t.k === 'objpat') return t.rest !== undefined || t.m.some((m) => m.n === undefined || m.n === name)
  if (t.k !== 'bind') return true
  return inst.unit.facts.functions.some((fn) => [...surroundings(fn)].some(([x, around]) => x.k === 'ref' && x.b === t.b && isTaken(around, name)))
}

/** Tests alone (`if (status)`) ask for no member. */
const isTaken = ({ parent, statement }: Around, name: string): boolean =>
  parent ? parent.k !== 'mem' || parent.n === name : statement !== undefined && /^(ret|expr|var)$/.test(statement.k)
