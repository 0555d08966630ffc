import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, members, yields } from './build.js'

const beans = 'redbean-node#R'
const redbean: CatalogRow[] = [
  { path: `${beans}.dispense`, returns: 'redbean-node#Bean.new', made: true },
  effect(members(beans, 'store storeAll'), 'insert', 'redbean-node', { ofMade: '0' }),
  effect(members(beans, 'trash trashAll'), 'delete', 'redbean-node'),
  effect(members(beans, 'exec getAll getRow getCell'), 'sql', 'redbean-node', { sql: '0', data: '1' }),
  yields([`${beans}.knex()`], 'knex#QueryBuilder.new'),
]

const models = 'mongo-models'
const mongoModels: CatalogRow[] = [
  effect(exported(models, 'insertOne insertMany'), 'insert', 'mongo-models', { model: 'receiver', data: '0', primary: '_id', fix: 'keep the key unique with an index and catch the duplicate' }),
  effect(exported(models, 'updateOne updateMany findOneAndUpdate findByIdAndUpdate replaceOne'), 'update', 'mongo-models', { model: 'receiver', where: '0', data: '1' }),
  effect(exported(models, 'deleteOne deleteMany findOneAndDelete findByIdAndDelete'), 'delete', 'mongo-models', { model: 'receiver', where: '0' }),
]

const adapter = 'moleculer-db#Adapter.new'
const moleculer: CatalogRow[] = [
  effect(members(adapter, 'insert insertMany'), 'insert', 'moleculer-db', { data: '0' }),
  effect(members(adapter, 'updateById updateMany'), 'update', 'moleculer-db', { data: '1' }),
  effect(members(adapter, 'removeById removeMany clear'), 'delete', 'moleculer-db'),
]

/** What services over a database do, asked for by the classes that extend them: `super.create(data, params)`. */
const services = ['@feathersjs/knex#KnexService.new', '@feathersjs/mongodb#MongoDBService.new', 'feathers-sequelize#SequelizeService.new', 'feathers-sequelize#Service.new', 'feathers-mongoose#Service.new', 'feathers-objection#Service.new']
const feathers: CatalogRow[] = [
  effect(members(services, 'create _create'), 'insert', 'feathers', { model: 'receiver', data: '0' }),
  effect(members(services, 'update patch _update _patch'), 'update', 'feathers', { model: 'receiver', where: '0', data: '1' }),
  effect(members(services, 'remove _remove'), 'delete', 'feathers', { model: 'receiver', where: '0' }),
]

/** Smaller layers over a database: beans, models over MongoDB, adapters of Moleculer. */
export const rows: CatalogRow[] = [...redbean, ...mongoModels, ...moleculer, ...feathers]
