import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members } from './build.js'

/** Names of https://loopback.io/doc/en/lb4/apidocs.repository.defaultcrudrepository.html, the same in `@loopback/sequelize`. */
const repositories = [
  ...instances('@loopback/repository', 'DefaultCrudRepository DefaultTransactionalRepository EntityCrudRepository CrudRepositoryImpl DefaultHasManyRepository DefaultHasOneRepository'),
  ...instances('@loopback/sequelize', 'SequelizeCrudRepository SequelizeSoftCrudRepository'),
  ...instances('loopback4-soft-delete', 'SoftCrudRepository DefaultTransactionSoftCrudRepository'),
]

/** LoopBack 4: `class ProductRepository extends DefaultCrudRepository<Product, …>`. */
export const rows: CatalogRow[] = [
  client(repositories, 'sdk'),
  effect(members(repositories, 'create createAll'), 'insert', 'loopback', { data: '0' }),
  effect(members(repositories, 'save'), 'upsert', 'loopback', { data: '0' }),
  effect(members(repositories, 'update updateAll patch'), 'update', 'loopback', { data: '0', where: '1' }),
  effect(members(repositories, 'updateById replaceById'), 'update', 'loopback', { data: '1', where: '0' }),
  effect(members(repositories, 'delete deleteById deleteAll'), 'delete', 'loopback', { where: '0' }),
  effect(members(repositories, 'execute'), 'sql', 'loopback', { sql: '0' }),
]
