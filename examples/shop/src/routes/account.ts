import { Router } from 'express'
import { db } from '../lib/db.js'
import { verifyPassword } from '../lib/passwords.js'
import { closeLogin, openLogin } from '../lib/tokens.js'

export const accountRouter = Router()

accountRouter.post('/login', async (req, res) => {
  const user = await db.user.findUnique({ where: { email: req.body.email } })
  if (!user || !(await verifyPassword(req.body.password, user.passwordHash))) {
    res.status(401).json({ error: 'unknown email or password' })
    return
  }
  res.json({ token: openLogin(user.id) })
})

accountRouter.post('/logout', (req, res) => {
  closeLogin(req.get('authorization')?.replace('Bearer ', '') ?? '')
  res.status(204).end()
})
