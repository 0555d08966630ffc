import type { CatalogRow } from '../../model/catalog.js'
import { aliases, identities, members } from './build.js'

const server = 'socket.io#Server.new'
const namespace = 'socket.io#Namespace.new'
/** The server of an application that serves sockets, too. */
const ofApp = 'express.oi#Express.new.io'
const socket = 'socket.io#Socket.new'
const wsServer = 'ws#WebSocketServer.new'
const ws = 'ws#WebSocket.new'
/** A connection to another server. */
const wsClient = 'ws#Client.new'
const incoming = 'node:http#IncomingMessage.new'

const socketIo: CatalogRow[] = [
  { path: ['socket.io#default', 'socket.io#Server', 'socket.io#listen'], returns: server },
  ...aliases(server, ['socket.io#default.new']),
  { path: members([server, namespace, ofApp], ['of']), returns: namespace },
  { path: members([server, ofApp], ['sockets']), property: true, returns: namespace },
  {
    path: members([server, namespace, ofApp], ['on', 'once', 'addListener', 'onConnection']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], params: [socket], onlyWhen: { arg: '0', values: ['connection', 'connect'] } },
  },
  // Other events of a server or namespace come from other servers (`serverSideEmit`) or its engine.
  {
    path: members([server, namespace], ['on', 'once']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], onlyWhen: { arg: '0', not: ['connection', 'connect'] } },
  },
  { path: members([server, namespace, ofApp, socket], ['use']), returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: [socket, ''] } },
  { path: members([socket], ['on', 'once', 'addListener', 'prependListener']), returns: 'this', entry: { kind: 'socket', path: '0', handlers: ['1'], thisIs: socket } },
  { path: members([socket], ['onAny', 'onAnyOutgoing', 'prependAny']), returns: 'this', entry: { kind: 'socket', handlers: ['0'], thisIs: socket } },
  { path: members([server, namespace, ofApp, socket], ['to', 'in', 'except', 'timeout', 'compress']), returns: 'this' },
  { path: members([server, namespace, socket], ['volatile', 'local', 'broadcast']), property: true, returns: 'this' },
  { path: members([server], ['attach', 'listen', 'adapter', 'path', 'bind', 'attachApp']), returns: 'this' },
  { path: `${server}.engine`, property: true, returns: 'engine.io#Server.new' },
  { path: `${socket}.server`, property: true, returns: server },
  { path: `${socket}.nsp`, property: true, returns: namespace },
  { path: [socket, `${socket}.data`], owned: 'connection' },
  ...identities(socket, { 'data.user': 'user', user: 'user', handshake: 'input', 'handshake.auth': 'token', 'handshake.headers': 'input', 'handshake.query': 'input', 'request.session': 'session', 'request.user': 'user' }),
  { path: members([socket], ['id', 'rooms']), identity: 'socket' },
  { path: `${socket}.request`, property: true, returns: incoming },
]

const webSocketServers: CatalogRow[] = [
  { path: ['ws#WebSocketServer', 'ws#Server'], returns: wsServer },
  ...aliases(wsServer, ['ws#Server.new', 'ws#WebSocket.Server.new']),
  ...aliases(ws, ['ws#default.new', 'isomorphic-ws#WebSocket.new', 'isomorphic-ws#default.new']),
  {
    path: members([wsServer], ['on', 'once', 'addListener']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], params: [ws, incoming], onlyWhen: { arg: '0', values: ['connection'] } },
  },
  {
    path: members([wsServer], ['on', 'once', 'addListener']), returns: 'this',
    run: [{ fn: '1', when: 'startup', onlyWhen: { arg: '0', values: ['listening', 'error', 'close'] } }],
  },
  { path: `${wsServer}.handleUpgrade`, run: [{ fn: '3', when: 'now', params: [ws, incoming] }] },
  {
    path: members([ws], ['on', 'once', 'addListener', 'addEventListener']), returns: 'this',
    entry: { kind: 'socket', path: '0', handlers: ['1'], onlyWhen: { arg: '0', not: ['open', 'upgrade', 'unexpected-response'] } },
  },
  { path: ws, owned: 'connection', opened: wsClient },
]

const connections = [wsClient, 'socket.io-client#Socket.new', 'reconnecting-websocket#default.new', 'websocket#w3cwebsocket.new', 'faye-websocket#Client.new', 'eventsource#default.new', 'eventsource#EventSource.new']
/** What another server says is no request to this one. */
const outgoing: CatalogRow[] = [
  ...['socket.io-client#default', 'socket.io-client#io', 'socket.io-client#connect', 'socket.io-client#Manager.new.socket'].map((path): CatalogRow => ({ path, returns: 'socket.io-client#Socket.new' })),
  { path: connections, client: 'sdk' },
  { path: members(connections, ['on', 'once', 'addListener', 'addEventListener']), returns: 'this', run: [{ fn: '1', when: 'later' }] },
]

/** The signalling of mediasoup's servers. */
const peer = 'protoo-server#Peer.new'
const protoo: CatalogRow[] = [
  { path: members(['protoo-server#WebSocketServer.new'], ['on', 'once']), returns: 'this', entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['protoo-server#ConnectionInfo.new', '', ''] } },
  { path: 'protoo-server#ConnectionInfo.new', owned: 'connection', identity: 'input' },
  { path: ['protoo-server#Room.new.createPeer', 'protoo-server#Room.new.getPeer'], returns: peer },
  { path: members([peer], ['on', 'once']), returns: 'this', entry: { kind: 'socket', path: '0', handlers: ['1'], params: ['protoo-server#Request.new', '', ''] } },
  { path: [peer, `${peer}.data`], owned: 'connection' },
  { path: 'protoo-server#Request.new', owned: 'request', identity: 'input' },
]

export const socketRows: CatalogRow[] = [...socketIo, ...webSocketServers, ...outgoing, ...protoo]
