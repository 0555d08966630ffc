import type { CatalogRow } from '../../model/catalog.js'

const identity = (path: string[], what: string, instead: string): CatalogRow => ({ path, setsIdentity: { what, instead } })
const on = (bases: string[], names: string[]): string[] => bases.flatMap(base => names.map(name => `${base}.${name}`))

function supabase(): CatalogRow[] {
  const clients = ['@supabase/supabase-js#SupabaseClient.new', '@nhost/nhost-js#NhostClient.new', '@supabase/auth-js#AuthClient.new',
    '@supabase/gotrue-js#GoTrueClient.new']
  const names = ['signInWithPassword', 'signInWithOtp', 'signInWithIdToken', 'signInAnonymously', 'signIn', 'signUp', 'setSession', 'setAuth', 'verifyOtp',
    'exchangeCodeForSession', 'refreshSession', 'signOut', 'initialize', 'signInWithSSO']
  return [
    identity(on(clients, names.map(name => `auth.${name}`)), "the client keeps the user's session",
      'create a client for each request (`createServerClient` of @supabase/ssr) with `persistSession: false`'),
    { path: '@supabase/supabase-js#SupabaseClient.new', client: 'sdk' },
    { path: '@supabase/supabase-js#createClient', returns: '@supabase/supabase-js#SupabaseClient.new' },
    identity(['@supabase/supabase-js#SupabaseClient.new.realtime.setAuth'], "the client keeps the user's token", 'create a client for each request'),
  ]
}

function google(): CatalogRow[] {
  const clients = ['google-auth-library#OAuth2Client.new', 'googleapis#google.auth.OAuth2.new', 'googleapis#Auth.OAuth2Client.new', '@googleapis/oauth2#auth.OAuth2.new',
    'googleapis#auth.OAuth2.new', 'googleapis#OAuth2Client.new']
  return [
    identity(on(clients, ['setCredentials', 'refreshAccessToken']), "the client keeps the user's tokens", 'create an OAuth2Client for each request'),
    identity(on(clients, ['credentials']), "the client keeps the user's tokens", 'create an OAuth2Client for each request'),
    { path: clients, client: 'sdk' },
  ]
}

function firebase(): CatalogRow[] {
  const names = ['signInWithEmailAndPassword', 'signInWithCustomToken', 'signInWithCredential', 'signInAnonymously', 'createUserWithEmailAndPassword', 'signInWithPopup',
    'signInWithEmailLink', 'updateCurrentUser', 'signOut']
  return [
    identity(names.map(name => `firebase/auth#${name}`), 'the client SDK has one current user for the process',
      'verify ID tokens with firebase-admin, or use `initializeServerApp` for each request'),
    identity([...on(['firebase#auth()', 'firebase/app#auth()', 'firebase/compat/app#auth()'], names)], 'the client SDK has one current user for the process',
      'verify ID tokens with firebase-admin'),
    identity(['@react-native-firebase/auth#default().signInWithEmailAndPassword'], 'the client SDK has one current user for the process',
      'verify ID tokens with firebase-admin'),
  ]
}

function others(): CatalogRow[] {
  return [
    identity(on(['pocketbase#default.new', 'pocketbase#PocketBase.new'], ['authStore.save', 'authStore.loadFromCookie', 'authStore.clear',
      'collection().authWithPassword', 'collection().authWithOAuth2', 'collection().authRefresh', 'admins.authWithPassword']),
      "the client's authStore keeps the user's token", 'create a PocketBase client for each request'),
    identity(on(['appwrite#Client.new', 'node-appwrite#Client.new'], ['setSession', 'setJWT', 'setLocale']), "the client keeps the user's session",
      'create a Client for each request'),
    { path: on(['appwrite#Client.new', 'node-appwrite#Client.new'], ['setEndpoint', 'setProject', 'setKey', 'setSession', 'setJWT', 'setLocale', 'setSelfSigned']),
      returns: 'this' },
    identity(on(['spotify-web-api-node#default.new'], ['setAccessToken', 'setRefreshToken', 'setCredentials', 'resetAccessToken']), "the client keeps the user's tokens",
      'create a client for each request'),
    identity(on(['@directus/sdk#createDirectus()', '@directus/sdk#Directus.new', '@directus/sdk#createDirectus().with()', '@directus/sdk#createDirectus().with().with()'],
      ['login', 'setToken', 'auth.login', 'auth.refresh', 'refresh']), "the client keeps the user's token", 'create a client for each request'),
    identity(['parse/node#User.logIn', 'parse/node#User.become', 'parse#User.logIn', 'parse#User.become', 'parse/node#User.enableUnsafeCurrentUser'],
      'the SDK has one current user for the process', 'pass `{ sessionToken }` with each call'),
    identity(['aws-amplify/auth#signIn', 'aws-amplify#Auth.signIn', '@aws-amplify/auth#signIn', '@aws-amplify/auth#Auth.signIn', 'aws-amplify/auth#signOut'],
      'Amplify has one current user for the process', 'use `runWithAmplifyServerContext`'),
    identity(['amazon-cognito-identity-js#CognitoUser.new.setSignInUserSession'], "the object keeps the user's session", 'create it for each request'),
    identity(on(['jsforce#Connection.new'], ['login', 'initialize', 'loginByOAuth2', 'authorize']), "the connection keeps the user's session",
      'create a Connection for each request'),
    identity(on(['ssh2-sftp-client#default.new', 'basic-ftp#Client.new', 'imapflow#ImapFlow.new'], ['connect', 'access', 'login']),
      'the connection belongs to one account', 'open a connection for each request'),
    identity(on(['ldapjs#createClient()', 'ldapts#Client.new'], ['bind']), 'the connection is bound to one user', 'create a client for each bind that checks a password'),
    identity(['graphql-request#GraphQLClient.new.setHeader', 'graphql-request#GraphQLClient.new.setHeaders'], "the client sends one user's headers with every request",
      'pass headers with each call'),
    identity(['soap#Client.new.setSecurity', 'soap#createClientAsync().setSecurity', 'soap#createClient().setSecurity'], 'the client keeps the credentials',
      'create a client for each request'),
    identity(['@apollo/client#ApolloClient.new.setLink', '@apollo/client/core#ApolloClient.new.setLink'], 'the client keeps the link with its credentials',
      'create a client for each request'),
    identity(on(['@feathersjs/feathers#Application.new'], ['authenticate', 'reAuthenticate']), 'the client keeps the user', 'create a client for each request'),
    identity(on(['matrix-js-sdk#createClient()'], ['login', 'loginWithPassword', 'setAccessToken']), 'the client keeps the user', 'create a client for each request'),
    identity(['xero-node#XeroClient.new.setTokenSet', 'intuit-oauth#default.new.setToken'], "the client keeps the user's tokens", 'create a client for each request'),
    identity(['twitter-api-sdk#auth.OAuth2User.new.requestAccessToken', 'snoowrap#default.new.updateAccessToken', '@hubspot/api-client#Client.new.setAccessToken',
      'dropbox#DropboxAuth.new.setAccessToken', 'dropbox#DropboxAuth.new.setRefreshToken'], "the client keeps the user's tokens", 'create a client for each request'),
    identity(['convex/browser#ConvexHttpClient.new.setAuth', 'convex/browser#ConvexClient.new.setAuth'], "the client keeps the user's token",
      'create a client for each request'),
  ]
}

/** Calls that put one user's credentials on a client: on a client that all requests share, the next request is that user. */
export const sharedIdentityRows: CatalogRow[] = [...supabase(), ...google(), ...firebase(), ...others()]
