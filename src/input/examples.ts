import type { Manifest } from '../model/input.js'

const exampleFolder = /(?:^|\/)(?:examples?|samples?)(?:\/|$)/
/** What a package depends on that serves, or is called from outside in another way. */
const serves = new RegExp(`^(?:${[
  'next', 'nuxt', 'nitropack', 'express', 'express5', 'fastify', 'koa', 'hono', 'h3', 'hapi', 'restify', 'polka', 'micro', 'elysia', 'sails', 'egg', 'thinkjs', 'meteor', 'total4', 'moleculer', 'seneca', 'ws', 'socket\\.io', 'sockjs', 'primus',
  'uWebSockets\\.js', 'hyper-express', 'graphql-yoga', 'mercurius', 'discord\\.js', 'eris', 'telegraf', 'grammy', 'probot', 'aws-lambda', 'aws-cdk-lib', 'aws-sdk', 'firebase-functions', 'wrangler', 'astro',
  'apollo-server(?:-\\w+)?', 'bull', 'bullmq', 'amqplib', 'kafkajs', 'connect', 'restana', 'strapi', 'keystone', 'ponder', 'convex',
].join('|')}|@(?:hapi|nestjs|sveltejs|remix-run|react-router|apollo|grpc|trpc|orpc|elysiajs|feathersjs|adonisjs|loopback|midwayjs|tsed|foal|aws-sdk|slack|strapi|keystone-6|architect|azure|google-cloud|solidjs|tanstack|cloudflare)/.+)$`)

/** Are the examples of a repository the only servers in it? A library has no others: its examples are what can be audited. */
export function onlyExamplesServe(manifests: readonly Manifest[]): boolean {
  const isServer = ({ dependencies, devDependencies, json }: Manifest): boolean => Object.keys(dependencies).some(name => serves.test(name) && !devDependencies.includes(name) && !isPeer(json, name))
  const servers = manifests.filter(isServer)
  return servers.length > 0 && servers.every(({ dir }) => exampleFolder.test(dir))
}

function isPeer({ peerDependencies }: Record<string, unknown>, name: string): boolean {
  return typeof peerDependencies === 'object' && peerDependencies !== null && name in peerDependencies
}
