import type { Expr, PropFact } from '../model/facts.js'
import type { LibraryCall } from '../link/analysis.js'
import type { Instance } from '../link/instances.js'
import { eachInside } from '../link/shape.js'
import type { LookedUp } from '../link/peek.js'
import type { Program } from '../program/program.js'
import { isSame } from '../state/once.js'
import { countsWrites, isVersion } from './of-itself.js'
import { asNumber } from './row-writes.js'
import { writtenAt } from './written.js'

const PUTS = new Set(['$push', '$addToSet'])
const TAKES = new Set(['$pull', '$pullAll'])
/** What a client sent: who says there which of the two he wants is answered alike each time. */
const SENT = /^(body|query|params)$/
const DEEPEST = 3

interface Operation {
  operator: Expr
  /** The list that it puts into or takes out of. */
  field: string
}

/** An update whose own words say that it goes by what was there. */
export const goesByWhatWasThere = (program: Program, call: LibraryCall): boolean => {
  const expression = call.row?.effect?.expression
  return turnsOver(program.look, call) || countsOn(program, call) || isNamedSo(program, call) || putsBack(program.look, call) || (expression !== undefined && program.texts(call, expression).some(addsInDynamo))
}

/** `ADD views :one`, `SET views = views + :one`, `SET tags = list_append(tags, :more)` */
const addsInDynamo = (text: string): boolean => /(^|\s)ADD\s/i.test(text) || /=[^,]*?[\w)]\s*[-+]\s*[:#\w]/.test(text.replace(/\([^()]*\)/g, '()')) || /=\s*list_append\s*\(/i.test(text)

const COUNTS = ['$inc', '$mul', '$push']
const STAGES = /^\$(set|addFields|replaceWith)$/
const ADDS = /^\$(add|subtract|multiply|divide|concatArrays|concat)$/

/** `bulkWrite([{ updateOne: { filter, update: { $inc: … } } }])`, or a pipeline: `[{ $set: { count: { $add: ['$count', 1] } } }]`. */
const countsOn = (program: Program, call: LibraryCall): boolean => {
  const { operations, data } = call.row?.effect ?? {}
  if (operations !== undefined) {
    return ['updateOne', 'updateMany'].some((name) => program.argument(call, `${operations}[].${name}.update`)
      .some((value) => value.kind === 'object' && COUNTS.some((one) => value.holder.fields.has(one) && !countsWrites(value, one))))
  }
  const given = data === undefined ? undefined : writtenAt(call, data)
  const stages = given && program.look.behind(call.inst, given)
  return stages?.k === 'arr' && stages.x.some((stage) => stage.k === 'obj' && stage.m.some(({ n, v }) => STAGES.test(n ?? '') && v.k === 'obj' && v.m.some(addsToItself)))
}

/** `count: { $add: ['$count', 1] }` */
const addsToItself = ({ n, v }: PropFact): boolean =>
  n !== undefined && !isVersion(n) && v.k === 'obj' && v.m.some((m) => ADDS.test(m.n ?? '') && m.v.k === 'arr' && m.v.x.some((x) => x.k === 'lit' && x.v === `$${n}`))

/** A procedure that is called by its name: `rpc('increment_views')`. */
const isNamedSo = (program: Program, call: LibraryCall): boolean => {
  const { procedure } = call.row?.effect ?? {}
  return procedure !== undefined && program.texts(call, procedure).some((name) => /^(\w+\.)?(increment|increase|decrement|decrease|inc|dec|deduct)(_|[A-Z]|$)/.test(name))
}

/** `const count = await kv.get(key); await kv.set(key, Number(count) + 1)` */
const putsBack = (look: LookedUp, { site, row, inst }: LibraryCall): boolean => {
  const [key, value] = row?.effect?.data === '1' && site.k === 'call' ? site.a : []
  if (!key || site.k !== 'call' || site.f.k !== 'mem' || value?.k !== 'bin' || !/^[-+]$/.test(value.op)) return false
  const store = site.f.o
  return [value.l, value.r].some((side) => {
    const read = look.behind(inst, asNumber(side.k === 'log' && side.op !== '&&' ? side.l : side))
    const asked = read.k === 'await' ? read.x : read
    return asked.k === 'call' && asked.f.k === 'mem' && asked.f.n === 'get' && isSame(asked.f.o, store) && asked.a[0] !== undefined && isSameKey(asked.a[0], key)
  })
}

const isSameKey = (x: Expr, y: Expr): boolean => (x.k === 'lit' ? y.k === 'lit' && x.v === y.v : isSame(x, y))

/** `{ [user.likes.includes(id) ? '$pull' : '$addToSet']: { likes: id } }`, or one such object or another: what stands in the list decides, so that a repeat undoes it. */
const turnsOver = (look: LookedUp, call: LibraryCall): boolean => {
  const given = call.row?.effect?.data?.split('~').map((path) => writtenAt(call, path)).find((x) => x !== undefined)
  const data = given && look.behind(call.inst, given)
  if (data?.k === 'cond') return asksWithin(look, call.inst, data.t, fieldOf(look, call.inst, data.c, data.a))
  return operationsOf(data).some(({ operator, field }) => {
    const chosen = look.behind(call.inst, operator)
    return chosen.k === 'cond' && areOpposite(chosen.c, chosen.a) && asksWithin(look, call.inst, chosen.t, field)
  })
}

const operationsOf = (data: Expr | undefined): Operation[] =>
  data?.k !== 'obj' ? [] : data.m.flatMap(({ n, c, v, p }) => {
    const operator: Expr | undefined = c ?? (n === undefined ? undefined : { k: 'lit', v: n, p, e: p })
    return operator && v.k === 'obj' ? v.m.flatMap((m) => (m.n === undefined ? [] : [{ operator, field: m.n }])) : []
  })

/** The list that the one object puts into and the other takes out of. */
const fieldOf = (look: LookedUp, inst: Instance, one: Expr, other: Expr): string | undefined => {
  const others = operationsOf(look.behind(inst, other))
  return operationsOf(look.behind(inst, one)).find(({ operator, field }) => others.some((at) => at.field === field && areOpposite(operator, at.operator)))?.field
}

const areOpposite = (one: Expr, other: Expr): boolean => (isOneOf(one, PUTS) && isOneOf(other, TAKES)) || (isOneOf(one, TAKES) && isOneOf(other, PUTS))
const isOneOf = (x: Expr, operators: ReadonlySet<string>): boolean => x.k === 'lit' && typeof x.v === 'string' && operators.has(x.v)

/** Is the list asked for, here or where the local was made that is asked? */
const asksWithin = (look: LookedUp, inst: Instance, test: Expr, field: string | undefined, depth = 0): boolean => {
  let asks = false
  eachInside(test, (x) => {
    if (asks || field === undefined) return
    if (x.k === 'mem') asks = x.n === field && !(x.o.k === 'mem' && SENT.test(x.o.n))
    const made = x.k === 'ref' && depth < DEEPEST ? look.definition(inst, x.b) : undefined
    if (made) asks = asksWithin(look, inst, made, field, depth + 1)
  })
  return asks
}
