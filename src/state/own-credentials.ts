import type { Expr } from '../model/facts.js'
import type { Cell } from './cells.js'

const CREDENTIAL = /(token|credentials?)$/i
const CREDENTIAL_PART = /token|credential/i
const EXPIRY = /expir|valid|until/i

/** `if (!token || token.expiresAt < Date.now()) token = await login()`: what this process shows another service, and how long that holds. Another replica has its own, and it is as good. */
export const isOwnCredential = ({ home: { name }, writes }: Cell): boolean => {
  const member = name.slice(name.lastIndexOf('.') + 1)
  return CREDENTIAL.test(member) || (CREDENTIAL_PART.test(name) && EXPIRY.test(member) && writes.every(({ valueExpr }) => valueExpr !== undefined && isMomentOf(valueExpr)))
}

/** `Date.now() + 3600 * 1000`, `new Date(found.expires)`, `0` */
const isMomentOf = (x: Expr): boolean => x.k === 'lit' || x.k === 'bin' || x.k === 'mem' || x.k === 'new' || x.k === 'call'
