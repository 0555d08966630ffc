import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, finds, instances, members, property, transaction, yields } from './build.js'

const modules = ['sequelize', '@sequelize/core', 'sequelize-typescript']
const classes = exported(modules, 'Model').concat(instances(modules, 'ModelCtor ModelStatic ModelDefined'))
const records = instances(modules, 'Model')
const connections = instances(modules, 'Sequelize').concat('sequelize#default.new')
const queries = 'sequelize#QueryInterface.new'
const record = 'sequelize#Model.new'
const found = 'sequelize#FoundModel.new'
const useUpsert = 'use `findOrCreate({ where: { <unique field> }, defaults })` or `upsert(values)` on a unique field'

const statics = [
  effect(members(classes, 'create'), 'insert', 'sequelize', { model: 'receiver', data: '0', clearedBy: [{ arg: '1.ignoreDuplicates' }], fix: useUpsert }),
  effect(members(classes, 'bulkCreate'), 'insert', 'sequelize', { model: 'receiver', data: '0', clearedBy: [{ arg: '1.ignoreDuplicates' }, { arg: '1.updateOnDuplicate', target: '1.conflictAttributes' }], fix: 'pass `ignoreDuplicates: true` with a unique index' }),
  effect(members(classes, 'findOrCreate findCreateFind'), 'upsert', 'sequelize', { model: 'receiver', data: '0.defaults', where: '0.where' }),
  effect(members(classes, 'upsert'), 'upsert', 'sequelize', { model: 'receiver', data: '0', where: '1.conflictFields', byConflict: true }),
  effect(members(classes, 'update'), 'update', 'sequelize', { model: 'receiver', data: '0', where: '1.where' }),
  effect(members(classes, 'increment decrement'), 'relative-update', 'sequelize', { model: 'receiver', data: '0', where: '1.where', fix: 'record the request\'s key in the same transaction, or set the value under a condition' }),
  effect(members(classes, 'destroy restore truncate'), 'delete', 'sequelize', { model: 'receiver', where: '0.where' }),
]

const instanceMethods = [
  effect(members(records, 'save'), 'insert', 'sequelize', { model: 'receiver', data: 'this', fix: useUpsert }),
  effect([`${found}.save`], 'update', 'sequelize', { model: 'receiver', data: 'this' }),
  effect(members([...records, found], 'update'), 'update', 'sequelize', { model: 'receiver', data: '0' }),
  effect(members([...records, found], 'increment decrement'), 'relative-update', 'sequelize', { model: 'receiver', data: '0', fix: 'set the value under a condition on `version`' }),
  // What associations put on records: `user.createPost(…)`.
  effect([...records, found].map((path) => `${path}.*`), 'insert', 'sequelize', { makes: 'create', data: '0', fix: useUpsert }),
  effect(members([...records, found], 'destroy restore'), 'delete', 'sequelize', { model: 'receiver' }),
]

const reached = [
  client(connections, 'pool'),
  finds(members(classes, 'build'), record),
  finds(members(classes, 'create findOne findByPk findById'), found),
  yields(members([...records, found], 'reload set setDataValue'), 'this'),
  yields(members(classes, 'scope unscoped schema init'), 'this'),
  yields([...members(connections, 'define model import'), ...exported(modules, 'define')], 'sequelize#Model'),
  property([...members(connections, 'models.*'), 'sequelize#Sequelize.Model'], 'sequelize#Model'),
  yields(members(connections, 'getRepository'), 'sequelize#Model'),
  effect(members(connections, 'query'), 'sql', 'sequelize', { sql: '0', data: '1.replacements' }),
  yields(members(connections, 'getQueryInterface'), queries),
  property(members(connections, 'queryInterface'), queries),
  effect(members(queries, 'insert'), 'insert', 'sequelize', { model: '1', data: '2' }),
  effect(members(queries, 'bulkInsert'), 'insert', 'sequelize', { model: '0', data: '1', clearedBy: [{ arg: '2.ignoreDuplicates' }, { arg: '2.updateOnDuplicate' }] }),
  effect(members(queries, 'bulkUpdate'), 'update', 'sequelize', { model: '0', data: '1', where: '2' }),
  effect(members(queries, 'bulkDelete'), 'delete', 'sequelize', { model: '0', where: '1' }),
  transaction(members(connections, 'transaction'), 'last', ['sequelize#Transaction.new']),
]

/** Sequelize 4–7 and sequelize-typescript. */
export const rows: CatalogRow[] = [...statics, ...instanceMethods, ...reached]
