import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances, registered } from './make.js'

/** Session middleware and session facilities: where the data is when nobody says otherwise, and the option that moves it. */
export const sessionRows: CatalogRow[] = [
  ...expressLike(),
  ...koaLike(),
  ...pluginLike(),
  ...cookieLike(),
  ...metaFrameworks(),
  ...passportLike(),
]

function expressLike(): CatalogRow[] {
  return [
    { path: 'express-session#default()', session: { name: 'express-session', default: 'memory', store: ['0.store'], login: true } },
    // Until version 4 Express brought the parts of Connect.
    { path: calls(['express', 'connect'], 'session'), session: { name: 'express.session', default: 'memory', store: ['0.store'], login: true } },
    { path: calls(['express', 'connect'], 'cookieSession'), session: { name: 'express.cookieSession', default: 'cookie-signed', login: true } },
    { path: ['next-session#default()', 'next-session#session()', 'next-session#nextSession()', 'next-session#expressSession()'],
      session: { name: 'next-session', default: 'memory', store: ['0.store'], login: true } },
    { path: 'next-session#promisifyStore()', returns: 'arg:0' },
    { path: ['next-session/lib/compat#promisifyStore()', 'next-session/lib/compat#expressSession()'], returns: 'arg:0' },
    { path: 'sessionstore#createSessionStore()', store: { kind: 'memory', backend: 'sessionstore' } },
    { path: 'client-sessions#default()', session: { name: 'client-sessions', default: 'cookie-sealed', login: true } },
    { path: ['keystone#session()'], session: { name: 'keystone', default: 'memory', store: ['0.store'], login: true } },
    // What `config/session.js` exports, and `config/env/production.js` by the same name.
    { path: 'sails#config.session()', session: {
      name: 'Sails', default: 'memory', login: true, ifUsed: true, fix: "set `adapter: '@sailshq/connect-redis'` in config/env/production.js",
      driver: { arg: '1.adapter~0.adapter', memory: ['memory'], external: ['@sailshq/connect-redis', 'connect-redis', 'redis', '@sailshq/connect-mongo', 'connect-mongo', 'mongo', 'connect-mongodb-session'] },
    } },
    // What `session` of `config/adapter.js` says.
    { path: 'thinkjs#session()', session: {
      name: 'ThinkJS', default: 'none', login: true, ifUsed: true, fix: 'set `type: \'redis\'` with the handle of think-session-redis in config/adapter.js',
      driver: { arg: '0.type', memory: ['memory'], file: ['file'], external: ['redis', 'mysql', 'memcache', 'mongo', 'model'], sealed: ['jwt'] },
    } },
    { path: '@keystone-6/core/session#storedSessions()', session: { name: 'Keystone stored sessions', default: 'none', store: ['0.store'], login: true } },
    { path: '@keystone-6/core/session#statelessSessions()', session: { name: 'Keystone stateless sessions', default: 'cookie-sealed', login: true } },
  ]
}

function koaLike(): CatalogRow[] {
  return [
    { path: ['koa-session#default()', 'koa-session#createSession()'],
      session: { name: 'koa-session', default: 'cookie-signed', store: ['0.store', '1.store', '0.ContextStore', '1.ContextStore'], login: true } },
    { path: 'koa-generic-session#default()', session: { name: 'koa-generic-session', default: 'memory', store: ['0.store'], login: true } },
    { path: 'koa-session2#default()', session: { name: 'koa-session2', default: 'memory', store: ['0.store'], login: true } },
    { path: 'koa-session-minimal#default()', session: { name: 'koa-session-minimal', default: 'memory', store: ['0.store'], login: true } },
    { path: 'egg-session#default()', session: { name: 'egg-session', default: 'cookie-sealed', store: ['0.store'], login: true } },
    { path: 'think-session#default()', session: { name: 'think-session', default: 'none', store: ['0.handle'], login: true } },
    { path: '@midwayjs/session#SessionMiddleware.new', session: { name: '@midwayjs/session', default: 'cookie-signed', login: true } },
  ]
}

function pluginLike(): CatalogRow[] {
  return [
    { path: registered(['@fastify/session', 'fastify-session', '@mgcrea/fastify-session'], 'fastifySession'),
      session: { name: '@fastify/session', default: 'memory', store: ['0.store'], login: true } },
    { path: registered(['@fastify/secure-session', 'fastify-secure-session'], 'fastifySecureSession'),
      session: { name: '@fastify/secure-session', default: 'cookie-sealed', login: true } },
    { path: registered(['@hapi/yar', 'yar'], 'plugin'), session: { name: '@hapi/yar', default: 'memory', store: ['0.cache.cache'], login: true } },
    { path: registered(['@hapi/cookie', 'hapi-auth-cookie'], 'plugin'), session: { name: '@hapi/cookie', default: 'cookie-sealed', login: true } },
    { path: '@hapi/hapi#Server.new.auth.strategy()', session: { name: '@hapi/cookie', default: 'none', driver: { arg: '1', sealed: ['cookie'] }, login: true } },
    { path: registered('hapi-server-session'), session: { name: 'hapi-server-session', default: 'memory', store: ['0.cache'], login: true } },
    { path: 'hono-sessions#sessionMiddleware()', session: { name: 'hono-sessions', default: 'none', store: ['0.store'], login: true } },
    { path: '@hono/session#useSession()', session: { name: '@hono/session', default: 'cookie-sealed', store: ['0.storage'], login: true } },
    { path: ['@adonisjs/session#defineConfig()'],
      session: {
        name: '@adonisjs/session', default: 'none', login: true,
        driver: { arg: '0.store', memory: ['memory'], file: ['file'], external: ['redis', 'database', 'dynamodb'], cookie: ['cookie'] },
      } },
    { path: '@adonisjs/auth/session#sessionGuard()', session: { name: '@adonisjs/auth session guard', default: 'external', login: 'always' } },
    // The guard that browsers use of a plain object (Adonis 5), and the only one there was (Adonis 4).
    { path: '@adonisjs/auth#settings()', session: { name: '@adonisjs/auth session guard', default: 'none', login: 'always', driver: { arg: '0.guards.web.driver', external: ['session'] } } },
    { path: ['@adonisjs/session#settings()', '@adonisjs/session/build/config#sessionConfig()'],
      session: { name: '@adonisjs/session', default: 'none', login: true, driver: { arg: '0.driver', memory: ['memory'], file: ['file'], external: ['redis'], cookie: ['cookie'] } } },
    { path: ['@foal/core#useSessions', '@foal/core#UseSessions'], session: { name: '@foal/core sessions', default: 'none', store: ['0.store'], login: true } },
    { path: '@loopback/authentication#SessionStrategy.new', session: { name: '@loopback/authentication', default: 'none', login: 'always' } },
    { path: 'elysia-session#sessionPlugin()', session: { name: 'elysia-session', default: 'none', store: ['0.store'], login: true } },
    { path: 'oak_sessions#Session.initMiddleware()', session: { name: 'oak_sessions', default: 'memory', store: ['0'], login: true } },
    { path: 'telegraf-session-local#default.new', session: { name: 'telegraf-session-local', default: 'file', store: ['0.storage'] } },
  ]
}

function cookieLike(): CatalogRow[] {
  return [
    { path: 'cookie-session#default()', session: { name: 'cookie-session', default: 'cookie-signed', login: true } },
    { path: ['iron-session#getIronSession()', 'iron-session#ironSession()', 'iron-session#withIronSession()', 'iron-session#applySession()',
      'iron-session#createResponse()',
      ...calls('iron-session/next', 'withIronSessionApiRoute', 'withIronSessionSsr'), ...calls('iron-session/express', 'ironSession'),
      ...calls('iron-session/edge', 'getIronSession'), ...calls('next-iron-session', 'withIronSession', 'applySession', 'ironSession')],
      session: { name: 'iron-session', default: 'cookie-sealed', login: true },
      evidence: { question: 'session', message: 'session travels in a sealed cookie (iron-session)' } },
    { path: ['h3#useSession()', 'h3#getSession()', 'nitropack/runtime#useSession()', 'vinxi/http#useSession()', 'vinxi/http#getSession()',
      '@tanstack/react-start/server#useSession()', '@tanstack/start/server#useSession()', '@solidjs/start/http#useSession()'],
      session: { name: 'h3 useSession', default: 'cookie-sealed', login: true } },
    { path: ['nuxt-auth-utils#setUserSession()', 'nuxt-auth-utils#getUserSession()', 'nuxt-auth-utils#requireUserSession()',
      '#imports#setUserSession()', '#imports#getUserSession()', '#imports#requireUserSession()'],
      session: { name: 'nuxt-auth-utils', default: 'cookie-sealed', login: true } },
    // Version 3 takes the address of a database, and later ones pass it over.
    { path: ['next-auth#default()', 'next-auth#NextAuth()', 'next-auth/next#default()'],
      session: { name: 'Auth.js', default: 'cookie-sealed', store: ['0.adapter', '1.adapter', '2.adapter', '0.database', '2.database'],
        driver: { arg: '0.session.strategy~2.session.strategy', sealed: ['jwt'] }, login: 'always' },
      knownIn: { '0.database': '<4', '2.database': '<4' },
      evidence: { question: 'session', message: 'Auth.js keeps the session in a sealed token or in the database of its adapter' } },
    { path: ['@auth/core#Auth()', '@auth/express#ExpressAuth()',
      '@auth/sveltekit#SvelteKitAuth()', '@auth/solid-start#SolidAuth()', '@auth/solid-start#SolidStartAuth()', '@auth/qwik#QwikAuth$()',
      '@hono/auth-js#initAuthConfig()', 'auth-astro/server#getSession()', '#auth#NuxtAuthHandler()', '@sidebase/nuxt-auth#NuxtAuthHandler()'],
      session: { name: 'Auth.js', default: 'cookie-sealed', store: ['0.adapter', '1.adapter', '2.adapter'], driver: { arg: '0.session.strategy', sealed: ['jwt'] }, login: 'always' },
      evidence: { question: 'session', message: 'Auth.js keeps the session in a sealed token or in the database of its adapter' } },
    { path: instances(['@ory/client', '@ory/kratos-client', '@ory/client-fetch', '@ory/kratos-client-fetch'], 'FrontendApi', 'V0alpha2Api').map(path => `${path}.toSession()`), session: { name: 'Ory Kratos', default: 'external', login: 'always' } },
    { path: ['express-openid-connect#auth()'], session: { name: 'express-openid-connect', default: 'cookie-sealed', store: ['0.session.store'], login: 'always' } },
    { path: ['@auth0/nextjs-auth0#initAuth0()', '@auth0/nextjs-auth0#handleAuth()', '@auth0/nextjs-auth0/server#Auth0Client.new', '@auth0/nextjs-auth0/edge#initAuth0()'],
      session: { name: '@auth0/nextjs-auth0', default: 'cookie-sealed', store: ['0.sessionStore', '0.session.store'], login: 'always' },
      knownIn: { '0.sessionStore': '>=4', '0.session.store': '<4' } },
    { path: ['@kinde-oss/kinde-auth-nextjs/server#handleAuth()', '@workos-inc/authkit-nextjs#authkitMiddleware()', '@workos-inc/authkit-nextjs#handleAuth()',
      '@logto/next#default.new', '@logto/express#handleAuthRoutes()', '@stackframe/stack#StackServerApp.new'],
      session: { name: 'hosted identity session', default: 'cookie-sealed', login: 'always' } },
    { path: ['@clerk/nextjs/server#clerkMiddleware()', '@clerk/nextjs#authMiddleware()', '@clerk/express#clerkMiddleware()', '@clerk/fastify#clerkPlugin(register)',
      '@clerk/clerk-sdk-node#ClerkExpressRequireAuth()', '@clerk/clerk-sdk-node#ClerkExpressWithAuth()', '@hono/clerk-auth#clerkMiddleware()',
        '@clerk/express#requireAuth()', '@clerk/nextjs/server#withClerkMiddleware()', '@clerk/nextjs#withClerkMiddleware()', ...calls('@clerk/nextjs/server', 'getAuth', 'currentUser'),
      ...calls('@clerk/nextjs', 'auth', 'currentUser'), '@clerk/express#getAuth()', '@clerk/fastify#getAuth()'],
      evidence: { question: 'auth', message: 'Clerk verifies a signed session token with each request' } },
  ]
}

function metaFrameworks(): CatalogRow[] {
  const packages = ['react-router', '@remix-run/node', '@remix-run/cloudflare', '@remix-run/deno', '@remix-run/server-runtime', '@react-router/node',
    '@react-router/cloudflare', '@vercel/remix', '@netlify/remix-runtime', '@shopify/remix-oxygen', '@remix-run/architect', '@react-router/architect', 'solid-start',
      'remix']
  const storages = { confined: true as const, fix: '`createSessionStorage` over Redis or a database, or `createCookieSessionStorage`' }
  return [
    { path: calls(packages, 'createCookieSessionStorage'), session: { name: 'createCookieSessionStorage', default: 'cookie-signed', login: true } },
    { path: calls(packages, 'createMemorySessionStorage'), session: { name: 'createMemorySessionStorage', default: 'memory', login: true,
      ...storages } },
    { path: calls(packages, 'createFileSessionStorage'), session: { name: 'createFileSessionStorage', default: 'file', login: true, ...storages } },
    { path: calls(packages, 'createWorkersKVSessionStorage', 'createArcTableSessionStorage'), session: { name: 'external session storage', default: 'external',
      login: true } },
    { path: calls(packages, 'createSessionStorage'), session: { name: 'createSessionStorage', default: 'external', store: ['0'], login: true } },
    { path: ['svelte-kit-sessions#sveltekitSessionHandle()', 'svelte-kit-sessions#default()'],
      session: { name: 'svelte-kit-sessions', default: 'memory', store: ['0.store'], login: true } },
    { path: 'svelte-kit-cookie-session#handleSession()', session: { name: 'svelte-kit-cookie-session', default: 'cookie-sealed', login: true } },
    // Since version 3 the adapter stands alone.
    { path: 'lucia#Lucia.new', session: { name: 'Lucia', default: 'external', store: ['0'], login: 'always' } },
    { path: ['lucia#lucia()', 'lucia-auth#default()'], session: { name: 'Lucia', default: 'external', store: ['0.adapter'], login: 'always' } },
    { path: 'better-auth#betterAuth()', session: { name: 'better-auth', default: 'external', store: ['0.secondaryStorage', '0.database'], login: 'always' } },
    { path: ['grant#default()', 'grant#express()', 'grant#koa()', 'grant#hapi()', 'grant#default.new', 'grant#fastify()'],
      session: { name: 'grant', default: 'none', login: 'always' } },
    { path: ['astro/config#sessionDrivers.lruCache()', 'astro/config#sessionDrivers.memory()'], store: { kind: 'memory', backend: 'unstorage' } },
    { path: ['astro/config#sessionDrivers.fs()', 'astro/config#sessionDrivers.fsLite()'], store: { kind: 'file', backend: 'unstorage' } },
    { path: ['astro/config#sessionDrivers.redis()', 'astro/config#sessionDrivers.upstash()', 'astro/config#sessionDrivers.cloudflareKVBinding()',
      'astro/config#sessionDrivers.netlifyBlobs()', 'astro/config#sessionDrivers.mongodb()'], store: { kind: 'external', backend: 'unstorage' } },
  ]
}

function passportLike(): CatalogRow[] {
  return [
    { path: ['passport#session()', 'koa-passport#session()', ...instances('passport', 'Passport', 'Authenticator').map(path => `${path}.session()`),
      '@fastify/passport#secureSession()', '@fastify/passport#default.new.secureSession()', '@fastify/passport#Authenticator.new.secureSession()'],
      session: { name: 'passport.session', default: 'none', login: 'always' } },
    { path: ['connect-flash#default()', 'express-flash#default()', 'koa-flash#default()', 'koa-connect-flash#default()', 'koa-better-flash#default()',
      'express-flash-message#default()', ...registered(['@fastify/flash', 'fastify-flash'])],
      session: { name: 'flash messages', default: 'none' } },
    { path: ['lusca#default()', 'lusca#csrf()', 'koa-csrf#default.new', 'csrf-sync#csrfSync()'], session: { name: 'session CSRF secret', default: 'none' } },
  ]
}
