import type { CatalogRow } from '../../model/catalog.js'
import { exported, instances, members } from '../effects/build.js'

const packages = ['colyseus', '@colyseus/core']
const client = 'colyseus#Client.new'
const rooms = exported(packages, 'Room LobbyRoom RelayRoom QueueRoom')
const room = instances(packages, 'Room LobbyRoom RelayRoom QueueRoom')
const schemas = (names: string): string[] => instances('@colyseus/schema', names)

/** Game rooms: one object a room, which lives in one process by design; its methods are called for its clients. */
export const roomRows: CatalogRow[] = [
  { path: rooms, component: { scope: 'singleton', startup: ['onCreate'], requestKind: 'socket', request: { onAuth: [client, '', ''], onJoin: [client, '', ''], onLeave: [client, ''], onDrop: [client], onReconnect: [client], onDispose: [] } } },
  { path: members(room, 'onMessage'), entry: { kind: 'socket', path: '0', handlers: ['1', '2'], params: [client, '', ''] } },
  { path: members(room, 'setSimulationInterval'), run: [{ fn: '0', when: 'background' }] },
  { path: members(room, 'clock.setInterval clock.setTimeout'), run: [{ fn: '0', when: 'background' }] },
  { path: members(room, 'setState'), takesMember: { name: '0', value: '1', of: 'state' } },
  { path: members(instances('@colyseus/command', 'Dispatcher'), 'dispatch'), run: [{ fn: '0.execute', when: 'now', params: ['arg:1'] }] },
  // What a room's state declares is sent to its clients by itself.
  { path: exported('@colyseus/schema', 'type view'), templates: true },
  { path: schemas('MapSchema'), returns: 'global#Map.new' },
  { path: schemas('SetSchema CollectionSchema'), returns: 'global#Set.new' },
  { path: schemas('ArraySchema'), returns: 'global#Array.new' },
  { path: [client, ...instances(packages, 'Client')], owned: 'connection' },
  {
    path: exported('@colyseus/tools', 'default'),
    run: [
      { fn: '0.initializeGameServer', when: 'startup', params: ['colyseus#Server.new'] }, { fn: '0.initializeExpress', when: 'startup', params: ['express#Express.new'] },
      { fn: '0.beforeListen', when: 'startup' }, { fn: '0.initializeTransport', when: 'startup' },
    ],
  },
  // What it is told to do with accounts is assigned: `auth.settings.onRegister… = async () => …`.
  { path: exported('@colyseus/auth', 'auth.settings'), mount: { children: [] } },
]
