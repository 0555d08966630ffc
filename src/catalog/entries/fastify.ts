import type { CatalogRow } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, verbs } from './build.js'

const instance = 'fastify#FastifyInstance.new'
const request = 'fastify#FastifyRequest.new'
const reply = 'fastify#FastifyReply.new'

export const fastifyParams = [request, reply, '']

const routeHooks = [
  'onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onSend', 'onResponse', 'onError', 'onTimeout', 'onRequestAbort', 'errorHandler',
]
const startupHooks = ['onReady', 'onListen', 'onClose', 'preClose', 'onRegister', 'onRoute']
const fastifyVerbs = { ...verbs, all: 'ALL', trace: 'TRACE', propfind: 'PROPFIND', proppatch: 'PROPPATCH', mkcol: 'MKCOL', copy: 'COPY', move: 'MOVE', lock: 'LOCK', unlock: 'UNLOCK', search: 'SEARCH', report: 'REPORT' }

const instances: CatalogRow[] = [
  { path: ['fastify#default', 'fastify#fastify'], returns: instance },
  ...aliases(instance, ['fastify#fastify.FastifyInstance.new']),
  { path: ['fastify-plugin#default', 'fastify-plugin#fastifyPlugin'], returns: 'arg:0' },
  { path: instance, bag: true },
  { path: members([request, reply], ['server']), property: true, returns: instance },
  { path: `${reply}.request`, property: true, returns: request },
  { path: `${instance}.server`, property: true, returns: 'node:http#Server.new' },
]

const registration: CatalogRow[] = [
  ...routeRows([instance], fastifyVerbs, {
    path: '0', handlers: [...routeHooks.map(hook => `1.${hook}`), '1.handler', '1', '2'], params: fastifyParams, minArgs: 2, thisIs: instance,
  }, { returns: 'this' }),
  {
    path: `${instance}.route`, returns: 'this',
    entry: {
      kind: 'route', methodFrom: '0.method', path: '0.url~0.path', handlers: [...routeHooks.map(hook => `0.${hook}`), '0.handler'], params: fastifyParams, thisIs: instance,
    },
  },
  {
    path: `${instance}.route`, returns: 'this',
    entry: { kind: 'socket', path: '0.url~0.path', handlers: ['0.wsHandler'], params: ['ws#WebSocket.new', request], thisIs: instance },
  },
  { path: `${instance}.register`, returns: 'this', mount: { path: '1.prefix', children: ['0'], plugin: { params: ['this', 'arg:1'] } } },
  {
    path: `${instance}.addHook`, returns: 'this',
    run: [{ fn: '1', when: 'startup', params: ['this'], onlyWhen: { arg: '0', values: startupHooks } }],
    entry: { kind: 'hook', path: '0', handlers: ['1'], params: fastifyParams, minArgs: 2, thisIs: instance, onlyWhen: { arg: '0', not: startupHooks } },
  },
  { path: `${instance}.setErrorHandler`, returns: 'this', entry: { kind: 'hook', handlers: ['0'], params: ['', request, reply], thisIs: instance } },
  {
    path: `${instance}.setNotFoundHandler`, returns: 'this',
    entry: { kind: 'route', method: 'ALL', handlers: ['0.preValidation', '0.preHandler', '0', '1'], params: fastifyParams, thisIs: instance },
  },
  {
    path: members([instance], ['addContentTypeParser']), returns: 'this',
    entry: { kind: 'hook', handlers: ['last'], params: [request, '', ''], minArgs: 2, thisIs: instance },
  },
  { path: members([instance], ['setReplySerializer', 'setSerializerCompiler', 'setValidatorCompiler', 'setSchemaErrorFormatter', 'setGenReqId']), returns: 'this', run: [{ fn: '0', when: 'request' }] },
  { path: members([instance], ['ready', 'after', 'close']), run: [{ fn: '0', when: 'startup', params: ['', 'this'] }] },
  { path: `${instance}.listen`, run: [{ fn: 'last', when: 'startup' }] },
  { path: members([instance], ['withTypeProvider', 'addSchema', 'addHttpMethod']), returns: 'this' },
  { path: `${instance}.decorate`, returns: 'this', access: { op: 'write', key: '0', value: '1' } },
  { path: `${instance}.getDecorator`, access: { op: 'read', key: '0' } },
  { path: `${instance}.decorateRequest`, returns: 'this', access: { op: 'write', key: '0', value: '1', on: request } },
  { path: `${instance}.decorateReply`, returns: 'this', access: { op: 'write', key: '0', value: '1', on: reply } },
]

const parts: CatalogRow[] = [
  { path: [request, reply, 'fastify#FastifyError.new'], owned: 'request' },
  ...identities(request, {
    user: 'user', session: 'session', cookies: 'token', headers: 'input', 'headers.authorization': 'token', 'headers.cookie': 'token', ip: 'input', ips: 'input',
    body: 'input', params: 'input', query: 'input', id: 'input', url: 'input', hostname: 'input', rawBody: 'input', auth: 'user', jwt: 'token',
  }),
  { path: members([reply], ['code', 'status', 'header', 'headers', 'type', 'send', 'redirect', 'setCookie', 'clearCookie', 'removeHeader', 'serializer', 'trailer', 'hijack', 'callNotFound']), returns: 'this' },
  { path: members([request], ['jwtVerify', 'file', 'files', 'saveRequestFiles', 'parts']), owned: 'request' },
]

const plugins: CatalogRow[] = [
  { path: ['@fastify/autoload#default(register)', '@fastify/autoload#fastifyAutoload(register)', 'fastify-autoload#default(register)'], loads: { dir: '0.dir', as: 'plugin', prefixFromPath: true, flat: '0.dirNameRoutePrefix', prefix: '0.options.prefix', options: '0.options' } },
  {
    path: members([instance], ['use']), returns: 'this',
    mount: { path: '0', children: ['0..'], params: ['node:http#IncomingMessage.new', 'node:http#ServerResponse.new', ''] },
  },
  { path: `${instance}.auth`, returns: 'arg:0[]' },
  { path: `${instance}.websocketServer`, property: true, returns: 'ws#WebSocketServer.new' },
  { path: `${instance}.io`, property: true, returns: 'socket.io#Server.new' },
  // What plugins put on the application, for those whose types say nothing of it.
  ...Object.entries({
    mongo: '@fastify/mongodb#FastifyMongoObject.new', pg: '@fastify/postgres#PostgresDb.new', mysql: 'mysql2#Pool.new', redis: 'ioredis#default.new', elastic: '@elastic/elasticsearch#Client.new',
    knex: 'knex#Knex.new', mailer: 'nodemailer#Transporter.new',
  }).map(([name, returns]): CatalogRow => ({ path: `${instance}.${name}`, property: true, returns })),
]

export const fastifyRows: CatalogRow[] = [...instances, ...registration, ...parts, ...plugins]
