import type { CatalogRow, ConventionRow } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { identities, members } from './build.js'

const request = '@sap/cds#Request.new'
const service = '@sap/cds#Service.new'
/** What a query found. */
const rows = 'global#Array.new'
const connected = '@sap/cds#ConnectedService.new'
const services = [service, ...['ApplicationService', 'DatabaseService', 'RemoteService', 'MessagingService'].map(name => `@sap/cds#${name}.new`)]
const phases = ['on', 'before']
/** Events that the protocol gives a meaning; all others are actions and functions of the project's own. */
const events: Record<string, string[]> = { GET: ['READ', 'EACH', 'GET'], POST: ['CREATE', 'INSERT', 'NEW'], PUT: ['UPSERT'], PATCH: ['UPDATE', 'PATCH', 'SAVE', 'EDIT'], DELETE: ['DELETE', 'CANCEL'] }
const own = { arg: '0', not: [...Object.values(events).flat(), 'error', 'succeeded', 'failed', 'done'] }
const anyEvent = { arg: '0', is: 'array' as const }

/** SAP CAP: services are described in CDS, and a file beside the description tells what happens before, on and after their events. */
export const capRows: CatalogRow[] = [
  ...Object.entries(events).flatMap(([method, values]): CatalogRow[] => [
    { path: members(services, phases), entry: { kind: 'procedure', method, path: '0', handlers: ['last'], params: [request, ''], thisIs: service, minArgs: 2, onlyWhen: { arg: '0', values } } },
    { path: members(services, ['after']), entry: { kind: 'procedure', method, path: '0', handlers: ['last'], params: [rows, request], thisIs: service, minArgs: 2, onlyWhen: { arg: '0', values } } },
  ]),
  ...[own, anyEvent].flatMap((onlyWhen): CatalogRow[] => [
    { path: members(services, phases), entry: { kind: 'procedure', path: '0', handlers: ['last'], params: [request, ''], thisIs: service, minArgs: 2, onlyWhen } },
    { path: members(services, ['after']), entry: { kind: 'procedure', path: '0', handlers: ['last'], params: [rows, request], thisIs: service, minArgs: 2, onlyWhen } },
  ]),
  { path: members(services, ['prepend']), run: [{ fn: '0', when: 'now', params: [service], thisIs: service }] },
  { path: '@sap/cds#service.impl', run: [{ fn: '0', when: 'startup', params: [service], thisIs: service }] },
  { path: '@sap/cds#serve.implementation', run: [{ fn: '0', when: 'startup', params: [service], thisIs: service }] },
  { path: '@sap/cds#serve().with', run: [{ fn: '0', when: 'startup', params: [service], thisIs: service }] },
  { path: services.map(name => name.replace(/\.new$/, '')), component: { scope: 'singleton', startup: ['init'] } },
  { path: ['@sap/cds#on', '@sap/cds#once'], run: [{ fn: '1', when: 'startup', params: ['express#Express.new'] }] },
  { path: ['@sap/cds#connect.to'], returns: connected },
  { path: members([connected], ['on']), entry: { kind: 'message', path: '0', handlers: ['last'], params: [request, ''], onlyWhen: { arg: '0', not: ['error', 'succeeded', 'failed', 'done'] } } },
  { path: '@sap/cds#context', owned: 'request' },
  { path: request, owned: 'request' },
  { path: `${request}._.req`, property: true, returns: expressParams[0] as string },
  ...identities(request, { data: 'input', params: 'input', query: 'input', headers: 'input', user: 'user', tenant: 'user', subject: 'input' }),
]

export const capConventions: ConventionRow[] = [
  { packages: ['@sap/cds'], files: ['srv/**/*.{js,ts}'], not: ['srv/{lib,util,utils,test}/**', 'srv/server.*'], exports: { default: { kind: 'hook', calls: '@sap/cds#serve.implementation' } } },
]
