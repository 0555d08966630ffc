import type { Manifest, Resolver } from '../model/input.js'
import type { Unit } from './instances.js'

/** Frameworks that render on the server: their components are server code too. */
const SERVER_RENDERING = ['next', 'nuxt', '@remix-run/node', '@remix-run/react', '@react-router/node', '@react-router/dev', '@sveltejs/kit', 'astro', 'solid-start', '@solidjs/start', '@tanstack/react-start', '@tanstack/start', 'gatsby', 'vike', 'vite-plugin-ssr', '@builder.io/qwik-city', '@analogjs/platform', '@redwoodjs/core']
/** Packages that are only of use in a browser. */
const BROWSER = /^(react|react-dom|vue|svelte|preact|solid-js|@angular\/(core|common|platform-browser|router)|jquery|mobx-react|react-router(-dom)?|@mui\/.+|@emotion\/.+|styled-components|lit|backbone|ember.*|vue-router|pinia|vuex|@chakra-ui\/.+|antd|framer-motion|codemirror|@codemirror\/.+|prosemirror-.+|d3|three|leaflet)$/
const COMPONENT = /\.(vue|svelte)$/

/** Packages that say that a file runs on a server. */
const SERVER = /^(express|koa|@koa\/.+|fastify|@fastify\/.+|@nestjs\/.+|@hapi\/.+|hono|sequelize|sequelize-typescript|knex|typeorm|@prisma\/client|mongoose|mongodb|pg|mysql2|ioredis|redis|socket\.io|ws|bull|bullmq|nodemailer|jsonwebtoken|passport.*|aws-sdk|@aws-sdk\/.+)$/

/**
 * Code that only a browser runs is not where an audit starts: files that import browser packages, and files that import
 * those without showing any sign of a server. They are evaluated all the same when server code imports them
 * (templates of mails, shared helpers).
 */
export const clientOnly = (units: Unit[], unitOf: Map<string, Unit>, resolver: Resolver): Set<Unit> => {
  const client = new Set(units.filter((unit) => isClient(unit, resolver)))
  const importers = importersOf(units, unitOf, resolver)
  const queue = [...client]
  for (let i = 0; i < queue.length; i++) {
    for (const importer of importers.get(queue[i] as Unit) ?? []) {
      if (client.has(importer) || isServer(importer, resolver)) continue
      client.add(importer)
      queue.push(importer)
    }
  }
  return client
}

const isClient = (unit: Unit, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(unit.path)
  if (manifest && rendersOnServer(manifest)) return unit.facts.directives.includes('use client')
  if (COMPONENT.test(unit.path)) return true
  return unit.facts.imports.some((fact) => !fact.typeOnly && BROWSER.test(packageOf(fact.s)))
}

const isServer = (unit: Unit, resolver: Resolver): boolean => {
  const manifest = resolver.manifestOf(unit.path)
  if (manifest && rendersOnServer(manifest)) return true
  return unit.facts.specifiers.some((specifier) => SERVER.test(packageOf(specifier)) || resolver.resolve(unit.path, specifier).kind === 'builtin')
}

const importersOf = (units: Unit[], unitOf: Map<string, Unit>, resolver: Resolver): Map<Unit, Unit[]> => {
  const importers = new Map<Unit, Unit[]>()
  for (const unit of units) {
    for (const specifier of unit.facts.specifiers) {
      const to = resolver.resolve(unit.path, specifier)
      const target = to.kind === 'file' ? unitOf.get(to.file) : undefined
      if (!target) continue
      const list = importers.get(target)
      if (list) list.push(unit)
      else importers.set(target, [unit])
    }
  }
  return importers
}

const rendersOnServer = (manifest: Manifest): boolean => SERVER_RENDERING.some((name) => name in manifest.dependencies)

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
