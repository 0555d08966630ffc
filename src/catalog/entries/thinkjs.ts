import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { aliases, members } from './build.js'

/** ThinkJS finds controllers and settings by their folders, in `src` or in a folder of it for each module; classes extend members of the global `think`. */
const think = 'global#think'
const owners = ['Controller', 'Logic', 'Service', 'Middleware'].map(name => `${think}.${name}.new`)
const model = 'think-model#Model.new'
const code = '{ts,js,mjs}'
const packages = ['thinkjs', '@walinejs/vercel']
const named = (folder: string, on: string): ConventionRow => ({
  packages, files: inFolders(`${folder}/**/*.${code}`), exports: { default: { kind: 'hook', hangs: { on: [on], below: inFolders(folder), written: true, as: 'instance' } } },
})
const inFolders = (name: string): string[] => [`src/${name}`, `src/*/${name}`, `app/${name}`, `app/*/${name}`]

const values: CatalogRow[] = [
  { path: members(owners, ['ctx']), property: true, returns: 'koa#Context.new' },
  { path: members(owners, ['get', 'post', 'param', 'query', 'file', 'files', 'header', 'rawBody']), owned: 'request', identity: 'input' },
  { path: members(owners, ['id', 'ip', 'body', 'userAgent', 'method', 'referrer']), owned: 'request', identity: 'input' },
  { path: members(owners, ['cookie']), owned: 'request', identity: 'token' },
  { path: members(owners, ['session']), owned: 'request', identity: 'session' },
  { path: [`${think}.logger`, `${think}.logger.*`], client: 'logger' },
  { path: members([...owners, think, model], ['model', 'mongo']), returns: model, named: { on: 'thinkjs#models', name: '0' } },
  { path: members([...owners, think, model], ['service']), named: { on: 'thinkjs#services', name: '0' } },
  { path: ['thinkjs#models', 'thinkjs#services'], bag: true },
  { path: members(owners, ['modelInstance']), property: true, returns: model },
  ...aliases(model, [`${think}.Model.new`, `${think}.Mongo.new`, 'think-mongo#Mongo.new']),
]

const controller: ConventionRow['exports'][string] = {
  kind: 'route', actions: { ending: 'Action', below: 'controller', before: '__before', verbs: [['POST', ['post', 'isPost', 'file']], ['GET', ['get', 'isGet']]], allowed: { folder: 'logic', member: 'allowMethods' } },
}
export const thinkConventions: ConventionRow[] = [
  { packages, files: inFolders(`controller/**/*.${code}`), exports: { default: controller } },
  named('model', 'thinkjs#models'),
  named('service', 'thinkjs#services'),
  { packages, files: inFolders(`config/crontab.${code}`), exports: { default: { kind: 'hook', configures: { path: 'thinkjs#crontab()' } } } },
  { packages, files: inFolders(`config/adapter.${code}`), exports: { session: { kind: 'hook', configures: { path: 'thinkjs#session()' } } } },
]

export const thinkRows: CatalogRow[] = values
