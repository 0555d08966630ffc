import type { InfraModel, SessionModel } from '../model/catalog.js'

/** What a shared thing takes the place of; sockets, timers and locks stay, and something is put beside them. */
const REPLACED = new Set<InfraModel['kind']>(['rate-limit', 'queue', 'pubsub', 'cache', 'auth-store', 'agent-memory'])

/** How state gets out of the process: by an option, or by what takes the place of a library that has none. Where nobody has looked, the row says what it knows. */
export function movingOut({ kind, name, confined, fix }: InfraModel): string {
  if (!confined) return fix
  return REPLACED.has(kind) ? `replace ${name}, no option of it moves this out of the process: ${fix}` : `no option of ${name} does this: ${fix}`
}

/** The same of sessions; nothing where the rule says it best. */
export function movingSessionsOut({ confined, name, fix }: SessionModel): string | undefined {
  return confined ? `Replace ${name}, no option of it keeps sessions elsewhere: ${fix ?? 'use one that takes a shared store'}.` : fix
}
