import type { CatalogRow } from '../../model/catalog.js'
import { agentRows } from './agents.js'
import { authRows } from './auth.js'
import { cacheRows } from './caches.js'
import { clientRows } from './clients.js'
import { columnRows } from './columns.js'
import { containerRows } from './containers.js'
import { diskRows } from './disk.js'
import { embeddedRows } from './embedded.js'
import { globalSetterRows } from './global-setters.js'
import { lockAndIdRows } from './locks-ids.js'
import { pubsubRows } from './pubsub.js'
import { queueRows } from './queues.js'
import { rateLimitRows } from './rate-limits.js'
import { schedulerRows } from './schedulers.js'
import { sessionRows } from './sessions.js'
import { sharedIdentityRows } from './shared-identity.js'
import { socketRows } from './sockets.js'
import { ssrStoreRows } from './ssr-stores.js'
import { statefulByDesignRows } from './stateful-by-design.js'
import { storeRows } from './stores.js'
import { uploadRows } from './uploads.js'

/** What is known of packages and built-ins that keep state, or keep it outside. */
export const stateRows: CatalogRow[] = [
  ...sessionRows,
  ...storeRows,
  ...authRows,
  ...rateLimitRows,
  ...cacheRows,
  ...containerRows,
  ...columnRows,
  ...pubsubRows,
  ...socketRows,
  ...schedulerRows,
  ...queueRows,
  ...uploadRows,
  ...diskRows,
  ...embeddedRows,
  ...lockAndIdRows,
  ...agentRows,
  ...globalSetterRows,
  ...sharedIdentityRows,
  ...ssrStoreRows,
  ...clientRows,
  ...statefulByDesignRows,
]
