import type { Expr, PropFact } from '../model/facts.js'
import type { Instance } from '../link/instances.js'
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

/** `{ count: (post.count ?? 0) + 1 }`, `{ count: post.count ? post.count + 1 : 1 }`, `{ left: Math.max(post.left - 1, 0) }`, `{ tags: [...post.tags, tag] }`, `{ tags: post.tags.concat(tag) }`; versions are locks. */
export const isOfItself = (name: string | undefined, v: Expr): boolean => {
  if (name === undefined || isVersion(name)) return false
  const same = (x: Expr): boolean => (x.k === 'mem' ? x.n === name : x.k === 'call' ? nameRead(x) === name : x.k === 'log' && x.op !== '&&' && same(x.l))
  if (v.k === 'call' && v.f.k === 'mem' && v.f.n === 'concat') return v.a.length > 0 && same(v.f.o)
  if (v.k === 'call') return v.f.k === 'mem' && v.f.o.k === 'glob' && v.f.o.n === 'Math' && BOUNDS.test(v.f.n) && v.a.some((arg) => isOfItself(name, arg))
  // Counted on, or begun where nothing was counted yet: with a constant, or with what is counted on by.
  if (v.k === 'cond') return [[v.c, v.a], [v.a, v.c]].some(([counted, begun]) => counted && begun && isOfItself(name, counted) && (begun.k === 'lit' || isOfItself(name, begun) || isAddend(counted, begun)))
  // `stock: book.stock -= n`, `visits: ++page.visits`.
  if (v.k === 'set') return (v.op === '+=' || v.op === '-=') && v.l.k === 'mem' && v.l.n === name
  if (v.k === 'upd') return same(v.x)
  if (v.k === 'bin') return (v.op === '+' || v.op === '-') && (same(v.l) || same(v.r))
  return v.k === 'arr' && v.x.length > 1 && v.x.some((item) => item.k === 'spread' && same(item.x))
}

/** `known ? item.n + known.n : item.n` */
const isAddend = (sum: Expr, x: Expr): boolean => sum.k === 'bin' && sum.op === '+' && sum.l.k === 'mem' && sum.r.k === 'mem' && [sum.l, sum.r].some((side) => side.k === 'mem' && x.k === 'mem' && side.n === x.n && side.o.k === 'ref' && x.o.k === 'ref' && side.o.b === x.o.b)

/** `row.get('count')`, `row.getDataValue('count')` */
export const nameRead = ({ f, a: [name] }: Expr & { k: 'call' }): string | undefined =>
  f.k === 'mem' && /^get(DataValue)?$/.test(f.n) && name?.k === 'lit' && typeof name.v === 'string' ? name.v : undefined

/** `row.set('count', row.count + 1)`, `row.set({ count: row.count + 1 })`: members of a row that are set to what they were and more. */
export const setByName = (x: Expr): Expr | undefined => {
  if (x.k !== 'call' || x.f.k !== 'mem' || !/^set(DataValue|Attributes)?$/.test(x.f.n)) return undefined
  const [first, value] = x.a
  const name = first?.k === 'lit' && typeof first.v === 'string' && value && isOfItself(first.v, value) ? first.v : first?.k === 'obj' ? first.m.find((m) => isOfItself(m.n, m.v))?.n : undefined
  return name === undefined ? undefined : { k: 'mem', o: x.f.o, n: name, q: 0, p: x.p, e: x.e }
}

/** `const count = post.count + 1; update({ count })`: what a local was made of; and `count + 1`, where `const { count } = await load()`. */
export const madeBefore = (look: LookedUp, { env }: ObjectValue, v: Expr): Expr => {
  const made = (v.k === 'ref' && env ? look.definition(env, v.b) : undefined) ?? v
  return env && made.k === 'bin' ? { ...made, l: takenFrom(look, env, made.l), r: takenFrom(look, env, made.r) } : made
}

/** The member of a row that a local was taken from; of what a client sent nothing is known. */
const takenFrom = (look: LookedUp, env: Instance, x: Expr): Expr => {
  const from = x.k === 'ref' ? look.definition(env, x.b) : undefined
  if (x.k !== 'ref' || !from) return x
  if (from.k === 'mem') return isSent(from) ? x : from
  const name = look.memberOf(env.unit.facts, x.b)
  const asked = from.k === 'await' && from.x.k === 'call' ? from.x : undefined
  return name !== undefined && asked?.f.k === 'mem' && !READS_BODY.test(asked.f.n) ? { k: 'mem', o: from, n: name, q: 0, p: x.p, e: x.e } : x
}

export const READS_BODY = /^(json|formData|text|body|(safe)?parse(Async)?|validate\w*)$/i
export const isSent = (x: Expr): boolean => (x.k === 'mem' ? /^(body|query|params|input|dto|payload)$/.test(x.n) || isSent(x.o) : false)

/** `sql`${posts.count} + 1``, `knex.raw('count + 1')`, `literal('count + 1')`, `FieldValue.increment(1)`, `eb('count', '+', 1)`, and `() => 'count + 1'` of TypeORM. */
export const isSqlOfItself = ({ n: column = '', v }: PropFact, { env }: ObjectValue): boolean => {
  if (isVersion(column)) return false
  if (v.k === 'tpl') return v.tag !== undefined && ((v.x.length > 0 && v.q.some((part) => /^\s*[-+]\s*(\d|$)/.test(part))) || speaksOfItself(v))
  const facts = env?.unit.facts
  const [only] = v.k === 'fn' ? facts?.functions[v.f]?.body ?? [] : []
  if (only) return only.k === 'ret' && only.x !== undefined && speaksOfItself(only.x)
  if (v.k !== 'call') return false
  const name = v.f.k === 'mem' ? v.f.n : v.f.k === 'ref' ? facts?.bindings[v.f.b]?.n ?? '' : ''
  const [first, operator] = v.a
  if (first?.k === 'lit' && first.v === column && operator?.k === 'lit') return operator.v === '+' || operator.v === '-'
  return /^(in|de)crement$/.test(name) ? v.a.length < 2 : first !== undefined && /^(raw|literal)$/.test(name) && speaksOfItself(first)
}

const speaksOfItself = (x: Expr): boolean => /^\s*([\w"`.]+|\?\?)\s*[-+]\s*([\w:?]|$)/.test(x.k === 'tpl' ? x.q[0] ?? '' : x.k === 'lit' ? String(x.v) : '')

const BODY = /^(body|input|dto|payload)$/i

/** `const { version } = req.body`, `const body = await c.req.json()`, `dto.version`: what a client has sent, also by another name. */
export const isOfClient = (look: LookedUp, inst: Instance, x: Expr): boolean => {
  if (x.k === 'mem') return isSent(x) || isOfClient(look, inst, x.o)
  if (x.k === 'await') return isOfClient(look, inst, x.x)
  if (x.k === 'call') return x.f.k === 'mem' ? READS_BODY.test(x.f.n) : x.f.k === 'glob' && x.f.n === 'Number' && x.a[0] !== undefined && isOfClient(look, inst, x.a[0])
  const made = x.k === 'ref' ? look.definition(inst, x.b) : undefined
  if (made) return isOfClient(look, inst, made)
  const fact = x.k === 'ref' ? inst.unit.facts.bindings[x.b] : undefined
  return fact?.kind === 'param' && BODY.test(fact.n)
}
