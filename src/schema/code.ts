import type { CallExpr, Expr, FileFacts, FnFact, NewExpr, Pattern } from '../model/facts.js'
import type { TableFact } from '../model/schema.js'
import { attributesOf, named, readCall, readNew, type Gathered } from './code-calls.js'
import { tablesOfClasses } from './code-classes.js'
import { inner, text, visit } from './code-read.js'
import { noTables, readDdl, type Migrated } from './ddl.js'
import { MODEL_FILE } from './model-files.js'
import { addPairs } from './pairs.js'

/** Files that import none of these declare no tables; a migration may import nothing and take `knex` as a parameter. */
const packages = /typeorm|mikro-orm|mongoose|mongolass|typegoose|sequelize|drizzle|knex|objection|kysely|mongodb|sqlite|^pg$|postgres|mysql|libsql|database|\bdb\b/i
const definition = /^\s*(?:CREATE\s+(?:UNIQUE\s+|TABLE\s|TEMP)|ALTER\s+TABLE\s|DROP\s+(?:TABLE|INDEX)\s)/i

/** Tables that the code of one file declares: decorators, schemas, models, table constants, migrations, definitions in SQL strings. */
export function schemasFromFacts(file: string, facts: FileFacts): TableFact[] {
  if (MODEL_FILE.test(file)) return attributesOf(file, facts)
  if (!facts.specifiers.some(one => packages.test(one)) && !facts.bindings.some(one => /^(?:knex|queryInterface|sequelize|mongoose|DataTypes|db)$/.test(one.n))) return []
  const migrated = noTables()
  return [...declaredIn(file, facts, migrated), ...tablesIn(migrated)].filter(isTold).sort((a, b) => a.source.start - b.source.start)
}

/** The same of migrations, applied in the order of their paths: a later one can drop what an earlier one made. */
export function tablesOfMigrations(files: readonly { path: string; facts: FileFacts }[]): TableFact[] {
  const migrated = noTables()
  const declared = files.flatMap(({ path, facts }) => declaredIn(path, facts, migrated))
  return [...declared, ...tablesIn(migrated)].filter(isTold)
}

const tablesIn = ({ tables }: Migrated): TableFact[] => [...tables.values()]
const isTold = (table: TableFact): boolean => table.columns.length > 0 || table.uniques.length > 0

function declaredIn(file: string, facts: FileFacts, migrated: Migrated): TableFact[] {
  const at: Gathered = { file, facts, tables: [], held: new Map(), pairs: [] }
  const seen = new Set<unknown>()
  const holders = new Map<unknown, number>()
  for (const fn of facts.functions) {
    if (!goesBack(facts, fn)) visit(fn.body, node => read(at, node, { seen, holders }, (sql, start) => readDdl(sql, () => ({ file, start, end: start + sql.length }), migrated)))
  }
  for (const one of facts.exports) visit(one.x, node => read(at, node, { seen, holders }, () => undefined))
  addPairs(at.pairs, (name, x) => named(at, name, x))
  return [...tablesOfClasses(file, facts), ...at.tables]
}

/** The way back of a migration, or code inside it. */
function goesBack(facts: FileFacts, fn: FnFact): boolean {
  for (let at: FnFact | undefined = fn; at; at = facts.functions[at.owner]) if (at.n === 'down') return true
  return false
}

/** sql`CREATE TABLE …` */
const tagged = (x: Expr): string | undefined => (x.k === 'tpl' && x.tag && x.x.length === 0 ? x.q[0] : undefined)

interface Walk { seen: Set<unknown>; holders: Map<unknown, number> }

function read(at: Gathered, node: Record<string, unknown>, { seen, holders }: Walk, ddl: (sql: string, start: number) => void): void {
  const declared = node as { t?: Pattern; i?: Expr }
  if (declared.t?.k === 'bind' && declared.i) holders.set(declared.i, declared.t.b)
  if (seen.has(node)) return
  seen.add(node)
  const kind = node['k']
  if (kind === 'call') {
    const call = node as unknown as CallExpr
    for (const part of inner(call)) seen.add(part)
    readCall(at, call, holders.get(node))
  } else if (kind === 'new') readNew(at, node as unknown as NewExpr, holders.get(node))
  else if (kind === 'lit' || kind === 'tpl') {
    const sql = text(node as unknown as Expr) ?? tagged(node as unknown as Expr)
    if (sql !== undefined && definition.test(sql)) ddl(sql, Number(node['p']) + 1)
  }
}
