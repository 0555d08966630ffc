import type { CatalogRow, EntryKind } from '../../model/catalog.js'
import { aliases, members } from './build.js'
import { nestScope, nestStartup } from './nest.js'

const socket = 'socket.io#Socket.new'
const scopeFrom = nestScope
const startup = nestStartup
const singleton = { scope: 'singleton' as const, entries: true as const, startup }

const decorated = (path: string | string[], kind: EntryKind, extra: Partial<NonNullable<CatalogRow['entry']>> = {}): CatalogRow =>
  ({ path, entry: { kind, path: '0', decorator: true, ...extra } })
const input = (path: string[]): CatalogRow => ({ path, owned: 'request', identity: 'input' })

const gateways: CatalogRow[] = [
  {
    path: '@nestjs/websockets#WebSocketGateway', prefix: '1.namespace~0.namespace',
    component: { ...singleton, startup: [...startup, 'afterInit'], requestKind: 'socket', request: { handleConnection: [socket, 'node:http#IncomingMessage.new'], handleDisconnect: [socket] } },
  },
  decorated('@nestjs/websockets#SubscribeMessage', 'socket'),
  input(['@nestjs/websockets#MessageBody', '@nestjs/websockets#Ack']),
  { path: '@nestjs/websockets#ConnectedSocket', returns: socket },
  { path: '@nestjs/websockets#WebSocketServer', returns: 'socket.io#Server.new' },
]

const microservices: CatalogRow[] = [
  decorated('@nestjs/microservices#MessagePattern', 'message', { path: '0.cmd~0' }),
  decorated('@nestjs/microservices#EventPattern', 'message'),
  { path: '@nestjs/microservices#ClientProxyFactory.create', returns: '@nestjs/microservices#ClientProxy.new' },
  decorated(['@nestjs/microservices#GrpcMethod', '@nestjs/microservices#GrpcStreamMethod', '@nestjs/microservices#GrpcStreamCall'], 'procedure', { path: '1~0' }),
  input(['@nestjs/microservices#Payload', '@nestjs/microservices#Ctx']),
  decorated(['@golevelup/nestjs-rabbitmq#RabbitSubscribe', '@golevelup/nestjs-rabbitmq#RabbitRPC'], 'message', { path: '0.queue~0.routingKey' }),
  input(['@golevelup/nestjs-rabbitmq#RabbitPayload', '@golevelup/nestjs-rabbitmq#RabbitHeader', '@golevelup/nestjs-rabbitmq#RabbitRequest']),
  decorated(['@ssut/nestjs-sqs#SqsMessageHandler', '@ssut/nestjs-sqs#SqsConsumerEventHandler', '@nestjs-packages/sqs#SqsProcess'], 'message'),
  decorated('@golevelup/nestjs-stripe#StripeWebhookHandler', 'hook'),
  { path: 'nest-commander#Command', component: { scope: 'singleton' } },
]

const graphqlNames = (names: string[]): string[] => names.map(name => `@nestjs/graphql#${name}`)
const graphql: CatalogRow[] = [
  { path: '@nestjs/graphql#Resolver', component: { ...singleton, scopeFrom: scopeFrom('1.scope~0.scope') } },
  decorated('@nestjs/graphql#Query', 'resolver', { method: 'QUERY', path: '1.name~0.name~0' }),
  decorated('@nestjs/graphql#Mutation', 'resolver', { method: 'MUTATION', path: '1.name~0.name~0' }),
  decorated('@nestjs/graphql#Subscription', 'resolver', { method: 'SUBSCRIPTION', path: '1.name~0.name~0' }),
  decorated(graphqlNames(['ResolveField', 'ResolveProperty', 'ResolveReference']), 'resolver', { method: 'QUERY' }),
  { path: '@nestjs/graphql#Subscription', run: [{ fn: '1.filter', when: 'request' }, { fn: '1.resolve', when: 'request' }, { fn: '0.filter', when: 'request' }] },
  input(graphqlNames(['Args', 'Info', 'Parent', 'Root'])),
  { path: '@nestjs/graphql#Context', returns: 'graphql#Context.new' },
  { path: '@nestjs/graphql#GqlExecutionContext.create', returns: '@nestjs/graphql#GqlExecutionContext.new' },
  { path: '@nestjs/graphql#GqlExecutionContext.new', owned: 'request' },
  { path: '@nestjs/graphql#GqlExecutionContext.new.getContext', returns: 'graphql#Context.new' },
  { path: '@nestjs/graphql#GqlExecutionContext.new.getArgs', owned: 'request', identity: 'input' },
  { path: '@nestjs/graphql#GraphQLModule.forRoot', run: [{ fn: '0.context', when: 'request', params: ['graphql#ContextInput.new'] }, { fn: '0.formatError', when: 'request' }] },
]

const jobs: CatalogRow[] = [
  decorated('@nestjs/schedule#Cron', 'job', { path: '1.name~0' }),
  decorated(['@nestjs/schedule#Interval', '@nestjs/schedule#Timeout'], 'job'),
  {
    path: ['@nestjs/bullmq#Processor'], prefix: '0.name~0',
    component: { ...singleton, scopeFrom: scopeFrom('0.scope'), requestKind: 'message', request: { process: ['bullmq#Job.new', ''] } },
  },
  { path: '@nestjs/bullmq#WorkerHost', component: { scope: 'singleton', requestKind: 'message', request: { process: ['bullmq#Job.new', ''] } } },
  { path: ['@nestjs/bull#Processor', 'nest-bull#Processor'], prefix: '0.name~0', component: { ...singleton, scopeFrom: scopeFrom('0.scope') } },
  decorated(['@nestjs/bull#Process', 'nest-bull#QueueProcess'], 'message', { path: '0.name~0' }),
  decorated([
    '@nestjs/bullmq#OnWorkerEvent', '@nestjs/bullmq#OnQueueEvent', ...['Active', 'Completed', 'Failed', 'Error', 'Progress', 'Stalled', 'Waiting', 'Paused', 'Resumed', 'Cleaned', 'Drained', 'Removed']
      .flatMap(event => [`@nestjs/bull#OnQueue${event}`, `@nestjs/bull#OnGlobalQueue${event}`]),
  ], 'hook'),
  { path: '@nestjs/bullmq#QueueEventsListener', component: singleton },
  { ...decorated('@nestjs/event-emitter#OnEvent', 'hook'), listens: { to: '0' } },
  { path: members(['@nestjs/event-emitter#EventEmitter2.new', 'eventemitter2#EventEmitter2.new', 'eventemitter2#default.new'], ['emit', 'emitAsync']), sends: { key: '0', args: ['1..'] } },
]

const handlerClass = (path: string, method: string): CatalogRow =>
  ({ path, listens: { to: '0..', method }, component: { scope: 'singleton', scopeFrom: scopeFrom('last.scope'), startup, requestKind: 'hook', request: { [method]: [''] } } })
const cqrs: CatalogRow[] = [
  handlerClass('@nestjs/cqrs#CommandHandler', 'execute'),
  handlerClass('@nestjs/cqrs#QueryHandler', 'execute'),
  handlerClass('@nestjs/cqrs#EventsHandler', 'handle'),
  decorated('@nestjs/cqrs#Saga', 'hook'),
  { path: ['@nestjs/cqrs#CommandBus.new.execute', '@nestjs/cqrs#QueryBus.new.execute'], sends: { key: '0' } },
  { path: members(['@nestjs/cqrs#EventBus.new', '@nestjs/cqrs#EventPublisher.new', '@nestjs/cqrs#AggregateRoot.new'], ['publish', 'publishAll', 'apply']), sends: { key: '0', unasked: true } },
  ...aliases('@nestjs/cqrs#CommandBus.new', ['@nestjs/cqrs#ICommandBus.new']),
  ...aliases('@nestjs/cqrs#QueryBus.new', ['@nestjs/cqrs#IQueryBus.new']),
  ...aliases('@nestjs/cqrs#EventBus.new', ['@nestjs/cqrs#IEventBus.new']),
]

export const nestTransportRows: CatalogRow[] = [...gateways, ...microservices, ...graphql, ...jobs, ...cqrs]
