import { Router } from 'express'
import { db } from '../lib/db.js'
import { redis } from '../lib/redis.js'

export const catalogRouter = Router()

// What each visitor looked at last: gone after a restart, and different in each replica.
const lastViewed = new Map<string, string>()

catalogRouter.get('/', async (_req, res) => {
  const cached = await redis().get('products')
  if (cached) {
    res.type('json').send(cached)
    return
  }
  const products = await db.product.findMany()
  await redis().set('products', JSON.stringify(products), 'EX', 60)
  res.json(products)
})

catalogRouter.get('/:id', async (req, res) => {
  const product = await db.product.findUnique({ where: { id: req.params.id } })
  const before = lastViewed.get(res.locals.userId)
  lastViewed.set(res.locals.userId, req.params.id)
  res.json({ product, before })
})
