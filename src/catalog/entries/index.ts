import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { expressRows } from './express.js'
import { fastifyRows } from './fastify.js'
import { koaRows } from './koa.js'
import { nestRows } from './nest.js'
import { nextConventions, nextRows } from './next.js'
import { nodeHttpRows } from './node-http.js'
import { socketRows } from './sockets.js'

/** How request-time code is registered, by framework; first match wins nowhere: rows of one path add up. */
export const entryRows: CatalogRow[] = [
  ...expressRows, ...koaRows, ...fastifyRows, ...nestRows, ...nodeHttpRows, ...nextRows, ...socketRows,
]

/** Files whose exports a framework calls. */
export const conventions: ConventionRow[] = [...nextConventions]
