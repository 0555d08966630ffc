import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

const fanOut = 'publish through a broker (Redis, NATS) that every replica subscribes to, and send to the local clients from there'
/** What sends the broadcasts of a socket.io server to the other replicas. */
const ioAdapters = ['@socket.io/redis-adapter#createAdapter()', '@socket.io/redis-adapter#createShardedAdapter()', '@socket.io/redis-streams-adapter#createAdapter()',
  '@socket.io/redis-adapter#RedisAdapter.new', 'socket.io-redis#default()', 'socket.io-redis#createAdapter()', 'socket.io-ioredis#default()', '@sailshq/socket.io-redis#default()']
const ioBrokers = ['@socket.io/postgres-adapter#createAdapter()', '@socket.io/mongo-adapter#createAdapter()', '@socket.io/gcp-pubsub-adapter#createAdapter()',
  '@socket.io/azure-service-bus-adapter#createAdapter()', '@socket.io/aws-sqs-adapter#createAdapter()', '@socket.io/nats-adapter#createAdapter()',
  'socket.io-adapter-mongo#default()', 'socket.io-amqp0#default()', '@mr-kayjaydee/socket.io-nats-adapter#createAdapter()']
const ioFix = 'attach an adapter: `io.adapter(createAdapter(pubClient, subClient))` of @socket.io/redis-adapter'

function socketIo(): CatalogRow[] {
  return [
    { path: ['socket.io#Server.new', 'socket.io#default()', 'socket.io#Server()', 'socket.io#listen()'],
      infra: { kind: 'socket', name: 'socket.io', external: ['last.adapter'], externalCall: 'adapter', uses: ['emit', 'to', 'in', 'except', 'of', 'sockets', 'local',
        'volatile', 'send', 'write', 'fetchSockets', 'socketsJoin', 'socketsLeave', 'disconnectSockets'],
      orUses: ['broadcast', 'to', 'in', 'except'].map((name) => `socket.io#Socket.new.${name}`), keeps: ['socket.io#Socket.new'], fix: ioFix } },
    { path: 'express.oi#Express.new.io()', infra: { kind: 'socket', name: 'socket.io', usesAny: ['emit', 'to', 'in', 'sockets'].map((name) => `express.oi#Express.new.io.${name}`), clearedBy: [...ioAdapters, ...ioBrokers], fix: ioFix } },
    { path: registered(['fastify-socket.io', 'fastify-socketio'], 'fastifySocketIO'), infra: { kind: 'socket', name: 'socket.io', external: ['0.adapter'], fix: ioFix } },
    { path: ['@socket.io/sticky#setupMaster()', 'sticky-session#listen()', 'socket.io-sticky-session#default()',
      'sticky-cluster#default()'],
      infra: { kind: 'socket', name: 'a worker that sticky sessions keep', fix: 'attach a Redis adapter and serve `transports: [\'websocket\']`: then no stickiness is needed' } },
  ]
}

function plainSockets(): CatalogRow[] {
  return [
    { path: ['ws#WebSocketServer.new', 'ws#Server.new', 'isomorphic-ws#WebSocketServer.new', 'isomorphic-ws#Server.new'], infra: { kind: 'socket', name: 'ws', confined: true,
      uses: ['clients'], fix: fanOut } },
    { path: registered(['@fastify/websocket', 'fastify-websocket'], 'fastifyWebsocket'), infra: { kind: 'socket', name: '@fastify/websocket', confined: true,
      usesAny: ['ws#WebSocketServer.new.clients'], fix: fanOut } },
    { path: 'express-ws#Instance.new.getWss()', infra: { kind: 'socket', name: 'express-ws', confined: true, uses: ['clients'], fix: fanOut } },
    { path: 'koa#default.new.ws.server.clients.forEach', infra: { kind: 'socket', name: 'koa-websocket', confined: true, once: true, fix: fanOut } },
    { path: '@hono/node-ws#createNodeWebSocket().wss', property: true, returns: 'ws#WebSocketServer.new' },
    { path: '@hono/node-ws#createNodeWebSocket()', infra: { kind: 'socket', name: '@hono/node-ws', confined: true, usesAny: ['ws#WebSocketServer.new.clients'], fix: fanOut } },
    { path: 'websocket#server.new', infra: { kind: 'socket', name: 'websocket', confined: true, uses: ['broadcast', 'broadcastUTF', 'broadcastBytes', 'connections'], fix: fanOut } },
    { path: ['uWebSockets.js#App()', 'uWebSockets.js#SSLApp()', 'hyper-express#Server.new'], infra: { kind: 'socket', name: 'uWebSockets.js', confined: true, uses: ['publish'],
      fix: fanOut } },
    { path: ['global#Bun.serve()'], infra: { kind: 'socket', name: 'Bun server', confined: true, uses: ['publish'], fix: fanOut } },
    { path: 'elysia#Elysia.new.server.publish', infra: { kind: 'socket', name: 'Elysia', confined: true, once: true, fix: fanOut } },
    { path: calls(['crossws/adapters/node', 'crossws/adapters/bun', 'crossws/adapters/deno', 'crossws/adapters/uws'], 'default'), infra: { kind: 'socket',
      name: 'crossws', uses: ['publish', 'peers'], fix: fanOut } },
    // Handlers that h3 and Nitro are given: a topic is one of this process, unless it runs where topics are shared (Cloudflare's durable objects).
    { path: 'crossws#Peer.new.publish', infra: { kind: 'socket', name: 'crossws', once: true, confined: true, fix: fanOut } },
    { path: ['primus#default.new', 'primus#Primus.new', 'primus#createServer()'], infra: { kind: 'socket', name: 'primus', uses: ['write', 'send', 'forEach', 'room'],
      externalCall: 'plugin', externalWith: ['metroplex', 'omega-supreme', 'primus-redis', 'primus-redis-rooms', 'primus-cluster'], fix: 'use the metroplex and omega-supreme plugins with Redis' } },
    { path: ['socketcluster-server#attach()', 'socketcluster-server#listen()', 'socketcluster-server#AGServer.new'],
      infra: { kind: 'socket', name: 'socketcluster-server', external: ['1.brokerEngine', '0.brokerEngine'], uses: ['exchange'], fix: 'give it the broker engine of a cluster: `brokerEngine` of scc-broker-client' } },
    { path: 'faye#NodeAdapter.new', infra: { kind: 'socket', name: 'faye', external: ['0.engine'], fix: 'set `engine: { type: redis }` of faye-redis' } },
    { path: ['sockjs#createServer()', 'engine.io#Server.new', 'engine.io#attach()', 'eiows#Server.new'], infra: { kind: 'socket', name: 'sockjs / engine.io', confined: true,
      uses: ['clients', 'broadcast'], fix: fanOut } },
    { path: ['graphql-ws/lib/use/ws#useServer()', 'graphql-ws/use/ws#useServer()'], evidence: { question: 'scaling',
      message: 'GraphQL subscriptions over graphql-ws: their reach is that of the pub/sub behind them' } },
  ]
}

function frameworkSockets(): CatalogRow[] {
  return [
    { path: '@nestjs/websockets#WebSocketGateway', infra: { kind: 'socket', name: '@nestjs/websockets', clearedBy: [...ioAdapters, ...ioBrokers],
      usesAny: ['@nestjs/websockets#WebSocketServer', 'socket.io#Socket.new.broadcast', 'socket.io#Socket.new.to', 'socket.io#Socket.new.in'],
      fix: 'install an adapter at bootstrap: `app.useWebSocketAdapter(new RedisIoAdapter(app))` with @socket.io/redis-adapter' } },
    { path: ['@nestjs/platform-socket.io#IoAdapter.new', '@nestjs/platform-ws#WsAdapter.new'], store: { kind: 'memory', backend: 'socket' } },
    { path: '@feathersjs/feathers#Application.new.channel()', infra: { kind: 'socket', name: 'feathers channels', externalCall: 'sync', once: true, clearedBy: ['feathers-sync#default()'],
      fix: 'configure feathers-sync with Redis' } },
    { path: 'feathers-sync#default()', store: { kind: 'external', backend: 'broker' }, evidence: { question: 'scaling',
      message: 'feathers events are shared through feathers-sync' } },
    { path: ['global#sails.sockets.join()', 'global#sails.sockets.broadcast()', 'global#sails.sockets.blast()'],
      infra: { kind: 'socket', name: 'sails sockets', once: true, fix: "set `adapter: '@sailshq/socket.io-redis'` in config/sockets.js" } },
    { path: ['@adonisjs/transmit#defineConfig()'], infra: { kind: 'socket', name: '@adonisjs/transmit', external: ['0.transport'],
      fix: 'set `transport: { driver: redis() }`' } },
    { path: ['better-sse#createChannel()', 'better-sse#Channel.new'], infra: { kind: 'socket', name: 'better-sse', confined: true, uses: ['broadcast'], fix: fanOut } },
    { path: 'express-sse#default.new', infra: { kind: 'socket', name: 'server-sent events hub', confined: true, uses: ['send', 'updateInit'], fix: fanOut } },
    { path: ['sse-pubsub#default.new', 'sse-channel#default.new', 'server-sent-events#default.new', '@toverux/expresse#Hub.new'],
      infra: { kind: 'socket', name: 'server-sent events hub', uses: ['send', 'publish', 'updateInit', 'data', 'event'], fix: fanOut } },
    { path: '@toverux/expresse#RedisHub.new', store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling',
      message: 'server-sent events are fanned out through Redis' } },
  ]
}

function realtimeServers(): CatalogRow[] {
  return [
    { path: ['peer#PeerServer()', 'peer#ExpressPeerServer()'], infra: { kind: 'socket', name: 'PeerServer', confined: true,
      fix: 'run it as one instance of its own: it knows its clients only' } },
    { path: ['aedes#default()', 'aedes#Aedes.new', 'aedes#Server()', 'aedes#Aedes.createBroker()'], infra: { kind: 'pubsub', name: 'aedes', external: ['0.mq',
      '0.persistence'], fix: 'pass `mq: mqemitter-redis` and `persistence: aedes-persistence-redis`' } },
    { path: 'mosca#Server.new', infra: { kind: 'pubsub', name: 'mosca', external: ['0.backend'], fix: 'set a Redis `backend` and `persistence`' } },
  ]
}

function adapters(): CatalogRow[] {
  return [
    store(['socket.io-adapter#Adapter.new', 'socket.io-adapter#SessionAwareAdapter.new', 'socket.io-adapter#Adapter'], 'memory', 'socket.io-adapter'),
    store(['@socket.io/cluster-adapter#createAdapter()', '@socket.io/pm2#createAdapter()'], 'memory', 'cluster'),
    { path: ioAdapters,
      store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling', message: 'socket.io broadcasts through Redis' } },
    { path: ioBrokers,
      store: { kind: 'external', backend: 'broker' }, evidence: { question: 'scaling', message: 'socket.io broadcasts through a shared backend' } },
    { path: ['@socket.io/redis-emitter#Emitter.new', 'socket.io-emitter#default()', '@socket.io/postgres-emitter#Emitter.new'], client: 'queue',
      evidence: { question: 'scaling', message: 'socket.io events are emitted through a shared backend' } },
    { path: instances(['pusher', 'ably', 'pubnub', '@azure/web-pubsub'], 'default', 'Rest', 'Realtime', 'WebPubSubServiceClient'), client: 'sdk',
      evidence: { question: 'scaling', message: 'realtime messages go through a hosted broker' } },
  ]
}

/** WebSocket and realtime servers: rooms, broadcasts and client lists that know the clients of one replica only. */
export const socketRows: CatalogRow[] = [...socketIo(), ...plainSockets(), ...frameworkSockets(), ...realtimeServers(), ...adapters()]
