import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, runs, transaction, yields } from './build.js'

const fix = 'add `ON CONFLICT (<unique column>) DO NOTHING` (MySQL: `INSERT IGNORE` or `ON DUPLICATE KEY UPDATE`)'
const pgModules = ['pg', '@neondatabase/serverless', '@vercel/postgres', 'pg-native', '@types/pg']
const pg = [...instances(pgModules, 'Pool Client PoolClient ClientBase'), '@fastify/postgres#PostgresDb.new']
const pgExtra = instances('pg-extra', 'extend().extra.Pool extend().extra.Client')
const mysqlModules = ['mysql', 'mysql2', 'mysql2/promise', 'mariadb', 'promise-mysql', 'serverless-mysql']
const mysql = instances(mysqlModules, 'Pool PoolConnection Connection')
const sqliteSync = ['better-sqlite3#default.new', 'better-sqlite3#Database.new', 'better-sqlite3#Database.Database.new', 'bun:sqlite#Database.new', 'node:sqlite#DatabaseSync.new', 'libsql#default.new', 'better-sqlite3-multiple-ciphers#default.new']
const sqlite = ['sqlite3#Database.new', 'sqlite#Database.new']
const postgres = 'postgres#Sql.new'
const mssql = instances('mssql', 'ConnectionPool Request Transaction PreparedStatement')
const tags = [...exported(['@vercel/postgres'], 'sql'), 'slonik#sql', 'bun#sql', 'bun#SQL.new', '@databases/sql#default', ...members('encore.dev/storage/sqldb#SQLDatabase.new', 'exec query queryRow queryAll')]

function raw(path: string[], by: string, parts: { data?: string; lazy?: true | 'where-run' } = { data: '1' }): CatalogRow {
  return effect(path, 'sql', by, { sql: '0', fix, ...parts })
}

const postgresql = [
  client(pg, 'pool'),
  raw(members(pg, 'query'), 'pg'),
  { path: members(pg, 'connect'), returns: 'pg#PoolClient.new', run: [{ fn: 'last', when: 'now', params: ['', 'pg#PoolClient.new', ''] }] } satisfies CatalogRow,
  property(exported('pg', 'native.Pool'), 'pg#Pool'),
  client(pgExtra, 'pool'),
  raw(members(pgExtra, 'query one many'), 'pg', {}),
  transaction(members(pgExtra, 'withTransaction'), '0', pgExtra.slice(1)),
  yields(['pg-promise#default'], 'pg-promise#Main.new'),
  yields(['pg-promise#Main.new()'], 'pg-promise#Database.new'),
  client(instances('pg-promise', 'Database IDatabase'), 'pool'),
  raw(members(instances('pg-promise', 'Database IDatabase ITask'), 'none one oneOrNone many manyOrNone any result query multi func proc each map stream'), 'pg-promise'),
  transaction(members(instances('pg-promise', 'Database IDatabase ITask'), 'tx txIf'), 'last', ['pg-promise#Database.new']),
  runs(members(instances('pg-promise', 'Database IDatabase ITask'), 'task taskIf'), 'last', { params: ['pg-promise#Database.new'] }),
]

const tagged = [
  yields(['postgres#default'], postgres),
  client([postgres, ...instances('slonik', 'DatabasePool')], 'pool'),
  // The instance itself is the tag: sql`INSERT …`.
  effect([postgres, ...instances('postgres', 'TransactionSql ReservedSql')], 'sql', 'postgres', { sql: '0', lazy: true, fix }),
  raw(members(postgres, 'unsafe file'), 'postgres'),
  transaction(members([postgres, ...instances('postgres', 'TransactionSql')], 'begin savepoint'), 'last', [postgres]),
  yields(members(postgres, 'reserve'), postgres),
  yields(['@neondatabase/serverless#neon'], '@neondatabase/serverless#NeonQueryFunction.new'),
  effect(['@neondatabase/serverless#NeonQueryFunction.new'], 'sql', 'neon', { sql: '0', lazy: true, fix }),
  raw(members('@neondatabase/serverless#NeonQueryFunction.new', 'query'), 'neon'),
  effect(tags, 'sql', 'sql tag', { sql: '0', lazy: true, fix }),
  yields(['slonik#createPool'], 'slonik#DatabasePool.new'),
  raw(members(instances('slonik', 'DatabasePool CommonQueryMethods DatabaseTransactionConnection DatabasePoolConnection'), 'query any one many maybeOne maybeOneFirst oneFirst manyFirst anyFirst exists'), 'slonik', {}),
  transaction(members(instances('slonik', 'DatabasePool DatabasePoolConnection'), 'transaction'), '0', ['slonik#DatabasePool.new'], true),
  runs(members(instances('slonik', 'DatabasePool'), 'connect'), '0', { params: ['slonik#DatabasePool.new'] }),
]

const mysqls = [
  client(mysql, 'pool'),
  yields(exported(mysqlModules, 'createPool'), 'mysql2#Pool.new'),
  yields(exported(mysqlModules, 'createConnection createPoolPromise'), 'mysql2#Connection.new'),
  yields(exported('mysql', 'createPoolCluster'), 'mysql2#Pool.new'),
  yields(members(mysql, 'getConnection'), 'mysql2#PoolConnection.new'),
  yields(members(mysql, 'promise'), 'this'),
  raw(members(mysql, 'query execute batch'), 'mysql'),
  runs(members(mysql, 'getConnection'), 'last', { params: ['', 'mysql2#PoolConnection.new'] }),
  yields(['serverless-mysql#default'], 'mysql2#Pool.new'),
  client(instances('@planetscale/database', 'Client Connection'), 'pool'),
  yields(exported('@planetscale/database', 'connect'), '@planetscale/database#Connection.new'),
  raw(members(instances('@planetscale/database', 'Client Connection Transaction'), 'execute'), 'planetscale'),
  transaction(members(instances('@planetscale/database', 'Client Connection'), 'transaction'), '0', ['@planetscale/database#Connection.new']),
]

const statement = 'better-sqlite3#Statement.new'
const sqlites = [
  client([...sqliteSync, ...sqlite], 'pool'),
  yields(exported('better-sqlite3', 'default'), 'better-sqlite3#default.new'),
  // A statement runs later, often far from here; the text decides what it does.
  raw(members(sqliteSync, 'prepare'), 'sqlite', { lazy: 'where-run' }),
  yields(members(sqliteSync, 'prepare'), statement),
  client([statement], 'compiled'),
  yields(members(statement, 'pluck raw expand bind safeIntegers'), 'this'),
  // What was prepared when the program started says what it does where it is run.
  effect(members(statement, 'run get all iterate values'), 'sql', 'sqlite', { sql: 'made.0', ofStartup: true, fix }),
  raw(members(sqliteSync, 'exec query run'), 'sqlite', {}),
  { path: members(sqliteSync, 'transaction'), returns: 'arg:0', run: [{ fn: '0', when: 'later', result: 'value' }], guard: { kind: 'transaction' } } satisfies CatalogRow,
  yields(exported('sqlite', 'open'), 'sqlite#Database.new'),
  property(exported('sqlite3', 'verbose'), 'sqlite3#verbose'),
  yields(['sqlite3#cached.Database'], 'sqlite3#Database.new'),
  raw(members([...sqlite, 'sqlite3#verbose().Database.new'], 'run exec'), 'sqlite'),
  raw(members([...sqlite, 'sqlite3#verbose().Database.new'], 'prepare'), 'sqlite', { lazy: true }),
  runs(members([...sqlite, 'sqlite3#verbose().Database.new'], 'serialize parallelize'), '0'),
  client(instances('@libsql/client', 'Client Transaction'), 'pool'),
  yields(exported(['@libsql/client', '@libsql/client/web', '@libsql/client/http', '@libsql/client/node', '@libsql/client/sqlite3'], 'createClient'), '@libsql/client#Client.new'),
  raw(members(instances('@libsql/client', 'Client Transaction'), 'execute'), 'libsql'),
  effect(members(instances('@libsql/client', 'Client Transaction'), 'executeMultiple'), 'sql', 'libsql', { sql: '0', fix }),
  effect(members(instances('@libsql/client', 'Client Transaction'), 'batch migrate'), 'sql', 'libsql', { sql: '0[].sql~0[]', fix }),
  yields(members('@libsql/client#Client.new', 'transaction'), '@libsql/client#Transaction.new'),
  raw(members(instances('@cloudflare/workers-types', 'D1Database').concat('global#D1Database.new'), 'prepare'), 'd1', { lazy: true }),
  raw(members(instances('@cloudflare/workers-types', 'D1Database').concat('global#D1Database.new'), 'exec'), 'd1', {}),
  raw(members(['cloudflare#Env.new.*', 'cloudflare#EventContext.new.env.*', 'hono#Context.new.env.*'], 'prepare'), 'd1', { lazy: true }),
]

/** db0, and the database of Nitro that stands on it. */
const db0 = 'db0#Database.new'
const db0s = [
  yields(['db0#createDatabase', ...exported(['nitropack', 'nitropack/runtime', 'nitro/database', '#imports'], 'useDatabase')], db0),
  client([db0], 'pool'),
  raw(members(db0, 'prepare'), 'db0', { lazy: 'where-run' }),
  yields(members(db0, 'prepare'), 'db0#Statement.new'),
  yields(members('db0#Statement.new', 'bind'), 'this'),
  effect(members('db0#Statement.new', 'run get all'), 'sql', 'db0', { sql: 'made.0', ofStartup: true, fix }),
  raw(members(db0, 'sql exec'), 'db0', {}),
]

const others = [
  client(instances('mssql', 'ConnectionPool'), 'pool'),
  yields(exported('mssql', 'connect'), 'mssql#ConnectionPool.new'),
  yields(members(mssql, 'request input output'), 'mssql#Request.new'),
  yields(members('mssql#ConnectionPool.new', 'connect'), 'this'),
  yields(members('mssql#ConnectionPool.new', 'transaction'), 'mssql#Transaction.new'),
  raw([...members(mssql, 'query batch'), 'mssql#query'], 'mssql', {}),
  yields(exported('oracledb', 'getConnection createPool'), 'oracledb#Connection.new'),
  yields(members(instances('oracledb', 'Connection Pool'), 'getConnection'), 'oracledb#Connection.new'),
  client(instances('oracledb', 'Connection Pool'), 'pool'),
  raw(members(instances('oracledb', 'Connection'), 'execute executeMany'), 'oracledb'),
  client([...instances('cassandra-driver', 'Client'), ...instances('@clickhouse/client', 'ClickHouseClient')], 'pool'),
  raw(members('cassandra-driver#Client.new', 'execute'), 'cassandra'),
  effect(members('cassandra-driver#Client.new', 'batch'), 'sql', 'cassandra', { sql: '0[].query~0[]', fix: 'add `IF NOT EXISTS`' }),
  yields(exported('@clickhouse/client', 'createClient'), '@clickhouse/client#ClickHouseClient.new'),
  effect(members('@clickhouse/client#ClickHouseClient.new', 'insert'), 'insert', 'clickhouse', { model: '0.table', data: '0.values', key: ['0.clickhouse_settings.insert_deduplication_token'] }),
  effect(members('@clickhouse/client#ClickHouseClient.new', 'command exec query'), 'sql', 'clickhouse', { sql: '0.query', data: '0.query_params' }),
]

/** Drivers that take SQL text; `src/effects/sql.ts` reads what the text does. */
export const rows: CatalogRow[] = [...postgresql, ...tagged, ...mysqls, ...sqlites, ...db0s, ...others]
