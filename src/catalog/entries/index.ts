import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { completed } from './build.js'
import { capConventions, capRows } from './cap.js'
import { chatBotConventions, chatBotRows } from './chat-bots.js'
import { cmsRows } from './cms.js'
import { commandLineRows } from './command-lines.js'
import { containerRows } from './containers.js'
import { decoratedRows } from './decorated.js'
import { denoConventions, denoRows } from './deno.js'
import { desktopRows } from './desktop.js'
import { eggConventions, eggRows } from './egg.js'
import { thinkConventions, thinkRows } from './thinkjs.js'
import { expressRows } from './express.js'
import { fastifyRows } from './fastify.js'
import { fileRouteConventions, fileRouteRows } from './file-routes.js'
import { graphqlRows } from './graphql.js'
import { infrastructureRows } from './infrastructure.js'
import { koaRows } from './koa.js'
import { messageRows } from './messages.js'
import { loopback3Conventions, loopback3Rows } from './loopback3.js'
import { mvcConventions, mvcRows } from './mvc.js'
import { nestRows } from './nest.js'
import { nestTransportRows } from './nest-transports.js'
import { nextConventions, nextRows } from './next.js'
import { renderingRows } from './rendering.js'
import { nodeHttpRows } from './node-http.js'
import { roomRows } from './rooms.js'
import { routerRows } from './routers.js'
import { furtherRouterRows } from './further-routers.js'
import { rpcRows } from './rpc.js'
import { serverlessConventions, serverlessRows } from './serverless.js'
import { socketRows } from './sockets.js'
import { authJsRows } from './auth-js.js'
import { botRows } from './bots.js'
import { timingRows } from './timing.js'
import { totalConventions, totalRows } from './total.js'
import { validatorRows } from './validators.js'

/** How request-time code is registered, by framework. Rows of one path add up; `onlyWhen` tells entries of one path apart. */
export const entryRows: CatalogRow[] = completed([
  ...expressRows, ...koaRows, ...fastifyRows, ...nestRows, ...nestTransportRows, ...nodeHttpRows, ...routerRows, ...furtherRouterRows, ...nextRows, ...fileRouteRows,
  ...graphqlRows, ...rpcRows, ...serverlessRows, ...socketRows, ...messageRows,
  ...mvcRows, ...loopback3Rows, ...capRows, ...decoratedRows, ...eggRows, ...thinkRows, ...totalRows, ...cmsRows, ...botRows, ...chatBotRows, ...authJsRows, ...containerRows, ...roomRows, ...renderingRows, ...timingRows, ...denoRows, ...infrastructureRows, ...validatorRows, ...commandLineRows, ...desktopRows,
])

/** Files whose exports a framework calls. */
export const conventions: ConventionRow[] = [...nextConventions, ...fileRouteConventions, ...serverlessConventions, ...mvcConventions, ...eggConventions, ...thinkConventions, ...totalConventions, ...denoConventions, ...capConventions, ...loopback3Conventions, ...chatBotConventions]
