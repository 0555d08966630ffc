import type { CatalogRow } from '../../model/catalog.js'
import { instances, sessionStore, store } from './make.js'

/** Session stores: what a `store` option holds, and where that keeps its data. */
export const storeRows: CatalogRow[] = [...memoryStores(), ...localStores(), ...redisStores(), ...sqlStores(), ...documentStores(), ...cloudStores()]

function memoryStores(): CatalogRow[] {
  return [
    store([...instances(['express-session', '@fastify/session', 'fastify-session', '@mgcrea/fastify-session', 'next-session', 'koa-generic-session',
      'koa-session-minimal', 'hono-sessions', 'svelte-kit-sessions', 'oak_sessions', 'koa-session2'], 'MemoryStore'),
    'express#session.MemoryStore.new', 'connect#session.MemoryStore.new', 'express-session/session/memory#default.new', 'next-session/lib/memory-store#default.new', 'koa-generic-session/lib/memory_store#default.new',
    'koa-session2#Store.new', 'svelte-kit-sessions/memory#default.new'], 'memory'),
    store(sessionStore('memorystore'), 'memory', 'memorystore'),
    store([...sessionStore('session-memory-store'), ...sessionStore('cluster-store'), ...sessionStore('lru-cache-session-store'), ...sessionStore('express-session-lru')],
      'memory'),
    store(sessionStore('express-session-cache-manager'), 'memory', 'cache-manager', '0'),
    store(['express-session#Store.new'], 'external', 'custom'),
  ]
}

function localStores(): CatalogRow[] {
  return [
    store([...sessionStore('session-file-store'), ...sessionStore('lowdb-session-store'), ...sessionStore('connect-loki'), ...sessionStore('connect-nedb-session'),
      ...sessionStore('nedb-session-store'), ...sessionStore('express-nedb-session'), ...sessionStore('connect-nedb'), ...sessionStore('koa-session-local'),
      ...sessionStore('level-session-store'), ...sessionStore('express-session-level'), ...sessionStore('session-json-store'), ...sessionStore('connect-fs2')], 'file'),
    store([...sessionStore('connect-sqlite3'), ...sessionStore('better-sqlite3-session-store'), ...sessionStore('express-session-better-sqlite3'),
      ...sessionStore('express-session-sqlite', 'SqliteStore'), ...sessionStore('connect-sqlite'), ...sessionStore('session-sqlite-store'),
      'hono-sessions/bun-sqlite-store#BunSqliteStore.new', 'hono-sessions/bun-sqlite-store#default.new'], 'embedded', 'sqlite'),
    store(sessionStore('connect-lmdb'), 'embedded', 'lmdb'),
    store(sessionStore('connect-duckdb'), 'embedded', 'duckdb'),
    store(sessionStore('connect-pouchdb'), 'embedded', 'pouchdb', '0'),
  ]
}

function redisStores(): CatalogRow[] {
  return [
    store(sessionStore('connect-redis', 'RedisStore'), 'external', 'redis'),
    store([...sessionStore('connect-valkey', 'ValkeyStore'), ...sessionStore('connect-redis-stack'), ...sessionStore('connect-redis-sentinel'),
      ...sessionStore('connect-redis-crypto'),
      ...sessionStore('connect-ioredis'), ...sessionStore('tch-redis-session'), ...sessionStore('redis-session-store'), ...sessionStore('connect-upstash-redis',
        'UpstashStore'),
      ...sessionStore('connect-redis-v7'), ...sessionStore('@sailshq/connect-redis'), ...sessionStore('connect-dragonfly')], 'external', 'redis'),
    store(['koa-redis#default()', ...sessionStore('koa-session-redis-store'), ...sessionStore('koa-session-redis'), 'koa-session-ioredis#default()',
      ...sessionStore('@koa/session-redis')], 'external', 'redis'),
    store([...sessionStore('@mgcrea/fastify-session-redis-store', 'RedisStore'), ...sessionStore('svelte-kit-connect-redis'),
      ...sessionStore('svelte-kit-connect-upstash-redis'),
      ...sessionStore('hono-sessions-redis'), 'hono-sessions#RedisStore.new', 'hono-sessions#UpstashStore.new'], 'external', 'redis'),
    store([...sessionStore('connect-memcached', 'MemcachedStore'), ...sessionStore('connect-memjs'), ...sessionStore('connect-ml'), ...sessionStore('koa-memcached')],
      'external', 'memcached'),
    store([...sessionStore('connect-hazelcast'), ...sessionStore('hazelcast-store'), ...sessionStore('connect-aerospike'), ...sessionStore('aerospike-session-store'),
      ...sessionStore('express-etcd')], 'external', 'kv'),
    store(['better-auth/adapters/memory#memoryAdapter()', 'better-auth/adapters/memory-adapter#memoryAdapter()', '@better-auth/memory-adapter#memoryAdapter()'], 'memory'),
    store(['hono-sessions#CookieStore.new', 'oak_sessions#CookieStore.new', '@adonisjs/session#stores.cookie()'], 'external', 'cookie'),
  ]
}

function sqlStores(): CatalogRow[] {
  return [
    store([...sessionStore('connect-pg-simple'), ...sessionStore('connect-postgresql'), ...sessionStore('express-pg-session'), ...sessionStore('koa-pg-session'),
      ...sessionStore('connect-pg'), ...sessionStore('connect-cockroachdb'), ...sessionStore('express-postgres-session')], 'external', 'postgres'),
    store([...sessionStore('express-mysql-session'), ...sessionStore('connect-mysql'), ...sessionStore('koa-mysql-session'), ...sessionStore('connect-mysql2'),
      ...sessionStore('connect-mariadb'), ...sessionStore('koa-generic-session-mysql')], 'external', 'mysql'),
    store([...sessionStore('connect-mssql'), ...sessionStore('connect-mssql-v2'), ...sessionStore('connect-tedious'), ...sessionStore('mssql-session-store')], 'external',
      'mssql'),
    store([...sessionStore('express-oracle-session'), ...sessionStore('connect-db2'), ...sessionStore('connect-oracle')], 'external', 'sql'),
    { path: sessionStore('connect-session-knex', 'ConnectSessionKnexStore', 'KnexSessionStore'), store: { kind: 'external', backend: 'knex', client: '0.knex', alone: 'embedded' } },
    store([...sessionStore('connect-session-sequelize', 'SequelizeStore'), ...sessionStore('express-session-sequelize')], 'external', 'sequelize', '0.db'),
    store([...sessionStore('koa-session-sequelize'), ...sessionStore('koa-generic-session-sequelize')], 'external', 'sequelize', '0'),
    store([...instances(['connect-typeorm', 'typeorm-store', 'connect-typeorm/out'], 'TypeormStore'), ...sessionStore('connect-typeorm'),
      ...sessionStore('typeorm-store')], 'external', 'typeorm'),
    { path: 'connect-typeorm#TypeormStore.new.connect()', returns: 'this' },
    store([...sessionStore('@quixo3/prisma-session-store', 'PrismaSessionStore'), ...sessionStore('prisma-session-store', 'PrismaSessionStore'),
      ...sessionStore('@mgcrea/fastify-session-prisma-store', 'PrismaStore')], 'external', 'prisma', '0'),
    store([...sessionStore('connect-drizzle', 'DrizzleStore'), ...sessionStore('drizzle-session-store')], 'external', 'drizzle', '0'),
    store(['kysely-session-store#default.new', 'kysely-session-store#KyselyStore.new'], 'external', 'kysely', '0'),
    store([...sessionStore('connect-mikro-orm'), ...sessionStore('mikro-orm-session-store')], 'external', 'mikro-orm', '0'),
  ]
}

function documentStores(): CatalogRow[] {
  return [
    store([...sessionStore('connect-mongo', 'MongoStore'), 'connect-mongo#create()', 'connect-mongo#MongoStore.create()', 'connect-mongo/es5#default().new',
      ...sessionStore('connect-mongodb-session'), ...sessionStore('connect-mongostore'), ...sessionStore('connect-mongoose-session'), ...sessionStore('mongoose-session'),
      ...sessionStore('connect-mongoose-only'), ...sessionStore('connect-mongodb'), ...sessionStore('session-mongoose'), ...sessionStore('express-mongoose-store'),
      'koa-session-mongo#create()', ...sessionStore('koa-session-mongo'), ...sessionStore('koa-session-mongoose'), ...sessionStore('koa-generic-session-mongo'),
      ...sessionStore('@mgcrea/fastify-session-mongo-store'), ...sessionStore('connect-documentdb')], 'external', 'mongodb'),
    store([...sessionStore('connect-couchbase'), ...sessionStore('connect-ottoman'), ...sessionStore('connect-couchdb'), ...sessionStore('connect-cloudant-store'),
      ...sessionStore('session-rethinkdb'), ...sessionStore('express-session-rethinkdb'), ...sessionStore('connect-neo4j'), ...sessionStore('connect-arango'),
      ...sessionStore('connect-cassandra-cql'), ...sessionStore('cassandra-store'), ...sessionStore('connect-surreal'), ...sessionStore('connect-fauna')], 'external',
        'document'),
  ]
}

function cloudStores(): CatalogRow[] {
  return [
    store([...sessionStore('connect-dynamodb'), ...sessionStore('dynamodb-store'), ...sessionStore('dynamodb-store-v3'), ...sessionStore('connect-dynamodb-v3',
      'DynamoDBStore'),
      ...sessionStore('@pagopa/express-session-dynamodb'), ...sessionStore('@ws-ruff/connect-dynamodb')], 'external', 'dynamodb'),
    store([...sessionStore('@google-cloud/connect-firestore', 'FirestoreStore'), ...sessionStore('firestore-store'), ...sessionStore('connect-session-firestore'),
      ...sessionStore('connect-session-firebase'), ...sessionStore('@google-cloud/connect-datastore', 'DatastoreStore')], 'external', 'firestore'),
    store([...sessionStore('connect-azuretables'), ...sessionStore('connect-azurecosmosdb'), ...sessionStore('@azure/cosmos-session', 'CosmosStore'),
      ...sessionStore('connect-cosmosdb')], 'external', 'azure'),
    store([...instances('hono-sessions', 'KVStore', 'DenoKvStore', 'D1Store', 'CloudflareD1Store', 'CloudflareKVStore'),
      ...sessionStore('svelte-kit-connect-cloudflare-kv')], 'external', 'kv'),
    store([...sessionStore('connect-supabase'), ...sessionStore('supabase-session-store')], 'external', 'supabase'),
  ]
}
