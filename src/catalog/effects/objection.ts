import type { CatalogRow } from '../../model/catalog.js'
import { effect, finds, instances, members, transaction, yields } from './build.js'

const builder = 'objection#QueryBuilder.new'
const builders = [builder, ...instances('objection', 'QueryBuilderType')]
const model = { model: ['relatedQuery:0', '$relatedQuery:0'], where: ['where:0', 'findById:0', 'findOne:0'] }
const clearedBy = [{ call: 'onConflict', target: '0' }, { call: 'ignore' }, { call: 'merge', sets: '0' }]
const refining = 'where andWhere orWhere clone leftJoinRelated innerJoinRelated withGraphFetched whereIn whereNull whereNotNull whereRaw findById findOne findByIds returning first select orderBy limit forUpdate skipLocked withGraphFetched withGraphJoined joinRelated transacting context throwIfNotFound for modify'

/** Objection: `Model.query().insert(row)`; the model is the receiver of `query()`. */
export const rows: CatalogRow[] = [
  // What a query is awaited for is rows of the class that it was asked of: they have its methods.
  finds(members('objection#Model', 'query'), builder),
  yields([...members('objection#Model', 'relatedQuery bindTransaction'), ...members(['objection#Model.new', builder], '$query $relatedQuery'), 'objection#QueryBuilder.forClass'], builder),
  yields(members(builders, refining), 'this'),
  yields(members('objection#Model', 'bindKnex'), 'objection#Model'),
  effect(members(builders, 'insert insertAndFetch insertGraph insertGraphAndFetch insertWithRelated'), 'insert', 'objection', {
    model: 'receiver', data: '0', lazy: true, clearedBy, chain: { model: model.model }, fix: 'add `.onConflict(\'<unique column>\').ignore()` or `.merge()`',
  }),
  effect(members(builders, 'upsertGraph upsertGraphAndFetch'), 'upsert', 'objection', { model: 'receiver', data: '0', where: '0', lazy: true, chain: { model: model.model } }),
  effect(members(builders, 'update patch updateAndFetch patchAndFetch'), 'update', 'objection', { model: 'receiver', data: '0', lazy: true, chain: model }),
  effect(members(builders, 'updateAndFetchById patchAndFetchById'), 'update', 'objection', { model: 'receiver', where: '0', data: '1', lazy: true, chain: { model: model.model } }),
  effect(members(builders, 'increment decrement'), 'relative-update', 'objection', { model: 'receiver', data: '0', lazy: true, chain: model }),
  effect(members(builders, 'delete del'), 'delete', 'objection', { model: 'receiver', lazy: true, chain: model }),
  effect(members(builders, 'deleteById'), 'delete', 'objection', { model: 'receiver', where: '0', lazy: true }),
  // A pair of keys in a table between two others, which nearly always holds each pair once.
  effect(members(builders, 'relate'), 'upsert', 'objection', { model: 'receiver', data: '0', lazy: true, chain: { model: model.model } }),
  effect(members(builders, 'unrelate'), 'delete', 'objection', { model: 'receiver', lazy: true, chain: model }),
  effect(['objection#Model.raw', 'objection#raw'], 'sql', 'objection', { sql: '0', lazy: true }),
  transaction(['objection#transaction', 'objection#Model.transaction', 'objection#transaction.start'], 'last', ['knex#Knex.new']),
]
