import { createLimiter } from '@acme/limits'
import express from 'express'
import { served } from './served.js'

const app = express()
const limiter = createLimiter({ perMinute: 60 })

app.use((req, res, next) => (limiter.allows(req.ip) ? next() : res.status(429).end()))
app.get('/about', (req, res) => {
  served()
  res.json({ version: '1.2.0', servedBy: process.env.HOSTNAME })
})
app.listen(3000)
