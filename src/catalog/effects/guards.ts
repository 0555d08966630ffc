import type { CatalogRow, GuardModel } from '../../model/catalog.js'
import { exported, instances, members, runs } from './build.js'

function guard(path: string[], kind: GuardModel['kind'], more: Partial<GuardModel> = {}): CatalogRow {
  return { path, guard: { kind, ...more } }
}

const powertools = '@aws-lambda-powertools/idempotency'
const middleware: CatalogRow[] = [
  { path: exported(powertools, 'makeIdempotent'), returns: 'arg:0', guard: { kind: 'idempotency-middleware', store: ['1.persistenceStore'], default: 'external' } },
  guard([...exported(powertools, 'idempotent'), `${powertools}/middleware#makeHandlerIdempotent`], 'idempotency-middleware', { store: ['0.persistenceStore'], default: 'external' }),
  { path: instances([`${powertools}/dynamodb`, `${powertools}/cache`], 'DynamoDBPersistenceLayer CachePersistenceLayer'), store: { kind: 'external' } },
  guard(exported(['@node-idempotency/express', '@node-idempotency/fastify'], 'idempotencyAsMiddleware idempotencyPlugin'), 'idempotency-middleware', { store: ['0.storageAdapter', '1.storage'], default: 'memory' }),
  guard(exported('@node-idempotency/nestjs', 'Idempotent'), 'idempotency-middleware', { default: 'external' }),
  { path: instances('@node-idempotency/storage-adapter-memory', 'MemoryStorageAdapter'), store: { kind: 'memory' } },
  { path: instances('@node-idempotency/storage-adapter-redis', 'RedisStorageAdapter'), store: { kind: 'external', backend: 'redis' } },
  guard(exported('express-idempotency', 'idempotency default'), 'idempotency-middleware', { store: ['0.dataAdapter'], default: 'memory' }),
  guard(exported('hono-idempotency', 'idempotency'), 'idempotency-middleware', { store: ['0.store'], default: 'memory' }),
  guard(exported(['idempotency-express', 'express-idempotency-middleware', 'fastify-idempotency', '@optimics/fastify-idempotency'], 'default'), 'idempotency-middleware', { store: ['0.store', '0.storage', '0.cache'], default: 'memory' }),
]

const redlocks = instances('redlock', 'default Redlock')
const locks: CatalogRow[] = [
  guard(members(redlocks, 'acquire lock'), 'lock', { key: '0' }),
  guard(members(instances('ioredfour', 'default'), 'acquireLock waitAcquireLock'), 'lock', { key: '0' }),
  { ...runs(members(redlocks, 'using'), 'last'), guard: { kind: 'lock', key: '0' } },
  guard(members(instances('redis-semaphore', 'Mutex RedlockMutex'), 'acquire tryAcquire'), 'lock', { key: 'this' }),
  { ...runs(members(instances('@verrou/core', 'Verrou Lock'), 'run createLock().run'), 'last'), guard: { kind: 'lock', key: '0' } },
  guard(members(instances('@upstash/lock', 'Lock'), 'acquire'), 'lock', { key: 'this' }),
]

const stripe = ['stripe#default.new', 'stripe#Stripe.new', 'stripe#default', 'stripe#Stripe']
const octokit = instances('@octokit/webhooks', 'Webhooks')
const verify: CatalogRow[] = [
  guard([...members(stripe.filter(path => path !== 'stripe#default'), 'webhooks.constructEvent webhooks.constructEventAsync'), ...exported('stripe', 'webhooks.constructEvent webhooks.constructEventAsync')], 'verify-signature', { key: '0' }),
  guard(members(instances(['svix', 'standardwebhooks'], 'Webhook'), 'verify'), 'verify-signature', { key: '0' }),
  guard([...members(octokit, 'verify verifyAndReceive'), ...exported('@octokit/webhooks-methods', 'verify')], 'verify-signature', { key: '0' }),
  guard(exported('@clerk/nextjs/webhooks', 'verifyWebhook').concat(exported(['@clerk/backend/webhooks', '@clerk/express/webhooks', '@clerk/fastify/webhooks'], 'verifyWebhook')), 'verify-signature', { key: '0' }),
  guard(members(instances('@shopify/shopify-api', 'Shopify').concat('@shopify/shopify-api#shopifyApi()'), 'webhooks.validate webhooks.process'), 'verify-signature', { key: '0.rawBody' }),
  guard([...exported('twilio', 'validateRequest validateRequestWithBody validateExpressRequest webhook')], 'verify-signature'),
  guard(members(instances('@paddle/paddle-node-sdk', 'Paddle'), 'webhooks.unmarshal'), 'verify-signature', { key: '0' }),
  guard(exported('razorpay', 'validateWebhookSignature').concat(exported('razorpay/dist/utils/razorpay-utils', 'validateWebhookSignature')), 'verify-signature', { key: '0' }),
  guard(members(instances('@adyen/api-library', 'hmacValidator'), 'validateHMAC'), 'verify-signature', { key: '0' }),
  guard(exported('square', 'WebhooksHelper.verifySignature WebhooksHelper.isValidWebhookEventSignature'), 'verify-signature', { key: '0.requestBody' }),
  guard(members(instances('@upstash/qstash', 'Receiver'), 'verify'), 'verify-signature', { key: '0.body' }),
  guard(exported(['@upstash/qstash/nextjs'], 'verifySignature verifySignatureAppRouter verifySignatureEdge'), 'verify-signature'),
  guard(['@polar-sh/sdk/webhooks#validateEvent', 'discord-interactions#verifyKey', 'discord-interactions#verifyKeyMiddleware', '@line/bot-sdk#validateSignature', '@line/bot-sdk#middleware', '@slack/bolt#verifySlackRequest', 'sns-validator#default.new.validate'], 'verify-signature', { key: '0' }),
]

/** What makes a repeat harmless, and what says that a request is a provider's webhook. */
export const rows: CatalogRow[] = [...middleware, ...locks, ...verify]
