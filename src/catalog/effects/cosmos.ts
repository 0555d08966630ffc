import type { CatalogRow } from '../../model/catalog.js'
import { effect, instances, members, property, yields } from './build.js'

const client = instances('@azure/cosmos', 'CosmosClient')
const database = '@azure/cosmos#Database.new'
const container = '@azure/cosmos#Container.new'
const items = `${container}.items`
const item = '@azure/cosmos#Item.new'
const fix = 'make `id` of what the caller decides: the same one is refused the second time'

/** Azure Cosmos DB (SQL API). */
export const rows: CatalogRow[] = [
  yields(members(client, 'database'), database),
  yields([...members(client, 'databases.createIfNotExists'), `${database}.read`], '@azure/cosmos#DatabaseResponse.new'),
  property('@azure/cosmos#DatabaseResponse.new.database', database),
  yields([`${database}.container`], container),
  yields([`${database}.containers.createIfNotExists`, `${database}.containers.create`], '@azure/cosmos#ContainerResponse.new'),
  property('@azure/cosmos#ContainerResponse.new.container', container),
  yields([`${container}.item`], item),
  // An item with an id that is there is refused.
  effect(`${items}.create`, 'insert', 'cosmos', { model: 'receiver', data: '0', key: ['0.id'], fix }),
  effect(`${items}.upsert`, 'upsert', 'cosmos', { model: 'receiver', data: '0', where: '0', fix }),
  effect([`${items}.bulk`, `${items}.batch`, `${items}.executeBulkOperations`], 'upsert', 'cosmos', { model: 'receiver', data: '0' }),
  effect(`${item}.replace`, 'update', 'cosmos', { data: '0' }),
  effect(`${item}.patch`, 'update', 'cosmos', { data: '0' }),
  effect(`${item}.delete`, 'delete', 'cosmos', {}),
]
