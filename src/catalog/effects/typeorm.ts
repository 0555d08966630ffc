import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, finds, instances, members, property, transaction, yields } from './build.js'

const manager = 'typeorm#EntityManager.new'
const repository = 'typeorm#Repository.new'
const builder = 'typeorm#SelectQueryBuilder.new'
const entity = 'typeorm#BaseEntity.new'
const made = 'typeorm#MadeEntity.new'
const sources = instances('typeorm', 'DataSource Connection')
const managers = [manager, ...instances('typeorm', 'MongoEntityManager')]
const repositories = instances('typeorm', 'Repository TreeRepository MongoRepository')
  .concat(instances(['typeorm-transactional-cls-hooked', '@nestjs-cls/transactional-adapter-typeorm'], 'BaseRepository'))
const builders = [builder, ...instances('typeorm', 'QueryBuilder InsertQueryBuilder UpdateQueryBuilder')]
const model = 'typeorm#BaseEntity'
const useUpsert = 'use `upsert(entity, [\'<unique column>\'])` or `createQueryBuilder().insert().orIgnore()` on a `@Unique` column'
const useAbsolute = 'add `@VersionColumn()` and a condition on it, or record the request\'s key in the same transaction'

const written = [
  effect(members(repositories, 'save'), 'insert', 'typeorm', { model: 'receiver', data: '0', fix: useUpsert }),
  effect(members(repositories, 'insert insertOne insertMany'), 'insert', 'typeorm', { model: 'receiver', data: '0', fix: useUpsert }),
  effect(members(repositories, 'upsert'), 'upsert', 'typeorm', { model: 'receiver', data: '0', where: '1', byConflict: true }),
  effect(members(repositories, 'update updateOne updateMany'), 'update', 'typeorm', { model: 'receiver', where: '0', data: '1' }),
  effect(members(repositories, 'updateAll'), 'update', 'typeorm', { model: 'receiver', data: '0' }),
  effect(members(repositories, 'increment decrement'), 'relative-update', 'typeorm', { model: 'receiver', where: '0', data: '1', fix: useAbsolute }),
  effect(members(repositories, 'delete deleteOne deleteMany softDelete'), 'delete', 'typeorm', { model: 'receiver', where: '0' }),
  effect(members(repositories, 'restore'), 'update', 'typeorm', { model: 'receiver', where: '0' }),
  effect(members(repositories, 'remove softRemove clear deleteAll'), 'delete', 'typeorm', { model: 'receiver', data: '0' }),
  effect(members(repositories, 'recover'), 'update', 'typeorm', { model: 'receiver' }),
  effect(members(repositories, 'query'), 'sql', 'typeorm', { sql: '0', data: '1' }),
  effect(members(managers, 'save'), 'insert', 'typeorm', { model: '0', data: '1~0', fix: useUpsert }),
  effect(members(managers, 'insert insertOne insertMany'), 'insert', 'typeorm', { model: '0', data: '1', fix: useUpsert }),
  effect(members(managers, 'upsert'), 'upsert', 'typeorm', { model: '0', data: '1', where: '2', byConflict: true }),
  effect(members(managers, 'update updateOne updateMany'), 'update', 'typeorm', { model: '0', where: '1', data: '2' }),
  effect(members(managers, 'increment decrement'), 'relative-update', 'typeorm', { model: '0', where: '1', data: '2', fix: useAbsolute }),
  effect(members(managers, 'delete softDelete'), 'delete', 'typeorm', { model: '0', where: '1' }),
  effect(members(managers, 'restore'), 'update', 'typeorm', { model: '0', where: '1' }),
  effect(members(managers, 'remove softRemove clear'), 'delete', 'typeorm', { model: '0', data: '1~0' }),
  effect(members(managers, 'recover'), 'update', 'typeorm', { model: '0' }),
  effect(members([...managers, ...sources, ...instances('typeorm', 'QueryRunner')], 'query'), 'sql', 'typeorm', { sql: '0', data: '1' }),
  effect(members(sources, 'sql'), 'sql', 'typeorm', { sql: '0' }),
]

const builds = [
  effect(members(builders, 'insert'), 'insert', 'typeorm', {
    lazy: true, chain: { model: ['into:0', 'createQueryBuilder:0'], data: ['values:0'] },
    clearedBy: [{ call: 'orIgnore' }, { call: 'orUpdate', target: '1' }, { call: 'onConflict', target: '0' }], fix: 'add `.orIgnore()` (or `.orUpdate`) on a unique column',
  }),
  effect(members(builders, 'update'), 'update', 'typeorm', { lazy: true, model: '0', chain: { model: ['createQueryBuilder:0'], data: ['set:0'], where: ['where:0'] } }),
  effect(members(builders, 'delete softDelete'), 'delete', 'typeorm', { lazy: true, chain: { model: ['from:0', 'createQueryBuilder:0'], where: ['where:0'] } }),
  yields(members([...repositories, ...managers, ...sources, model], 'createQueryBuilder'), builder),
  yields(exported('typeorm', 'createQueryBuilder'), builder),
  // However many of them, the chain ends at the same builder.
  yields(members(builder, [
    ...['left', 'inner'].flatMap((side) => ['', 'AndSelect', 'AndMapOne', 'AndMapMany'].map((what) => `${side}Join${what}`)), 'where andWhere orWhere whereInIds andWhereInIds orWhereInIds having andHaving orHaving',
    'select addSelect distinct distinctOn orderBy addOrderBy groupBy addGroupBy skip take limit offset withDeleted cache setLock setOnLocked setParameter setParameters setFindOptions loadAllRelationIds loadRelationCountAndMap comment useIndex maxExecutionTime',
  ].join(' ')), builder),
]

const active = [
  effect(members([entity], 'save'), 'insert', 'typeorm', { model: 'receiver', data: 'this', fix: useUpsert }),
  effect(members([entity], 'remove softRemove'), 'delete', 'typeorm', { model: 'receiver' }),
  effect(members([entity], 'recover'), 'update', 'typeorm', { model: 'receiver' }),
  effect(members([model], 'save insert'), 'insert', 'typeorm', { model: 'receiver', data: '0', fix: useUpsert }),
  effect(members([model], 'upsert'), 'upsert', 'typeorm', { model: 'receiver', data: '0', where: '1', byConflict: true }),
  effect(members([model], 'update'), 'update', 'typeorm', { model: 'receiver', where: '0', data: '1' }),
  effect(members([model], 'increment decrement'), 'relative-update', 'typeorm', { model: 'receiver', where: '0', data: '1', fix: useAbsolute }),
  effect(members([model], 'delete softDelete'), 'delete', 'typeorm', { model: 'receiver', where: '0' }),
  effect(members([model], 'remove clear'), 'delete', 'typeorm', { model: 'receiver', data: '0' }),
  finds(members([model], 'create merge'), entity),
  yields(members([model], 'getRepository'), repository),
  finds(members([model], 'findOne findOneBy findOneOrFail findOneByOrFail findOneById'), 'typeorm#FoundEntity.new'),
  // What was found is changed by `save`, not made.
  effect('typeorm#FoundEntity.new.save', 'update', 'typeorm', { model: 'receiver', data: 'this' }),
  effect(members(['typeorm#FoundEntity.new'], 'remove softRemove'), 'delete', 'typeorm', { model: 'receiver' }),
]

const reached = [
  client([...sources, ...managers, ...repositories], 'pool'),
  yields(exported('typeorm', 'createConnection getConnection'), 'typeorm#DataSource.new'),
  yields(exported('typeorm', 'getManager getMongoManager'), manager),
  yields(exported('typeorm', 'getRepository getTreeRepository getMongoRepository'), repository),
  yields(members([...sources, ...managers], 'getRepository getTreeRepository getMongoRepository'), repository),
  // A token of Nest, which stands for what it asks for.
  yields(exported('@nestjs/typeorm', 'getRepositoryToken getCustomRepositoryToken'), repository),
  yields(exported('@nestjs/typeorm', 'getEntityManagerToken'), manager),
  yields(exported('@nestjs/typeorm', 'getDataSourceToken getConnectionToken'), 'typeorm#DataSource.new'),
  yields(members(managers, 'withRepository'), 'arg:0'),
  yields([...exported('typeorm', 'getCustomRepository'), ...members([...sources, ...managers], 'getCustomRepository')], 'arg:0.new'),
  yields(members([...repositories, ...managers], 'findOne findOneBy findOneOrFail findOneByOrFail preload'), 'typeorm#FoundEntity.new'),
  ...members(repositories, 'extend').map(path => ({ path, returns: 'arg:0', inherits: '0' })),
  // The row has what it is given, and saves itself where its class is a `BaseEntity`.
  { ...yields(members(repositories, 'create'), 'arg:0'), besides: made },
  effect(`${made}.save`, 'insert', 'typeorm', { model: 'receiver', data: 'made.0', fix: useUpsert }),
  yields(members(sources, 'initialize connect'), 'this'),
  yields(members(sources, 'createQueryRunner'), 'typeorm#QueryRunner.new'),
  yields(members(sources, 'createEntityManager'), manager),
  property(members([...sources, ...repositories, ...instances('typeorm', 'QueryRunner EntitySubscriberInterface InsertEvent UpdateEvent RemoveEvent')], 'manager'), manager),
  property(members([...managers, ...instances('typeorm', 'QueryRunner')], 'connection dataSource'), 'typeorm#DataSource.new'),
  transaction(members([...sources, ...managers], 'transaction'), 'last', [manager]),
]

/** TypeORM: repositories, managers, active records and query builders. */
export const rows: CatalogRow[] = [...written, ...builds, ...active, ...reached]
