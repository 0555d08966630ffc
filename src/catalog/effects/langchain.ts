import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, instances, members, yields } from './build.js'

const community = (of: Record<string, string>): [string, string][] =>
  Object.entries(of).flatMap(([file, names]) => ['@langchain/community', 'langchain'].map((name): [string, string] => [`${name}/vectorstores/${file}`, names]))

/** Vector stores on a server, that name what they are given anew unless they are told the names. */
const STORES: [string, string][] = [
  ['@langchain/pinecone', 'PineconeStore'], ['@langchain/qdrant', 'QdrantVectorStore'], ['@langchain/weaviate', 'WeaviateStore'], ['@langchain/redis', 'RedisVectorStore'],
  ['@langchain/mongodb', 'MongoDBAtlasVectorSearch'], ['@langchain/azure-cosmosdb', 'AzureCosmosDBNoSQLVectorStore AzureCosmosDBMongoDBVectorStore AzureCosmosDBVectorStore'],
  ['@langchain/cloudflare', 'CloudflareVectorizeStore'],
  ...community({
    pgvector: 'PGVectorStore', supabase: 'SupabaseVectorStore', chroma: 'Chroma', milvus: 'Milvus', zilliz: 'Zilliz', pinecone: 'PineconeStore', qdrant: 'QdrantVectorStore', weaviate: 'WeaviateStore',
    elasticsearch: 'ElasticVectorSearch', opensearch: 'OpenSearchVectorStore', typeorm: 'TypeORMVectorStore', neo4j_vector: 'Neo4jVectorStore', upstash: 'UpstashVectorStore',
    azure_aisearch: 'AzureAISearchVectorStore', azure_cosmosdb: 'AzureCosmosDBVectorStore', singlestore: 'SingleStoreVectorStore', redis: 'RedisVectorStore', typesense: 'Typesense',
    mongodb_atlas: 'MongoDBAtlasVectorSearch', cassandra: 'CassandraStore', astradb: 'AstraDBVectorStore', tigris: 'TigrisVectorStore', xata: 'XataVectorSearch', vectara: 'VectaraStore',
  }),
]
const classes = STORES.flatMap(([file, names]) => exported(file, names))
const stores = STORES.flatMap(([file, names]) => instances(file, names))
const fix = 'pass `ids` made from the documents, so that a repeat overwrites them'

/** Documents and conversations that LangChain keeps on a server. */
export const rows: CatalogRow[] = [
  ...classes.map((path) => yields(members(path, 'fromDocuments fromTexts fromExistingIndex fromExistingCollection fromExistingTable fromExistingGraph fromDocumentsWithoutUpsert initialize fromDataSource fromClient'), `${path}.new`)),
  effect(members(stores, 'addDocuments addVectors addModels'), 'insert', 'vector store', { data: '0', key: ['1.ids', '2.ids'], fix }),
  effect(members(classes, 'fromDocuments'), 'insert', 'vector store', { model: 'handle:2.collection', data: '0', key: ['2.ids'], fix }),
  effect(members(classes, 'fromTexts'), 'insert', 'vector store', { model: 'handle:3.collection', data: '0', key: ['3.ids'], fix }),
  effect(members(instances(['@langchain/core/runnables', 'langchain/runnables', 'langchain/schema/runnable'], 'RunnableWithMessageHistory'), 'invoke stream batch streamEvents streamLog'), 'append', 'chat history',
    { fix: 'give each message of a conversation an id, and ask whether it is there' }),
]
