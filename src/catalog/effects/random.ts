import type { CatalogRow } from '../../model/catalog.js'
import { exported, members } from './build.js'

const cryptos = ['global#crypto', 'node:crypto#webcrypto']

/** Values that differ on each call, and values that their arguments decide. */
export const rows: CatalogRow[] = [
  { path: [...members(cryptos, 'randomUUID getRandomValues'), ...exported('node:crypto', 'randomUUID randomBytes randomInt randomFillSync randomFill getRandomValues pseudoRandomBytes')], random: 'fresh' },
  { path: exported('uuid', 'v1 v4 v6 v7 default'), random: 'fresh' },
  { path: exported('uuid', 'v3 v5'), random: 'derived' },
  // Of the invocation, which each delivery of a request is.
  { path: ['aws-lambda#Context.new.awsRequestId', 'aws-lambda#Event.new.requestContext.requestId'], random: 'fresh' },
  { path: ['uuid-mongodb#v1', 'uuid-mongodb#v4'], random: 'fresh' },
  { path: 'uuid-mongodb#from', returns: 'arg:0' },
  { path: ['uuid/v1#default', 'uuid/v4#default', 'uuidv4#uuid', 'uuidv7#uuidv7', 'uuid-random#default', '@lukeed/uuid#v4', '@lukeed/uuid#uuid'], random: 'fresh' },
  { path: 'uuid/v5#default', random: 'derived' },
  { path: [...exported(['nanoid', 'nanoid/non-secure', 'nanoid/async'], 'nanoid default'), 'nanoid#customAlphabet()()', 'nanoid#customRandom()()'], random: 'fresh' },
  { path: ['@paralleldrive/cuid2#createId', '@paralleldrive/cuid2#init()()', 'cuid#default', 'ulid#ulid', 'ulid#monotonicFactory()()', 'ulid-workers#ulidFactory()()', 'ulidx#ulid', 'ksuid#randomSync', 'ksuid#random', 'xid-js#next', 'typeid-js#typeid', 'shortid#default', 'shortid#generate', 'uniqid#default', 'uuid-apikey#create', 'hyperid#default()()', 'short-uuid#generate', 'short-uuid#default().new', 'crypto-random-string#default', 'randomstring#generate', 'randombytes#default', 'rand-token#generate', 'rand-token#uid', 'rand-token#suid', '@adonisjs/core/helpers/string#random', '@ioc:Adonis/Core/Helpers#string.generateRandom', 'otp-generator#generate', 'lodash#uniqueId', 'lodash#random', 'lodash/uniqueId#default', 'pure-rand#unsafeUniformIntDistribution', 'pure-rand#uniformIntDistribution', 'pure-rand#unsafeUniformBigIntDistribution', 'seedrandom#default()()', 'random-number-csprng#default', 'crypto-random#default', 'voucher-code-generator#generate', 'generate-password#generate', 'unique-names-generator#uniqueNamesGenerator', 'human-id#humanId', 'human-id#default', 'friendly-words#default', '@sapphire/snowflake#Snowflake.new.generate', 'nodejs-snowflake#Snowflake.new.getUniqueID'], random: 'fresh' },
  { path: ['global#Math.random', 'global#performance.now', 'node:perf_hooks#performance.now', 'global#process.hrtime', 'global#process.hrtime.bigint'], random: 'fresh' },
  { path: ['global#Date.now', 'global#Date.new', 'global#Date', 'luxon#DateTime.now', 'luxon#DateTime.local', 'luxon#DateTime.utc', 'dayjs#default', 'moment#default', 'moment#now', 'moment#utc', 'global#Temporal.Now.instant', 'date-fns#startOfToday'], random: 'time' },
  { path: ['mongoose#Types.ObjectId.new', 'mongodb#ObjectId.new', 'mongodb#ObjectID.new', 'bson#ObjectId.new', 'bson#ObjectID.new', 'mongoose#Types.ObjectId'], random: 'fresh' },
  { path: ['node:crypto#createHash().update().digest', 'node:crypto#createHmac().update().digest', 'node:crypto#createHash', 'node:crypto#createHmac', 'node:crypto#hash', ...members(cryptos, 'subtle.digest'), 'object-hash#default', 'hash-sum#default', 'ohash#hash', 'ohash#sha256', 'xxhash-wasm#h64', 'crypto-js#SHA256', 'crypto-js#MD5', 'md5#default', 'sha1#default', 'murmurhash#v3', 'fnv1a#default', 'json-stable-stringify#default', 'hash-wasm#sha256'], random: 'derived' },
  { path: [...exported('node:crypto', 'generateKeyPair generateKeyPairSync generateKey generateKeySync'), ...exported('jose', 'generateKeyPair generateSecret'), ...exported('web-push', 'generateVAPIDKeys'), ...exported('node-forge', 'pki.rsa.generateKeyPair pki.ed25519.generateKeyPair'), 'keypair#default'], random: 'fresh', secret: true },
  { path: [...exported('node:crypto', 'createHmac createCipheriv createDecipheriv'), 'jsonwebtoken#sign', 'jsonwebtoken#verify', 'jwt-simple#encode', 'jwt-simple#decode', 'cookie-signature#sign', 'cookie-signature#unsign', 'jose#jwtVerify'], keyedBy: '1' },
  { path: ['jose#SignJWT.new.sign', 'jose#EncryptJWT.new.encrypt'], keyedBy: '0' },
]
