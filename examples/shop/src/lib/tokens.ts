import { randomUUID } from 'node:crypto'

interface Login {
  userId: string
  expires: number
}

// Who is logged in, known to this process alone.
const logins = new Map<string, Login>()

const HOUR = 3_600_000

export function openLogin(userId: string): string {
  const token = randomUUID()
  logins.set(token, { userId, expires: Date.now() + HOUR })
  return token
}

export function findLogin(token: string): Login | undefined {
  const login = logins.get(token)
  return login && login.expires > Date.now() ? login : undefined
}

export function closeLogin(token: string): void {
  logins.delete(token)
}
