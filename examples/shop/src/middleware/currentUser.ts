import type { NextFunction, Request, Response } from 'express'
import { findLogin } from '../lib/tokens.js'

/** Puts the caller's id on the response for the handlers behind it. */
export function currentUser(req: Request, res: Response, next: NextFunction): void {
  const token = req.get('authorization')?.replace('Bearer ', '')
  res.locals.userId = token ? findLogin(token)?.userId : undefined
  next()
}
