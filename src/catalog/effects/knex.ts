import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, transaction, yields } from './build.js'

const knex = 'knex#Knex.new'
const builder = 'knex#QueryBuilder.new'
// Types before version 0.95 stood in the namespace `knex` itself.
const roots = [knex, 'knex#default', ...instances('knex', 'default Transaction Knex.Transaction'), ...instances('nestjs-knex', 'Knex')]
const builders = [builder, ...instances('knex', 'Knex.QueryBuilder')]
const table = ['():0', 'into:0', 'from:0', 'table:0', 'queryBuilder:0', 'withSchema:0']
const where = ['where:0', 'andWhere:0', 'whereIn:0', 'whereRaw:0', 'whereNull:0']
const refining = 'from into table withSchema where andWhere orWhere whereIn whereNot whereNull whereNotNull whereRaw whereNotIn whereBetween join leftJoin returning select orderBy limit first transacting forUpdate skipLocked clone as modify timeout with'

/** Knex: the table stands in an earlier call of the chain (`knex('users')`). */
export const rows: CatalogRow[] = [
  client([knex, 'knex#default.new'], 'pool'),
  yields(exported('knex', 'default knex'), knex),
  // `knex('users')`: an instance that is called.
  yields(roots.filter(path => path.endsWith('.new')).map(path => `${path}()`), builder),
  yields(members(roots.filter(path => path.endsWith('.new')), 'from into table withSchema queryBuilder with select where'), builder),
  yields(members(builders, refining), 'this'),
  property(members([knex], 'client'), 'knex#Client.new'),
  effect(members([...builders, knex], 'insert'), 'insert', 'knex', {
    model: 'receiver', data: '0', lazy: true, chain: { model: table }, clearedBy: [{ call: 'onConflict', target: '0' }, { call: 'ignore' }, { call: 'merge', sets: '0' }],
    fix: 'add `.onConflict(\'<unique column>\').ignore()` or `.merge()`',
  }),
  effect(members([...builders, knex], 'batchInsert'), 'insert', 'knex', { model: '0', data: '1' }),
  effect(members(builders, 'upsert'), 'upsert', 'knex', { data: '0', byConflict: true, lazy: true, chain: { model: table } }),
  effect(members([...builders, knex], 'update'), 'update', 'knex', { data: '0', lazy: true, chain: { model: table, where } }),
  effect(members(builders, 'increment decrement'), 'relative-update', 'knex', { data: '0', lazy: true, chain: { model: table, where }, fix: 'record the request\'s key in the same transaction, or set the value under a condition' }),
  effect(members([...builders, knex], 'del delete truncate'), 'delete', 'knex', { lazy: true, chain: { model: table, where } }),
  effect(members([...builders, ...roots.filter(path => path.endsWith('.new'))], 'raw'), 'sql', 'knex', { sql: '0', data: '1', lazy: true }),
  // Without a callback it gives the transaction itself.
  { ...transaction(members(roots.filter(path => path.endsWith('.new')), 'transaction'), '0', [knex]), returns: knex },
  yields(members([knex], 'transactionProvider'), 'knex#Provider.new'),
  yields(['knex#Provider.new()'], knex),
]
