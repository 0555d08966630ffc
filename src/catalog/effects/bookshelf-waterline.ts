import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members, property, transaction, yields } from './build.js'

const bookshelf = 'bookshelf#Bookshelf.new'
const shelfModel = 'bookshelf#Model'
const shelfRecord = instances('bookshelf', 'Model')
const waterline = instances(['waterline', 'sails'], 'Model').concat('waterline#Model')
const shelf: CatalogRow[] = [
  client([bookshelf], 'pool'),
  yields(['bookshelf#default'], bookshelf),
  yields(members(bookshelf, 'model'), shelfModel),
  property(members(bookshelf, 'Model'), shelfModel),
  yields(members([shelfModel], 'extend'), shelfModel),
  yields(members([shelfModel], 'forge'), `${shelfModel}.new`),
  yields(members(shelfRecord, 'where query set related orderBy'), 'this'),
  effect(members(shelfRecord, 'save'), 'insert', 'bookshelf', { model: 'receiver', data: '0', fix: 'insert on a unique column through `knex(…).onConflict(…).ignore()`' }),
  effect(members(shelfRecord, 'destroy'), 'delete', 'bookshelf', { model: 'receiver' }),
  effect(members(shelfRecord, 'attach create'), 'insert', 'bookshelf', { model: 'receiver', data: '0' }),
  effect(members(shelfRecord, 'detach'), 'delete', 'bookshelf', { model: 'receiver' }),
  transaction(members(bookshelf, 'transaction'), '0', ['knex#Knex.new']),
]

const sails: CatalogRow[] = [
  property(['global#sails.models.*'], 'waterline#Model'),
  { path: ['global#sails.helpers', 'global#sails.models'], bag: true },
  yields(members(waterline, 'create createEach update updateOne destroy').flatMap(path => ['fetch', 'set', 'meta', 'usingConnection', 'intercept', 'tolerate'].map(name => `${path}().${name}`)), 'this'),
  effect(members(waterline, 'create createEach'), 'insert', 'waterline', { model: 'receiver', data: '0', lazy: true, fix: 'use `findOrCreate(criteria, values)` on a `unique: true` attribute' }),
  effect(members(waterline, 'findOrCreate'), 'upsert', 'waterline', { model: 'receiver', where: '0', data: '1', lazy: true }),
  effect(members(waterline, 'update updateOne'), 'update', 'waterline', { model: 'receiver', where: '0', data: '1', lazy: true, chain: { data: ['set:0'] } }),
  effect(members(waterline, 'destroy destroyOne archive archiveOne'), 'delete', 'waterline', { model: 'receiver', where: '0', lazy: true }),
  effect(members(waterline, 'addToCollection'), 'insert', 'waterline', { model: 'receiver', lazy: true }),
  effect(members(waterline, 'replaceCollection removeFromCollection'), 'update', 'waterline', { model: 'receiver', lazy: true }),
]

/** Bookshelf and Waterline (Sails). */
export const rows: CatalogRow[] = [...shelf, ...sails]
