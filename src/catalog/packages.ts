/** Names of packages that say what a file, or a call, is for, where no row about their exports is needed. */

/** Frameworks that render on the server: their components are server code too. */
export const SERVER_RENDERING = ['next', 'nuxt', '@remix-run/node', '@remix-run/react', '@react-router/node', '@react-router/dev', '@sveltejs/kit', 'astro', 'solid-start', '@solidjs/start', '@tanstack/react-start', '@tanstack/start', 'gatsby', 'vike', 'vite-plugin-ssr', '@builder.io/qwik-city', '@analogjs/platform', '@redwoodjs/core', 'fresh', '@fresh/core']
/** Packages that are only of use in a browser. */
export const BROWSER = /^(react|react-dom|vue|svelte|preact|solid-js|@angular\/(core|common|platform-browser|router)|jquery|mobx-react|react-router(-dom)?|@mui\/.+|@emotion\/.+|styled-components|lit|backbone|ember.*|vue-router|pinia|vuex|@chakra-ui\/.+|antd|framer-motion|codemirror|@codemirror\/.+|prosemirror-.+|d3|three|leaflet|bootstrap|bootstrap-.+|sweetalert2?|@popperjs\/core|@fortawesome\/.+|(typeface|@fontsource)[-/].+)$/
/** Modules that turn components into text. */
export const RENDERERS = /^(react-dom\/(server|static)|vue\/server-renderer|@vue\/server-renderer|preact-render-to-string|svelte\/server|solid-js\/web\/server)/
/** Packages that answer requests. */
export const SERVERS = /^(express|koa|fastify|@nestjs\/core|@hapi\/hapi|hono|restify|polka)$/

/** Packages that say that a file runs on a server. */
export const SERVER = new RegExp(`^(${[
  'express', 'express-.+', 'koa', 'koa-.+', '@koa/.+', 'fastify', 'fastify-.+', '@fastify/.+', '@nestjs/.+', '@hapi/.+', 'hono', 'restify', 'polka', 'h3', 'socket\\.io', 'ws', '@trpc/server', '@apollo/server', 'apollo-server.*', 'graphql-yoga', 'mercurius',
  'sequelize', 'sequelize-typescript', 'knex', 'objection', 'typeorm', '@prisma/client', 'drizzle-orm', 'kysely', '@mikro-orm/.+', 'mongoose', 'mongodb', 'pg', 'mysql2', 'better-sqlite3', 'ioredis', 'redis', 'bull', 'bullmq', 'kafkajs', 'amqplib',
  'nodemailer', 'stripe', 'jsonwebtoken', 'passport.*', 'aws-sdk', '@aws-sdk/.+', 'firebase-admin',
].join('|')})$`)

/** Packages that make pages, by themselves or as a framework. */
export const MAKES_PAGES = /^(react-dom\/server|@?vue\/server-renderer|vue|svelte|preact-render-to-string|solid-js\/web|next|nuxt|@remix-run\/.+|react-router|@react-router\/.+|@sveltejs\/kit|astro|vike|@angular\/ssr)(\/|$)/

/** Libraries whose functions look into the list that they are given. */
export const COLLECTION_HELPERS = /^(lodash|lodash-es|underscore|ramda|remeda)(\/|#|\.)/

/** Libraries that make what they give of what they are given, and of nothing else. */
export const OF_INPUT_ALONE = new RegExp(`^(${[
  'lodash', 'lodash-es', 'underscore', 'ramda', 'remeda', 'semver', 'ms', 'bytes', 'ipaddr\\.js', 'ip-address', 'cidr-matcher', 'countries-list', 'i18n-iso-countries', 'slugify', '@sindresorhus/slugify', 'he', 'entities',
  'marked', 'markdown-it', 'path-to-regexp', 'minimatch', 'picomatch', 'micromatch', 'ajv', 'zod', 'joi', '@hapi/joi', 'yup', 'valibot', 'superstruct', '@sinclair/typebox', 'validator', 'qs', 'query-string', 'camelcase', 'change-case', 'pluralize', 'json-stable-stringify',
  'fast-json-stable-stringify', 'object-hash', 'handlebars', 'mustache', 'yaml', 'js-yaml', 'json5',
  'tiktoken', '@dqbd/tiktoken', 'js-tiktoken', 'gpt-tokenizer', 'gpt-3-encoder', 'highlight\\.js', 'prismjs', 'sanitize-html', 'dompurify', 'isomorphic-dompurify', 'turndown', 'nunjucks', 'liquidjs',
  'ua-parser-js', 'mime', 'mime-types', 'mathjs', 'jsonata', 'jmespath', 'tldts', 'psl', 'iconv-lite',
].join('|')})(/|#|\\.)`)

/** What goes to processes and threads that this one has started, or to the one that has started it. */
export const TO_OWN_PROCESS = /^node:(child_process|worker_threads|cluster)#.*\.(send|postMessage)$|^global#process\.send$/

/** Libraries of schemas: functions that they are given (`custom`, `refine`) run when something is checked, and are no part of the schema that is made. */
export const CHECKS_LATER = /^(joi|@hapi\/joi|zod|yup|valibot|superstruct|@sinclair\/typebox)(\/|#|\.)/

/** Libraries that people publish again under a scope of their own, changed a little: `@someone/sequelize` is one. */
export const FORKED = new Set([
  'express', 'express-session', 'koa', 'koa-router', 'koa-passport', 'fastify', 'passport', 'oauth2orize', 'multer', 'sequelize', 'mongoose', 'mongodb', 'knex', 'typeorm', 'sqlite3', 'better-sqlite3', 'ioredis', 'bull',
  'node-schedule', 'nodemailer', 'socket.io',
])

/** Names that a platform or framework puts among the globals, and that a project may hang things on. */
export const PLATFORM_GLOBALS = new Set(['addEventListener', 'DurableObject', 'Meteor', 'Mongo', 'DDPRateLimiter', 'Parse', 'awslambda', 'sails', 'strapi', 'think', 'Astro', 'ROUTE', 'ON', 'NEWSCHEMA', 'NEWACTION', 'NOSQL', 'DATA', 'F', 'INSERT', 'UPSERT', 'UPDATE', 'DELETE', 'SELECT', 'cds'])

/** Packages that log in by themselves and keep who it is in the session of the request. */
export const LOGS_IN_BY_SESSION = /^(?:@okta\/oidc-middleware|express-stormpath)$/

/** Globals in which frameworks keep the time now: who sets one sets what every replica has. */
export const CLOCKS: Record<string, string[]> = { NOW: ['total.js', 'total4', 'total5'] }

/** Frameworks that copy this folder of theirs to where browsers get it. */
export const SERVED_FOLDERS: Record<string, string> = { sails: 'assets' }

/** Where files are put under a name that is made up. */
export const FILE_STORES = /^(local disk|file system|s3|gcs|minio|r2|azure blob|vercel blob|cloudinary|uploadthing|supabase|appwrite)$/
/** Caches and files are no rows. */
export const NO_ROWS = /redis|memcached|cache|file system|local disk|session/i

/** Packages whose promises are as good as the language's own, by where they have the class, and where its static functions. */
export const PROMISES: [at: string, statics: string][] = [
  ...['bluebird', 'any-promise', 'pinkie-promise', 'pinkie', 'promise', 'lie', 'core-js/es/promise', 'promise-polyfill'].map((name): [string, string] => [`${name}#default`, `${name}#`]),
  ...['bluebird', 'es6-promise', 'rsvp', 'q', 'ts-promise'].map((name): [string, string] => [`${name}#Promise`, `${name}#Promise.`]),
  ['global#Promise', 'global#Promise.'],
]

/** What a package depends on that serves, or is called from outside in another way. */
export const SERVES = new RegExp(`^(?:${[
  'next', 'nuxt', 'nitropack', 'express', 'express5', 'fastify', 'koa', 'hono', 'h3', 'hapi', 'restify', 'polka', 'micro', 'elysia', 'sails', 'egg', 'thinkjs', 'meteor', 'total4', 'moleculer', 'seneca', 'ws', 'socket\\.io', 'sockjs', 'primus',
  'uWebSockets\\.js', 'hyper-express', 'graphql-yoga', 'mercurius', 'discord\\.js', 'eris', 'telegraf', 'grammy', 'probot', 'aws-lambda', 'aws-cdk-lib', 'aws-sdk', 'firebase-functions', 'wrangler', 'astro',
  'apollo-server(?:-\\w+)?', 'bull', 'bullmq', 'amqplib', 'kafkajs', 'connect', 'restana', 'strapi', 'keystone', 'ponder', 'convex',
  'type-graphql', 'nexus', 'routing-controllers', 'tsoa', 'typescript-rest', 'inversify-express-utils', 'express-graphql', 'graphql-subscriptions', 'colyseus', 'peer',
].join('|')}|@(?:hapi|nestjs|sveltejs|remix-run|react-router|apollo|grpc|trpc|orpc|elysiajs|feathersjs|adonisjs|loopback|midwayjs|tsed|foal|aws-sdk|slack|strapi|keystone-6|architect|azure|google-cloud|solidjs|tanstack|cloudflare|pothos|middy|colyseus|marblejs|envelop)/.+)$`)

/** Packages that lead what an API description names to functions of the project. */
export const ROUTES_BY_DESCRIPTION = /^(?:swagger-tools|swagger-node-runner|swagger-(?:express|restify|connect|hapi|sails)-mw|swagger-hapi|exegesis(?:-\w+)?|express-openapi-validator|oas-tools|@oas-tools\/\w+|oas3-tools)$/

/** Functions that throw: what stands behind a call of them never runs. */
export const THROWING: Readonly<Record<string, readonly string[]>> = {
  '@sveltejs/kit': ['error', 'redirect'],
  'next/navigation': ['redirect', 'permanentRedirect', 'notFound', 'forbidden', 'unauthorized'],
  'next/dist/client/components/redirect': ['redirect', 'permanentRedirect'],
  'assert': ['fail'], 'node:assert': ['fail'], 'node:assert/strict': ['fail'],
}
/** Functions that throw unless their first argument holds. */
export const INSISTING: Readonly<Record<string, readonly string[]>> = {
  'tiny-invariant': ['default'], 'invariant': ['default'], 'ts-invariant': ['default', 'invariant'],
  '@epic-web/invariant': ['invariant', 'invariantResponse'], 'http-assert': ['default', 'ok'],
  'assert': ['default', 'ok', 'strict'], 'node:assert': ['default', 'ok', 'strict'], 'node:assert/strict': ['default', 'ok'],
  '@std/assert': ['assert', 'assertExists'], '@hapi/hoek': ['assert'],
}
