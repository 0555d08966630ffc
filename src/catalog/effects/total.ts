import type { CatalogRow } from '../../model/catalog.js'
import { effect, members } from './build.js'

/** The collections of Total.js, which it keeps in files. */
const collections = ['global#NOSQL()']
const natural = 'refuse a row that is there already, by a key that the caller sends'

export const rows: CatalogRow[] = [
  effect(members(collections, 'insert'), 'insert', 'Total.js NoSQL', { data: '0', fix: natural }),
  effect(members(collections, 'update modify'), 'update', 'Total.js NoSQL', { data: '0' }),
  effect(members(collections, 'remove clear drop'), 'delete', 'Total.js NoSQL', {}),
]
