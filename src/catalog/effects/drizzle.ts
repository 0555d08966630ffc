import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, transaction, yields } from './build.js'

const drivers = ['node-postgres', 'postgres-js', 'pg-proxy', 'pglite', 'neon-http', 'neon-serverless', 'vercel-postgres', 'aws-data-api/pg', 'xata-http', 'mysql2', 'mysql-proxy',
  'planetscale-serverless', 'tidb-serverless', 'singlestore', 'better-sqlite3', 'bun-sqlite', 'bun-sql', 'libsql', 'libsql/web', 'libsql/http', 'libsql/node', 'd1', 'sqlite-proxy',
  'sql-js', 'expo-sqlite', 'op-sqlite', 'durable-sqlite', 'prisma/pg', 'prisma/mysql', 'prisma/sqlite', 'gel', 'node-mssql']
const database = 'drizzle-orm#Database.new'
const types = [
  ...instances(['drizzle-orm/pg-core', 'drizzle-orm'], 'PgDatabase PgTransaction PgAsyncDatabase'), ...instances('drizzle-orm/mysql-core', 'MySqlDatabase MySqlTransaction'),
  ...instances('drizzle-orm/sqlite-core', 'BaseSQLiteDatabase SQLiteTransaction'), ...instances('drizzle-orm/singlestore-core', 'SingleStoreDatabase SingleStoreTransaction'),
  ...drivers.flatMap(driver => instances(`drizzle-orm/${driver}`, typeNames(driver))),
]
const databases = [database, ...types]

function typeNames(driver: string): string {
  const names: Record<string, string> = {
    'node-postgres': 'NodePgDatabase NodePgTransaction', 'postgres-js': 'PostgresJsDatabase PostgresJsTransaction', 'neon-http': 'NeonHttpDatabase', 'neon-serverless': 'NeonDatabase',
    'vercel-postgres': 'VercelPgDatabase', mysql2: 'MySql2Database MySql2Transaction', 'planetscale-serverless': 'PlanetScaleDatabase', 'better-sqlite3': 'BetterSQLite3Database',
    'bun-sqlite': 'BunSQLiteDatabase', 'bun-sql': 'BunSQLDatabase', libsql: 'LibSQLDatabase LibSQLTransaction', d1: 'DrizzleD1Database', pglite: 'PgliteDatabase',
    'durable-sqlite': 'DrizzleSqliteDODatabase',
  }
  return names[driver] ?? 'Database'
}

/** Drizzle: `db.insert(table).values(row)`, so the table and the row stand in two calls of one chain. */
export const rows: CatalogRow[] = [
  client(databases, 'pool'),
  yields([...drivers.map(driver => `drizzle-orm/${driver}#drizzle`), 'drizzle-orm#drizzle'], database),
  property(['hub:db#db', '@nuxthub/db#db'], database),
  yields(exported(drivers.map(driver => `drizzle-orm/${driver}`), 'withReplicas'), 'arg:0'),
  effect(members(databases, 'insert'), 'insert', 'drizzle', {
    model: '0', lazy: true, chain: { data: ['values:0', 'select:0'] },
    clearedBy: [{ call: 'onConflictDoNothing', target: '0.target' }, { call: 'onConflictDoUpdate', target: '0.target', sets: '0.set' }, { call: 'onDuplicateKeyUpdate', sets: '0.set' }, { call: 'ignore' }],
    fix: 'add `.onConflictDoNothing({ target: <unique column> })` (MySQL: `.onDuplicateKeyUpdate`)',
  }),
  effect(members(databases, 'update'), 'update', 'drizzle', { model: '0', lazy: true, chain: { data: ['set:0'], where: ['where:0'] }, fix: 'put the expected state or version into `.where(…)` and check the returned rows' }),
  effect(members(databases, 'delete'), 'delete', 'drizzle', { model: '0', lazy: true, chain: { where: ['where:0'] } }),
  effect(members(databases, 'execute run'), 'sql', 'drizzle', { sql: '0' }),
  yields(members(databases, '$with with'), 'this'),
  transaction(members(databases, 'transaction'), '0', [database]),
]
