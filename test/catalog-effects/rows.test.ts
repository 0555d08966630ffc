import { describe, expect, it } from 'vitest'
import { effectRows } from '../../src/catalog/effects/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'

const accessPath = /^(?:(?:node:|bun:|hub:)?(?:@[\w.:-]+\/)?[\w.-]+(?:\/[\w.-]+)*|#imports)#[\w$]+(?:\.(?:[\w$]+|\*|\[\])|\(\))*$/
const argumentPath = /^(?:this|last|made|\d+(?:\.\.)?)(?:\.[\w$-]+|\[\]|\{\})*$/
const chained = /^(?:[\w$]+|\(\)):\d+(?:\(\))?$/

const rowsByPath = new Map<string, CatalogRow[]>()
for (const row of effectRows) for (const path of [row.path].flat()) rowsByPath.set(path, [...(rowsByPath.get(path) ?? []), row])

const facets = (path: string): CatalogRow => Object.assign({}, ...(rowsByPath.get(path) ?? []))
const effectOf = (path: string) => facets(path).effect

describe('rows', () => {
  it('have well-formed access paths', () => {
    const paths = [...rowsByPath.keys(), ...effectRows.flatMap(row => row.returns ?? [])]
    const bad = paths.filter(path => path !== 'this' && !/^arg:\d+(?:\.new)?$/.test(path) && !accessPath.test(path.replace(/\{[\w,]+\}\^$/, 'add')))
    expect(bad).toEqual([])
    expect(rowsByPath.size).toBeGreaterThan(3000)
  })

  it('say each facet of a path once', () => {
    const twice = [...rowsByPath].flatMap(([path, rows]) => {
      const names = rows.flatMap(row => Object.keys(row).filter(name => name !== 'path').map(name => [name, JSON.stringify(row[name as keyof CatalogRow])] as const))
      const seen = new Map<string, string>()
      return names.flatMap(([name, value]) => (seen.has(name) && seen.get(name) !== value ? [`${path} ${name}`] : (seen.set(name, value), [])))
    })
    expect(twice).toEqual([])
  })

  it('write the default export as the module', () => {
    expect([...rowsByPath.keys()].filter(path => /#default\.(?!new\b)/.test(path))).toEqual([])
  })

  it('have well-formed argument paths', () => {
    const all = effectRows.flatMap(row => [
      ...[row.effect].flatMap(e => [e?.data, e?.where, e?.sql, e?.url, e?.method, ...(e?.key ?? []), ...(e?.clearedBy ?? []).flatMap(c => [c.arg, c.target])]),
      ...(row.effect?.model === undefined || /^(?:receiver|member:-\d)$/.test(row.effect.model) ? [] : [row.effect.model.replace(/^handle:/, '')]),
      row.guard?.key, row.guard?.when?.arg, ...(row.guard?.store ?? []), row.disk?.path, ...(row.run ?? []).map(run => run.fn),
    ]).filter(path => path !== undefined)
    expect(all.flatMap(path => path.split('~')).filter(path => !argumentPath.test(path))).toEqual([])
    const chains = effectRows.flatMap(row => Object.values(row.effect?.chain ?? {}).flat())
    expect(chains.filter(part => !chained.test(part))).toEqual([])
  })

  it('are plain data', () => {
    expect(JSON.parse(JSON.stringify(effectRows))).toEqual(effectRows)
  })
})

describe('some rows', () => {
  it.each([
    ['@prisma/client#PrismaClient.new.*.create', 'insert'],
    ['@prisma/client#Prisma.TransactionClient.new.*.upsert', 'upsert'],
    ['mongoose#Model.create', 'insert'], ['mongoose#Model.new.create', 'insert'], ['mongoose#Model.new.save', 'insert'], ['mongoose#Model.new.new.save', 'insert'],
    ['mongoose#Document.new.save', 'update'], ['typeorm#Repository.new.save', 'insert'], ['typeorm#FoundEntity.new.save', 'update'],
    ['sequelize#Model.create', 'insert'], ['sequelize-typescript#Model.new.increment', 'relative-update'],
    ['drizzle-orm#Database.new.insert', 'insert'], ['knex#QueryBuilder.new.increment', 'relative-update'], ['kysely#Kysely.new.insertInto', 'insert'],
    ['pg#Pool.new.query', 'sql'], ['mongodb#Collection.new.insertOne', 'insert'], ['@aws-sdk/lib-dynamodb#PutCommand.new', 'upsert'],
    ['stripe#default.new.paymentIntents.create', 'payment'], ['nodemailer#Transporter.new.sendMail', 'mail'], ['bullmq#Queue.new.add', 'enqueue'],
    ['global#fetch', 'http'], ['axios#post', 'http-post'], ['axios#AxiosInstance.new.post', 'http-post'], ['node:fs#appendFileSync', 'append'],
  ])('%s is %s', (path, kind) => {
    expect(effectOf(path)?.kind).toBe(kind)
  })

  it('resolve chains from where an instance is made', () => {
    expect(facets('drizzle-orm/node-postgres#drizzle').returns).toBe('drizzle-orm#Database.new')
    expect(facets('knex#Knex.new()').returns).toBe('knex#QueryBuilder.new')
    expect(facets('mongoose#model').returns).toBe('mongoose#Model')
    expect(facets('mongoose#Model.findOne').returns).toBe('mongoose#Document.new')
    expect(facets('axios#create').returns).toBe('axios#AxiosInstance.new')
  })

  it('know keys, conflict clauses, transactions that repeat, claims and random values', () => {
    expect(effectOf('stripe#default.new.charges.create')?.key).toEqual(['1.idempotencyKey'])
    expect(effectOf('bullmq#Queue.new.add')?.key).toContain('2.jobId')
    expect(effectOf('drizzle-orm#Database.new.insert')?.clearedBy?.map(one => one.call)).toContain('onConflictDoNothing')
    expect(facets('mongodb#ClientSession.new.withTransaction').run?.[0]?.repeats).toBe(true)
    expect(facets('ioredis#Redis.new.set').guard).toEqual({ kind: 'external-claim', key: '0', when: { arg: '1..', values: ['NX', 'nx'] } })
    expect([facets('uuid#v4').random, facets('uuid#v5').random, facets('global#Date.now').random]).toEqual(['fresh', 'derived', 'time'])
  })
})
