import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, property, transaction, yields } from './build.js'

const collections = [...instances(['mongodb', 'monk', 'mongojs', '@fastify/mongodb'], 'Collection'), 'mongolass#Model.new']
const collection = 'mongodb#Collection.new'
const session = 'mongodb#ClientSession.new'
const unique = 'create a unique index on the natural key and `updateOne(key, { $setOnInsert: doc }, { upsert: true })`'
const conditional = 'put the expected state into the filter and check `modifiedCount`'
const bulks = instances('mongodb', 'OrderedBulkOperation UnorderedBulkOperation BulkOperationBase')

const writes = [
  effect(members(collections, 'insertOne insertMany insert'), 'insert', 'mongodb', { model: 'receiver', data: '0', primary: '_id', fix: unique }),
  // A model of Mongolass has the methods of its collection, and this one more.
  effect(members('mongolass#Model.new', 'create'), 'insert', 'mongodb', { model: 'receiver', data: '0', fix: unique }),
  effect(members(collections, 'updateOne updateMany update findOneAndUpdate findAndModify replaceOne findOneAndReplace'), 'update', 'mongodb', { model: 'receiver', where: '0', data: '1', fix: conditional }),
  effect(members(collections, 'save'), 'upsert', 'mongodb', { model: 'receiver', data: '0' }),
  effect(members(collections, 'deleteOne deleteMany remove findOneAndDelete'), 'delete', 'mongodb', { model: 'receiver', where: '0' }),
  effect(members(collections, 'bulkWrite'), 'update', 'mongodb', { model: 'receiver', data: '0', operations: '0', fix: 'write with `updateOne` and `upsert: true` on a unique key' }),
  effect(members(bulks, 'insert'), 'insert', 'mongodb', { model: 'receiver', data: '0', lazy: true, fix: unique }),
]

const reached = [
  client(instances('mongodb', 'MongoClient Db Collection'), 'pool'),
  // With a callback (drivers up to 4); up to 2 it was given the database itself.
  { path: 'mongodb#MongoClient.connect', returns: 'mongodb#MongoClient.new', run: [{ fn: 'last', when: 'now', params: ['', 'mongodb#MongoClient.new'] }] } satisfies CatalogRow,
  { path: members(instances('mongodb', 'MongoClient'), 'connect'), returns: 'this', run: [{ fn: 'last', when: 'now', params: ['', 'this'] }] } satisfies CatalogRow,
  yields(members(instances('mongodb', 'MongoClient'), 'collection'), 'mongodb#Collection.new'),
  yields(members(instances('mongodb', 'MongoClient'), 'db'), 'mongodb#Db.new'),
  yields(members(instances('mongodb', 'Db'), 'collection createCollection'), collection),
  property(members(instances('@fastify/mongodb', 'FastifyMongoObject'), 'db'), 'mongodb#Db.new'),
  yields(members(instances('mongodb', 'MongoClient'), 'startSession'), session),
  yields(members(collections, 'initializeOrderedBulkOp initializeUnorderedBulkOp'), 'mongodb#OrderedBulkOperation.new'),
  yields(members([...instances('mongodb', 'MongoClient Db'), ...collections], 'watch'), 'mongodb#ChangeStream.new'),
  yields(['mongolass#default.new.model', 'mongolass#Model.new.model'], 'mongolass#Model.new'),
  yields(['monk#default'], 'monk#Manager.new'),
  yields(members('monk#Manager.new', 'get create'), 'monk#Collection.new'),
  // The driver runs the callback again after a transient error.
  transaction([`${session}.withTransaction`], '0', [session], true),
  { path: members(instances('mongodb', 'MongoClient'), 'withSession'), run: [{ fn: 'last', when: 'now', params: [session], result: 'value' }] } satisfies CatalogRow,
]

/** The MongoDB driver and thin wrappers of it. */
export const rows: CatalogRow[] = [...writes, ...reached]
