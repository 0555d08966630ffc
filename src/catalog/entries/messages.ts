import type { CatalogRow, EntryModel } from '../../model/catalog.js'
import { identities, members } from './build.js'

const message = (path: string | string[], entry: Partial<EntryModel>, extra: Partial<CatalogRow> = {}): CatalogRow => ({ path, ...extra, entry: { kind: 'message', ...entry } })
const job = (path: string | string[], entry: Partial<EntryModel>, extra: Partial<CatalogRow> = {}): CatalogRow => ({ path, ...extra, entry: { kind: 'job', ...entry } })
const observed = (path: string | string[], fn: string): CatalogRow => ({ path, run: [{ fn, when: 'background' }] })

const queues: CatalogRow[] = [
  message('bullmq#Worker', { path: '0', handlers: ['1'], named: [], params: ['bullmq#Job.new', ''] }),
  message('groupmq#Worker', { path: '0.queue', handlers: ['0.handler'], params: ['bullmq#Job.new'] }),
  observed(members(['bullmq#Worker.new', 'bullmq#QueueEvents.new', 'bullmq#Queue.new', 'bull#default.new', 'bull#Queue.new', 'bee-queue#default.new'], ['on', 'once']), '1'),
  { path: ['bull#default', 'bull#Bull'], returns: 'bull#default.new' },
  { path: 'bull#Queue.new', returns: 'bull#default.new' },
  message('bull#default.new.process', { path: '0', handlers: ['last'], named: [], params: ['bull#Job.new', ''] }),
  { path: 'bee-queue#default', returns: 'bee-queue#default.new' },
  message(['bee-queue#default.new.process'], { handlers: ['last'], params: ['bull#Job.new', ''] }),
  message('kue#createQueue().process', { path: '0', handlers: ['last'], params: ['bull#Job.new', ''] }),
  { path: 'agenda#default', returns: 'agenda#default.new' },
  // Its settings give it back: `new Agenda().database(url)`.
  { path: members(['agenda#default.new', 'agenda#Agenda.new', '@hokify/agenda#Agenda.new'], ['database', 'mongo', 'name', 'processEvery', 'maxConcurrency', 'defaultConcurrency', 'lockLimit', 'defaultLockLimit', 'defaultLockLifetime', 'sort']), returns: 'this' },
  message(['agenda#default.new.define', 'agenda#Agenda.new.define', '@hokify/agenda#Agenda.new.define'], { path: '0', handlers: ['2~1', '1'], params: ['agenda#Job.new', ''] }),
  message(['pg-boss#default.new.work', 'pg-boss#PgBoss.new.work', 'pg-boss#default.new.subscribe'], { path: '0', handlers: ['2~1'], params: ['pg-boss#Job.new'] }),
  message('pg-boss#default.new.onComplete', { path: '0', handlers: ['last'] }),
  message(['graphile-worker#run', 'graphile-worker#runOnce'], { handlers: ['0.taskList{}'], params: ['graphile-worker#Payload.new', ''] }),
  message(['better-queue#default'], { handlers: ['0.process', '0'], params: ['queue#Input.new', ''] }),
  message('rsmq-worker#default.new.on', { path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['message'] } }),
  message(['faktory-worker#register'], { path: '0', handlers: ['1'] }),
  message(['node-resque#Worker'], { handlers: ['1{}.perform'] }),
  message(['@temporalio/worker#Worker.create'], { path: '0.taskQueue', handlers: ['0.activities{}'] }),
  message(['zeebe-node#ZBClient.new.createWorker', '@camunda8/sdk#Camunda8.new.createWorker'], { path: '0.taskType', handlers: ['0.taskHandler'] }),
]

const brokers: CatalogRow[] = [
  { path: 'smtp-server#SMTPServer', entry: { kind: 'socket', handlers: ['0.onData', '0.onAuth', '0.onMailFrom', '0.onRcptTo', '0.onConnect'] } },
  message(['kafkajs#Kafka.new.consumer().run', 'kafkajs#Consumer.new.run', '@confluentinc/kafka-javascript#KafkaJS.Kafka.new.consumer().run'], { handlers: ['0.eachMessage', '0.eachBatch'], params: ['kafkajs#Payload.new'] }),
  { path: 'kafkajs#Kafka.new.consumer', returns: 'kafkajs#Consumer.new' },
  message(['kafka-node#Consumer.new.on', 'kafka-node#ConsumerGroup.new.on', 'node-rdkafka#KafkaConsumer.new.on'], { path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['message', 'data'] } }),
  ...['amqplib#connect().createChannel()', 'amqplib#connect().createConfirmChannel()', 'amqplib#Channel.new', 'amqplib#ConfirmChannel.new', 'amqplib/callback_api#Channel.new', 'amqp-connection-manager#ChannelWrapper.new'].map(base =>
    message(`${base}.consume`, { path: '0', handlers: ['1'], params: ['amqplib#Message.new'] })),
  { path: 'amqplib#connect', returns: 'amqplib#Connection.new' },
  { path: ['amqplib#Connection.new.createChannel', 'amqplib#Connection.new.createConfirmChannel', 'amqplib#ChannelModel.new.createChannel', 'amqplib#ChannelModel.new.createConfirmChannel'], returns: 'amqplib#Channel.new' },
  { path: 'amqplib/callback_api#connect', run: [{ fn: 'last', when: 'now', params: ['', 'amqplib/callback_api#Connection.new'] }] },
  { path: ['amqplib/callback_api#Connection.new.createChannel', 'amqplib/callback_api#Connection.new.createConfirmChannel'], returns: 'amqplib/callback_api#Channel.new', run: [{ fn: 'last', when: 'now', params: ['', 'amqplib/callback_api#Channel.new'] }] },
  { path: 'amqp-connection-manager#connect().createChannel', returns: 'amqp-connection-manager#ChannelWrapper.new', run: [{ fn: '0.setup', when: 'startup', params: ['amqplib#Channel.new'] }] },
  { path: 'amqp-connection-manager#ChannelWrapper.new.addSetup', run: [{ fn: '0', when: 'startup', params: ['amqplib#Channel.new'] }] },
  message('rabbitmq-client#Connection.new.createConsumer', { path: '0.queue', handlers: ['1'], params: ['amqplib#Message.new', ''] }),
  message('rascal#BrokerAsPromised.create().subscribe().on', { path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['message'] } }),
  message(['sqs-consumer#Consumer.create', 'sqs-consumer#Consumer'], { path: '0.queueUrl', handlers: ['0.handleMessage', '0.handleMessageBatch'], params: ['sqs#Message.new'] }),
  { path: ['@google-cloud/pubsub#PubSub.new.subscription', '@google-cloud/pubsub#PubSub.new.topic().subscription'], returns: '@google-cloud/pubsub#Subscription.new' },
  message('@google-cloud/pubsub#Subscription.new.on', { path: '0', handlers: ['1'], params: ['pubsub#Message.new'], onlyWhen: { arg: '0', values: ['message'] } }, { returns: 'this' }),
  message(['@azure/service-bus#ServiceBusReceiver.new.subscribe', '@azure/service-bus#ServiceBusClient.new.createReceiver().subscribe', '@azure/event-hubs#EventHubConsumerClient.new.subscribe'], { handlers: ['0.processMessage', '0.processEvents'], params: ['queue#Input.new'] }),
  message(['nats#connect().subscribe', '@nats-io/transport-node#connect().subscribe', 'nats#NatsConnection.new.subscribe'], { path: '0', handlers: ['1.callback', '1'], params: ['', 'queue#Input.new'] }),
  message(['node-nats-streaming#connect().subscribe().on', 'node-nats-streaming#Subscription.new.on'], { path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['message'] } }),
  { path: ['mqtt#connect', 'mqtt#connectAsync'], returns: 'mqtt#MqttClient.new' },
  message('mqtt#MqttClient.new.on', { path: '0', handlers: ['1'], params: ['', 'queue#Input.new', ''], onlyWhen: { arg: '0', values: ['message', 'packetreceive'] }, toAll: true }, { returns: 'this' }),
  message('aedes#default.new.on', { path: '0', handlers: ['1'] }),
  message(members(['redis#Client.new'], ['subscribe', 'pSubscribe']), { path: '0', handlers: ['1'], params: ['queue#Input.new', ''], toAll: true }),
  message(members(['ioredis#default.new', 'ioredis#Redis.new', 'ioredis#Cluster.new', 'redis#Client.new'], ['on']), { path: '0', handlers: ['1'], params: ['', 'queue#Input.new', 'queue#Input.new'], onlyWhen: { arg: '0', values: ['message', 'pmessage', 'messageBuffer', 'pmessageBuffer'] }, toAll: true }, { returns: 'this' }),
  message(members(['pg#Client.new', 'pg#PoolClient.new'], ['on']), { path: '0', handlers: ['1'], onlyWhen: { arg: '0', values: ['notification'] }, toAll: true }),
  // What a database says of its changes, to each process that watches.
  message(members(['mongodb#ChangeStream.new'], ['on', 'addListener']), { path: '0', handlers: ['1'], params: ['queue#Input.new'], onlyWhen: { arg: '0', values: ['change'] }, toAll: true }, { returns: 'this' }),
  message(['pg-listen#default().notifications.on'], { path: '0', handlers: ['1'], toAll: true }),
  { path: ['bullmq#Job.new', 'bull#Job.new', 'agenda#Job.new', 'pg-boss#Job.new', 'graphile-worker#Payload.new', 'kafkajs#Payload.new', 'amqplib#Message.new', 'sqs#Message.new', 'pubsub#Message.new', 'queue#Input.new'], owned: 'request' },
  ...['bullmq#Job.new', 'bull#Job.new'].flatMap(base => identities(base, { data: 'input' })),
]

const schedulers: CatalogRow[] = [
  job(['node-cron#schedule', 'node-cron#createTask'], { path: '2.name~0', handlers: ['1'] }),
  job(['cron#CronJob'], { path: '0', handlers: ['1', '0.onTick'] }),
  job(['cron#CronJob.from', 'cron#job'], { path: '0.cronTime~0', handlers: ['0.onTick', '1'] }),
  job(['node-schedule#scheduleJob'], { path: '0', handlers: ['2~1'] }),
  job('node-schedule#Job', { path: '0', handlers: ['1~0'] }),
  job(['croner#Cron', 'croner#default'], { path: '0', handlers: ['2~1'] }),
  job(['toad-scheduler#Task', 'toad-scheduler#AsyncTask'], { path: '0', handlers: ['1'] }),
  job(['cron-async#CronAsync.new.createJob'], { path: '0', handlers: ['1.onTick'] }),
  job(['later#setInterval', '@breejs/later#setInterval', 'later#setTimeout'], { handlers: ['0'] }),
  job(['cronosjs#scheduleTask'], { path: '0', handlers: ['1'] }),
  job(['meteor/littledata:synced-cron#SyncedCron.add', 'meteor/percolate:synced-cron#SyncedCron.add', 'meteor/quave:synced-cron#SyncedCron.add'], { path: '0.name', handlers: ['0.job'] }),
]

const workflows: CatalogRow[] = [
  message('inngest#Inngest.new.createFunction', { path: '0.id', handlers: ['2~1'], params: ['inngest#Input.new'] }),
  message(['@trigger.dev/sdk#task', '@trigger.dev/sdk/v3#task', '@trigger.dev/sdk/v3#schemaTask', '@trigger.dev/sdk#schemaTask'], { path: '0.id', handlers: ['0.run'], params: ['queue#Input.new', ''] }),
  job(['@trigger.dev/sdk#schedules.task', '@trigger.dev/sdk/v3#schedules.task'], { path: '0.id', handlers: ['0.run'] }),
  message('@trigger.dev/sdk#TriggerClient.new.defineJob', { path: '0.id', handlers: ['0.run'], params: ['queue#Input.new', ''] }),
  message(['@upstash/workflow/nextjs#serve', '@upstash/workflow/express#serve', '@upstash/workflow/hono#serve', '@upstash/workflow#serve'], { handlers: ['0'], params: ['queue#Input.new'] }),
  { path: ['@upstash/qstash/nextjs#verifySignatureAppRouter', '@upstash/qstash/nextjs#verifySignature', '@upstash/qstash/nextjs#verifySignatureEdge'], returns: 'arg:0' },
  message('@hatchet-dev/typescript-sdk#HatchetClient.new.task', { path: '0.name', handlers: ['0.fn'] }),
  message('@octokit/webhooks#Webhooks.new.on', { path: '0', handlers: ['1'], params: ['octokit#Event.new'] }),
  message(['github-webhook-handler#default().on', 'gitlab-webhook-handler#default().on'], { path: '0', handlers: ['1'], params: ['octokit#Event.new'] }),
  message('express-github-webhook#default().on', { path: '0', handlers: ['1'], params: ['', 'octokit#Event.new.payload'] }),
  message(['probot#Probot.new.on', 'probot#Probot.new.onAny'], { path: '0', handlers: ['last'], params: ['octokit#Event.new'] }),
  { path: ['probot#createNodeMiddleware', 'probot#run', 'probot#Probot.new.load', 'probot#Server.new.load', '@probot/adapter-aws-lambda-serverless#createLambdaFunction', '@probot/adapter-azure-functions#createAzureFunction'], run: [{ fn: '0', when: 'startup', params: ['probot#Probot.new'] }] },
  { path: ['inngest#Input.new', 'octokit#Event.new'], owned: 'request' },
]

export const messageRows: CatalogRow[] = [...queues, ...brokers, ...schedulers, ...workflows]
