import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { audit } from '../src/audit.js'
import type { ResolvedConfig } from '../src/config/types.js'

const config: ResolvedConfig = {
  file: null, include: [], exclude: [], only: [], rules: {}, customRules: [], overrides: [], entries: [], models: [], stateful: [], ignores: [], idempotent: [],
  failOn: 'error', minConfidence: 'medium', maxWarnings: null, strict: false, gate: {}, baseline: null, cacheDir: null, today: '2026-11-24',
}

const fixesOf = async (name: string): Promise<Map<string, string>> => {
  const root = fileURLToPath(new URL(`../fixtures/rules/${name}`, import.meta.url))
  const { findings } = await audit({ root, config, cacheDir: null, version: '0.0.0' })
  return new Map(findings.map(({ symbol, fix }) => [symbol, fix]))
}

describe('fixes of repeated effects', () => {
  it('name the unique columns of the schema', async () => {
    const fixes = await fixesOf('non-idempotent-post/looked-up-for-permission')
    expect(fixes.get('POST /boards/:id/shares')).toContain('upsert({ where: { slug }, create, update: {} })')
    expect(fixes.get('POST /boards/:id/shares')).toContain('`slug` is unique in prisma/schema.prisma')
  })

  it('say where nothing is unique, and what to add', async () => {
    const fixes = await fixesOf('non-idempotent-post/keys-and-guards')
    expect(fixes.get('POST /orders/:id/paid/unchecked')).toContain('`Payment` (prisma/schema.prisma) has nothing unique yet')
    expect(fixes.get('POST /orders/:id/paid/unchecked')).toContain('{ where: { requestKey }')
  })

  it('name the option of the library', async () => {
    const fixes = await fixesOf('non-idempotent-post/senders')
    expect(fixes.get('POST /bullmq')).toContain('jobId')
    expect(fixes.get('POST /resend')).toContain('idempotencyKey')
    expect((await fixesOf('payment-without-key/providers')).get('POST /stripe')).toContain('idempotencyKey')
  })

  it('name the store that the project shares', async () => {
    expect((await fixesOf('non-idempotent-post/drivers')).get('POST /ioredis')).toContain('the Redis that app.ts connects to')
  })

  it('leave to the rule what it says best', async () => {
    expect((await fixesOf('key-in-memory/own-middleware')).get('POST /local/charges')).toMatch(/^Keep keys where all replicas look/)
  })
})

describe('fixes of libraries', () => {
  const of = async (name: string): Promise<Map<string, string>> => {
    const root = fileURLToPath(new URL(`../fixtures/catalog/${name}`, import.meta.url))
    const { findings } = await audit({ root, config, cacheDir: null, version: '0.0.0' })
    return new Map(findings.map(({ message, fix }) => [message.replace(/ .*$/s, ''), fix]))
  }

  it('name the option, or the library that takes the place of one without', async () => {
    const limits = await of('rate-limits/others')
    expect(limits.get('express-rate-limit')).toMatch(/^Pass `store:/)
    const more = await of('rate-limits/frameworks')
    expect(more.get('next-rate-limit')).toMatch(/^Replace next-rate-limit, no option of it moves this out of the process: count in Redis/)
    expect(more.get('micro-ratelimit'), 'nobody has looked').toBe('Count in Redis.')
    expect((await of('sessions/storages')).get('createMemorySessionStorage')).toMatch(/^Replace createMemorySessionStorage, no option of it keeps sessions elsewhere: `createSessionStorage`/)
  })

  it('put something beside what stays', async () => {
    expect((await of('sockets/plain')).get('ws')).toMatch(/^No option of ws does this: publish through a broker/)
  })
})

describe('handlers of repeated effects', () => {
  it('are the functions that wrappers call, not the wrappers', async () => {
    const root = fileURLToPath(new URL('../fixtures/rules/non-idempotent-post/wrapped-in-file', import.meta.url))
    const { findings } = await audit({ root, config, cacheDir: null, version: '0.0.0' })
    const handled = findings.map(({ symbol, related }) => [symbol, ...related.map(({ message, location }) => `${message} ${location.file}:${location.line}:${location.column}`)])
    expect(handled.sort()).toEqual([['POST /invitations', 'handled here src/handlers.ts:6:23'], ['POST /reminders', 'handled here src/app.ts:7:32']])
  })
})
