import type { CatalogRow } from '../../model/catalog.js'
import { effect, finds, members, property, transaction, yields } from './build.js'

const lucid = '@adonisjs/lucid/orm#BaseModel'
const lucidModels = [lucid, '@ioc:Adonis/Lucid/Orm#BaseModel']
const lucidRecords = lucidModels.map(path => `${path}.new`)

const found = '@adonisjs/lucid/orm#Found.new'

const lucidContext = '@adonisjs/core#HttpContext.new'
const lucidUser = `${lucidContext}.auth.user`

/** Databases without models: of version 6, of version 5, and inside of transactions. */
const database = '@adonisjs/lucid#Database.new'
const query = '@adonisjs/lucid#Query.new'
const insertion = '@adonisjs/lucid#Insertion.new'
const modelQuery = '@adonisjs/lucid/orm#ModelQuery.new'
const where = ['where:0', 'andWhere:0', 'whereIn:0', 'whereNull:0', 'whereRaw:0']
const refining = 'where andWhere orWhere whereIn whereNot whereNotIn whereNull whereNotNull whereRaw whereBetween whereHas whereILike whereLike preload orderBy limit offset select join leftJoin groupBy forUpdate skipLocked useTransaction returning apply if'
const table = ['from:0', 'table:0']
const counted = 'record the request\'s key in the same transaction, or set the value under a condition'

const builders: CatalogRow[] = [
  property(['@adonisjs/lucid/services/db#default', '@ioc:Adonis/Lucid/Database#default'], database),
  yields(members([database], 'connection'), database),
  yields(members([database], 'from query'), query),
  yields(members([database], 'table insertQuery'), insertion),
  yields(members([query], `from ${refining}`), 'this'),
  yields(members([insertion], 'table returning'), 'this'),
  effect(members([insertion], 'insert multiInsert'), 'insert', 'lucid', { model: 'receiver', data: '0', lazy: true, chain: { model: table }, clearedBy: [{ call: 'onConflict', target: '0' }], fix: 'make a column unique, and take up the error of a second row' }),
  effect(members([query], 'update'), 'update', 'lucid', { data: '0', lazy: true, chain: { model: table, where } }),
  effect(members([query], 'increment decrement'), 'relative-update', 'lucid', { data: '0', lazy: true, chain: { model: table, where }, fix: counted }),
  effect(members([query], 'del delete'), 'delete', 'lucid', { lazy: true, chain: { model: table, where } }),
  effect(members([database], 'rawQuery'), 'sql', 'lucid', { sql: '0', data: '1', lazy: true }),
  { ...transaction(members([database], 'transaction'), '0', [database]), returns: database },
  // `Post.query().where('id', id).increment('views', 1)`
  finds(members(lucidModels, 'query'), modelQuery),
  yields(members([modelQuery], refining), 'this'),
  finds(members([modelQuery], 'first firstOrFail'), found),
  effect(members([modelQuery], 'update'), 'update', 'lucid', { model: 'receiver', data: '0', lazy: true, chain: { where } }),
  effect(members([modelQuery], 'increment decrement'), 'relative-update', 'lucid', { model: 'receiver', data: '0', lazy: true, chain: { where }, fix: counted }),
  effect(members([modelQuery], 'del delete'), 'delete', 'lucid', { model: 'receiver', lazy: true, chain: { where } }),
]

const models: CatalogRow[] = [
  effect(members(lucidModels, 'create createMany'), 'insert', 'lucid', { model: 'receiver', data: '0', fix: 'use `firstOrCreate(search, payload)` or `updateOrCreate` on a unique column' }),
  effect(members(lucidModels, 'firstOrCreate updateOrCreate fetchOrCreateMany updateOrCreateMany'), 'upsert', 'lucid', { model: 'receiver', where: '0', data: '1' }),
  effect(members(lucidRecords, 'save'), 'insert', 'lucid', { model: 'receiver', data: 'this' }),
  effect(members([found], 'save'), 'update', 'lucid', { model: 'receiver', data: 'this' }),
  effect(members([...lucidRecords, found], 'delete'), 'delete', 'lucid', { model: 'receiver' }),
  finds(members(lucidModels, 'create find findOrFail findBy findByOrFail first firstOrFail'), found),
  yields(members([found, ...lucidRecords], 'merge fill refresh'), 'this'),
  // What belongs to a record: `user.related('posts').create(…)`, `user.posts().create(…)` before version 5.
  effect(members([...lucidRecords, found, lucidUser, `${lucidContext}.auth.getUser()`, `${lucidContext}.auth.getUserOrFail()`].flatMap(at => [`${at}.related()`, `${at}.*()`]), 'create createMany save saveMany'), 'insert', 'lucid', { data: '0' }),
]

/** Lucid, of AdonisJS. */
export const rows: CatalogRow[] = [...models, ...builders]
