import express from 'express'
import rateLimit from 'express-rate-limit'
import session from 'express-session'
import { currentUser } from './middleware/currentUser.js'
import { accountRouter } from './routes/account.js'
import { catalogRouter } from './routes/catalog.js'
import { orderRouter } from './routes/orders.js'

/** The shop's HTTP server. */
export function createApp() {
  const app = express()
  app.use(express.json())

  // Sessions without a store live in the memory of this process.
  app.use(session({ secret: process.env.SESSION_SECRET ?? '', resave: false, saveUninitialized: false }))

  // Counts per process: two replicas let through twice as many.
  app.use('/account', rateLimit({ windowMs: 60_000, limit: 20 }))

  app.use(currentUser)
  app.use('/account', accountRouter)
  app.use('/products', catalogRouter)
  app.use('/orders', orderRouter)
  return app
}
