import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, verbs } from './build.js'

/** Egg finds its parts by their folders, and hangs them on `app` and `ctx`; since version 4, and with tegg before, decorators say what a class is. */
const app = 'egg#Application.new'
const context = 'egg#Context.new'
const router = 'egg#Router.new'
const packages = ['egg', '@eggjs/core', '@midwayjs/web']
const code = '{ts,js,mjs,cjs}'
const bags = { controllers: `${app}.controller`, services: `${context}.service`, models: `${app}.model`, sockets: `${app}.io.controller` }
const params = [context, 'koa#Next']
const controllers = ['app/controller']

const bases = ['Controller', 'Service', 'Subscription', 'BaseContextClass']
/** `this.ctx` of these classes, of `app.Controller`, and of the bases that projects write themselves. */
const owners = bases.map(name => `egg#${name}.new`)

const values: CatalogRow[] = [
  ...aliases(app, ['@eggjs/core#EggCore.new', '@midwayjs/web#Application.new']),
  ...aliases(context, ['egg#EggContext.new', '@eggjs/tegg#EggContext.new', '@eggjs/tegg#Context.new']),
  ...['egg', '@eggjs/tegg'].flatMap(module => bases.map((name): CatalogRow => ({ path: `${app}.${name}`, property: true, returns: `${module}#${name}` })).slice(0, module === 'egg' ? undefined : 0)),
  { path: members(owners, ['ctx']), property: true, returns: context },
  { path: [...members(owners, ['app']), `${context}.app`, ...members(owners, ['ctx.app'])], property: true, returns: app },
  { path: members(owners, ['service']), property: true, returns: bags.services },
  { path: [`${app}.router`], property: true, returns: router },
  { path: members([app], ['createAnonymousContext', 'createContext']), returns: context },
  { path: [...Object.values(bags), `${app}.config`], bag: true },
  { path: members([context], ['model']), property: true, returns: bags.models },
  { path: members(['egg#Application.new.model'], ['define', 'import']), returns: 'sequelize#Model' },
  { path: `${app}.Sequelize`, property: true, returns: 'sequelize#default' },
  { path: `${app}.mongoose`, property: true, returns: 'mongoose#default' },
  { path: `${app}.redis`, property: true, returns: 'ioredis#default.new' },
  { path: `${app}.jwt`, property: true, returns: 'jsonwebtoken#default' },
  { path: members([...owners, app, context], ['logger', 'coreLogger', 'logger.*', 'coreLogger.*']), client: 'logger' },
  { path: [context, `${context}.request`, `${context}.response`, `${context}.helper`], owned: 'request' },
  ...identities(context, {
    session: 'session', user: 'user', cookies: 'token', 'request.body': 'input', 'request.query': 'input', 'request.files': 'input', 'request.header': 'input', 'request.headers': 'input', 'request.ip': 'input',
    params: 'input', query: 'input', queries: 'input', headers: 'input', header: 'input', ip: 'input', url: 'input', path: 'input', args: 'input', packet: 'input',
  }),
  { path: `${context}.get`, owned: 'request', identity: 'input' },
]

const named = { path: '1', handlers: ['2..'], named: controllers, params, minArgs: 3, onlyWhen: { arg: '1', is: 'string' as const } }
const routes: CatalogRow[] = [
  ...[router, app].flatMap((base) => [
    ...routeRows([base], { ...verbs, del: 'DELETE', all: 'ALL' }, { path: '0', handlers: ['1..'], named: controllers, params, minArgs: 2 }),
    ...routeRows([base], { ...verbs, del: 'DELETE', all: 'ALL' }, { ...named, onlyWhen: { arg: '1', is: 'string' } }),
    ...[['index', 'GET'], ['new', 'GET'], ['create', 'POST'], ['show', 'GET'], ['edit', 'GET'], ['update', 'PUT'], ['destroy', 'DELETE']].flatMap(([name = '', method = '']): CatalogRow[] => [
      { path: `${base}.resources`, entry: { kind: 'route', method, path: '1', handlers: [`last.${name}`], named: controllers, resource: name, params, minArgs: 3 } },
      { path: `${base}.resources`, entry: { kind: 'route', method, path: '0', handlers: [`1.${name}`], named: controllers, resource: name, params, minArgs: 2, onlyWhen: { arg: '1', is: 'object' } } },
    ]),
  ]),
  { path: `${router}.namespace`, returns: router, prefix: '0' },
  { path: [`${router}.use`, `${app}.use`], returns: 'this', mount: { children: ['0..'], params } },
  { path: [`${app}.io.of().route`, `${app}.io.route`], entry: { kind: 'socket', path: '0', handlers: ['1'], params: [context] } },
]

const modules = ['egg', '@eggjs/tegg', '@eggjs/controller-decorator']
const ofTegg = (...names: string[]): string[] => modules.flatMap(module => names.map(name => `${module}#${name}`))
const schedules = ['egg/schedule', '@eggjs/tegg/schedule', '@eggjs/schedule-decorator']
const tegg: CatalogRow[] = [
  { path: ofTegg('HTTPController'), component: { scope: 'singleton', entries: true }, prefix: '0.path' },
  { path: ofTegg('MCPController'), component: { scope: 'singleton', entries: true } },
  { path: ofTegg('HTTPMethod'), entry: { kind: 'route', methodFrom: '0.method', path: '0.path', decorator: true } },
  { path: ofTegg('MCPTool', 'MCPPrompt', 'MCPResource'), entry: { kind: 'procedure', path: '0.name', decorator: true } },
  { path: ofTegg('HTTPContext', 'Context'), returns: context },
  { path: ofTegg('HTTPBody', 'HTTPParam', 'HTTPQuery', 'HTTPQueries', 'HTTPHeaders', 'HTTPRequest', 'Cookies'), owned: 'request', identity: 'input' },
  { path: ofTegg('SingletonProto'), component: { scope: 'singleton', startup: ['init'] } },
  { path: ofTegg('ContextProto'), component: { scope: 'request' } },
  { path: ofTegg('Event'), component: { scope: 'singleton', request: { handle: ['', '', '', ''] }, requestKind: 'hook' } },
  { path: schedules.map(module => `${module}#Schedule`), component: { scope: 'singleton', request: { subscribe: [] }, requestKind: 'job' } },
  // Midway.
  { path: '@midwayjs/cron#Job', component: { scope: 'singleton', request: { onTick: [] }, requestKind: 'job' } },
  { path: ['@midwayjs/decorator#Schedule', '@midwayjs/core#Schedule'], component: { scope: 'singleton', request: { exec: [context] }, requestKind: 'job' } },
  { path: ['@midwayjs/decorator#TaskLocal', '@midwayjs/core#TaskLocal', '@midwayjs/task#TaskLocal'], entry: { kind: 'job', decorator: true } },
]

const job = { kind: 'job' as const, ofFile: true as const }
const hung = (files: string[], hangs: NonNullable<ConventionRow['exports'][string]['hangs']>): ConventionRow => ({ packages, files, not: ['**/*.d.ts'], exports: { default: { kind: 'hook', hangs } } })
export const eggConventions: ConventionRow[] = [
  hung([`app/controller/**/*.${code}`], { on: [bags.controllers], below: ['app/controller'], as: 'instance', given: [app] }),
  hung([`app/service/**/*.${code}`], { on: [bags.services], below: ['app/service'], as: 'instance', given: [app] }),
  hung([`app/io/controller/**/*.${code}`], { on: [bags.sockets], below: ['app/io/controller'], as: 'instance', given: [app] }),
  hung([`app/model/**/*.${code}`], { on: [bags.models], below: ['app/model'], capital: true, given: [app] }),
  hung([`app/extend/context.${code}`], { on: [context] }),
  hung([`app/extend/helper.${code}`], { on: [`${context}.helper`] }),
  hung([`app/extend/application.${code}`], { on: [app] }),
  hung([`config/config.{default,prod}.${code}`], { on: [`${app}.config`], given: ['egg#AppInfo.new'] }),
  { packages: ['@midwayjs/core', '@midwayjs/decorator'], files: [`src/config/config.default.${code}`], exports: { default: { kind: 'hook', configures: { path: 'midway#config()', or: 'src/config/config.prod', given: ['egg#AppInfo.new'] } } } },
  { packages, files: [`app/router.${code}`], exports: { default: { kind: 'hook', params: [app], startup: true } } },
  { packages, files: [`app.${code}`, `agent.${code}`], exports: { default: { kind: 'hook', params: [app], startup: true } } },
  { packages, files: [`app/middleware/**/*.${code}`], exports: { 'default()': { kind: 'middleware', params, handed: ['egg#AppInfo.new', app] } } },
  { packages, files: [`app/io/middleware/**/*.${code}`], exports: { 'default()': { kind: 'middleware', params, handed: [app] } } },
  { packages, files: [`app/schedule/**/*.${code}`], exports: { default: { kind: 'hook', configures: { path: 'egg#schedule()', given: [app] } }, 'default.task': { ...job, params: [context] }, 'default().task': { ...job, params: [context], handed: [app] }, 'default.new.subscribe': job, 'default().new.subscribe': { ...job, handed: [app] } } },
]

export const eggRows: CatalogRow[] = [...values, ...routes, ...tegg]
