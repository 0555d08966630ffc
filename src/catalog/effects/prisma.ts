import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, runs, transaction, yields } from './build.js'

const modules = ['@prisma/client', '@prisma/client/edge', '@prisma/client/index.js', '@prisma/client/index', '@prisma/client/default.js', '@prisma/client/extension', '@prisma/client/wasm', '@prisma/client/deno/edge']
const clients = [...instances(modules, 'PrismaClient Prisma.TransactionClient'), ...instances('nestjs-prisma', 'PrismaService')]
const models = clients.map(path => `${path}.*`)
const client0 = '@prisma/client#PrismaClient.new'
const useUpsert = 'use `upsert({ where: { <unique field> }, create, update: {} })` on a field with `@unique`, or `createMany({ data, skipDuplicates: true })`'
const useAbsolute = 'write the new value, or guard it: `updateMany({ where: { id, version }, data: { …, version: { increment: 1 } } })` and check `count`'

/** Prisma Client. Nested creates stand in `data` and are the flow layer's to find. */
export const rows: CatalogRow[] = [
  // Keeps a client across reloads of a development server.
  runs('@epic-web/remember#remember', '1'),
  client(clients, 'pool'),
  effect(members(models, 'create'), 'insert', 'prisma', { model: 'member:-1', data: '0.data', lazy: true, nested: true, fix: useUpsert }),
  effect(members(models, 'createMany createManyAndReturn'), 'insert', 'prisma', {
    model: 'member:-1', data: '0.data', lazy: true, clearedBy: [{ arg: '0.skipDuplicates' }], fix: 'pass `skipDuplicates: true` and declare the natural key `@unique`',
  }),
  effect(members(models, 'update'), 'update', 'prisma', { model: 'member:-1', data: '0.data', where: '0.where', lazy: true, nested: true, fix: useAbsolute }),
  effect(members(models, 'updateMany updateManyAndReturn'), 'update', 'prisma', { model: 'member:-1', data: '0.data', where: '0.where', lazy: true, fix: useAbsolute }),
  effect(members(models, 'upsert'), 'upsert', 'prisma', { model: 'member:-1', data: '0.create', where: '0.where', again: '0.update', lazy: true, nested: true, fix: 'upsert on a key that the caller sends, not on a fresh id' }),
  effect(members(models, 'delete deleteMany'), 'delete', 'prisma', { model: 'member:-1', where: '0.where', lazy: true }),
  effect(members(clients, '$executeRaw $executeRawUnsafe $queryRaw $queryRawUnsafe'), 'sql', 'prisma', { sql: '0', lazy: true, fix: 'add `ON CONFLICT (…) DO NOTHING` on a unique key' }),
  // Raw commands of the MongoDB connector.
  effect(members(clients, '$runCommandRaw'), 'update', 'prisma', { data: '0', asking: { command: '0', names: ['ping', 'find', 'aggregate', 'count', 'distinct', 'hello', 'buildInfo', 'serverStatus', 'dbStats', 'collStats', 'listCollections', 'listIndexes', 'explain'] } }),
  yields(members(clients, '$on $use'), 'this'),
  { path: members(clients, '$extends'), returns: 'this', adds: ['0.model', '0.client'] },
  transaction(members(clients, '$transaction'), '0', [client0]),
]
