import type { EffectModel } from '../model/catalog.js'
import type { Expr } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import type { LibraryCall } from '../link/analysis.js'
import type { LookedUp } from '../link/peek.js'
import { memberOf } from '../link/shape.js'
import type { ObjectValue, Value } from '../link/values.js'
import { findTables } from '../schema/index.js'
import { isOfClient, isSent, isVersion } from './of-itself.js'
import { writtenAt } from './written.js'

const PRIMARY = /^(id|_id|uuid|pk|key)$/i
const BELONGS = /[a-z](_id|Id)$/

/** `where: { status: { not: 'canceled' } }, data: { status: 'canceled', … }`: once done, the condition holds no more. */
export const undoesItself = (where: ObjectValue[], data: ObjectValue[], of: (ref: number) => Value[], look: LookedUp): boolean =>
  where.length > 0 && data.length > 0 && where.every((condition) => data.every((row) => {
    const sets = setBy(row, of)
    const { env } = condition
    const isBrought = (x: Expr): boolean => isSent(x) || (env !== undefined && isOfClient(look, env, x))
    const anyUndone = (all: { n?: string | undefined; v?: Expr | undefined }[]): boolean => all.some(({ n, v }) => n !== undefined && v !== undefined && (n === '$or' ? areAll(v) : isUndone(n, v, row, sets, isBrought)))
    const areAll = (x: Expr): boolean => x.k === 'arr' && x.x.length > 0 && x.x.every((one) => one.k === 'obj' && anyUndone(one.m))
    return anyUndone(members(condition))
  }))

/** `{ $set: { … } }` */
const setBy = ({ holder }: ObjectValue, of: (ref: number) => Value[]): ObjectValue[] =>
  of(holder.fields.get('$set') ?? -1).flatMap((value) => (value.kind === 'object' && value.shape === 'object' ? [value] : []))

const isUndone = (name: string, asked: Expr, row: ObjectValue, sets: ObjectValue[], isBrought: (x: Expr) => boolean): boolean =>
  [row, ...sets].some(({ site }) => excludes(asked, memberOf(site, name)) || (isAbsent(asked) && memberOf(site, name) !== undefined)) || (isVersion(name) && isBrought(asked) && countsOn(name, row, sets)) || (name === 'NOT' ? lacks(asked, row) : lacksIt(name, asked, row))

/** `version: body.version` beside `version: { increment: 1 }`, or beside `$inc: { version: 1 }`: what the client has seen holds no more. */
const countsOn = (name: string, row: ObjectValue, sets: ObjectValue[]): boolean =>
  [memberOf(memberOf(row.site, '$inc'), name), ...[row, ...sets].map(({ site }) => memberOf(site, name))].some((x) => x !== undefined && x.k !== 'ref')

/** `NOT: { tags: { has: tag } }` beside `tags: { push: tag }`. */
const lacks = (x: Expr, row: ObjectValue): boolean => x.k === 'obj' && x.m.length === 1 && x.m.some(({ n, v }) => n !== undefined && v.k === 'obj' && v.m.some((m) => m.n === 'has' && sameAs(m.v, added(row, n))))

/** `tags: { $ne: tag }` beside `$push: { tags: tag }`. */
const lacksIt = (name: string, x: Expr, row: ObjectValue): boolean =>
  x.k === 'obj' && x.m.some(({ n, v }) => (n === '$ne' && isAdded(v, row, name)) || (n === '$size' && literal(v) === '0' && added(row, name) !== undefined) || (n === '$not' && v.k === 'obj' && v.m.some((m) => m.n === '$eq' && isAdded(m.v, row, name))))

/** `'fans.person': { $ne: id }` beside `$push: { fans: { person: id } }`; of a row that has a name the member is not looked for. */
const isAdded = (x: Expr, row: ObjectValue, name: string): boolean => {
  const [list, member, ...deeper] = name.split('.')
  if (member === undefined || list === undefined) return sameAs(x, added(row, name))
  const given = added(row, list)
  return deeper.length === 0 && (given?.k === 'ref' || sameAs(x, memberOf(given, member)))
}

const added = (row: ObjectValue, name: string): Expr | undefined => {
  const push = memberOf(row.site, '$push')
  if (push) return push.k === 'obj' ? push.m.find(({ n }) => n === name)?.v : undefined
  const given = memberOf(row.site, name)
  return given?.k === 'obj' ? given.m.find(({ n }) => n === 'push')?.v : undefined
}

/** The same name, or the same member of it. */
const sameAs = (x: Expr, y: Expr | undefined): boolean => {
  if (x.k === 'mem') return y?.k === 'mem' && x.n === y.n && sameAs(x.o, y.o)
  return x.k === 'ref' ? y?.k === 'ref' && x.b === y.b : x.k === 'lit' && y?.k === 'lit' && x.v === y.v
}

/** `update({ where: { id, state: 'new' }, data: { state: 'paid' } })` of a library that throws where no row is met: a repeat fails. */
export const failsAgain = (call: LibraryCall): boolean => {
  const { where = '', data = '' } = call.row?.effect ?? {}
  const [asked, set] = [writtenAt(call, where), writtenAt(call, data)]
  return asked?.k === 'obj' && asked.m.some(({ n, v }) => n !== undefined && excludes(v, memberOf(set, n)))
}

/** `update().set({ state: 'paid', n: … }).where('id = :id AND state = :state', { state: 'open' })`: the text asks for a column that is set to another constant. */
export const asksInText = (wheres: LibraryCall[], data: ObjectValue[]): boolean => wheres.some(({ site }) => {
  const [text, bound] = site.k === 'call' ? site.a : []
  if (text?.k !== 'lit' || typeof text.v !== 'string') return false
  return [...text.v.matchAll(/\b(\w+)["`]?\s*=\s*(?::(\w+)|'([^']*)')/g)].some(([, column = '', param, constant]) => {
    const asked: Expr | undefined = param === undefined ? { k: 'lit', v: constant ?? '', p: 0, e: 0 } : memberOf(bound, param)
    return asked !== undefined && data.some((row) => excludes(asked, memberOf(row.site, column)))
  })
})

/** Does a condition on a column exclude what is written to it? */
const excludes = (asked: Expr, set: Expr | undefined): boolean => {
  const text = literal(set)
  if (text === undefined) return false
  if (asked.k === 'obj') return asked.m.some(({ n, v }) => (n === 'not' || n === '$ne') && v !== undefined && literal(v) === text) || asked.m.some(({ n, v }) => (n === 'equals' || n === '$eq') && v !== undefined && differs(v, text))
  return differs(asked, text)
}

const differs = (asked: Expr, text: string): boolean => {
  const other = literal(asked)
  return other !== undefined && other !== text
}

const isAbsent = (asked: Expr): boolean => asked.k === 'obj' && asked.m.some(({ n, v }) => n === '$exists' && literal(v) === 'false')

/** A constant as it is written, a member of an enum too. */
const literal = (x: Expr | undefined): string | undefined => {
  if (x?.k === 'lit') return String(x.v)
  return x?.k === 'mem' && x.o.k === 'ref' && /^[A-Z]/.test(x.n) ? `${x.o.b}.${x.n}` : undefined
}

const members = (object: ObjectValue): { n?: string | undefined; v?: Expr | undefined }[] => (object.site?.k === 'obj' ? object.site.m : [])

/** Rows that are written without the key that an upsert would find them by. */
export const lacksPrimary = (tables: TableFact[], model: string | undefined, rows: ObjectValue[]): boolean => {
  const keys = model === undefined ? [] : findTables(tables, model).flatMap(({ columns }) => columns.filter(({ primary }) => primary).map(({ name }) => name))
  // Where no schema says it, the key of what a row belongs to may be its own: `profiles.upsert({ user_id, name })`.
  const isKey = (name: string): boolean => (keys.length > 0 ? keys.includes(name) : PRIMARY.test(name) || BELONGS.test(name))
  return rows.length > 0 && rows.every((row) => row.site?.k === 'obj' && !row.site.m.some(({ kind }) => kind === 'spread') && ![...row.holder.fields.keys()].some(isKey))
}

/** Is what a call makes only given to one of these functions, which do not send it? */
export const isOnlyGivenTo = (call: LibraryCall, others: LibraryCall[], look: LookedUp): boolean => {
  const paths = call.row?.effect?.notGivenTo
  if (!paths) return false
  const isIt = (x: Expr): boolean => x === call.site || (x.k === 'await' && isIt(x.x)) || (x.k === 'ref' && look.definition(call.inst, x.b) === call.site)
  const takers = others.filter(({ site }) => (site.k === 'call' || site.k === 'new') && site.a.some(isIt))
  return takers.length > 0 && takers.every(({ path }) => paths.includes(path))
}

/** `$runCommandRaw({ ping: 1 })` */
export const asksCommand = ({ site }: LibraryCall, asking: EffectModel['asking']): boolean => {
  const given = asking !== undefined && site.k === 'call' ? site.a[Number(asking.command)] : undefined
  const name = given?.k === 'obj' ? given.m[0]?.n : undefined
  return name !== undefined && asking?.names.includes(name) === true
}

/** Is something other than 0 written there? */
export const isGiven = (call: LibraryCall, path: string | undefined): boolean => {
  const given = path === undefined ? undefined : writtenAt(call, path)
  return given !== undefined && !(given.k === 'lit' && given.v === 0)
}
