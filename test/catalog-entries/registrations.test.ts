import { describe, expect, it } from 'vitest'
import { entryRows } from '../../src/catalog/entries/index.js'
import type { CatalogRow } from '../../src/model/catalog.js'

/** As people write it → the row that must know it, and as what. */
const table: [source: string, path: string, kind: string, method?: string][] = [
  ["app.post('/orders', create)", 'express#Express.new.post', 'route', 'POST'],
  ["express.Router().get('/x', f)", 'express#Router.new.get', 'route', 'GET'],
  ["app.route('/x').put(f)", 'express#Route.new.put', 'route', 'PUT'],
  ["app.param('id', f)", 'express#Express.new.param', 'middleware'],
  ["router.post('/x', f) // @koa/router", '@koa/router#default.new.post', 'route', 'POST'],
  ["fastify.delete('/x', f)", 'fastify#FastifyInstance.new.delete', 'route', 'DELETE'],
  ["fastify.route({ method, url, handler })", 'fastify#FastifyInstance.new.route', 'route'],
  ["fastify.addHook('onRequest', f)", 'fastify#FastifyInstance.new.addHook', 'hook'],
  ["@Post('/x') create() {}", '@nestjs/common#Post', 'route', 'POST'],
  ["@SubscribeMessage('x') on() {}", '@nestjs/websockets#SubscribeMessage', 'socket'],
  ["@Cron('* * * * *') run() {}", '@nestjs/schedule#Cron', 'job'],
  ["@MessagePattern('x') on() {}", '@nestjs/microservices#MessagePattern', 'message'],
  ["@Mutation(() => Order) create() {}", '@nestjs/graphql#Mutation', 'resolver', 'MUTATION'],
  ["@Process('x') run(job) {}", '@nestjs/bull#Process', 'message'],
  ["http.createServer((req, res) => {})", 'node:http#createServer', 'route', 'ALL'],
  ["server.on('request', f)", 'node:http#Server.new.on', 'route', 'ALL'],
  ["io.on('connection', f)", 'socket.io#Server.new.on', 'socket'],
  ["socket.on('chat', f)", 'socket.io#Socket.new.on', 'socket'],
  ["wss.on('connection', f)", 'ws#WebSocketServer.new.on', 'socket'],
  ["ws.on('message', f)", 'ws#WebSocket.new.on', 'socket'],
  ["app.post('/x', f) // hono", 'hono#Hono.new.post', 'route', 'POST'],
  ["app.post('/x', f) // elysia", 'elysia#Elysia.new.post', 'route', 'POST'],
  ["server.route({ method, path, handler })", '@hapi/hapi#Server.new.route', 'route'],
  ["server.post('/x', f) // restify", 'restify#Server.new.post', 'route', 'POST'],
  ["polka().get('/x', f)", 'polka#Polka.new.get', 'route', 'GET'],
  ["t.procedure.mutation(f)", '@trpc/server#Procedure.new.mutation', 'procedure', 'MUTATION'],
  ["new ApolloServer({ resolvers })", '@apollo/server#ApolloServer.new', 'resolver', 'MUTATION'],
  ["makeExecutableSchema({ resolvers })", '@graphql-tools/schema#makeExecutableSchema', 'resolver', 'MUTATION'],
  ["new GraphQLObjectType({ name: 'Mutation', fields })", 'graphql#GraphQLObjectType.new', 'resolver', 'MUTATION'],
  ["new Worker('mail', f) // bullmq", 'bullmq#Worker.new', 'message'],
  ["queue.process(f)", 'bull#default.new.process', 'message'],
  ["consumer.run({ eachMessage })", 'kafkajs#Consumer.new.run', 'message'],
  ["channel.consume('q', f)", 'amqplib#Channel.new.consume', 'message'],
  ["boss.work('q', f)", 'pg-boss#default.new.work', 'message'],
  ["cron.schedule('* * * * *', f)", 'node-cron#schedule', 'job'],
  ["new CronJob('* * * * *', f)", 'cron#CronJob.new', 'job'],
  ["middy(f)", '@middy/core#default', 'lambda'],
  ["app.http('x', { handler })", '@azure/functions#app.http', 'lambda'],
  ["onRequest((req, res) => {})", 'firebase-functions/v2/https#onRequest', 'lambda'],
  ["Bun.serve({ fetch })", 'global#Bun.serve', 'route', 'ALL'],
  ["createServerFn().handler(f)", '@tanstack/start#ServerFn.new.handler', 'action'],
  ["bot.command('x', f)", 'telegraf#Telegraf.new.command', 'message'],
  ["@JsonController() … @Post('/x')", 'routing-controllers#Post', 'route', 'POST'],
]

const at = (path: string): CatalogRow[] => entryRows.filter(row => (Array.isArray(row.path) ? row.path.includes(path) : row.path === path))

describe('registrations', () => {
  it.each(table)('%s', (_, path, kind, method) => {
    const found = at(path).flatMap(row => row.entry ?? [])
    expect(found.map(entry => entry.kind)).toContain(kind)
    if (method) expect(found.map(entry => entry.method)).toContain(method)
  })

  it('mounts what is mounted', () => {
    for (const path of ['express#Express.new.use', 'koa#default.new.use', 'fastify#FastifyInstance.new.register', 'hono#Hono.new.route', 'elysia#Elysia.new.use', '@hapi/hapi#Server.new.register']) {
      expect(at(path).some(row => row.mount), path).toBe(true)
    }
  })
})
