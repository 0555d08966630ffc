import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, yields } from './build.js'

const elastic = instances(['@elastic/elasticsearch', '@opensearch-project/opensearch', 'elasticsearch', '@elastic/elasticsearch-serverless'], 'Client').concat(instances('@nestjs/elasticsearch', 'ElasticsearchService'))
const algolia = 'algoliasearch#SearchIndex.new'
const meili = 'meilisearch#Index.new'
const withId = 'pass an `id` made from the record, so that a repeat overwrites it'

/** Search engines, vector stores and graph databases. */
export const rows: CatalogRow[] = [
  client(elastic, 'sdk'),
  effect(members(elastic, 'index'), 'insert', 'elasticsearch', { model: '0.index', data: '0.document', key: ['0.id'], clearedBy: [{ arg: '0.id' }], fix: withId }),
  effect(members(elastic, 'create'), 'insert', 'elasticsearch', { model: '0.index', data: '0.document', key: ['0.id'] }),
  effect(members(elastic, 'update updateByQuery update_by_query'), 'update', 'elasticsearch', { model: '0.index', where: '0.id', data: '0.doc' }),
  effect(members(elastic, 'delete deleteByQuery'), 'delete', 'elasticsearch', { model: '0.index', where: '0.id' }),
  effect(members(elastic, 'bulk'), 'upsert', 'elasticsearch', { data: '0.operations', fix: 'give each `index` operation an `_id`' }),
  { path: members(elastic, 'search count searchTemplate'), guard: { kind: 'rows', key: '0.index' } },
  { path: members(elastic, 'get exists getSource existsSource'), guard: { kind: 'rows', key: '0.index', by: '0.id' } },
  yields(exported('algoliasearch', 'default algoliasearch'), 'algoliasearch#SearchClient.new'),
  client([...instances('algoliasearch', 'SearchClient'), algolia], 'sdk'),
  yields(members('algoliasearch#SearchClient.new', 'initIndex'), algolia),
  effect(members([algolia], 'saveObject saveObjects'), 'upsert', 'algolia', { model: 'receiver', data: '0', where: '0.objectID', fix: 'set `objectID` instead of `autoGenerateObjectIDIfNotExist`' }),
  effect(members([algolia], 'partialUpdateObject partialUpdateObjects'), 'update', 'algolia', { model: 'receiver', data: '0' }),
  effect(members([algolia], 'deleteObject deleteObjects deleteBy'), 'delete', 'algolia', { model: 'receiver', where: '0' }),
  effect(members('algoliasearch#SearchClient.new', 'saveObject saveObjects addOrUpdateObject'), 'upsert', 'algolia', { model: '0.indexName', data: '0.body' }),
  client(instances('meilisearch', 'MeiliSearch Meilisearch'), 'sdk'),
  yields(members(instances('meilisearch', 'MeiliSearch Meilisearch'), 'index'), meili),
  effect(members(meili, 'addDocuments updateDocuments addDocumentsInBatches'), 'upsert', 'meilisearch', { model: 'receiver', data: '0' }),
  effect(members(meili, 'deleteDocument deleteDocuments deleteAllDocuments'), 'delete', 'meilisearch', { model: 'receiver', where: '0' }),
  yields(members(instances('typesense', 'Client'), 'collections().documents'), 'typesense#Documents.new'),
  yields(members(instances('@pinecone-database/pinecone', 'Pinecone'), 'index Index'), '@pinecone-database/pinecone#Index.new'),
  client(instances('@pinecone-database/pinecone', 'Pinecone Index'), 'sdk'),
  effect(members('@pinecone-database/pinecone#Index.new', 'upsert'), 'upsert', 'pinecone', { model: 'receiver', data: '0' }),
  client([...instances('@qdrant/js-client-rest', 'QdrantClient'), 'neo4j-driver#Driver.new'], 'sdk'),
  effect(members(instances('@qdrant/js-client-rest', 'QdrantClient'), 'upsert'), 'upsert', 'qdrant', { model: '0', data: '1.points' }),
  yields('neo4j-driver#driver', 'neo4j-driver#Driver.new'),
  yields(members('neo4j-driver#Driver.new', 'session'), 'neo4j-driver#Session.new'),
  yields(members('neo4j-driver#Session.new', 'beginTransaction'), 'neo4j-driver#Transaction.new'),
  { path: members('neo4j-driver#Session.new', 'executeRead readTransaction'), run: [{ fn: '0', when: 'now', result: 'value', params: ['neo4j-driver#Transaction.new'] }] },
  effect([...members(['neo4j-driver#Session.new', 'neo4j-driver#Transaction.new'], 'run'), ...members('neo4j-driver#Driver.new', 'executeQuery')], 'sql', 'neo4j', { sql: '0', cypher: true, fix: 'use `MERGE` on a property that a constraint keeps unique' }),
  { path: members('neo4j-driver#Session.new', 'executeWrite writeTransaction'), run: [{ fn: '0', when: 'now', result: 'value', repeats: true, params: ['neo4j-driver#Transaction.new'] }], guard: { kind: 'transaction' } },
]
