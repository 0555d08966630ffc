import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, finds, instances, members, property, transaction, yields } from './build.js'

const bookshelf = 'bookshelf#Bookshelf.new'
const shelfModel = 'bookshelf#Model'
const shelfRecord = instances('bookshelf', 'Model')
const waterline = instances(['waterline', 'sails'], 'Model').concat('waterline#Model')
const lucid = '@adonisjs/lucid/orm#BaseModel'
const lucidModels = [lucid, '@ioc:Adonis/Lucid/Orm#BaseModel']
const lucidRecords = lucidModels.map(path => `${path}.new`)

const lucidContext = '@adonisjs/core#HttpContext.new'
const lucidUser = `${lucidContext}.auth.user`

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
  { path: 'global#sails.helpers', bag: true },
  yields(members(waterline, 'create createEach update updateOne destroy').flatMap(path => ['fetch', 'set', 'meta', 'usingConnection', 'intercept', 'tolerate'].map(name => `${path}().${name}`)), 'this'),
  effect(members(waterline, 'create createEach'), 'insert', 'waterline', { model: 'receiver', data: '0', lazy: true, fix: 'use `findOrCreate(criteria, values)` on a `unique: true` attribute' }),
  effect(members(waterline, 'findOrCreate'), 'upsert', 'waterline', { model: 'receiver', where: '0', data: '1', lazy: true }),
  effect(members(waterline, 'update updateOne'), 'update', 'waterline', { model: 'receiver', where: '0', data: '1', lazy: true, chain: { data: ['set:0'] } }),
  effect(members(waterline, 'destroy destroyOne archive archiveOne'), 'delete', 'waterline', { model: 'receiver', where: '0', lazy: true }),
  effect(members(waterline, 'addToCollection'), 'insert', 'waterline', { model: 'receiver', lazy: true }),
  effect(members(waterline, 'replaceCollection removeFromCollection'), 'update', 'waterline', { model: 'receiver', lazy: true }),
]

const adonis: CatalogRow[] = [
  effect(members(lucidModels, 'create createMany'), 'insert', 'lucid', { model: 'receiver', data: '0', fix: 'use `firstOrCreate(search, payload)` or `updateOrCreate` on a unique column' }),
  effect(members(lucidModels, 'firstOrCreate updateOrCreate fetchOrCreateMany updateOrCreateMany'), 'upsert', 'lucid', { model: 'receiver', where: '0', data: '1' }),
  effect(members(lucidRecords, 'save'), 'insert', 'lucid', { model: 'receiver', data: 'this' }),
  effect(members(['@adonisjs/lucid/orm#Found.new'], 'save'), 'update', 'lucid', { model: 'receiver', data: 'this' }),
  effect(members([...lucidRecords, '@adonisjs/lucid/orm#Found.new'], 'delete'), 'delete', 'lucid', { model: 'receiver' }),
  finds(members(lucidModels, 'create find findOrFail findBy findByOrFail first firstOrFail'), '@adonisjs/lucid/orm#Found.new'),
  yields(members(['@adonisjs/lucid/orm#Found.new', ...lucidRecords], 'merge fill refresh'), 'this'),
  // What belongs to a record: `user.related('posts').create(…)`, `user.posts().create(…)` before version 5.
  effect(members([...lucidRecords, '@adonisjs/lucid/orm#Found.new', lucidUser, `${lucidContext}.auth.getUser()`, `${lucidContext}.auth.getUserOrFail()`].flatMap(at => [`${at}.related()`, `${at}.*()`]), 'create createMany save saveMany'), 'insert', 'lucid', { data: '0' }),
]

/** Bookshelf, Waterline (Sails) and Lucid (Adonis). */
export const rows: CatalogRow[] = [...shelf, ...sails, ...adonis]
