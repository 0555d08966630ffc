import type { CatalogRow, InfraModel } from '../../model/catalog.js'
import { calls, instances } from './make.js'

const fix = 'lock where all replicas look: Redis (redlock), an advisory lock or `FOR UPDATE` of the database, or a unique constraint'

const lock = (name: string, path: string[], uses: string[] = [], more: Partial<InfraModel> = {}): CatalogRow => ({ path, infra: { kind: 'lock', name,
  ...(uses.length > 0 ? { uses } : {}), fix, ...more } })

/** A semaphore for more than one bounds how much is done at once. */
const ofOne: Partial<InfraModel> = { onlyWhen: { arg: '0', values: ['1'] } }

function locks(): CatalogRow[] {
  return [
    lock('async-mutex', instances('async-mutex', 'Mutex'), ['runExclusive', 'acquire', 'waitForUnlock'], { confined: true }),
    lock('async-mutex semaphore', instances('async-mutex', 'Semaphore'), ['runExclusive', 'acquire', 'waitForUnlock'], { ...ofOne, confined: true }),
    { path: instances('async-mutex', 'Mutex', 'Semaphore').map(path => `${path}.runExclusive`), run: [{ fn: '0', when: 'now', result: 'value' }], guard: { kind: 'lock',
      default: 'memory' } },
    { path: ['async-mutex#withTimeout', 'async-mutex#tryAcquire'], returns: 'arg:0' },
    lock('async-lock', instances('async-lock', 'default'), ['acquire'], { confined: true }),
    { path: 'async-lock#default.new.acquire', run: [{ fn: '1', when: 'now', result: 'value' }], guard: { kind: 'lock', key: '0', default: 'memory' } },
    lock('in-process lock', [...instances(['await-lock', 'semaphore-async-await', 'await-mutex', 'es6-mutex', 'mutex-js', 'ts-mutex', '@esfx/async-mutex', 'async-rwlock',
      'rwlock', 'locks', 'mutex-promise', 'asynclock', 'simple-mutex', 'live-mutex', 'key-mutex'], 'default', 'Lock', 'Mutex', 'AsyncMutex', 'ReadWriteLock',
      'AwaitLock'),
      ...instances(['@rocicorp/lock', 'keyed-mutex'], 'default', 'Mutex', 'Lock', 'RWLock'), ...calls(['mutexify', 'mutexify/promise', 'yocto-mutex', 'lock'], 'default', 'Lock'), ...calls('locks', 'createMutex',
        'createReadWriteLock', 'createSemaphore')],
    ['acquire', 'acquireAsync', 'lock', 'wait', 'use', 'runExclusive', 'take', 'readLock', 'writeLock', 'withLock', 'run', 'with']),
    lock('in-process semaphore', [...instances(['await-semaphore', 'async-sema', '@shopify/semaphore', 'async-semaphore'], 'default', 'Semaphore', 'Mutex', 'Sema', 'Lock'),
      ...calls('semaphore', 'default')], ['acquire', 'wait', 'use', 'take', 'v'], ofOne),
    lock('navigator.locks', ['global#navigator.locks.request()'], [], { confined: true }),
    { path: ['@adonisjs/lock#stores.memory()', '@verrou/core/drivers/memory#memoryStore()', '@verrou/core/memory#memoryStore()'], store: { kind: 'memory',
      backend: 'verrou' } },
    { path: ['@adonisjs/lock#stores.redis()', '@adonisjs/lock#stores.database()', '@adonisjs/lock#stores.dynamodb()', '@verrou/core/drivers/redis#redisStore()',
      '@verrou/core/drivers/database#databaseStore()', '@verrou/core/drivers/knex#knexStore()', '@verrou/core/drivers/kysely#kyselyStore()'], store: { kind: 'external',
      backend: 'verrou' } },
    lock('@verrou/core', ['@verrou/core#Verrou.new', '@adonisjs/lock#defineConfig()'], [], { driver: { arg: '0.default', memory: ['memory'], external: ['redis',
      'database', 'dynamodb'] } }),
    lock('@verrou/core', ['@verrou/core#LockFactory.new'], [], { external: ['0'] }),
    lock('p-mutex', calls('p-lock', 'getLock', 'default')),
  ]
}

function fileLocks(): CatalogRow[] {
  return [lock('lock file', ['proper-lockfile#lock()', 'proper-lockfile#lockSync()', 'lockfile#lock()', 'lockfile#lockSync()', 'pidlock#default()', 'pidlock#guard()'],
    [], { confined: true }), lock('lock file', ['pid-lock#default.new', 'cross-process-lock#lock()', 'file-lock#default()', 'fs-ext#flock()', 'lockfile-create#default()', 'single-instance#default.new'])]
}

function distributed(): CatalogRow[] {
  const message = 'locks are held outside the process'
  return [
    { path: [...instances('redlock', 'default', 'Redlock'), ...instances('redis-semaphore', 'Mutex', 'Semaphore', 'MultiSemaphore', 'RedlockMutex', 'RedlockSemaphore'),
      ...instances('@upstash/lock', 'Lock'), ...instances('@sesamecare-oss/redlock', 'Redlock'), ...calls(['redis-lock', 'warlock', 'node-redis-warlock'], 'default'),
      ...instances('mongodb-lock', 'default'), ...calls('mongodb-lock', 'default'), ...instances('dynamodb-lock-client', 'FailClosed', 'FailOpen'),
      ...instances('@microfleet/ioredis-lock', 'Lock'), ...calls('live-mutex', 'Client'), ...instances('etcd3', 'Lock'), ...instances('@deliveryhero/ioredis-lock',
      'default'), ...instances('ioredis-lock', 'default'), ...calls('ioredis-lock', 'createLock')],
      client: 'pool', evidence: { question: 'scaling', message } },
  ]
}

/** Ids made of a clock, a worker number and a counter collide where two replicas have the same number. */
function sequences(): CatalogRow[] {
  const worker = 'give each replica a worker number of its own (from its environment), or use uuid, nanoid or ulid'
  const sequence = (name: string, path: string[], external: string[] = []): CatalogRow => ({ path, infra: { kind: 'sequence', name,
    ...(external.length > 0 ? { external } : {}), fix: worker } })
  return [
    sequence('snowflake', instances('nodejs-snowflake', 'Snowflake', 'UniqueID'), ['0.instance_id']),
    sequence('snowflake', [...instances('@theinternetfolks/snowflake', 'Snowflake'),
      ...instances('node-snowflake', 'Snowflake'), ...instances('simple-flakeid', 'SnowflakeIdv1'), ...instances('nodejs-snowflake-id', 'default')],
    ['0.custom_epoch_worker', '0.instance_id', '0.machineId', '0.mid', '0.workerId']),
    sequence('snowflake', instances('snowflake-id', 'default'), ['0.mid']),
    // Its number is a member of what is made, or an option of each id.
    { path: instances('@sapphire/snowflake', 'Snowflake'), infra: { kind: 'sequence', name: 'snowflake', uses: ['generate'], fix: worker } },
    sequence('flake-idgen', [...instances(['flake-idgen', 'flake-idgen-63', 'flakeid'], 'default')], ['0.id', '0.worker', '0.datacenter', '0.mid']),
    sequence('shortid', ['shortid#worker()'], ['0']),
    { path: ['shortid#generate()', 'shortid#default()', 'uniqid#default()', 'uniqid#process()', 'uniqid#time()', 'hyperid#default()', 'cuid#default()', 'cuid#slug()',
      'hat#default()', 'puid#default.new', 'rndm#default()', 'short-uuid#generate()', 'short-unique-id#default.new', 'bson#ObjectId.new', 'mongodb#ObjectId.new',
      'mongoose#Types.ObjectId.new', 'xid-js#next()', 'bson-objectid#default()'], random: 'fresh' },
    sequence('lodash uniqueId', [...calls(['lodash', 'lodash-es', 'underscore'], 'uniqueId'), ...calls(['lodash/uniqueId', 'lodash.uniqueid'], 'default')]),
  ]
}

function random(): CatalogRow[] {
  return [
    { path: [...calls('ulid', 'ulid'), ...calls(['ulidx', 'ulid-workers'], 'ulid'), ...calls('nanoid', 'nanoid',
      'default'), ...calls(['nanoid/non-secure', 'nanoid/async'], 'nanoid'), ...calls('@paralleldrive/cuid2', 'createId'), ...calls('typeid-js', 'typeid'), ...calls('ksuid', 'randomSync', 'random'), ...calls('secure-random', 'default'),
      ...calls('crypto-random-string', 'default'), ...calls('randomstring', 'generate'), ...calls('uid', 'uid'), ...calls('uid/secure', 'uid'), ...calls('@lukeed/uuid',
      'v4')], random: 'fresh' },
    // What makes a generator makes nothing yet.
    { path: ['ulid#monotonicFactory()()', 'ulidx#monotonicFactory()()', 'nanoid#customAlphabet()()', '@paralleldrive/cuid2#init()()'], random: 'fresh' },
  ]
}

/** Locks and identifiers: mutual exclusion within one process, ids that need a worker number, ids that need nothing. */
export const lockAndIdRows: CatalogRow[] = [...locks(), ...fileLocks(), ...distributed(), ...sequences(), ...random()]
