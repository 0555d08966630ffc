import type { CatalogRow } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, unknownVerb, verbs } from './build.js'

const app = 'koa#default.new'
const context = 'koa#Context.new'
const router = '@koa/router#default.new'
const routerModules = ['@koa/router', 'koa-router', 'koa-better-router', 'koa-joi-router', '@koa-better-modules/joi-router', '@discourse/koa-router', 'koa-tree-router', 'koa-zod-router', 'koa-swagger-decorator']

export const koaParams = [context, 'koa#Next']
const routerVerbs = { ...verbs, del: 'DELETE', all: 'ALL', link: 'LINK', unlink: 'UNLINK' }

const instances: CatalogRow[] = [
  { path: ['koa#default', 'koa#Application', 'koa#Koa'], returns: app },
  ...aliases(app, ['koa#Koa.new', 'koa#Application.new', 'koa-websocket#App.new']),
  ...aliases(context, [
    'koa#ParameterizedContext.new', 'koa#ExtendableContext.new', 'koa#DefaultContext.new', 'koa#BaseContext.new', 'koa-router#RouterContext.new',
    '@koa/router#RouterContext.new', 'koa-router#IRouterContext.new',
  ]),
  { path: routerModules.flatMap(name => [`${name}#default`, `${name}#Router`, `${name}#SwaggerRouter`]), returns: router, prefix: '0.prefix' },
  ...aliases(router, routerModules.flatMap(name => [`${name}#default.new`, `${name}#Router.new`, `${name}#SwaggerRouter.new`]).filter(path => path !== router)),
]

const registration: CatalogRow[] = [
  { path: `${app}.use`, returns: 'this', mount: { children: ['0'], params: koaParams, thisIs: context } },
  { path: `${app}.listen`, returns: 'node:http#Server.new', run: [{ fn: 'last', when: 'startup' }] },
  { path: [`${app}.on`, `${app}.once`], returns: 'this', run: [{ fn: '1', when: 'request', params: ['', context] }] },
  { path: `${app}.callback`, returns: 'koa#RequestListener' },
  ...routeRows([router], routerVerbs, { path: '0', handlers: ['1..'], params: koaParams, thisIs: context, minArgs: 2, orLibrary: ['koa-passport#'] }, { returns: 'this' }),
  unknownVerb([router], { path: '0', handlers: ['1..'], params: koaParams, minArgs: 2 }),
  // A route may have a name before its path: `router.get('user', '/users/:id', handler)`.
  ...routeRows([router], routerVerbs, {
    path: '1', handlers: ['2..'], params: koaParams, thisIs: context, minArgs: 3, onlyWhen: { arg: '1', is: 'string' },
  }, { returns: 'this' }),
  {
    path: `${router}.register`, returns: `${router}.register()`,
    entry: { kind: 'route', methodFrom: '1', path: '0', handlers: ['2'], params: koaParams, minArgs: 3 },
  },
  // koa-joi-router and koa-zod-router: one object for the whole route.
  {
    path: `${router}.route`,
    entry: { kind: 'route', methodFrom: '0.method', path: '0.path', handlers: ['0.pre', '0.handler'], params: koaParams, onlyWhen: { arg: '0', is: 'object' } },
  },
  { path: `${router}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: koaParams, thisIs: context } },
  { path: `${router}.param`, returns: 'this', entry: { kind: 'middleware', path: '0', handlers: ['1'], params: ['', ...koaParams], minArgs: 2 } },
  { path: `${router}.prefix`, returns: 'this', prefix: '0' },
  { path: members([router], ['routes', 'middleware']), returns: 'this' },
  { path: `${router}.allowedMethods`, returns: 'koa#Middleware' },
]

const parts: CatalogRow[] = [
  { path: [context, `${context}.state`, `${context}.request`, `${context}.response`], owned: 'request' },
  ...identities(context, {
    session: 'session', user: 'user', cookies: 'token', 'state.user': 'user', 'state.session': 'session', headers: 'input', header: 'input', ip: 'input', ips: 'input',
    params: 'input', query: 'input', querystring: 'input', 'request.body': 'input', 'request.query': 'input', 'request.headers': 'input', 'request.header': 'input',
    'request.files': 'input', 'request.rawBody': 'input', 'request.ip': 'input', 'headers.authorization': 'token', url: 'input', path: 'input', host: 'input', hostname: 'input',
  }),
  { path: `${context}.get`, owned: 'request', identity: 'input' },
  { path: `${context}.app`, property: true, returns: app },
  { path: `${context}.req`, property: true, returns: 'node:http#IncomingMessage.new' },
  { path: `${context}.res`, property: true, returns: 'node:http#ServerResponse.new' },
  { path: `${context}.ctx`, property: true, returns: context },
  { path: `${context}.request.ctx`, property: true, returns: context },
  { path: context, prototype: `${app}.context` },
  { path: [app, `${app}.context`, `${app}.request`, `${app}.response`], bag: true },
]

/** Routers that put the verbs on the application itself: koa-router until version 4 (`app.use(router(app))`), koa-trie-router. */
const onApplication: CatalogRow[] = [
  ...routeRows([app], routerVerbs, { path: '0', handlers: ['1..'], params: koaParams, thisIs: context, minArgs: 2 }, { returns: 'this' }),
  ...routeRows([app], routerVerbs, { path: '1', handlers: ['2..'], params: koaParams, thisIs: context, minArgs: 3, onlyWhen: { arg: '1', is: 'string' } }, { returns: 'this' }),
]

const helpers: CatalogRow[] = [
  { path: ['koa-compose#default', 'koa-convert#default', 'koa-convert#compose'], returns: 'arg:0' },
  {
    path: ['koa-mount#default'], returns: 'arg:1~0',
    mount: { path: '0', children: ['1~0'], params: koaParams },
  },
  ...Object.entries(routerVerbs).map(([member, method]): CatalogRow => ({
    path: `koa-route#${member}`, entry: { kind: 'route', method, path: '0', handlers: ['1'], params: [context, ''], thisIs: context, minArgs: 2 },
  })),
  { path: ['koa-websocket#default'], returns: 'arg:0' },
  { path: `${app}.ws.use`, returns: 'this', mount: { children: ['0'], params: koaParams } },
  { path: `${context}.websocket`, property: true, returns: 'ws#WebSocket.new' },
]

export const koaRows: CatalogRow[] = [...instances, ...registration, ...onApplication, ...parts, ...helpers]
