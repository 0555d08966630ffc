import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, yields } from './build.js'

const redis = 'ioredis#Redis.new'
const pipeline = 'ioredis#Pipeline.new'
const clients = [
  redis, 'ioredis#default.new', 'ioredis#Cluster.new', 'iovalkey#default.new', 'iovalkey#Redis.new', 'redis#Client.new',
  ...instances('redis', 'RedisClientType RedisClient RedisClusterType'), ...instances(['@redis/client', 'node-redis'], 'RedisClientType'), ...instances('@upstash/redis', 'Redis'),
  ...instances('@valkey/valkey-glide', 'GlideClient GlideClusterClient'), '@vercel/kv#kv', 'handy-redis#Client.new',
]
const targets = [...clients, pipeline]
/** What is put under a key of its own stays, unless it is told to go. */
const anew = { under: '0', expires: { arg: '1..', words: ['EX', 'PX', 'EXAT', 'PXAT', 'ex', 'px', 'exat', 'pxat', 'expiration'] } }
const natural = 'make the key of what the request sends, or claim the request first with `SET … NX`'
const setNx = 'claim the request first: `SET key value NX EX ttl`, and stop when it answers nothing'

/** In a pipeline each command gives it back. */
const commands = 'lpush rpush lpushx rpushx linsert lPush rPush lPushX rPushX incr incrby decr decrby hincrby zincrby incrBy decrBy hIncrBy zIncrBy append xadd xAdd publish del unlink hdel srem zrem lrem hDel sRem zRem lRem lpop rpop spop lPop rPop sPop set mset hmset hmSet mSet sadd sAdd zadd zAdd hset hSet setex setEx psetex pSetEx lset lSet setnx setNX get hget hGet hgetall hGetAll exists expire pexpire expireAt pExpire ttl lrange lRange ltrim lTrim smembers sMembers zrange zRange zcard zCard scard sCard zremrangebyscore zRemRangeByScore persist'

/** Redis clients. A plain `set` overwrites and can be repeated; with `NX` it is a claim. */
export const rows: CatalogRow[] = [
  client(clients, 'pool'),
  yields([...exported('redis', 'createClient createCluster createClientPool'), ...exported('handy-redis', 'createHandyClient createNodeRedisClient')], 'redis#Client.new'),
  yields('@upstash/redis#Redis.fromEnv', '@upstash/redis#Redis.new'),
  yields('@valkey/valkey-glide#GlideClient.createClient', '@valkey/valkey-glide#GlideClient.new'),
  yields(exported('@vercel/kv', 'createClient'), '@upstash/redis#Redis.new'),
  yields(members(clients, 'duplicate'), 'this'),
  yields(members(clients, 'connect'), 'this'),
  yields(members(clients, 'multi pipeline batch MULTI'), pipeline),
  yields(members(pipeline, commands), 'this'),
  property(members(['redis#Client.new', ...instances('redis', 'RedisClientType')], 'v4'), 'redis#Client.new'),
  effect(members(targets, 'lpush rpush lpushx rpushx linsert lPush rPush lPushX rPushX LPUSH RPUSH lInsert'), 'append', 'redis', { model: '0', data: '1', fix: setNx }),
  effect(members(targets, 'incr incrby incrbyfloat decr decrby hincrby hincrbyfloat zincrby incrBy incrByFloat decrBy hIncrBy hIncrByFloat zIncrBy append INCR INCRBY HINCRBY'), 'relative-update', 'redis', { model: '0', data: '1', fix: setNx }),
  effect(members(targets, 'xadd xAdd XADD'), 'publish', 'redis stream', { model: '0', data: '2', key: ['1'], fix: `give the entry an id of its own instead of \`*\`, or ${setNx}` }),
  effect(members(clients, 'eval EVAL'), 'update', 'redis', { model: '2', script: '0', fix: setNx }),
  effect(members(clients, 'publish spublish sPublish PUBLISH'), 'publish', 'redis', { model: '0', data: '1' }),
  effect(members(targets, 'del unlink hdel srem zrem lrem hDel sRem zRem lRem DEL flushall flushdb flushAll flushDb'), 'delete', 'redis', { model: '0' }),
  effect(members(targets, 'lpop rpop spop lPop rPop sPop rpoplpush lmove lMove zpopmin zPopMin'), 'delete', 'redis', { model: '0' }),
  effect(members(targets, 'mset mSet sadd sAdd zadd zAdd getset getSet SADD ZADD'), 'update', 'redis', { model: '0', data: '1' }),
  effect(members(targets, 'set SET hmset hmSet'), 'update', 'redis', { model: '0', data: '1', anew, fix: natural }),
  effect(members(targets, 'hset hSet HSET'), 'update', 'redis', { model: '0', data: '2~1', anew, fix: natural }),
  effect(members(targets, 'setex setEx psetex pSetEx lset lSet'), 'update', 'redis', { model: '0', data: '2~1' }),
  { path: members(clients, 'get GET exists hget hGet hexists hExists sismember sIsMember SISMEMBER smembers sMembers lrange lRange lpos lPos zscore zScore zrank zRank'), guard: { kind: 'look-up', key: '0' } },
  // The claims: each answers whether this caller was the first.
  { path: members(clients, 'set SET'), guard: { kind: 'external-claim', key: '0', when: { arg: '1..', values: ['NX', 'nx'] } } },
  { path: members(clients, 'setnx setNX SETNX hsetnx hSetNX msetnx mSetNX'), guard: { kind: 'external-claim', key: '0' } },
  { path: members(clients, 'getdel getDel GETDEL'), guard: { kind: 'external-claim', key: '0' } },
]
