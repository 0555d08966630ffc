import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances, registered, store } from './make.js'

const broker = 'publish through a broker that every replica subscribes to (Redis, NATS, Kafka)'

function graphql(): CatalogRow[] {
  return [
    { path: instances(['graphql-subscriptions', 'apollo-server', 'apollo-server-express', 'apollo-server-koa', 'graphql-yoga', 'apollo-server-fastify', 'type-graphql'],
      'PubSub'),
      infra: { kind: 'pubsub', name: 'graphql-subscriptions PubSub', confined: true, toClients: true,
        fix: 'use RedisPubSub of graphql-redis-subscriptions (or Kafka, Google Pub/Sub, Postgres)' } },
    { path: calls(['graphql-yoga', '@graphql-yoga/node', '@graphql-yoga/subscription', '@graphql-yoga/common', '@pothos/plugin-smart-subscriptions'], 'createPubSub'),
      infra: { kind: 'pubsub', name: 'graphql-yoga createPubSub', toClients: true, external: ['0.eventTarget'], uses: ['publish', 'subscribe'],
        fix: 'pass `eventTarget: createRedisEventTarget({ publishClient, subscribeClient })`' } },
    { path: registered('mercurius'), infra: { kind: 'pubsub', name: 'mercurius subscriptions', external: ['0.subscription.emitter', '0.subscription.pubsub'],
      driver: { arg: '0.subscription', memory: ['true'], absent: 'external' }, fix: 'pass `subscription: { emitter: mqemitter-redis }`' } },
    { path: ['@graphql-yoga/redis-event-target#createRedisEventTarget()'], store: { kind: 'external', backend: 'redis' }, evidence: { question: 'scaling',
      message: 'GraphQL events go through Redis' } },
    { path: [...instances('graphql-redis-subscriptions', 'RedisPubSub'), ...instances('graphql-kafka-subscriptions', 'KafkaPubSub'),
      ...instances(['graphql-rabbitmq-subscriptions', 'graphql-amqp-subscriptions'], 'RabbitMQPubSub', 'AMQPPubSub'), ...instances('@axelspringer/graphql-google-pubsub',
      'GooglePubSub'),
      ...instances(['graphql-postgres-subscriptions', 'graphql-pg-subscriptions'], 'PostgresPubSub'), ...instances('graphql-mqtt-subscriptions', 'MQTTPubSub'),
        ...instances('graphql-nats-subscriptions', 'NatsPubSub'), ...instances('graphql-mongodb-subscriptions', 'MongodbPubSub'), ...instances('graphql-ably-pubsub',
        'AblyPubSub')],
      store: { kind: 'external', backend: 'broker' }, client: 'queue', evidence: { question: 'scaling', message: 'GraphQL events go through a shared broker' } },
  ]
}

function buses(): CatalogRow[] {
  return [
    { path: calls('mqemitter', 'default'), infra: { kind: 'pubsub', name: 'mqemitter', confined: true, uses: ['emit', 'on'], fix: 'use mqemitter-redis' } },
    { path: '@nestjs/event-emitter#EventEmitterModule.forRoot()', infra: { kind: 'pubsub', name: '@nestjs/event-emitter', acceptable: true,
      fix: 'use a broker or an outbox where other replicas or a crash matter' } },
    { path: ['@nestjs/cqrs#EventBus.new', '@nestjs/cqrs#CommandBus.new', '@nestjs/cqrs#CqrsModule.forRoot()'], infra: { kind: 'pubsub', name: '@nestjs/cqrs',
      externalCall: 'publisher', acceptable: true, fix: 'set an external publisher where other replicas must hear of events' } },
    { path: ['pubsub-js#publish()', 'pubsub-js#publishSync()', 'postal#publish()', 'postal#channel()', 'pubsub-js#subscribe()'], infra: { kind: 'pubsub',
      name: 'in-process bus', confined: true, fix: broker } },
    { path: ['@hono/event-emitter#emitter()', '@hono/event-emitter#createEmitter()'], infra: { kind: 'pubsub', name: '@hono/event-emitter', acceptable: true,
      fix: broker } },
    { path: ['@modelcontextprotocol/sdk/server#createMcpHandler()', '@modelcontextprotocol/server#createMcpHandler()'], infra: { kind: 'pubsub', name: 'MCP event bus',
      external: ['1.bus'], acceptable: true, fix: 'pass a `bus` over Redis' } },
    { path: ['@medusajs/event-bus-local#default.new', 'moleculer#Transporters.Fake.new'], store: { kind: 'memory', backend: 'event-bus' } },
    { path: ['mqemitter-redis#default()', 'mqemitter-mongodb#default()', 'mqemitter-kafka#default()', 'mqemitter-cs#default()', 'aedes-persistence-redis#default()',
      'aedes-persistence-mongodb#default()'], store: { kind: 'external', backend: 'broker' } },
    store(calls('aedes-persistence', 'default'), 'memory', 'aedes'),
    store(calls(['aedes-persistence-level', 'aedes-persistence-nedb'], 'default'), 'file', 'aedes'),
    { path: 'global#BroadcastChannel.new', infra: { kind: 'pubsub', name: 'BroadcastChannel', uses: ['postMessage'], acceptable: true, fix: broker } },
    { path: ['@trpc/server/observable#observable()'], run: [{ fn: '0', when: 'request' }] },
  ]
}

function external(): CatalogRow[] {
  const clients = [...instances('kafkajs', 'Kafka'), ...calls(['amqplib', 'amqplib/callback_api'], 'connect'), ...calls('amqp-connection-manager', 'connect'),
    ...instances('@google-cloud/pubsub', 'PubSub'), ...calls(['nats', '@nats-io/transport-node'], 'connect'), ...calls('mqtt', 'connect', 'connectAsync'),
    ...instances('@azure/service-bus', 'ServiceBusClient'), ...instances('@azure/event-hubs', 'EventHubProducerClient'), ...instances('rhea', 'default'),
      ...instances('node-rdkafka', 'Producer', 'KafkaConsumer'), ...instances('@confluentinc/kafka-javascript', 'Kafka'), ...instances('pulsar-client', 'Client'),
      ...instances('rascal', 'BrokerAsPromised'), 'rascal#BrokerAsPromised.create()', ...instances('rabbitmq-client', 'Connection')]
  return [
    { path: clients, client: 'queue' },
    { path: ['@golevelup/nestjs-rabbitmq#RabbitMQModule.forRoot()', '@golevelup/nestjs-rabbitmq#RabbitMQModule.forRootAsync()'], evidence: { question: 'scaling',
      message: 'messages go through RabbitMQ' } },
  ]
}

/** Publish and subscribe: buses that end at this process, and those that do not. */
export const pubsubRows: CatalogRow[] = [...graphql(), ...buses(), ...external()]
