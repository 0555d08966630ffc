import type { CatalogRow } from '../../model/catalog.js'
import { effect, members } from './build.js'

/** Tables of a database server, by their names. */
const tables = 'global#DATA'

/** The collections of Total.js, which it keeps in files. */
const collections = ['global#NOSQL()']
const natural = 'refuse a row that is there already, by a key that the caller sends'

export const rows: CatalogRow[] = [
  effect(members(collections, 'insert'), 'insert', 'Total.js NoSQL', { data: '0', clearedBy: [{ arg: '1' }], fix: natural }),
  effect(members(collections, 'update modify'), 'update', 'Total.js NoSQL', { data: '0' }),
  effect(members(collections, 'remove clear drop'), 'delete', 'Total.js NoSQL', {}),
  // With a third argument it looks first, and with one `modify` inserts what is not there.
  effect(`${tables}.insert`, 'insert', 'Total.js', { model: '0', data: '1', clearedBy: [{ arg: '2' }], fix: natural }),
  effect(members([tables], 'update modify'), 'update', 'Total.js', { model: '0', data: '1' }),
  effect(`${tables}.remove`, 'delete', 'Total.js', { model: '0' }),
]
