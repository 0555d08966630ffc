import type { CatalogRow } from '../../model/catalog.js'
import { calls, client, instances } from './make.js'

function databases(): CatalogRow[] {
  return [
    client('pool', [...instances('pg', 'Pool', 'Client', 'native.Pool'), ...instances('pg-pool', 'default'), ...calls('pg-promise', 'default'), ...calls('postgres',
      'default'), ...calls(['mysql', 'mysql2', 'mysql2/promise', 'promise-mysql', 'mariadb'], 'createPool', 'createConnection', 'createPoolCluster'),
      ...instances('mssql', 'ConnectionPool'), ...calls('mssql', 'connect'), ...instances('tedious', 'Connection'), ...calls('oracledb', 'createPool', 'getConnection'),
      ...calls('serverless-mysql', 'default'), ...calls('@neondatabase/serverless', 'neon'), ...instances('@neondatabase/serverless', 'Pool', 'Client'),
      ...calls('@planetscale/database', 'connect'), ...instances('@planetscale/database', 'Client'), ...calls('@vercel/postgres', 'createPool', 'createClient'),
      ...calls('slonik', 'createPool'), ...instances('snowflake-sdk', 'default'), ...calls('snowflake-sdk', 'createConnection', 'createPool')]),
    client('pool', [...instances('@prisma/client', 'PrismaClient'), ...instances('@prisma/client/edge', 'PrismaClient'), ...calls('knex', 'default', 'knex'),
      ...instances('sequelize', 'Sequelize'), ...instances('sequelize-typescript', 'Sequelize'), ...instances('typeorm', 'DataSource'), ...calls('typeorm',
      'createConnection', 'getConnection', 'getRepository', 'getManager'), ...instances('kysely', 'Kysely'), ...calls(['node-postgres', 'postgres-js', 'mysql2',
      'neon-http', 'neon-serverless', 'vercel-postgres', 'planetscale-serverless', 'd1', 'tidb-serverless', 'aws-data-api/pg', 'singlestore',
      'pg-proxy'].map(name => `drizzle-orm/${name}`), 'drizzle'), ...calls('bookshelf', 'default'), 'objection#Model', ...instances('waterline', 'default'),
      ...instances('mikro-orm', 'MikroORM')]),
    client('pool', [...instances('mongodb', 'MongoClient'), 'mongodb#MongoClient.connect()', ...calls('mongoose', 'connect', 'createConnection', 'model'),
      ...instances('mongoose', 'Mongoose', 'Connection'), ...calls('monk', 'default'), ...calls('mongojs', 'default'), ...instances('cassandra-driver', 'Client'),
      ...instances('couchbase', 'Cluster'), ...calls('couchbase', 'connect'), ...calls('nano', 'default'), ...calls('neo4j-driver', 'driver'), ...instances('ueberdb2', 'Database'), ...calls('arangojs',
      'Database'), ...instances('arangojs', 'Database'), ...calls('rethinkdb', 'connect'), ...instances('@clickhouse/client', 'default'), ...calls('@clickhouse/client',
      'createClient'), ...calls(['gel', 'edgedb'], 'createClient'), ...instances('@influxdata/influxdb-client', 'InfluxDB'), ...instances('influx', 'InfluxDB'),
      ...instances('faunadb', 'Client'), ...instances('fauna', 'Client'), ...instances('@azure/cosmos', 'CosmosClient'), ...instances('questdb', 'Sender'),
      ...instances('surrealdb', 'Surreal', 'default'), ...instances('surrealdb.js', 'Surreal', 'default')]),
    client('sdk', [...instances(['meilisearch'], 'MeiliSearch', 'Meilisearch'), ...instances('typesense', 'Client'), ...calls('algoliasearch', 'default',
      'algoliasearch'), ...instances('@pinecone-database/pinecone', 'Pinecone', 'PineconeClient'), ...instances('@qdrant/js-client-rest', 'QdrantClient'),
      ...instances('chromadb', 'ChromaClient'), ...instances('weaviate-client', 'default'), ...calls('weaviate-ts-client', 'client'),
      ...instances('@zilliz/milvus2-sdk-node', 'MilvusClient'), ...instances('convex/browser', 'ConvexHttpClient')]),
  ]
}

function caches(): CatalogRow[] {
  return [
    client('pool', [...instances('ioredis', 'default', 'Redis', 'Cluster'), ...instances('iovalkey', 'default', 'Redis', 'Valkey', 'Cluster'), ...calls(['redis',
      '@redis/client', 'handy-redis', 'async-redis', 'then-redis', '@node-redis/client', 'node-redis'], 'createClient', 'createCluster', 'createSentinel',
      'createNodeRedisClient', 'createClientPool'), 'redis#RedisClient.new', ...instances('@upstash/redis', 'Redis'), '@upstash/redis#Redis.fromEnv()',
      '@upstash/redis/cloudflare#Redis.fromEnv()', ...instances('@upstash/redis/cloudflare', 'Redis'), ...calls('@vercel/kv', 'createClient'), ...instances('memcached',
      'default'), ...instances('memjs', 'Client'), 'memjs#Client.create()', ...instances('@valkey/valkey-glide', 'GlideClient'),
      '@valkey/valkey-glide#GlideClient.createClient()', '@valkey/valkey-glide#GlideClusterClient.createClient()', ...instances('etcd3', 'Etcd3'), ...instances('consul',
      'default'), ...instances('hazelcast-client', 'Client'), 'hazelcast-client#Client.newHazelcastClient()', ...instances('tedis', 'Tedis', 'TedisPool'),
      ...calls('redis-om', 'Client'), ...instances('redis-om', 'Client', 'Repository')]),
    client('pool', ['@liaoliaots/nestjs-redis#RedisModule.forRoot()', '@nestjs-modules/ioredis#RedisModule.forRoot()', ...['@fastify/redis', '@fastify/postgres',
      '@fastify/mysql', '@fastify/mongodb', 'fastify-redis'].map(name => `${name}#default(register)`)]),
  ]
}

function http(): CatalogRow[] {
  return [
    client('http', [...calls('axios', 'create'), ...instances('axios', 'Axios'), 'got#extend()', ...calls('ky', 'create', 'extend'), ...calls('ofetch', 'createFetch',
      '$fetch.create', 'ofetch.create'), ...instances('undici', 'Agent', 'Pool', 'Client', 'ProxyAgent', 'RetryAgent', 'BalancedPool', 'EnvHttpProxyAgent', 'H2CClient'),
      ...instances(['node:http', 'node:https'], 'Agent'), ...instances('agentkeepalive', 'default', 'HttpsAgent'), ...instances(['https-proxy-agent', 'http-proxy-agent',
      'socks-proxy-agent', 'proxy-agent'], 'default', 'HttpsProxyAgent', 'HttpProxyAgent', 'SocksProxyAgent', 'ProxyAgent'), ...instances('cacheable-lookup', 'default'),
      ...calls('wretch', 'default'), ...instances('graphql-request', 'GraphQLClient'), ...calls('@trpc/client', 'createTRPCClient', 'createTRPCProxyClient'),
      ...calls(['http-proxy', 'node-http-proxy'], 'createProxyServer', 'createProxy'), ...calls('openapi-fetch', 'default'), ...calls('feaxios', 'create'),
      ...calls('soap', 'createClientAsync', 'createClient'), ...calls(['ldapjs', 'matrix-js-sdk'], 'createClient'), ...calls('@directus/sdk', 'createDirectus'), ...instances('typed-rest-client', 'RestClient'), ...calls('hono/client', 'hc'), ...calls('@elysiajs/eden', 'treaty',
      'edenTreaty')]),
    client('sdk', [...instances('@grpc/grpc-js', 'Client'), ...calls(['@grpc/grpc-js', 'grpc'], 'makeGenericClientConstructor', 'loadPackageDefinition'),
      ...calls('nice-grpc', 'createClient', 'createChannel'), ...calls(['@connectrpc/connect', '@bufbuild/connect'], 'createClient', 'createPromiseClient'),
      ...calls('@nestjs/microservices', 'ClientProxyFactory.create'), ...instances('@nestjs/microservices', 'ClientProxy', 'ClientKafka', 'ClientGrpc')]),
  ]
}

function loggers(): CatalogRow[] {
  return [
    client('logger', [...calls('winston', 'createLogger', 'child'), ...instances('winston', 'Logger', 'Container'), ...calls('pino', 'default', 'pino'),
      ...calls('bunyan', 'createLogger'), ...instances('bunyan', 'default'), ...calls('loglevel', 'getLogger'), ...instances('signale', 'Signale', 'default'),
      ...instances('tslog', 'Logger'), ...calls('debug', 'default', 'debug'), ...calls('consola', 'createConsola', 'create', 'withTag'), ...calls('roarr', 'Roarr'),
      ...calls('pino-http', 'default', 'pinoHttp'), ...calls('express-winston', 'logger', 'errorLogger'), ...calls('morgan', 'default'), ...instances('@nestjs/common',
      'Logger', 'ConsoleLogger'), ...instances('nestjs-pino', 'Logger', 'PinoLogger'), ...calls(['loglayer', '@logtape/logtape'], 'LogLayer', 'getLogger'),
      ...instances('loglayer', 'LogLayer'), ...instances('@aws-lambda-powertools/logger', 'Logger'), ...instances('next-axiom', 'Logger'),
      ...instances('@google-cloud/logging', 'Logging'), ...instances('@google-cloud/logging-winston', 'LoggingWinston'), ...instances('@logtail/node', 'Logtail'),
      ...instances('tracer', 'default'), ...calls('tracer', 'colorConsole'), ...calls('npmlog', 'default'), ...calls('fancy-log', 'default'), ...instances('adze',
      'default')]),
  ]
}

function metrics(): CatalogRow[] {
  return [
    client('metrics', [...instances('prom-client', 'Counter', 'Gauge', 'Histogram', 'Summary', 'Registry', 'Pushgateway', 'AggregatorRegistry'), ...instances('hot-shots',
      'default', 'StatsD'), ...instances('node-statsd', 'default', 'StatsD'), ...instances(['statsd-client', 'lynx', 'node-dogstatsd', 'dogstatsd'], 'default', 'StatsD'),
      ...instances('datadog-metrics', 'BufferedMetricsLogger'), ...calls('@opentelemetry/api', 'metrics.getMeter', 'trace.getTracer', 'trace.getTracerProvider'),
      ...['Counter', 'Histogram', 'UpDownCounter', 'Gauge', 'ObservableGauge', 'ObservableCounter'].map(name => `@opentelemetry/api#metrics.getMeter().create${name}()`),
      ...instances('@opentelemetry/sdk-metrics', 'MeterProvider'), ...instances('@opentelemetry/sdk-node', 'NodeSDK'), ...instances('@opentelemetry/sdk-trace-node',
      'NodeTracerProvider'), ...calls('express-prom-bundle', 'default'), ...calls('prometheus-api-metrics', 'default'), ...instances('@aws-lambda-powertools/metrics',
      'Metrics'), ...instances('@aws-lambda-powertools/tracer', 'Tracer'), ...calls('response-time', 'default'), ...calls('on-finished', 'default'),
      ...instances('perf_hooks', 'Histogram'), ...calls('node:perf_hooks', 'createHistogram', 'monitorEventLoopDelay'), ...calls('measured-core', 'createCollection'),
      ...instances('@pm2/io', 'default'), ...calls('@pm2/io', 'counter', 'meter', 'metric', 'histogram')]),
    client('metrics', [...calls(['@sentry/node', '@sentry/nextjs'], 'init'), ...instances(['@sentry/node', '@sentry/core'], 'NodeClient', 'Hub'),
      ...instances('posthog-node', 'PostHog', 'default'), ...instances('mixpanel', 'default'), ...calls('mixpanel', 'init'), ...instances(['@segment/analytics-node',
      'analytics-node'], 'Analytics', 'default'), ...calls('@amplitude/analytics-node', 'createInstance', 'init'), ...instances('rollbar', 'default'),
      ...calls(['@bugsnag/js', '@bugsnag/node'], 'start', 'createClient'), ...instances('honeybadger', 'default'), ...instances('launchdarkly-node-server-sdk',
      'default'), ...calls(['launchdarkly-node-server-sdk', '@launchdarkly/node-server-sdk'], 'init'), ...instances('unleash-client', 'Unleash'),
      ...calls('unleash-client', 'initialize', 'startUnleash'), ...instances('@growthbook/growthbook', 'GrowthBook', 'GrowthBookClient'), ...calls('configcat-node',
      'getClient'), ...calls('flagsmith-nodejs', 'default'), ...instances('@statsig/statsig-node-core', 'Statsig'), ...calls('@openfeature/server-sdk',
      'OpenFeature.getClient')]),
    client('metrics', [...instances('opossum', 'default'), ...calls('toobusy-js', 'default'), ...calls(['@godaddy/terminus', 'lightship', 'stoppable', 'http-terminator'],
      'createTerminus', 'createLightship', 'default', 'createHttpTerminator')]),
  ]
}

const AWS = ['S3', 'DynamoDB', 'SNS', 'SES', 'SESv2', 'Lambda', 'KMS', 'SecretsManager', 'SSM', 'CloudWatch', 'CloudWatchLogs', 'CloudFront', 'EventBridge', 'Kinesis',
  'Firehose', 'SFN', 'STS', 'EC2', 'ECS', 'IAM', 'Rekognition', 'Textract', 'Athena', 'Glue', 'BedrockRuntime', 'Comprehend', 'Polly', 'Transcribe', 'Translate',
  'Route53', 'CognitoIdentityProvider', 'Scheduler', 'Pinpoint', 'AppConfigData', 'IoTDataPlane', 'ApiGatewayManagementApi', 'MediaConvert', 'OpenSearch', 'Batch',
  'RDSData', 'IVS']

function sdks(): CatalogRow[] {
  const kebab = (name: string): string => name.replace(/v2$/, 'V2').replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2').toLowerCase()
  const v3 = AWS.flatMap(name => instances(`@aws-sdk/client-${awsPackage[name] ?? kebab(name)}`, `${name}Client`, name))
  return [
    client('sdk', v3),
    client('sdk', [...instances('@aws-sdk/lib-dynamodb', 'DynamoDBDocument', 'DynamoDBDocumentClient'), '@aws-sdk/lib-dynamodb#DynamoDBDocumentClient.from()',
      '@aws-sdk/lib-dynamodb#DynamoDBDocument.from()', 'aws-sdk#*.new', 'aws-sdk#DynamoDB.DocumentClient.new', ...instances('electrodb', 'Entity', 'Service'),
      ...calls('dynamoose', 'model'), ...instances('dynamodb-toolbox', 'Table', 'Entity'), ...instances('dynamodb-onetable', 'Table')]),
    client('sdk', [...instances('stripe', 'default', 'Stripe'), ...calls('stripe', 'default'), ...instances('square', 'Client', 'SquareClient'),
      ...instances('@paypal/checkout-server-sdk', 'core.PayPalHttpClient'), ...instances('@paypal/paypal-server-sdk', 'Client'), ...instances('razorpay', 'default'),
      ...instances('braintree', 'BraintreeGateway'), ...instances('@adyen/api-library', 'Client', 'CheckoutAPI'), ...calls('@mollie/api-client', 'createMollieClient',
      'default'), ...instances('mercadopago', 'MercadoPagoConfig', 'default'), ...instances('@paddle/paddle-node-sdk', 'Paddle'),
      ...calls('@lemonsqueezy/lemonsqueezy.js', 'lemonSqueezySetup'), ...instances('plaid', 'PlaidApi', 'Configuration'), ...instances('@polar-sh/sdk', 'Polar'),
      ...instances('coinbase-commerce-node', 'Client'), ...instances('gocardless-nodejs', 'default'), ...calls('gocardless-nodejs', 'default')]),
    client('sdk', [...instances('openai', 'default', 'OpenAI', 'OpenAIApi', 'AzureOpenAI', 'Configuration'), ...instances('@anthropic-ai/sdk', 'default', 'Anthropic'),
      ...instances('@google/generative-ai', 'GoogleGenerativeAI'), ...instances('@google/genai', 'GoogleGenAI'), ...instances('groq-sdk', 'default', 'Groq'),
      ...instances('@mistralai/mistralai', 'default', 'Mistral', 'MistralClient'), ...instances('cohere-ai', 'CohereClient', 'CohereClientV2'), ...instances('replicate',
      'default'), ...instances('@huggingface/inference', 'HfInference', 'InferenceClient'), ...instances('together-ai', 'default'), ...instances('ollama', 'Ollama'),
      ...calls(['@ai-sdk/openai', '@ai-sdk/anthropic', '@ai-sdk/google', '@ai-sdk/azure', '@ai-sdk/mistral', '@ai-sdk/groq', '@ai-sdk/openai-compatible',
      '@openrouter/ai-sdk-provider'], 'createOpenAI', 'createAnthropic', 'createGoogleGenerativeAI', 'createAzure', 'createMistral', 'createGroq',
      'createOpenAICompatible', 'createOpenRouter'), ...instances(['@langchain/openai', '@langchain/anthropic', '@langchain/google-genai', '@langchain/ollama',
      'langchain/chat_models/openai', '@langchain/groq'], 'ChatOpenAI', 'OpenAIEmbeddings', 'ChatAnthropic', 'ChatGoogleGenerativeAI', 'ChatOllama', 'ChatGroq',
      'OpenAI'), ...instances('assemblyai', 'AssemblyAI'), ...instances('elevenlabs', 'ElevenLabsClient'), ...instances('@deepgram/sdk', 'Deepgram'),
      ...calls('@deepgram/sdk', 'createClient'), ...instances('langfuse', 'Langfuse', 'default')]),
    client('sdk', [...calls('twilio', 'default'), ...instances('twilio', 'Twilio'), ...instances('@vonage/server-sdk', 'Vonage', 'default'), ...instances('plivo',
      'Client'), ...calls('messagebird', 'default', 'initClient'), ...instances('@slack/web-api', 'WebClient'), ...instances('@slack/webhook', 'IncomingWebhook'),
      ...instances('discord.js', 'REST', 'WebhookClient'), ...instances('@discordjs/rest', 'REST'), ...instances('node-telegram-bot-api', 'default'),
      ...instances('telegraf', 'Telegram', 'Telegraf'), ...instances('grammy', 'Bot', 'Api'), ...instances('expo-server-sdk', 'Expo', 'default'),
      ...instances(['@parse/node-apn', 'apn', 'node-apn'], 'Provider'), ...instances('node-pushnotifications', 'default'), ...instances('onesignal-node', 'Client')]),
    client('sdk', [...calls(['firebase-admin', 'firebase-admin/app', 'firebase/app'], 'initializeApp', 'getApp', 'app', 'auth', 'firestore', 'messaging', 'storage',
      'database'), ...calls(['firebase-admin/firestore', 'firebase/firestore'], 'getFirestore', 'initializeFirestore'), ...calls(['firebase-admin/auth', 'firebase/auth'],
      'getAuth'), ...calls(['firebase-admin/storage', 'firebase/storage'], 'getStorage'), ...instances(['@octokit/rest', 'octokit', '@octokit/core', '@octokit/app'],
      'Octokit', 'App'), ...calls('@octokit/graphql', 'graphql.defaults'), ...instances('@gitbeaker/rest', 'Gitlab'), ...instances('@linear/sdk', 'LinearClient'),
      ...instances('@notionhq/client', 'Client'), ...instances('airtable', 'default'), ...instances('@hubspot/api-client', 'Client'), ...calls('contentful',
      'createClient'), ...calls('@sanity/client', 'createClient', 'default'), ...calls(['@shopify/shopify-api'], 'shopifyApi'),
      ...calls(['@shopify/shopify-app-remix/server', '@shopify/shopify-app-express'], 'shopifyApp'), ...instances('@woocommerce/woocommerce-rest-api', 'default'),
      ...calls('googleapis', 'google.calendar', 'google.drive', 'google.sheets', 'google.gmail', 'google.youtube', 'google.oauth2', 'google.analytics'),
      ...instances('googleapis', 'google.auth.GoogleAuth', 'google.auth.JWT'), ...instances('google-auth-library', 'GoogleAuth', 'JWT'),
      ...instances('@googlemaps/google-maps-services-js', 'Client'), ...instances('auth0', 'ManagementClient', 'AuthenticationClient'), ...calls(['@clerk/backend',
      '@clerk/clerk-sdk-node', '@clerk/express'], 'createClerkClient'), ...instances('@workos-inc/node', 'WorkOS', 'default'), ...instances('jsforce', 'Connection'),
      ...instances('node-zendesk', 'default'), ...instances('intercom-client', 'Client', 'IntercomClient'), ...instances('docusign-esign', 'ApiClient'),
      ...instances('@microsoft/microsoft-graph-client', 'Client'), ...calls('@microsoft/microsoft-graph-client', 'Client.init', 'Client.initWithMiddleware'),
      ...instances('xero-node', 'XeroClient'), ...instances('twitter-api-v2', 'TwitterApi', 'default'), ...instances('snoowrap', 'default')]),
    client('sdk', [...instances('web3', 'default', 'Web3'), ...instances('ethers', 'JsonRpcProvider', 'providers.JsonRpcProvider', 'Wallet', 'Contract',
      'AlchemyProvider', 'InfuraProvider', 'WebSocketProvider'), ...calls('viem', 'createPublicClient', 'createWalletClient', 'createClient'),
      ...instances('@solana/web3.js', 'Connection'), ...instances('docker-modem', 'default'), ...instances('dockerode', 'default'),
      ...instances('@kubernetes/client-node', 'KubeConfig'), ...instances('jenkins', 'default'), ...instances('node-vault', 'default'), ...calls('node-vault', 'default'),
      ...instances(['@azure/keyvault-secrets', '@azure/identity', '@azure/data-tables', '@azure/openai'], 'SecretClient', 'DefaultAzureCredential',
      'ClientSecretCredential', 'TableClient', 'OpenAIClient')]),
  ]
}

/** Package names that are not the kebab case of the client's name. */
const awsPackage: Record<string, string> = {
  DynamoDB: 'dynamodb', SESv2: 'sesv2', CloudWatch: 'cloudwatch', CloudWatchLogs: 'cloudwatch-logs', CloudFront: 'cloudfront', EventBridge: 'eventbridge', EC2: 'ec2',
    S3: 's3', Route53: 'route-53',
  IoTDataPlane: 'iot-data-plane', AppConfigData: 'appconfigdata', ApiGatewayManagementApi: 'apigatewaymanagementapi', MediaConvert: 'mediaconvert',
    OpenSearch: 'opensearch', RDSData: 'rds-data', IVS: 'ivs',
}

function mail(): CatalogRow[] {
  return [
    // Keys and settings of whoever signs the tokens.
    client('sdk', [...calls('jwks-rsa', 'default'), ...instances('jwks-rsa', 'JwksClient'), ...calls('jose', 'createRemoteJWKSet'), ...calls('openid-client', 'discovery', 'Issuer.discover')]),
    client('sdk', [...calls('nodemailer', 'createTransport', 'createTestAccount'), ...instances('resend', 'Resend'), ...instances('@sendgrid/mail', 'MailService'),
      ...instances('postmark', 'ServerClient', 'AccountClient'), ...instances('mailgun.js', 'default'), 'mailgun.js#default.new.client()', ...calls('mailgun-js',
      'default'), ...instances('mailersend', 'MailerSend'), ...instances('sparkpost', 'default'), ...calls('@mailchimp/mailchimp_transactional', 'default'),
      ...instances(['@getbrevo/brevo', 'sib-api-v3-sdk'], 'TransactionalEmailsApi'), ...instances('loops', 'LoopsClient'), ...instances('@novu/node', 'Novu'),
      ...instances('@knocklabs/node', 'Knock'), ...instances('plunk-node', 'default'), ...instances('email-templates', 'default'), ...instances('node-mailjet', 'default',
      'Client'), ...calls('node-mailjet', 'apiConnect', 'connect'), ...instances('imapflow', 'ImapFlow')]),
  ]
}

function compiled(): CatalogRow[] {
  return [
    client('compiled', [...instances(['ajv', 'ajv/dist/2019', 'ajv/dist/2020', 'ajv/dist/jtd'], 'default', 'Ajv'), ...['compile', 'compileAsync',
      'getSchema'].map(name => `ajv#default.new.${name}()`), ...calls(['handlebars', 'ejs', 'pug', 'nunjucks', 'swig', 'dot', 'hogan.js', 'eta', 'underscore', 'lodash',
      'mustache', 'jade'], 'compile', 'compileFile', 'template', 'compileString', 'precompile'), ...calls('handlebars', 'create'), ...calls('nunjucks', 'configure'),
      ...instances('nunjucks', 'Environment'), ...instances('liquidjs', 'Liquid'), ...instances('eta', 'Eta'), ...calls('markdown-it', 'default'),
      ...instances('markdown-it', 'default'), ...instances('marked', 'Marked'), ...instances('showdown', 'Converter'), ...calls(['unified', 'remark', 'rehype'],
      'unified', 'remark', 'rehype', 'default'), ...calls('path-to-regexp', 'match', 'compile', 'pathToRegexp', 'default'), ...calls('fast-json-stringify', 'default'),
      ...calls('@sinclair/typebox/compiler', 'TypeCompiler.Compile'), ...calls('protobufjs', 'load', 'loadSync', 'parse'), ...calls('avsc', 'Type.forSchema', 'parse'),
      ...calls(['typescript-json-schema', 'tsoa'], 'buildGenerator'), ...calls('xstate', 'createMachine', 'setup'), ...calls('shiki', 'createHighlighter',
      'getHighlighter'), ...calls('picomatch', 'default'), ...instances('fastest-validator', 'default'), ...instances('css-to-react', 'default'), ...instances('turndown',
      'default'), ...instances('xml2js', 'Parser', 'Builder'), ...instances('fast-xml-parser', 'XMLParser', 'XMLBuilder'), ...calls('graphql', 'buildSchema', 'parse'),
      ...calls('@graphql-tools/schema', 'makeExecutableSchema'), ...instances('graphql', 'GraphQLSchema', 'GraphQLObjectType'), ...calls('graphql-jit', 'compileQuery'),
      ...instances('hashids', 'default'), ...instances('sqids', 'default'), ...instances('bad-words', 'default', 'Filter'), ...calls('cors', 'default'),
      ...calls('helmet', 'default'), ...calls('compression', 'default')]),
    client('compiled', [...instances(['i18n', 'i18n-2', 'i18n-js'], 'I18n', 'default'), ...calls('i18next', 'createInstance', 'init'), ...instances('@formatjs/intl',
      'IntlMessageFormat'), ...instances('intl-messageformat', 'IntlMessageFormat', 'default'), ...instances('global', 'Intl.DateTimeFormat', 'Intl.NumberFormat',
      'Intl.Collator', 'Intl.PluralRules', 'Intl.RelativeTimeFormat', 'Intl.ListFormat', 'Intl.Segmenter', 'Intl.DisplayNames', 'TextEncoder', 'TextDecoder',
      'URLPattern'), ...instances('maxmind', 'Reader'), ...calls('maxmind', 'open', 'openSync'), ...calls('@maxmind/geoip2-node', 'Reader.open'), ...calls('jose', 'createLocalJWKSet', 'importPKCS8', 'importSPKI', 'importJWK'), ...calls('fast-jwt', 'createSigner', 'createVerifier', 'createDecoder'), ...instances('node-forge',
      'default'), ...instances('tiktoken', 'Tiktoken'), ...calls(['tiktoken', 'js-tiktoken'], 'encoding_for_model', 'get_encoding', 'encodingForModel', 'getEncoding'),
      ...calls('isomorphic-dompurify', 'default'), ...calls('dompurify', 'default')]),
  ]
}

function config(): CatalogRow[] {
  return [
    client('config', [...calls('convict', 'default'), ...instances('nconf', 'Provider'), ...calls('nconf', 'argv', 'env', 'file', 'use', 'defaults'), ...calls('envalid',
      'cleanEnv'), ...calls(['@t3-oss/env-nextjs', '@t3-oss/env-core'], 'createEnv'), ...calls('env-var', 'get', 'from'), ...calls('rc', 'default'),
      ...instances('@nestjs/config', 'ConfigService'), ...calls('@nestjs/config', 'ConfigModule.forRoot', 'registerAs'), ...calls('c12', 'loadConfig'),
      ...calls('cosmiconfig', 'cosmiconfig', 'cosmiconfigSync'), ...calls('config', 'get', 'has'), ...calls('dotenv', 'parse'), ...calls('yargs', 'default'),
      ...instances('commander', 'Command'), ...calls('zod-config', 'loadConfig'), ...calls('node-config-ts', 'default'), ...calls('@adonisjs/env', 'Env.create'),
      ...calls('@adonisjs/core/env', 'Env.create')]),
  ]
}

/** Object storage: also the evidence that files do not stay on this machine. */
function storage(): CatalogRow[] {
  const message = 'files go to object storage'
  return [
    { path: [...instances('@google-cloud/storage', 'Storage'), ...instances('minio', 'Client'), ...instances('@azure/storage-blob', 'BlobServiceClient',
      'ContainerClient'), '@azure/storage-blob#BlobServiceClient.fromConnectionString()', ...instances('@aws-sdk/lib-storage', 'Upload'), ...instances('ali-oss',
      'default'), ...instances('cos-nodejs-sdk-v5', 'default'), ...instances('backblaze-b2', 'default'), ...instances('@supabase/storage-js', 'StorageClient'),
      ...instances('imagekit', 'default'), ...instances('qiniu', 'form_up.FormUploader'), ...instances('@bunny.net/storage-sdk', 'default'),
      ...instances('@flystorage/aws-s3', 'AwsS3StorageAdapter'), ...instances('flydrive/drivers/s3', 'S3Driver'), ...instances('flydrive/drivers/gcs', 'GCSDriver')],
      client: 'sdk', evidence: { question: 'session', message } },
    { path: ['cloudinary#v2.uploader.upload()', 'cloudinary#v2.uploader.upload_stream()', 'cloudinary#uploader.upload()', 'cloudinary#uploader.upload_stream()',
      '@adonisjs/drive#services.s3()', '@adonisjs/drive#services.gcs()'], evidence: { question: 'session', message } },
    { path: ['@aws-sdk/client-s3#PutObjectCommand.new', '@aws-sdk/s3-request-presigner#getSignedUrl()', '@aws-sdk/s3-presigned-post#createPresignedPost()',
      'aws-sdk#S3.new.upload()', 'aws-sdk#S3.new.putObject()'], evidence: { question: 'session', message } },
  ]
}

/** Pools, SDKs, loggers, metrics and compiled things: right to keep in the process. */
export const clientRows: CatalogRow[] = [...databases(), ...caches(), ...http(), ...loggers(), ...metrics(), ...sdks(), ...mail(), ...compiled(), ...config(),
  ...storage(), ...results()]

/** What factories of clients return, by the names that other rows give to it. */
function results(): CatalogRow[] {
  return [
    client('queue', ['amqplib#ChannelModel.new', 'amqplib#Connection.new', 'amqplib#Channel.new', 'amqp-connection-manager#AmqpConnectionManager.new',
      'nats#NatsConnection.new', 'mqtt#MqttClient.new', 'graphile-worker#WorkerUtils.new']),
    client('pool', ['pg-promise#Main.new', 'mongoose#Model', 'monk#Manager.new', 'dynamoose#Model', 'firebase-admin/database#Database.new',
      'firebase/firestore#Firestore.new']),
    client('sdk', ['firebase-admin/auth#Auth.new', 'viem#WalletClient.new', 'mailgun.js#Client.new', 'mailgun-js#Mailgun.new']),
  ]
}
