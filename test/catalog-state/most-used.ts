/** Of what has a store, a driver or an adapter, the most used by weekly downloads: their fixtures are made by hand, in all three parts (`halves.test.ts` makes those of the rest). */
export const MOST_USED = [
  'express-session#default()', 'cache-manager#createCache()', 'cache-manager#caching()', 'keyv#default.new', 'socket.io#Server.new', 'express-rate-limit#rateLimit()', 'next-auth#default()',
  '@apollo/server#ApolloServer.new', '@nestjs/cache-manager#CacheModule.register()', '@nestjs/throttler#ThrottlerModule.forRoot()', 'bottleneck#default.new', 'unstorage#createStorage()',
  '@fastify/rate-limit#default(register)', '@fastify/session#default(register)', 'express-slow-down#slowDown()', 'koa-session#default()', 'better-auth#betterAuth()', 'graphql-yoga#createPubSub()',
  'koa-ratelimit#default()', 'hono-rate-limiter#rateLimiter()', 'node-cron#schedule()', 'async-cache-dedupe#createCache()', 'next-session#default()', 'telegraf#session()',
]
