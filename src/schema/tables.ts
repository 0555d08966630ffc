import type { ColumnFact, TableFact } from '../model/schema.js'
import type { Site } from '../model/site.js'

/** A table without columns. */
export function newTable(name: string, source: Site, model?: string): TableFact {
  return { name, ...(model === undefined ? {} : { model }), source, columns: [], uniques: [] }
}

/** Adds what is said of a column to what is known of it. */
export function addColumn(table: TableFact, column: ColumnFact): void {
  const known = table.columns.find(one => one.name === column.name)
  if (known) Object.assign(known, column)
  else table.columns.push(column)
  if (column.unique || column.primary) addUnique(table, [column.name])
}

/** A set of columns that is unique together. */
export function addUnique(table: TableFact, names: string[], primary = false): void {
  if (names.length === 0) return
  const key = [...names].sort().join('\0')
  if (!table.uniques.some(set => [...set].sort().join('\0') === key)) table.uniques.push(names)
  if (names.length > 1) return
  const column = table.columns.find(one => one.name === names[0])
  if (!column) table.columns.push({ name: names[0]!, ...(primary ? { primary: true as const } : { unique: true as const }) })
  else if (primary) column.primary = true
  else if (!column.primary) column.unique = true
}

const looseNames = new Map<string, string>()

/** `order_items`, `OrderItem`, `orderItems` and `orderItemsTable` are one name. */
export function looseName(name: string): string {
  let loose = looseNames.get(name)
  if (loose === undefined) looseNames.set(name, (loose = loosen(name)))
  return loose
}

function loosen(name: string): string {
  const plain = name.replace(/(?<=\w{3})(_t|T)able$/, '').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
  // What others have cut the `s` off (`strategie`, `boxe`) ends as the whole word does, and `course` as `courses`.
  const one = plain.endsWith('s') && !plain.endsWith('ss') ? plain.slice(0, -1) : plain
  return one.endsWith('ie') ? `${one.slice(0, -2)}y` : one.replace(/(?:(?<=u)se?|(?<=s|x|z|ch|sh)e)$/, '')
}

/** Tables known by this name: exactly by model or table name, else loosely. */
export function findTables(tables: readonly TableFact[], name: string): TableFact[] {
  const exact = tables.filter(table => table.model === name || table.name === name || table.held === name)
  // A class names the table that migrations say more of.
  const names = new Set(exact.map(table => table.name))
  if (exact.length > 0) return current(tables.filter(table => exact.includes(table) || names.has(table.name)))
  const loose = looseName(name)
  return current(tables.filter(table => looseName(table.name) === loose || (table.model !== undefined && looseName(table.model) === loose)))
}

/** A Prisma schema says how things are; the migrations beside it say how they came about. */
function current(found: TableFact[]): TableFact[] {
  const declared = found.filter(({ source }) => source.file.endsWith('.prisma'))
  return declared.length > 0 ? declared : found.length > 1 ? found.map(table => (isMigrated(table) ? withMade(table, found.filter(one => !isMigrated(one))) : table)) : found
}

const isMigrated = ({ source }: TableFact): boolean => source.file.endsWith('.sql')

const merged = new WeakMap<TableFact, TableFact>()

/** Migrations do not say which values code makes: `text('id').$defaultFn(() => nanoid())`. */
function withMade(table: TableFact, declared: TableFact[]): TableFact {
  const known = merged.get(table)
  if (known) return known
  const made = new Map(declared.flatMap(({ columns }) => columns.flatMap(({ name, column, generated, optional }) => (generated || optional ? [[looseColumn(column ?? name), { ...(generated && { generated }), ...(optional && { optional }) }] as const] : []))))
  const columns = table.columns.map(column => ({ ...made.get(looseColumn(column.name)), ...column }))
  const result = { ...table, columns }
  merged.set(table, result)
  return result
}

/** The unique set that these columns hold whole, if any: a second row with the same values is refused. */
export function uniqueAmong(table: TableFact, columns: readonly string[]): string[] | undefined {
  const given = new Set(columns.map(looseColumn))
  const known = (name: string) => given.has(looseColumn(name)) || given.has(looseColumn(table.columns.find(one => one.name === name)?.column ?? name))
  return table.uniques.find(set => set.every(known))
}

/** Sets of columns that are unique and that people give, rather than keys that are made for each row. */
export function naturalKeys(table: TableFact): string[][] {
  return table.uniques.filter(set => !set.every(name => /^_?id$|secret|token/i.test(name) || table.columns.find(one => one.name === name)?.generated !== undefined))
}

/** Was a row looked up by something that is unique? Columns that nobody knows are not judged. */
export function hasNaturalKey(table: TableFact, by: readonly string[] = []): boolean {
  const natural = naturalKeys(table)
  const asked = new Set(by.map(looseColumn))
  const known = table.columns.some(({ name, column }) => asked.has(looseColumn(name)) || (column !== undefined && asked.has(looseColumn(column))))
  return known ? natural.some(set => set.some(name => asked.has(looseColumn(name)) || asked.has(looseColumn(table.columns.find(one => one.name === name)?.column ?? name)))) : natural.length > 0
}

function looseColumn(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}
