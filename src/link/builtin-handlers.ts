import { PROMISES } from '../catalog/packages.js'
import type { Builtins } from './builtins.js'
import { FURTHER_HANDLERS } from './further-promises.js'
import type { Application } from './library.js'
import { NOTHING } from './solver.js'
import { FOLLOWING } from './turns.js'

/** What is known of the call's arguments may not be enough: `false`. */
type Handler = (b: Builtins, made: Application) => void | boolean

const mapLike = (name: string): Record<string, Handler> => ({
  [`global#${name}.new.get`]: (b, made) => b.mapRead(made, 'one'),
  [`global#${name}.new.set`]: (b, made) => b.mapSet(made),
  [`global#${name}.new.values`]: (b, made) => b.mapRead(made, 'list'),
  [`global#${name}.new.forEach`]: (b, made) => b.mapRead(made, 'callback'),
  [`global#${name}.new.entries`]: (b, made) => b.mapRead(made, 'entries'),
})

/** Maps of discord.js know the functions of lists, too. */
const ofCollection = (name: string): Handler => (b, made) => {
  b.mapRead(made, 'callback')
  if (/^(find|first|last|random)$/.test(name)) b.mapRead({ ...made, args: [] }, 'one')
  else if (name === 'filter') b.mapRead(made, 'list')
}

const promiseStatics = (): Record<string, Handler> => Object.fromEntries(PROMISES.flatMap(([, statics]): [string, Handler][] => [
  [`${statics}resolve`, (b, made) => b.passThrough(made)],
  ...['all', 'race', 'any', 'allSettled'].map((name): [string, Handler] => [statics + name, (b, made) => b.all(made)]),
]))

const listNames = (b: Builtins, made: Application): void => b.listOf(made, b.library.access.keysOf(made.args[0] ?? NOTHING))

/** `get(services, 'users.create')` of lodash: a member of a member by its path. */
const GETS = ['lodash#get', 'lodash#default.get', 'lodash/get#default', 'lodash-es#get', 'lodash-es/get#default', 'lodash.get#default']

/** What JavaScript's own functions do with what they are given, by path. */
export const BUILTIN_HANDLERS: Record<string, Handler> = {
  ...mapLike('Map'),
  ...mapLike('WeakMap'),
  'global#Map.new.keys': (b, made) => {
    if (made.recv?.kind === 'object') b.listOf(made, b.library.a.field(made.recv, '@keys'))
  },
  ...Object.fromEntries(['each', 'tap', 'map', 'filter', 'some', 'every', 'sweep', 'partition', 'find', 'first', 'last', 'random'].map((name): [string, Handler] => [`global#Map.new.${name}`, ofCollection(name)])),
  'global#Set.new.add': (b, made) => b.setAdd(made),
  'global#WeakSet.new.add': (b, made) => b.setAdd(made),
  'global#Set.new.forEach': (b, made) => b.mapRead(made, 'callback'),
  'global#Set.new.values': (b, made) => b.mapRead(made, 'list'),
  'global#Promise.new.then': (b, made) => b.settled(made),
  'global#Promise.new.catch': (b, made) => b.settled(made),
  'global#Promise.new.finally': (b, made) => b.settled(made),
  'global#Promise.resolver': (b, made) => b.resolver(made),
  [FOLLOWING]: (b, made) => b.library.turns.follow(made),
  'global#Promise.withResolvers': (b, made) => b.withResolvers(made),
  ...promiseStatics(),
  ...FURTHER_HANDLERS,
  'global#Function.new.call': (b, made) => b.callThrough(made, 'call'),
  'global#Function.new.apply': (b, made) => b.callThrough(made, 'apply'),
  'global#Function.new.bind': (b, made) => b.bind(made),
  'global#Symbol': (b, made) => b.symbol(made),
  'global#Symbol.for': (b, made) => b.symbol(made),
  'global#Object.assign': (b, made) => b.assign(made),
  'global#Object.freeze': (b, made) => b.passThrough(made),
  'global#Object.seal': (b, made) => b.passThrough(made),
  'global#Object.create': (b, made) => b.create(made),
  'global#Object.setPrototypeOf': (b, made) => b.inherit(made.args[0] ?? NOTHING, made.args[1]),
  'global#Object.defineProperty': (b, made) => b.define(made),
  'global#Object.values': (b, made) => b.listOf(made, b.library.access.anyField(made.args[0] ?? NOTHING)),
  'global#Object.fromEntries': (b, made) => b.fromEntries(made),
  'global#Object.keys': listNames,
  'global#Object.getOwnPropertyNames': listNames,
  'global#Reflect.ownKeys': listNames,
  'global#Object.entries': (b, made) => b.pairs.entries(made, b.listInto(made)),
  // `Array(9).fill(null)`: as good as with `new`.
  'global#Array': (b, made) => void b.listInto(made),
  'global#Array.from': (b, made) => b.listFrom(made),
  'global#Array.of': (b, made) => {
    const out = b.listInto(made)
    for (const arg of made.args) b.library.a.solver.flow(arg, out)
  },
  'node:path#join': (b, made) => b.library.folders.join(made),
  'node:path#resolve': (b, made) => b.library.folders.resolve(made),
  'node:path#posix.join': (b, made) => b.library.folders.join(made),
  'node:path#posix.resolve': (b, made) => b.library.folders.resolve(made),
  'desm#join': (b, made) => b.library.folders.beside(made, 1),
  'desm#resolve': (b, made) => b.library.folders.beside(made, 1),
  'desm#dirname': (b, made) => b.library.folders.beside(made, 1),
  'desm#default().join': (b, made) => b.library.folders.beside(made, 0),
  'desm#default().resolve': (b, made) => b.library.folders.beside(made, 0),
  'node:path#normalize': (b, made) => b.passThrough(made),
  'node:path#parse': (b, made) => b.library.fileNames.parsed(made, 'parse'),
  'node:path#basename': (b, made) => b.library.fileNames.parsed(made, 'basename'),
  'node:path#dirname': (b, made) => b.library.folders.dirname(made),
  'global#process.cwd': (b, made) => b.library.folders.workingFolder(made),
  'node:process#cwd': (b, made) => b.library.folders.workingFolder(made),
  'node:url#fileURLToPath': (b, made) => b.passThrough(made),
  'node:url#pathToFileURL': (b, made) => b.passThrough(made),
  ...Object.fromEntries(GETS.map((path): [string, Handler] => [path, (b, made) => b.memberAt(made)])),
  'node:util#inherits': (b, made) => {
    const [child, parent] = made.args
    if (child !== undefined && parent !== undefined) b.inherit(b.library.access.load(child, 'prototype'), b.library.access.load(parent, 'prototype'))
  },
}
