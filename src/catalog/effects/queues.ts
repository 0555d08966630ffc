import type { CatalogRow, EffectModel } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

function enqueue(path: string[], by: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, 'enqueue', by, { model: 'receiver', ...more })
}

function publish(path: string[], by: string, more: Partial<EffectModel> = {}): CatalogRow {
  return effect(path, 'publish', by, more)
}

const bullmq = instances(['bullmq', '@taskforcesh/bullmq-pro'], 'Queue QueuePro')
const bull = [...instances('bull', 'Queue default')]
const jobId = 'pass `{ jobId }` made from the request or the event (not all digits, no `:`), and keep finished jobs for as long as repeats may come'
const jobs = [
  client([...bullmq, ...bull, ...instances('pg-boss', 'default PgBoss'), ...instances('agenda', 'Agenda default'), ...instances('bee-queue', 'default')], 'queue'),
  yields('bull#default', 'bull#Queue.new'),
  enqueue(members(bullmq, 'add'), 'bullmq', { data: '1', key: ['2.jobId', '2.deduplication.id'], fix: jobId }),
  enqueue(members(bullmq, 'addBulk'), 'bullmq', { data: '0', key: ['0[].opts.jobId', '0[].opts.deduplication.id'], fix: jobId }),
  enqueue(members(bullmq, 'upsertJobScheduler'), 'bullmq', { data: '2', key: ['0'] }),
  enqueue(members(instances('bullmq', 'FlowProducer'), 'add addBulk'), 'bullmq', { model: '0.queueName', data: '0', key: ['0.opts.jobId'], fix: jobId }),
  enqueue(members(bull, 'add'), 'bull', { data: '1~0', key: ['2.jobId', '1.jobId'], fix: 'pass `{ jobId }` made from the request or the event' }),
  enqueue(members(bull, 'addBulk'), 'bull', { data: '0', key: ['0[].opts.jobId'], fix: 'pass `opts.jobId`' }),
  enqueue(members(instances('bee-queue', 'default'), 'createJob'), 'bee-queue', { data: '0', lazy: true, clearedBy: [{ call: 'setId', target: '0' }], fix: 'call `.setId(…)` before `.save()`' }),
  client('kue#createQueue()', 'queue'),
  enqueue(members('kue#createQueue()', 'create createJob'), 'kue', { model: '0', data: '1', fix: 'claim the key of the request first (`SET key value NX`), and create the job only then' }),
  enqueue(members(instances('agenda', 'Agenda default'), 'now schedule'), 'agenda', { model: '1~0', data: '2~1', fix: 'use `agenda.create(name, data).unique({ … }).save()`' }),
  enqueue(members(instances('agenda', 'Agenda default'), 'create'), 'agenda', { model: '0', data: '1', lazy: true, clearedBy: [{ call: 'unique', target: '0' }] }),
  enqueue(members(instances('pg-boss', 'default PgBoss'), 'send sendAfter insert publish'), 'pg-boss', { model: '0', data: '1', key: ['2.singletonKey', '2.id', '0.options.singletonKey'], fix: 'pass `{ singletonKey }`' }),
  enqueue(members(instances('pg-boss', 'default PgBoss'), 'sendOnce sendSingleton sendThrottled sendDebounced'), 'pg-boss', { model: '0', data: '1', key: ['3', '4'] }),
  enqueue(members(instances('graphile-worker', 'WorkerUtils JobHelpers'), 'addJob'), 'graphile-worker', { model: '0', data: '1', key: ['2.jobKey'], fix: 'pass `{ jobKey }`' }),
  enqueue(exported('graphile-worker', 'quickAddJob'), 'graphile-worker', { model: '1', data: '2', key: ['3.jobKey'], fix: 'pass `{ jobKey }`' }),
  yields('graphile-worker#makeWorkerUtils', 'graphile-worker#WorkerUtils.new'),
  enqueue(members(instances('celery-node', 'Task'), 'delay applyAsync'), 'celery', { data: '0' }),
]

const workflows = [
  client([...instances('inngest', 'Inngest'), ...instances('@temporalio/client', 'Client WorkflowClient'), ...instances('@upstash/qstash', 'Client')], 'sdk'),
  enqueue(members(instances('inngest', 'Inngest'), 'send'), 'inngest', { model: '0.name', data: '0', key: ['0.id', '0[].id'], fix: 'give the event an `id` made from the request' }),
  enqueue([...exported(['@trigger.dev/sdk', '@trigger.dev/sdk/v3'], 'tasks.trigger tasks.batchTrigger tasks.triggerAndWait')], 'trigger.dev', { model: '0', data: '1', key: ['2.idempotencyKey'], fix: 'pass `{ idempotencyKey }`' }),
  yields(exported(['@trigger.dev/sdk', '@trigger.dev/sdk/v3'], 'task schemaTask'), '@trigger.dev/sdk#Task.new'),
  enqueue(members('@trigger.dev/sdk#Task.new', 'trigger triggerAndWait batchTrigger'), 'trigger.dev', { data: '0', key: ['1.idempotencyKey'], fix: 'pass `{ idempotencyKey }`' }),
  enqueue([...members(instances('@temporalio/client', 'Client'), 'workflow.start workflow.execute workflow.signalWithStart'), ...members(instances('@temporalio/client', 'WorkflowClient'), 'start execute signalWithStart')], 'temporal', { model: '0', data: '1.args', key: ['1.workflowId'], fix: 'make `workflowId` from the request' }),
  enqueue(members(instances('@upstash/qstash', 'Client'), 'publish publishJSON enqueue enqueueJSON batch batchJSON'), 'qstash', { model: '0.url', data: '0.body', key: ['0.deduplicationId', '0.contentBasedDeduplication'], fix: 'pass `deduplicationId`' }),
  enqueue(exported('@vercel/queue', 'send'), 'vercel queue', { model: '0', data: '1', key: ['2.idempotencyKey'], fix: 'pass `{ idempotencyKey }`' }),
  enqueue(members(instances('@google-cloud/tasks', 'CloudTasksClient').concat('@google-cloud/tasks#v2.CloudTasksClient.new'), 'createTask'), 'cloud tasks', { model: '0.parent', data: '0.task', key: ['0.task.name'], fix: 'name the task after the request' }),
]

const sqsFix = 'use a FIFO queue with `MessageDeduplicationId`, and let the consumer remember what it did'
const sqs = { model: '0.QueueUrl', data: '0.MessageBody', key: ['0.MessageDeduplicationId'], fix: sqsFix }
const sns = { model: '0.TopicArn', data: '0.Message', key: ['0.MessageDeduplicationId'], fix: 'use a FIFO topic with `MessageDeduplicationId`' }
const aws = [
  client([...instances('@aws-sdk/client-sqs', 'SQSClient SQS'), ...instances('@aws-sdk/client-sns', 'SNSClient SNS'), ...instances('@aws-sdk/client-eventbridge', 'EventBridgeClient EventBridge'), ...instances('@aws-sdk/client-kinesis', 'KinesisClient Kinesis'), ...instances('@aws-sdk/client-sfn', 'SFNClient'), ...instances('@aws-sdk/client-lambda', 'LambdaClient Lambda'), ...instances('aws-sdk', 'SQS SNS EventBridge Kinesis StepFunctions Lambda')], 'sdk'),
  enqueue([...instances('@aws-sdk/client-sqs', 'SendMessageCommand'), ...members([...instances('aws-sdk', 'SQS'), 'aws-sdk/clients/sqs#default.new', ...instances('@aws-sdk/client-sqs', 'SQS')], 'sendMessage')], 'sqs', sqs),
  enqueue([...instances('@aws-sdk/client-sqs', 'SendMessageBatchCommand'), ...members([...instances('aws-sdk', 'SQS'), ...instances('@aws-sdk/client-sqs', 'SQS')], 'sendMessageBatch')], 'sqs', { model: '0.QueueUrl', data: '0.Entries', key: ['0.Entries[].MessageDeduplicationId'], fix: sqsFix }),
  publish([...instances('@aws-sdk/client-sns', 'PublishCommand PublishBatchCommand'), ...members([...instances('aws-sdk', 'SNS'), 'aws-sdk/clients/sns#default.new', ...instances('@aws-sdk/client-sns', 'SNS')], 'publish publishBatch')], 'sns', sns),
  publish([...instances('@aws-sdk/client-eventbridge', 'PutEventsCommand'), ...members([...instances('aws-sdk', 'EventBridge'), ...instances('@aws-sdk/client-eventbridge', 'EventBridge')], 'putEvents')], 'eventbridge', { data: '0.Entries', fix: 'put an event id into `Detail` and let the consumers remember it' }),
  publish([...instances('@aws-sdk/client-kinesis', 'PutRecordCommand PutRecordsCommand'), ...members(instances('aws-sdk', 'Kinesis'), 'putRecord putRecords')], 'kinesis', { model: '0.StreamName', data: '0.Data' }),
  enqueue([...instances('@aws-sdk/client-sfn', 'StartExecutionCommand'), ...members(instances('aws-sdk', 'StepFunctions'), 'startExecution')], 'step functions', { model: '0.stateMachineArn', data: '0.input', key: ['0.name'], fix: 'name the execution after the request' }),
  enqueue([...instances('@aws-sdk/client-lambda', 'InvokeCommand'), ...members(instances('aws-sdk', 'Lambda'), 'invoke')], 'lambda', { model: '0.FunctionName', data: '0.Payload' }),
]

const kafka = instances(['kafkajs', '@confluentinc/kafka-javascript'], 'Producer Transaction').concat(instances('@confluentinc/kafka-javascript', 'KafkaJS.Producer'))
const amqp = instances(['amqplib', 'amqp-connection-manager'], 'Channel ConfirmChannel ChannelWrapper')
const nest = instances('@nestjs/microservices', 'ClientProxy ClientKafka ClientRMQ ClientRedis ClientNats ClientTCP ClientGrpc ClientMqtt')
const brokers = [
  client([...kafka, ...amqp, ...nest, ...instances('kafkajs', 'Kafka'), ...instances('@google-cloud/pubsub', 'PubSub Topic'), ...instances('@azure/service-bus', 'ServiceBusClient ServiceBusSender')], 'queue'),
  yields(members(instances('kafkajs', 'Kafka').concat('@confluentinc/kafka-javascript#KafkaJS.Kafka.new'), 'producer'), 'kafkajs#Producer.new'),
  yields(members(kafka, 'transaction'), 'kafkajs#Transaction.new'),
  publish(members(kafka, 'send'), 'kafkajs', { model: '0.topic', data: '0.messages', fix: 'put an event id into the message and let the consumers remember it; `idempotent: true` covers the producer only' }),
  publish(members(kafka, 'sendBatch'), 'kafkajs', { data: '0.topicMessages' }),
  publish(members(instances('node-rdkafka', 'Producer HighLevelProducer'), 'produce'), 'node-rdkafka', { model: '0', data: '2' }),
  yields(exported(['amqplib', 'amqplib/callback_api'], 'connect'), 'amqplib#ChannelModel.new'),
  yields(members(instances('amqplib', 'ChannelModel Connection'), 'createChannel createConfirmChannel'), 'amqplib#Channel.new'),
  yields('amqp-connection-manager#connect', 'amqp-connection-manager#AmqpConnectionManager.new'),
  yields(members('amqp-connection-manager#AmqpConnectionManager.new', 'createChannel'), 'amqp-connection-manager#ChannelWrapper.new'),
  publish(members(amqp, 'sendToQueue'), 'amqplib', { model: '0', data: '1', key: ['2.messageId'], fix: 'set `messageId` from the request and let the consumers remember it' }),
  publish(members([...amqp, ...instances('@golevelup/nestjs-rabbitmq', 'AmqpConnection')], 'publish'), 'amqplib', { model: '1', data: '2', key: ['3.messageId'], fix: 'set `messageId` from the request and let the consumers remember it' }),
  yields(members('rabbitmq-client#Connection.new', 'createPublisher'), 'rabbitmq-client#Publisher.new'),
  yields(members('rabbitmq-client#Connection.new', 'createRPCClient'), 'rabbitmq-client#RPCClient.new'),
  publish(members('rabbitmq-client#Publisher.new', 'send'), 'rabbitmq-client', { model: '0.routingKey~0', data: '1', key: ['0.messageId'], fix: 'set `messageId` from the request and let the consumers remember it' }),
  publish(members('rabbitmq-client#RPCClient.new', 'send'), 'rabbitmq-client', { model: '0.routingKey~0', data: '1', answered: true }),
  publish(members(nest, 'emit'), 'nest microservices', { model: '0', data: '1', lazy: true }),
  publish(members(nest, 'send'), 'nest microservices', { model: '0', data: '1', lazy: true, answered: true }),
  yields(exported(['nats', '@nats-io/transport-node'], 'connect'), 'nats#NatsConnection.new'),
  yields(members(instances(['nats', '@nats-io/transport-node', '@nats-io/nats-core'], 'NatsConnection'), 'jetstream'), 'nats#JetStreamClient.new'),
  yields(exported('@nats-io/jetstream', 'jetstream'), 'nats#JetStreamClient.new'),
  publish(members(instances(['nats', '@nats-io/transport-node', '@nats-io/nats-core'], 'NatsConnection'), 'publish'), 'nats', { model: '0', data: '1' }),
  publish(members(instances(['nats', '@nats-io/transport-node', '@nats-io/nats-core'], 'NatsConnection'), 'request'), 'nats', { model: '0', data: '1', answered: true }),
  publish(members(instances(['nats', '@nats-io/jetstream'], 'JetStreamClient'), 'publish'), 'nats', { model: '0', data: '1', key: ['2.msgID'], fix: 'pass `{ msgID }`' }),
  yields(exported('mqtt', 'connect connectAsync'), 'mqtt#MqttClient.new'),
  publish(members('mqtt#MqttClient.new', 'publish publishAsync'), 'mqtt', { model: '0', data: '1' }),
  yields(members(instances('@google-cloud/pubsub', 'PubSub'), 'topic'), '@google-cloud/pubsub#Topic.new'),
  publish(members(instances('@google-cloud/pubsub', 'Topic'), 'publish publishMessage publishJSON'), 'pubsub', { model: 'receiver', data: '0', fix: 'put an event id into the attributes and let the consumers remember it' }),
  yields(members(instances('@azure/service-bus', 'ServiceBusClient'), 'createSender'), '@azure/service-bus#ServiceBusSender.new'),
  publish(members(instances('@azure/service-bus', 'ServiceBusSender'), 'sendMessages scheduleMessages'), 'service bus', { model: 'receiver', data: '0', key: ['0.messageId', '0[].messageId'], fix: 'set `messageId` and turn duplicate detection on' }),
  publish(members(instances('@azure/event-hubs', 'EventHubProducerClient'), 'sendBatch'), 'event hubs', { data: '0' }),
  publish(members(instances('@azure/storage-queue', 'QueueClient'), 'sendMessage'), 'azure queue', { model: 'receiver', data: '0' }),
]

/** Jobs, workflows and brokers: what is produced. */
export const rows: CatalogRow[] = [...jobs, ...workflows, ...aws, ...brokers]
