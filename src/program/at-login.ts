import type { LibraryCall } from '../link/analysis.js'
import { eachExpression } from '../link/shape.js'
import { surroundings } from '../link/surroundings.js'
import type { Expr } from '../model/facts.js'

/** Addresses at which people say who they are, or ask for another password. */
const ADDRESS = /\/(o?auth|log-?in|sign-?in|sessions?|tokens?|(forgot|reset|change)-?\w*|password\w*|otp|[2m]fa)(?![\w])/i

/** `app.post('/login', slow, …)`, where `slow` is what the call has made: it keeps somebody from guessing, whatever it is called. */
export const standsAtLogin = ({ inst, site }: LibraryCall): boolean => {
  const map = surroundings(inst.fn)
  const { pattern, parent: around } = map.get(site) ?? {}
  const parent = around?.k === 'arr' ? map.get(around)?.parent : around
  const kept = pattern?.k === 'bind' ? pattern.b : undefined
  const isIt = (x: Expr): boolean => x === site || (kept !== undefined && x.k === 'ref' && x.b === kept)
  if (parent?.k === 'call') return isAtLogin(parent, isIt)
  let found = false
  if (kept !== undefined) for (const { body } of inst.unit.facts.functions) eachExpression(body, (x) => { found ||= x.k === 'call' && isAtLogin(x, isIt) })
  return found
}

const isAtLogin = ({ a: [first, ...others] }: Expr & { k: 'call' }, isIt: (x: Expr) => boolean): boolean =>
  first?.k === 'lit' && typeof first.v === 'string' && ADDRESS.test(first.v) && others.some((x) => isIt(x) || (x.k === 'arr' && x.x.some(isIt)))
