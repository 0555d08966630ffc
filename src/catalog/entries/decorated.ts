import type { CatalogRow, EntryModel } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { fastifyParams } from './fastify.js'

/** Further frameworks of classes whose methods carry verbs: those of `mvc.ts` are the ones that most know. */

const capitals = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const words: Record<string, string> = { ...Object.fromEntries(capitals.map((verb) => [verb.slice(0, 1) + verb.slice(1).toLowerCase(), verb])), All: 'ALL' }
const of = (modules: string[], names: string[]): string[] => modules.flatMap((module) => names.map((name) => `${module}#${name}`))

function routes(modules: string[], names: Record<string, string>, entry: Partial<EntryModel> = {}, extra: Partial<CatalogRow> = {}): CatalogRow[] {
  return Object.entries(names).map(([name, method]) => ({ path: of(modules, [name]), ...extra, entry: { kind: 'route', method, path: '0', decorator: true, ...entry } }))
}

/** A class of its own for each request, unless a factory of services says otherwise; `@Path` stands on the class and on its methods. */
const rest = ['typescript-rest']
const perRequest: Partial<CatalogRow> = { component: { scope: 'request', entries: true } }
const restContext = 'typescript-rest#ServiceContext.new'
const typescriptRest: CatalogRow[] = [
  { path: of(rest, ['Path']), ...perRequest, prefix: '0' },
  ...capitals.map((method): CatalogRow => ({ path: of(rest, [method]), ...perRequest, entry: { kind: 'route', method, decorator: true } })),
  { path: of(rest, ['PathParam', 'QueryParam', 'HeaderParam', 'FormParam', 'FileParam', 'FilesParam', 'Param']), owned: 'request', identity: 'input' },
  { path: of(rest, ['CookieParam']), owned: 'request', identity: 'token' },
  { path: of(rest, ['Context']), returns: restContext },
  { path: restContext, owned: 'request' },
  { path: `${restContext}.request`, property: true, returns: 'express#Request.new' },
  { path: `${restContext}.response`, property: true, returns: 'express#Response.new' },
  { path: of(rest, ['ContextRequest']), returns: 'express#Request.new' },
  { path: of(rest, ['ContextResponse']), returns: 'express#Response.new' },
  { path: of(rest, ['PreProcessor', 'PostProcessor']), entry: { kind: 'middleware', handlers: ['0'], params: expressParams } },
  { path: of(rest, ['Server.registerAuthenticator']), entry: { kind: 'middleware', handlers: ['0.getMiddleware()'], params: expressParams } },
]

/** One controller for the whole process; prefixes are those of `controller('/api', ApiController)`. */
const foal = ['@foal/core']
const foalContext = '@foal/core#Context.new'
const single: Partial<CatalogRow> = { component: { scope: 'singleton', entries: true } }
const foalRows: CatalogRow[] = [
  ...routes(foal, words, { params: [foalContext] }, single),
  { path: of(foal, ['controller']), mount: { path: '0', children: ['1'] } },
  { path: of(foal, ['Hook']), entry: { kind: 'hook', handlers: ['0'], params: [foalContext, ''] } },
  { path: foalContext, owned: 'request' },
  { path: [`${foalContext}.request`], property: true, returns: 'express#Request.new' },
  { path: [`${foalContext}.session`], owned: 'request', identity: 'session' },
  { path: [`${foalContext}.user`], owned: 'request', identity: 'user' },
]

const ofFastify = ['fastify-decorators']
const fastifyDecorators: CatalogRow[] = [
  { path: of(ofFastify, ['Controller']), component: { scope: 'singleton', entries: true, scopeFrom: { arg: '0.type', request: ['fastify-decorators#ControllerType.REQUEST'] } }, prefix: '0.route~0' },
  { path: of(ofFastify, ['Service']), component: { scope: 'singleton' } },
  ...routes(ofFastify, { ...Object.fromEntries(capitals.map((verb) => [verb, verb])), ALL: 'ALL' }, { path: '0.url~0', params: fastifyParams }),
  { path: of(ofFastify, ['Hook']), entry: { kind: 'hook', path: '0', decorator: true, params: fastifyParams } },
  { path: of(ofFastify, ['ErrorHandler']), entry: { kind: 'hook', decorator: true, params: ['', ...fastifyParams] } },
]

/** `@decorators/express` and its like: parameters by decorators, or request and response as they are. */
const small = ['@decorators/express', 'express-decorators', '@decorators/server', '@decorators/koa']
const smallRows: CatalogRow[] = [
  { path: of(small, ['Controller', 'controller']), component: { scope: 'singleton', entries: true }, prefix: '0' },
  ...routes(small, words),
  ...routes(['express-decorators'], Object.fromEntries(['get', 'post', 'put', 'patch', 'del', 'all'].map((name) => [name, name === 'del' ? 'DELETE' : name.toUpperCase()])), { params: expressParams }),
  { path: of(small, ['Params', 'Query', 'Body', 'Headers']), owned: 'request', identity: 'input' },
  { path: of(small, ['Cookies']), owned: 'request', identity: 'token' },
  { path: of(small, ['Request', 'Req']), returns: 'express#Request.new' },
  { path: of(small, ['Response', 'Res']), returns: 'express#Response.new' },
]

/** Ts.ED by the name that it had first, and what of it stands on methods. */
const tsed = ['ts-express-decorators', '@tsed/common', '@tsed/platform-middlewares', '@tsed/platform-params', '@tsed/platform-http']
const tsedRows: CatalogRow[] = [
  { path: of(['ts-express-decorators', '@tsed/platform-http'], ['Controller']), component: { scope: 'singleton', entries: true }, prefix: '0.path~0' },
  ...routes(['ts-express-decorators', '@tsed/platform-http'], words),
  { path: of(['ts-express-decorators'], ['BodyParams', 'PathParams', 'QueryParams', 'HeaderParams']), owned: 'request', identity: 'input' },
  { path: of(tsed, ['Req', 'Request']), returns: 'express#Request.new' },
  { path: of(tsed, ['Res', 'Response']), returns: 'express#Response.new' },
  { path: of(tsed, ['Session']), owned: 'request', identity: 'session' },
  { path: of(tsed, ['Use', 'UseBefore', 'UseAfter']), entry: { kind: 'middleware', handlers: ['0..'], params: expressParams } },
]

/** Deno's: Danet is shaped like Nest, Alosaur like routing-controllers. */
const deno = ['danet_server', '@danet/core', 'alosaur']
const denoDecorated: CatalogRow[] = [
  { path: of(deno, ['Controller']), component: { scope: 'singleton', entries: true }, prefix: '0.baseRoute~0' },
  ...routes(deno, words),
  { path: of(deno, ['Body', 'Param', 'Query', 'QueryParam', 'Header']), owned: 'request', identity: 'input' },
  { path: of(deno, ['Cookie']), owned: 'request', identity: 'token' },
  { path: of(deno, ['Session']), owned: 'request', identity: 'session' },
  { path: of(deno, ['Injectable', 'Service', 'Singleton']), component: { scope: 'singleton' } },
]

export const decoratedRows: CatalogRow[] = [...typescriptRest, ...foalRows, ...fastifyDecorators, ...smallRows, ...tsedRows, ...denoDecorated]
