import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { aliases, identities, members, routeRows, verbs } from './build.js'

const code = '{ts,tsx,js,jsx,mjs}'

// --- oak: Koa's shape with a context of its own -----------------------------------------------------------------------

const app = 'oak#Application.new'
const router = 'oak#Router.new'
const context = 'oak#Context.new'
const oakParams = [context, '']

const oak: CatalogRow[] = [
  { path: 'oak#Router', returns: router, prefix: '0.prefix' },
  ...routeRows([router], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1..'], params: oakParams, minArgs: 2 }, { returns: 'this' }),
  // A route may have a name before its path.
  ...routeRows([router], verbs, { path: '1', handlers: ['2..'], params: oakParams, minArgs: 3, onlyWhen: { arg: '1', is: 'string' } }, { returns: 'this' }),
  { path: members([app, router], ['use']), returns: 'this', mount: { path: '0', children: ['0..'], params: oakParams } },
  { path: members([router], ['routes', 'allowedMethods']), returns: 'this' },
  { path: `${router}.prefix`, returns: 'this', prefix: '0' },
  { path: `${router}.param`, returns: 'this', entry: { kind: 'middleware', path: '0', handlers: ['1'], params: ['', ...oakParams], minArgs: 2 } },
  { path: `${app}.addEventListener`, run: [{ fn: '1', when: 'startup' }] },
  { path: [app, `${app}.state`], bag: true },
  { path: [context, `${context}.state`, `${context}.request`, `${context}.response`], owned: 'request' },
  ...aliases(context, ['oak#RouterContext.new', 'oak#RouteContext.new']),
  ...identities(context, { params: 'input', cookies: 'token', 'state.user': 'user', 'state.session': 'session', 'request.body': 'input', 'request.headers': 'input', 'request.url': 'input', 'request.ip': 'input' }),
  { path: members([`${context}.request.body`], ['json', 'text', 'form', 'formData', 'value']), owned: 'request', identity: 'input' },
]

/** Deno's own library, as it was before `Deno.serve`. */
const standard: CatalogRow[] = [
  { path: ['std/http/server.ts#serve', 'std/http/mod.ts#serve', 'std/http#serve'], entry: { kind: 'route', method: 'ALL', handlers: ['0'], params: ['global#Request.new', ''] } },
]

// --- Fresh ------------------------------------------------------------------------------------------------------------

const fresh = 'fresh#App.new'
const freshContext = 'fresh#Context.new'
const define = 'fresh#Define.new'

const freshRows: CatalogRow[] = [
  { path: 'fresh#App', returns: fresh },
  ...routeRows([fresh], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1..'], params: [freshContext], minArgs: 2 }, { returns: 'this' }),
  { path: `${fresh}.use`, returns: 'this', mount: { path: '0', children: ['0..'], params: [freshContext] } },
  { path: `${fresh}.mountApp`, returns: 'this', mount: { path: '0', children: ['1'] } },
  { path: members([fresh], ['fsRoutes', 'appWrapper', 'layout', 'notFound', 'onError']), returns: 'this' },
  { path: 'fresh#createDefine', returns: define },
  { path: members([define], ['handlers', 'page', 'middleware', 'layout']), returns: 'arg:0' },
  { path: ['$fresh/server.ts#defineRoute', '$fresh/server#defineRoute', 'fresh#defineRoute', 'fresh/src/server/defines.ts#defineRoute', '$fresh/server.ts#defineApp', '$fresh/server.ts#defineLayout'], returns: 'arg:0' },
  { path: freshContext, owned: 'request' },
  ...aliases(freshContext, ['fresh#FreshContext.new', 'fresh#PageProps.new', 'fresh/server.ts#FreshContext.new', '$fresh/server.ts#FreshContext.new', '$fresh/server.ts#HandlerContext.new', 'fresh/server.ts#HandlerContext.new']),
  ...identities(freshContext, { params: 'input', url: 'input', 'state.user': 'user', 'state.session': 'session', state: 'user' }),
  { path: `${freshContext}.req`, property: true, returns: 'global#Request.new' },
]

const route = (method: string) => ({ kind: 'route' as const, method, params: [freshContext, freshContext] })
const special = ['_middleware', '_app', '_layout', '_404', '_500', '_error'].map(name => `routes/**/${name}.${code}`)
const handlers = Object.fromEntries(['handler', 'handlers'].flatMap(name => [[name, route('ALL')], ...Object.values(verbs).map(method => [`${name}.${method}`, route(method)])])) as ConventionRow['exports']
// On npm, `fresh` is another package: it compares ETags.
const project = { packages: ['$fresh', '@fresh/core'], beside: ['fresh.gen.ts', 'fresh.config.ts', 'fresh.config.js'] }

export const denoConventions: ConventionRow[] = [
  {
    ...project, files: [`routes/**/*.${code}`], not: [...special, 'routes/**/(_*)/**'], route: { strip: ['routes'], dropSegments: ['index'] },
    exports: { ...handlers, default: { kind: 'page', method: 'GET', params: ['', freshContext] } },
  },
  { ...project, files: [`routes/**/_middleware.${code}`], exports: { handler: { kind: 'middleware', params: [freshContext, freshContext] }, default: { kind: 'middleware', params: [freshContext] } } },
]

/** oak's smaller sister: a handler is given the context alone. */
const acornContext = 'acorn#Context.new'
const acorn: CatalogRow[] = [
  ...routeRows(['acorn#Router.new'], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1', '1.handler'], params: [acornContext] }, { returns: 'this' }),
  { path: acornContext, owned: 'request' },
  ...identities(acornContext, { params: 'input', searchParams: 'input', queryParams: 'input', body: 'input', request: 'input', cookies: 'token' }),
]

export const denoRows: CatalogRow[] = [...oak, ...acorn, ...standard, ...freshRows]
