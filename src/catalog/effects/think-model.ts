import type { CatalogRow } from '../../model/catalog.js'
import { effect, members, transaction, yields } from './build.js'

const model = 'think-model#Model.new'
const chain = { model: ['model:0', 'table:0'], where: ['where:0'] }

/** The models of ThinkJS: what is asked stands before, `this.model('user').where({ name }).update({ … })`. */
export const rows: CatalogRow[] = [
  yields(members(model, 'where field fieldReverse limit page order join alias group having distinct union table cache comment setRelation db setPk explain'), 'this'),
  effect(members(model, 'add addMany selectAdd'), 'insert', 'think-model', { data: '0', chain, fix: 'declare a natural key unique in the schema, or take the id from the client' }),
  // A row is looked for, and written if there is none.
  effect(members(model, 'thenAdd thenUpdate'), 'upsert', 'think-model', { data: '0', where: '1', chain }),
  effect(members(model, 'update updateMany'), 'update', 'think-model', { data: '0', chain }),
  effect(members(model, 'increment decrement'), 'relative-update', 'think-model', { chain }),
  effect(members(model, 'delete'), 'delete', 'think-model', { chain }),
  effect(members(model, 'execute'), 'sql', 'think-model', { sql: '0' }),
  transaction(members(model, 'transaction'), '0', []),
]
