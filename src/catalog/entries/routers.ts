import type { CatalogRow } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, unknownVerb, verbs } from './build.js'

const hono = 'hono#Hono.new'
const honoContext = 'hono#Context.new'
/** What `c.set` has put on the context of a request. */
const honoVariables = 'hono#Variables.new'
const honoMade = 'hono#MadeContext'
const honoModules = ['hono', 'hono/quick', 'hono/tiny', '@hono/zod-openapi']
const webSocketEvents = ['onOpen', 'onMessage', 'onClose', 'onError']

const honoRows: CatalogRow[] = [
  { path: ['hono#Hono', 'hono/quick#Hono', 'hono/tiny#Hono', '@hono/zod-openapi#OpenAPIHono', 'hono#default', 'hono/factory#createFactory().createApp'], returns: hono },
  ...aliases(hono, honoModules.flatMap(name => [`${name}#Hono.new`, `${name}#OpenAPIHono.new`]).filter(path => path !== hono)),
  ...routeRows([hono], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['0..', 'last.new.handle'], params: [honoContext, ''], minArgs: 1 }, { returns: 'this' }),
  // Endpoints are classes with a schema there.
  { path: ['chanfana#fromHono'], returns: 'arg:0' },
  unknownVerb([hono], { path: '0', handlers: ['1..'], params: [honoContext, ''], minArgs: 2 }),
  { path: `${hono}.on`, returns: 'this', entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['2..'], params: [honoContext, ''], minArgs: 3 } },
  { path: `${hono}.openapi`, returns: 'this', entry: { kind: 'route', methodFrom: '0.method', path: '0.path', handlers: ['0.middleware', '1'], params: [honoContext, ''] } },
  { path: '@hono/zod-openapi#createRoute', returns: 'arg:0' },
  { path: `${hono}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: [honoContext, ''] } },
  { path: `${hono}.route`, returns: 'this', mount: { path: '0', children: ['1'] } },
  { path: `${hono}.mount`, returns: 'this', entry: { kind: 'route', method: 'ALL', path: '0', handlers: ['1'], params: ['global#Request.new'] } },
  { path: `${hono}.basePath`, returns: 'this', prefix: '0' },
  { path: `${hono}.notFound`, returns: 'this', entry: { kind: 'route', method: 'ALL', handlers: ['0'], params: [honoContext] } },
  { path: `${hono}.onError`, returns: 'this', entry: { kind: 'hook', handlers: ['0'], params: ['', honoContext] } },
  { path: 'hono/factory#createFactory', run: [{ fn: '0.initApp', when: 'startup', params: [hono] }] },
  { path: ['hono/factory#createMiddleware', 'hono/factory#createFactory().createMiddleware'], returns: 'arg:0' },
  { path: 'hono/factory#createFactory().createHandlers', returns: 'arg:0..' },
  { path: ['@hono/zod-validator#zValidator', '@hono/standard-validator#sValidator', 'hono/validator#validator'], run: [{ fn: '2', when: 'request', params: ['', honoContext] }] },
  { path: ['hono/streaming#streamSSE', 'hono/streaming#stream', 'hono/streaming#streamText'], run: [{ fn: '1', when: 'now' }] },
  {
    path: ['hono/bun#upgradeWebSocket', 'hono/deno#upgradeWebSocket', 'hono/cloudflare-workers#upgradeWebSocket', '@hono/node-ws#createNodeWebSocket().upgradeWebSocket', 'hono/bun#createBunWebSocket().upgradeWebSocket'],
    entry: { kind: 'socket', handlers: ['0', ...webSocketEvents.map(name => `0().${name}`)], params: [honoContext], madeAnew: true },
  },
  { path: [honoContext, honoVariables, honoMade], owned: 'request' },
  { path: `${honoContext}.var`, property: true, returns: honoVariables },
  { path: honoVariables, prototype: honoMade },
  ...identities(honoContext, { req: 'input' }),
  ...identities(honoVariables, { user: 'user', session: 'session' }),
  { path: `${honoContext}.set`, access: { op: 'write', key: '0', value: '1', on: honoMade } },
  { path: `${honoContext}.get`, owned: 'request', identity: 'user', access: { op: 'read', key: '0', on: honoMade } },
  { path: members([`${honoContext}.req`], ['json', 'text', 'parseBody', 'param', 'query', 'queries', 'header', 'valid', 'formData', 'arrayBuffer', 'blob']), owned: 'request', identity: 'input' },
  { path: `${honoContext}.executionCtx.waitUntil`, run: [{ fn: '0', when: 'now' }] },
  { path: 'hono/cookie#getCookie', owned: 'request', identity: 'token' },
  { path: ['hono/cookie#getSignedCookie'], owned: 'request', identity: 'token' },
]

const elysia = 'elysia#Elysia.new'
const elysiaContext = 'elysia#Context.new'
const elysiaMade = 'elysia#MadeContext'
const elysiaHooks = [
  'derive', 'resolve', 'mapDerive', 'mapResolve', 'onRequest', 'onParse', 'onTransform', 'onBeforeHandle', 'onAfterHandle', 'onAfterResponse', 'mapResponse', 'onError', 'trace',
]
/** A macro is asked for by name in the options of routes; its hooks run for those. */
const macros = ['0{}', '0{}()', '1', '1()']
const routeOptions = ['parse', 'transform', 'beforeHandle', 'afterHandle', 'afterResponse', 'mapResponse', 'error']

const elysiaRows: CatalogRow[] = [
  { path: ['elysia#Elysia', 'elysia#default'], returns: elysia, prefix: '0.prefix' },
  ...aliases(elysia, ['elysia#default.new']),
  ...routeRows([elysia], { ...verbs, all: 'ALL', connect: 'CONNECT' }, {
    path: '0', handlers: [...routeOptions.map(name => `2.${name}`), '1'], params: [elysiaContext], minArgs: 2,
  }, { returns: 'this' }),
  { path: `${elysia}.route`, returns: 'this', entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['2'], params: [elysiaContext], minArgs: 3 } },
  { path: members([elysia], elysiaHooks), returns: 'this', entry: { kind: 'hook', handlers: ['last'], params: [elysiaContext] } },
  { path: members([elysia], ['onStart', 'onStop']), returns: 'this', run: [{ fn: '0', when: 'startup', params: ['this'] }] },
  { path: members([elysia], ['decorate', 'derive', 'resolve']), puts: { from: '0', on: elysiaMade } },
  { path: `${elysia}.decorate`, returns: 'this', access: { op: 'write', key: '0', value: '1', on: elysiaMade } },
  { path: members([elysia], ['derive', 'resolve']), run: ['0', '1'].map(fn => ({ fn, when: 'request' as const, params: [elysiaContext], makes: elysiaMade })) },
  { path: `${elysia}.macro`, entry: { kind: 'hook', handlers: macros.flatMap(at => [...routeOptions, 'resolve', 'derive'].map(name => `${at}.${name}`)), params: [elysiaContext] } },
  { path: `${elysia}.macro`, run: macros.flatMap(at => ['resolve', 'derive'].map(name => ({ fn: `${at}.${name}`, when: 'request' as const, params: [elysiaContext], makes: elysiaMade }))) },
  { path: `${elysia}.state`, puts: { from: '0', on: `${elysiaContext}.store` } },
  { path: members([elysia], ['guard', 'group']), run: ['0', '1'].flatMap(at => routeOptions.map(name => ({ fn: `${at}.${name}`, when: 'request' as const, params: [elysiaContext] }))) },
  { path: elysiaContext, prototype: elysiaMade },
  { path: elysiaMade, owned: 'request' },
  { path: `${elysia}.use`, returns: 'this', mount: { children: ['0'], plugin: { params: ['this'] } } },
  { path: `${elysia}.group`, returns: 'this', mount: { path: '0', children: ['2~1'], plugin: { params: ['this'] } } },
  { path: `${elysia}.guard`, returns: 'this', mount: { children: ['last'], plugin: { params: ['this'] } } },
  {
    path: `${elysia}.ws`, returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1.beforeHandle', '1.upgrade', '1.open', '1.close', '1.drain', '1.message'], params: ['elysia#WebSocket.new', ''] },
  },
  { path: `${elysia}.mount`, returns: 'this', entry: { kind: 'route', method: 'ALL', path: '0', handlers: ['last'], params: ['global#Request.new'] } },
  { path: `${elysia}.state`, returns: 'this', access: { op: 'write', key: '0', value: '1', on: `${elysiaContext}.store` } },
  { path: members([elysia], ['model', 'as', 'macro', 'headers', 'compile', 'prefix', 'error']), returns: 'this' },
  { path: `${elysia}.listen`, returns: 'this', run: [{ fn: '1', when: 'startup' }] },
  { path: elysiaContext, owned: 'request' },
  { path: 'elysia#WebSocket.new', owned: 'connection' },
  { path: [`${elysiaContext}.store`, `${elysia}.store`], bag: true },
  ...identities(elysiaContext, { body: 'input', params: 'input', query: 'input', headers: 'input', cookie: 'token', user: 'user', session: 'session', request: 'input' }),
]

export const hapi = '@hapi/hapi#Server.new'
const hapiRequest = '@hapi/hapi#Request.new'
const hapiParams = [hapiRequest, '@hapi/hapi#ResponseToolkit.new']
const hapiHandlers = (at: string): string[] => [
  ...['options', 'config', 'options()'].flatMap(name => [`${at}.${name}.pre[]`, `${at}.${name}.pre[].method`, `${at}.${name}.handler`]), `${at}.handler`,
]
const startPoints = ['onPreStart', 'onPostStart', 'onPreStop', 'onPostStop']

const hapiRows: CatalogRow[] = [
  { path: ['@hapi/hapi#server', '@hapi/hapi#Server', 'hapi#server', 'hapi#Server', '@hapi/glue#compose', 'glue#compose', 'hapi#createServer'], returns: hapi },
  // Before version 17: connections of a server, plugins of a pack, and callbacks where promises stand now.
  { path: members([hapi], ['connection', 'select']), returns: 'this' },
  { path: `${hapi}.register`, run: [{ fn: '1', when: 'startup' }, { fn: '2', when: 'startup' }] },
  ...aliases(hapi, ['hapi#Server.new']),
  { path: `${hapi}.route`, entry: { kind: 'route', methodFrom: '0.method', path: '0.path', handlers: hapiHandlers('0'), params: hapiParams, onlyWhen: { arg: '0', is: 'object' } } },
  { path: `${hapi}.route`, entry: { kind: 'route', methodFrom: '0[].method', path: '0[].path', handlers: hapiHandlers('0[]'), params: hapiParams, onlyWhen: { arg: '0', is: 'array' } } },
  {
    path: members([hapi], ['register', 'pack.register']),
    mount: { path: '1.routes.prefix~0.routes.prefix', children: ['0', '0.plugin.register', '0.plugin.plugin.register', '0.register', '0.register.register', '0[].plugin.register', '0[].plugin.plugin.register', '0[].register', '0[].register.register'], plugin: { params: ['this', 'arg:0.options'] }, packaged: { plugin: 'plugin', options: 'options' } },
  },
  { path: ['@hapipal/haute-couture', 'haute-couture'].map(module => `${module}#compose`), loads: { dir: '2.dirname', folder: 'routes', as: 'calls', call: `${hapi}.route` } },
  { path: `${hapi}.ext`, entry: { kind: 'hook', path: '0', handlers: ['1'], params: hapiParams, onlyWhen: { arg: '0', not: startPoints } }, run: [{ fn: '1', when: 'startup', params: ['this'], onlyWhen: { arg: '0', values: startPoints } }] },
  { path: `${hapi}.ext`, entry: { kind: 'hook', path: '0.type', handlers: ['0.method'], params: hapiParams, onlyWhen: { arg: '0.type', not: startPoints } } },
  { path: `${hapi}.ext`, entry: { kind: 'hook', path: '0[].type', handlers: ['0[].method'], params: hapiParams, onlyWhen: { arg: '0', is: 'array' } } },
  { path: `${hapi}.auth.scheme`, entry: { kind: 'middleware', path: '0', handlers: ['1().authenticate', '1().payload', '1().response'], params: hapiParams } },
  { path: `${hapi}.auth.strategy`, entry: { kind: 'middleware', path: '0', handlers: ['2.validate', '2.validateFunc', '2.validateFunction', '3.validateFunc', '3.validateFunction'], params: [hapiRequest, '', ''] } },
  { path: `${hapi}.method`, access: { op: 'write', key: '0', value: '1', on: `${hapi}.methods`, list: { key: 'name', value: 'method' }, dotted: true } },
  { path: `${hapi}.expose`, access: { op: 'write', key: '0', value: '1', on: `${hapi}.plugins`, under: 'plugin' } },
  // A kind of handler of one's own: `handler: { proxied: {} }` of a route asks what it makes.
  { path: `${hapi}.handler`, entry: { kind: 'middleware', path: '0', handlers: ['1()'], params: hapiParams } },
  // The server, requests and the toolkit alike: which of them is said by a text.
  { path: `${hapi}.decorate`, access: { op: 'write', key: '1', value: '2', also: hapiParams } },
  { path: members([hapi], ['events.on', 'events.once']), run: [{ fn: '1', when: 'request', params: [hapiRequest] }] },
  { path: `${hapi}.dependency`, run: [{ fn: '1', when: 'startup', params: ['this'] }] },
  { path: members([hapiRequest], ['server']), property: true, returns: hapi },
  { path: hapiParams, owned: 'request' },
  { path: [hapi, `${hapi}.app`, `${hapi}.methods`, `${hapi}.plugins`, `${hapi}.realm`, `${hapi}.settings.app`], bag: true },
  ...identities(hapiRequest, { 'auth.credentials': 'user', 'auth.artifacts': 'token', auth: 'user', payload: 'input', params: 'input', query: 'input', headers: 'input', state: 'token', yar: 'session', info: 'input', url: 'input' }),
]

const h3 = 'h3#App.new'
const h3Router = 'h3#Router.new'
const event = 'h3#H3Event.new'
const h3Modules = ['h3', 'nitropack', 'nitropack/runtime', 'nitro/h3', 'nitro/runtime', 'nitro', '#imports', '#nitro', 'global']
const fromH3 = (names: string[]): string[] => h3Modules.flatMap(name => names.map(member => `${name}#${member}`))

const h3Rows: CatalogRow[] = [
  {
    path: fromH3(['defineEventHandler', 'eventHandler', 'defineHandler', 'lazyEventHandler', 'defineLazyEventHandler']),
    returns: 'arg:0.handler~0', run: [{ fn: '0.onRequest', when: 'request', params: [event] }, { fn: '0.onBeforeResponse', when: 'request', params: [event, ''] }],
  },
  { path: fromH3(['defineCachedEventHandler', 'cachedEventHandler', 'defineCachedHandler', 'defineCachedFunction', 'cachedFunction', 'defineValidatedHandler', 'defineMiddleware']), returns: 'arg:0.handler~0' },
  { path: fromH3(['defineRenderHandler']), run: [{ fn: '0', when: 'request', params: [event] }] },
  { path: fromH3(['defineWebSocketHandler']), entry: { kind: 'socket', handlers: ['0.upgrade', '0.open', '0.message', '0.close', '0.error'], params: ['crossws#Peer.new', ''] } },
  { path: fromH3(['defineNitroPlugin', 'definePlugin']), run: [{ fn: '0', when: 'startup', params: ['nitropack#NitroApp.new'] }] },
  { path: fromH3(['defineTask']), entry: { kind: 'job', path: '0.meta.name', handlers: ['0.run'] } },
  { path: fromH3(['useNitroApp']), returns: 'nitropack#NitroApp.new' },
  { path: 'nitropack#NitroApp.new', bag: true },
  { path: 'nitropack#NitroApp.new.hooks.hook', entry: { kind: 'hook', path: '0', handlers: ['1'], onlyWhen: { arg: '0', not: ['close'] } }, run: [{ fn: '1', when: 'startup', onlyWhen: { arg: '0', values: ['close'] } }] },
  { path: ['h3#createApp', 'h3#H3'], returns: h3 },
  { path: ['h3#createRouter'], returns: h3Router },
  ...aliases(h3, ['h3#H3.new']),
  ...routeRows([h3, h3Router], { ...verbs, all: 'ALL', connect: 'CONNECT', trace: 'TRACE' }, { path: '0', handlers: ['1'], params: [event], minArgs: 2 }, { returns: 'this' }),
  { path: members([h3], ['on']), returns: 'this', entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['2'], params: [event], minArgs: 3 } },
  { path: `${h3Router}.add`, returns: 'this', entry: { kind: 'route', methodFrom: '2', methodDefault: 'ALL', path: '0', handlers: ['1'], params: [event] } },
  { path: members([h3, h3Router], ['use']), returns: 'this', mount: { path: '0', children: ['0..'], params: [event, ''] } },
  { path: `${h3}.mount`, returns: 'this', mount: { path: '0', children: ['1'], params: [event] } },
  { path: 'h3#useBase', returns: 'arg:1' },
  { path: `${h3Router}.handler`, property: true, returns: 'this' },
  { path: ['h3#fromNodeMiddleware', 'h3#fromNodeHandler'], returns: 'arg:0', entry: { kind: 'middleware', handlers: ['0'], params: ['node:http#IncomingMessage.new', 'node:http#ServerResponse.new', ''] } },
  { path: fromH3(['readBody', 'readValidatedBody', 'readRawBody', 'readFormData', 'readMultipartFormData', 'getQuery', 'getValidatedQuery', 'getRouterParam', 'getRouterParams', 'getValidatedRouterParams', 'getHeader', 'getHeaders', 'getRequestHeader', 'getRequestHeaders', 'getRequestIP', 'getRequestURL']), owned: 'request', identity: 'input' },
  { path: fromH3(['getCookie', 'parseCookies']), owned: 'request', identity: 'token' },
  { path: fromH3(['useSession', 'getSession', 'getUserSession', 'requireUserSession']), owned: 'request', identity: 'session' },
  { path: event, owned: 'request' },
  { path: 'crossws#Peer.new', owned: 'connection' },
  ...identities(event, { context: 'user', 'context.user': 'user', 'context.session': 'session', 'context.params': 'input', headers: 'input', path: 'input', req: 'input' }),
  { path: `${event}.node.req`, property: true, returns: 'node:http#IncomingMessage.new' },
  { path: `${event}.node.res`, property: true, returns: 'node:http#ServerResponse.new' },
  { path: `${event}.waitUntil`, run: [{ fn: '0', when: 'now' }] },
]

const itty = 'itty-router#Router.new'
const ittyRows: CatalogRow[] = [
  { path: ['itty-router#Router', 'itty-router#AutoRouter', 'itty-router#IttyRouter', 'itty-router-extras#ThrowableRouter'], returns: itty, prefix: '0.base' },
  ...routeRows([itty], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1..'], params: ['global#Request.new', '', ''], minArgs: 2 }, { returns: 'this' }),
]

export const routerRows: CatalogRow[] = [...honoRows, ...elysiaRows, ...hapiRows, ...h3Rows, ...ittyRows]
