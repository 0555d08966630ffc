import type { CatalogRow, ComponentModel, ConventionRow } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { koaParams } from './koa.js'
import { hapi } from './routers.js'
import { aliases, identities, members, routeRows, verbs } from './build.js'

const decoratorVerbs: Record<string, string> = { Get: 'GET', Post: 'POST', Put: 'PUT', Patch: 'PATCH', Delete: 'DELETE', Head: 'HEAD', Options: 'OPTIONS', All: 'ALL', Del: 'DELETE' }
const named = (module: string, names: string[]): string[] => names.map(name => `${module}#${name}`)
const code = '{ts,js,mjs,cjs}'

/** A framework of classes whose methods carry verbs. */
function controllers(modules: string[], classes: string[], scope: ComponentModel['scope'], inputs: string[], names = decoratorVerbs): CatalogRow[] {
  return [
    { path: modules.flatMap(module => named(module, classes)), component: { scope, entries: true }, prefix: '0.path~0' },
    ...Object.entries(names).map(([name, method]): CatalogRow => ({ path: modules.flatMap(module => named(module, [name])), entry: { kind: 'route', method, path: '0', decorator: true } })),
    { path: modules.flatMap(module => named(module, inputs)), owned: 'request', identity: 'input' },
  ]
}

const routing = 'routing-controllers'
const routingControllers: CatalogRow[] = [
  ...controllers([routing], ['Controller', 'JsonController'], 'singleton', ['Body', 'BodyParam', 'Param', 'Params', 'QueryParam', 'QueryParams', 'HeaderParam', 'HeaderParams', 'UploadedFile', 'UploadedFiles', 'State']),
  { path: `${routing}#Method`, entry: { kind: 'route', methodFrom: '0', path: '1', decorator: true } },
  { path: named(routing, ['CookieParam', 'CookieParams']), owned: 'request', identity: 'token' },
  { path: named(routing, ['Session', 'SessionParam']), owned: 'request', identity: 'session' },
  { path: named(routing, ['UseBefore', 'UseAfter']), entry: { kind: 'middleware', handlers: ['0..', '0.new.use', '1.new.use'], params: expressParams, errorParams: ['', ...expressParams] } },
  { path: `${routing}#CurrentUser`, owned: 'request', identity: 'user' },
  { path: `${routing}#Req`, returns: 'express#Request.new' },
  { path: `${routing}#Res`, returns: 'express#Response.new' },
  { path: `${routing}#Ctx`, returns: 'koa#Context.new' },
  { path: [`${routing}#Middleware`, `${routing}#Interceptor`], component: { scope: 'singleton', request: { use: expressParams, error: ['', ...expressParams], intercept: ['', ''] } } },
  ...[['createExpressServer', '0'], ['createKoaServer', '0'], ['useExpressServer', '1'], ['useKoaServer', '1']].map(([name, at]): CatalogRow => ({
    path: `${routing}#${name}`, ...(name?.includes('Express') ? { returns: 'express#Express.new' } : { returns: 'koa#default.new' }),
    entry: { kind: 'middleware', handlers: [`${at}.authorizationChecker`, `${at}.currentUserChecker`], params: ['routing-controllers#Action.new', ''] },
  })),
  { path: `${routing}#Action.new`, owned: 'request' },
  { path: `${routing}#Action.new.request`, property: true, returns: 'express#Request.new' },
  { path: `${routing}#createParamDecorator`, run: [{ fn: '0.value', when: 'request', params: ['routing-controllers#Action.new'] }] },
]

/** Decorators of the project's own, as src/link/own-decorators.ts knows them. */
const own: CatalogRow[] = [
  ...controllers(['own:decorators'], ['Controller'], 'singleton', []),
  { path: 'own:decorators#Route', entry: { kind: 'route', methodFrom: '0', path: '1', decorator: true } },
]

const others: CatalogRow[] = [
  // tsoa makes a controller for each request unless a container is configured.
  ...controllers(['tsoa', '@tsoa/runtime'], ['Route'], 'request', ['Body', 'BodyProp', 'Query', 'Queries', 'Path', 'Header', 'UploadedFile', 'UploadedFiles', 'FormField', 'RequestProp', 'Inject']),
  { path: ['tsoa#Request', '@tsoa/runtime#Request'], returns: 'express#Request.new' },
  ...controllers(['@tsed/common', '@tsed/schema', '@tsed/di'], ['Controller'], 'singleton', ['BodyParams', 'PathParams', 'QueryParams', 'HeaderParams']),
  { path: ['@tsed/common#BodyParams', ...named('@tsed/platform-params', ['BodyParams', 'PathParams', 'QueryParams', 'HeaderParams', 'RawBodyParams', 'Context'])], owned: 'request', identity: 'input' },
  { path: ['@tsed/platform-middlewares#Middleware', '@tsed/common#Middleware'], component: { scope: 'singleton', request: { use: expressParams } } },
  ...controllers(['@midwayjs/core', '@midwayjs/decorator'], ['Controller'], 'request', ['Body', 'Query', 'Param', 'Headers', 'Queries', 'File', 'Files', 'Fields', 'RequestIP']),
  ...controllers(['@overnightjs/core'], ['Controller'], 'singleton', []),
  { path: '@overnightjs/core#ChildControllers', mount: { children: ['0'] } },
  { path: named('@overnightjs/core', ['Middleware', 'ClassMiddleware']), entry: { kind: 'middleware', handlers: ['0'], params: expressParams } },
  { path: named('@overnightjs/core', ['ErrorMiddleware', 'ClassErrorMiddleware']), entry: { kind: 'middleware', handlers: ['0'], params: ['', ...expressParams] } },
  { path: '@overnightjs/core#Server.new.app', property: true, returns: 'express#Express.new' },
  ...controllers(['inversify-express-utils', '@inversifyjs/http-core'], ['controller', 'Controller'], 'request', ['requestParam', 'queryParam', 'requestBody', 'requestHeaders', 'Params', 'Query', 'Body', 'Headers']),
  ...routeVerbs('inversify-express-utils', { httpGet: 'GET', httpPost: 'POST', httpPut: 'PUT', httpPatch: 'PATCH', httpDelete: 'DELETE', httpHead: 'HEAD', all: 'ALL' }),
  ...routeVerbs('awilix-express', { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' }),
  ...routeVerbs('awilix-koa', { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' }),
  { path: members(['inversify-express-utils#InversifyExpressServer.new'], ['setConfig', 'setErrorConfig']), returns: 'this', run: [{ fn: '0', when: 'startup', params: ['express#Express.new'] }] },
  { path: 'inversify-express-utils#InversifyExpressServer.new.build', returns: 'express#Express.new' },
  { path: ['inversify-express-utils#request'], returns: 'express#Request.new' },
  { path: ['inversify-express-utils#response'], returns: 'express#Response.new' },
  { path: 'inversify-express-utils#BaseMiddleware', component: { scope: 'singleton', request: { handler: expressParams } } },
]

function routeVerbs(module: string, names: Record<string, string>): CatalogRow[] {
  return Object.entries(names).map(([name, method]) => ({ path: `${module}#${name}`, entry: { kind: 'route', method, path: '0', decorator: true } }))
}

const loopback = ['@loopback/rest', '@loopback/openapi-v3']
const ofLoopback = (names: string[]): string[] => loopback.flatMap(module => named(module, names))
const loopbackRows: CatalogRow[] = [
  ...loopback.flatMap(module => routeVerbs(module, { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', del: 'DELETE' })).map((row): CatalogRow => ({ ...row, component: { scope: 'request', entries: true } })),
  { path: ofLoopback(['operation']), component: { scope: 'request', entries: true }, entry: { kind: 'route', methodFrom: '0', path: '1', decorator: true } },
  { path: ofLoopback(['api']), component: { scope: 'request', entries: true }, prefix: '0.basePath' },
  // Data sources and observers are made by the application, once.
  { path: ['@loopback/core#lifeCycleObserver'], component: { scope: 'singleton' } },
  { path: ofLoopback(['requestBody', 'param', 'requestBody.file', 'param.*', 'param.*.*']), owned: 'request', identity: 'input' },
]

const router = '@adonisjs/core#Router.new'
const adonisContext = '@adonisjs/core#HttpContext.new'
const adonisGroup = '@adonisjs/core#RouteGroup.new'
const adonisControllers = ['app/Controllers/Http', 'app/Controllers', 'app/controllers']
const adonis: CatalogRow[] = [
  { path: ['@adonisjs/core/services/router#default', '@ioc:Adonis/Core/Route#default'], property: true, returns: router },
  ...routeRows([router], { ...verbs, any: 'ALL' }, { path: '0', handlers: ['1'], named: adonisControllers, params: [adonisContext], minArgs: 2 }),
  { path: `${router}.route`, entry: { kind: 'route', methodFrom: '1', path: '0', handlers: ['2'], named: adonisControllers, params: [adonisContext] } },
  { path: `${router}.group`, returns: adonisGroup, run: [{ fn: '0', when: 'startup', params: [router] }], group: '0' },
  { path: `${adonisGroup}.prefix`, returns: 'this', prefix: '0' },
  { path: members([adonisGroup], ['use', 'middleware', 'as', 'where', 'domain', 'namespace']), returns: 'this' },
  ...[['index', 'GET'], ['create', 'GET'], ['store', 'POST'], ['show', 'GET'], ['edit', 'GET'], ['update', 'PUT'], ['destroy', 'DELETE']].map(([name, method]): CatalogRow => ({
    path: [`${router}.resource`, `${router}.shallowResource`], returns: '@adonisjs/core#RouteResource.new', entry: { kind: 'route', method: method as string, path: '0', handlers: [`1.new.${name}`], named: adonisControllers, resource: name as string, params: [adonisContext] },
  })),
  { path: '#generated/controllers#controllers', bag: true },
  { path: ['@adonisjs/core/env#Env.new.get', '@ioc:Adonis/Core/Env#get', '@adonisjs/core/env#get'], returns: 'arg:1' },
  { path: adonisContext, owned: 'request' },
  ...aliases(adonisContext, ['@adonisjs/core/http#HttpContext.new', '@ioc:Adonis/Core/HttpContext#HttpContextContract.new']),
  ...identities(adonisContext, { auth: 'user', 'auth.user': 'user', session: 'session', params: 'input', request: 'input' }),
]

const feathersApp = '@feathersjs/feathers#Application.new'
/** Services over a database, whose `create` inserts what it is given. */
const databaseServices = ['feathers-mongoose', 'feathers-sequelize', 'feathers-knex', 'feathers-mongodb', 'feathers-objection', 'feathers-mikro-orm', 'feathers-prisma', '@feathersjs/mongodb', '@feathersjs/knex']
const feathersMethods: Record<string, string> = { find: 'GET', get: 'GET', create: 'POST', update: 'PUT', patch: 'PATCH', remove: 'DELETE' }
const hookContext = '@feathersjs/feathers#HookContext.new'
const feathers: CatalogRow[] = [
  { path: ['@feathersjs/feathers#feathers', '@feathersjs/feathers#default', '@feathersjs/express#default', '@feathersjs/koa#koa', '@feathersjs/express#feathersExpress'], returns: feathersApp },
  ...aliases(feathersApp, ['@feathersjs/express#Application.new', '@feathersjs/koa#Application.new']),
  ...Object.entries(feathersMethods).map(([name, method]): CatalogRow => ({
    path: `${feathersApp}.use`, returns: 'this', entry: { kind: 'procedure', method, path: '0', handlers: [`last.${name}`, `1.${name}`], params: name === 'find' || name === 'create' ? ['', ''] : ['', '', ''], orLibrary: ['feathers-', '@feathersjs/mongodb', '@feathersjs/knex', '@feathersjs/memory', '@feathersjs/authentication'], minArgs: 2, onlyWhen: { arg: '2.methods[]', values: [name], orAbsent: true }, ...(name === 'create' && { does: { kind: 'insert', by: 'feathers', of: databaseServices, fix: 'declare a natural key unique in the schema, or take the id from the client' } }) },
  })),
  { path: `${feathersApp}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: expressParams, errorParams: ['', ...expressParams] } },
  ...routeRows([feathersApp], verbs, { path: '0', handlers: ['1..'], params: expressParams, minArgs: 2 }),
  { path: `${feathersApp}.configure`, returns: 'this', mount: { children: ['0'], plugin: { params: ['this'], bound: true } } },
  { path: `${feathersApp}.service`, returns: '@feathersjs/feathers#Service.new' },
  { path: [`${feathersApp}.hooks`, '@feathersjs/feathers#Service.new.hooks'], returns: 'this', entry: { kind: 'hook', handlers: ['before', 'after', 'error', 'around'].flatMap(at => [`0.${at}{}`, `0.${at}`]), params: [hookContext, ''] } },
  { path: '@feathersjs/feathers#Service.new.on', entry: { kind: 'hook', path: '0', handlers: ['1'], params: ['', hookContext] } },
  { path: `${feathersApp}.publish`, entry: { kind: 'hook', handlers: ['last'], params: ['', hookContext] } },
  { path: `${feathersApp}.set`, returns: 'this', access: { op: 'write', key: '0', value: '1' } },
  { path: feathersApp, bag: true },
  { path: hookContext, owned: 'request' },
  { path: `${hookContext}.app`, property: true, returns: feathersApp },
  ...identities(hookContext, { 'params.user': 'user', data: 'input', id: 'input', params: 'input' }),
]

const moleculer = 'moleculer#Context.new'
const moleculerService = 'moleculer#Service.new'
/** A description of a service, and the mixins that it names. */
const described = ['0', '0.mixins[]', '0.mixins[].mixins[]']
const makesService = ['moleculer#ServiceBroker.new.createService', `${moleculerService}.parseServiceSchema`]
const ofService = (names: string[]): string[] => described.flatMap(at => names.map(name => `${at}.${name}`))
const platforms: CatalogRow[] = [
  {
    path: makesService, acts: { as: moleculerService, with: [...described, ...ofService(['methods'])], begins: ofService(['created', 'started', 'stopped']) },
    entry: { kind: 'procedure', handlers: ofService(['actions{}', 'actions{}.handler']), params: [moleculer], thisIs: moleculerService, under: '0.name' },
  },
  { path: 'moleculer#Service', component: { scope: 'singleton' } },
  // An action runs for whoever calls it by the names of its service and its own.
  { path: `${moleculer}.call`, sends: { key: '0', args: ['this'] } },
  { path: ['moleculer#ServiceBroker.new.call', `${moleculerService}.broker.call`], sends: { key: '0', args: [] } },
  { path: makesService, entry: { kind: 'message', handlers: ofService(['events{}', 'events{}.handler']), params: [moleculer], thisIs: moleculerService } },
  { path: ['moleculer-decorators#Service', 'moleculer-decorators-extra#Service'], component: { scope: 'singleton', entries: true } },
  { path: ['moleculer-decorators#Action', 'moleculer-decorators-extra#Action'], entry: { kind: 'procedure', decorator: true } },
  { path: ['moleculer-decorators#Event', 'moleculer-decorators-extra#Event'], entry: { kind: 'message', path: '0.name', decorator: true } },
  { path: moleculer, owned: 'request' },
  { path: 'moleculer#Service.new.adapter', property: true, returns: 'moleculer-db#Adapter.new' },
  ...identities(moleculer, { params: 'input', 'meta.user': 'user', meta: 'user' }),
  { path: ['meteor/meteor#Meteor.methods', 'global#Meteor.methods'], entry: { kind: 'procedure', handlers: ['0{}'], params: [] } },
  { path: ['meteor/mdg:validated-method#ValidatedMethod.new', 'meteor/jam:method#createMethod'], entry: { kind: 'procedure', path: '0.name', handlers: ['0.run'], params: ['meteor#Given.new'] } },
  { path: ['meteor/mdg:validated-method#ValidatedMethod.new.call'], run: [{ fn: '1', when: 'later' }] },
  { path: 'meteor/ostrio:files#FilesCollection.new', entry: { kind: 'hook', handlers: ['onBeforeUpload', 'onAfterUpload', 'onInitiateUpload', 'onBeforeRemove', 'onAfterRemove', 'protected', 'downloadCallback', 'interceptDownload', 'interceptRequest'].map(name => `0.${name}`), params: ['meteor#Given.new'] } },
  { path: 'meteor#Given.new', owned: 'request', identity: 'input' },
  { path: ['meteor/meteor#Meteor.publishComposite', 'global#Meteor.publishComposite', 'meteor/reywood:publish-composite#publishComposite'], entry: { kind: 'procedure', method: 'QUERY', path: '0', handlers: ['1'] } },
  { path: ['meteor/meteor#Meteor.publish', 'global#Meteor.publish'], entry: { kind: 'procedure', method: 'QUERY', path: '0', handlers: ['1'] } },
  { path: ['meteor/meteor#Meteor.startup', 'global#Meteor.startup'], run: [{ fn: '0', when: 'startup' }] },
  { path: ['meteor/webapp#WebApp.connectHandlers.use', 'meteor/webapp#WebApp.handlers.use', 'meteor/webapp#WebApp.rawConnectHandlers.use'], mount: { path: '0', children: ['0..'], params: expressParams } },
  { path: ['global#Parse.Cloud.define', 'parse/node#Cloud.define'], entry: { kind: 'procedure', path: '0', handlers: ['1'], params: ['parse#Request.new'] } },
  { path: ['beforeSave', 'afterSave', 'beforeDelete', 'afterDelete', 'beforeFind', 'afterFind', 'beforeLogin', 'afterLogin'].flatMap(name => [`global#Parse.Cloud.${name}`, `parse/node#Cloud.${name}`]), entry: { kind: 'hook', path: '0', handlers: ['1', '0'], params: ['parse#Request.new'] } },
  { path: ['global#Parse.Cloud.job', 'parse/node#Cloud.job'], entry: { kind: 'job', path: '0', handlers: ['1'], params: ['parse#Request.new'] } },
  { path: 'parse#Request.new', owned: 'request' },
  ...identities('parse#Request.new', { user: 'user', params: 'input', object: 'input' }),
  // A table of routes elsewhere gives the verb.
  { path: ['@strapi/strapi#factories.createCoreController'], entry: { kind: 'procedure', handlers: ['1(){}', '1{}'], params: koaParams } },
  // Its core answers for a content type, whatever the project adds.
  { path: '@strapi/strapi#factories.createCoreRouter', entry: { kind: 'route', method: 'ALL', path: '0', byItself: true } },
  { path: ['', '.int', '.float', '.bool', '.json', '.array', '.date', '.oneOf'].map(name => `strapi#ConfigContext.new.env${name}`), returns: 'arg:1' },
  { path: '@strapi/strapi#factories.createCoreService', run: [{ fn: '1', when: 'startup' }] },
]

const kinds = { route: { kind: 'route' as const, method: 'ALL' } }
const sailsParams = ['express#Request.new', 'express#Response.new', '']
export const mvcConventions: ConventionRow[] = [
  { packages: ['sails'], files: [`api/controllers/**/*Controller.${code}`], exports: { '*': { ...kinds.route, params: sailsParams }, default: { ...kinds.route, params: sailsParams, members: true } } },
  { packages: ['sails'], files: [`api/controllers/**/*.${code}`], not: [`api/controllers/**/*Controller.${code}`], exports: { fn: { ...kinds.route, params: ['next/server#FormInput.new', 'sails#Exits.new'] } } },
  { packages: ['sails'], files: [`api/helpers/**/*.${code}`], exports: { fn: { kind: 'hook', hangs: { on: ['global#sails.helpers'], below: ['api/helpers'], called: 'with' } } } },
  {
    packages: ['sails'], files: [`api/hooks/*.${code}`, `api/hooks/*/index.${code}`],
    exports: {
      ...Object.fromEntries(['configure', 'initialize'].map(name => [`default().${name}`, { kind: 'hook' as const, startup: true as const, handed: ['global#sails'] }])),
      ...Object.fromEntries(['before', 'after'].map(when => [`default().routes.${when}{}`, { kind: 'route' as const, params: sailsParams, keyed: true as const, handed: ['global#sails'] }])),
    },
  },
  { packages: ['sails'], files: [`config/session.${code}`], unless: { settings: '.sailsrc', at: 'hooks.session' }, exports: { session: { kind: 'hook', configures: { path: 'sails#config.session()', or: 'config/env/production' } } } },
  { packages: ['sails'], files: [`config/routes.${code}`], exports: { 'routes{}': { kind: 'route', params: sailsParams, keyed: true, named: ['api/controllers'] } } },
  { packages: ['@hapi/glue', 'glue'], files: ['**/*.{js,ts}'], exports: Object.fromEntries(['register', 'plugin.register', 'default.register'].map(name => [name, { kind: 'hook' as const, params: [hapi, ''], startup: true as const }])) },
  { packages: ['glue'], files: [`**/index.${code}`], exports: { default: { kind: 'hook', params: [hapi, ''], startup: true } } },
  { packages: ['sails'], files: [`api/policies/**/*.${code}`], exports: { default: { kind: 'middleware', params: sailsParams } } },
  { packages: ['sails'], files: [`config/bootstrap.${code}`], exports: { bootstrap: { kind: 'hook', startup: true }, default: { kind: 'hook', startup: true } } },
  { packages: ['@strapi/strapi', 'strapi'], files: [`src/api/*/controllers/*.${code}`, `api/*/controllers/*.${code}`], exports: { default: { kind: 'procedure', params: koaParams, members: true } } },
  { packages: ['@strapi/strapi', 'strapi'], files: [`config/database.${code}`], exports: { default: { kind: 'hook', configures: { path: 'strapi#config.database()', given: ['strapi#ConfigContext.new'] } } } },
  { packages: ['@strapi/strapi', 'strapi'], files: [`config/admin.${code}`], exports: { default: { kind: 'hook', configures: { path: 'strapi#config.admin()', given: ['strapi#ConfigContext.new'] } } } },
  { packages: ['@strapi/strapi', 'strapi'], files: [`src/api/*/content-types/*/lifecycles.${code}`], exports: { default: { kind: 'hook', params: ['queue#Input.new'], members: true } } },
  { packages: ['moleculer'], files: [`**/*.service.${code}`], exports: { default: { kind: 'procedure', calls: 'moleculer#ServiceBroker.new.createService' } } },
  { packages: ['moleculer'], files: [`**/moleculer.config.${code}`], exports: { default: { kind: 'hook', configures: { path: 'moleculer#config()' } } } },
  { packages: ['moleculer-db'], files: [`**/*.service.${code}`], exports: Object.fromEntries(['default.mixins[]', 'default.mixins[].mixins[]'].map(at => [at, { kind: 'procedure' as const, name: 'create', orLibrary: ['moleculer-db#default'], does: { kind: 'insert', by: 'moleculer-db', model: '.model~.collection~.name', unless: '.actions.create', fix: 'declare a natural key unique in the schema, or an action of your own that takes the id from the client' } }])) },
  // Versions 4 and 5 read plain settings, the latter also what `sessionConfig({ … })` gave back.
  { packages: ['@adonisjs/framework'], files: [`config/session.${code}`], exports: { default: { kind: 'hook', configures: { path: '@adonisjs/session#settings()' } } } },
  { packages: ['@adonisjs/auth'], files: [`config/auth.${code}`], exports: { default: { kind: 'hook', configures: { path: '@adonisjs/auth#settings()' } } } },
  { packages: ['@adonisjs/framework'], files: [`config/database.${code}`], exports: { default: { kind: 'hook', configures: { path: '@adonisjs/lucid#settings()' } } } },
  // Version 5 exports them under the name of their type, where version 6 calls `defineConfig`.
  { packages: ['@adonisjs/core'], files: [`config/database.${code}`], exports: { default: { kind: 'hook', configures: { path: '@adonisjs/lucid#databaseConfig()' } } } },
  { packages: ['@adonisjs/framework'], files: [`app/Controllers/Http/**/*.${code}`], exports: { default: { ...kinds.route, params: [adonisContext], members: true } } },
  // The index of controllers that version 7 generates, where it is not committed.
  { packages: ['@adonisjs/core'], files: [`app/**/controllers/**/*_controller.${code}`], exports: { default: { kind: 'hook', hangs: { on: ['#generated/controllers#controllers'], below: ['app/controllers', 'app'], drop: ['controllers'], ending: 'controller', capital: true } } } },
  { packages: ['@adonisjs/core', '@adonisjs/framework'], files: [`app/{Middleware,middleware}/**/*.${code}`], exports: { 'default.new.handle': { kind: 'middleware', params: [adonisContext, ''] } } },
  { packages: ['tsoa'], files: [`**/authentication.${code}`, `**/*auth*.${code}`], exports: { expressAuthentication: { kind: 'middleware', params: ['express#Request.new', '', ''] } } },
]

export const mvcRows: CatalogRow[] = [...routingControllers, ...own, ...others, ...loopbackRows, ...adonis, ...feathers, ...platforms]
