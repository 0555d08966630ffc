import type { CatalogRow, CallbackModel } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { members } from './build.js'

const callback = (path: string | string[], fn: string, when: CallbackModel['when'], more: Partial<CallbackModel> = {}): CatalogRow => ({ path, run: [{ fn, when, ...more }] })
const wrapper = (path: string | string[]): CatalogRow => ({ path, returns: 'arg:0' })

const processEvents = ['global#process.on', 'global#process.once', 'node:process#on', 'node:process#once']
/** What a process does before it ends is nothing that a later request can see: the same as what it does before it begins. */
const lastEvents = ['exit', 'beforeExit', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGABRT', 'SIGBREAK', 'uncaughtException', 'unhandledRejection', 'disconnect']

/** Timers of Meteor, which keep the context of who starts them. */
const meteor = (name: string): string[] => ['global#Meteor', 'meteor/meteor#Meteor'].map((holder) => `${holder}.${name}`)

const timers: CatalogRow[] = [
  callback(['global#setTimeout', 'node:timers#setTimeout', 'global#setImmediate', 'node:timers#setImmediate'], '0', 'later'),
  callback(['global#queueMicrotask', 'global#process.nextTick', 'node:process#nextTick'], '0', 'soon'),
  callback(['global#setInterval', 'node:timers#setInterval', 'set-interval-async#setIntervalAsync', 'set-interval-async/dynamic#setIntervalAsync', 'set-interval-async/fixed#setIntervalAsync'], '0', 'background'),
  callback(meteor('setInterval'), '0', 'background'),
  callback([...meteor('setTimeout'), ...meteor('defer')], '0', 'later'),
  { path: ['global#setInterval', 'node:timers#setInterval', ...meteor('setInterval')], timer: { name: 'setInterval', again: 'always' } },
  { path: ['global#setTimeout', 'node:timers#setTimeout', ...meteor('setTimeout')], timer: { name: 'setTimeout', again: 'chained' } },
  { path: ['global#setImmediate', 'node:timers#setImmediate'], timer: { name: 'setImmediate', again: 'never' } },
  { path: ['global#queueMicrotask'], timer: { name: 'queueMicrotask', again: 'never' } },
  { path: ['global#process.nextTick', 'node:process#nextTick'], timer: { name: 'nextTick', again: 'never' } },
  callback(processEvents, '1', 'startup', { onlyWhen: { arg: '0', values: lastEvents } }),
  callback(processEvents, '1', 'background', { onlyWhen: { arg: '0', not: lastEvents } }),
  wrapper(['node:util#promisify', 'node:util#callbackify', 'node:util#deprecate', 'es6-promisify#promisify', 'bluebird#promisify', 'bluebird#method']),
]

/** What is read anew because somebody changed a file of this machine came with the program, as at start-up. */
const watched: CatalogRow[] = [
  callback(['node:fs#watch', 'node:fs#watchFile', 'node-watch#default'], 'last', 'startup'),
  callback(members(['chokidar#watch()', 'chokidar#FSWatcher.new'], ['on', 'once']), '1', 'startup'),
]

/** Namespaces that carry values under names. */
const namespaces = ['cls-hooked#createNamespace()', 'cls-hooked#getNamespace()', 'continuation-local-storage#createNamespace()', 'continuation-local-storage#getNamespace()']
const carried = (base: string[], on: string): CatalogRow[] => [
  { path: members(base, ['set']), along: { key: '0', put: '1', on } }, { path: members(base, ['get']), along: { key: '0', on } },
]

const contexts: CatalogRow[] = [
  { path: members(['node:async_hooks#AsyncLocalStorage.new'], ['run', 'enterWith']), along: { put: '0' } },
  { path: 'node:async_hooks#AsyncLocalStorage.new.getStore', along: {} },
  ...carried(namespaces, 'cls'), ...carried(['nestjs-cls#ClsService.new'], 'nestjs-cls'), ...carried(['@fastify/request-context#requestContext'], 'request-context'),
  { path: ['express-http-context#set'], along: { key: '0', put: '1', on: 'http-context' } },
  { path: ['express-http-context#get'], along: { key: '0', on: 'http-context' } },
  callback(['node:async_hooks#AsyncLocalStorage.new.run'], '1', 'now', { result: 'value' }),
  callback(['node:async_hooks#AsyncLocalStorage.new.exit'], '0', 'now', { result: 'value' }),
  callback(['node:async_hooks#AsyncResource.new.runInAsyncScope'], '0', 'now', { result: 'value' }),
  wrapper(['node:async_hooks#AsyncResource.bind', 'node:async_hooks#AsyncLocalStorage.bind']),
  callback(members(['cls-hooked#createNamespace()', 'cls-hooked#getNamespace()', 'continuation-local-storage#createNamespace()'], ['run', 'runAndReturn', 'runPromise']), '0', 'now', { result: 'value' }),
  wrapper(members(['cls-hooked#createNamespace()', 'cls-hooked#getNamespace()'], ['bind'])),
  callback(['express-http-context#ns.run', 'cls-rtracer#runWithId'], '0', 'now', { result: 'value' }),
]

/** The package `async`: what it is given to do, and the callback that hears of the end. */
const ofAsync = (names: string, ...functions: string[]): CatalogRow => ({ path: names.split(' ').map((name) => `async#${name}`), run: functions.map((fn) => ({ fn, when: 'now' })) })
/** The function there is given each of a list; the one behind it hears of the end. */
const eachOfAsync = (names: string, fn: string, last: string): CatalogRow => ({ path: names.split(' ').map((name) => `async#${name}`), run: [{ fn, when: 'now', params: ['arg:0[]'] }, { fn: last, when: 'now' }] })
const async: CatalogRow[] = [
  ofAsync('parallel auto autoInject race tryEach parallelLimit', '0[]', '0{}', 'last'),
  { path: ['async#waterfall', 'async/waterfall#default', 'async-waterfall#default', 'run-waterfall#default'], run: [{ fn: '0[]', when: 'now', inTurn: 'given' }, { fn: 'last', when: 'now' }] },
  { path: ['async#series', 'async/series#default', 'run-series#default'], run: [{ fn: '0[]', when: 'now', inTurn: 'alone' }, { fn: '0{}', when: 'now' }, { fn: 'last', when: 'now' }] },
  eachOfAsync('each eachSeries map mapSeries forEach forEachSeries eachOf eachOfSeries forEachOf forEachOfSeries filter filterSeries reject detect detectSeries some someSeries every everySeries concat concatSeries sortBy '
    + 'groupBy', '1', '2'),
  ofAsync('mapValues mapValuesSeries times timesSeries transform', '1', '2'),
  eachOfAsync('eachLimit eachOfLimit mapLimit filterLimit concatLimit forEachLimit forEachOfLimit', '2', '3'),
  ofAsync('timesLimit mapValuesLimit reduce reduceRight whilst until', '0', '1', '2', '3'),
  ofAsync('doWhilst doUntil forever', '0', '1', '2'),
  // The callback stands behind what is tried again.
  { path: 'async#retry', run: [{ fn: '0', when: 'now', repeats: true }, { fn: '1', when: 'now', repeats: true }, { fn: '2', when: 'now' }] },
  callback('async#retryable', 'last', 'now', { repeats: true }),
]

/** What is done within a span of OpenTelemetry, which is given to it. */
const span = '@opentelemetry/api#Span.new'
const tracers = ['@opentelemetry/api#trace.getTracer()', '@opentelemetry/api#trace.getTracerProvider().getTracer()', '@opentelemetry/api#Tracer.new']
const tracing: CatalogRow[] = [
  { path: members(tracers, ['startActiveSpan']), run: [{ fn: 'last', when: 'now', result: 'value', params: [span] }] },
  { path: members(tracers, ['startSpan']), returns: span },
  { path: members(['@opentelemetry/api#trace'], ['getSpan', 'getActiveSpan']), returns: span },
  { path: '@opentelemetry/api#context.with', run: [{ fn: '1', when: 'now', result: 'value' }] },
]

const named = (name: string): string[] => [`lodash#${name}`, `lodash/${name}#default`, `lodash.${name}#default`, `underscore#${name}`]
const functions: CatalogRow[] = [
  { path: [...named('partial'), 'apart#default', 'apart#apart'], binds: { from: 1 } },
  { path: [...named('curry'), 'lodash/fp#curry', 'ramda#curry', 'rambda#curry', 'currify#default', 'currify#currify', 'curry#default', 'just-curry-it#default'], binds: { from: 1, curries: 'arity' } },
  { path: ['try-to-catch#default', 'try-to-catch#tryToCatch', 'try-catch#default', 'try-catch#tryCatch'], run: [{ fn: '0', when: 'now', result: 'elements', params: ['arg:1', 'arg:2', 'arg:3', 'arg:4'] }] },
  { path: ['wraptile#default', 'wraptile#wraptile'], binds: { from: 1, curries: 'once' } },
  { path: [...named('bind'), 'ramda#bind'], binds: { from: 2, self: 1 } },
  wrapper(['lodash#debounce', 'lodash#throttle', 'lodash/debounce#default', 'lodash/throttle#default', 'lodash.debounce#default', 'lodash.throttle#default', 'throttle-debounce#debounce', 'p-debounce#default', 'p-throttle#default()']),
  wrapper(['lodash#once', 'lodash/once#default', 'lodash.once#default', 'onetime#default', 'lodash#ary', 'lodash#unary', 'ramda#once', 'underscore#debounce', 'underscore#throttle', 'underscore#once']),
  callback(['p-retry#default', 'async-retry#default', 'promise-retry#default', 'ts-retry-promise#retry', 'exponential-backoff#backOff', '@lifeomic/attempt#retry', 'ts-retry#retryAsync', 'cockatiel#retry().execute'], '0', 'now', { result: 'value', repeats: true }),
  callback(['p-map#default', 'p-filter#default', 'p-each-series#default', 'p-map-series#default', 'bluebird#map', 'bluebird#each', 'bluebird#mapSeries', 'bluebird#filter', 'p-reduce#default'], '1', 'now', { params: ['element'] }),
  callback(['p-all#default', 'p-series#default'], '0[]', 'now'),
  callback(['p-queue#default.new.add', 'p-queue-cjs#default.new.add', 'p-queue-compat#default.new.add'], '0', 'later', { result: 'value' }),
  callback(['p-limit#default()'], '0', 'later', { result: 'value' }),
  callback(['p-timeout#default', 'p-try#default', 'await-to-js#default', 'bluebird#try'], '0', 'now', { result: 'value' }),
  ...async,
  callback(['async#queue', 'async#priorityQueue', 'async#cargo', 'fastq#default', 'fastq#promise'], '0', 'later'),
]

const operators = ['map', 'mergeMap', 'switchMap', 'concatMap', 'exhaustMap', 'flatMap', 'tap', 'filter', 'catchError', 'finalize', 'reduce', 'scan', 'defer', 'first', 'takeWhile', 'retryWhen', 'delayWhen', 'distinctUntilChanged', 'groupBy']
const streams: CatalogRow[] = [
  callback(operators.flatMap(name => [`rxjs#${name}`, `rxjs/operators#${name}`]), '0', 'now', { params: ['element'] }),
  { path: ['tap', 'catchError'].flatMap(name => [`rxjs#${name}`, `rxjs/operators#${name}`]), run: ['0', '0.next', '0.error', '0.complete', '1', '2'].map(fn => ({ fn, when: 'now' as const })) },
  callback(['rxjs#Observable.new'], '0', 'later'),
  // What a stream is led through is heard as the stream is.
  { path: members(['rxjs#Subject.new', 'rxjs#BehaviorSubject.new', 'rxjs#ReplaySubject.new'], ['pipe', 'asObservable']), returns: 'this' },
  { path: members(['rxjs#Observable.new', 'rxjs#Subject.new', 'rxjs#BehaviorSubject.new', 'rxjs#ReplaySubject.new', 'rxjs#interval()', 'rxjs#timer()', 'rxjs#fromEvent()', 'rxjs#from()', 'rxjs#of()'], ['subscribe', 'forEach']), run: ['0', '0.next', '0.error', '0.complete', '1', '2'].map(fn => ({ fn, when: 'later' as const })) },
]

const strategies = [
  'passport-local', 'passport-jwt', 'passport-google-oauth20', 'passport-google-oauth', 'passport-github', 'passport-github2', 'passport-facebook', 'passport-twitter', 'passport-http-bearer', 'passport-http', 'passport-oauth2',
  'passport-custom', 'passport-saml', '@node-saml/passport-saml', 'passport-discord', 'passport-steam', 'passport-linkedin-oauth2', 'passport-microsoft', 'passport-apple', 'passport-auth0', 'passport-ldapauth', 'passport-azure-ad', 'passport-headerapikey',
  'passport-anonymous', 'passport-gitlab2', 'passport-magic-login', 'passport-spotify', 'passport-slack', 'passport-line', 'passport-twitch-new', 'passport-reddit', 'passport-instagram', 'passport-openidconnect', 'openid-client',
].flatMap(name => ['Strategy', 'default', 'BasicStrategy', 'BearerStrategy', 'OIDCStrategy'].map(member => `${name}#${member}.new`))
const passport: CatalogRow[] = [
  { path: strategies, entry: { kind: 'middleware', handlers: ['last'], params: ['', '', '', '', ''] } },
  { path: ['passport#authenticate', 'passport#authorize', 'passport#Passport.new.authenticate', '@fastify/passport#authenticate', 'koa-passport#authenticate'], entry: { kind: 'middleware', path: '0', handlers: ['2', '1'], params: ['', '', ''] }, gate: true },
  { path: ['passport#serializeUser', 'passport#deserializeUser', 'koa-passport#serializeUser', 'koa-passport#deserializeUser', 'passport#Passport.new.serializeUser', 'passport#Passport.new.deserializeUser'], run: [{ fn: '0', when: 'request', params: [''] }] },
]

const schemaHooks = members(['mongoose#Schema.new'], ['pre', 'post'])
/** What Mongoose does to a document; the rest is done by queries. */
const onDocuments = ['save', 'validate', 'init', 'remove']

const hooks: CatalogRow[] = [
  callback(schemaHooks, 'last', 'request', { onlyWhen: { arg: '0', values: onDocuments }, thisIs: 'mongoose#Document.new' }),
  callback(schemaHooks, 'last', 'request', { onlyWhen: { arg: '0', not: onDocuments }, thisIs: 'mongoose#Query.new' }),
  callback(members(['mongoose#Schema.new'], ['virtual().get', 'virtual().set', 'plugin', 'path().validate']), '0', 'request'),
  callback(['multer#diskStorage'], '0{}', 'request', { params: [expressParams[0] as string, '', ''] }),
  callback(['multer#default'], '0.fileFilter', 'request', { params: [expressParams[0] as string, '', ''] }),
  callback(['express-rate-limit#default', 'express-rate-limit#rateLimit', 'http-proxy-middleware#createProxyMiddleware', 'cors#default', 'morgan#default', 'express-session#default'], '0', 'request', { params: [expressParams[0] as string, expressParams[1] as string] }),
  { path: ['express-rate-limit#default', 'express-rate-limit#rateLimit'], run: ['keyGenerator', 'skip', 'handler', 'max', 'limit'].map(name => ({ fn: `0.${name}`, when: 'request' as const, params: expressParams })) },
  // `cors({ origin: (origin, callback) => … })`: asked with each request.
  { path: ['cors#default', '@koa/cors#default', 'hono/cors#cors', 'koa2-cors#default', ...['@fastify/cors', 'fastify-cors'].flatMap(name => [`${name}#default(register)`, `${name}#fastifyCors(register)`])],
    run: [{ fn: '0.origin', when: 'request' as const, params: ['', ''] }] },
  { path: ['express-jwt#expressjwt', 'express-jwt#default'], run: ['secret', 'getToken', 'isRevoked'].map(name => ({ fn: `0.${name}`, when: 'request' as const, params: expressParams.slice(0, 1) })) },
  { path: ['http-proxy-middleware#createProxyMiddleware'], run: ['router', 'pathRewrite', 'onProxyReq', 'onProxyRes', 'on.proxyReq', 'on.proxyRes'].map(name => ({ fn: `0.${name}`, when: 'request' as const })) },
  { path: ['node:cluster#on', 'node:worker_threads#Worker.new.on', 'node:worker_threads#parentPort.on'], run: [{ fn: '1', when: 'background' }] },
]

export const timingRows: CatalogRow[] = [...timers, ...watched, ...contexts, ...tracing, ...functions, ...streams, ...passport, ...hooks]
