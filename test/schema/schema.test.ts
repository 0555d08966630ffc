import { describe, expect, it } from 'vitest'
import { findTables, readSchemas, schemasFromFacts, uniqueAmong } from '../../src/schema/index.js'
import { extractFacts } from '../../src/syntax/index.js'

const sql = (...texts: string[]) => readSchemas(texts.map((text, i) => ({ path: `migrations/${i}.sql`, text }))).tables
const code = (text: string) => schemasFromFacts('src/x.ts', extractFacts('src/x.ts', text))

describe('Prisma', () => {
  const text = `datasource db {
  provider = "sqlite" // local
  url      = env("DATABASE_URL")
}
model User {
  id    Int    @id @default(autoincrement())
  email String @unique @map("email_address")
  // nick String @unique
  key   String @default(uuid())
  at    DateTime @default(now())
  posts Post[]
  org   String
  slug  String
  @@unique([org, slug(sort: Desc)], name: "place")
  @@map("users")
}
model Vote {
  user Int
  post Int
  @@id(
    [user, post]
  )
}`
  const facts = readSchemas([{ path: 'prisma/schema.prisma', text }])

  it('reads keys, names and providers with their places', () => {
    const [user, vote] = facts.tables
    expect(user).toMatchObject({ name: 'users', model: 'User', uniques: [['id'], ['email'], ['org', 'slug']] })
    expect(user!.columns.find(one => one.name === 'email')).toEqual({ name: 'email', column: 'email_address', unique: true })
    expect(user!.columns.map(one => one.generated)).toEqual(['increment', undefined, 'uuid', 'default', undefined, undefined, undefined])
    expect(vote!.uniques).toEqual([['user', 'post']])
    expect(text.slice(user!.source.start)).toMatch(/^model User/)
    expect(facts.providers.map(one => one.provider)).toEqual(['sqlite'])
  })

  it('finds tables loosely and says which unique set is given', () => {
    const [user] = findTables(facts.tables, 'user')
    expect(user?.model).toBe('User')
    expect(uniqueAmong(user!, ['email_address', 'x'])).toEqual(['email'])
    expect(uniqueAmong(user!, ['org'])).toBeUndefined()
    expect(uniqueAmong(user!, ['slug', 'org'])).toEqual(['org', 'slug'])
  })
})

describe('SQL definitions', () => {
  it('reads tables, constraints and indexes over several migrations', () => {
    const tables = sql(
      'CREATE TABLE IF NOT EXISTS "public"."orders" (id bigserial PRIMARY KEY, ref uuid DEFAULT gen_random_uuid(), code varchar(20) NOT NULL UNIQUE, a int, b int DEFAULT 0, CONSTRAINT ab UNIQUE (a, b), FOREIGN KEY (a) REFERENCES x (id));',
      'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS orders_ref ON orders USING btree (lower(ref)) WHERE a IS NULL; ALTER TABLE ONLY orders ADD COLUMN mail text UNIQUE, ADD CONSTRAINT m UNIQUE (mail, a);',
    )
    expect(tables).toHaveLength(1)
    expect(tables[0]).toMatchObject({ name: 'orders', uniques: [['id'], ['code'], ['a', 'b'], ['ref'], ['mail'], ['mail', 'a']] })
    expect(tables[0]!.columns.slice(0, 5)).toEqual([
      { name: 'id', primary: true, generated: 'increment' }, { name: 'ref', generated: 'uuid', unique: true }, { name: 'code', unique: true }, { name: 'a' }, { name: 'b', generated: 'default' },
    ])
  })

  it('reads MySQL, SQLite and T-SQL forms', () => {
    expect(sql('CREATE TABLE `t` (`id` int NOT NULL AUTO_INCREMENT, `k` varchar(9), PRIMARY KEY (`id`), UNIQUE KEY `uk` (`k`(8)), KEY `x` (`id`)) ENGINE=InnoDB')[0]!.uniques).toEqual([['id'], ['k']])
    expect(sql('CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT)')[0]!.columns[0]).toEqual({ name: 'id', primary: true, generated: 'increment' })
    expect(sql('CREATE TABLE [dbo].[T] ([Id] INT IDENTITY(1,1) PRIMARY KEY, [K] NVARCHAR(9) UNIQUE)')[0]).toMatchObject({ name: 'T', uniques: [['Id'], ['K']] })
  })

  it('takes back what later migrations drop, and no step back', () => {
    expect(sql('CREATE TABLE t (id int, a int CONSTRAINT x UNIQUE, CONSTRAINT u UNIQUE (id))', 'ALTER TABLE t DROP CONSTRAINT u')[0]!.uniques).toEqual([['a']])
    expect(sql('CREATE TABLE t (id int unique); DROP TABLE t')).toEqual([])
    expect(sql('CREATE TABLE t (id int unique);\n-- migrate:down\nDROP TABLE t')).toHaveLength(1)
    expect(readSchemas([{ path: 'm/1.up.sql', text: 'CREATE TABLE t (id int unique)' }, { path: 'm/1.down.sql', text: 'DROP TABLE t' }]).tables).toHaveLength(1)
  })
})

describe('code', () => {
  it('reads TypeORM decorators', () => {
    const [user] = code(`import { Entity, Column, PrimaryGeneratedColumn, Unique, Index, OneToOne, JoinColumn } from 'typeorm'
      @Entity('users') @Unique(['org', 'slug']) @Index(['a', 'b'], { unique: true }) @Index(['c'])
      export class User {
        @PrimaryGeneratedColumn('uuid') id: string
        @Column({ unique: true, name: 'mail' }) email: string
        @Column({ default: 0 }) n: number
        @OneToOne(() => Profile) @JoinColumn() profile: Profile
      }`)
    expect(user).toMatchObject({ name: 'users', model: 'User', uniques: [['id'], ['email'], ['profile'], ['org', 'slug'], ['a', 'b']] })
    expect(user!.columns.slice(0, 3)).toEqual([{ name: 'id', primary: true, generated: 'uuid' }, { name: 'email', column: 'mail', unique: true }, { name: 'n', generated: 'default' }])
  })

  it('reads MikroORM, sequelize-typescript, Typegoose and Nest decorators, and entity schemas', () => {
    expect(code(`import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/core'
      @Entity() @Unique({ properties: ['a', 'b'] }) class A { @PrimaryKey() id = v4(); @Property() @Unique() a: string; @Property() b: string }`)[0]!.uniques).toEqual([['id'], ['a'], ['a', 'b']])
    expect(code(`import { Table, Column, Model } from 'sequelize-typescript'
      @Table({ tableName: 'bs', indexes: [{ unique: true, fields: ['x', 'y'] }] }) class B extends Model { @Column({ unique: true }) x: string }`)[0]).toMatchObject({ name: 'bs', uniques: [['x'], ['x', 'y']] })
    expect(code(`import { prop, index } from '@typegoose/typegoose'
      @index({ a: 1, b: 1 }, { unique: true }) class C { @prop({ unique: true }) a: string }`)[0]!.uniques).toEqual([['a'], ['a', 'b']])
    expect(code(`import { EntitySchema } from 'typeorm'
      export const E = new EntitySchema({ name: 'E', columns: { id: { primary: true, generated: true }, k: { unique: true } }, uniques: [{ columns: ['p', 'q'] }] })`)[0]).toMatchObject({ model: 'E', uniques: [['id'], ['k'], ['p', 'q']] })
  })

  it('reads Mongoose schemas with their indexes and models', () => {
    const [user] = code(`import mongoose, { Schema } from 'mongoose'
      const userSchema = new mongoose.Schema({ email: { type: String, unique: true }, name: String, auth: { github: { type: String, unique: true } } }, { timestamps: true })
      userSchema.index({ org: 1, slug: 1 }, { unique: true })
      userSchema.index({ name: 1 })
      export default mongoose.model('User', userSchema)`)
    expect(user).toMatchObject({ model: 'User', uniques: [['_id'], ['email'], ['auth.github'], ['org', 'slug']] })
  })

  it('reads Sequelize models', () => {
    const [user, org] = code(`import { DataTypes, Model, Sequelize } from 'sequelize'
      const User = sequelize.define('user', { email: { type: DataTypes.STRING, unique: true }, a: { unique: 'ab' }, b: { unique: 'ab' } }, { tableName: 'users', indexes: [{ unique: true, fields: ['x'] }] })
      class Org extends Model {}
      Org.init({ id: { type: DataTypes.UUID, primaryKey: true, defaultValue: DataTypes.UUIDV4 } }, { sequelize, modelName: 'Org' })`)
    expect(user).toMatchObject({ name: 'users', model: 'user', uniques: [['email'], ['a', 'b'], ['id'], ['x']] })
    expect(org).toMatchObject({ model: 'Org', columns: [{ name: 'id', primary: true, generated: 'uuid' }] })
  })

  it('reads Drizzle tables', () => {
    const [users, votes] = code(`import { pgTable, text, serial, uuid, unique, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core'
      export const users = pgTable('app_users', { id: serial('id').primaryKey(), email: text('mail').notNull().unique(), key: uuid().defaultRandom(), org: text(), slug: text() }, t => [unique('u').on(t.org, t.slug), uniqueIndex('k').on(t.key)])
      export const votes = pgTable('votes', { a: text(), b: text() }, (t) => ({ pk: primaryKey({ columns: [t.a, t.b] }) }))`)
    expect(users).toMatchObject({ name: 'app_users', model: 'users', uniques: [['id'], ['email'], ['org', 'slug'], ['key']] })
    expect(users!.columns.slice(0, 3)).toEqual([{ name: 'id', primary: true, generated: 'increment' }, { name: 'email', column: 'mail', unique: true }, { name: 'key', generated: 'uuid', unique: true }])
    expect(votes!.uniques).toEqual([['a', 'b']])
  })

  it('reads migrations of Knex, Kysely and Sequelize', () => {
    expect(code(`exports.up = function (knex) {
      return knex.schema.createTable('users', table => { table.increments(); table.string('email').notNullable().unique(); table.string('a'); table.unique(['a', 'b']) })
    }`)[0]).toMatchObject({ name: 'users', uniques: [['id'], ['email'], ['a', 'b']] })
    expect(code(`import { Kysely } from 'kysely'
      export async function up(db: Kysely<any>) {
        await db.schema.createTable('person').addColumn('id', 'serial', col => col.primaryKey()).addColumn('mail', 'text', col => col.unique()).addUniqueConstraint('u', ['a', 'b']).execute()
        await db.schema.createIndex('i').unique().on('person').columns(['c', 'd']).execute()
      }`)[0]).toMatchObject({ name: 'person', uniques: [['id'], ['mail'], ['a', 'b'], ['c', 'd']] })
    expect(code(`module.exports = { async up(queryInterface, Sequelize) { await queryInterface.addConstraint('users', { fields: ['a', 'b'], type: 'unique' }) } }`)[0]!.uniques).toEqual([['a', 'b']])
  })

  it('reads definitions in SQL strings and indexes of collections', () => {
    expect(code("import Database from 'better-sqlite3'\ndb.exec(`CREATE TABLE t (k TEXT UNIQUE)`)")[0]).toMatchObject({ name: 't', uniques: [['k']] })
    expect(code("import { MongoClient } from 'mongodb'\nawait db.collection('keys').createIndex({ key: 1 }, { unique: true })")[0]).toMatchObject({ name: 'keys', uniques: [['key']] })
  })

  it('is silent where nothing is declared', () => {
    expect(code("import express from 'express'\nexport class A { b = 1 }\nfoo.define('x', { a: { unique: true } })")).toEqual([])
  })
})
