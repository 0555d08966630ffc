import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { aliases, identities, members, routeRows, verbs } from './build.js'

const app = 'loopback#Application.new'
const model = 'loopback#Model.new'
const context = 'loopback#Context.new'
const given = 'loopback#Given.new'
const remoteHooks = ['beforeRemote', 'afterRemote', 'afterRemoteError']
const code = '{js,ts}'

/** LoopBack 2 and 3: a file of its folder puts methods on a model, and says which of them answer over HTTP. */
export const loopback3Rows: CatalogRow[] = [
  { path: ['loopback#default'], returns: app },
  ...aliases(app, ['loopback#LoopBackApplication.new']),
  ...routeRows([app], { ...verbs, all: 'ALL' }, { path: '0', handlers: ['1..'], params: expressParams, minArgs: 2 }),
  { path: [`${app}.use`, `${app}.middleware`], returns: 'this', mount: { path: '0', children: ['0..'], params: expressParams, errorParams: ['', ...expressParams] } },
  { path: ['loopback#Router', `${app}.loopback.Router`], returns: 'express#Router.new' },
  { path: [`${app}.models.*`, `${model}.app.models.*`], property: true, returns: model },
  { path: `${model}.app`, property: true, returns: app },
  { path: members([model], ['remoteMethod']), entry: { kind: 'route', methodFrom: '1.http.verb', methodDefault: 'POST', path: '1.http.path~0', handlers: ['this[=0]'], params: [given, given, given, given] } },
  { path: members([model], remoteHooks), entry: { kind: 'hook', path: '0', handlers: ['last'], params: [context, '', ''] } },
  { path: members([model], ['observe']), entry: { kind: 'hook', path: '0', handlers: ['1'], params: [context, ''] } },
  { path: 'loopback#boot.model', run: [{ fn: '0', when: 'startup', params: [model] }] },
  { path: 'loopback#boot.script', run: [{ fn: '0', when: 'startup', params: [app, ''] }] },
  { path: [given, context], owned: 'request' },
  ...identities(context, { args: 'input', instance: 'input', data: 'input', req: 'input' }),
]

export const loopback3Conventions: ConventionRow[] = [
  { packages: ['loopback'], files: ['common', 'server', 'src', ''].map(folder => `${folder === '' ? '' : `${folder}/`}models/**/*.${code}`), exports: { default: { kind: 'hook', calls: 'loopback#boot.model' } } },
  { packages: ['loopback'], files: [`server/boot/**/*.${code}`, `boot/**/*.${code}`], exports: { default: { kind: 'hook', calls: 'loopback#boot.script' } } },
]
