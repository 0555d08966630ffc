import type { CatalogRow, ConventionRow, EntryModel } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { identities, members } from './build.js'

const event = 'aws-lambda#Event.new'
const lambdaParams = [event, 'aws-lambda#Context.new', '']
const webRequest = 'global#Request.new'
const code = '{ts,tsx,js,mjs,cjs,mts}'

const skill = 'ask-sdk#SkillBuilder.new'
const skillModules = ['ask-sdk', 'ask-sdk-core', 'ask-sdk-v1adapter']
/** Skills of Alexa: handlers are asked in turn whether they can answer. */
const askSdk: CatalogRow[] = [
  { path: skillModules.flatMap(name => [`${name}#SkillBuilders.custom`, `${name}#SkillBuilders.standard`]), returns: skill },
  { path: `${skill}.addRequestHandlers`, returns: 'this', entry: { kind: 'message', handlers: ['0...canHandle', '0...handle'], params: ['ask-sdk#HandlerInput.new'] } },
]

/** SST: what is exported is made of the function that answers. */
const sst: CatalogRow[] = [
  { path: ['sst/aws/bus#bus.subscriber', 'sst/aws/realtime#realtime.subscriber', 'sst/node/event-bus#EventHandler'], entry: { kind: 'message', handlers: ['last'], params: ['aws-lambda#Event.new'] } },
  { path: ['sst/node/api#ApiHandler', '@serverless-stack/node/api#ApiHandler', 'sst/node/websocket-api#WebSocketApiHandler', 'sst/node/handler#Handler', '@serverless-stack/node/handler#Handler'], returns: 'arg:last' },
]

const lambda: CatalogRow[] = [
  ...sst,
  { path: ['@middy/core#default', '@middy/core#middy', 'middy#default'], returns: '@middy/core#Middy.new', entry: { kind: 'lambda', handlers: ['0'], params: lambdaParams, onlyWhen: { arg: '0', is: 'function' } } },
  { path: '@middy/core#Middy.new.handler', returns: 'this', entry: { kind: 'lambda', handlers: ['0'], params: lambdaParams } },
  { path: '@middy/core#Middy.new', handles: true },
  { path: '@middy/core#Middy.new.use', returns: 'this', entry: { kind: 'middleware', handlers: ['0.before', '0.after', '0.onError', '0[].before', '0[].after', '0[].onError'], params: ['@middy/core#Request.new'] } },
  { path: members(['@middy/core#Middy.new'], ['before', 'after', 'onError']), returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: ['@middy/core#Request.new'] } },
  {
    path: ['@sentry/serverless#AWSLambda.wrapHandler', '@sentry/aws-serverless#wrapHandler', 'datadog-lambda-js#datadog', 'global#awslambda.streamifyResponse', 'epsagon#lambdaWrapper', '@lumigo/tracer#default().trace', '@thundra/core#default()', 'newrelic#setLambdaHandler', '@dazn/lambda-powertools-pattern-basic#default'],
    returns: 'arg:0',
  },
  // What is traced is what it was.
  { path: ['aws-xray-sdk', 'aws-xray-sdk-core'].flatMap(module => ['captureAWS', 'captureAWSClient', 'captureAWSv3Client', 'captureHTTPs'].map(name => `${module}#${name}`)), returns: 'arg:0' },
  { path: 'aws-embedded-metrics#metricScope', returns: 'arg:0()', run: [{ fn: '0', when: 'now', params: ['aws-embedded-metrics#MetricsLogger.new'] }] },
  // An application that is no framework's: a function of a request and its response.
  { path: ['serverless-http#default', '@vendia/serverless-express#default', '@codegenie/serverless-express#default'], entry: { kind: 'lambda', method: 'ALL', handlers: ['0.app~0'], params: ['node:http#IncomingMessage.new', 'node:http#ServerResponse.new'] } },
  ...askSdk,
  { path: ['@fnproject/fdk#handle'], entry: { kind: 'lambda', handlers: ['0'], params: ['aws-lambda#Event.new', ''] } },
  { path: [event, 'aws-lambda#Context.new', '@middy/core#Request.new'], owned: 'request' },
  { path: '@middy/core#Request.new.event', property: true, returns: event },
  ...identities(event, { body: 'input', queryStringParameters: 'input', pathParameters: 'input', headers: 'input', requestContext: 'user', Records: 'input', detail: 'input', cookies: 'token', arguments: 'input', identity: 'user' }),
  ...['APIGatewayProxyEvent', 'APIGatewayProxyEventV2', 'APIGatewayEvent', 'SQSEvent', 'SNSEvent', 'S3Event', 'DynamoDBStreamEvent', 'EventBridgeEvent', 'ScheduledEvent', 'KinesisStreamEvent', 'AppSyncResolverEvent', 'ALBEvent', 'CloudFrontRequestEvent', 'LambdaFunctionURLEvent']
    .map((name): CatalogRow => ({ path: `aws-lambda#${name}.new`, returns: event })),
]

const azure = (names: string[], entry: EntryModel): CatalogRow => ({ path: names.map(name => `@azure/functions#app.${name}`), entry })
const azureParams = ['@azure/functions#HttpRequest.new', '@azure/functions#InvocationContext.new']
const azureRows: CatalogRow[] = [
  azure(['http'], { kind: 'lambda', methodFrom: '1.methods', methodDefault: 'ALL', path: '1.route~0', handlers: ['1.handler'], params: azureParams }),
  ...Object.entries({ get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', deleteRequest: 'DELETE' })
    .map(([name, method]) => azure([name], { kind: 'lambda', method, path: '1.route~0', handlers: ['1.handler', '1'], params: azureParams })),
  azure(['timer'], { kind: 'job', path: '0', handlers: ['1.handler'], params: ['', '@azure/functions#InvocationContext.new'] }),
  azure(['storageQueue', 'serviceBusQueue', 'serviceBusTopic', 'eventHub', 'eventGrid', 'cosmosDB', 'storageBlob', 'generic', 'sql', 'webPubSub'], {
    kind: 'message', path: '1.queueName~1.topicName~1.eventHubName~0', handlers: ['1.handler'], params: ['', '@azure/functions#InvocationContext.new'],
  }),
  { path: ['durable-functions#app.orchestration', 'durable-functions#app.activity', 'durable-functions#app.entity'], entry: { kind: 'message', path: '0', handlers: ['1.handler', '1'] } },
  { path: [...azureParams, '@azure/functions#Context.new'], owned: 'request' },
  ...identities('@azure/functions#HttpRequest.new', { query: 'input', params: 'input', headers: 'input', body: 'input', user: 'user' }),
  { path: members(['@azure/functions#HttpRequest.new'], ['json', 'text', 'formData']), owned: 'request', identity: 'input' },
]

const fb = ['firebase-functions', 'firebase-functions/v1']
const fbPaths = (names: string[]): string[] => fb.flatMap(name => names.map(member => `${name}#${member}`))
const triggers: [string[], string[], EntryModel][] = [
  [['database.ref()', 'firestore.document()', 'auth.user()', 'storage.object()', 'storage.bucket().object()', 'pubsub.topic()', 'remoteConfig', 'analytics.event()', 'tasks.taskQueue()', 'database.instance().ref()'],
    ['onCreate', 'onUpdate', 'onDelete', 'onWrite', 'onFinalize', 'onArchive', 'onMetadataUpdate', 'onPublish', 'onLog', 'onDispatch'], { kind: 'message', handlers: ['0'] }],
  [['testLab.testMatrix()'], ['onComplete'], { kind: 'message', handlers: ['0'] }],
  [['remoteConfig', 'https'], ['onUpdate'], { kind: 'message', handlers: ['0'] }],
  [['auth.user()', 'auth.user().region()'], ['beforeCreate', 'beforeSignIn'], { kind: 'hook', handlers: ['0'] }],
  [['pubsub.schedule()', 'pubsub.schedule().timeZone()', 'pubsub.schedule().retryConfig()'], ['onRun'], { kind: 'job', handlers: ['0'] }],
]
const v2 = (module: string, names: string[], entry: EntryModel): CatalogRow => ({ path: [`firebase-functions/v2/${module}`, `firebase-functions/${module}`].flatMap(name => names.map(member => `${name}#${member}`)), entry })
const google: CatalogRow[] = [
  { path: ['@google-cloud/functions-framework#http'], entry: { kind: 'lambda', method: 'ALL', path: '0', handlers: ['1'], params: expressParams } },
  { path: ['@google-cloud/functions-framework#cloudEvent', '@google-cloud/functions-framework#event'], entry: { kind: 'message', path: '0', handlers: ['1'] } },
  ...fb.flatMap((name): CatalogRow[] => [{ path: [`${name}#runWith`, `${name}#region`], returns: `${name}#default` }]),
  { path: fbPaths(['https.onRequest']), entry: { kind: 'lambda', method: 'ALL', handlers: ['0'], params: expressParams } },
  { path: fbPaths(['https.onCall']), entry: { kind: 'lambda', method: 'POST', handlers: ['0'], params: ['firebase-functions#Data.new', 'firebase-functions#CallableContext.new'] } },
  ...triggers.map(([bases, names, entry]): CatalogRow => ({ path: fbPaths(bases.flatMap(base => names.map(name => `${base}.${name}`))), entry })),
  v2('https', ['onRequest'], { kind: 'lambda', method: 'ALL', handlers: ['1~0'], params: expressParams }),
  v2('https', ['onCall', 'onCallGenkit'], { kind: 'lambda', method: 'POST', handlers: ['1~0'], params: ['firebase-functions#CallableRequest.new'] }),
  v2('firestore', ['onDocumentCreated', 'onDocumentUpdated', 'onDocumentDeleted', 'onDocumentWritten', 'onDocumentCreatedWithAuthContext', 'onDocumentWrittenWithAuthContext', 'onDocumentUpdatedWithAuthContext', 'onDocumentDeletedWithAuthContext'], { kind: 'message', path: '0.document~0', handlers: ['1'] }),
  v2('database', ['onValueCreated', 'onValueUpdated', 'onValueDeleted', 'onValueWritten'], { kind: 'message', path: '0.ref~0', handlers: ['1'] }),
  v2('pubsub', ['onMessagePublished'], { kind: 'message', path: '0.topic~0', handlers: ['1'] }),
  v2('storage', ['onObjectFinalized', 'onObjectDeleted', 'onObjectArchived', 'onObjectMetadataUpdated'], { kind: 'message', path: '0.bucket', handlers: ['1~0'] }),
  v2('tasks', ['onTaskDispatched'], { kind: 'message', handlers: ['1~0'] }),
  v2('eventarc', ['onCustomEventPublished'], { kind: 'message', path: '0', handlers: ['1'] }),
  v2('identity', ['beforeUserCreated', 'beforeUserSignedIn'], { kind: 'hook', handlers: ['1~0'] }),
  v2('remoteConfig', ['onConfigUpdated'], { kind: 'message', handlers: ['1~0'] }),
  v2('testLab', ['onTestMatrixCompleted'], { kind: 'message', handlers: ['1~0'] }),
  v2('alerts', ['onAlertPublished'], { kind: 'message', path: '0.alertType~0', handlers: ['1'] }),
  v2('alerts/crashlytics', ['onNewFatalIssuePublished', 'onNewNonfatalIssuePublished', 'onNewAnrIssuePublished', 'onRegressionAlertPublished', 'onStabilityDigestPublished', 'onVelocityAlertPublished'], { kind: 'message', handlers: ['1~0'] }),
  v2('alerts/appDistribution', ['onInAppFeedbackPublished', 'onNewTesterIosDevicePublished'], { kind: 'message', handlers: ['1~0'] }),
  v2('alerts/performance', ['onThresholdAlertPublished'], { kind: 'message', handlers: ['1~0'] }),
  v2('alerts/billing', ['onPlanUpdatePublished', 'onPlanAutomatedUpdatePublished'], { kind: 'message', handlers: ['1~0'] }),
  v2('scheduler', ['onSchedule'], { kind: 'job', path: '0.schedule~0', handlers: ['1'] }),
  { path: ['firebase-functions#Data.new', 'firebase-functions#CallableContext.new', 'firebase-functions#CallableRequest.new'], owned: 'request' },
  { path: 'firebase-functions#Data.new', identity: 'input' },
  ...identities('firebase-functions#CallableRequest.new', { data: 'input', auth: 'user' }),
  ...identities('firebase-functions#CallableContext.new', { auth: 'user' }),
]

const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']
const doMethods = { fetch: [webRequest], webSocketMessage: ['', ''], webSocketClose: [''], webSocketError: [''] }
const sockets = (...names: string[]) => Object.fromEntries(names.map(name => [name, 'socket' as const]))
const ofSocket = sockets('webSocketMessage', 'webSocketClose', 'webSocketError')
const parties = ['partyserver#Server', 'agents#Agent']
const partyMethods = { ...doMethods, onRequest: [webRequest], onConnect: ['', ''], onMessage: ['', ''], onClose: ['', '', ''], onError: ['', ''] }
const ofParty = { ...ofSocket, ...sockets('onConnect', 'onMessage', 'onClose', 'onError') }
const workersContext = ['', 'cloudflare#Env.new', 'cloudflare#ExecutionContext.new']
const edge: CatalogRow[] = [
  // One instance an id, by design of the platform: its fields are not shared process state.
  { path: ['cloudflare:workers#DurableObject', 'global#DurableObject'], component: { scope: 'request', request: doMethods, requestKind: 'route', kinds: ofSocket, background: ['alarm'] } },
  { path: parties, component: { scope: 'request', request: partyMethods, requestKind: 'route', kinds: ofParty, background: ['alarm', 'onAlarm'] } },
  { path: 'cloudflare:workers#WorkerEntrypoint', component: { scope: 'request', request: { fetch: [webRequest], scheduled: [''], queue: [''], tail: [''] }, requestKind: 'route', kinds: { scheduled: 'job', queue: 'message', tail: 'hook' } } },
  { path: 'cloudflare:workers#WorkflowEntrypoint', component: { scope: 'request', request: { run: ['', ''] }, requestKind: 'message' } },
  { path: 'global#addEventListener', entry: { kind: 'route', method: 'ALL', handlers: ['1'], params: ['cloudflare#FetchEvent.new'], onlyWhen: { arg: '0', values: ['fetch'] } } },
  { path: 'global#addEventListener', entry: { kind: 'job', handlers: ['1'], onlyWhen: { arg: '0', values: ['scheduled'] } } },
  { path: ['cloudflare#FetchEvent.new', 'cloudflare#ExecutionContext.new', 'cloudflare#EventContext.new'], owned: 'request' },
  { path: ['cloudflare#Env.new', 'cloudflare#EventContext.new.env', 'hono#Context.new.env'], owned: 'request', environment: true },
  // As frameworks hand it on.
  {
    path: [
      '@react-router/node#RouteArgs.new.context.env', '@react-router/node#RouteArgs.new.context.cloudflare.env', '@sveltejs/kit#RequestEvent.new.platform.env', 'h3#H3Event.new.context.cloudflare.env',
      ...['astro#APIContext.new', 'global#Astro'].map(context => `${context}.locals.runtime.env`), '@solidjs/start#APIEvent.new.nativeEvent.context.cloudflare.env', '@builder.io/qwik-city#RequestEvent.new.platform.env', 'cloudflare:workers#env', 'sst#Resource',
    ],
    property: true, returns: 'cloudflare#Env.new', environment: true,
  },
  { path: ['@cloudflare/next-on-pages#getRequestContext', '@cloudflare/next-on-pages#getOptionalRequestContext', '@opennextjs/cloudflare#getCloudflareContext'], returns: 'cloudflare#EventContext.new' },
  { path: ['cloudflare#FetchEvent.new.request', 'cloudflare#EventContext.new.request'], property: true, returns: webRequest },
  { path: ['cloudflare#ExecutionContext.new.waitUntil', 'cloudflare#EventContext.new.waitUntil', 'cloudflare:workers#waitUntil'], run: [{ fn: '0', when: 'now' }] },
  {
    path: ['global#Bun.serve', 'bun#serve'], returns: 'bun#Server.new',
    entry: { kind: 'route', method: 'ALL', handlers: ['0.fetch', '0.error', '0.routes{}', '0.static{}'], params: [webRequest, 'bun#Server.new'] },
  },
  ...httpMethods.map((method): CatalogRow => ({ path: ['global#Bun.serve', 'bun#serve'], entry: { kind: 'route', method, handlers: [`0.routes{}.${method}`], params: [webRequest, 'bun#Server.new'] } })),
  { path: ['global#Bun.serve', 'bun#serve'], entry: { kind: 'socket', handlers: ['0.websocket.open', '0.websocket.message', '0.websocket.close', '0.websocket.drain'], params: ['bun#ServerWebSocket.new', ''] } },
  { path: 'bun#ServerWebSocket.new', owned: 'connection' },
  { path: 'global#Deno.serve', entry: { kind: 'route', method: 'ALL', handlers: ['0.handler', '1~0'], params: [webRequest, ''] } },
  { path: 'global#Deno.cron', entry: { kind: 'job', path: '0', handlers: ['3~2'] } },
  { path: ['srvx#serve'], entry: { kind: 'route', method: 'ALL', handlers: ['0.fetch'], params: [webRequest] } },
  { path: ['@netlify/functions#schedule'], returns: 'arg:1', entry: { kind: 'job', path: '0', handlers: ['1'], params: lambdaParams } },
  { path: ['@netlify/functions#builder', '@netlify/functions#stream'], returns: 'arg:0' },
]

const awsPackages = ['aws-lambda', '@types/aws-lambda', 'serverless', '@middy/core', 'serverless-offline', 'aws-cdk-lib', '@aws-cdk/core', '@aws-cdk/aws-lambda', '@pulumi/aws', '@aws-lambda-powertools/logger', 'serverless-webpack', 'serverless-esbuild', 'sst', '@serverless/typescript']
const asLambda = { kind: 'lambda' as const, params: lambdaParams }
const asRoute = (method: string, params = [webRequest]) => ({ kind: 'route' as const, method, params })
const webExports = Object.fromEntries(httpMethods.map(method => [method, asRoute(method)]))

/** Redwood: a folder of functions, and services that resolve what the schemas beside them name. */
const redwoodPackages = ['@redwoodjs/api', '@redwoodjs/graphql-server', '@cedarjs/api', '@cedarjs/graphql-server']
const redwood: ConventionRow[] = [
  { packages: redwoodPackages, files: [`src/functions/**/*.${code}`], not: ['**/*.{test,spec,scenarios}.*'], exports: { handler: asLambda } },
  { packages: redwoodPackages, files: [`src/services/**/*.${code}`], not: ['**/*.{test,spec,scenarios}.*'], exports: { '<operations>': { kind: 'resolver', params: ['graphql#Args.new', 'graphql#Info.new'], sdl: 'src/graphql' } } },
]

/** Twilio Functions: a file a function, whose handler is given settings and a client, what was sent, and how to answer. */
const twilioContext = 'twilio#Context.new'
const twilioRows: CatalogRow[] = [
  { path: twilioContext, environment: true },
  { path: `${twilioContext}.getTwilioClient`, returns: 'twilio#Twilio.new' },
  { path: 'twilio#Event.new', owned: 'request', identity: 'input' },
]

export const serverlessConventions: ConventionRow[] = [
  // Functions of Google Cloud that the deployment names, where no call registers them.
  { packages: ['@google-cloud/functions-framework'], files: [`{index,function,main}.${code}`, `src/{index,function,main}.${code}`], exports: { '*': { kind: 'lambda', params: expressParams }, default: { kind: 'lambda', params: expressParams, members: true } } },
  ...redwood,
  { packages: awsPackages, takes: ['_?(event|evt)', '_?(context|ctx)'], files: [`**/*.${code}`], not: ['**/node_modules/**', '**/*.{test,spec}.*'], exports: { handler: asLambda, lambdaHandler: asLambda } },
  { packages: ['serverless', '@serverless/typescript', 'serverless-esbuild', 'serverless-webpack'], files: [`**/functions/**/handler.${code}`, `**/lambda*/**/*.${code}`], exports: { main: asLambda } },
  {
    packages: ['wrangler', '@cloudflare/workers-types', '@cloudflare/vite-plugin', '@cloudflare/vitest-pool-workers', 'miniflare'], beside: ['wrangler.toml', 'wrangler.json', 'wrangler.jsonc'], files: [`**/*.${code}`], not: ['**/node_modules/**', '**/*.{test,spec}.*'],
    exports: {
      'default.fetch': asRoute('ALL', [webRequest, ...workersContext.slice(1)]), 'default.scheduled': { kind: 'job', params: workersContext },
      'default.queue': { kind: 'message', params: workersContext }, 'default.email': { kind: 'message', params: workersContext }, '<classes>': { kind: 'route', classes: 'cloudflare:workers#DurableObject' }, 'default.tail': { kind: 'hook', params: workersContext },
    },
  },
  {
    packages: ['wrangler', '@cloudflare/workers-types'], files: [`functions/**/*.${code}`], route: { strip: ['functions'] },
    exports: Object.fromEntries([['', 'ALL'], ...httpMethods.map(method => [method, method])].map(([suffix, method]) => [
      `onRequest${(suffix as string).charAt(0)}${(suffix as string).slice(1).toLowerCase()}`, asRoute(method as string, ['cloudflare#EventContext.new']),
    ])),
  },
  { packages: ['@vercel/node', 'vercel', '@vercel/functions', '@vercel/edge'], beside: ['vercel.json'], files: [`api/**/*.${code}`], not: ['api/_*/**', 'api/**/_*'], route: { strip: [''] }, exports: { default: asRoute('ALL', ['next#NextApiRequest.new', 'next#NextApiResponse.new']), ...webExports } },
  { packages: ['@netlify/functions', '@netlify/edge-functions', 'netlify-lambda', 'netlify-cli', 'netlify'], beside: ['netlify.toml'], files: [`netlify/functions/**/*.${code}`, `netlify/edge-functions/**/*.${code}`], route: { strip: ['netlify/functions', 'netlify/edge-functions'] }, exports: { handler: asLambda, default: asRoute('ALL', [webRequest, '']) } },
  { packages: ['@netlify/functions', 'netlify-lambda', 'netlify-cli'], beside: ['netlify.toml'], files: [`{functions,src/functions,lambda,src/lambda}/**/*.${code}`], route: { strip: ['functions', 'src/functions', 'lambda', 'src/lambda'] }, exports: { handler: asLambda } },
  { packages: ['twilio-run', '@twilio/runtime-handler', '@twilio-labs/serverless-runtime-types', 'twilio'], beside: ['.twilioserverlessrc'], files: [`{functions,src/functions}/**/*.${code}`], route: { strip: ['functions', 'src/functions'] }, exports: { handler: { kind: 'lambda', params: [twilioContext, 'twilio#Event.new', ''] } } },
  { packages: ['@azure/functions'], beside: ['host.json'], files: [`*/index.${code}`, `src/*/index.${code}`, `dist/*/index.${code}`], exports: { default: { kind: 'lambda', params: ['@azure/functions#Context.new', '@azure/functions#HttpRequest.new'] } } },
]

export const serverlessRows: CatalogRow[] = [...lambda, ...twilioRows, ...azureRows, ...google, ...edge]
