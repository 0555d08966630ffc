import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances } from './make.js'

/** Frameworks whose state is meant to live in one process: the tool proposes to declare them stateful. */
export const statefulByDesignRows: CatalogRow[] = [
  ...design('game rooms live in the process that runs them', [...instances('colyseus', 'Server', 'Room'), ...instances('@colyseus/core', 'Server', 'Room'),
    ...instances('boardgame.io/server', 'Server'), ...calls('boardgame.io/server', 'Server'), ...instances('lance-gg', 'ServerEngine'), ...calls('@geckos.io/server',
    'geckos', 'default'), ...instances('nengi', 'Instance'), ...instances('rivetkit', 'default'), ...calls('rivetkit', 'actor', 'setup'), 'playroomkit#default()']),
  ...design('a collaborative document lives in the process that its editors are connected to', ['@hocuspocus/server#Server.configure()',
    ...instances('@hocuspocus/server', 'Server', 'Hocuspocus'), 'y-websocket/bin/utils#setupWSConnection()', 'y-websocket/bin/utils.js#setupWSConnection()',
    'y-websocket/bin/utils.cjs#setupWSConnection()', '@y/websocket-server/utils#setupWSConnection()', ...calls('y-socket.io/dist/server', 'YSocketIO'),
    ...instances('y-socket.io/dist/server', 'YSocketIO'), ...instances('sharedb', 'default', 'Backend'), '@tldraw/sync-core#TLSocketRoom.new',
    '@liveblocks/node-dev#default()', 'y-webrtc/bin/server#default()', ...calls('y-sweet', 'default'), ...instances('@automerge/automerge-repo', 'Repo')]),
  ...design('media sessions live in the process that carries them', ['mediasoup#createWorker()', ...instances('node-media-server', 'default'),
    ...instances('@roamhq/wrtc', 'RTCPeerConnection'), ...instances('wrtc', 'RTCPeerConnection'), ...instances('werift', 'RTCPeerConnection'),
    ...instances('@livekit/rtc-node', 'Room'), ...calls('@livekit/agents', 'defineAgent'), ...instances('janode', 'default'), ...instances('rtp-server', 'default'),
    ...instances('drachtio-srf', 'default')]),
  ...design('an object of a Durable Object or a party is the only one of its id', ['cloudflare:workers#DurableObject.new', 'partyserver#Server.new',
    'partykit/server#Server.new', 'agents#Agent.new', 'agents/mcp#McpAgent.new', '@cloudflare/actors#Actor.new']),
  ...design('a peer-to-peer node keeps its peers and its store', [...calls(['libp2p', 'helia'], 'createLibp2p', 'createHelia'), ...instances('webtorrent', 'default'),
    ...instances('bittorrent-tracker', 'Server'), ...instances('hyperswarm', 'default')]),
]

function design(reason: string, path: string[]): CatalogRow[] {
  return [{ path, statefulByDesign: reason }, ...clearing(path)]
}

/** The options that spread such a server over processes. */
function clearing(path: string[]): CatalogRow[] {
  const own = path.filter(one => /^(@colyseus\/core|colyseus)#Server/.test(one))
  if (path.some(one => one.startsWith('@hocuspocus/'))) return documents(path)
  if (own.length === 0) return []
  return [
    { path: own, infra: { kind: 'socket', name: 'colyseus', external: ['0.presence', '0.driver'],
      fix: 'pass `presence: new RedisPresence()` and `driver: new RedisDriver()`' } },
    { path: ['@colyseus/redis-presence#RedisPresence.new', '@colyseus/redis-driver#RedisDriver.new', '@colyseus/mongoose-driver#MongooseDriver.new',
      'colyseus#RedisPresence.new', '@hocuspocus/extension-redis#Redis.new'], store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling',
      message: 'rooms and documents are coordinated through Redis' } },
    { path: ['@colyseus/core#LocalPresence.new', '@colyseus/core#LocalDriver.new', 'colyseus#LocalPresence.new'], store: { kind: 'memory', backend: 'colyseus' } },
  ]
}

/** Documents are merged in the memory of the process that their editors are connected to. */
function documents(path: string[]): CatalogRow[] {
  const servers = path.filter(one => one.startsWith('@hocuspocus/server#'))
  return [{ path: servers, infra: { kind: 'socket', name: 'hocuspocus', external: ['0.extensions[]'],
    fix: 'add the extension of @hocuspocus/extension-redis, or route all editors of a document to one process and declare it stateful' } }]
}
