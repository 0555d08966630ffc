import type { Analysis } from './analysis.js'
import type { Unit } from './instances.js'
import { NOTHING } from './solver.js'
import type { ObjectValue, Value } from './values.js'

const ROUTE_KEY = /^(get|post|put|patch|delete|all|head|options) \/\S*$/i

/** `'get /lamps'`: the key of a row of a table of routes. */
export const isRouteKey = (name: string): boolean => ROUTE_KEY.test(name)

interface Place { unit: Unit; start: number; end: number }

/** Tables whose keys are asked for, by key. */
const asked = new WeakMap<Analysis, Map<string, ObjectValue[]>>()

/** Somebody asks for the keys of a table. */
export const noteAsked = (a: Analysis, name: string, table: ObjectValue): void => {
  let tables = asked.get(a)
  if (!tables) asked.set(a, (tables = new Map()))
  const known = tables.get(name)
  if (!known) tables.set(name, [table])
  else if (!known.includes(table)) known.push(table)
}

/** Where the key of a row is written: in the table whose keys were asked for, or in one whose rows were put into it. */
export const placeOfRouteKey = (a: Analysis, name: string): Place | undefined => {
  const looped = (asked.get(a)?.get(name) ?? []).filter((table) => rowsOf(a, table, name).length > 0)
  const direct = looped.flatMap((table) => placeIn(table, name) ?? [])[0]
  if (direct) return direct
  const rows = new Set(looped.flatMap((table) => rowsOf(a, table, name)))
  const other = tablesWith(a, name).find((table) => rowsOf(a, table, name).some((row) => rows.has(row)))
  return other && placeIn(other, name)
}

/** A text is no row: the keys of a table of texts only look like routes. */
const rowsOf = (a: Analysis, table: ObjectValue, name: string): Value[] => a.of(table.holder.fields.get(name) ?? NOTHING).filter(({ kind }) => kind !== 'lit')

const placeIn = ({ site, unit }: ObjectValue, name: string): Place | undefined => {
  const member = site?.k === 'obj' ? site.m.find(({ n }) => n === name) : undefined
  return member && { unit, start: member.q, end: member.v.e }
}

const written = new WeakMap<Analysis, Map<string, ObjectValue[]>>()

/** Tables of the program in whose text such a key stands. */
const tablesWith = (a: Analysis, name: string): ObjectValue[] => {
  let tables = written.get(a)
  if (!tables) {
    written.set(a, (tables = new Map()))
    for (const object of a.objects) {
      if (object.site?.k === 'obj') for (const { n } of object.site.m) if (n !== undefined && isRouteKey(n)) tables.set(n, [...tables.get(n) ?? [], object])
    }
  }
  return tables.get(name) ?? []
}
