import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, members } from './build.js'

const begin = (name: string): string[] => [`global#${name}`, ...exported('@sap/cds', `ql.${name}`)]
const services = ['Service', 'ApplicationService', 'DatabaseService', 'ConnectedService'].map(name => `@sap/cds#${name}.new`)
const named = (name: string): string[] => [...members(begin(name), 'entity'), ...begin(name)].map(path => `${path}()`)

/** SAP CAP: queries are built, and run where they are awaited. The rows stand in a later call of the chain. */
export const rows: CatalogRow[] = [
  effect([...members(begin('INSERT'), 'into'), ...begin('INSERT').map(path => `${path}().into`)], 'insert', 'cap', { model: '0', data: '1', chain: { data: ['entries:0', 'rows:0', 'values:0'] }, fix: 'use `UPSERT` by a key that the client brings, or look for the row first' }),
  effect([...members(begin('UPSERT'), 'into'), ...begin('UPSERT').map(path => `${path}().into`)], 'upsert', 'cap', { model: '0', data: '1', byPrimary: true, chain: { data: ['entries:0', 'rows:0'] } }),
  effect(members(named('UPDATE'), 'with set data'), 'update', 'cap', { data: '0', chain: { model: ['():0', 'entity:0'], where: ['where:0'] } }),
  effect([...members(begin('DELETE'), 'from')], 'delete', 'cap', { model: '0', chain: { where: ['where:0'] } }),
  effect(members(services, 'create'), 'insert', 'cap', { model: '0', data: '1', chain: { data: ['entries:0'] } }),
  effect(members('@sap/cds#ConnectedService.new', 'emit'), 'publish', 'cap', { model: '0', data: '1' }),
  { path: [...members(begin('INSERT'), 'into'), ...begin('INSERT').map(path => `${path}().into`)].flatMap(path => [`${path}().entries`, `${path}().rows`, `${path}().columns`, `${path}().values`]), returns: 'this' },
]
