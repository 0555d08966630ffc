import type { AccessModel, CatalogRow, ContainerModel } from '../../model/catalog.js'
import { calls, instances } from './make.js'


const write = (more: Omit<AccessModel, 'op'> = {}): AccessModel => ({ op: 'write', ...more })
const on = (base: string | string[], names: string[], access: AccessModel): CatalogRow => ({ path: [base].flat().flatMap(path => names.map(name => `${path}.${name}`)),
  access })

/** Built-in collections and the libraries that work like them: what they are and which members change or read them. */
export const containerRows: CatalogRow[] = [...maps(), ...sets(), ...lists(), ...objects(), ...typed(), ...lruCaches(), ...immutables(), ...searchIndexes(), ...lodash(), ...emitters()]

function kind(path: string | string[], container: ContainerModel): CatalogRow {
  return { path, container }
}

function maps(): CatalogRow[] {
  const map = 'global#Map.new'
  const weak = 'global#WeakMap.new'
  return [
    kind(map, { kind: 'map' }),
    kind(weak, { kind: 'map', weak: true }),
    on([map, weak], ['set'], write({ key: '0', value: '1' })),
    on([map, weak], ['get'], { op: 'read', key: '0' }),
    on([map, weak], ['has'], { op: 'has', key: '0' }),
    on([map, weak], ['delete'], { op: 'delete', key: '0' }),
    on([map, weak], ['getOrInsert'], write({ key: '0', value: '1' })),
    on([map, weak], ['getOrInsertComputed'], write({ key: '0' })),
    // discord.js keeps everything in maps that know the functions of lists, too.
    ...['discord.js#Collection.new', ...instances('@discordjs/collection', 'default', 'Collection')].map((path): CatalogRow => ({ path, returns: map })),
    on(map, ['find', 'first', 'last', 'random'], { op: 'read' }),
    on(map, ['ensure'], write({ key: '0' })),
    on(map, ['sweep'], { op: 'delete' }),
    on(map, ['each', 'tap', 'map', 'filter', 'some', 'every', 'reduce', 'partition'], { op: 'iterate' }),
    on(map, ['clear'], { op: 'clear' }),
    on(map, ['size'], { op: 'size' }),
    on(map, ['forEach', 'entries', 'keys', 'values'], { op: 'iterate' }),
  ]
}

function sets(): CatalogRow[] {
  const set = 'global#Set.new'
  const weak = 'global#WeakSet.new'
  return [
    kind(set, { kind: 'set' }),
    kind(weak, { kind: 'set', weak: true }),
    on([set, weak], ['add'], write({ key: '0', value: '0' })),
    on([set, weak], ['has'], { op: 'has', key: '0' }),
    on([set, weak], ['delete'], { op: 'delete', key: '0' }),
    on(set, ['clear'], { op: 'clear' }),
    on(set, ['size'], { op: 'size' }),
    on(set, ['forEach', 'entries', 'keys', 'values', 'union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
      { op: 'iterate' }),
  ]
}

function lists(): CatalogRow[] {
  const list = 'global#Array.new'
  return [
    kind(list, { kind: 'list' }),
    on(list, ['push', 'unshift'], write({ value: '0..' })),
    on(list, ['splice'], write({ key: '0', value: '2..' })),
    on(list, ['fill'], write({ value: '0' })),
    on(list, ['sort', 'reverse', 'copyWithin'], write()),
    on(list, ['pop', 'shift'], { op: 'delete' }),
    on(list, ['includes', 'indexOf', 'lastIndexOf'], { op: 'has', value: '0' }),
    on(list, ['at', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'with'], { op: 'read' }),
    on(list, ['length'], { op: 'size' }),
    on(list, ['forEach', 'map', 'filter', 'reduce', 'reduceRight', 'flatMap', 'flat', 'slice', 'concat', 'join', 'entries', 'keys', 'values', 'toSorted', 'toReversed',
      'toSpliced'], { op: 'iterate' }),
  ]
}

function objects(): CatalogRow[] {
  return [
    { path: 'global#Object.assign', access: write({ target: '0', value: '1..' }) },
    { path: 'global#Object.defineProperty', access: write({ target: '0', key: '1', value: '2.value' }) },
    { path: 'global#Object.defineProperties', access: write({ target: '0' }) },
    { path: 'global#Object.setPrototypeOf', access: write({ target: '0' }) },
    { path: 'global#Reflect.set', access: write({ target: '0', key: '1', value: '2' }) },
    { path: 'global#Reflect.defineProperty', access: write({ target: '0', key: '1', value: '2.value' }) },
    { path: 'global#Reflect.deleteProperty', access: { op: 'delete', target: '0', key: '1' } },
    { path: 'global#Reflect.get', access: { op: 'read', target: '0', key: '1' } },
    { path: ['global#Reflect.has', 'global#Object.hasOwn'], access: { op: 'has', target: '0', key: '1' } },
    { path: ['global#Reflect.ownKeys', 'global#Object.keys', 'global#Object.values', 'global#Object.entries', 'global#Object.getOwnPropertyNames'],
      access: { op: 'iterate', target: '0' } },
    { path: ['global#Array.prototype.push.apply', 'global#Array.prototype.push.call'], access: write({ target: '0', value: '1..' }) },
  ]
}

function typed(): CatalogRow[] {
  const arrays = ['Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float32Array', 'Float64Array',
    'BigInt64Array', 'BigUint64Array']
    .map(name => `global#${name}.new`)
  return [
    on(arrays, ['set', 'fill', 'sort', 'reverse', 'copyWithin'], write({ value: '0' })),
    { path: ['add', 'sub', 'and', 'or', 'xor', 'store', 'exchange', 'compareExchange'].map(name => `global#Atomics.${name}`), access: write({ target: '0', key: '1',
      value: '2' }) },
    { path: ['global#localStorage', 'global#sessionStorage'], container: { kind: 'map' } },
    on(['global#localStorage', 'global#sessionStorage'], ['setItem'], write({ key: '0', value: '1' })),
    on(['global#localStorage', 'global#sessionStorage'], ['getItem'], { op: 'read', key: '0' }),
    on(['global#localStorage', 'global#sessionStorage'], ['removeItem'], { op: 'delete', key: '0' }),
    on(['global#localStorage', 'global#sessionStorage'], ['clear'], { op: 'clear' }),
  ]
}

/** Caches that hold at most so many entries, or for so long. */
function lruCaches(): CatalogRow[] {
  const lru = [...instances('lru-cache', 'LRUCache', 'default'), 'lru-cache#default()', ...instances('quick-lru', 'default'), ...instances('tiny-lru', 'LRU', 'default'),
    ...calls('tiny-lru', 'lru', 'default'),
    ...instances('lru_map', 'LRUMap'), 'hashlru#default()', ...instances('mnemonist', 'LRUCache', 'LRUMap', 'LRUCacheWithDelete', 'LRUMapWithDelete'),
      'mnemonist/lru-cache#default.new', 'mnemonist/lru-map#default.new',
    ...instances('lru.min', 'default'), ...calls('lru.min', 'createLRU'), ...instances('flru', 'default'), 'flru#default()', ...instances('lru-memoizer', 'default'),
      ...instances('yallist-lru', 'default'),
    ...instances('toad-cache', 'Lru', 'LruMap', 'LruObject', 'Fifo', 'FifoMap', 'FifoObject', 'LruHitStatistics'), ...instances('lru-map', 'LRUMap', 'default'),
      ...instances('lru-cache-for-clusters-as-promised', 'default')]
  const ttl = [...instances('@isaacs/ttlcache', 'default', 'TTLCache'), ...instances('expiry-map', 'default'), ...instances('ttl-cache', 'default'),
    ...instances('timed-cache', 'default'), ...instances('map-expire', 'default'),
    ...instances('expiring-map', 'default'), ...instances('@teamteanpm2024/temp-map', 'default'), ...instances('node-ttl', 'default'), ...instances('collections/lru-map',
      'default'), ...instances('collections/lru-set', 'default'), ...instances('@esm2cjs/quick-lru', 'default')]
  const all = [...lru, ...ttl]
  return [
    kind(lru, { kind: 'cache', bounded: true, ttl: ['0.ttl', '0.maxAge', '1.ttl', '1'] }),
    kind(ttl, { kind: 'cache', bounded: ['0.max', '0.capacity'], ttl: true }),
    on(all, ['set', 'setpop'], write({ key: '0', value: '1' })),
    on(all, ['get', 'peek', 'getRemainingTTL', 'expiresAt'], { op: 'read', key: '0' }),
    on(all, ['fetch'], write({ key: '0', reads: true })),
    on(all, ['has'], { op: 'has', key: '0' }),
    on(all, ['delete', 'del', 'remove', 'evict'], { op: 'delete', key: '0' }),
    on(all, ['clear', 'reset'], { op: 'clear' }),
    on(all, ['size', 'length', 'itemCount', 'calculatedSize'], { op: 'size' }),
    on(all, ['forEach', 'entries', 'keys', 'values', 'dump', 'rforEach', 'entriesAscending', 'entriesDescending'], { op: 'iterate' }),
  ]
}

/** Collections of other libraries; those of `immutable` never change. */
function immutables(): CatalogRow[] {
  const bags = [...instances('mnemonist', 'DefaultMap', 'MultiMap', 'BiMap',
    'TrieMap', 'FuzzyMap', 'SparseMap'),
    ...instances('bidirectional-map', 'default'), ...instances('core-js/es/map', 'default'), ...instances('map-cache', 'default'), ...instances('es6-map', 'default'),
      ...instances('hashmap', 'default', 'HashMap')]
  const queues = [...instances('mnemonist', 'Queue', 'Stack', 'LinkedList', 'FixedDeque', 'Heap', 'CircularBuffer', 'PassjoinIndex'),
    ...['queue', 'stack', 'linked-list', 'heap', 'circular-buffer'].map(name => `mnemonist/${name}#default.new`), ...instances(['denque',
    'double-ended-queue', 'yocto-queue', 'fast-fifo', 'ringbufferjs'], 'default'),
    ...instances('linked-list-typescript', 'LinkedList'), ...instances('@datastructures-js/queue', 'Queue'), ...instances('@datastructures-js/priority-queue',
      'PriorityQueue', 'MinPriorityQueue', 'MaxPriorityQueue'), ...instances('tinyqueue', 'default'), ...instances('typescript-collections', 'Queue', 'LinkedList',
      'Dictionary')]
  return [
    kind(bags, { kind: 'map' }),
    on(bags, ['set', 'add', 'ensure'], write({ key: '0', value: '1' })),
    on(bags, ['get', 'find', 'first', 'last'], { op: 'read', key: '0' }),
    on(bags, ['has'], { op: 'has', key: '0' }),
    on(bags, ['delete', 'del', 'remove', 'sweep'], { op: 'delete', key: '0' }),
    on(bags, ['clear'], { op: 'clear' }),
    on(bags, ['forEach', 'each', 'keys', 'values', 'entries', 'map', 'filter'], { op: 'iterate' }),
    kind(queues, { kind: 'list' }),
    on(queues, ['push', 'enqueue', 'add', 'unshift', 'addFirst', 'addLast', 'append', 'prepend', 'enq'], write({ value: '0' })),
    on(queues, ['pop', 'shift', 'dequeue', 'remove', 'removeFirst', 'removeLast', 'deq', 'poll'], { op: 'delete' }),
    on(queues, ['peek', 'peekFront', 'peekAt', 'front', 'back', 'get'], { op: 'read' }),
    on(queues, ['clear'], { op: 'clear' }),
    on(queues, ['size', 'length'], { op: 'size' }),
    on(queues, ['forEach', 'toArray', 'values', 'entries'], { op: 'iterate' }),
  ]
}

/** What documents are found by, kept in memory: whoever adds to one while serving adds to that of this replica. */
function searchIndexes(): CatalogRow[] {
  const indexes = [...calls(['lunr', 'elasticlunr'], 'default'), ...instances(['lunr', 'elasticlunr'], 'Index'), ...instances('minisearch', 'default', 'MiniSearch'),
    ...instances('flexsearch', 'default', 'Index', 'Document', 'Worker'), ...calls('flexsearch', 'create'), ...instances('fuse.js', 'default'), ...instances('js-search', 'Search')]
  const orama = calls(['@orama/orama', '@lyrasearch/lyra'], 'create')
  const of = (names: string): string[] => names.split(' ').flatMap(name => ['@orama/orama', '@lyrasearch/lyra'].map(module => `${module}#${name}`))
  return [
    kind([...indexes, ...orama], { kind: 'list' }),
    on(indexes, ['add', 'addAll', 'addAllAsync', 'addAsync', 'addDoc', 'addDocument', 'addDocuments', 'append', 'update', 'updateDoc', 'replace'], write({ value: '0' })),
    on(indexes, ['setCollection'], write({ value: '0' })),
    on(indexes, ['remove', 'removeAll', 'removeDoc', 'removeDocByRef', 'removeAt', 'discard', 'discardAll'], { op: 'delete', key: '0' }),
    on(indexes, ['search', 'searchAsync', 'autoSuggest', 'getStoredFields'], { op: 'read' }),
    { path: of('insert insertMultiple update upsert'), access: write({ target: '0', value: '1' }) },
    { path: of('remove removeMultiple'), access: { op: 'delete', target: '0', key: '1' } },
    { path: of('search count getByID'), access: { op: 'read', target: '0' } },
  ]
}

/** Functions that write into their first argument. */
function lodash(): CatalogRow[] {
  const real = ['lodash', 'lodash-es', 'underscore', 'es-toolkit/compat']
  const alone = (names: string[]): string[] => names.flatMap(name => [...real.map(module => `${module}#${name}`), ...['lodash/', 'lodash-es/',
    'lodash.'].map(prefix => `${prefix}${prefix === 'lodash.' ? name.toLowerCase() : name}#default`)])
  return [
    { path: alone(['set', 'setWith', 'update', 'updateWith']), access: write({ target: '0', key: '1', value: '2' }), returns: 'arg:0' },
    { path: alone(['unset']), access: { op: 'delete', target: '0', key: '1' } },
    { path: [...alone(['merge', 'mergeWith', 'assign', 'assignIn', 'assignWith', 'extend', 'extendOwn', 'defaults', 'defaultsDeep']), 'deep-extend#default',
      'merge-deep#default', 'object-assign#default', 'deepmerge-ts#deepmergeInto', 'es-toolkit#merge'],
      access: write({ target: '0', value: '1..' }), returns: 'arg:0' },
    { path: alone(['pull', 'pullAll', 'pullAllBy', 'pullAt', 'remove']), access: { op: 'delete', target: '0' } },
    { path: alone(['fill', 'reverse']), access: write({ target: '0', value: '1' }), returns: 'arg:0' },
    { path: ['dot-prop#set', 'dot-prop#setProperty', 'object-path#set', 'set-value#default', 'dset#default', 'dset#dset', 'dset/merge#dset', 'just-safe-set#default',
      'jsonpointer#set', 'json-pointer#set'],
      access: write({ target: '0', key: '1', value: '2' }) },
    { path: ['dot-prop#deleteProperty', 'object-path#del', 'unset-value#default', 'json-pointer#remove'], access: { op: 'delete', target: '0', key: '1' } },
  ]
}

/** Emitters hold listeners; what reaches other clients through them is the engine's to decide. */
function emitters(): CatalogRow[] {
  const emitter = [...instances(['node:events', 'events'], 'default', 'EventEmitter'), ...instances('eventemitter3', 'default', 'EventEmitter'),
    ...instances('eventemitter2', 'default', 'EventEmitter2'), ...instances('eventemitter-strict', 'EventEmitter'), ...instances('tiny-typed-emitter', 'TypedEmitter'),
    ...instances('@nestjs/event-emitter', 'EventEmitter2'), ...instances('emittery', 'default'), 'mitt#default()', ...instances(['tiny-emitter', 'wolfy87-eventemitter',
      'eventemitter-asyncresource'], 'default', 'TinyEmitter'),
    'nanoevents#createNanoEvents()', ...instances('typed-emitter', 'default'), ...instances('tseep', 'EventEmitter'), ...instances('strict-event-emitter', 'Emitter'),
      'global#EventTarget.new', '@hono/event-emitter#createEmitter()']
  return [
    kind(emitter, { kind: 'emitter' }),
    kind(instances('rxjs', 'Subject', 'BehaviorSubject', 'ReplaySubject', 'AsyncSubject'), { kind: 'emitter' }),
    // It holds the last of what it was told.
    { path: 'rxjs#BehaviorSubject.new.next', access: write({ value: '0' }) },
    { path: 'rxjs#BehaviorSubject.new.getValue', access: { op: 'read' } },
  ]
}
