import type { CatalogRow, InfraModel } from '../../model/catalog.js'
import { calls, registered } from './make.js'

const claim = 'let one replica claim each run (Redis lock, advisory lock), use the scheduler of a queue (BullMQ, pg-boss), or a Kubernetes CronJob'

function scheduler(name: string, path: string | string[], job: string, more: Partial<InfraModel> = {}): CatalogRow {
  return { path, infra: { kind: 'scheduler', name, job, fix: claim, ...more } }
}

function cron(): CatalogRow[] {
  return [
    // Since version 4 a distributed task runs where its coordinator, or the environment, says.
    { ...scheduler('node-cron', ['node-cron#schedule()', 'node-cron#createTask()'], '1', { driver: { arg: '2.distributed', external: ['true'], absent: 'memory' } }), knownIn: { '2.distributed': '>=4' } },
    scheduler('node-cron', ['node-cron-tz#schedule()'], '1', { confined: true }),
    scheduler('cron', ['cron#CronJob.new', 'cron#job()', 'cron#default.new'], '1', { confined: true }),
    scheduler('cron', ['cron#CronJob.from()', 'cron#CronJob.fromObject()'], '0.onTick', { confined: true }),
    scheduler('node-schedule', ['node-schedule#scheduleJob()', 'node-schedule#Job.new'], 'last', { confined: true }),
    scheduler('toad-scheduler', ['toad-scheduler#SimpleIntervalJob.new', 'toad-scheduler#CronJob.new', 'toad-scheduler#LongIntervalJob.new'], '1', { confined: true }),
    scheduler('croner', ['croner#Cron.new', 'croner#default.new', 'croner#Cron()', 'croner#default()'], 'last', { confined: true }),
    scheduler('bree', ['bree#default.new', 'bree#Bree.new'], '0.jobs', { confined: true }),
    scheduler('later', ['later#setInterval()', '@breejs/later#setInterval()', 'later#setTimeout()'], '0', { confined: true }),
    scheduler('cron-async', ['cron-async#Cron.new.createJob()', 'cron-async#default.new.createJob()'], '1.onTick', { confined: true }),
    scheduler('scheduled cron', ['cronosjs#scheduleTask()'], 'last', { confined: true }),
    scheduler('scheduled cron', ['croner-async#default()', 'cron-scheduler#default()', 'easy-cron#schedule()', 'simple-cron#schedule()',
      'cron-job-manager#default.new', 'node-cron-job#default()'], 'last'),
    scheduler('set-interval-async', ['set-interval-async#setIntervalAsync()', 'set-interval-async/dynamic#setIntervalAsync()',
      'set-interval-async/fixed#setIntervalAsync()'], '0', { confined: true }),
  ]
}

function frameworks(): CatalogRow[] {
  return [
    scheduler('@nestjs/schedule', ['@nestjs/schedule#Cron', '@nestjs/schedule#Interval', '@nestjs/schedule#Timeout'], 'this', { confined: true }),
    scheduler('cron decorator', ['nest-schedule#Cron', 'nest-schedule#Interval', '@midwayjs/cron#Job', '@tsed/schedule#Cron', '@loopback/cron#cronJob',
      'nestjs-cron#Cron', '@foal/core#Cron'], 'this'),
    { path: registered(['@fastify/schedule', 'fastify-schedule', 'fastify-cron'], 'fastifySchedule'), infra: { kind: 'scheduler', name: '@fastify/schedule',
      job: '0.jobs[].onTick', confined: true, fix: claim } },
    // One worker of each machine, or all of them.
    scheduler('schedule of Egg', ['egg/schedule#Schedule', '@eggjs/tegg/schedule#Schedule', '@eggjs/schedule-decorator#Schedule', '@midwayjs/decorator#Schedule', '@midwayjs/core#Schedule'], 'this',
      { driver: { arg: '0.type~0', external: ['egg/schedule#ScheduleType.ALL', '@eggjs/tegg/schedule#ScheduleType.ALL', '@eggjs/schedule-decorator#ScheduleType.ALL', 'all'] } }),
    scheduler('schedule of Egg', 'egg#schedule()', '0.task~0.new.subscribe', { driver: { arg: '0.schedule.type', external: ['all'] } }),
    scheduler('crontab of ThinkJS', 'thinkjs#crontab()', '0', { confined: true }),
    scheduler('task of Midway', ['@midwayjs/decorator#TaskLocal', '@midwayjs/core#TaskLocal', '@midwayjs/task#TaskLocal'], 'this', { confined: true }),
    scheduler('schedule of Directus', 'directus#HookRegister.new.schedule()', '1', { confined: true }),
    scheduler('elysia cron', ['@elysiajs/cron#cron()', '@elysiajs/cron#default()'], '0.run', { confined: true }),
    scheduler('nitro task', ['nitropack/runtime#defineTask()', '#imports#defineTask()'], '0.run'),
    scheduler('adonis scheduler', ['adonisjs-scheduler/services/main#scheduler.call()', 'adonisjs-scheduler#Scheduler.call()', 'adonisjs-scheduler/services/main#call()'],
      '0', { confined: true }),
  ]
}

/** Schedulers that keep their jobs in a database or broker, so that one replica runs each. */
function shared(): CatalogRow[] {
  return [
    { path: ['agenda#default.new', 'agenda#default()', 'agenda#Agenda.new', 'pg-boss#default.new', 'pg-boss#PgBoss.new', 'graphile-worker#run()', 'graphile-worker#makeWorkerUtils()',
      '@pulsecron/pulse#Pulse.new', '@hokify/agenda#Agenda.new', 'sidequest#Sidequest.start()'],
      client: 'queue', evidence: { question: 'scaling', message: 'jobs are kept in a database, so one replica runs each' } },
    { path: ['bullmq#Queue.new.upsertJobScheduler()', 'bullmq#QueueScheduler.new', 'bullmq#JobScheduler.new'], evidence: { question: 'scaling',
      message: 'the schedule lives in Redis (BullMQ)' } },
    { path: [...calls('inngest', 'serve'), 'inngest#Inngest.new.createFunction()', '@trigger.dev/sdk#schedules.task()', '@trigger.dev/sdk/v3#schedules.task()',
      '@upstash/qstash#Client.new.schedules.create()', '@temporalio/client#ScheduleClient.new'], evidence: { question: 'scaling',
      message: 'schedules and workflows are run by a service outside the process' } },
  ]
}

/** Timers and cron: each replica runs the job, unless something elects one. */
export const schedulerRows: CatalogRow[] = [...cron(), ...frameworks(), ...shared()]
