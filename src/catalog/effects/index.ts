import type { CatalogRow } from '../../model/catalog.js'
import { rows as bookshelfWaterline } from './bookshelf-waterline.js'
import { rows as drizzle } from './drizzle.js'
import { rows as knex } from './knex.js'
import { rows as kysely } from './kysely.js'
import { rows as mikroOrm } from './mikro-orm.js'
import { rows as mongodb } from './mongodb.js'
import { rows as mongoose } from './mongoose.js'
import { rows as objection } from './objection.js'
import { rows as prisma } from './prisma.js'
import { rows as sequelize } from './sequelize.js'
import { rows as sqlDrivers } from './sql-drivers.js'
import { rows as typeorm } from './typeorm.js'

/** Writes of libraries to the world outside, and what makes a repeat of them harmless. */
export const effectRows: CatalogRow[] = [
  ...bookshelfWaterline,
  ...drizzle,
  ...knex,
  ...kysely,
  ...mikroOrm,
  ...mongodb,
  ...mongoose,
  ...objection,
  ...prisma,
  ...sequelize,
  ...sqlDrivers,
  ...typeorm,
]
