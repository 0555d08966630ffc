import { Router } from 'express'
import Stripe from 'stripe'
import { db } from '../lib/db.js'
import { shippingPrice } from '../lib/shipping.js'

const stripe = new Stripe(process.env.STRIPE_KEY ?? '')

export const orderRouter = Router()

// A client that retries after a timeout pays twice and orders twice.
orderRouter.post('/', async (req, res) => {
  const product = await db.product.findUniqueOrThrow({ where: { id: req.body.productId } })
  const amount = product.price + shippingPrice(req.body.country)
  const payment = await stripe.paymentIntents.create({ amount, currency: 'eur', confirm: true })
  const order = await db.order.create({ data: { userId: res.locals.userId, productId: product.id, paymentId: payment.id } })
  res.status(201).json(order)
})

// Safe to repeat: the same state comes of it.
orderRouter.put('/:id/address', async (req, res) => {
  const order = await db.order.update({ where: { id: req.params.id }, data: { address: req.body.address } })
  res.json(order)
})
