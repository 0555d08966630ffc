import type { CatalogRow } from '../../model/catalog.js'
import { identities, members, routeRows, verbs } from './build.js'
import { expressParams } from './express.js'

const fets = 'fets#Router.new'
/** Routes as objects with a schema. */
const fetsRows: CatalogRow[] = [
  { path: 'fets#createRouter', returns: fets },
  { path: `${fets}.route`, returns: 'this', entry: { kind: 'route', methodFrom: '0.method', methodDefault: 'ALL', path: '0.path', handlers: ['0.handler'], params: ['global#Request.new', ''] } },
  { path: `${fets}.use`, returns: 'this', mount: { path: '0', children: ['0..'] } },
]

/** An object of steps becomes a router: `resource({ id: 'item', load, index, create, update, delete })`. */
const resourceSteps = { index: 'GET', list: 'GET', get: 'GET', read: 'GET', create: 'POST', post: 'POST', put: 'PUT', update: 'PUT', patch: 'PATCH', modify: 'PATCH', del: 'DELETE', delete: 'DELETE' }
const resourceRows: CatalogRow[] = Object.entries(resourceSteps).map(([step, method]) => ({
  path: 'resource-router-middleware#default', returns: 'express#Router.new', entry: { kind: 'route', method, handlers: [`0.${step}`], params: expressParams, ofResult: true },
}))

const encoreRequest = 'encore.dev/api#Request.new'
const encoreStreams = ['streamIn', 'streamOut', 'streamInOut']
const encoreRows: CatalogRow[] = [
  { path: 'encore.dev/api#api', entry: { kind: 'route', methodFrom: '0.method', methodDefault: 'ALL', path: '0.path', handlers: ['1'], params: [encoreRequest] } },
  { path: 'encore.dev/api#api.raw', entry: { kind: 'route', methodFrom: '0.method', methodDefault: 'ALL', path: '0.path', handlers: ['1'], params: ['node:http#IncomingMessage.new', 'node:http#ServerResponse.new'] } },
  { path: members(['encore.dev/api#api'], encoreStreams), entry: { kind: 'socket', path: '0.path', handlers: ['1'], params: [encoreRequest, ''] } },
  { path: 'encore.dev/api#middleware', entry: { kind: 'middleware', handlers: ['last'], params: [encoreRequest, ''] } },
  { path: 'encore.dev/auth#authHandler', entry: { kind: 'middleware', handlers: ['0'], params: [encoreRequest] } },
  { path: 'encore.dev/pubsub#Subscription.new', entry: { kind: 'message', path: '1', handlers: ['2.handler'], params: [encoreRequest] } },
  { path: encoreRequest, owned: 'request', identity: 'input' },
]

const lambdaApi = 'lambda-api#API.new'
const lambdaRows: CatalogRow[] = [
  { path: ['lambda-api#default', 'lambda-api#createAPI'], returns: lambdaApi },
  ...routeRows([lambdaApi], { ...verbs, any: 'ALL' }, { path: '0', handlers: ['1..'], params: expressParams, minArgs: 2 }),
  { path: `${lambdaApi}.METHOD`, entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['2..'], params: expressParams, minArgs: 3 } },
  { path: `${lambdaApi}.use`, mount: { path: '0', children: ['0..'], params: expressParams } },
  { path: `${lambdaApi}.register`, mount: { path: '1.prefix', children: ['0'], plugin: { params: ['this', ''] } } },
]

const claudia = ['claudia-api-builder#default.new', 'claudia-api-builder#default()']
const claudiaRequest = 'claudia-api-builder#Request.new'
const claudiaRows: CatalogRow[] = [
  ...routeRows(claudia, { ...verbs, any: 'ALL' }, { path: '0', handlers: ['1'], params: [claudiaRequest], minArgs: 2 }),
  { path: members(claudia, ['intercept']), entry: { kind: 'middleware', handlers: ['0'], params: [claudiaRequest] } },
  ...identities(claudiaRequest, { body: 'input', queryString: 'input', pathParams: 'input', headers: 'input', post: 'input' }),
  { path: claudiaRequest, owned: 'request' },
]

const factory = 'express-zod-api#EndpointsFactory.new'
const zodInput = 'express-zod-api#Input.new'
const zodRows: CatalogRow[] = [
  { path: 'express-zod-api#defaultEndpointsFactory', property: true, returns: factory },
  { path: members([factory], ['addMiddleware', 'addOptions', 'addExpressMiddleware', 'use']), returns: 'this', entry: { kind: 'middleware', handlers: ['0.handler'], params: [zodInput] } },
  { path: `${factory}.build`, entry: { kind: 'route', methodFrom: '0.method', methodDefault: 'GET', handlers: ['0.handler'], params: [zodInput] } },
  { path: zodInput, owned: 'request' },
  ...identities(zodInput, { input: 'input' }),
]

/** Operations of an API description under their names. */
const describedRows: CatalogRow[] = [
  { path: ['swagger-routes-express#connector', 'swagger-routes-express#connect', 'swagger-routes-express#default'], entry: { kind: 'procedure', handlers: ['0{}'], params: expressParams } },
  { path: 'express-openapi#initialize', entry: { kind: 'procedure', handlers: ['0.operations{}'], params: expressParams } },
  { path: 'fastify-openapi-glue#default(register)', entry: { kind: 'procedure', handlers: ['0.serviceHandlers{}', '0.service{}'], params: ['fastify#FastifyRequest.new', 'fastify#FastifyReply.new'] } },
]

/** Hattip: a router, and handlers of the Fetch API that are put together. */
const hattip = '@hattip/router#Router.new'
const hattipContext = '@hattip/compose#Context.new'
const hattipRows: CatalogRow[] = [
  { path: '@hattip/router#createRouter', returns: hattip },
  ...routeRows([hattip], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1..'], params: [hattipContext], minArgs: 2 }),
  { path: `${hattip}.use`, mount: { path: '0', children: ['0..'], params: [hattipContext] } },
  { path: '@hattip/compose#compose', returns: 'arg:0..', entry: { kind: 'middleware', handlers: ['0..'], params: [hattipContext] } },
  { path: hattipContext, owned: 'request' },
  { path: `${hattipContext}.request`, property: true, returns: 'global#Request.new' },
  ...identities(hattipContext, { params: 'input', url: 'input', ip: 'input' }),
]

/** Plumier: controllers whose verbs are members of one decorator. */
const plumierRows: CatalogRow[] = ['get', 'post', 'put', 'patch', 'delete'].map(name => (
  { path: `plumier#route.${name}`, component: { scope: 'request', entries: true }, entry: { kind: 'route', method: name.toUpperCase(), path: '0', decorator: true } }))

const seneca = 'seneca#default()'
const senecaMessage = 'seneca#Message.new'
const senecaRows: CatalogRow[] = [
  { path: members([seneca], ['add', 'message']), returns: 'this', entry: { kind: 'message', path: '0', handlers: ['last'], params: [senecaMessage, '', ''] } },
  { path: members([seneca], ['use', 'listen', 'client', 'error', 'test']), returns: 'this' },
  { path: `${seneca}.ready`, returns: 'this', run: [{ fn: '0', when: 'startup' }] },
  { path: senecaMessage, owned: 'request', identity: 'input' },
]

/** Routers that are less often met. */
export const furtherRouterRows: CatalogRow[] = [...fetsRows, ...resourceRows, ...encoreRows, ...lambdaRows, ...claudiaRows, ...zodRows, ...describedRows, ...senecaRows, ...hattipRows, ...plumierRows]
