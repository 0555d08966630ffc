import type { LibraryCall } from '../link/analysis.js'
import { eachExpression } from '../link/shape.js'
import type { ObjectValue } from '../link/values.js'
import type { Program } from '../program/program.js'
import { isNothing } from './compared.js'
import type { Freshness } from './freshness.js'
import { writtenAt } from './written.js'

/** Primary keys that databases make. */
export const OWN_KEY = /^_?(id|uuid|pk)$/i

/** `{ _id: slugify(name), … }`, also in `new Group({ … })`: the key of the row itself, where it is not made up in the call. */
export const bringsKey = ({ look }: Program, freshness: Freshness, call: LibraryCall): boolean => {
  const { primary, data } = call.row?.effect ?? {}
  const given = primary !== undefined && data !== undefined ? writtenAt(call, data) : undefined
  const made = given?.k === 'ref' ? look.definition(call.inst, given.b) : given
  const row = made?.k === 'new' ? made.a[0] : made
  const key = row?.k === 'obj' ? row.m.find(({ n, kind }) => n === primary && kind !== 'spread')?.v : undefined
  return key !== undefined && !isNothing(key) && !freshness.of(call.inst, key)
}

/** `row.slug = slugify(row.title) + random()`, further up, of a row that somebody else has made: its columns that are made up. */
export const drawnBefore = (freshness: Freshness, { inst, site, row }: LibraryCall): Set<string> => {
  const given = site.k === 'call' ? site.a[Number(row?.effect?.data)] : undefined
  const drawn = new Map<string, boolean>()
  if (given?.k === 'ref') eachExpression(inst.fn.body, (x) => {
    if (x.k === 'set' && x.op === '=' && x.l.k === 'mem' && x.l.o.k === 'ref' && x.l.o.b === given.b && x.e <= site.e) drawn.set(x.l.n, drawn.get(x.l.n) !== false && freshness.of(inst, x.r))
  })
  return new Set([...drawn].flatMap(([name, fresh]) => (fresh ? [name] : [])))
}

/** What the class of a row says that it brings, where the row is not made here: the body of a request by its class. */
export const declaredFor = ({ a }: Program, { inst, site, row }: LibraryCall): Set<string> => {
  const given = site.k === 'call' ? site.a[Number(row?.effect?.data)] : undefined
  const param = given?.k === 'ref' ? inst.fn.params.find(({ t }) => t.k === 'bind' && t.b === given.b) : undefined
  const name = param?.ty?.k === 'ref' ? param.ty.n : undefined
  return new Set(name === undefined ? [] : a.classes.flatMap(({ cls }) => (cls.n === name ? cls.fields.map(({ n }) => n) : [])))
}

/** Rows without a key of their own. */
export const isKeyless = (rows: ObjectValue[]): boolean =>
  rows.length > 0 && rows.every(({ site }) => site?.k === 'obj' && site.m.every(({ n, kind }) => kind !== 'spread' && n !== undefined && !OWN_KEY.test(n)))
