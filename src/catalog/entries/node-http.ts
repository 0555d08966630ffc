import type { CatalogRow } from '../../model/catalog.js'
import { identities, members, routeRows, verbs } from './build.js'

const incoming = 'node:http#IncomingMessage.new'
const outgoing = 'node:http#ServerResponse.new'
const server = 'node:http#Server.new'

export const nodeParams = [incoming, outgoing]

const node: CatalogRow[] = [
  {
    path: ['node:http#createServer', 'node:https#createServer', 'node:http2#createServer', 'node:http2#createSecureServer', 'node:http#Server', 'node:https#Server'],
    returns: server, entry: { kind: 'route', method: 'ALL', handlers: ['1~0'], params: nodeParams },
  },
  { path: ['node:https#Server.new', 'node:http2#Http2Server.new', 'node:http2#Http2SecureServer.new'], returns: server },
  { path: 'node:http2#Http2ServerRequest.new', returns: incoming },
  { path: 'node:http2#Http2ServerResponse.new', returns: outgoing },
  {
    path: members([server], ['on', 'once', 'addListener']), returns: 'this',
    entry: { kind: 'route', method: 'ALL', handlers: ['1'], params: nodeParams, onlyWhen: { arg: '0', values: ['request', 'checkContinue', 'checkExpectation'] } },
    run: [
      { fn: '1', when: 'startup', onlyWhen: { arg: '0', values: ['listening', 'close', 'error'] } },
    ],
  },
  {
    path: members([server], ['on', 'once', 'addListener']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], params: [incoming, 'node:net#Socket.new', ''], onlyWhen: { arg: '0', values: ['upgrade', 'connect'] } },
  },
  {
    path: members([server], ['on', 'once', 'addListener']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['node:net#Socket.new'], onlyWhen: { arg: '0', values: ['connection', 'secureConnection', 'session', 'stream'] } },
  },
  { path: members([server], ['listen', 'close', 'setTimeout']), returns: 'this', run: [{ fn: 'last', when: 'startup' }] },
  { path: ['node:net#createServer', 'node:tls#createServer', 'node:net#Server'], returns: 'node:net#Server.new', entry: { kind: 'socket', handlers: ['1~0'], params: ['node:net#Socket.new'] } },
  {
    path: members(['node:net#Server.new'], ['on', 'once']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['node:net#Socket.new'], onlyWhen: { arg: '0', values: ['connection', 'secureConnection'] } },
  },
  { path: 'node:net#Server.new.listen', returns: 'this', run: [{ fn: 'last', when: 'startup' }] },
  { path: 'node:dgram#createSocket', returns: 'node:dgram#Socket.new', entry: { kind: 'socket', handlers: ['1'] } },
  {
    path: 'node:dgram#Socket.new.on', returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['message'] } },
  },
  { path: [incoming, outgoing], owned: 'request' },
  { path: 'node:net#Socket.new', owned: 'connection' },
  ...identities(incoming, { headers: 'input', 'headers.authorization': 'token', 'headers.cookie': 'token', url: 'input', body: 'input', user: 'user', session: 'session', params: 'input', query: 'input', socket: 'socket' }),
  { path: members([incoming, outgoing, 'node:net#Socket.new'], ['on', 'once', 'addListener']), returns: 'this', run: [{ fn: '1', when: 'later' }] },
]

// Small routers with the shape of Express on Node's own request and response.
const small = ['polka#Polka.new', 'connect#Server.new', 'restana#Service.new', '0http#Router.new', 'find-my-way#Instance.new', '@tinyhttp/app#App.new']
const [polka, connect, restana, zero, findMyWay, tiny] = small as [string, string, string, string, string, string]
const useRow = (base: string, params = nodeParams): CatalogRow => ({
  path: `${base}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: [...params, ''], errorParams: ['', ...params, ''] },
})

const routers: CatalogRow[] = [
  { path: ['polka#default', 'polka#Polka'], returns: polka },
  ...routeRows([polka, restana, zero, tiny], { ...verbs, all: 'ALL', trace: 'TRACE', connect: 'CONNECT' }, { path: '0', handlers: ['1..'], params: [...nodeParams, ''], minArgs: 2 }, { returns: 'this' }),
  ...[polka, connect, restana, zero, tiny].map(base => useRow(base)),
  { path: 'connect#default', returns: connect },
  { path: 'restana#default', returns: restana },
  { path: '0http#default', returns: '0http#Instance.new' },
  { path: '0http#Instance.new.router', property: true, returns: zero },
  { path: '@tinyhttp/app#App', returns: tiny },
  { path: members([polka, connect, restana, tiny], ['listen']), returns: server, run: [{ fn: 'last', when: 'startup' }] },
  { path: ['find-my-way#default'], returns: findMyWay },
  { path: `${findMyWay}.on`, entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['3~2'], params: [...nodeParams, ''], minArgs: 3 } },
  ...routeRows([findMyWay], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['2~1'], params: [...nodeParams, ''], minArgs: 2 }),
  { path: ['micro#default', 'micro#serve', 'micro#run'], entry: { kind: 'route', method: 'ALL', handlers: ['last'], params: nodeParams } },
]

const restify = 'restify#Server.new'
const restifyRequest = 'restify#Request.new'
const restifyParams = [restifyRequest, 'restify#Response.new', 'restify#Next']
const restifyVerbs = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', del: 'DELETE', head: 'HEAD', opts: 'OPTIONS' }

const restifyRows: CatalogRow[] = [
  { path: 'restify#createServer', returns: restify },
  { path: 'restify-router#Router', returns: 'restify-router#Router.new' },
  ...routeRows([restify, 'restify-router#Router.new'], restifyVerbs, { path: '0.path~0', handlers: ['1..'], params: restifyParams, minArgs: 2 }),
  { path: members([restify], ['use', 'pre']), returns: 'this', mount: { children: ['0..'], params: restifyParams } },
  { path: 'restify-router#Router.new.use', mount: { children: ['0..'], params: restifyParams } },
  { path: 'restify-router#Router.new.add', mount: { path: '0', children: ['1'] } },
  { path: 'restify-router#Router.new.applyRoutes', returns: 'this', prefix: '1' },
  { path: `${restify}.param`, returns: 'this', entry: { kind: 'middleware', path: '0', handlers: ['1'], params: restifyParams } },
  { path: `${restify}.listen`, run: [{ fn: 'last', when: 'startup' }] },
  { path: `${restify}.on`, run: [{ fn: '1', when: 'request', params: [restifyRequest, 'restify#Response.new'] }] },
  { path: [restifyRequest, 'restify#Response.new'], owned: 'request' },
  ...identities(restifyRequest, { body: 'input', params: 'input', query: 'input', headers: 'input', user: 'user', session: 'session', username: 'user', authorization: 'token' }),
]

export const nodeHttpRows: CatalogRow[] = [...node, ...routers, ...restifyRows]
