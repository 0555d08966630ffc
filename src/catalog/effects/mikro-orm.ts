import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, property, transaction, yields } from './build.js'

const modules = ['@mikro-orm/core', '@mikro-orm/knex', '@mikro-orm/sql', '@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/mariadb', '@mikro-orm/mssql', '@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql', '@mikro-orm/mongodb']
const manager = '@mikro-orm/core#EntityManager.new'
const managers = instances(modules, 'EntityManager SqlEntityManager MongoEntityManager')
const repositories = instances(modules, 'EntityRepository SqlEntityRepository MongoEntityRepository')
const builders = instances(modules, 'QueryBuilder')
const useUpsert = 'use `em.upsert(Entity, data)` on a `@Unique` property'
const clearedBy = [{ arg: '2.onConflictAction' }, { arg: '2.onConflictFields', target: '2.onConflictFields' }]

/** MikroORM: a unit of work. `persist` marks what `flush` writes, so the mark is the effect. */
export const rows: CatalogRow[] = [
  client([...managers, ...repositories, ...instances(modules, 'MikroORM')], 'pool'),
  effect(members(managers, 'persist persistAndFlush persistLater'), 'insert', 'mikro-orm', { model: '0', data: '0', fix: useUpsert }),
  effect(members(managers, 'insert insertMany'), 'insert', 'mikro-orm', { model: '0', data: '1~0', fix: useUpsert }),
  effect(members(managers, 'create'), 'insert', 'mikro-orm', { model: '0', data: '1', lazy: true, fix: useUpsert }),
  effect(members(managers, 'upsert upsertMany'), 'upsert', 'mikro-orm', { model: '0', data: '1~0', where: '1~0', clearedBy }),
  effect(members(managers, 'nativeInsert'), 'insert', 'mikro-orm', { model: '0', data: '1', fix: useUpsert }),
  effect(members(managers, 'nativeUpdate'), 'update', 'mikro-orm', { model: '0', where: '1', data: '2' }),
  effect(members(managers, 'nativeDelete'), 'delete', 'mikro-orm', { model: '0', where: '1' }),
  effect(members(managers, 'remove removeAndFlush removeLater'), 'delete', 'mikro-orm', { model: '0', data: '0' }),
  // What is hung on an entity is written by the next flush.
  effect([...members(instances(modules, 'Collection'), 'add'), ...['findOne', 'findOneOrFail', 'populate', 'getReference'].flatMap(name => [...managers, ...repositories].map(path => `${path}.${name}().*.add`))], 'insert', 'mikro-orm', { model: 'receiver', ofMade: '0', fix: useUpsert }),
  // What a flush changes was set on entities before: an update of what was found.
  effect(members([...managers, ...repositories], 'flush'), 'update', 'mikro-orm', {}),
  effect(members(managers, 'execute'), 'sql', 'mikro-orm', { sql: '0', data: '1' }),
  effect(members(repositories, 'persist persistAndFlush insert insertMany create nativeInsert'), 'insert', 'mikro-orm', { model: 'receiver', data: '0', fix: useUpsert }),
  effect(members(repositories, 'upsert upsertMany'), 'upsert', 'mikro-orm', { model: 'receiver', data: '0', where: '0' }),
  effect(members(repositories, 'nativeUpdate'), 'update', 'mikro-orm', { model: 'receiver', where: '0', data: '1' }),
  effect(members(repositories, 'nativeDelete remove removeAndFlush'), 'delete', 'mikro-orm', { model: 'receiver', where: '0' }),
  effect(members(builders, 'insert'), 'insert', 'mikro-orm', { data: '0', lazy: true, chain: { model: ['createQueryBuilder:0', 'qb:0'] }, clearedBy: [{ call: 'onConflict', target: '0' }, { call: 'ignore' }, { call: 'merge' }] }),
  effect(members(builders, 'update'), 'update', 'mikro-orm', { data: '0', lazy: true, chain: { model: ['createQueryBuilder:0', 'qb:0'], where: ['where:0'] } }),
  effect(members(builders, 'delete truncate'), 'delete', 'mikro-orm', { where: '0', lazy: true, chain: { model: ['createQueryBuilder:0', 'qb:0'], where: ['where:0'] } }),
  yields(members([...managers, ...repositories], 'createQueryBuilder qb'), '@mikro-orm/core#QueryBuilder.new'),
  yields(members(managers, 'fork getContext'), manager),
  yields(members(managers, 'getRepository'), '@mikro-orm/core#EntityRepository.new'),
  yields(modules.map(module => `${module}#MikroORM.init`), '@mikro-orm/core#MikroORM.new'),
  yields(members(repositories, 'getEntityManager'), manager),
  property([...members(instances(modules, 'MikroORM'), 'em'), ...members(repositories, 'em')], manager),
  transaction(members(managers, 'transactional'), '0', [manager]),
  { path: modules.map(module => `${module}#RequestContext.create`), run: [{ fn: '1', when: 'now', result: 'value' }], evidence: { question: 'context', message: 'MikroORM forks its identity map per request' } },
]
