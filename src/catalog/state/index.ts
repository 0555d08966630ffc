import type { CatalogRow } from '../../model/catalog.js'
import { containerRows } from './containers.js'
import { rateLimitRows } from './rate-limits.js'
import { sessionRows } from './sessions.js'
import { socketRows } from './sockets.js'
import { storeRows } from './stores.js'
import { uploadRows } from './uploads.js'

/** What is known of packages and built-ins that keep state, or keep it outside. */
export const stateRows: CatalogRow[] = [
  ...sessionRows,
  ...storeRows,
  ...rateLimitRows,
  ...socketRows,
  ...containerRows,
  ...uploadRows,
]
