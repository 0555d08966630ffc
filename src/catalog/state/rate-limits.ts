import type { CatalogRow, InfraModel } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

type Limiter = Omit<InfraModel, 'kind' | 'name' | 'fix'>

const fastifyLimits = registered(['@fastify/rate-limit', 'fastify-rate-limit'], 'fastifyRateLimit')

/** What counts: a guard, or whoever has the counts injected. */
const throttling = ['ThrottlerGuard', 'ThrottlerStorage', 'InjectThrottlerStorage', 'getStorageToken'].map(name => `@nestjs/throttler#${name}`)

/** Rate limiters, throttles and brute-force guards; their stores; throttles towards an upstream. */
export const rateLimitRows: CatalogRow[] = [...middleware(), ...plugins(), ...objects(), ...limiterStores(), ...upstream(), ...distributed()]

function limiter(name: string, path: string[], options: Limiter, fix: string): CatalogRow {
  return { path, infra: { kind: 'rate-limit', name, ...options, fix } }
}

function middleware(): CatalogRow[] {
  return [
    limiter('express-rate-limit', calls('express-rate-limit', 'default', 'rateLimit'), { external: ['0.store'] },
      'pass `store: new RedisStore({ sendCommand })` of rate-limit-redis'),
    limiter('express-rate-limit', ['express-rate-limit#default.new'], { external: ['0.store'] }, 'pass `store: new RedisStore({ sendCommand })` of rate-limit-redis'),
    limiter('express-slow-down', calls('express-slow-down', 'default', 'slowDown'), { external: ['0.store'] },
      'pass `store: new RedisStore({ sendCommand })` of rate-limit-redis'),
    limiter('express-brute', ['express-brute#default.new'], { external: ['0'] }, 'give it a shared store such as express-brute-redis'),
    limiter('express-limiter', ['express-limiter#default()'], { external: ['1'] }, 'pass a Redis client as the second argument'),
    limiter('koa-ratelimit', ['koa-ratelimit#default()'], { driver: { arg: '0.driver', external: ['redis'], memory: ['memory'], absent: 'external' } },
      "use `driver: 'redis'` with a Redis client in `db`"),
    limiter('koa2-ratelimit', calls('koa2-ratelimit', 'RateLimit.middleware', 'middleware'), { external: ['0.store'] }, 'pass `store: new Stores.Redis(…)`'),
    limiter('koa-limit', ['koa-limit#default()'], { external: ['0.store'] }, 'pass a `store` over Redis'),
    limiter('koa-ratelimit-lru', ['koa-ratelimit-lru#default()'], { confined: true }, "use koa-ratelimit with `driver: 'redis'`"),
    limiter('hono-rate-limiter', calls('hono-rate-limiter', 'rateLimiter', 'webSocketLimiter', 'honoLimiter'), { external: ['0.store', '0.binding'] },
      'pass `store: new RedisStore({ client })` of @hono-rate-limiter/redis, or the `binding` of the platform'),
    limiter('elysia-rate-limit', calls('elysia-rate-limit', 'rateLimit'), { external: ['0.context'] }, 'pass a `context` that counts in Redis'),
    limiter('graphql-rate-limit', calls('graphql-rate-limit', 'createRateLimitRule', 'createRateLimitDirective', 'getGraphQLRateLimiter'), { external: ['0.store'] },
      'pass `store: new RedisStore(client)` of graphql-rate-limit'),
    limiter('graphql-rate-limit-directive', calls('graphql-rate-limit-directive', 'default', 'rateLimitDirective', 'createRateLimitDirective'), { external: ['0.limiterClass'] },
      'pass `limiterClass: RateLimiterRedis` and its options'),
    limiter('@envelop/rate-limiter', calls('@envelop/rate-limiter', 'useRateLimiter'), { external: ['0.store'] }, 'pass a Redis store'),
    limiter('hocuspocus throttle', instances('@hocuspocus/extension-throttle', 'Throttle'), { confined: true }, 'limit connections at the proxy, or count them in Redis'),
    limiter('DDPRateLimiter', ['meteor/ddp-rate-limiter#DDPRateLimiter.addRule()', 'global#DDPRateLimiter.addRule()'], { confined: true }, 'count what matters (log-ins, mails) in the database'),
    limiter('next-rate-limit', calls('next-rate-limit', 'default'), { confined: true }, 'count in Redis, for example with @upstash/ratelimit'),
    limiter('ddos', instances('ddos', 'default'), { confined: true }, 'use express-rate-limit with a store of Redis'),
    limiter('express-bouncer', calls('express-bouncer', 'default'), { confined: true }, 'use rate-limiter-flexible with Redis'),
    limiter('tRPC limiter', calls('@trpc-limiter/memory', 'createTRPCStoreLimiter'), { confined: true }, 'use @trpc-limiter/redis or @trpc-limiter/upstash'),
    limiter('oak_rate_limit', calls(['oak_rate_limit', 'oak_rate_limit/mod.ts'], 'RateLimiter'), { external: ['0.store'] }, 'pass a `store` that is shared'),
    limiter('connect-ratelimit', calls('connect-ratelimit', 'default'), { confined: true }, 'use express-rate-limit with a store of Redis'),
    limiter('micro-ratelimit', calls('micro-ratelimit', 'default'), {}, 'count in Redis'),
    limiter('restify throttle', ['restify#plugins.throttle()', 'restify-plugins#throttle()'], { external: ['0.tokensTable'] }, 'pass a `tokensTable` that is shared'),
    limiter('better-auth', calls('better-auth', 'betterAuth'), { driver: { arg: '0.rateLimit.storage', external: ['database', 'secondary-storage'], memory: ['memory'],
      absent: 'memory' }, external: ['0.rateLimit.customStorage', '0.secondaryStorage'] },
      "set `rateLimit: { storage: 'secondary-storage' }` or `'database'`"),
  ]
}

function plugins(): CatalogRow[] {
  return [
    limiter('@fastify/rate-limit', fastifyLimits, { external: ['0.redis', '0.store'] },
      'pass `redis: new Redis(…)`'),
    limiter('@fastify/rate-limit', ['fastify#FastifyInstance.new.rateLimit()', 'fastify#FastifyInstance.new.createRateLimit()'], { as: fastifyLimits },
      'pass `redis: new Redis(…)` where @fastify/rate-limit is registered'),
    limiter('@fastify/rate-limit', ['get', 'post', 'put', 'patch', 'delete', 'all'].map(name => `fastify#FastifyInstance.new.${name}`), { when: '1.config.rateLimit',
      as: fastifyLimits }, 'pass `redis: new Redis(…)` where @fastify/rate-limit is registered'),
    limiter('@fastify/rate-limit', ['fastify#FastifyInstance.new.route'], { when: '0.config.rateLimit', as: fastifyLimits },
      'pass `redis: new Redis(…)` where @fastify/rate-limit is registered'),
    limiter('@nestjs/throttler', ['@nestjs/throttler#ThrottlerModule.forRoot()'], { external: ['0.storage'], mentions: throttling },
      'pass `storage: new ThrottlerStorageRedisService(…)` of @nest-lab/throttler-storage-redis'),
    limiter('@nestjs/throttler', ['@nestjs/throttler#ThrottlerModule.forRootAsync()'], { external: ['0.useFactory().storage', '0.useClass', '0.useExisting'], mentions: throttling },
      'return `storage: new ThrottlerStorageRedisService(…)` of @nest-lab/throttler-storage-redis'),
    limiter('nestjs-rate-limiter', calls('nestjs-rate-limiter', 'RateLimiterModule.register'), { driver: { arg: '0.type', external: ['Redis', 'Memcache', 'Mongo',
      'MySQL', 'Postgres'], memory: ['Memory'], absent: 'memory' } }, "set `type: 'Redis'`"),
    limiter('hapi-rate-limit', registered('hapi-rate-limit', 'plugin'), { external: ['0.userCache.cache', '0.pathCache.cache'] }, 'provision a Redis cache for it'),
    limiter('@adonisjs/limiter', ['@adonisjs/limiter#defineConfig()'], { driver: { arg: '0.default', external: ['redis', 'database'], memory: ['memory'] } },
      'use the `redis` or `database` store'),
    limiter('sveltekit-rate-limiter', instances(['sveltekit-rate-limiter', 'sveltekit-rate-limiter/server'], 'RateLimiter', 'RetryAfterRateLimiter'),
      { external: ['0.store', '1.store'] }, 'pass a `store` that is shared'),
    limiter('mercurius-rate-limit', registered('mercurius-rate-limit'), { external: ['0.store', '0.redis'] }, 'pass a Redis store'),
  ]
}

function objects(): CatalogRow[] {
  return [
    limiter('rate-limiter-flexible memory', instances('rate-limiter-flexible', 'RateLimiterMemory'), { confined: true, acceptableAs: ['insuranceLimiter'] },
      'use RateLimiterRedis; RateLimiterMemory is right as its `insuranceLimiter` only'),
    limiter('rate-limiter-flexible cluster', instances('rate-limiter-flexible', 'RateLimiterCluster', 'RateLimiterClusterMaster', 'RateLimiterClusterMasterPM2'), { confined: true },
      'use RateLimiterRedis: cluster counts for one machine'),
    limiter('rate-limiter-flexible queue', instances('rate-limiter-flexible', 'RateLimiterQueue', 'BurstyRateLimiter', 'RateLimiterUnion'), { external: ['0'] },
      'build it on RateLimiterRedis'),
    limiter('rate-limiter-flexible wrapper', instances('rate-limiter-flexible', 'RLWrapperBlackAndWhite'), { external: ['0.limiter'] }, 'build it on RateLimiterRedis'),
    // It lets callers wait, as one does towards an upstream, unless it is told to refuse at once.
    limiter('limiter', instances(['limiter', 'limiter-es6-compat'], 'RateLimiter'), { confined: true, onlyWhen: { arg: '0.fireImmediately~2', values: ['true'] } },
      'count in Redis where it limits callers; towards an upstream, divide the quota by the replicas'),
    limiter('limiter', instances(['limiter', 'limiter-es6-compat'], 'TokenBucket'), { acceptable: true }, 'divide the upstream quota by the number of replicas'),
    limiter('tokenbucket', instances(['tokenbucket', 'token-bucket', 'rolling-rate-limiter'], 'default', 'InMemoryRateLimiter'), { external: ['0.redis'] }, 'count in Redis'),
    limiter('rolling-rate-limiter', calls('rolling-rate-limiter', 'default'), { external: ['0.redis'] }, 'pass `redis`'),
    limiter('lambda-rate-limiter', calls('lambda-rate-limiter', 'default'), { confined: true }, 'count in Redis'),
    limiter('simple-rate-limiter', calls('simple-rate-limiter', 'default'), { acceptable: true }, 'share the quota through Redis'),
    limiter('express-throttle', calls('express-throttle', 'default'), { external: ['0.store'] }, 'pass a shared `store`'),
  ]
}

function limiterStores(): CatalogRow[] {
  return [
    store(instances(['express-rate-limit', 'express-brute', 'hono-rate-limiter', 'express-throttle'], 'MemoryStore'), 'memory'),
    store(['graphql-rate-limit#InMemoryStore.new', '@envelop/rate-limiter#InMemoryStore.new', 'elysia-rate-limit#DefaultContext.new',
      '@nestjs/throttler#ThrottlerStorageService.new',
      'koa2-ratelimit#Stores.Memory.new', ...instances(['@express-rate-limit/cluster-memory-store', 'precise-memory-rate-limit'], 'default', 'ClusterMemoryStoreWorker',
        'PreciseMemoryStore')], 'memory'),
    store(instances(['rate-limit-redis', 'rate-limit-valkey', 'express-rate-limit-redis', '@hono-rate-limiter/redis', '@amplitude/rate-limit-redis'], 'default',
      'RedisStore'), 'external', 'redis'),
    store(['rate-limit-redis#default()', 'graphql-rate-limit#RedisStore.new', '@envelop/rate-limiter#RedisStore.new', 'koa2-ratelimit#Stores.Redis.new',
      'express-brute-redis#default.new', 'express-brute-redis#default().new',
      ...instances(['@nest-lab/throttler-storage-redis', 'nestjs-throttler-storage-redis'], 'ThrottlerStorageRedisService'), ...instances('@rate-limiter/upstash',
        'default')], 'external', 'redis'),
    store(instances(['rate-limit-memcached', 'rate-limit-memcached-store', 'express-brute-memcached'], 'default', 'MemcachedStore'), 'external', 'memcached'),
    store(instances(['rate-limit-mongo', 'express-brute-mongo', '@iroomit/rate-limit-mongodb'], 'default', 'MongoStore', 'MongoDBStore'), 'external', 'mongodb'),
    store(instances(['@acpr/rate-limit-postgresql', 'rate-limit-postgresql', '@express-rate-limit/typeorm', 'typeorm-rate-limit-store', 'rate-limit-knex',
      'express-brute-pg', 'rate-limit-sequelize'],
      'default', 'PostgresStore', 'PostgresStoreIndividualIP', 'PostgresStoreAggregatedIP', 'TypeOrmStore', 'ExpressRateLimitTypeOrmStore'), 'external', 'sql'),
    store(instances('hono-rate-limiter', 'RedisStore', 'UnstorageStore'), 'external', 'redis', '0'),
    store(instances('@hono-rate-limiter/cloudflare', 'WorkersKVStore', 'DurableObjectStore'), 'external', 'kv'),
    store(['koa2-ratelimit#Stores.Sequelize.new', 'koa2-ratelimit#Stores.Mongodb.new'], 'external', 'database'),
    store(['rate-limiter-flexible#RateLimiterSQLite.new'], 'embedded', 'sqlite', '0.storeClient'),
  ]
}

function upstream(): CatalogRow[] {
  return [
    limiter('bottleneck', instances('bottleneck', 'default', 'Group'), { driver: { arg: '0.datastore', external: ['redis', 'ioredis'], memory: ['local'],
      absent: 'memory' }, external: ['0.connection'], acceptable: true },
      "set `datastore: 'ioredis'` and `clientOptions`, so that the quota holds for all replicas"),
    limiter('p-throttle', calls(['p-throttle', 'throttled-queue'], 'default', 'throttledQueue'), { acceptable: true },
      'divide the upstream quota by the number of replicas'),
    limiter('circuit breaker', [...instances('opossum', 'default'), ...calls('cockatiel', 'circuitBreaker', 'bulkhead', 'Policy.handleAll'), ...calls('brakes',
      'default')], { acceptable: true }, 'nothing: each replica learns by itself'),
    limiter('axios-rate-limit', calls('axios-rate-limit', 'default', 'rateLimit'), { acceptable: true }, 'divide the upstream quota by the number of replicas'),
  ]
}

function distributed(): CatalogRow[] {
  const names = ['RateLimiterRedis', 'RateLimiterRedisNonAtomic', 'RateLimiterValkey', 'RateLimiterValkeyGlide', 'RateLimiterMongo', 'RateLimiterPostgres',
    'RateLimiterMySQL', 'RateLimiterDynamo',
    'RateLimiterPrisma', 'RateLimiterDrizzle', 'RateLimiterDrizzleNonAtomic', 'RateLimiterMemcache', 'RateLimiterEtcd', 'RateLimiterEtcdNonAtomic']
  return [
    { path: instances('rate-limiter-flexible', ...names), store: { kind: 'external', client: '0.storeClient' }, evidence: { question: 'scaling',
      message: 'rate limits are counted outside the process (rate-limiter-flexible)' } },
    // It counts in Redis whatever is given: `redis` says where that is.
    { path: registered('hapi-rate-limitor', 'plugin'), store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling',
      message: 'rate limits are counted in Redis (hapi-rate-limitor)' } },
    { path: '@upstash/ratelimit#Ratelimit.new', store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling',
      message: 'rate limits are counted in Upstash Redis' } },
    { path: ['@unkey/ratelimit#Ratelimit.new', '@arcjet/node#default()', '@arcjet/next#default()', '@vercel/firewall#checkRateLimit()'], store: { kind: 'external',
      backend: 'hosted' }, evidence: { question: 'scaling', message: 'rate limits are counted by a hosted service' } },
    { path: ['rolling-rate-limiter#NodeRedisRateLimiter.new', 'rolling-rate-limiter#IORedisRateLimiter.new', 'redis-rate-limiter#create()', 'redis-rate-limiter#middleware()', 'ratelimiter#default.new', 'express-rate-limit-redis#default()'],
      store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling', message: 'rate limits are counted in Redis' } },
  ]
}
