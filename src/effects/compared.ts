import type { Expr } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
import type { LookedUp } from '../link/peek.js'

// What the parts of a comparison are, by how they are written.

const CREATED = /^created_?(at|on|date)$/i
const UPDATED = /^(updated|modified)_?(at|on|date)$/i
const isMade = (x: Expr): boolean => x.k === 'mem' && CREATED.test(x.n)
/** Behind `.getTime()` and its like. */
const moment = (x: Expr): Expr => (x.k === 'call' && x.f.k === 'mem' && /^(getTime|valueOf|toISOString)$/.test(x.f.n) ? x.f.o : x.k === 'un' && x.op === '+' ? x.x : x)

export const isNothing = (x: Expr): boolean => (x.k === 'lit' && (x.v === null || x.v === false || x.v === 0 || x.v === '')) || (x.k === 'glob' && x.n === 'undefined') || (x.k === 'un' && x.op === 'void')
export const isPlain = (x: Expr): boolean => x.k === 'lit' || isNothing(x)
/** `row.owner !== user`, as a reason to stop: what the first request has made lets the second one pass. Not so by its id, which what is yet to be made does not have. */
export const passesAgain = (x: Expr): boolean => x.k === 'bin' && /^[!=]==?$/.test(x.op) && x.l.k === 'mem' && !/^_?(id|uuid|pk)$/i.test(x.l.n) && (x.r.k === 'ref' || (x.r.k === 'mem' && !/^[A-Z]/.test(x.r.n)))
export const isSmall = (x: Expr): boolean => x.k === 'lit' && (x.v === 0 || x.v === 1)
export const flipped = (op: string): string => op.replace(/[<>]/, (sign) => (sign === '<' ? '>' : '<'))
/** `await db.from('files').select().eq('id', id).single()` */
export const isOne = (x: Expr): boolean => (x.k === 'await' ? isOne(x.x) : x.k === 'call' && x.f.k === 'mem' && x.f.n === 'single')
export const nameOf = (inst: Instance, x: Expr): string => (x.k === 'mem' ? x.n : x.k === 'ref' ? inst.unit.facts.bindings[x.b]?.n ?? '' : '')

/** `row.createdAt.getTime() === now.getTime()`, `row.createdAt === row.updatedAt`: what an upsert gives back was not there before. */
export const isJustMade = (look: LookedUp, inst: Instance, l: Expr, r: Expr): boolean => {
  const [a, b] = [moment(l), moment(r)]
  const other = isMade(a) ? b : isMade(b) ? a : undefined
  if (other === undefined) return false
  if (other.k === 'mem') return UPDATED.test(other.n)
  const now = other.k === 'ref' ? look.definition(inst, other.b) : other
  return now?.k === 'new' && now.f.k === 'glob' && now.f.n === 'Date' && now.a.length === 0
}
