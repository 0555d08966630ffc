import type { CatalogRow, ConventionRow, EntryModel } from '../../model/catalog.js'
import { identities, members } from './build.js'

/** Total.js 3 to 5: its functions are globals, controllers register their routes in `install`, and schemas bear the actions that routes name. */
const context = 'total#Context.new'
const schema = 'total#Schema.new'
const flags = ['post', 'put', 'patch', 'delete']
const routes = ['global#ROUTE', 'global#F.route']
const answered: Pick<EntryModel, 'kind' | 'path' | 'handlers' | 'thisIs'> = { kind: 'route', path: '0', handlers: ['1'], thisIs: context }

/** Verb and path in one text, or the verb among the flags. */
const routing: CatalogRow[] = [
  { path: routes, entry: { ...answered, methodFrom: '0', methodDefault: 'GET', onlyWhen: { arg: '2[]', not: flags, orAbsent: true } } },
  ...flags.map((flag): CatalogRow => ({ path: routes, entry: { ...answered, method: flag.toUpperCase(), onlyWhen: { arg: '2[]', values: [flag] } } })),
  { path: 'global#F.file', entry: { kind: 'route', method: 'GET', path: '0', handlers: ['1'], params: ['express#Request.new', 'express#Response.new'] } },
]

const action = (method: string | undefined, more: Partial<EntryModel>): EntryModel => ({ kind: 'procedure', ...(method && { method }), handlers: ['0'], params: [context], errorParams: ['', `${context}.model`], ...more })
const verbs: [string, string][] = [
  ['setQuery', 'GET'], ['setGet', 'GET'], ['setRead', 'GET'], ['setList', 'GET'], ['setSave', 'POST'], ['setInsert', 'POST'], ['setUpdate', 'PUT'], ['setPatch', 'PATCH'], ['setRemove', 'DELETE'],
]
const actions: CatalogRow[] = [
  { path: 'global#NEWSCHEMA', returns: schema, run: [{ fn: '1', when: 'startup', params: ['result'] }] },
  { path: `${schema}.make`, returns: 'this', run: [{ fn: '0', when: 'startup', params: ['this'] }] },
  ...verbs.map(([name, method]): CatalogRow => ({ path: `${schema}.${name}`, entry: action(method, { path: 'made.0' }) })),
  { path: members([schema], ['addWorkflow', 'addTransform', 'addOperation']), entry: action(undefined, { path: '0', handlers: ['1'] }) },
  { path: 'global#NEWACTION', entry: { kind: 'procedure', path: '0', handlers: ['1.action'], params: [context, `${context}.model`] } },
  { path: context, owned: 'request' },
  ...identities(context, { user: 'user', session: 'session', sessionid: 'session', body: 'input', model: 'input', query: 'input', params: 'input', options: 'input', files: 'input', id: 'input', ip: 'input', url: 'input' }),
]

const listening = ['global#F.on', 'global#ON']
const running: CatalogRow[] = [
  { path: listening, run: [{ fn: '1', when: 'background', onlyWhen: { arg: '0', values: ['service'] } }, { fn: '1', when: 'startup', onlyWhen: { arg: '0', values: ['ready', 'load', 'install'] } }] },
  // Told of each request, or of each action that a controller begins.
  { path: listening, entry: { kind: 'middleware', handlers: ['1'], params: [context], onlyWhen: { arg: '0', values: ['controller'] } } },
  { path: listening, entry: { kind: 'middleware', handlers: ['1'], params: ['express#Request.new', 'express#Response.new'], onlyWhen: { arg: '0', values: ['request', 'request-begin', 'request-end'] } } },
  { path: 'global#F.global', bag: true },
]

const packages = ['total.js', 'total4', 'total5']
export const totalConventions: ConventionRow[] = [
  { packages, files: ['controllers', 'modules', 'models', 'schemas', 'definitions', 'plugins'].flatMap((folder) => [`${folder}/**/*.js`]), exports: { install: { kind: 'hook', startup: true } } },
]

export const totalRows: CatalogRow[] = [...routing, ...actions, ...running]
