import type { ColumnFact, TableFact } from '../model/schema.js'
import type { Site } from '../model/site.js'
import { rematch, splitAtCommas, splitStatements, sqlName, tokenizeSql, type SqlToken } from './sql-tokens.js'
import { addColumn, addUnique, newTable } from './tables.js'

/** Tables by name while migrations are read in their order; constraints by name, so that they can be dropped. */
export interface Migrated {
  tables: Map<string, TableFact>
  constraints: Map<string, { table: string; columns: string[] }>
}

export function noTables(): Migrated {
  return { tables: new Map(), constraints: new Map() }
}

/** Where a migration file goes back again: what follows is not the schema. */
const downMarks = /^--\s*(?:\+goose\s+Down|\+migrate\s+Down|migrate:down|down\b|-- create above)/im

/** Applies the definitions of SQL text. `place` says where an offset of the text is. */
export function readDdl(text: string, place: (start: number, end: number) => Site, into: Migrated): void {
  const down = downMarks.exec(text)?.index ?? text.length
  for (const statement of splitStatements(tokenizeSql(text.slice(0, down)))) {
    const site = place(statement[0]!.p, statement.at(-1)!.p + statement.at(-1)!.v.length)
    apply(statement, site, into)
  }
}

function apply(tokens: SqlToken[], site: Site, into: Migrated): void {
  const words = tokens.slice(0, 6).map(token => token.u)
  const table = words.indexOf('TABLE')
  if (words[0] === 'CREATE' && table > 0 && !words.includes('INDEX')) createTable(tokens, table + 1, site, into)
  else if (words[0] === 'CREATE' && words.includes('UNIQUE') && words.includes('INDEX')) createIndex(tokens, site, into)
  else if (words[0] === 'ALTER' && table === 1) alterTable(tokens, site, into)
  else if (words[0] === 'DROP' && table === 1) into.tables.delete(sqlName(tokens, afterIfExists(tokens, 2)).name ?? '')
  else if (words[0] === 'DROP' && words[1] === 'INDEX') drop(sqlName(tokens, afterIfExists(tokens, 2)).name, into)
}

function afterIfExists(tokens: SqlToken[], at: number): number {
  while (['IF', 'NOT', 'EXISTS', 'ONLY', 'CONCURRENTLY'].includes(tokens[at]?.u ?? '')) at++
  return at
}

function createTable(tokens: SqlToken[], at: number, site: Site, into: Migrated): void {
  const { name, next } = sqlName(tokens, afterIfExists(tokens, at))
  const open = tokens[next]
  if (name === undefined || open?.u !== '(') return
  const table = into.tables.get(name) ?? newTable(name, site)
  into.tables.set(name, table)
  for (const part of splitAtCommas(tokens.slice(next + 1, open.close))) readPart(rematch(part), table, into)
  replacing(tokens.slice(open.close! + 1), table)
}

/** `ENGINE = ReplacingMergeTree() ORDER BY (shop, id)`: of rows with the same values there ClickHouse keeps the last. */
function replacing(tokens: SqlToken[], table: TableFact): void {
  if (!tokens.some(({ u }) => u.endsWith('REPLACINGMERGETREE'))) return
  const order = tokens.findIndex(({ u }, i) => u === 'ORDER' && tokens[i + 1]?.u === 'BY')
  const open = order < 0 ? undefined : rematch(tokens.slice(order + 2))
  if (!open?.[0]) return
  addUnique(table, open[0].u === '(' ? indexed(open.slice(1, open[0].close)) : [open[0].v])
}

/** One line of a table's definition: a column or a constraint. */
function readPart(tokens: SqlToken[], table: TableFact, into: Migrated): void {
  const head = tokens[0]?.u ?? ''
  if (head === 'CONSTRAINT') return readConstraint(tokens.slice(2), table, into, sqlName(tokens, 1).name)
  if (head === 'UNIQUE' || (head === 'PRIMARY' && tokens[1]?.u === 'KEY')) return readConstraint(tokens, table, into)
  if (['FOREIGN', 'CHECK', 'KEY', 'INDEX', 'EXCLUDE', 'LIKE', 'FULLTEXT', 'SPATIAL', 'PERIOD'].includes(head) && tokens[0]?.k === 'word') return
  readColumn(tokens, table)
}

function readConstraint(slice: SqlToken[], table: TableFact, into: Migrated, name?: string): void {
  const tokens = rematch(slice)
  const kind = tokens[0]?.u
  const open = tokens.findIndex(token => token.u === '(')
  if ((kind !== 'UNIQUE' && kind !== 'PRIMARY') || open < 0) return
  const columns = indexed(tokens.slice(open + 1, tokens[open]!.close))
  addUnique(table, columns, kind === 'PRIMARY')
  const label = name ?? (open > 1 && kind === 'UNIQUE' ? sqlName(tokens, open - 1).name : undefined)
  if (label !== undefined) into.constraints.set(label, { table: table.name, columns })
}

/** Columns of an index: `lower(email)` is about `email`. */
function indexed(tokens: SqlToken[]): string[] {
  return splitAtCommas(tokens).flatMap(part => {
    const inner = part.findIndex(token => token.u === '(')
    const from = inner >= 0 && !/^\d+$/.test(part[inner + 1]?.v ?? '') ? inner + 1 : 0
    const name = part.slice(from).find(token => token.k === 'word' || token.k === 'quoted')
    return name ? [name.v] : []
  })
}

function readColumn(tokens: SqlToken[], table: TableFact): void {
  const { name, next } = sqlName(tokens, 0)
  if (name === undefined || tokens[0]?.k === 'hole') return
  const words = tokens.slice(next).map(token => token.u)
  const column: ColumnFact = { name }
  if (words.includes('UNIQUE')) column.unique = true
  if (words.includes('PRIMARY')) column.primary = true
  const made = generatedBy(words, tokens)
  if (made) column.generated = made
  addColumn(table, column)
}

function generatedBy(words: string[], tokens: SqlToken[]): ColumnFact['generated'] | undefined {
  const sqliteRowId = words.includes('PRIMARY') && words[0] === 'INTEGER'
  if (sqliteRowId || words.some(word => /^(?:(?:BIG|SMALL)?SERIAL\d?|AUTO_?INCREMENT|IDENTITY)$/.test(word)) || /^NEXTVAL$/.test(afterDefault(words))) return 'increment'
  if (!words.includes('DEFAULT')) return undefined
  return tokens.some(token => /uuid|newid|newsequentialid|randomblob|cuid|ulid|nanoid/i.test(token.v) && token.k === 'word' && token.p > tokens[words.indexOf('DEFAULT')]!.p) ? 'uuid' : 'default'
}

function afterDefault(words: string[]): string {
  const at = words.indexOf('DEFAULT')
  return at < 0 ? '' : words[at + 1] ?? ''
}

function createIndex(tokens: SqlToken[], site: Site, into: Migrated): void {
  const on = tokens.findIndex(token => token.u === 'ON')
  const { name, next } = sqlName(tokens, afterIfExists(tokens, on + 1))
  const open = tokens.findIndex((token, i) => i >= next && token.u === '(')
  if (on < 0 || name === undefined || open < 0) return
  const columns = indexed(tokens.slice(open + 1, tokens[open]!.close))
  addUnique(tableNamed(name, site, into), columns)
  const index = tokens.findIndex(token => token.u === 'INDEX')
  const label = sqlName(tokens, afterIfExists(tokens, index + 1)).name
  if (label !== undefined) into.constraints.set(label, { table: name, columns })
}

function tableNamed(name: string, site: Site, into: Migrated): TableFact {
  const table = into.tables.get(name) ?? newTable(name, site)
  into.tables.set(name, table)
  return table
}

function alterTable(tokens: SqlToken[], site: Site, into: Migrated): void {
  const { name, next } = sqlName(tokens, afterIfExists(tokens, 2))
  if (name === undefined) return
  for (const slice of splitAtCommas(tokens.slice(next))) alter(rematch(slice), name, site, into)
}

function alter(tokens: SqlToken[], name: string, site: Site, into: Migrated): void {
  if (tokens[0]?.u === 'DROP' && tokens[1]?.u === 'COLUMN') return dropColumn(sqlName(tokens, afterIfExists(tokens, 2)).name, name, into)
  if (tokens[0]?.u === 'DROP') return drop(sqlName(tokens, afterIfExists(tokens, 2)).name, into)
  if (tokens[0]?.u !== 'ADD') return
  const rest = tokens.slice(afterIfExists(tokens, tokens[1]?.u === 'COLUMN' ? 2 : 1))
  readPart(rematch(rest), tableNamed(name, site, into), into)
}

function dropColumn(column: string | undefined, name: string, into: Migrated): void {
  const table = into.tables.get(name)
  if (!table || column === undefined) return
  table.columns = table.columns.filter(one => one.name !== column)
  table.uniques = table.uniques.filter(set => !set.includes(column))
}

function drop(label: string | undefined, into: Migrated): void {
  const found = label === undefined ? undefined : into.constraints.get(label)
  const table = found && into.tables.get(found.table)
  if (!found || !table) return
  table.uniques = table.uniques.filter(set => set.join() !== found.columns.join())
  const single = found.columns.length === 1 ? table.columns.find(one => one.name === found.columns[0]) : undefined
  if (single) delete single.unique
}
