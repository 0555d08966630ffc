import { PrismaClient } from '@prisma/client'

/** A connection pool belongs in the process: every replica has its own. */
export const db = new PrismaClient()
