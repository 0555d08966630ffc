import type { CatalogRow, EntryModel } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, unknownVerb, verbs } from './build.js'

const app = 'express#Express.new'
/** An application that serves sockets, too: `express().http().io()`. */
const oi = 'express.oi#Express.new'
const apps = [app, oi]
const router = 'express#Router.new'
const route = 'express#Route.new'
const request = 'express#Request.new'
const response = 'express#Response.new'

export const expressParams = [request, response, 'express#NextFunction']
const errorParams = ['', ...expressParams]

const allVerbs = {
  ...verbs, all: 'ALL', trace: 'TRACE', connect: 'CONNECT', search: 'SEARCH', propfind: 'PROPFIND', proppatch: 'PROPPATCH', mkcol: 'MKCOL',
  copy: 'COPY', move: 'MOVE', lock: 'LOCK', unlock: 'UNLOCK', report: 'REPORT', purge: 'PURGE', merge: 'MERGE', notify: 'NOTIFY',
  subscribe: 'SUBSCRIBE', unsubscribe: 'UNSUBSCRIBE', checkout: 'CHECKOUT', link: 'LINK', unlink: 'UNLINK', 'm-search': 'M-SEARCH', del: 'DELETE', query: 'QUERY',
}
/** What they make is a handler that answers by itself: `app.post('/login', passport.authenticate('local', { successRedirect: '/' }))`. */
const answering = ['passport#', 'better-auth/', 'express-graphql#', 'graphql-http/', 'oauth2orize#', '@shopify/shopify-app-express#']
/** `any` is of hyper-express. */
const asyncVerbs = { any: 'ALL', getAsync: 'GET', postAsync: 'POST', putAsync: 'PUT', patchAsync: 'PATCH', deleteAsync: 'DELETE', allAsync: 'ALL' }

const registration: CatalogRow[] = [
  ...routeRows([...apps, router], { ...allVerbs, ...asyncVerbs }, {
    path: '0', handlers: ['1..'], params: expressParams, errorParams, minArgs: 2, orLibrary: answering,
  }, { returns: 'this' }),
  unknownVerb([...apps, router], { path: '0', handlers: ['1..'], params: expressParams, errorParams, minArgs: 2 }),
  ...routeRows([route], { ...allVerbs, ...asyncVerbs }, { handlers: ['0..'], params: expressParams, errorParams, minArgs: 1, orLibrary: answering }, { returns: 'this' }),
  { path: members([...apps, router], ['use', 'useAsync']), returns: 'this', mount: { path: '0', children: ['0..'], params: expressParams, errorParams } },
  { path: members([...apps, router], ['route']), returns: route, prefix: '0' },
  {
    path: members([...apps, router], ['param', 'paramAsync']), returns: 'this',
    entry: { kind: 'middleware', path: '0', handlers: ['1'], params: [...expressParams, ''], minArgs: 2 },
  },
  { path: members(apps, ['listen']), returns: 'node:http#Server.new', run: [{ fn: 'last', when: 'startup' }] },
  // What is set up where another application takes this one in.
  { path: members(apps, ['on', 'once']), returns: 'this', run: [{ fn: '1', when: 'startup', params: ['this'], onlyWhen: { arg: '0', values: ['mount'] } }, { fn: '1', when: 'later', onlyWhen: { arg: '0', not: ['mount'] } }] },
  { path: members(apps, ['get']), access: { op: 'read', key: '0' } },
  { path: members(apps, ['set']), returns: 'this', access: { op: 'write', key: '0', value: '1', also: [`${app}.settings`] } },
  { path: members(apps, ['enable', 'disable']), returns: 'this' },
  { path: `${app}.engine`, returns: 'this', run: [{ fn: '1', when: 'request' }] },
  // Version 3: what is set up for one environment.
  { path: `${app}.configure`, returns: 'this', run: [{ fn: 'last', when: 'startup', onlyWhen: { arg: '0', not: ['development', 'test'] } }] },
]

const instances: CatalogRow[] = [
  { path: ['express#default', 'express#createApplication', 'express#createServer', '@modelcontextprotocol/sdk/server/express.js#createMcpExpressApp', '@modelcontextprotocol/sdk/server/express#createMcpExpressApp'], returns: app },
  { path: 'express#Router', returns: router },
  { path: 'express#Route', returns: route },
  ...aliases(app, [
    'express#Application.new', 'express#application.new', 'express-serve-static-core#Express.new', 'express-serve-static-core#Application.new',
  ]),
  ...aliases(router, [
    'express#IRouter.new', 'express#IRouterHandler.new', 'express-serve-static-core#Router.new', 'express-serve-static-core#IRouter.new', 'router#default.new',
    'express-promise-router#Router.new', 'express-promise-router#default.new',
  ]),
  ...aliases(route, ['express#IRoute.new', 'express-serve-static-core#IRoute.new']),
  ...aliases(request, ['express-serve-static-core#Request.new']),
  ...aliases(response, ['express-serve-static-core#Response.new']),
  { path: ['router#default', 'router#Router', 'express-promise-router#default', 'express-promise-router#Router', '@awaitjs/express#Router'], returns: router },
  { path: ['@awaitjs/express#addAsync', '@awaitjs/express#decorateApp', '@awaitjs/express#decorateRouter'], returns: 'arg:0' },
  { path: 'ultimate-express#default', returns: app },
  { path: ['express.oi#default', 'express.io#default'], returns: oi },
  { path: members([oi], ['http', 'https']), returns: 'this' },
  { path: `${oi}.io`, returns: 'this' },
  { path: `${oi}.io.route`, entry: { kind: 'socket', path: '0', handlers: ['1', '1{}'], params: [request, response] } },
  { path: 'ultimate-express#Router', returns: router },
  ...aliases(app, ['hyper-express#Server.new']),
  ...aliases(router, ['hyper-express#Router.new']),
]

const requestParts: CatalogRow[] = [
  { path: [request, response], owned: 'request' },
  ...identities(request, {
    user: 'user', auth: 'user', account: 'user', session: 'session', sessionID: 'session', cookies: 'token', signedCookies: 'token', token: 'token',
    'headers.authorization': 'token', 'headers.cookie': 'token', headers: 'input', ip: 'input', ips: 'input', body: 'input', params: 'input', query: 'input',
    file: 'input', files: 'input', rawBody: 'input', url: 'input', originalUrl: 'input', path: 'input', hostname: 'input', subdomains: 'input', socket: 'socket',
  }),
  { path: members([request], ['get', 'header', 'param']), owned: 'request', identity: 'input' },
  { path: `${response}.locals`, owned: 'request' },
  { path: members([request, response], ['app']), property: true, returns: app },
  { path: `${response}.req`, property: true, returns: request },
  { path: `${request}.res`, property: true, returns: response },
  { path: members([response], ['status', 'set', 'header', 'type', 'cookie', 'clearCookie', 'send', 'json', 'jsonp', 'end', 'vary', 'links', 'append', 'location', 'contentType', 'attachment', 'setHeader']), returns: 'this' },
  { path: members([request, response], ['on', 'once', 'addListener']), returns: 'this', run: [{ fn: '1', when: 'later' }] },
  { path: members([response], ['render', 'sendFile', 'sendfile', 'download']), run: [{ fn: 'last', when: 'later' }] },
  { path: `${response}.format`, returns: 'this', run: [{ fn: '0{}', when: 'now', params: [request, response] }] },
  { path: members([request], ['login', 'logIn', 'logout', 'logOut']), run: [{ fn: 'last', when: 'now' }] },
  { path: members([`${request}.session`], ['save', 'regenerate', 'destroy', 'reload', 'touch']), returns: 'this', run: [{ fn: '0', when: 'now' }] },
]

const bags: CatalogRow[] = [
  { path: [...apps, `${app}.locals`, `${app}.request`, `${app}.response`, 'express#application', 'express#request', 'express#response'], bag: true },
  { path: `${app}.locals`, templates: true },
  { path: `${app}.settings`, bag: true },
]

const wrappers: CatalogRow[] = [
  {
    path: [
      'express-async-handler#default', 'express-async-wrap#default', 'express-async-wrapper#default', 'async-middleware#wrap', 'async-middleware#default',
      'middleware-async#default', 'middleware-async#asyncMiddleware', 'express-wrap-async#default', 'express-async-middleware#default', 'express-asyncify#default',
      'typescript-routes-to-openapi-server#createExpressRoute',
    ],
    returns: 'arg:0',
  },
  // Generators that are run as if they were async functions.
  { path: ['co#wrap', 'bluebird#coroutine'], returns: 'arg:0' },
  { path: 'middleware-async#combineMiddlewares', returns: 'arg:0..' },
  { path: ['express-async-router#AsyncRouter', 'express-async-router#default'], returns: router },
  { path: 'express-async-router#AsyncRouter.new', returns: router },
  { path: ['on-finished#default', 'on-headers#default'], run: [{ fn: '1', when: 'later', params: ['', response] }] },
]

const webSockets: CatalogRow[] = [
  { path: 'express-ws#default', returns: 'express-ws#Instance.new' },
  { path: 'express-ws#Instance.new.app', property: true, returns: app },
  { path: 'express-ws#Instance.new.getWss', returns: 'ws#WebSocketServer.new' },
  ...aliases(app, ['express-ws#Application.new']),
  ...aliases(router, ['express-ws#Router.new']),
  {
    path: members([app, router], ['ws']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1..'], params: ['ws#WebSocket.new', request, 'express#NextFunction'], minArgs: 2 },
  },
]

/** Resources that a library serves out of models: what the project adds to its steps. */
const finales = ['finale-rest', 'epilogue', 'finale']
const ofFinale = (method: string, action: string, path: string, does?: EntryModel['does']): CatalogRow => ({
  path: finales.map(name => `${name}#resource`), returns: 'finale-rest#Resource.new',
  entry: { kind: 'route', method, path, handlers: [], byItself: true, onlyWhen: { arg: '0.actions[]', values: [action], orAbsent: true }, ...(does && { does }) },
})
const unique = 'declare a natural key of the model `unique`, or let the client send the primary key'
const restify = (method: string, does?: EntryModel['does']): CatalogRow => ({
  path: ['express-restify-mongoose#serve'], entry: { kind: 'route', method, path: '2.name', handlers: [], byItself: true, ...(does && { does }) },
})
/** `Resource(app, '', 'boat', Boat).rest({ before: […] })`, or some of its methods alone. */
const resource = 'resourcejs#Resource.new'
const ofResource = (method: string, alone: string[], does?: EntryModel['does']): CatalogRow => ({
  path: ['rest', ...alone].map(name => `${resource}.${name}`), returns: 'this', entry: { kind: 'route', method, path: 'made.2', handlers: [], byItself: true, ...(does && { does }) },
})
const resources: CatalogRow[] = [
  { path: 'resourcejs#default', returns: resource },
  ofResource('GET', ['get', 'index']), ofResource('POST', ['post'], { kind: 'insert', by: 'mongoose', model: 'made.3', fix: unique }), ofResource('PUT', ['put']), ofResource('PATCH', ['patch']), ofResource('DELETE', ['delete']),
  {
    path: ['rest', 'get', 'index', 'post', 'put', 'patch', 'delete'].map(name => `${resource}.${name}`),
    entry: { kind: 'hook', handlers: ['before', 'after'].flatMap(when => ['', 'Post', 'Put', 'Patch', 'Delete', 'Get', 'Index'].flatMap(name => [`0.${when}${name}`, `0.${when}${name}[]`])), params: expressParams },
  },
]
const generated: CatalogRow[] = [
  ...resources,
  ofFinale('GET', 'list', '0.endpoints'),
  ofFinale('POST', 'create', '0.endpoints.0', { kind: 'insert', by: 'sequelize', model: '0.model', fix: unique }),
  ofFinale('PUT', 'update', '0.endpoints.1'),
  ofFinale('DELETE', 'delete', '0.endpoints.1'),
  restify('GET'), restify('POST', { kind: 'insert', by: 'mongoose', model: '1', fix: unique }), restify('PATCH'), restify('DELETE'),
]
const steps: CatalogRow[] = [
  { path: ['before', 'action', 'after'].map(at => `finale-rest#Resource.new.*.*.${at}`), returns: 'this', entry: { kind: 'hook', handlers: ['0'], params: expressParams } },
  { path: ['before', 'action', 'after'].map(at => `finale-rest#Resource.new.*.${at}`), returns: 'this', entry: { kind: 'hook', handlers: ['0'], params: expressParams } },
]

/** What Shopify's own handler calls for each topic that it is sent. */
const shopify: CatalogRow[] = [
  { path: '@shopify/shopify-app-express#shopifyApp().processWebhooks', entry: { kind: 'message', handlers: ['0.webhookHandlers{}.callback', '0.webhookHandlers{}[].callback'], params: ['@shopify/shopify-app-express#Webhook.new', '@shopify/shopify-app-express#Webhook.new', '@shopify/shopify-app-express#Webhook.new', '@shopify/shopify-app-express#Webhook.new'] } },
  { path: '@shopify/shopify-app-express#Webhook.new', owned: 'request', identity: 'input' },
]

/** Operations that a definition names: which method calls each stands there. */
const openapi = ['openapi-backend#default.new', 'openapi-backend#OpenAPIBackend.new']
const openapiParams = ['openapi-backend#Context.new', request, response]
const operations: CatalogRow[] = [
  { path: members(openapi, ['register']), entry: { kind: 'procedure', path: '0', handlers: ['1'], params: openapiParams, onlyWhen: { arg: '0', is: 'string' } } },
  { path: members(openapi, ['register']), entry: { kind: 'procedure', handlers: ['0{}'], params: openapiParams, onlyWhen: { arg: '0', is: 'object' } } },
  { path: openapi, entry: { kind: 'procedure', handlers: ['0.handlers{}'], params: openapiParams } },
  { path: 'openapi-backend#Context.new', owned: 'request' },
  ...identities('openapi-backend#Context.new', { request: 'input', 'request.body': 'input', 'request.params': 'input', 'request.query': 'input', 'request.headers': 'input' }),
]

/** An OAuth server asks the project for what it grants, and to whom, while it answers. */
const grants = ['oauth2orize', 'oauth2orize-koa']
const granted = 'oauth2orize#Granted.new'
const oauthServers: CatalogRow[] = [
  {
    path: grants.flatMap(name => [...['code', 'token', 'authorizationCode'].map(kind => `${name}#grant.${kind}`), ...['code', 'authorizationCode', 'password', 'clientCredentials', 'refreshToken'].map(kind => `${name}#exchange.${kind}`)]),
    entry: { kind: 'middleware', handlers: ['0', '1'], params: [granted, granted, granted, granted, granted] },
  },
  { path: grants.flatMap(name => members([`${name}#createServer()`], ['authorization', 'authorize'])), entry: { kind: 'middleware', handlers: ['0', '1', '2'], params: [granted, granted, granted] } },
  { path: grants.flatMap(name => members([`${name}#createServer()`], ['serializeClient', 'deserializeClient'])), entry: { kind: 'middleware', handlers: ['0'], params: [granted] } },
  { path: granted, owned: 'request', identity: 'input' },
]

export const expressRows: CatalogRow[] = [...shopify, ...oauthServers, ...generated, ...steps, ...instances, ...registration, ...requestParts, ...bags, ...wrappers, ...webSockets, ...operations]
