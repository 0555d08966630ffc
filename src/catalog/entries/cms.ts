import type { CatalogRow, EntryModel } from '../../model/catalog.js'

/** Content systems: the project gives lists, and functions for the steps of what the system does with them. */

const keystoneContext = '@keystone-6/core#Context.new'
const keystoneHook = '@keystone-6/core#HookArgs.new'
const keystoneResolver = ['', 'graphql#Args.new', keystoneContext, 'graphql#Info.new']
const keystoneModules = ['@keystone-6/core', '@keystone-next/keystone']
const keystone = (...names: string[]): string[] => keystoneModules.flatMap(module => names.map(name => `${module}#${name}`))
const hooksAt = (at: string): EntryModel => ({ kind: 'hook', handlers: [`${at}.hooks{}`, `${at}.hooks{}{}`], params: [keystoneHook] })
const accessAt = (at: string): EntryModel => ({ kind: 'middleware', handlers: ['', '.operation', '.filter', '.item'].map(part => `${at}.access${part}{}`), params: [keystoneHook] })
const fieldTypes = [
  'text', 'integer', 'float', 'decimal', 'bigInt', 'checkbox', 'select', 'multiselect', 'timestamp', 'calendarDay', 'password', 'relationship', 'json', 'image', 'file', 'virtual', 'document',
]
const fieldPaths = [...keystoneModules.flatMap(module => fieldTypes.map(name => `${module}/fields#${name}`)), '@keystone-6/fields-document#document']

const keystoneRows: CatalogRow[] = [
  { path: keystone('config'), run: [{ fn: '0.server.extendExpressApp', when: 'startup', params: ['express#Express.new', keystoneContext] }, { fn: '0.server.extendHttpServer', when: 'startup', params: ['node:http#Server.new', keystoneContext] }, { fn: '0.db.onConnect', when: 'startup', params: [keystoneContext] }] },
  { path: keystone('config'), entry: { kind: 'middleware', handlers: ['0.ui.isAccessAllowed', '0.session.get', '0.session.start', '0.session.end'], params: [keystoneContext] } },
  { path: keystone('list', 'createList'), entry: hooksAt('0') },
  { path: keystone('list', 'createList'), entry: accessAt('0') },
  { path: fieldPaths, entry: hooksAt('0') },
  { path: fieldPaths, entry: accessAt('0') },
  { path: fieldPaths, entry: { kind: 'resolver', method: 'QUERY', handlers: ['0.field.resolve', '0.field().resolve'], params: keystoneResolver } },
  { path: keystone('graphql.field', 'g.field'), returns: 'arg:0' },
  ...Object.entries({ query: 'QUERY', mutation: 'MUTATION', subscription: 'SUBSCRIPTION' }).map(([name, method]): CatalogRow => ({
    path: keystone('graphql.extend', 'g.extend'), entry: { kind: 'resolver', method, handlers: [`0().${name}{}.resolve`], params: keystoneResolver },
  })),
  ...Object.entries({ Query: 'QUERY', Mutation: 'MUTATION' }).map(([name, method]): CatalogRow => ({
    path: ['@keystone-6/core#graphQLSchemaExtension', '@keystone-next/keystone/schema#graphQLSchemaExtension', '@keystone-next/keystone#graphQLSchemaExtension'],
    entry: { kind: 'resolver', method, handlers: [`0.resolvers.${name}{}`, `0.resolvers.${name}{}.resolve`], params: keystoneResolver },
  })),
  { path: [keystoneContext, keystoneHook], owned: 'request' },
  { path: [`${keystoneContext}.session`, `${keystoneHook}.session`], identity: 'user' },
  // Keystone 5.
  { path: '@keystonejs/keystone#Keystone.new.createList', entry: { kind: 'hook', handlers: ['1.hooks{}'], params: [keystoneHook] } },
  { path: '@keystonejs/keystone#Keystone.new.createList', entry: { kind: 'middleware', handlers: ['1.access{}'], params: [keystoneHook] } },
  { path: '@keystonejs/keystone#Keystone.new.extendGraphQLSchema', entry: { kind: 'resolver', method: 'QUERY', handlers: ['0.queries[].resolver'], params: keystoneResolver } },
  { path: '@keystonejs/keystone#Keystone.new.extendGraphQLSchema', entry: { kind: 'resolver', method: 'MUTATION', handlers: ['0.mutations[].resolver'], params: keystoneResolver } },
]

const payloadRequest = 'payload#PayloadRequest.new'
const payloadArgs = 'payload#HookArgs.new'
const payloadConfig = ['payload#buildConfig', 'payload/config#buildConfig']
const payloadRoute = (at: string): CatalogRow => ({ path: payloadConfig, entry: { kind: 'route', methodFrom: `${at}.method`, path: `${at}.path`, handlers: [`${at}.handler`], params: [payloadRequest, 'express#Response.new', ''] } })

const payloadRows: CatalogRow[] = [
  payloadRoute('0.endpoints[]'), payloadRoute('0.collections[].endpoints[]'), payloadRoute('0.globals[].endpoints[]'),
  { path: payloadConfig, entry: { kind: 'hook', handlers: ['collections', 'globals'].flatMap(name => [`0.${name}[].hooks{}`, `0.${name}[].fields[].hooks{}`]), params: [payloadArgs] } },
  { path: payloadConfig, entry: { kind: 'middleware', handlers: ['collections', 'globals'].flatMap(name => [`0.${name}[].access{}`, `0.${name}[].fields[].access{}`]), params: [payloadArgs] } },
  { path: payloadConfig, entry: { kind: 'job', path: '0.jobs.tasks[].slug', handlers: ['0.jobs.tasks[].handler'], params: [payloadArgs] } },
  { path: payloadConfig, run: [{ fn: '0.onInit', when: 'startup' }] },
  { path: [payloadRequest, payloadArgs], owned: 'request' },
  { path: `${payloadArgs}.req`, property: true, returns: payloadRequest },
  { path: [`${payloadArgs}.data`, `${payloadRequest}.body`, `${payloadRequest}.query`, `${payloadRequest}.routeParams`], identity: 'input' },
  { path: `${payloadRequest}.user`, identity: 'user' },
]

const directusHooks = 'directus#HookRegister.new'
const directusContext = 'directus#ApiContext.new'
const directusRows: CatalogRow[] = [
  { path: '@directus/extensions-sdk#defineEndpoint', run: ['0', '0.handler'].map(fn => ({ fn, when: 'startup' as const, params: ['express#Router.new', directusContext] })) },
  { path: '@directus/extensions-sdk#defineHook', run: [{ fn: '0', when: 'startup', params: [directusHooks, directusContext] }] },
  { path: [`${directusHooks}.filter`, `${directusHooks}.action`], entry: { kind: 'hook', path: '0', handlers: ['1'], params: ['directus#HookInput.new', 'directus#HookInput.new'] } },
  { path: `${directusHooks}.schedule`, entry: { kind: 'job', path: '0', handlers: ['1'] } },
  { path: `${directusHooks}.init`, run: [{ fn: '1', when: 'startup' }] },
  { path: '@directus/extensions-sdk#defineOperationApi', entry: { kind: 'procedure', path: '0.id', handlers: ['0.handler'], params: ['directus#HookInput.new', directusContext] } },
  { path: 'directus#HookInput.new', owned: 'request', identity: 'input' },
]

export const cmsRows: CatalogRow[] = [...keystoneRows, ...payloadRows, ...directusRows]
