import type { FileHead } from '../model/facts.js'
import type { Manifest, Resolver } from '../model/input.js'

interface SourceFile {
  path: string
  facts: FileHead
}

/** Frameworks that render on the server: their components are server code too. */
const SERVER_RENDERING = ['next', 'nuxt', '@remix-run/node', '@remix-run/react', '@react-router/node', '@react-router/dev', '@sveltejs/kit', 'astro', 'solid-start', '@solidjs/start', '@tanstack/react-start', '@tanstack/start', 'gatsby', 'vike', 'vite-plugin-ssr', '@builder.io/qwik-city', '@analogjs/platform', '@redwoodjs/core', 'fresh', '@fresh/core']
/** Packages that are only of use in a browser. */
const BROWSER = /^(react|react-dom|vue|svelte|preact|solid-js|@angular\/(core|common|platform-browser|router)|jquery|mobx-react|react-router(-dom)?|@mui\/.+|@emotion\/.+|styled-components|lit|backbone|ember.*|vue-router|pinia|vuex|@chakra-ui\/.+|antd|framer-motion|codemirror|@codemirror\/.+|prosemirror-.+|d3|three|leaflet|bootstrap|bootstrap-.+|sweetalert2?|@popperjs\/core|@fortawesome\/.+|(typeface|@fontsource)[-/].+)$/
/** Only a bundler for browsers knows what to do with it. */
const STYLES = /\.(css|scss|sass|less|styl)$/
const RENDERS = /^(react-dom\/(server|static)|vue\/server-renderer|@vue\/server-renderer|preact-render-to-string|svelte\/server|solid-js\/web\/server)/
const SERVES = /^(express|koa|fastify|@nestjs\/core|@hapi\/hapi|hono|restify|polka)$/
const COMPONENT = /\.(vue|svelte)$/

/** Packages that say that a file runs on a server. */
const SERVER = new RegExp(`^(${[
  'express', 'express-.+', 'koa', 'koa-.+', '@koa/.+', 'fastify', 'fastify-.+', '@fastify/.+', '@nestjs/.+', '@hapi/.+', 'hono', 'restify', 'polka', 'h3', 'socket\\.io', 'ws', '@trpc/server', '@apollo/server', 'apollo-server.*', 'graphql-yoga', 'mercurius',
  'sequelize', 'sequelize-typescript', 'knex', 'objection', 'typeorm', '@prisma/client', 'drizzle-orm', 'kysely', '@mikro-orm/.+', 'mongoose', 'mongodb', 'pg', 'mysql2', 'better-sqlite3', 'ioredis', 'redis', 'bull', 'bullmq', 'kafkajs', 'amqplib',
  'nodemailer', 'stripe', 'jsonwebtoken', 'passport.*', 'aws-sdk', '@aws-sdk/.+', 'firebase-admin',
].join('|')})$`)

/**
 * Paths of code that only a browser runs, which is not where an audit starts: files that import browser packages, files that
 * import those without showing any sign of a server, and what nobody but such files imports. They are evaluated all the same
 * when server code imports them (templates of mails, shared helpers). Heads are enough to tell.
 */
export const clientOnly = (files: readonly SourceFile[], resolver: Resolver): Set<string> => {
  const client = new Set(files.filter((file) => isClient(file, resolver)).map(({ path }) => path))
  if (client.size === 0) return client
  const importers = importersOf(files, resolver)
  const queue = [...client]
  for (let i = 0; i < queue.length; i++) {
    for (const importer of importers.get(queue[i] as string) ?? []) {
      if (client.has(importer.path) || isServer(importer, resolver)) continue
      client.add(importer.path)
      queue.push(importer.path)
    }
  }
  addImported(files, resolver, importers, client)
  return client
}

/** What only files of the browser import, round by round as they become more. */
const addImported = (files: readonly SourceFile[], resolver: Resolver, importers: ReadonlyMap<string, SourceFile[]>, client: Set<string>): void => {
  const open = files.filter((file) => !client.has(file.path) && importers.has(file.path) && !file.facts.directives.includes('use server') && !isServer(file, resolver))
  for (let size = -1; size < client.size;) {
    size = client.size
    for (const { path } of open) if (importers.get(path)?.every((importer) => client.has(importer.path))) client.add(path)
  }
}

const isClient = ({ path, facts }: SourceFile, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(path)
  if (manifest && rendersOnServer(manifest)) return facts.directives.includes('use client')
  if (COMPONENT.test(path)) return true
  // A server that renders imports both.
  if (facts.specifiers.some((specifier) => RENDERS.test(specifier) || (SERVES.test(packageOf(specifier)) && !facts.typeSpecifiers.includes(specifier)))) return false
  return facts.specifiers.some((specifier) => (BROWSER.test(packageOf(specifier)) || STYLES.test(specifier)) && !facts.typeSpecifiers.includes(specifier))
}

const isServer = ({ path, facts }: SourceFile, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(path)
  if (manifest && rendersOnServer(manifest)) return true
  return facts.specifiers.some((specifier) => SERVER.test(packageOf(specifier)) || resolver.resolve(path, specifier).kind === 'builtin')
}

const importersOf = (files: readonly SourceFile[], resolver: Resolver): Map<string, SourceFile[]> => {
  const importers = new Map<string, SourceFile[]>()
  for (const file of files) {
    for (const specifier of file.facts.specifiers) {
      const to = resolver.resolve(file.path, specifier)
      if (to.kind !== 'file') continue
      const list = importers.get(to.file)
      if (list) list.push(file)
      else importers.set(to.file, [file])
    }
  }
  return importers
}

const rendersOnServer = (manifest: Manifest): boolean => SERVER_RENDERING.some((name) => name in manifest.dependencies)

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
