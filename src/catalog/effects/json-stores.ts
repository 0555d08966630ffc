import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, instances, members, property, yields } from './build.js'

const natural = 'refuse a row that is there already, by a key that the caller sends'
const lows = ['lowdb#default()', ...instances('lowdb', 'LowdbSync LowdbAsync LowSync Low'), ...instances('lowdb/node', 'Low LowSync')]
const chain = 'lowdb#Chain.new'
const nedbs = instances(['nedb', '@seald-io/nedb', 'nedb-promises', 'nedb-async'], 'default Datastore').concat('nedb-promises#create()', 'nedb-promises#Datastore.create()')
const loki = 'lokijs#Collection.new'
const mars = instances('marsdb', 'Collection default')
const pouches = instances(['pouchdb', 'pouchdb-node', 'pouchdb-core'], 'default')
const levels = instances(['level', 'classic-level', 'levelup', 'rocksdb', 'abstract-level'], 'Level ClassicLevel default').concat('level#default()', 'levelup#default()')
const couch = 'nano#DocumentScope.new'
/** Members of a database of quick.db, or of the only one of its first versions. */
const quick = (names: string): string[] => [...members(instances('quick.db', 'QuickDB'), names), ...exported('quick.db', names)]

/** lowdb: chains of lodash up to version 1, a plain object that is written as a whole from version 2 on. */
const lowdb = [
  yields(members(lows, 'get'), chain),
  yields(members(chain, 'find filter first last nth take sortBy orderBy map reject chain cloneDeep value'), 'this'),
  yields(exported(['lowdb', 'lowdb/node'], 'JSONFilePreset JSONFileSyncPreset'), 'lowdb#Low.new'),
  effect(members(chain, 'push unshift insert concat'), 'insert', 'lowdb', { data: '0', lazy: true, fix: natural }),
  effect(members(chain, 'assign merge set extend updateById'), 'update', 'lowdb', { data: '0', lazy: true }),
  effect(members(chain, 'remove pull unset removeById'), 'delete', 'lowdb', { where: '0', lazy: true }),
  effect(members(chain, 'upsert'), 'upsert', 'lowdb', { data: '0', lazy: true }),
  effect(members(['lowdb#default()', ...instances('lowdb', 'LowdbSync LowdbAsync')], 'update'), 'relative-update', 'lowdb', { model: '0', data: '1', lazy: true }),
  effect(members(instances(['lowdb', 'lowdb/node'], 'Low LowSync'), 'update'), 'update', 'lowdb', { data: '0' }),
  effect(members(['lowdb#default()', ...instances('lowdb', 'LowdbSync LowdbAsync')], 'set'), 'update', 'lowdb', { model: '0', data: '1', lazy: true }),
  effect(members(instances(['lowdb', 'lowdb/node'], 'Low LowSync'), 'write'), 'update', 'lowdb', { data: 'this', fix: natural }),
  // From version 2 on the data is a plain object: a row is pushed into one of its lists.
  effect(members(['data', 'data.*', 'data.*.*'].flatMap((list) => instances(['lowdb', 'lowdb/node'], 'Low LowSync').map((low) => `${low}.${list}`)), 'push unshift'), 'insert', 'lowdb', { data: '0', fix: natural }),
]

const documents = [
  effect(members(nedbs, 'insert insertAsync insertOne insertMany'), 'insert', 'nedb', { model: 'receiver', data: '0', fix: 'ensureIndex({ fieldName, unique: true }) on the natural key' }),
  effect(members(nedbs, 'update updateAsync updateOne updateMany'), 'update', 'nedb', { model: 'receiver', where: '0', data: '1' }),
  effect(members(nedbs, 'remove removeAsync removeOne deleteOne deleteMany'), 'delete', 'nedb', { model: 'receiver', where: '0' }),
  yields(members(instances('lokijs', 'default Loki'), 'addCollection getCollection'), loki),
  effect(members(loki, 'insert insertOne'), 'insert', 'lokijs', { model: 'receiver', data: '0', fix: natural }),
  effect(members(loki, 'update findAndUpdate'), 'update', 'lokijs', { model: 'receiver', data: '0' }),
  effect(members(loki, 'remove findAndRemove removeWhere'), 'delete', 'lokijs', { model: 'receiver', where: '0' }),
  effect(members(mars, 'insert insertAll'), 'insert', 'marsdb', { model: 'receiver', data: '0', fix: natural }),
  effect(members(mars, 'update'), 'update', 'marsdb', { model: 'receiver', where: '0', data: '1' }),
  effect(members(mars, 'remove'), 'delete', 'marsdb', { model: 'receiver', where: '0' }),
  effect(members(pouches, 'post'), 'insert', 'pouchdb', { model: 'receiver', data: '0', fix: 'use `put` with an `_id` made from the request' }),
  effect(members(pouches, 'put'), 'upsert', 'pouchdb', { model: 'receiver', data: '0' }),
  effect(members(pouches, 'remove'), 'delete', 'pouchdb', { model: 'receiver', where: '0' }),
  yields(members('nano#default()', 'use db.use scope'), couch),
  property(members('nano#default()', 'db'), 'nano#default()'),
  effect(members(couch, 'insert'), 'insert', 'couchdb', { model: 'receiver', data: '0', key: ['1'], fix: 'give the document an id made from the request' }),
  effect(members(levels, 'put'), 'update', 'level', { where: '0', data: '1', anew: { under: '0' }, fix: 'make the key of what the request sends' }),
  effect(members(levels, 'del'), 'delete', 'level', { where: '0' }),
  yields(members('couchbase#connect()', 'bucket'), 'couchbase#Bucket.new'),
  yields(members(instances('couchbase', 'Cluster'), 'bucket'), 'couchbase#Bucket.new'),
  yields([...members('couchbase#Bucket.new', 'defaultCollection collection'), ...members('couchbase#Scope.new', 'collection')], 'couchbase#Collection.new'),
  yields(members('couchbase#Bucket.new', 'scope defaultScope'), 'couchbase#Scope.new'),
  yields(members('couchbase#Collection.new', 'binary'), 'couchbase#BinaryCollection.new'),
  effect(members('couchbase#Collection.new', 'insert'), 'insert', 'couchbase', { where: '0', data: '1', key: ['0'], fix: 'make the key of what the request sends: `insert` then refuses the second one' }),
  effect(members('couchbase#Collection.new', 'upsert replace'), 'update', 'couchbase', { where: '0', data: '1', anew: { under: '0' }, fix: 'make the key of what the request sends' }),
  effect(members('couchbase#Collection.new', 'remove'), 'delete', 'couchbase', { where: '0' }),
  effect(members('couchbase#BinaryCollection.new', 'increment decrement append prepend'), 'relative-update', 'couchbase', { where: '0' }),
  effect(members(couch, 'destroy'), 'delete', 'couchdb', { model: 'receiver', where: '0' }),
  effect(quick('push'), 'append', 'quick.db', { model: '0', data: '1' }),
  effect(quick('add sub subtract'), 'relative-update', 'quick.db', { model: '0', data: '1' }),
  effect(quick('set'), 'update', 'quick.db', { model: '0', data: '1' }),
  effect(quick('delete pull'), 'delete', 'quick.db', { model: '0' }),
]

const keyed = ['unstorage#createStorage()', 'unstorage#prefixStorage()', 'nitropack#useStorage()', 'nitropack/runtime#useStorage()']
/** unstorage keeps caches as often as data: what is put there alone says little, unless under a key that is made up; what is taken away says more. */
const unstorage = [
  effect(members(keyed, 'setItem set setItemRaw setItems'), 'update', 'unstorage cache', { model: 'receiver', where: '0', data: '1', anew: { under: '0' } }),
  effect(members(keyed, 'removeItem del remove clear'), 'delete', 'unstorage', { model: 'receiver', where: '0' }),
]

/** Stores in files of the process: lowdb, NeDB, LokiJS, PouchDB, and CouchDB behind it. */
export const rows: CatalogRow[] = [...lowdb, ...documents, ...unstorage]
