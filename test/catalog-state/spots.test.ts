import { describe, expect, it } from 'vitest'
import { stateRows } from '../../src/catalog/state/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'

const rowAt = (path: string): Partial<CatalogRow> =>
  Object.assign({}, ...stateRows.filter(row => [row.path].flat().includes(path))) as Partial<CatalogRow>

describe('what most projects use', () => {
  it.each([
    ['express-session#default()', 'memory'], ['@fastify/session#default(register)', 'memory'], ['@hapi/yar#default(register)', 'memory'],
    ['koa-session#default()', 'cookie-signed'], ['koa-generic-session#default()', 'memory'], ['cookie-session#default()', 'cookie-signed'],
    ['iron-session#getIronSession()', 'cookie-sealed'], ['@fastify/secure-session#default(register)', 'cookie-sealed'], ['next-auth#default()', 'cookie-sealed'],
    ['@remix-run/node#createMemorySessionStorage()', 'memory'], ['react-router#createCookieSessionStorage()', 'cookie-signed'],
    ['@remix-run/node#createFileSessionStorage()', 'file'], ['passport#session()', 'none'], ['express-openid-connect#auth()', 'cookie-sealed'],
    ['telegraf#session()', 'memory'], ['grammy#session()', 'memory'],
  ])('%s keeps sessions: %s', (path, where) => {
    expect(rowAt(path).session?.default).toBe(where)
  })

  it.each([
    ['express-session#MemoryStore.new', 'memory'], ['memorystore#default().new', 'memory'], ['session-file-store#default().new', 'file'],
    ['connect-redis#default().new', 'external'], ['connect-redis#default.new', 'external'], ['connect-redis#RedisStore.new', 'external'],
    ['connect-mongo#create()', 'external'], ['connect-mongo#default().new', 'external'], ['connect-mongo#MongoStore.create()', 'external'],
    ['connect-pg-simple#default().new', 'external'], ['connect-session-knex#ConnectSessionKnexStore.new', 'external'],
    ['connect-session-sequelize#default().new', 'external'], ['connect-sqlite3#default().new', 'embedded'],
    ['@quixo3/prisma-session-store#PrismaSessionStore.new', 'external'], ['rate-limit-redis#default.new', 'external'],
    ['rate-limit-redis#RedisStore.new', 'external'], ['multer-s3#default()', 'external'], ['@socket.io/redis-adapter#createAdapter()', 'external'],
    ['@keyv/redis#default.new', 'external'], ['@tus/file-store#FileStore.new', 'file'],
  ])('the store %s is %s', (path, where) => {
    expect(rowAt(path).store?.kind).toBe(where)
  })

  it.each([
    ['express-rate-limit#rateLimit()', 'rate-limit'], ['express-rate-limit#default()', 'rate-limit'], ['@fastify/rate-limit#default(register)', 'rate-limit'],
    ['@nestjs/throttler#ThrottlerModule.forRoot()', 'rate-limit'], ['rate-limiter-flexible#RateLimiterMemory.new', 'rate-limit'],
    ['koa-ratelimit#default()', 'rate-limit'], ['bottleneck#default.new', 'rate-limit'], ['better-auth#betterAuth()', 'rate-limit'],
    ['socket.io#Server.new', 'socket'], ['ws#WebSocketServer.new', 'socket'], ['@nestjs/websockets#WebSocketGateway', 'socket'],
    ['graphql-subscriptions#PubSub.new', 'pubsub'], ['graphql-yoga#createPubSub()', 'pubsub'], ['@nestjs/event-emitter#EventEmitterModule.forRoot()', 'pubsub'],
    ['node-cron#schedule()', 'scheduler'], ['cron#CronJob.new', 'scheduler'], ['node-schedule#scheduleJob()', 'scheduler'], ['@nestjs/schedule#Cron', 'scheduler'],
    ['p-queue#default.new', 'queue'], ['fastq#default()', 'queue'], ['better-queue#default.new', 'queue'], ['async-mutex#Mutex.new', 'lock'],
    ['oidc-provider#default.new', 'auth-store'], ['@langchain/langgraph#MemorySaver.new', 'agent-memory'],
  ])('%s works inside one process: %s', (path, kind) => {
    expect(rowAt(path).infra).toMatchObject({ kind, fix: expect.stringMatching(/\w/) })
  })

  it.each([
    ['global#Map.new.set', { op: 'write', key: '0', value: '1' }], ['global#Array.new.push', { op: 'write', value: '0..' }],
    ['global#Object.assign', { op: 'write', target: '0', value: '1..' }], ['lodash#set', { op: 'write', target: '0', key: '1', value: '2' }],
    ['lru-cache#LRUCache.new.get', { op: 'read', key: '0' }], ['memory-cache#put', { op: 'write', key: '0', value: '1' }],
  ])('%s accesses its container', (path, access) => {
    expect(rowAt(path).access).toEqual(access)
  })

  it('knows uploads to disk, and the option that clears them', () => {
    expect(rowAt('multer#default()').disk).toEqual({ op: 'configure', path: '0.dest', when: ['0.dest'], unless: ['0.storage'] })
    expect(rowAt('multer#diskStorage()').disk?.op).toBe('configure')
    expect(rowAt('express#static()').disk).toEqual({ op: 'serve', path: '0' })
  })

  it('knows embedded databases, and the addresses that are servers', () => {
    expect(rowAt('better-sqlite3#default.new').embedded?.name).toBe('better-sqlite3')
    expect(rowAt('typeorm#DataSource.new').embedded?.when?.values).toContain('better-sqlite3')
    expect(rowAt('@libsql/client#createClient()').embedded?.remote).toContain('libsql://')
  })

  it('knows what is set for all, what is right to keep, and what speaks for a question', () => {
    expect(rowAt('moment#locale').setsGlobal?.value).toBe('0')
    expect(rowAt('@supabase/supabase-js#SupabaseClient.new.auth.signInWithPassword').setsIdentity).toBeDefined()
    expect(rowAt('@prisma/client#PrismaClient.new').client).toBe('pool')
    expect(rowAt('jsonwebtoken#verify()').evidence?.question).toBe('auth')
    expect(rowAt('@hocuspocus/server#Server.new').statefulByDesign).toBeDefined()
    expect(rowAt('lodash#once()').memo).toEqual({ fn: '0', once: true })
  })
})
