import type { CatalogRow } from '../../model/catalog.js'
import { calls, instances, store } from './make.js'

const external = 'keep conversations in a shared store: a Postgres, Redis or MongoDB saver'
const memory = (name: string, path: string[], fix = external, outside?: string): CatalogRow => ({ path, infra: { kind: 'agent-memory', name,
  ...(outside === undefined ? { confined: true } : { external: [outside] }), fix }, store: { kind: 'memory', backend: 'conversation' } })

function langchain(): CatalogRow[] {
  const langchainPackages = ['langchain/memory', '@langchain/classic/memory', 'langchain']
  const core = ['@langchain/core/chat_history', 'langchain/stores/message/in_memory', '@langchain/core/stores', 'langchain/storage/in_memory']
  const stores = ['langchain/vectorstores/memory', '@langchain/classic/vectorstores/memory']
  const vectors = [...instances(stores, 'MemoryVectorStore'), ...calls(stores, 'MemoryVectorStore.fromTexts', 'MemoryVectorStore.fromDocuments',
    'MemoryVectorStore.fromExistingIndex')]
  return [
    memory('LangGraph MemorySaver', instances(['@langchain/langgraph', '@langchain/langgraph-checkpoint', '@langchain/langgraph/web', '@langchain/langgraph/prebuilt'],
      'MemorySaver', 'InMemorySaver', 'InMemoryStore'), 'use PostgresSaver, RedisSaver or MongoDBSaver as checkpointer'),
    memory('LangChain memory', instances(langchainPackages, 'BufferMemory', 'BufferWindowMemory', 'ConversationSummaryMemory', 'ConversationSummaryBufferMemory',
      'ConversationTokenBufferMemory', 'EntityMemory'), 'pass a `chatHistory` of Redis, Upstash or Postgres', '0.chatHistory'),
    // It is as far away as the vectors that it looks things up in.
    memory('LangChain memory', instances(langchainPackages, 'VectorStoreRetrieverMemory'), 'look things up in a vector store that is shared', '0.vectorStoreRetriever'),
    memory('LangChain memory', instances(langchainPackages, 'ChatMessageHistory', 'CombinedMemory'), 'use a chat history of Redis, Upstash or Postgres'),
    memory('LangChain in-memory history', instances(core, 'InMemoryChatMessageHistory', 'ChatMessageHistory', 'InMemoryStore', 'InMemoryBaseStore'),
      'use a chat history of Redis, Upstash or Postgres'),
    { path: vectors, container: { kind: 'map' } },
    { path: vectors.flatMap(path => ['addDocuments', 'addVectors'].map(name => `${path}.${name}`)), access: { op: 'write', value: '0' } },
    { path: vectors.flatMap(path => ['similaritySearch', 'similaritySearchVectorWithScore', 'similaritySearchWithScore', 'asRetriever'].map(name => `${path}.${name}`)),
      access: { op: 'read' } },
  ]
}

function agents(): CatalogRow[] {
  return [
    { path: ['chatgpt#ChatGPTAPI.new'], infra: { kind: 'agent-memory', name: 'ChatGPTAPI', external: ['0.messageStore'], fix: 'pass a `messageStore`: a Keyv on Redis' } },
    memory('@openai/agents MemorySession', instances(['@openai/agents', '@openai/agents-core'], 'MemorySession')),
    memory('LlamaIndex memory', instances(['llamaindex', '@llamaindex/core/memory'], 'ChatMemoryBuffer'), 'pass a `chatStore` that is shared', '0.chatStore'),
    memory('LlamaIndex memory', instances(['llamaindex', '@llamaindex/core/storage/chat-store', '@llamaindex/core/memory'], 'SimpleChatStore', 'SimpleDocumentStore', 'SimpleVectorStore', 'SimpleChatHistory', 'SimpleIndexStore')),
    { path: ['@mastra/memory#Memory.new'], infra: { kind: 'agent-memory', name: '@mastra/memory', external: ['0.storage'], acceptable: true,
      fix: 'pass `storage` of Postgres or Upstash' } },
    { path: ['@mastra/core#Mastra.new', '@mastra/core/mastra#Mastra.new'], infra: { kind: 'agent-memory', name: '@mastra/core', external: ['0.storage'], acceptable: true,
      fix: 'pass `storage: new PostgresStore(…)`' } },
    { path: ['@mastra/core/storage#InMemoryStore.new', '@mastra/core/storage#MockStore.new'], store: { kind: 'memory', backend: 'mastra' } },
    { path: ['@mastra/libsql#LibSQLStore.new', '@mastra/libsql#LibSQLVector.new'], embedded: { name: 'libSQL file', location: '0.url~0.connectionUrl',
      remote: ['libsql://', 'https://', 'http://'] } },
    { path: ['@mastra/pg#PostgresStore.new', '@mastra/pg#PgVector.new', '@mastra/upstash#UpstashStore.new', '@mastra/mongodb#MongoDBStore.new',
      '@mastra/dynamodb#DynamoDBStore.new'], store: { kind: 'external', backend: 'database' } },
    { path: ['genkit/beta#genkit().createSession()', 'genkit#genkit().createSession()'], infra: { kind: 'agent-memory', name: 'genkit session', external: ['0.store'],
      fix: external } },
    { path: ['genkit#InMemorySessionStore.new', 'genkit/beta#InMemorySessionStore.new'], store: { kind: 'memory', backend: 'genkit' } },
    memory('Google ADK sessions', instances('@google/adk', 'InMemorySessionService', 'InMemoryMemoryService', 'InMemoryArtifactService', 'InMemoryRunner')),
    memory('volt agent memory', instances(['@voltagent/core'], 'InMemoryStorageAdapter', 'InMemoryStorage')),
    { path: ['@google/generative-ai#GenerativeModel.new.startChat()', '@google/generative-ai#GoogleGenerativeAI.new.getGenerativeModel().startChat()',
      '@google/genai#GoogleGenAI.new.chats.create()', '@google-cloud/vertexai#VertexAI.new.getGenerativeModel().startChat()'], container: { kind: 'map' } },
    { path: ['@google/generative-ai#GoogleGenerativeAI.new.getGenerativeModel().startChat().sendMessage', '@google/genai#GoogleGenAI.new.chats.create().sendMessage',
      '@google-cloud/vertexai#VertexAI.new.getGenerativeModel().startChat().sendMessage'], access: { op: 'write', value: '0' } },
  ]
}

function mcp(): CatalogRow[] {
  const transports = ['@modelcontextprotocol/sdk/server/streamableHttp', '@modelcontextprotocol/sdk/server/streamableHttp.js', '@modelcontextprotocol/node',
    '@modelcontextprotocol/server']
  const sse = ['@modelcontextprotocol/sdk/server/sse', '@modelcontextprotocol/sdk/server/sse.js']
  return [
    { path: instances(transports, 'StreamableHTTPServerTransport', 'NodeStreamableHTTPServerTransport', 'WebStandardStreamableHTTPServerTransport'),
      owned: 'connection' },
    { path: instances(sse, 'SSEServerTransport'), owned: 'connection' },
    { path: instances(['@modelcontextprotocol/sdk/examples/shared/inMemoryEventStore.js', '@modelcontextprotocol/sdk/examples/shared/inMemoryEventStore',
      '@modelcontextprotocol/sdk/inMemory.js'], 'InMemoryEventStore'), store: { kind: 'memory', backend: 'mcp' }, infra: { kind: 'agent-memory',
      name: 'MCP InMemoryEventStore', confined: true, fix: 'keep events in Redis, or serve without sessions: `sessionIdGenerator: undefined`' } },
    { path: ['fastmcp#FastMCP.new'], infra: { kind: 'agent-memory', name: 'FastMCP sessions', uses: ['sessions'], acceptable: true,
      fix: 'start it with `stateless: true`' } },
  ]
}

function bots(): CatalogRow[] {
  const session = (name: string, path: string[], options: string[], fix: string): CatalogRow => ({ path, session: { name, default: 'memory', store: options },
    infra: { kind: 'agent-memory', name, external: options, fix } })
  return [
    session('telegraf session', ['telegraf#session()', 'telegraf/session#session()', 'telegraf/session#default()'], ['0.store'],
      'pass `store: Redis({ url })` of @telegraf/session'),
    session('grammy session', ['grammy#session()'], ['0.storage'], 'pass a `storage` adapter of @grammyjs/storage-redis'),
    session('vk-io session', ['@vk-io/session#SessionManager.new'], ['0.storage'], 'pass a `storage` over Redis'),
    session('puregram session', ['@puregram/session#session()'], ['0.storage'], 'pass a `storage` over Redis'),
    store(['grammy#MemorySessionStorage.new', 'telegraf/session#MemorySessionStore.new', 'telegraf#MemorySessionStore.new', 'botbuilder#MemoryStorage.new',
      'botbuilder-core#MemoryStorage.new', 'botkit-storage-memory#default()'], 'memory', 'bot'),
    store(['@telegraf/session/redis#Redis()', '@telegraf/session/mongodb#Mongo()', '@telegraf/session/pg#Postgres()', '@telegraf/session/mysql#MySQL()',
      '@grammyjs/storage-redis#RedisAdapter.new', '@grammyjs/storage-free#freeStorage()', '@grammyjs/storage-mongodb#MongoDBAdapter.new',
      '@grammyjs/storage-psql#PsqlAdapter.create()', '@grammyjs/storage-prisma#PrismaAdapter.new', '@grammyjs/storage-typeorm#TypeormAdapter.build()',
      '@grammyjs/storage-supabase#supabaseAdapter()',
      'botbuilder-azure#CosmosDbPartitionedStorage.new', 'botbuilder-azure#BlobStorage.new', 'botbuilder-azure-blobs#BlobsStorage.new',
        'telegraf-session-redis#default.new', 'telegraf-session-mongodb#session()'], 'external', 'bot'),
    store(['@telegraf/session/sqlite#SQLite()', 'telegraf-session-local#LocalSession.new', '@grammyjs/storage-file#FileAdapter.new'], 'file', 'bot'),
    { path: ['botbuilder#ConversationState.new', 'botbuilder#UserState.new', 'botbuilder-core#ConversationState.new', 'botbuilder-core#UserState.new'],
      session: { name: 'botbuilder state', default: 'none', store: ['0'] } },
    { path: '@slack/bolt#App.new', infra: { kind: 'agent-memory', name: '@slack/bolt stores', external: ['0.convoStore', '0.installationStore', '0.token'],
      fix: 'pass an `installationStore` and a `convoStore` over a database' } },
    { path: ['@grammyjs/conversations#conversations()'], infra: { kind: 'agent-memory', name: 'grammy conversations', external: ['0.storage'],
      fix: 'pass a `storage` adapter' } },
    { path: ['discord.js#Client.new', 'discord.js-light#Client.new', 'eris#default.new', 'oceanic.js#Client.new'], client: 'sdk',
      statefulByDesign: 'a gateway connection of a chat platform, held by one process (or shard)' },
    { path: ['whatsapp-web.js#Client.new', '@wppconnect-team/wppconnect#create()', 'venom-bot#create()', '@open-wa/wa-automate#create()', 'telegram#TelegramClient.new',
      ...['@whiskeysockets/baileys', '@adiwajshing/baileys', 'baileys'].flatMap((name) => [`${name}#makeWASocket()`, `${name}#default()`])], client: 'account',
      statefulByDesign: 'a gateway connection of a chat platform, held by one process (or shard)' },
    store(['whatsapp-web.js#LocalAuth.new', '@whiskeysockets/baileys#useMultiFileAuthState()', '@whiskeysockets/baileys#useSingleFileAuthState()'], 'file', 'whatsapp'),
    { path: 'whatsapp-web.js#LocalAuth.new', disk: { op: 'configure', path: '0.dataPath', usedBy: ['whatsapp-web.js#Client.new.initialize'] } },
    store(['@whiskeysockets/baileys#makeInMemoryStore()'], 'memory', 'whatsapp'),
  ]
}

function checkpointers(): CatalogRow[] {
  return [
    { path: [...['PostgresSaver', 'PostgresStore'].flatMap(name => [`@langchain/langgraph-checkpoint-postgres#${name}.fromConnString()`,
      `@langchain/langgraph-checkpoint-postgres#${name}.new`]), '@langchain/langgraph-checkpoint-redis#RedisSaver.fromUrl()',
      '@langchain/langgraph-checkpoint-redis#RedisSaver.new', '@langchain/langgraph-checkpoint-mongodb#MongoDBSaver.new',
      '@langchain/redis#RedisChatMessageHistory.new', '@langchain/community/stores/message/ioredis#RedisChatMessageHistory.new',
        '@langchain/community/stores/message/upstash_redis#UpstashRedisChatMessageHistory.new',
        '@langchain/community/stores/message/postgres#PostgresChatMessageHistory.new', '@langchain/mongodb#MongoDBChatMessageHistory.new',
        '@langchain/community/stores/message/dynamodb#DynamoDBChatMessageHistory.new'],
      store: { kind: 'external', backend: 'database' }, evidence: { question: 'session', message: 'conversations are kept in a shared store' } },
    { path: ['@langchain/langgraph-checkpoint-sqlite#SqliteSaver.fromConnString()', '@langchain/langgraph-checkpoint-sqlite#SqliteSaver.new'], embedded: { name: 'SQLite',
      location: '0' } },
    store(['@langchain/community/stores/message/file_system#FileSystemChatMessageHistory.new', 'langchain/storage/file_system#LocalFileStore.new',
      'langchain/storage/file_system#LocalFileStore.fromPath()', 'langchain/cache/file_system#LocalFileCache.create()'], 'file', 'conversation'),
  ]
}

/** Memory of agents, bots and assistants: conversations that one replica remembers. */
export const agentRows: CatalogRow[] = [...langchain(), ...agents(), ...mcp(), ...bots(), ...checkpointers()]
