import type { CatalogRow } from '../../model/catalog.js'

const sets = (path: string | string[], what: string, instead: string, value?: string): CatalogRow => ({ path, setsGlobal: { what,
  ...(value === undefined ? {} : { value }), instead } })

/** Not where one of these calls, made at start-up, gives each request a copy of its own. */
const apart = (row: CatalogRow, by: string[]): CatalogRow => (row.setsGlobal ? { ...row, setsGlobal: { ...row.setsGlobal, ofRequestBy: by } } : row)

/** With two arguments it is the first of them that gets the setting: `setLocale(req, 'de')`. */
const ofOne = (row: CatalogRow): CatalogRow => (row.setsGlobal ? { ...row, setsGlobal: { ...row.setsGlobal, upTo: 1 } } : row)

const partly = (row: CatalogRow): CatalogRow[] => (row.setsGlobal ? [{ ...row, setsGlobal: { ...row.setsGlobal, partly: true } }] : [])

const LANGUAGE = 'the language of the root instance'
const CLONE = 'use `i18next.getFixedT(lng)`, `cloneInstance()`, or `req.i18n` of i18next-http-middleware'

function runtime(): CatalogRow[] {
  return [
    sets(['global#process.env', 'node:process#env'], 'the environment of the process', 'pass the value as an argument, or keep it in AsyncLocalStorage'),
    sets(['global#process.chdir', 'node:process#chdir'], 'the working directory of the process', 'use absolute paths', '0'),
    sets(['global#process.umask', 'node:process#umask'], 'the file mode mask of the process', 'pass `mode` to the call that creates the file', '0'),
    sets(['global#process.title', 'global#process.exitCode', 'global#process.setuid', 'global#process.setgid', 'global#process.setMaxListeners'], 'the process',
      'set it at start-up'),
    sets(['global#Error.stackTraceLimit', 'global#Error.prepareStackTrace'], 'how all errors look', 'set it at start-up'),
    sets(['node:events#defaultMaxListeners', 'node:events#EventEmitter.defaultMaxListeners'], 'the limits of emitters',
      'set it at start-up, or on one emitter', '0'),
    sets(['node:dns#setServers', 'node:dns#setDefaultResultOrder', 'node:dns/promises#setServers', 'node:dns#promises.setServers'], 'the DNS servers of the process',
      'use a `Resolver` of its own', '0'),
    sets(['node:http#globalAgent', 'node:https#globalAgent'], 'the agent of all outbound requests', 'pass `agent` with the call'),
    sets(['node:net#setDefaultAutoSelectFamily', 'node:tls#DEFAULT_MIN_VERSION', 'node:tls#DEFAULT_MAX_VERSION', 'node:crypto#setFips', 'node:crypto#setEngine',
      'node:v8#setFlagsFromString'], 'network and crypto defaults of the process', 'pass options with the call'),
    sets(['global#window', 'global#navigator', 'global#document', 'global#location'], 'browser globals of the process', 'create a DOM for each request and pass it on'),
    sets(['jsdom-global#default()', 'global-jsdom#default()', 'browser-env#default()'], 'browser globals of the process', 'create a DOM for each request and pass it on'),
    sets(['global#Intl.DateTimeFormat', 'global#Date.now', 'global#Math.random'], 'a built-in of the process', 'pass the function as an argument'),
    sets(['mockdate#set', 'timekeeper#freeze', 'timekeeper#travel', 'tzset#default'], 'the clock of the process', 'pass the time as an argument', '0'),
    sets(['random#use', 'chance#set'], 'the random numbers of the process', 'use an instance', '0'),
  ]
}

function http(): CatalogRow[] {
  return [
    sets('axios#defaults', 'the defaults of all axios requests', 'pass the option with the call, or use `axios.create()` for each request'),
    sets(['axios#interceptors.request.use', 'axios#interceptors.response.use'], 'an interceptor of all axios requests, one more with each call',
      'add it at start-up, or use `axios.create()`', '0'),
    { path: ['axios#Axios.new.defaults', 'axios#AxiosInstance.new.defaults'], setsIdentity: { what: 'the defaults of a client that others share',
      instead: 'pass `headers` with each call, or create the client for each request' } },
    { path: ['axios#AxiosInstance.new.interceptors.request.use', 'axios#AxiosInstance.new.interceptors.response.use'],
      setsIdentity: { what: 'an interceptor of a client that others share', instead: 'pass `headers` with each call' } },
    sets(['undici#setGlobalDispatcher', 'undici#setGlobalOrigin', 'global-agent#bootstrap', 'global-tunnel-ng#initialize'], 'the dispatcher of all outbound requests',
      'pass `dispatcher` with the call', '0'),
    sets(['needle#defaults'], 'the defaults of all requests', 'pass the option with the call', '0'),
    sets(['wretch#options', 'wretch#defaults', 'wretch#polyfills'], 'the defaults of all requests', 'use an instance', '0'),
    sets(['qs#formats'], 'the formats of all queries', 'pass options with the call'),
  ]
}

function dates(): CatalogRow[] {
  return [
    sets(['moment#locale', 'moment#lang', 'moment#updateLocale', 'moment#defineLocale', 'moment-timezone#locale', 'moment-timezone#updateLocale'],
      'the locale of all dates', 'use `moment(x).locale(name)`', '0'),
    sets(['moment#tz.setDefault', 'moment-timezone#tz.setDefault'], 'the time zone of all dates', 'use `moment.tz(x, zone)`', '0'),
    sets('dayjs#locale', 'the locale of all dates of dayjs', 'use `dayjs(x).locale(name)`', '0'),
    sets(['dayjs#tz.setDefault'], 'the time zone of all dates of dayjs', 'use `dayjs.tz(x, zone)`', '0'),
    sets(['date-fns#setDefaultOptions'], 'the options of all dates', 'pass `{ locale }` with the call', '0'),
    sets(['luxon#Settings.defaultZone', 'luxon#Settings.defaultLocale', 'luxon#Settings.defaultZoneName', 'luxon#Settings.now', 'luxon#Settings.defaultNumberingSystem'],
      'the defaults of all dates', 'use `DateTime.local({ zone, locale })`'),
    sets(['numeral#locale', 'numeral#defaultFormat', 'numeral#register', 'numbro#setLanguage', 'numbro#setDefaults', 'accounting#settings'], 'the format of all numbers',
      'use an instance, or `Intl.NumberFormat`', '0'),
    sets(['globalize#locale', 'd3-format#formatDefaultLocale', 'd3-time-format#timeFormatDefaultLocale'], 'the locale of all formats', 'use an instance', '0'),
    sets(['decimal.js#set', 'decimal.js#config', 'decimal.js#Decimal.set', 'decimal.js#Decimal.config', 'big.js#DP', 'big.js#RM', 'bignumber.js#config',
      'bignumber.js#set', 'bignumber.js#BigNumber.config', 'bignumber.js#BigNumber.set', 'mathjs#config', 'currency.js#settings'], 'the precision of all numbers',
      'use a copy (`Decimal.clone()`, `create()`)', '0'),
    sets(['@dinero.js/core#globalLocale', 'dinero.js#globalLocale', 'dinero.js#defaultCurrency', 'dinero.js#globalFormat'], 'the defaults of all amounts',
      'pass them with the call'),
  ]
}

function translation(): CatalogRow[] {
  return [
    sets(['i18next#changeLanguage', 'i18next#setDefaultNamespace'], LANGUAGE, CLONE, '0'),
    ...partly(sets(['i18next#addResourceBundle', 'i18next#addResource'], LANGUAGE, CLONE, '0')),
    ofOne(sets(['i18n#setLocale', 'i18n#I18n.new.setLocale'], 'the language of all requests', 'use `req.setLocale()` or `__({ phrase, locale })`', '0')),
    sets(['i18n-js#locale', 'i18n-js#I18n.new.locale', 'i18n-2#default.new.setLocale'], 'the language of all requests',
      'use `req.setLocale()` or `__({ phrase, locale })`', '0'),
    sets(['@lingui/core#i18n.activate', '@lingui/core#i18n.load', '@lingui/core#i18n.loadAndActivate'], 'the language of the global instance',
      'use `setupI18n()` for each request', '0'),
    sets(['node-polyglot#default.new.locale', 'vue-i18n#createI18n().global.locale', 'vue-i18n#createI18n().global.setLocaleMessage',
      '@inlang/paraglide-js#setLanguageTag', 'typesafe-i18n#setLocale', 'react-intl-universal#init', '@transifex/native#tx.setCurrentLocale',
      'counterpart#setLocale', 'rosetta#default().locale'], 'the language of all requests', 'create the instance for each request', '0'),
    sets(['svelte-i18n#init', 'svelte-i18n#locale.set', 'svelte-i18n#locale'], 'the language of the stores of svelte-i18n',
      'create the formatter for each request', '0'),
    sets(['y18n#default().setLocale', 'gettext.js#default().setLocale', 'node-gettext#default.new.setLocale', 'node-gettext#default.new.setTextDomain'],
      'the language of all requests', 'create the instance for each request', '0'),
    sets(['@faker-js/faker#faker.seed', '@faker-js/faker#faker.setDefaultRefDate', '@faker-js/faker#faker.setLocale', 'faker#locale', 'faker#setLocale', 'faker#seed'],
      'the generator that all share', 'use `new Faker(…)`', '0'),
  ]
}

function validation(): CatalogRow[] {
  return [
    sets(['zod#setErrorMap', 'zod#z.setErrorMap', 'zod#config', 'zod#z.config', 'zod/v4#config', 'zod/v4#z.config'], 'the messages of all schemas',
      'pass an error map with the parse', '0'),
    sets(['yup#setLocale', 'yup#addMethod', 'valibot#setGlobalConfig', 'valibot#setGlobalMessage', 'valibot#setSpecificMessage'], 'the messages of all schemas',
      'pass them with the schema', '0'),
    sets(['validatorjs#useLang', 'validatorjs#register', 'validatorjs#setMessages', 'class-validator#registerSchema', 'validate.js#options'],
      'the rules of all validators', 'use an instance', '0'),
    sets(['ajv#default.new.addSchema', 'ajv#default.new.removeSchema', 'ajv#Ajv.new.addSchema'], 'the schemas of a shared validator', 'add schemas at start-up', '0'),
  ]
}

function databases(): CatalogRow[] {
  return [
    sets(['mongoose#set', 'mongoose#plugin', 'mongoose#Mongoose.new.set'], 'the options of all models', 'set it at start-up', '1'),
    sets(['pg#defaults', 'pg#types.setTypeParser', 'mssql#connect', 'mssql#close'], 'the driver for all connections', 'set it at start-up', '1'),
    sets(['knex#Client.new.config', 'knex#Knex.new.client.config'], 'the settings of a shared database client', 'set it at start-up'),
    sets(['objection#Model.knex'], 'the database of all models', 'use `Model.bindKnex(knex)` for a tenant', '0'),
    sets(['sequelize#Sequelize.useCLS', 'sequelize-typescript#Sequelize.useCLS'], 'transactions of all models', 'set it at start-up', '0'),
    sets(['typeorm#useContainer', 'routing-controllers#useContainer', 'type-graphql#Container.set', 'typedi#Container.set', 'tsyringe#container.register',
      'tsyringe#container.registerInstance', 'tsyringe#container.registerSingleton'], 'a service that all requests share',
      'use a child container for each request (`container.createChildContainer()`, `Container.of(id)`)', '1'),
    sets(['dotenv#config', 'dotenv#populate', 'dotenv-flow#config', 'config#util.setModuleDefaults', 'nconf#set', 'nconf#overrides',
      'convict#default().set', 'convict#default().load'], 'the configuration of the process', 'read the configuration at start-up', '0'),
  ]
}

function sdks(): CatalogRow[] {
  return [
    sets(['aws-sdk#config.update', 'aws-sdk#config.credentials', 'aws-sdk#config.region', 'aws-sdk#config.setPromisesDependency', 'aws-sdk/global#config.update',
      'aws-sdk#config'], 'the credentials and region of all AWS clients', 'pass them to the client', '0'),
    sets(['@sendgrid/mail#setApiKey', '@sendgrid/mail#setTwilioEmailAuth', '@sendgrid/mail#setSubstitutionWrappers', '@sendgrid/client#setApiKey',
      '@sendgrid/mail#setClient'], 'the API key of all mails', 'create a `MailService` for each account', '0'),
    sets(['stripe#setApiKey', 'stripe#default.new.setApiKey', 'stripe#default.new.setApiField'], 'the API key of all calls',
      'pass `{ stripeAccount }` or `{ apiKey }` with the call', '0'),
    sets(['paypal-rest-sdk#configure', 'razorpay#configure', 'iyzipay#configure', 'mercadopago#configure', 'mercadopago#configurations.setAccessToken',
      'mailgun-js#setApiKey', 'mailchimp-api-v3#setApiKey', '@mailchimp/mailchimp_marketing#setConfig', 'conekta#api_key', 'paystack#setKey'], 'the account of all calls',
      'create a client for each account', '0'),
    sets(['cloudinary#config', 'cloudinary#v2.config'], 'the account of all uploads', 'pass the options with the call', '0'),
    sets(['googleapis#google.options', '@googleapis/drive#options'], 'the credentials of all Google clients', 'pass `auth` to the API client', '0'),
    sets(['openai#default.new.apiKey', 'openai#OpenAI.new.apiKey', 'openai#default.new.organization', '@anthropic-ai/sdk#default.new.apiKey'],
      'the key of all calls of this client', 'create a client for each account'),
    sets(['algoliasearch#SearchClient.new.setExtraHeader', 'algoliasearch#SearchClient.new.addAlgoliaAgent', 'replicate#default.new.auth', 'web-push#setVapidDetails',
      'web-push#setGCMAPIKey', 'twit#default.new.setAuth', 'shippo#set', 'shippo#setToken', 'easypost#setApiKey', 'twilio#Twilio.new.setAccountSid',
      'hubspot#setAccessToken', 'asana#Client.new.useAccessToken', 'intercom-client#Client.new.useRequestOpts', '@fal-ai/client#fal.config',
      '@fal-ai/serverless-client#config'], 'the account of all calls', 'create a client for each account', '0'),
    sets(['passport#use', 'passport#unuse', 'koa-passport#use', '@fastify/passport#default.new.use', '@fastify/passport#Authenticator.new.use',
      'passport#Passport.new.use', 'passport#Authenticator.new.use'], 'a strategy for all requests',
      'register strategies at start-up, one name for each tenant, or pass the strategy to `authenticate()`', 'last'),
    sets(['express#Express.new.enable', 'express#Express.new.disable'], 'a setting of the application', 'set it at start-up, or decide it in a middleware', '0'),
    sets(['nodemailer#Transporter.new.set', 'nodemailer#Transporter.new.use'], 'the shared transport', 'set it at start-up', '1'),
    sets(['web3#default.new.setProvider', '@project-serum/anchor#setProvider', '@coral-xyz/anchor#setProvider'], 'the provider of all calls',
      'create a client for each provider', '0'),
  ]
}

function telemetry(): CatalogRow[] {
  const sentry = ['@sentry/node', '@sentry/nextjs', '@sentry/nestjs', '@sentry/sveltekit', '@sentry/remix', '@sentry/nuxt', '@sentry/astro', '@sentry/bun',
    '@sentry/core', '@sentry/aws-serverless', '@sentry/serverless', '@sentry/google-cloud-serverless']
  const names = ['setUser', 'setTag', 'setTags', 'setContext', 'setExtra', 'setExtras', 'configureScope']
  return [
    // Since version 8 each request has a scope of its own.
    { ...apart(sets(sentry.flatMap(module => names.map(name => `${module}#${name}`)), 'the current scope of Sentry',
      'set it inside `withScope()` of the request, or use version 8', '0'), sentry.map(module => `${module}#Handlers.requestHandler`)), version: '<8' },
    { path: sentry.flatMap(module => ['withScope', 'withIsolationScope'].map(name => `${module}#${name}`)), run: [{ fn: '0', when: 'now', result: 'value' }] },
    // How much is logged, and where to, no client can see; what a request writes on all lines is another matter.
    sets(['winston#createLogger().defaultMeta', 'winston#Logger.new.defaultMeta', 'pino#default().setBindings', 'pino#Logger.new.setBindings', 'bunyan#createLogger().fields'],
      'the logger of all requests', 'use a child logger for the request', '0'),
    sets(['log4js#getLogger().addContext', 'log4js#getLogger().removeContext'], 'the context of a shared logger',
      'use a logger for each request, or AsyncLocalStorage', '1'),
    sets(['mixpanel#set_config', 'mixpanel#init().set_config', 'bugsnag#setUser', '@bugsnag/js#setUser', '@bugsnag/node#setUser', '@bugsnag/js#addMetadata',
      'rollbar#default.new.configure', 'rollbar#default.new.global', '@rollbar/node#configure', 'applicationinsights#defaultClient.commonProperties',
      'applicationinsights#defaultClient.context.tags', 'elastic-apm-node#setGlobalLabel'], 'the identity of all reports', 'pass it with the report', '0'),
  ]
}

function rendering(): CatalogRow[] {
  return [
    sets([...['handlebars', 'hbs'].flatMap(module => [`${module}#registerHelper`, `${module}#registerPartial`, `${module}#unregisterHelper`]),
      'handlebars#default.new.registerHelper', 'hbs#localsAsTemplateData', 'handlebars#create().registerHelper'], 'a helper of all templates',
      'pass `helpers` and `partials` with the render', '1'),
    sets(['nunjucks#configure', 'nunjucks#configure().addGlobal', 'nunjucks#Environment.new.addGlobal', 'nunjucks#Environment.new.addFilter', 'ejs#delimiter',
      'ejs#fileLoader', 'ejs#cache', 'pug#globals', 'swig#setDefaults', 'swig-templates#setDefaults', 'swig#setFilter', 'mustache#tags', 'mustache#escape',
      'liquidjs#Liquid.new.registerFilter', 'liquidjs#Liquid.new.registerTag', 'eta#configure', 'eta#Eta.new.configure', 'twig#extendFilter', 'twig#extendFunction'],
      'all templates', 'pass the value to the render', '1~0'),
    sets(['marked#use', 'marked#setOptions', 'marked#marked.use', 'marked#marked.setOptions', 'marked#parse.setOptions', 'marked#defaults', 'markdown-it#default().use',
      'markdown-it#default.new.use', 'showdown#setOption', 'showdown#setFlavor', 'showdown#extension', 'remarkable#Remarkable.new.set', 'highlight.js#configure',
      'highlight.js#registerLanguage', 'prismjs#languages', 'mermaid#initialize', 'katex#__defineMacro', 'dompurify#setConfig', 'dompurify#addHook',
      'isomorphic-dompurify#setConfig', 'isomorphic-dompurify#addHook', 'sanitize-html#defaults'],
      'the renderer of all requests', 'pass options with the call, or use an instance', '0'),
    sets(['pdfmake#fonts', 'pdfmake/build/pdfmake#fonts', 'pdfmake/build/pdfmake#vfs', 'pdfmake/build/pdfmake#tableLayouts', '@react-pdf/renderer#Font.register',
      'canvas#registerFont', '@napi-rs/canvas#GlobalFonts.register', 'sharp#cache', 'sharp#concurrency', 'sharp#simd', 'fluent-ffmpeg#setFfmpegPath',
      'chart.js#Chart.defaults', 'chart.js#Chart.register', 'chart.js#defaults'], 'the renderer of all requests', 'set it at start-up', '0'),
    sets(['mobx#configure', 'mobx-react#enableStaticRendering', 'mobx-react-lite#enableStaticRendering', 'immer#setAutoFreeze', 'rxjs#config', 'bluebird#config',
      'q#longStackSupport', 'colors#setTheme', 'chalk#level', 'lodash#templateSettings', 'underscore#templateSettings', 'lodash#mixin', 'underscore#mixin'],
      'a setting of the library for the process', 'set it at start-up', '0'),
  ]
}

function rooms(): CatalogRow[] {
  return [
    // `io.sockets.adapter.rooms[room].host = …`: what a game or a call keeps of a room, hung on what the adapter keeps.
    sets(['socket.io#Server.new', 'socket.io#Namespace.new', 'socket.io#Socket.new'].map((from) => `${from}.adapter.rooms`), "the data of socket.io's rooms",
      'keep what belongs to a room in a shared store, under its name'),
  ]
}

/** Calls and assignments that set something for the whole process: inside a request they leak into the others. */
export const globalSetterRows: CatalogRow[] = [...runtime(), ...http(), ...dates(), ...translation(), ...validation(), ...databases(), ...sdks(), ...telemetry(),
  ...rendering(), ...rooms()]
