import type { CatalogRow, ContainerModel, InfraModel } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

const WRITES = ['set', 'put', 'mset', 'setex', 'add', 'store', 'update', 'replace', 'incr', 'decr', 'setItem']
const FILLS = ['wrap', 'getOrSet', 'getOrSetForever']
const READS = ['get', 'mget', 'getItem', 'peek', 'getEntry', 'fetch', 'take']
const DROPS = ['del', 'delete', 'remove', 'expire', 'mdel', 'unset', 'removeItem', 'deleteMany', 'invalidate']
const CLEARS = ['clear', 'flush', 'flushAll', 'reset', 'flushall', 'prune']

/** Rows of a cache: the container and the members that change or read it. */
function cache(paths: string[], container: Omit<ContainerModel, 'kind'>, more: Partial<CatalogRow> = {}): CatalogRow[] {
  const members = (names: string[]): string[] => paths.flatMap(path => names.map(name => `${path}.${name}`))
  return [
    { path: paths, container: { kind: 'cache', ...container }, ...more },
    { path: members(WRITES), access: { op: 'write', key: '0', value: '1' } },
    { path: members(FILLS), access: { op: 'write', key: '0', value: '1', reads: true }, run: [{ fn: '1', when: 'now', result: 'value' }] },
    { path: members(READS), access: { op: 'read', key: '0' } },
    { path: members(DROPS), access: { op: 'delete', key: '0' } },
    { path: members(CLEARS), access: { op: 'clear' } },
    { path: members(['has', 'exists']), access: { op: 'has', key: '0' } },
    { path: members(['keys', 'values', 'entries', 'forEach', 'iterator']), access: { op: 'iterate' } },
  ]
}

function simple(): CatalogRow[] {
  const nodeCache = instances(['node-cache', '@cacheable/node-cache'], 'default', 'NodeCache', 'NodeCacheStore')
  const memoryCache = ['memory-cache', 'memored']
  return [
    ...cache(nodeCache, { bounded: ['0.maxKeys'], ttl: ['0.stdTTL'] }),
    ...cache(instances('memory-cache', 'Cache'), { ttl: ['2'] }),
    { path: memoryCache.flatMap(module => [`${module}#put`, `${module}#store`]), access: { op: 'write', key: '0', value: '1' }, container: { kind: 'cache',
      ttl: ['2'] } },
    { path: memoryCache.flatMap(module => [`${module}#get`, `${module}#read`]), access: { op: 'read', key: '0' } },
    { path: memoryCache.flatMap(module => [`${module}#del`, `${module}#remove`]), access: { op: 'delete', key: '0' } },
    { path: memoryCache.flatMap(module => [`${module}#clear`, `${module}#clean`]), access: { op: 'clear' } },
    { path: memoryCache.flatMap(module => [`${module}#keys`, `${module}#size`]), access: { op: 'iterate' } },
    ...cache([...instances(['cacheable', '@cacheable/memory', 'cacheable-memory'], 'CacheableMemory', 'KeyvCacheableMemory'), ...instances('catbox-memory', 'Engine',
      'default'), ...instances('@hapi/catbox-memory', 'Engine'), ...instances('simple-lru-cache', 'default'),
      ...instances('js-cache', 'default'), ...instances('cache-base', 'default'), ...instances('local-storage-cache', 'default'), ...instances('stale-lru-cache',
        'default'), ...instances('fastimer-cache', 'default')], {}),
    ...cache([...instances('cacheable', 'Cacheable')], { bounded: ['0.secondary'] }),
    ...cache([...calls(['flat-cache', 'file-entry-cache'], 'create', 'createFromFile', 'load'), ...instances('flat-cache', 'FlatCache')], {}),
  ]
}

const nitroStorage = calls(['nitropack', 'nitropack/runtime', '#imports', 'nitro/storage'], 'useStorage')

/** What unstorage's storages and drivers can do. */
function members(paths: string[]): CatalogRow[] {
  const of = (...names: string[]): string[] => paths.flatMap(path => names.map(name => `${path}.${name}`))
  return [
    { path: of('setItem', 'set', 'setItemRaw'), access: { op: 'write', key: '0', value: '1' } },
    { path: of('getItem', 'get', 'getItemRaw'), access: { op: 'read', key: '0' } },
    { path: of('hasItem', 'has'), access: { op: 'has', key: '0' } },
    { path: of('getKeys', 'keys'), access: { op: 'iterate' } },
    { path: of('removeItem', 'del', 'remove'), access: { op: 'delete', key: '0' } },
    { path: of('clear'), access: { op: 'clear' } },
  ]
}

function storage(paths: string[], infra: InfraModel): CatalogRow[] {
  return [{ path: paths, container: { kind: 'cache' }, infra }, ...members(paths)]
}

function managers(): CatalogRow[] {
  const fix = 'give it a store that is shared, for example `stores: [new KeyvRedis(url)]`'
  return [
    ...cache(calls('cache-manager', 'createCache', 'memoryStore', 'createMemoryCache', 'memoryCache'), { ttl: ['0.ttl'] },
      { infra: { kind: 'cache', name: 'cache-manager', external: ['0.stores'], fix } }),
    // A store among the options, since version 5 in their place; version 6 has `createCache` instead.
    ...cache(calls('cache-manager', 'caching', 'multiCaching'), { ttl: ['0.ttl', '1.ttl'] },
      { infra: { kind: 'cache', name: 'cache-manager', external: ['0.store', '0'], driver: { arg: '0.store~0', memory: ['memory'] }, fix }, knownIn: { '0.store': '<5', '0': '>=5' } }),
    // Up to version 4 it loads an adapter by the address; since then an address says nothing, and a store may stand in its place.
    ...cache([...instances('keyv', 'default', 'Keyv')], { ttl: ['0.ttl', '1.ttl'] },
      { infra: { kind: 'cache', name: 'keyv', external: ['0.store', '0'], driver: { arg: '0.uri~0', external: ['redis://*', 'rediss://*', 'mongodb://*',
        'mongodb+srv://*', 'postgresql://*', 'postgres://*', 'mysql://*', 'etcd://*'] }, fix: 'pass a store: `new Keyv(new KeyvRedis(url))`' }, knownIn: { '0.uri~0': '<5', '0': '>=5' } }),
    ...storage(calls('unstorage', 'createStorage'), { kind: 'cache', name: 'unstorage', external: ['0.driver'], clearedBy: ['unstorage#createStorage().mount'],
      fix: 'pass a `driver` of a shared store (redis, http, s3)' }),
    { path: [...nitroStorage, 'unstorage#createStorage()'].map(path => `${path}.mount`), entry: { kind: 'hook', path: '0', handlers: ['1{}'] } },
    { path: 'unstorage#createStorage()', entry: { kind: 'hook', handlers: ['0.driver{}'] } },
    { path: 'unstorage#defineDriver()', returns: 'arg:0', run: [{ fn: '0', when: 'never' }] },
    ...members(['unstorage/drivers/memory#default()', 'unstorage/drivers/lru-cache#default()']),
    { path: ['unstorage/drivers/memory#default()', 'unstorage/drivers/lru-cache#default()'], store: { kind: 'memory', backend: 'unstorage' }, container: { kind: 'cache' } },
    { path: ['unstorage/drivers/fs#default()', 'unstorage/drivers/fs-lite#default()', 'unstorage/drivers/deno-kv-node#default()'], store: { kind: 'file',
      backend: 'unstorage' } },
    { path: ['redis', 'upstash', 'mongodb', 'http', 's3', 'vercel-kv', 'vercel-blob', 'netlify-blobs', 'cloudflare-kv-binding', 'cloudflare-kv-http',
      'cloudflare-r2-binding', 'azure-storage-blob', 'azure-cosmos', 'planetscale', 'db0'].map(name => `unstorage/drivers/${name}#default()`), store: { kind: 'external',
      backend: 'unstorage' } },
    { path: ['bentocache#BentoCache.new'], infra: { kind: 'cache', name: 'bentocache', acceptable: true,
      fix: 'add `useL2Layer(redisDriver())` and `useBus(redisBusDriver())`' } },
    { path: ['bentocache/drivers/memory#memoryDriver()', '@adonisjs/cache#drivers.memory()'], store: { kind: 'memory', backend: 'bentocache' } },
    { path: ['bentocache/drivers/redis#redisDriver()', 'bentocache/drivers/redis#redisBusDriver()', '@adonisjs/cache#drivers.redis()',
      '@adonisjs/cache#drivers.database()'], store: { kind: 'external', backend: 'redis' } },
    { path: ['bentocache/drivers/file#fileDriver()', '@adonisjs/cache#drivers.file()'], store: { kind: 'file', backend: 'bentocache' } },
    { path: ['@hapi/catbox#Client.new', 'catbox#Client.new'], infra: { kind: 'cache', name: 'catbox', external: ['0'], acceptable: true, fix: 'use catbox-redis' } },
    { path: ['@hapi/catbox#Policy.new', 'catbox#Policy.new'], infra: { kind: 'cache', name: 'catbox', external: ['1'], fix: 'give it an engine that is shared (@hapi/catbox-redis)' } },
    { path: ['@epic-web/cachified#lruCacheAdapter()', 'cachified#lruCacheAdapter()'], store: { kind: 'memory', backend: 'lru-cache' } },
    { path: ['@epic-web/cachified#redisCacheAdapter()', 'cachified#redisCacheAdapter()', 'cachified-redis-adapter#redisCacheAdapter()'], store: { kind: 'external',
      backend: 'redis' } },
    { path: ['async-cache-dedupe#createCache()', 'async-cache-dedupe#Cache.new'], infra: { kind: 'cache', name: 'async-cache-dedupe', driver: { arg: '0.storage.type',
      external: ['redis'], memory: ['memory'], absent: 'memory' }, fix: "set `storage: { type: 'redis' }`" } },
    { path: ['stale-while-revalidate-cache#createStaleWhileRevalidateCache()'], infra: { kind: 'cache', name: 'stale-while-revalidate-cache', external: ['0.storage'],
      fix: 'pass a `storage` that is shared' } },
  ]
}

function frameworks(): CatalogRow[] {
  /** What asks for the cache: handlers that are answered from it, and whoever has it injected. */
  const asking = ['@nestjs/cache-manager', '@nestjs/common'].flatMap(module => ['CacheInterceptor', 'CACHE_MANAGER', 'Cache'].map(name => `${module}#${name}`)).concat('cache-manager#Cache', 'cache-manager#default')
  const nest = ['register', 'registerAsync'].flatMap(name => ['@nestjs/cache-manager', '@nestjs/common'].map(module => `${module}#CacheModule.${name}`))
  return [
    // `store` until version 2, `stores` since 3: the other one is passed over.
    { path: '@nestjs/cache-manager#CacheModule.register()', infra: { kind: 'cache', name: '@nestjs/cache-manager', external: ['0.stores', '0.store'], mentions: asking,
      fix: 'pass `stores: [new KeyvRedis(url)]`' }, knownIn: { '0.store': '<3', '0.stores': '>=3' } },
    { path: '@nestjs/cache-manager#CacheModule.registerAsync()', infra: { kind: 'cache', name: '@nestjs/cache-manager', mentions: asking,
      external: ['0.useFactory().stores', '0.useFactory().store', '0.useClass', '0.useExisting'], fix: 'return `stores: [new KeyvRedis(url)]`' },
      knownIn: { '0.useFactory().store': '<3', '0.useFactory().stores': '>=3' } },
    { path: '@nestjs/common#CacheModule.register()', infra: { kind: 'cache', name: '@nestjs/common CacheModule', external: ['0.store'], mentions: asking,
      fix: 'pass `store: redisStore` of cache-manager-redis-store' }, version: '<10' },
    { path: '@nestjs/common#CacheModule.registerAsync()', infra: { kind: 'cache', name: '@nestjs/common CacheModule', mentions: asking,
      external: ['0.useFactory().store', '0.useClass', '0.useExisting'], fix: 'return `store: redisStore` of cache-manager-redis-store' }, version: '<10' },
    ...cache(['@nestjs/cache-manager#Cache.new', 'cache-manager#Cache.new'], {}, { infra: { kind: 'cache', name: '@nestjs/cache-manager', as: nest, fix: 'pass `stores: [new KeyvRedis(url)]`' } }),
    { path: registered(['@fastify/caching', 'fastify-caching'], 'fastifyCaching'), infra: { kind: 'cache', name: '@fastify/caching', external: ['0.cache'], acceptable: true,
      fix: 'pass a `cache` of abstract-cache-redis' } },
    // What `config/config.default` and `config.prod` of Midway say.
    { path: 'midway#config()', infra: { kind: 'cache', name: '@midwayjs/cache-manager', driver: { arg: '1.cacheManager.clients.default.store~0.cacheManager.clients.default.store', memory: ['memory'], absent: 'external' },
      fix: 'set `store: createRedisStore("default")` under `cacheManager.clients`' } },
    { path: registered('mercurius-cache'), infra: { kind: 'cache', name: 'mercurius-cache', driver: { arg: '0.storage.type', external: ['redis'], memory: ['memory'],
      absent: 'memory' }, fix: "set `storage: { type: 'redis' }`" } },
    { path: ['moleculer#Cachers.Memory.new', 'moleculer#Cachers.MemoryLRU.new'], store: { kind: 'memory', backend: 'moleculer' } },
    { path: 'moleculer#Cachers.Redis.new', store: { kind: 'external', backend: 'redis' } },
    { path: ['moleculer#ServiceBroker.new', 'moleculer#config()'], infra: { kind: 'cache', name: 'moleculer cacher', driver: { arg: '0.cacher.type~0.cacher',
      memory: ['Memory', 'MemoryLRU', 'memory', 'memorylru', 'memory-lru', 'true'], external: ['Redis', 'redis', 'redis://*'], absent: 'external' }, fix: "use `cacher: 'Redis'`" } },
    { path: [...nitroStorage, 'unstorage#createStorage()'].map(path => `${path}.mount()`), infra: { kind: 'cache', name: 'a mount of unstorage', external: ['1'],
      fix: 'mount a driver of a shared store (redis, http, s3)' } },
    ...storage(nitroStorage, { kind: 'cache', name: 'nitro storage', uses: ['setItem', 'set', 'setItemRaw'], mount: '0',
      clearedBy: nitroStorage.map(path => `${path}.mount`), fix: 'mount a shared driver under `storage` in the Nitro config' }),
    { path: ['@neshca/cache-handler#CacheHandler.onCreation()', '@fortedigital/nextjs-cache-handler#CacheHandler.onCreation()'], evidence: { question: 'scaling',
      message: 'the cache of Next.js has a handler of its own' } },
    { path: ['@neshca/cache-handler/redis-strings#default()', '@neshca/cache-handler/redis-stack#default()'], store: { kind: 'external', backend: 'redis' } },
    { path: '@neshca/cache-handler/local-lru#default()', store: { kind: 'memory', backend: 'lru-cache' } },
  ]
}

function responses(): CatalogRow[] {
  return [
    { path: ['apicache#middleware()', 'apicache#options().middleware()', 'apicache#newInstance().middleware()', 'apicache-plus#default()'], infra: { kind: 'cache',
      name: 'apicache', external: ['2.redisClient', '0.redisClient'], externalCall: 'options', fix: 'set `apicache.options({ redisClient })`' } },
    { path: 'route-cache#cacheSeconds()', infra: { kind: 'cache', name: 'route-cache', external: [], externalCall: 'config', fix: 'set `routeCache.config({ cacheStore })` to its IoRedisStore' } },
    { path: ['express-cache-middleware#default.new', 'koa-cash#default()'], infra: { kind: 'cache', name: 'response cache',
      external: ['0.get', '0.cacheStore', '0'], fix: 'keep responses in Redis or at the edge' } },
    { path: ['@apollo/server#ApolloServer.new', 'apollo-server#ApolloServer.new', 'apollo-server-express#ApolloServer.new', 'apollo-server-koa#ApolloServer.new',
      'apollo-server-fastify#ApolloServer.new'], infra: { kind: 'cache', name: 'Apollo Server cache', external: ['0.cache'], acceptable: true,
      fix: 'pass `cache: new KeyvAdapter(new Keyv(redis))`' } },
    { path: ['@envelop/response-cache#useResponseCache()', '@graphql-yoga/plugin-response-cache#useResponseCache()'], infra: { kind: 'cache',
      name: 'GraphQL response cache', external: ['0.cache'], fix: 'pass `cache: createRedisCache({ redis })`' } },
    { path: ['@envelop/response-cache#createInMemoryCache()', '@graphql-yoga/plugin-response-cache#createInMemoryCache()',
      '@apollo/utils.keyvaluecache#InMemoryLRUCache.new'], store: { kind: 'memory', backend: 'lru-cache' } },
    { path: ['@envelop/response-cache-redis#createRedisCache()', '@envelop/response-cache-cloudflare-kv#createKvCache()', '@apollo/utils.keyvadapter#KeyvAdapter.new',
      'apollo-server-cache-redis#RedisCache.new', 'apollo-server-cache-memcached#MemcachedCache.new', 'apollo-server-cache-redis#BaseRedisCache.new'],
      store: { kind: 'external', backend: 'redis' } },
    { path: ['mikro-orm#MemoryCacheAdapter.new', '@mikro-orm/core#MemoryCacheAdapter.new'], store: { kind: 'memory', backend: 'mikro-orm' } },
    { path: ['sequelize-transparent-cache-variable#default.new', 'sequelize-transparent-cache-variable#default()'], store: { kind: 'memory', backend: 'variable' } },
    { path: ['sequelize-transparent-cache-ioredis#default.new', 'sequelize-transparent-cache-memcached#default.new', 'prisma-extension-redis#PrismaExtensionRedis()',
      '@prisma/extension-accelerate#withAccelerate()'], store: { kind: 'external', backend: 'redis' } },
    { path: '@medusajs/framework/utils#defineConfig()', infra: { kind: 'pubsub', name: 'Medusa event bus', driver: { arg: '0.modules[].resolve~0.modules{}.resolve', external: ['@medusajs/medusa/event-bus-redis',
      '@medusajs/event-bus-redis'], absent: 'memory' }, fix: 'add `{ resolve: "@medusajs/medusa/event-bus-redis", options: { redisUrl } }` to `modules`' },
      session: { name: 'Medusa', default: 'memory', store: ['0.projectConfig.redisUrl'], login: true } },
  ]
}

function cacheStores(): CatalogRow[] {
  return [
    store([...instances('@keyv/redis', 'default', 'KeyvRedis'), ...calls('@keyv/redis', 'createKeyv'), ...instances('@keyv/valkey', 'default', 'KeyvValkey'),
      ...calls('@keyv/valkey', 'createKeyv'), ...instances('@keyv/upstash', 'default'),
      ...calls(['cache-manager-redis-store', 'cache-manager-ioredis', 'cache-manager-redis-yet', 'cache-manager-ioredis-yet', 'cache-manager-redis'], 'redisStore',
        'default', 'create', 'redisInsStore', 'ioRedisStore'), 'cache-manager-redis-store#default', 'cache-manager-ioredis#default', 'abstract-cache-redis#default()',
        'catbox-redis#default.new', '@hapi/catbox-redis#Engine.new', '@hapi/catbox-redis#default.new'], 'external', 'redis'),
    store([...instances(['@keyv/memcache', '@hapi/catbox-memcached'], 'default', 'KeyvMemcache', 'Engine'), 'cache-manager-memcached-store#default'], 'external',
      'memcached'),
    store([...instances(['@keyv/mongo', '@keyv/postgres', '@keyv/mysql', '@keyv/etcd', '@keyv/dynamo', '@hapi/catbox-mongodb'], 'default', 'KeyvMongo', 'KeyvPostgres',
      'KeyvMysql', 'KeyvEtcd', 'KeyvDynamo', 'Engine'), 'cache-manager-mongodb#default'], 'external', 'database'),
    { ...store([...instances('@keyv/sqlite', 'default', 'KeyvSqlite')], 'embedded', 'sqlite'), embedded: { name: 'the SQLite of Keyv', location: '0.uri~0' } },
    store([...instances(['keyv-file', 'keyv-fs', 'cache-manager-fs-hash'], 'default', 'KeyvFile', 'DiskStore'), ...calls(['cache-manager-fs', 'cache-manager-fs-hash',
      'cache-manager-fs-binary'], 'create', 'default')], 'file'),
    store([...instances('keyv-lru', 'default', 'KeyvLru', 'KeyvLruManagedTtl')], 'memory', 'lru-cache'),
  ]
}

function memoisers(): CatalogRow[] {
  const fn = { memo: { fn: '0' } }
  return [
    { path: [...calls(['mem', 'lodash.memoize', 'lodash/memoize', 'lodash-es/memoize', 'memoize', 'es-toolkit/memoize'], 'default'), ...calls(['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/compat'], 'memoize')],
      memo: { fn: '0', key: '1', first: true } },
    { path: [...calls(['memoizee', 'moize', 'fast-memoize', '@formatjs/fast-memoize', 'nano-memoize',
      'micro-memoize', 'memoizerific', 'memoize-fs', 'memoize-state', 'proxy-memoize', 'memize', 'weak-memoize', 'memoizejs', 'async-memoize-one',
      'memoize-weak'], 'default'),
      ...calls('nano-memoize', 'nanomemoize'), ...calls('moize', 'moize'), ...calls('proxy-memoize', 'memoize'), ...calls('fast-memoize', 'memoize'), ...calls(['remeda', 'typescript-memoize'],
        'memoize'), ...calls('radash', 'memo'), ...calls('rambda',
        'memoize'), ...calls('memoize-utils', 'memoize')], ...fn },
    { path: ['ramda#memoizeWith()', 'ramda#memoizeWith()()'], memo: { fn: '1', key: '0' } },
    { path: ['p-memoize#pMemoizeDecorator', 'mem#memDecorator', 'typescript-memoize#Memoize', 'typescript-memoize#MemoizeExpiring', 'memoize-decorator#default',
      'lodash-decorators#Memoize', 'lodash-decorators#memoize', 'core-decorators#memoize', 'type-cacheable#Cacheable', '@type-cacheable/core#Cacheable',
      'utils-decorators#memoize', 'utils-decorators#memoizeAsync'], memo: { fn: 'this' } },
    { path: [...calls(['lodash', 'lodash-es', 'underscore', 'es-toolkit', 'es-toolkit/compat', 'ramda', 'remeda', 'rambda'], 'once'), ...calls(['lodash.once',
      'lodash/once', 'lodash-es/once', 'once', 'onetime', 'p-once', 'call-once', 'one-time'], 'default')], memo: { fn: '0', once: true } },
    { path: [...calls('memoize-one', 'default', 'memoizeOne'), ...calls(['reselect'], 'weakMapMemoize', 'lruMemoize', 'defaultMemoize')], ...fn },
    { path: ['lru-memoizer#default()', 'lru-memoizer#sync()'], memo: { fn: '0.load', key: '0.hash' } },
    { path: ['next/cache#unstable_cache()'], memo: { fn: '0' } },
    { path: ['nitropack#defineCachedFunction()', 'nitropack#cachedFunction()', 'nitropack/runtime#defineCachedFunction()', '#imports#defineCachedFunction()',
      'nitropack#defineCachedEventHandler()', 'nitropack#cachedEventHandler()', 'nitropack/runtime#defineCachedEventHandler()', 'nitropack/runtime#cachedEventHandler()'],
      memo: { fn: '0', key: '1.getKey', mount: 'cache', group: '1.group' } },
    { path: ['@epic-web/cachified#cachified()', 'cachified#cachified()', 'cachified#default()'], memo: { fn: '0.getFreshValue', key: '0.key', external: '0.cache' },
      // It reads and fills the cache that it is given.
      run: [{ fn: '0.cache.get', when: 'now', params: ['arg:0.key'] }, { fn: '0.cache.set', when: 'now', params: ['arg:0.key'] }, { fn: '0.cache.delete', when: 'now', params: ['arg:0.key'] }] },
    { path: ['memoizee/weak#default()'], ...fn },
    { path: 'p-memoize#default()', memo: { fn: '0', key: '1.cacheKey', first: true, external: '1.cache' } },
    { path: 'cache-manager#createCache().wrap()', memo: { fn: '1', key: '0' } },
  ]
}

function loaders(): CatalogRow[] {
  return [
    { path: 'dataloader#default.new', container: { kind: 'cache', perRequest: true, off: { arg: '1.cache', values: ['false'] } }, run: [{ fn: '0', when: 'now' }] },
    { path: ['dataloader#default.new.load', 'dataloader#default.new.loadMany'], access: { op: 'write', key: '0', reads: true } },
    { path: 'dataloader#default.new.prime', access: { op: 'write', key: '0', value: '1' } },
    { path: 'dataloader#default.new.clear', access: { op: 'delete', key: '0' } },
    { path: 'dataloader#default.new.clearAll', access: { op: 'clear' } },
  ]
}

/** Caches: in the process unless a store is given; memoisation of functions. */
export const cacheRows: CatalogRow[] = [...simple(), ...managers(), ...frameworks(), ...responses(), ...cacheStores(), ...memoisers(), ...loaders()]
