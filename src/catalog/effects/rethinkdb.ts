import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, members, yields } from './build.js'

/** The driver's own `r`, which is the module, and that of the pooled ones, which a call makes. */
const r = [...exported(['rethinkdb-ts', 'rethinkdb'], 'r'), 'rethinkdbdash#default()', 'rethinkhaberdashery#default()']
const table = 'rethinkdb#Table.new'
const database = 'rethinkdb#Db.new'

/** RethinkDB: `r.table('posts').insert(post).run(connection)`. */
export const rows: CatalogRow[] = [
  yields([...exported('rethinkdb', 'db'), ...members(r, 'db')], database),
  yields([...exported('rethinkdb', 'table'), ...members([...r, database], 'table')], table),
  yields(members(table, 'get getAll filter between nth orderBy limit skip merge without pluck default'), 'this'),
  effect(members(table, 'insert'), 'insert', 'rethinkdb', {
    data: '0', lazy: true, clearedBy: [{ arg: '1.conflict' }], fix: 'insert under an `id` that the request decides: a second row of that id is refused',
  }),
  effect(members(table, 'update replace'), 'update', 'rethinkdb', { data: '0', lazy: true }),
  effect(members(table, 'delete'), 'delete', 'rethinkdb', { lazy: true }),
]
