/** Paths that no code can be made of by their form alone: the folder of the fixture that people wrote, or the reason why there is nothing to tell. */
export const BY_HAND = new Map<string, string>([
  ...each('fixtures/catalog/sessions/plugins', '@foal/core#useSessions', '@foal/core#UseSessions'),
  ...each('fixtures/catalog/sessions/sealed', '#imports#setUserSession()', '#imports#getUserSession()', '#imports#requireUserSession()', '#auth#NuxtAuthHandler()'),
  // They count where the plugin is registered, and are told there.
  ...each('fixtures/rules/in-memory-rate-limit/fastify', ...['get', 'post', 'put', 'patch', 'delete', 'all', 'route', 'rateLimit()', 'createRateLimit()'].map((name) => `fastify#FastifyInstance.new.${name}`)),
  // A mount anywhere in the program may be of any of them.
  ...each('fixtures/catalog/embedded/nitro', '#imports#useDatabase()'),
  ...each('fixtures/catalog/caches/nitro', '#imports#useStorage()', '#imports#useStorage().mount()', 'nitropack#useStorage()', 'nitropack/runtime#useStorage()', 'nitro/storage#useStorage()'),
  ...each('fixtures/catalog/caches/members', 'unstorage#createStorage()'),
  ...each('fixtures/catalog/caches/nest-local', '@nestjs/cache-manager#Cache.new', 'cache-manager#Cache.new'),
  ...each('fixtures/catalog/sockets/frameworks', 'koa#default.new.ws.server.clients.forEach', 'elysia#Elysia.new.server.publish', '@feathersjs/feathers#Application.new.channel()'),
  ...each('fixtures/catalog/sockets/nitro', 'crossws#Peer.new.publish'),
  ...each('fixtures/catalog/sockets/nest', '@nestjs/websockets#WebSocketGateway'),
  ...each('fixtures/catalog/sockets/express-oi', 'express.oi#Express.new.io()'),
  // Told once for all of them.
  ...each('fixtures/catalog/sockets/sails', ...['join', 'broadcast', 'blast'].map((name) => `global#sails.sockets.${name}()`)),
  // No code calls it: the framework reads a file.
  ...each('fixtures/rules/memory-session-store/sails-default', 'sails#config.session()'),
  ...each('fixtures/rules/memory-session-store/thinkjs', 'thinkjs#session()'),
  ...each('fixtures/rules/in-process-scheduler/thinkjs', 'thinkjs#crontab()'),
  // What clears it is an extension, and no client.
  ...each('fixtures/rules/socket-without-adapter/documents', ...['Server.configure()', 'Server.new', 'Hocuspocus.new'].map((name) => `@hocuspocus/server#${name}`)),
  ...each('fixtures/catalog/schedulers/nest', ...['Cron', 'Interval', 'Timeout'].map((name) => `@nestjs/schedule#${name}`)),
  ...each('fixtures/catalog/schedulers/others', 'nest-schedule#Cron', 'nest-schedule#Interval', '@midwayjs/cron#Job', '@tsed/schedule#Cron', '@loopback/cron#cronJob', 'nestjs-cron#Cron', '@foal/core#Cron'),
  ...each('fixtures/catalog/schedulers/egg', ...['egg', '@eggjs/tegg'].map((name) => `${name}/schedule#Schedule`), '@eggjs/schedule-decorator#Schedule', 'egg#schedule()'),
  ...each('fixtures/catalog/schedulers/directus', 'directus#HookRegister.new.schedule()'),
  ...each('fixtures/catalog/schedulers/midway', ...['decorator', 'core'].flatMap((name) => ['Schedule', 'TaskLocal'].map((decorator) => `@midwayjs/${name}#${decorator}`)), '@midwayjs/task#TaskLocal'),
  ...each('fixtures/catalog/schedulers/others', '#imports#defineTask()'),
  ...each('fixtures/catalog/uploads/express', 'express#Request.new.files.*.mv'),
  // Any of the stores that a program adds.
  ...each('fixtures/catalog/disk/settings', 'nconf#stores.*.save', 'nconf#Provider.new.stores.*.save'),
  // Where the other rows' clients of Redis stand in the same package, they are for tests.
  ...each('fixtures/catalog/embedded/documents', 'ioredis-mock#default.new', 'redis-mock#createClient()', 'fakeredis#createClient()', 'redis-js#toNodeRedis()'),
  ...each('fixtures/catalog/embedded/adapters', 'waterline-sqlite3#default', 'sails-disk#default', 'sails-sqlite3#default', 'sails-memory#default'),
  ...each('a class that adapters extend; it is told of by the server that is given none', 'socket.io-adapter#Adapter'),
  ...each('the preset of a test runner: its files are tests', '@shelf/jest-mongodb#default'),
])

function each(where: string, ...paths: string[]): [path: string, where: string][] {
  return paths.map((path) => [path, where])
}
