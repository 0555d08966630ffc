import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, transaction, yields } from './build.js'

const database = 'kysely#Kysely.new'
const databases = [...instances('kysely', 'Kysely Transaction ControlledTransaction QueryCreator'), ...instances('nestjs-kysely', 'Kysely')]
const conflict = [
  // `oc => oc.columns(['key']).doNothing()`: the target stands inside the callback.
  { call: 'onConflict', target: '0' }, { call: 'ignore' }, { call: 'orIgnore' }, { call: 'orReplace' }, { call: 'onDuplicateKeyUpdate', sets: '0' },
]

/** Kysely: `db.insertInto('t').values(row).onConflict(oc => …).execute()`. */
export const rows: CatalogRow[] = [
  client(databases, 'pool'),
  yields(['@vercel/postgres-kysely#createKysely'], database),
  effect(members(databases, 'insertInto'), 'insert', 'kysely', {
    model: '0', lazy: true, chain: { data: ['values:0', 'expression:0'] }, clearedBy: conflict, fix: 'add `.onConflict(oc => oc.column(\'<unique column>\').doNothing())`',
  }),
  effect(members(databases, 'replaceInto mergeInto'), 'upsert', 'kysely', { model: '0', byConflict: true, lazy: true, chain: { data: ['values:0'] } }),
  effect(members(databases, 'updateTable'), 'update', 'kysely', { model: '0', lazy: true, chain: { data: ['set:0', 'set:0()'], where: ['where:0', 'where:2'] } }),
  effect(members(databases, 'deleteFrom'), 'delete', 'kysely', { model: '0', lazy: true, chain: { where: ['where:0'] } }),
  effect(members(databases, 'executeQuery'), 'sql', 'kysely', { sql: '0' }),
  yields(members(databases, 'withSchema withPlugin withTables withoutPlugins with withRecursive connection'), 'this'),
  yields(members(databases, 'transaction startTransaction'), 'kysely#TransactionBuilder.new'),
  yields(members('kysely#TransactionBuilder.new', 'setIsolationLevel setAccessMode'), 'this'),
  transaction(members('kysely#TransactionBuilder.new', 'execute'), '0', [database]),
  yields(['kysely#sql'], 'kysely#RawBuilder.new'),
  effect('kysely#sql', 'sql', 'kysely', { sql: '0', lazy: true }),
]
