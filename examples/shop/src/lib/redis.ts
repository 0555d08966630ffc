import Redis from 'ioredis'

let client: Redis | undefined

/** Opened on first use; holds nothing that a request put there. */
export function redis(): Redis {
  client ??= new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379')
  return client
}
