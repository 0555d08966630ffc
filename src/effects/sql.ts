import { SQL_HOLE, rematch, splitAtCommas, splitStatements, sqlName, tokenizeSql, type SqlToken } from '../schema/sql-tokens.js'
import { parseProcedure } from './sql-procedures.js'

export { SQL_HOLE }

/** What a database draws for each row: neither a clock nor a count. */
export const DRAWN_THERE = /^\s*(gen_random_(uuid|bytes)|uuid_generate_v[14]|uuid|newid|random)\s*\(/i

export type SqlVerb = 'insert' | 'update' | 'delete' | 'upsert' | 'replace' | 'select' | 'ddl' | 'other'

/** Where a written value comes from: a placeholder (by position or name), a template hole, or SQL of its own. */
export type SqlValue = { param: number | string } | { hole: number } | { sql: string }

export interface SqlConflict {
  target?: string[]
  /** `ON CONFLICT ON CONSTRAINT name`. */
  constraint?: string
  action: 'nothing' | 'update' | 'ignore'
}

export interface SqlStatement {
  verb: SqlVerb
  table?: string
  /** Of the name of the table, the position among what is bound: `INSERT INTO ??`. */
  tableAt?: number
  /** Of an object of columns and their values: `SET ?`. */
  rowAt?: number
  /** The same in a template, right behind the table: `` sql`INSERT INTO notes ${sql(note)}` ``. */
  rowHole?: number
  /** Columns written, with `values` (of the first row) in the same order. */
  columns?: string[]
  values?: SqlValue[]
  conflict?: SqlConflict
  /** Columns that the condition compares; empty when there is a condition that compares none by name. */
  where?: string[]
  /** `SET x = x + …`: a repeat adds again. */
  relative?: true
  returning?: true
  /** `WHERE NOT EXISTS (…)`, `IF NOT EXISTS (…) INSERT`. */
  notExists?: true
  /** Takes a lock: `FOR UPDATE`, advisory locks. */
  lock?: true
}

const ddl = new Set(['CREATE', 'ALTER', 'DROP', 'RENAME', 'COMMENT', 'GRANT', 'REVOKE', 'REINDEX', 'VACUUM', 'ANALYZE'])
const modifiers = new Set(['LOW_PRIORITY', 'HIGH_PRIORITY', 'DELAYED', 'QUICK', 'ONLY'])
const heads = new Set(['INSERT', 'UPDATE', 'DELETE', 'REPLACE', 'UPSERT', 'MERGE', 'SELECT', 'WITH', 'TRUNCATE', 'IF', 'CALL', 'EXEC', 'EXECUTE', 'BEGIN', 'COMMIT', 'ROLLBACK', 'SET', 'PRAGMA', 'EXPLAIN', 'VALUES', 'LOCK', ...ddl])
const comparisons = new Set(['=', '==', '<=>', '<>', '!=', '<', '>', '<=', '>=', 'IN', 'IS', 'LIKE', 'ILIKE', 'BETWEEN', 'NOT'])

/** Text of a tagged or plain template: its quasis with a hole between each two. */
export function templateText(quasis: string[]): string {
  return quasis.join(SQL_HOLE)
}

/** Does the text begin like SQL? Cheap enough to ask of every string. */
export function looksLikeSql(text: string): boolean {
  const head = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*([A-Za-z]+)\s/.exec(text)?.[1]?.toUpperCase()
  if (head === undefined || !heads.has(head)) return false
  return /\b(?:INTO|FROM|SET|TABLE|INDEX|SELECT|VALUES|FUNCTION|CALL|EXEC|EXECUTE)\b/i.test(text)
}

/** Statement heads of SQL text in any dialect; a data-changing CTE is a statement of its own, before its main statement. */
export function parseSql(text: string): SqlStatement[] {
  return splitStatements(tokenizeSql(text)).flatMap(parseStatement)
}

function parseStatement(tokens: SqlToken[]): SqlStatement[] {
  switch (tokens[0]?.u) {
    case 'WITH': return parseCtes(tokens)
    case 'IF': return parseIf(tokens)
    case 'BEGIN': return tokens.length > 2 && heads.has(tokens[1]!.u) ? parseStatement(rematch(tokens.slice(1))) : [{ verb: 'other' }]
    case '(': return parseStatement(rematch(tokens.slice(1, tokens[0].close)))
    default: return [parseSimple(tokens)]
  }
}

function parseSimple(tokens: SqlToken[]): SqlStatement {
  const head = tokens[0]?.u ?? ''
  if (head === 'INSERT' || head === 'REPLACE' || head === 'UPSERT') return parseInsert(tokens)
  if (head === 'UPDATE') return parseUpdate(tokens)
  if (head === 'DELETE' || head === 'TRUNCATE') return parseDelete(tokens)
  if (head === 'MERGE') return parseMerge(tokens)
  if (head === 'SELECT') return parseProcedure(tokens) ?? parseSelect(tokens)
  return mutation(tokens) ?? parseProcedure(tokens) ?? { verb: ddl.has(head) ? 'ddl' : 'other' }
}

/** ClickHouse: `ALTER TABLE t UPDATE x = … WHERE …`, `ALTER TABLE t DELETE WHERE …`. */
function mutation(tokens: SqlToken[]): SqlStatement | undefined {
  if (tokens[0]?.u !== 'ALTER' || tokens[1]?.u !== 'TABLE') return undefined
  const { name, next } = sqlName(tokens, 2)
  const at = indexOfWord(tokens, ['UPDATE', 'DELETE'], next)
  if (name === undefined || at < 0 || indexOfWord(tokens, ['WHERE'], at) < 0) return undefined
  return tail({ verb: tokens[at]!.u === 'UPDATE' ? 'update' : 'delete', table: name }, tokens)
}

function parseCtes(tokens: SqlToken[]): SqlStatement[] {
  const found: SqlStatement[] = []
  let i = 1
  while (i < tokens.length && !['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE'].includes(tokens[i]!.u)) {
    const token = tokens[i]!
    if (token.u === '(') {
      found.push(...parseStatement(rematch(tokens.slice(i + 1, token.close))).filter(one => one.verb !== 'select' && one.verb !== 'other'))
      i = token.close! + 1
    } else i++
  }
  return i < tokens.length ? [...found, ...parseStatement(rematch(tokens.slice(i)))] : found
}

/** T-SQL: `IF NOT EXISTS (SELECT …) INSERT …`. */
function parseIf(tokens: SqlToken[]): SqlStatement[] {
  const negated = tokens[1]?.u === 'NOT' && tokens[2]?.u === 'EXISTS'
  const start = tokens.findIndex((token, i) => i > 0 && ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(token.u) && !insideGroup(tokens, i))
  if (start < 0) return [{ verb: 'other' }]
  return parseStatement(rematch(tokens.slice(start))).map(one => (negated ? { ...one, notExists: true } : one))
}

function insideGroup(tokens: SqlToken[], at: number): boolean {
  return tokens.some((token, i) => token.u === '(' && i < at && token.close! > at)
}

/** Index of a keyword outside brackets, from `from` on; -1 when absent. */
function indexOfWord(tokens: SqlToken[], words: string[], from = 0): number {
  for (let i = from; i < tokens.length; i++) {
    const token = tokens[i]!
    if (words.includes(token.u)) return i
    if (token.u === '(') i = token.close!
  }
  return -1
}

function parseInsert(tokens: SqlToken[]): SqlStatement {
  const into = tokens.slice(0, 6).findIndex(token => token.u === 'INTO')
  const prefix = tokens.slice(1, into < 0 ? 4 : into).map(token => token.u)
  const start = into < 0 ? firstName(tokens) : into + 1
  const { name, next } = sqlName(tokens, start)
  const made: SqlStatement = { verb: 'insert', ...(name === undefined ? {} : { table: name }), ...(tokens[start]?.v === '??' && { tableAt: tokens[start]!.n! }) }
  readColumns(made, tokens, next)
  const conflict = readConflict(tokens, prefix)
  if (conflict) made.conflict = conflict
  if (conflict?.action === 'update') readConflictSet(made, tokens)
  made.verb = insertVerb(tokens[0]!.u, prefix, conflict)
  return tail(made, tokens)
}

function firstName(tokens: SqlToken[]): number {
  let i = 1
  while (i < tokens.length && (modifiers.has(tokens[i]!.u) || ['IGNORE', 'OR', 'REPLACE', 'FROM', 'TABLE'].includes(tokens[i]!.u))) i++
  return i
}

function insertVerb(head: string, prefix: string[], conflict: SqlConflict | undefined): SqlVerb {
  if (head === 'REPLACE' || prefix.includes('REPLACE')) return 'replace'
  return head === 'UPSERT' || conflict?.action === 'update' ? 'upsert' : 'insert'
}

function readColumns(made: SqlStatement, tokens: SqlToken[], from: number): void {
  if (tokens[from]?.k === 'hole') made.rowHole = tokens[from].n ?? 0
  const set = indexOfWord(tokens, ['SET'], from)
  const values = indexOfWord(tokens, ['VALUES', 'VALUE', 'SELECT', 'DEFAULT'], from)
  if (set >= 0 && values < 0) {
    if (tokens[set + 1]?.v === '?' && tokens[set + 2]?.u !== '=') made.rowAt = tokens[set + 1]!.n!
    return readAssignments(made, assignments(tokens, set))
  }
  const end = values < 0 ? tokens.length : values
  const open = tokens.findIndex((token, i) => i >= from && i < end && token.u === '(')
  if (open >= 0 && open < end) made.columns = columnNames(tokens.slice(open + 1, tokens[open]!.close))
  const row = values < 0 ? undefined : tokens[values + 1]
  if (row?.u !== '(' || tokens[values]!.u === 'SELECT') return
  made.values = splitAtCommas(tokens.slice(values + 2, row.close)).map(valueOf)
}

function columnNames(tokens: SqlToken[]): string[] {
  return splitAtCommas(tokens).flatMap(part => sqlName(part, 0).name ?? [])
}

function valueOf(tokens: SqlToken[]): SqlValue {
  const token = tokens[0]
  const alone = tokens.length === 1 || tokens[1]?.u === '::'
  if (alone && token?.k === 'param') return { param: token.n ?? token.v }
  if (alone && token?.k === 'hole') return { hole: token.n ?? 0 }
  return { sql: tokens.map(part => part.v).join(' ').replace(/ ?([(),.]) ?/g, '$1') }
}

function readConflict(tokens: SqlToken[], prefix: string[]): SqlConflict | undefined {
  if (prefix.includes('IGNORE')) return { action: 'ignore' }
  if (prefix.includes('REPLACE') || tokens[0]!.u === 'REPLACE' || tokens[0]!.u === 'UPSERT') return { action: 'update' }
  for (let i = indexOfWord(tokens, ['ON']); i >= 0; i = indexOfWord(tokens, ['ON'], i + 1)) {
    if (tokens[i + 1]?.u === 'DUPLICATE') return { action: 'update' }
    if (tokens[i + 1]?.u === 'CONFLICT') return onConflict(tokens, i + 2)
  }
  return undefined
}

function onConflict(tokens: SqlToken[], at: number): SqlConflict {
  const action = tokens[indexOfWord(tokens, ['DO'], at) + 1]?.u === 'UPDATE' ? 'update' : 'nothing'
  const open = tokens[at]
  if (open?.u === '(') return { target: columnNames(tokens.slice(at + 1, open.close)), action }
  const constraint = open?.u === 'ON' ? sqlName(tokens, at + 2).name : undefined
  return constraint === undefined ? { action } : { constraint, action }
}

/** The update part of an upsert can add as well: `DO UPDATE SET n = t.n + 1`. */
function readConflictSet(made: SqlStatement, tokens: SqlToken[]): void {
  const on = indexOfWord(tokens, ['CONFLICT', 'DUPLICATE'])
  if (on < 0) return
  const set = indexOfWord(tokens, ['SET'], on)
  const update = indexOfWord(tokens, ['UPDATE'], on)
  const start = set >= 0 ? set : update
  if (start >= 0 && assignments(tokens, start).some(isRelative)) made.relative = true
}

interface Assignment { column?: string; value: SqlToken[] }

function assignments(tokens: SqlToken[], set: number): Assignment[] {
  const end = indexOfWord(tokens, ['WHERE', 'FROM', 'RETURNING', 'OUTPUT', 'ON', 'ORDER', 'LIMIT', 'WHEN'], set + 1)
  return splitAtCommas(tokens.slice(set + 1, end < 0 ? tokens.length : end)).flatMap(part => {
    const { name, next } = sqlName(part, 0)
    const op = part[next]?.u
    if (op === '+=' || op === '-=') return [{ ...(name === undefined ? {} : { column: name }), value: part }]
    return op === '=' || op === ':=' ? [{ ...(name === undefined ? {} : { column: name }), value: part.slice(next + 1) }] : []
  })
}

function readAssignments(made: SqlStatement, found: Assignment[]): void {
  const known = found.filter(one => one.column !== undefined)
  if (known.length > 0) {
    made.columns = known.map(one => one.column!)
    made.values = known.map(one => valueOf(one.value))
  }
  if (found.some(isRelative)) made.relative = true
}

const combining = new Set(['+', '-', '*', '/', '||', '+=', '-=', '^', 'NOT', '!', 'CONCAT', 'ARRAY_APPEND', 'ARRAY_PREPEND', 'ARRAY_CAT', 'JSON_ARRAY_APPEND', 'JSONB_INSERT', 'JSON_INSERT', 'DATE_ADD', 'DATEADD'])

/** Is the column's old value part of its new one? `EXCLUDED.x` and `VALUES(x)` are the new value, not the old one. */
function isRelative({ column, value }: Assignment): boolean {
  if (column === undefined || !value.some(token => combining.has(token.u)) || isMerge(value)) return false
  return value.some((token, i) => isName(token, column) && !isNewValue(value, i))
}

/** `prefs || $1::jsonb`: keys are set to what they are set to. */
function isMerge(value: SqlToken[]): boolean {
  return value.some(token => token.u === '||') && /^JSONB?$/.test(value.at(-1)?.u ?? '') && value.every(token => !/^[-+*/]$/.test(token.u))
}

function isName(token: SqlToken, column: string): boolean {
  return (token.k === 'word' || token.k === 'quoted') && token.v.toLowerCase() === column.toLowerCase()
}

function isNewValue(value: SqlToken[], at: number): boolean {
  if (value[at - 1]?.u === '.') return ['EXCLUDED', 'NEW'].includes(value[at - 2]?.v.toUpperCase() ?? '')
  return value[at - 1]?.u === '(' && ['VALUES', 'VALUE'].includes(value[at - 2]?.u ?? '')
}

function parseUpdate(tokens: SqlToken[]): SqlStatement {
  let start = 1
  while (modifiers.has(tokens[start]?.u ?? '') || tokens[start]?.u === 'IGNORE') start++
  if (tokens[start]?.u === 'OR') start += 2
  const { name } = sqlName(tokens, start)
  const made: SqlStatement = { verb: 'update', ...(name === undefined ? {} : { table: name }), ...(tokens[start]?.v === '??' && { tableAt: tokens[start]!.n! }) }
  const set = indexOfWord(tokens, ['SET'])
  if (set >= 0) readAssignments(made, assignments(tokens, set))
  return tail(made, tokens)
}

function parseDelete(tokens: SqlToken[]): SqlStatement {
  const from = indexOfWord(tokens, ['FROM', 'TABLE'])
  const start = from >= 0 ? from + 1 : firstName(tokens)
  const { name } = sqlName(tokens, tokens[start]?.u === 'ONLY' ? start + 1 : start)
  return tail({ verb: 'delete', ...(name === undefined ? {} : { table: name }) }, tokens)
}

function parseMerge(tokens: SqlToken[]): SqlStatement {
  const { name } = sqlName(tokens, tokens[1]?.u === 'INTO' ? 2 : 1)
  const made: SqlStatement = { verb: 'upsert', ...(name === undefined ? {} : { table: name }) }
  const on = indexOfWord(tokens, ['ON'])
  const when = indexOfWord(tokens, ['WHEN'])
  const target = on < 0 ? [] : comparedColumns(tokens.slice(on + 1, when < 0 ? tokens.length : when))
  const set = indexOfWord(tokens, ['SET'])
  made.conflict = { ...(target.length > 0 ? { target: [...new Set(target)] } : {}), action: set >= 0 ? 'update' : 'nothing' }
  if (set >= 0 && assignments(tokens, set).some(isRelative)) made.relative = true
  return made
}

function parseSelect(tokens: SqlToken[]): SqlStatement {
  const from = indexOfWord(tokens, ['FROM'])
  // `SELECT EXISTS (SELECT 1 FROM users WHERE …)` asks about users.
  const inner = from < 0 ? tokens.findIndex((token, i) => token.u === '(' && tokens[i + 1]?.u === 'SELECT') : -1
  if (inner >= 0) return parseSelect(rematch(tokens.slice(inner + 1, tokens[inner]!.close)))
  const name = from < 0 ? undefined : sqlName(tokens, from + 1).name
  const made = tail({ verb: 'select', ...(name === undefined ? {} : { table: name }) }, tokens)
  delete made.notExists
  const locks = tokens.some((token, i) => (token.u === 'FOR' && ['UPDATE', 'SHARE', 'NO'].includes(tokens[i + 1]?.u ?? ''))
    || /^(?:PG_(?:TRY_)?ADVISORY|GET_LOCK$)/.test(token.u))
  if (locks) made.lock = true
  return made
}

function tail(made: SqlStatement, tokens: SqlToken[]): SqlStatement {
  const conflict = indexOfWord(tokens, ['CONFLICT'])
  const where = indexOfWord(conflict < 0 ? tokens : tokens.slice(0, conflict), ['WHERE'])
  const end = where < 0 ? -1 : indexOfWord(tokens, ['RETURNING', 'ORDER', 'LIMIT', 'GROUP', 'UNION', 'FOR', 'ON'], where)
  const condition = where < 0 ? [] : tokens.slice(where + 1, end < 0 ? tokens.length : end)
  if (where >= 0 && made.verb !== 'insert' && made.verb !== 'upsert') made.where = [...new Set(comparedColumns(condition))]
  if (condition.some((token, i) => token.u === 'EXISTS' && condition[i - 1]?.u === 'NOT')) made.notExists = true
  if (indexOfWord(tokens, ['RETURNING', 'OUTPUT']) >= 0) made.returning = true
  return made
}

/** Names that stand before a comparison, in this query and not in the ones inside it. */
function comparedColumns(tokens: SqlToken[]): string[] {
  const found: string[] = []
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.u === '(' && tokens[i + 1]?.u === 'SELECT') i = skipGroup(tokens, i)
    else if (token.k === 'quoted' || (token.k === 'word' && !comparisons.has(token.u))) {
      if (comparisons.has(tokens[i + 1]?.u ?? '') && !['AND', 'OR', 'WHERE', 'END'].includes(token.u)) found.push(token.v)
    }
  }
  return found
}

function skipGroup(tokens: SqlToken[], at: number): number {
  let depth = 0
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i]!.u === '(') depth++
    if (tokens[i]!.u === ')' && --depth === 0) return i
  }
  return tokens.length
}
