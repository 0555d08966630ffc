import type { Expr } from '../model/facts.js'
import type { LookedUp } from '../link/peek.js'
import type { ObjectValue } from '../link/values.js'

export const isVersion = (name: string): boolean => /^(_{0,2}v|version|rev|lockVersion|optimisticLock)$/.test(name)

/** `{ $inc: { version: 1 } }`, beside what is set: how often a row was written is nothing that a client asks for. */
export const countsWrites = ({ site }: ObjectValue, operator: string): boolean => {
  const by = site?.k === 'obj' ? site.m.find(({ n }) => n === operator)?.v : undefined
  return by?.k === 'obj' && by.m.length > 0 && by.m.every(({ n }) => n !== undefined && isVersion(n.slice(n.lastIndexOf('.') + 1)))
}

/** Numbers within bounds are still counted. */
const BOUNDS = /^(max|min|floor|round|ceil|abs|trunc)$/

/** `{ count: (post.count ?? 0) + 1 }`, `{ count: post.count ? post.count + 1 : 1 }`, `{ left: Math.max(post.left - 1, 0) }`, `{ tags: [...post.tags, tag] }`; versions are locks. */
export const isOfItself = (name: string | undefined, v: Expr): boolean => {
  if (name === undefined || isVersion(name)) return false
  const same = (x: Expr): boolean => (x.k === 'mem' ? x.n === name : x.k === 'log' && x.op !== '&&' && same(x.l))
  if (v.k === 'call') return v.f.k === 'mem' && v.f.o.k === 'glob' && v.f.o.n === 'Math' && BOUNDS.test(v.f.n) && v.a.some((arg) => isOfItself(name, arg))
  // Counted on, or begun where nothing was counted yet.
  if (v.k === 'cond') return [v.c, v.a].some((side) => isOfItself(name, side)) && [v.c, v.a].every((side) => side.k === 'lit' || isOfItself(name, side))
  if (v.k === 'bin') return (v.op === '+' || v.op === '-') && (same(v.l) || same(v.r))
  return v.k === 'arr' && v.x.length > 1 && v.x.some((item) => item.k === 'spread' && same(item.x))
}

/** `const count = post.count + 1; update({ count })`: what a local was made of. */
export const madeBefore = (look: LookedUp, { env }: ObjectValue, v: Expr): Expr => (v.k === 'ref' && env ? look.definition(env, v.b) : undefined) ?? v

/** `sql`${posts.count} + 1``, `knex.raw('count + 1')`. */
export const isSqlOfItself = (v: Expr): boolean => {
  if (v.k === 'tpl') return v.tag !== undefined && v.x.length > 0 && v.q.some((part) => /^\s*[-+]\s*(\d|$)/.test(part))
  const [text] = v.k === 'call' && v.f.k === 'mem' && /^(raw|literal)$/.test(v.f.n) ? v.a : []
  return text?.k === 'lit' && typeof text.v === 'string' && /^[\w"`.]+\s*[-+]\s*[\w:?]/.test(text.v)
}
