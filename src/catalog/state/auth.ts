import type { AccessPath, CatalogRow } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

const auth = (path: AccessPath[], message: string, gate = false): CatalogRow => ({ path, evidence: { question: 'auth', message }, ...(gate && { gate }) })

function tokens(): CatalogRow[] {
  return [
    auth(['jsonwebtoken#verify()', '@tsndr/cloudflare-worker-jwt#verify()', 'jwt-simple#decode()', 'njwt#verify()', 'hono/jwt#verify()', 'hono/utils/jwt#verify()',
      '@elysiajs/jwt#jwt()', 'fast-jwt#createVerifier()', 'next-auth/jwt#getToken()', '@auth/core/jwt#getToken()'], 'a signed token (JWT) is verified with each request'),
    auth(['jose#jwtVerify()', 'jose/jwt/verify#jwtVerify()', 'jose/jwt/verify#default()', 'jose#compactVerify()', 'jose#jwtDecrypt()', 'jose#JWT.verify()',
      'jose/jwt/decrypt#jwtDecrypt()'], 'a signed or sealed token is verified with each request (jose)'),
    auth(['express-jwt#expressjwt()', 'express-jwt#expressJwt()', 'express-jwt#default()', 'koa-jwt#default()', 'hono/jwt#jwt()', 'hono/jwk#jwk()',
      'express-oauth2-jwt-bearer#auth()', '@hono/oidc-auth#oidcAuthMiddleware()', '@middy/http-jwt#default()'], 'a bearer token is verified by middleware', true),
    auth(registered(['@fastify/jwt', 'fastify-jwt', '@fastify/bearer-auth', 'hapi-auth-jwt2', '@hapi/jwt', 'fastify-auth0-verify', '@hapi/basic',
      'hapi-auth-basic', 'hapi-auth-bearer-token', '@fastify/basic-auth'],
      'fastifyJwt', 'plugin'), 'credentials are verified with each request by a plugin'),
    auth(['fastify#FastifyRequest.new.jwtVerify()', '@nestjs/jwt#JwtService.new.verify()', '@nestjs/jwt#JwtService.new.verifyAsync()', '@nestjs/jwt#JwtModule.register()',
      '@nestjs/jwt#JwtModule.registerAsync()'], 'a signed token (JWT) is verified with each request'),
    auth(['passport-jwt#Strategy.new', 'passport-http-bearer#Strategy.new', 'passport-http-bearer#default.new', 'passport-http#BasicStrategy.new',
      'passport-http#DigestStrategy.new', 'passport-headerapikey#HeaderAPIKeyStrategy.new', 'passport-azure-ad#BearerStrategy.new', 'passport-client-cert#Strategy.new',
      'passport-custom#Strategy.new', 'nestjs-supabase-auth#SupabaseAuthStrategy.new',
      // Strategies of whatever library that are told to take the bearer token of the request.
      'passport-jwt#ExtractJwt.fromAuthHeaderAsBearerToken()', 'passport-jwt#ExtractJwt.fromAuthHeaderWithScheme()', 'passport-jwt#ExtractJwt.fromHeader()'], 'a credential of the request itself is verified (passport strategy)'),
    auth(['aws-jwt-verify#CognitoJwtVerifier.create()', 'aws-jwt-verify#JwtVerifier.create()', '@okta/jwt-verifier#default.new', 'jwks-rsa#expressJwtSecret()',
      'jwks-rsa#passportJwtSecret()', 'jwks-rsa#koaJwtSecret()', 'jwks-rsa#default()', 'jose#createRemoteJWKSet()', 'get-jwks#default()', 'express-oauth2-bearer#auth()'],
      'tokens are verified against the keys of the issuer (JWKS)'),
    auth(['paseto#V1.verify()', 'paseto#V2.verify()', 'paseto#V3.verify()', 'paseto#V4.verify()', 'paseto#V3.decrypt()', 'paseto-ts/v4#verify()',
      'paseto-ts/v4#decrypt()', 'iron-session#unsealData()', '@hapi/iron#unseal()', 'iron-webcrypto#unseal()', 'branca#default().decode()'],
      'a signed or sealed token is opened with each request'),
    auth(['google-auth-library#OAuth2Client.new.verifyIdToken()', 'firebase-admin/auth#Auth.new.verifyIdToken()', 'firebase-admin/auth#Auth.new.verifySessionCookie()',
      '@clerk/backend#verifyToken()', '@clerk/nextjs/server#auth()', '@privy-io/server-auth#PrivyClient.new.verifyAuthToken()',
      'openid-client#Client.new.introspect()', 'openid-client#tokenIntrospection()', 'descope-client#validateJwt()', 'supertokens-node/recipe/session#getSession()',
        'supertokens-node/recipe/session/framework/express#verifySession()'], 'a token of an identity provider is verified with each request'),
    auth(['express-basic-auth#default()', 'koa-basic-auth#default()', 'hono/basic-auth#basicAuth()', 'hono/bearer-auth#bearerAuth()', 'basic-auth#default()',
      'http-auth#basic()', '@elysiajs/bearer#bearer()'], 'credentials come with each request (basic or bearer)', true),
    auth(['@feathersjs/authentication#AuthenticationService.new', '@feathersjs/authentication#JWTStrategy.new', '@feathersjs/authentication-jwt#default()'],
      'Feathers verifies a signed token (JWT) with each request'),
    auth(['djwt#verify()', '@oslojs/jwt#parseJWT()', 'oslo/jwt#validateJWT()', '@hono/firebase-auth#verifyFirebaseAuth()', 'stytch#Client.new.sessions.authenticateJwt()'],
      'a signed token is verified with each request'),
    auth(['payload#buildConfig()', 'payload/config#buildConfig()', 'strapi#config.admin()'], 'the content system verifies a signed token (JWT) with each request'),
    auth(['meteor/meteor#Meteor.userId()', 'meteor/meteor#Meteor.user()', 'meteor/meteor#Meteor.userAsync()', 'global#Meteor.userId()', 'global#Meteor.user()', 'global#Meteor.userAsync()'],
      'Meteor knows the caller by a login token that its database holds'),
    auth(['@supabase/ssr#createServerClient()', '@supabase/auth-helpers-nextjs#createServerComponentClient()', '@supabase/auth-helpers-nextjs#createRouteHandlerClient()',
      '@supabase/auth-helpers-nextjs#createMiddlewareClient()'], 'the Supabase session travels in cookies of the request'),
  ]
}

function providers(): CatalogRow[] {
  const shared = { confined: true as const, fix: '`@shopify/shopify-app-session-storage-redis`, or another over a database' }
  const adapter = 'give it an adapter over a database or Redis that all replicas share'
  return [
    { path: ['oidc-provider#default.new', 'oidc-provider#Provider.new'], infra: { kind: 'auth-store', name: 'oidc-provider', external: ['1.adapter'], fix: adapter } },
    { path: ['@azure/msal-node#ConfidentialClientApplication.new', '@azure/msal-node#PublicClientApplication.new'],
      infra: { kind: 'auth-store', name: '@azure/msal-node', external: ['0.cache.cachePlugin'], uses: ['acquireTokenSilent', 'getTokenCache',
        'getAllAccounts'], fix: 'pass a distributed `cache: { cachePlugin }`' } },
    { path: 'keycloak-connect#default.new', infra: { kind: 'auth-store', name: 'keycloak-connect', external: ['0.store'], driver: { arg: '1.bearer-only',
      external: ['true'], absent: 'external' }, fix: 'share the store of the sessions (Redis), or use `bearer-only`' } },
    { path: ['@node-saml/node-saml#SAML.new', 'node-saml#SAML.new', '@node-saml/passport-saml#Strategy.new', '@node-saml/passport-saml#MultiSamlStrategy.new',
      'passport-saml#Strategy.new', 'passport-saml#MultiSamlStrategy.new'],
      infra: { kind: 'auth-store', name: 'SAML request cache', external: ['0.cacheProvider'], driver: { arg: '0.validateInResponseTo', memory: ['always', 'ifPresent',
        'true'], absent: 'external' }, fix: 'pass a `cacheProvider` over Redis' } },
    { path: instances(['@node-saml/node-saml', 'node-saml', 'passport-saml/lib/node-saml/inmemory-cache-provider'], 'CacheProvider', 'InMemoryCacheProvider'),
      store: { kind: 'memory', backend: 'saml' } },
    // Transactions lie in the session of the request.
    { path: ['oauth2orize#createServer()', 'oauth2orize-koa#createServer()'], session: { name: 'oauth2orize', default: 'none', store: ['0.store'] } },
    { path: ['@slack/oauth#InstallProvider.new'], infra: { kind: 'auth-store', name: '@slack/oauth', external: ['0.installationStore'],
      fix: 'pass an `installationStore` over a database' } },
    store(['@slack/oauth#MemoryInstallationStore.new', '@slack/bolt#MemoryStore.new', '@slack/bolt/dist/conversation-store#MemoryStore.new',
      'oidc-provider/lib/adapters/memory_adapter.js#default.new'], 'memory'),
    store(['@slack/oauth#FileInstallationStore.new'], 'file'),
    { path: ['@shopify/shopify-app-session-storage-memory#MemorySessionStorage.new', '@shopify/shopify-api#MemorySessionStorage.new',
      '@shopify/shopify-api#Session.MemorySessionStorage.new'], session: { name: 'Shopify session storage', default: 'memory', login: true, ...shared } },
    { path: ['@shopify/shopify-app-session-storage-sqlite#SQLiteSessionStorage.new'], session: { name: 'Shopify session storage', default: 'file', login: true, ...shared } },
    { path: ['prisma#Prisma', 'redis#Redis', 'postgresql#PostgreSQL', 'mysql#MySQL', 'mongodb#MongoDB', 'dynamodb#DynamoDB', 'kv#KV',
      'drizzle#DrizzlePostgres'].map(pair => `@shopify/shopify-app-session-storage-${pair}SessionStorage.new`), session: { name: 'Shopify session storage',
      default: 'external', login: true } },
    { path: ['@atproto/oauth-client-node#NodeOAuthClient.new'], infra: { kind: 'auth-store', name: '@atproto/oauth-client-node', external: ['0.stateStore',
      '0.sessionStore'], fix: 'pass a `stateStore` and a `sessionStore` over a database' } },
    { path: ['nestjs-session#SessionModule.forRoot()'], session: { name: 'nestjs-session', default: 'memory', store: ['0.session.store'], login: true } },
  ]
}

/** What a login leaves behind between its two requests. */
function handshakes(): CatalogRow[] {
  return [
    { path: ['csurf#default()', 'tiny-csrf#default()', 'koa-csrf#default()'], session: { name: 'session CSRF secret', default: 'none' } },
    { path: ['csrf-csrf#doubleCsrf()', 'edge-csrf#default()', '@edge-csrf/nextjs#createCsrfProtect()', 'next-csrf#nextCsrf()'], evidence: { question: 'session',
      message: 'CSRF protection by double-submit cookie needs no server state' } },
    { path: ['passport-oauth2#StateStore.new', 'passport-oauth2/lib/state/session#default.new', 'passport-oauth2/lib/state/pkcesession#default.new'],
      session: { name: 'OAuth state in the session', default: 'none' } },
    { path: ['tough-cookie#CookieJar.new', 'fetch-cookie#default()', 'axios-cookiejar-support#wrapper()'], container: { kind: 'map' } },
    { path: ['tough-cookie#CookieJar.new.setCookie', 'tough-cookie#CookieJar.new.setCookieSync'], access: { op: 'write', value: '0', key: '1' } },
    { path: ['tough-cookie#CookieJar.new.getCookies', 'tough-cookie#CookieJar.new.getCookieString', 'tough-cookie#CookieJar.new.getCookiesSync',
      'tough-cookie#CookieJar.new.getCookieStringSync'], access: { op: 'read', key: '0' } },
  ]
}

function policies(): CatalogRow[] {
  const enforcer = ['casbin#newEnforcer()', 'casbin#newCachedEnforcer()', 'casbin#newSyncedEnforcer()', 'casbin#Enforcer.new']
  return [
    { path: enforcer, container: { kind: 'map' } },
    { path: enforcer.flatMap(path => ['addPolicy', 'addPolicies', 'addNamedPolicy', 'addGroupingPolicy', 'addRoleForUser',
      'addPermissionForUser'].map(name => `${path}.${name}`)), access: { op: 'write', value: '0..' } },
    { path: enforcer.flatMap(path => ['removePolicy', 'removeFilteredPolicy', 'deleteRoleForUser', 'deleteUser', 'deleteRole'].map(name => `${path}.${name}`)),
      access: { op: 'delete' } },
    { path: ['accesscontrol#AccessControl.new', 'rbac#default.new', 'easy-rbac#default.new', 'acl#default.new', '@rbac/rbac#default()'], container: { kind: 'map' } },
    { path: ['accesscontrol#AccessControl.new.grant', 'accesscontrol#AccessControl.new.deny', 'accesscontrol#AccessControl.new.setGrants',
      'accesscontrol#AccessControl.new.extendRole'], access: { op: 'write', key: '0' } },
    { path: 'acl#memoryBackend.new', store: { kind: 'memory', backend: 'acl' } },
    { path: ['acl#redisBackend.new', 'acl#mongodbBackend.new', '@casbin/redis-watcher#RedisWatcher.newWatcher()', 'casbin-redis-adapter#NodeRedisAdapter.newAdapter()',
      'typeorm-adapter#newAdapter()', 'casbin-prisma-adapter#PrismaAdapter.newAdapter()'], store: { kind: 'external', backend: 'database' } },
  ]
}

function context(): CatalogRow[] {
  const message = 'request-scoped context is kept in AsyncLocalStorage'
  return [
    { path: ['node:async_hooks#AsyncLocalStorage.new.run', 'async_hooks#AsyncLocalStorage.new.run'], evidence: { question: 'context', message } },
    { path: ['nestjs-cls#ClsModule.forRoot()', 'nestjs-cls#ClsModule.forRootAsync()', 'cls-hooked#createNamespace()', 'cls-rtracer#expressMiddleware()',
      'cls-rtracer#koaMiddleware()', ...registered('@fastify/request-context', 'fastifyRequestContext'), 'express-http-context#middleware()',
      'hono/context-storage#contextStorage()', '@nestjs-cls/transactional#ClsPluginTransactional.new', 'asynchronous-local-storage#als.runWith()',
      'unctx#createContext()', 'express-ctx#middleware()'], evidence: { question: 'context', message } },
    { path: [...calls('next/headers', 'cookies', 'headers')], evidence: { question: 'context',
      message: 'request data is read from the request-scoped store of Next.js' } },
  ]
}

/** Authentication: verification that needs no state here, and the pieces that keep some unless told otherwise. */
export const authRows: CatalogRow[] = [...tokens(), ...providers(), ...handshakes(), ...policies(), ...context()]
