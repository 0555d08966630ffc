import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, members } from './build.js'

const collections = ['meteor/mongo', 'global'].map((module) => `${module}#Mongo.Collection.new`)
const unique = 'let the client send the `_id`, or create a unique index on the natural key'

/** Collections of Meteor: MongoDB behind methods that clients send again after they lost their connection. */
export const rows: CatalogRow[] = [
  client(collections, 'pool'),
  effect(members(collections, 'insert insertAsync'), 'insert', 'meteor mongo', { model: 'receiver', data: '0', fix: unique }),
  effect(members(collections, 'update updateAsync'), 'update', 'meteor mongo', { model: 'receiver', where: '0', data: '1', fix: 'put the expected state into the selector and look at the number that comes back' }),
  effect(members(collections, 'upsert upsertAsync'), 'upsert', 'meteor mongo', { model: 'receiver', where: '0', data: '1' }),
  effect(members(collections, 'remove removeAsync'), 'delete', 'meteor mongo', { model: 'receiver', where: '0' }),
  { path: members(collections, 'rawCollection'), returns: 'mongodb#Collection.new' },
]
