import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances } from './make.js'

const fix = 'enqueue to a broker (BullMQ, pg-boss, SQS), or finish the work before the response'

function inProcess(): CatalogRow[] {
  return [
    { path: instances('better-queue', 'default'), infra: { kind: 'queue', name: 'better-queue', external: ['1.store', '0.store'], uses: ['push'],
      fix: 'pass a `store` of a SQL server' } },
    { path: 'better-queue-memory#default.new', store: { kind: 'memory', backend: 'better-queue' } },
    { path: ['better-queue-sql#default.new', 'better-queue-sqlite#default.new'], store: { kind: 'external', backend: 'sql' } },
    { path: calls(['fastq', 'fastq/queue'], 'default', 'promise'), infra: { kind: 'queue', name: 'fastq', confined: true, uses: ['push', 'unshift'], drainedBy: ['drained'], fix } },
    { path: [...calls(['async', 'async-es'], 'queue', 'priorityQueue', 'cargo', 'cargoQueue'), ...calls(['async/queue', 'async/priorityQueue', 'async/cargo',
      'neo-async/queue'], 'default'), ...calls('neo-async', 'queue')], infra: { kind: 'queue', name: 'async.queue', confined: true, uses: ['push', 'pushAsync', 'unshift'], drainedBy: ['drain'], fix } },
    { path: [...instances('queue', 'default'), ...calls('queue', 'default')], infra: { kind: 'queue', name: 'queue', confined: true, uses: ['push', 'unshift'], fix } },
    { path: instances(['p-queue', 'p-queue-cjs', 'p-queue-compat'], 'default', 'PQueue'), infra: { kind: 'queue', name: 'p-queue', confined: true, uses: ['add', 'addAll'], drainedBy: ['onIdle', 'onEmpty'], fix } },
    { path: instances(['queue-promise', 'promise-queue'], 'default', 'Queue'), infra: { kind: 'queue', name: 'in-process queue', confined: true, uses: ['add', 'enqueue'], fix } },
    { path: [...instances(['async-queue', 'better-queue-ts', 'queue-typescript', 'smart-queue', 'concurrent-queue'], 'default',
      'Queue'), ...calls('concurrent-queue', 'default'), ...calls('d3-queue', 'queue'), ...instances('mini-queue', 'default')],
      infra: { kind: 'queue', name: 'in-process queue', uses: ['push', 'add', 'enqueue', 'defer'], fix } },
    // Unless the application has a messenger of its own (`mail.setMessenger`).
    { path: '@adonisjs/mail#Mailer.new.sendLater()', infra: { kind: 'queue', name: 'adonis mail', confined: true, fix } },
    { path: ['embedded-queue#Queue.createQueue()'], infra: { kind: 'queue', name: 'embedded-queue', confined: true, uses: ['createJob'], fix } },
  ]
}

/** Queues in a file: a restart keeps their jobs, another replica does not see them. What opens the file stands beside what queues in it. */
function inFile(): CatalogRow[] {
  return [
    { path: ['plainjob#defineQueue()', 'liteque#SqliteQueue.new', 'node-persistent-queue#default.new', 'liteque#buildDBClient()', 'plainjob#better()', 'plainjob#bun()'],
      embedded: { name: 'the SQLite of a job queue' } },
  ]
}

/** Concurrency of one replica: harmless while the caller awaits it. */
function limited(): CatalogRow[] {
  return [
    { path: [...calls(['p-limit', 'throat', 'plimit-lit', 'yocto-limit', 'promise-limit', 'p-map-limit'], 'default', 'pLimit'), ...calls('@esfx/async-semaphore',
      'default')], infra: { kind: 'lock', name: 'concurrency limit', acceptable: true, fix } },
    { path: [...instances(['piscina', 'tinypool', 'poolifier'], 'default', 'Piscina', 'Tinypool', 'FixedThreadPool', 'DynamicThreadPool'), ...calls('workerpool', 'pool'),
      ...calls('threads', 'Pool', 'spawn'), ...instances('jest-worker', 'Worker', 'default'), ...calls('generic-pool', 'createPool'), ...instances('tarn', 'Pool'),
      ...instances('lightning-pool', 'Pool')], client: 'pool' },
  ]
}

function external(): CatalogRow[] {
  return [
    { path: [...instances('bullmq', 'Queue', 'FlowProducer', 'QueueEvents'), ...instances(['bull', 'bee-queue'], 'default'), ...calls('bull', 'default'), ...calls('kue',
      'createQueue'), ...instances('mongodb-queue', 'default'), ...calls('mongodb-queue', 'default'), ...instances('groupmq', 'Queue'), ...instances('node-resque',
      'Queue'), ...instances('rsmq', 'default'), ...instances('celery-node', 'default'), ...calls('celery-node', 'createClient')],
      client: 'queue', evidence: { question: 'scaling', message: 'jobs are kept in a queue outside the process' } },
    // What takes jobs out of it keeps no more than a connection.
    { path: instances(['bullmq', 'groupmq'], 'Worker'), client: 'queue' },
    { path: ['@nestjs/bull#BullModule.forRoot()', '@nestjs/bull#BullModule.registerQueue()', '@nestjs/bullmq#BullModule.forRoot()',
      '@nestjs/bullmq#BullModule.registerQueue()', '@nestjs/bullmq#BullModule.forRootAsync()', '@nestjs/bull#BullModule.forRootAsync()'], evidence: { question: 'scaling',
      message: 'jobs are kept in Redis (BullMQ)' } },
    { path: [...instances('@aws-sdk/client-sqs', 'SQSClient', 'SQS'), ...instances('@google-cloud/tasks', 'CloudTasksClient'), ...instances('@azure/storage-queue',
      'QueueServiceClient', 'QueueClient'), ...instances('@upstash/qstash', 'Client'), ...instances('inngest', 'Inngest'), ...instances('@temporalio/client', 'Client',
      'WorkflowClient'), ...instances('@hatchet-dev/typescript-sdk', 'default'), 'sqs-producer#Producer.create()', ...instances('faktory-worker', 'default'),
      ...instances('@trigger.dev/sdk', 'TriggerClient')],
      client: 'queue', evidence: { question: 'scaling', message: 'work is handed to a queue or workflow service' } },
  ]
}

/** Queues: those of this process lose their work at a restart; those of a file or a broker do not. */
export const queueRows: CatalogRow[] = [...inProcess(), ...inFile(), ...limited(), ...external()]
