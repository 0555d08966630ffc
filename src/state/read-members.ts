import type { Expr, FnFact, Pattern } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import { childrenOf, eachExpression, isExpression } from '../link/shape.js'

/** How an expression is used by the one or the statement around it. */
type Around = { kind: 'expression'; x: Expr } | { kind: 'declaration'; t: Pattern } | { kind: 'return' } | { kind: 'nothing' }

const arounds = new WeakMap<FnFact, Map<Expr, Around>>()

/** `return { running: this.running, total: this.total }`, where callers only ask for `.running`: nobody sees the total. */
export class ReadMembers {
  isUnread(inst: Instance, site: Expr): boolean {
    const name = memberGiven(inst.fn, site)
    return name !== undefined && inst.callers.length > 0 && inst.callers.every(({ from, site: call }) => !mayRead(from, call, name))
  }
}

/** The member of a returned object that an expression is the value of. */
const memberGiven = (fn: FnFact, site: Expr): string | undefined => {
  const around = aroundsOf(fn).get(site)
  if (around?.kind !== 'expression') return undefined
  if (isPartOf(around.x, site)) return memberGiven(fn, around.x)
  if (around.x.k !== 'obj' || aroundsOf(fn).get(around.x)?.kind !== 'return') return undefined
  return around.x.m.find((m) => m.v === site && m.kind === 'init')?.n
}

/** `this.items.length`, `this.done / this.total`: what is read goes into a value, and nowhere else. */
const isPartOf = (x: Expr, part: Expr): boolean => /^(mem|bin|un|log|cond|tpl)$/.test(x.k) || (x.k === 'call' && x.f === part)

const mayRead = (inst: Instance, call: Expr, name: string): boolean => {
  const around = aroundsOf(inst.fn).get(call)
  if (around?.kind === 'nothing') return false
  if (around?.kind === 'declaration') return mayTake(inst, around.t, name)
  if (around?.kind !== 'expression') return true
  if (around.x.k === 'await') return mayRead(inst, around.x, name)
  return around.x.k !== 'mem' || around.x.n === name
}

const mayTake = (inst: Instance, t: Pattern, name: string): boolean => {
  if (t.k === 'objpat') return t.rest !== undefined || t.m.some((m) => m.n === undefined || m.n === name)
  if (t.k !== 'bind') return true
  return inst.unit.facts.functions.some((fn) => [...aroundsOf(fn)].some(([x, around]) => x.k === 'ref' && x.b === t.b && !(around.kind === 'expression' && around.x.k === 'mem' && around.x.n !== name)))
}

const aroundsOf = (fn: FnFact): Map<Expr, Around> => {
  let map = arounds.get(fn)
  if (!map) {
    const made = (map = new Map<Expr, Around>())
    eachExpression(fn.body, (x, s) => {
      for (const child of childrenOf(x)) if (isExpression(child)) made.set(child, { kind: 'expression', x })
      if (s.k === 'ret' && s.x === x) made.set(x, { kind: 'return' })
      else if (s.k === 'expr' && s.x === x) made.set(x, { kind: 'nothing' })
      else if (s.k === 'var') for (const d of s.d) if (d.i === x) made.set(x, { kind: 'declaration', t: d.t })
    })
    arounds.set(fn, map)
  }
  return map
}
