import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, finds, instances, members, property, transaction, yields } from './build.js'

/**
 * `model()` yields a class. An injected `Model<User>` is typed as if it were an instance of `Model`, yet it *is* that class:
 * so each static stands under both paths, and a document made of the injected one is `Model.new.new`.
 */
const classes = ['mongoose#Model', ...instances('mongoose', 'Model PaginateModel AggregatePaginateModel SoftDeleteModel'), ...instances('@typegoose/typegoose', 'ReturnModelType types.ModelType')]
const made = classes.map(path => `${path}.new`)
/** Paths that are a document and never the injected class. */
const fresh = made.filter(path => !classes.includes(path))
const found = instances('mongoose', 'Document HydratedDocument')
const connections = instances('mongoose', 'Connection Mongoose')
const session = 'mongodb#ClientSession.new'
const document = 'mongoose#Document.new'
const useUpsert = 'use `findOneAndUpdate({ <unique key> }, { $setOnInsert: doc }, { upsert: true })` with a unique index on that key'
const useCondition = 'put what must still hold into the filter (`{ _id, status: \'pending\' }`) and check the result, or add the request\'s key with `$addToSet` in the same update'

const inserts = [
  effect(members(classes, 'create'), 'insert', 'mongoose', { model: 'receiver', data: '0', primary: '_id', fix: useUpsert }),
  effect(members(classes, 'insertMany insertOne'), 'insert', 'mongoose', { model: 'receiver', data: '0', fix: useUpsert }),
  effect(members(made, 'save $save'), 'insert', 'mongoose', { model: 'receiver', data: 'this', fix: useUpsert }),
  effect(members(classes, 'bulkSave'), 'insert', 'mongoose', { model: 'receiver', data: '0' }),
  effect(members(classes, 'bulkWrite'), 'update', 'mongoose', { model: 'receiver', data: '0', operations: '0', fix: 'write with `updateOne` and `upsert: true` on a unique key' }),
]

const updates = [
  effect(members(classes, 'findOneAndUpdate updateOne updateMany update findOneAndReplace replaceOne'), 'update', 'mongoose', {
    model: 'receiver', where: '0', data: '1', lazy: true, fix: useCondition,
  }),
  effect(members(classes, 'findByIdAndUpdate'), 'update', 'mongoose', { model: 'receiver', where: '0', data: '1', lazy: true, fix: useCondition }),
  effect(members(found, 'save $save'), 'update', 'mongoose', { model: 'receiver', data: 'this', fix: useCondition }),
  effect(members([...fresh, ...found], 'updateOne update replaceOne'), 'update', 'mongoose', { model: 'receiver', data: '0', lazy: true }),
  effect(members([...made, ...found], 'increment $inc'), 'relative-update', 'mongoose', { model: 'receiver' }),
  effect(members(['mongoose#Query.new'], 'updateOne updateMany findOneAndUpdate replaceOne'), 'update', 'mongoose', { data: '1~0', where: '0', lazy: true, chain: { where: ['find:0', 'findOne:0', 'where:0'] } }),
]

const deletes = [
  effect(members(classes, 'deleteOne deleteMany remove findOneAndDelete findOneAndRemove'), 'delete', 'mongoose', { model: 'receiver', where: '0', lazy: true }),
  effect(members(classes, 'findByIdAndDelete findByIdAndRemove'), 'delete', 'mongoose', { model: 'receiver', where: '0', lazy: true }),
  effect(members([...fresh, ...found], 'deleteOne remove delete'), 'delete', 'mongoose', { model: 'receiver' }),
  effect(members(['mongoose#Query.new'], 'deleteOne deleteMany findOneAndDelete'), 'delete', 'mongoose', { lazy: true, chain: { where: ['find:0', 'findOne:0', 'where:0'] } }),
]

const refined = 'exec populate select sort limit skip lean session orFail where equals ne gt gte lt lte in nin all size exists regex mod elemMatch and or nor cursor collation hint setOptions read maxTimeMS comment batchSize slice'

const reads = [
  finds(members(classes, 'findOne findById findOneAndUpdate findByIdAndUpdate findOneAndReplace findOneAndDelete findByIdAndDelete create hydrate findOneOrFail'), document),
  yields(members(classes, 'find where'), 'mongoose#Query.new'),
  // Queries are awaited, refined and sorted: what comes out is still the documents.
  yields(members(found, `${refined} set toObject toJSON`), 'this'),
  yields(members(['mongoose#Query.new'], refined), 'this'),
  property(['mongoose#Query.new.[]'], document),
  yields(members(['mongoose#Query.new'], 'findOne'), document),
  ...['map', 'forEach', 'filter', 'find', 'some', 'every', 'flatMap', 'reduce'].map(name => elements(name)),
]

/** Before Mongoose 7, what a promise gives may be given to a callback. */
const callbacks: CatalogRow[] = [
  ...['findOne', 'findById', 'findOneAndUpdate', 'findByIdAndUpdate', 'findOneAndDelete', 'findOneAndRemove', 'findByIdAndDelete', 'findByIdAndRemove', 'create'].map((name) => given(members(classes, name), document)),
  given(members(classes, 'find'), 'mongoose#Query.new'),
  given(members([...fresh, ...found, 'mongoose#Query.new'], 'exec save'), 'this'),
]

function given(path: string[], value: string): CatalogRow {
  return { path, run: [{ fn: 'last', when: 'now', params: ['', value] }] }
}

function elements(name: string): CatalogRow {
  const params = name === 'reduce' ? ['', document] : [document]
  return { path: `mongoose#Query.new.${name}`, run: [{ fn: '0', when: 'now', params }], ...(name === 'find' ? { returns: document } : {}) }
}

/** `schema.statics.load = …` is found on the model, `schema.methods.open = …` on its documents. */
const schemas: CatalogRow[] = [
  { path: instances('mongoose', 'Schema'), holds: { statics: '1.statics', methods: '1.methods' } },
  { path: members(instances('mongoose', 'Schema'), 'static'), takesMember: { name: '0', value: '1', of: 'statics' } },
  { path: members(instances('mongoose', 'Schema'), 'method'), takesMember: { name: '0', value: '1', of: 'methods' } },
  { path: members(instances('mongoose', 'Schema'), 'loadClass'), takesClass: { from: '0', own: 'statics', rows: 'methods' } },
  { path: [...exported('mongoose', 'model'), ...members(connections, 'model'), ...members(classes, 'discriminator')], extension: { name: '0', schema: '1', own: 'statics', rows: 'methods' } },
]

const reached = [
  client(connections, 'pool'),
  client(instances('mongoose', 'Schema'), 'config'),
  yields([...exported('mongoose', 'model'), ...members(connections, 'model'), ...members(classes, 'discriminator'), ...exported('@typegoose/typegoose', 'getModelForClass getDiscriminatorModelForClass addModelToTypegoose')], 'mongoose#Model'),
  property(['mongoose#models.*', ...members(connections, 'models.*')], 'mongoose#Model'),
  property(exported('mongoose', 'connection'), 'mongoose#Connection.new'),
  property(members('mongoose#Mongoose.new', 'connection'), 'mongoose#Connection.new'),
  yields(exported('mongoose', 'createConnection'), 'mongoose#Connection.new'),
  yields(members(['mongoose#Connection.new'], 'useDb asPromise openUri'), 'mongoose#Connection.new'),
  yields(exported('mongoose', 'connect'), 'mongoose#Mongoose.new'),
  yields([...exported('mongoose', 'startSession'), ...members(connections, 'startSession'), ...members(classes, 'startSession')], session),
  yields(members(connections, 'collection'), 'mongodb#Collection.new'),
  yields(members([...connections, ...classes], 'watch'), 'mongodb#ChangeStream.new'),
  property(['mongoose#Connection.new.db'], 'mongodb#Db.new'),
  property(members(classes, 'collection'), 'mongodb#Collection.new'),
  transaction(members(instances('mongoose', 'Connection'), 'transaction'), '0', [session], true),
]

const task = 'fawn#Task.new'
/** Writes to several collections, one after another, when `run` is called. */
const fawn = [
  yields(['fawn#Task', ...members(task, 'initModel')], task),
  effect(members(task, 'save'), 'insert', 'mongoose', { model: '0', data: '1', fix: useUpsert }),
  effect(members(task, 'update'), 'update', 'mongoose', { model: '0', where: '1', data: '2', fix: useCondition }),
  effect(members(task, 'remove'), 'delete', 'mongoose', { model: '0', where: '1' }),
  yields(members(task, 'save update remove options'), task),
]

/** Mongoose and Typegoose. */
export const rows: CatalogRow[] = [...inserts, ...updates, ...deletes, ...reads, ...callbacks, ...schemas, ...reached, ...fawn]
