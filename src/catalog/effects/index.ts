import type { CatalogRow } from '../../model/catalog.js'
import { rows as shelfAndWaterline } from './bookshelf-waterline.js'
import { rows as drizzle } from './drizzle.js'
import { rows as dynamodb } from './dynamodb.js'
import { rows as files } from './files.js'
import { rows as firestore } from './firestore.js'
import { rows as guards } from './guards.js'
import { rows as http } from './http.js'
import { rows as jsonStores } from './json-stores.js'
import { rows as knex } from './knex.js'
import { rows as kysely } from './kysely.js'
import { rows as loopback } from './loopback.js'
import { rows as mail } from './mail.js'
import { rows as messages } from './messages.js'
import { rows as mikroOrm } from './mikro-orm.js'
import { rows as mongodb } from './mongodb.js'
import { rows as mongoose } from './mongoose.js'
import { rows as objection } from './objection.js'
import { rows as payments } from './payments.js'
import { rows as prisma } from './prisma.js'
import { rows as queues } from './queues.js'
import { rows as random } from './random.js'
import { rows as redis } from './redis.js'
import { rows as search } from './search.js'
import { rows as sequelize } from './sequelize.js'
import { rows as services } from './services.js'
import { rows as sessions } from './sessions.js'
import { rows as sqlDrivers } from './sql-drivers.js'
import { rows as storage } from './storage.js'
import { rows as supabase } from './supabase.js'
import { rows as typeorm } from './typeorm.js'

/** What changes the outside, what guards it, and where fresh values come from. */
export const effectRows: CatalogRow[] = [
  ...prisma, ...typeorm, ...mongoose, ...mongodb, ...sequelize, ...drizzle, ...knex, ...kysely, ...loopback, ...mikroOrm, ...objection, ...shelfAndWaterline,
  ...sqlDrivers, ...redis, ...dynamodb, ...firestore, ...supabase, ...search, ...payments, ...mail, ...messages, ...queues, ...storage, ...http,
  ...files, ...jsonStores, ...services, ...sessions, ...guards, ...random,
]
