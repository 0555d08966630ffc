import type { CatalogRow } from '../../model/catalog.js'
import { identities, members } from './build.js'

const context = 'graphql#Context.new'
const madeContext = 'graphql#MadeContext'
const resolverParams = ['', 'graphql#Args.new', context, 'graphql#Info.new']
const operations = { Query: 'QUERY', Mutation: 'MUTATION', Subscription: 'SUBSCRIPTION' }

/** Rows for a resolver map that stands at `at` in the call: operations by name, and the fields of all other types. */
function resolverMap(paths: string[], ...places: string[]): CatalogRow[] {
  const both = (field: string): string[] => places.flatMap(at => [at, `${at}[]`]).flatMap(base => [`${base}${field}`, `${base}${field}.resolve`, `${base}${field}.subscribe`])
  return [
    ...Object.entries(operations).map(([name, method]): CatalogRow => ({
      path: paths, entry: { kind: 'resolver', method, handlers: both(`.${name}{}`), params: resolverParams },
    })),
    // Mutations of one subject may stand in a type of their own: `type UserMutation { create… }`.
    { path: paths, entry: { kind: 'resolver', method: 'MUTATION', handlers: both('{*Mutation,*Mutations}{}').filter(path => !path.includes('.Mutation{')), params: resolverParams } },
    { path: paths, entry: { kind: 'resolver', method: 'QUERY', handlers: both('{!Query,Subscription,*Mutation,*Mutations}{}'), params: resolverParams } },
  ]
}

const apolloServers = [
  '@apollo/server', 'apollo-server', 'apollo-server-express', 'apollo-server-koa', 'apollo-server-fastify', 'apollo-server-lambda', 'apollo-server-micro', 'apollo-server-hapi',
  'apollo-server-cloud-functions', 'apollo-server-azure-functions', 'apollo-server-core', 'apollo-server-cloudflare',
].map(name => `${name}#ApolloServer`)
const makers = [
  '@graphql-tools/schema#makeExecutableSchema', 'graphql-tools#makeExecutableSchema', 'apollo-server#makeExecutableSchema', 'apollo-server-express#makeExecutableSchema',
  'graphql-yoga#createSchema', '@graphql-tools/schema#addResolversToSchema', '@graphql-tools/schema#mergeSchemas', 'graphql-yoga#GraphQLServer', 'graphql-yoga#GraphQLServerLambda', '@graphql-yoga/node#createServer',
]
/** Checks and wrappers around resolvers, and schemas that are put together type by type. */
const composed: CatalogRow[] = [
  { path: 'graphql-shield#rule()', entry: { kind: 'middleware', handlers: ['0'], params: resolverParams } },
  { path: ['graphql-middleware#applyMiddleware', 'graphql-middleware#applyMiddlewareToDeclaredResolvers'], entry: { kind: 'middleware', handlers: ['1..'], params: ['', ...resolverParams] } },
  ...Object.entries(operations).map(([name, method]): CatalogRow => ({
    path: ['addFields', 'setFields'].map(member => `graphql-compose#schemaComposer.${name}.${member}`), returns: 'this', entry: { kind: 'resolver', method, handlers: ['0{}.resolve', '0{}.subscribe'], params: resolverParams },
  })),
]
const contextAt = (paths: string[], fn: string): CatalogRow => ({
  path: paths, run: [{ fn, when: 'request', params: ['graphql#ContextInput.new', 'graphql#ContextInput.new'], makes: madeContext }], puts: { from: fn, on: madeContext },
})

const schemas: CatalogRow[] = [
  ...resolverMap([...apolloServers, ...makers], '0.resolvers'),
  // The schema first, in the other form of the call.
  ...resolverMap(['@graphql-tools/schema#addResolversToSchema', 'graphql-tools#addResolversToSchema', 'graphql-tools#addResolveFunctionsToSchema'], '1'),
  ...resolverMap(['graphql-tools#addResolversToSchema', 'graphql-tools#addResolveFunctionsToSchema'], '0.resolvers'),
  ...resolverMap(['@apollo/subgraph#buildSubgraphSchema', '@apollo/federation#buildFederatedSchema', '@apollo/subgraph#buildFederatedSchema'], '0.resolvers', '0[].resolvers'),
  ...resolverMap(['graphql-modules#createModule', '@graphql-modules/core#GraphQLModule'], '0.resolvers', '0.resolvers()'),
  // Modules keep their services in a container of their own.
  { path: ['graphql-modules#Injectable', '@graphql-modules/di#Injectable'], component: { scope: 'singleton', scopeFrom: { arg: '0.scope', request: ['graphql-modules#Scope.Operation', '@graphql-modules/di#ProviderScope.Session', '@graphql-modules/di#ProviderScope.Request'] } } },
  { path: ['graphql-modules#Inject', '@graphql-modules/di#Inject'], injects: '0' },
  { path: ['graphql#Context.new.injector.get', '@graphql-modules/di#Injector.new.get'], returns: 'arg:0.new' },
  // With the schema in front of them.
  ...resolverMap(['@graphql-tools/schema#addResolversToSchema', 'graphql-tools#addResolversToSchema'], '1'),
  ...resolverMap(['@graphql-tools/merge#mergeResolvers', 'merge-graphql-schemas#mergeResolvers', 'merge-graphql-schemas#merge_resolvers'], '0'),
  ...resolverMap(['mercurius#default(register)', 'mercurius#mercurius(register)'], '0.resolvers'),
  ...resolverMap(['fastify#FastifyInstance.new.graphql.defineResolvers'], '0'),
  contextAt([...apolloServers, 'graphql-yoga#createYoga', 'graphql-yoga#GraphQLServer', 'graphql-yoga#GraphQLServerLambda', '@graphql-yoga/node#createServer'], '0.context'),
  { path: apolloServers, entry: { kind: 'hook', handlers: ['0.plugins[].requestDidStart'], params: ['library#argument'], madeAnew: true } },
  { path: apolloServers, run: [{ fn: '0.dataSources', when: 'request', makes: madeContext, as: 'dataSources' }] },
  contextAt([
    '@apollo/server/express4#expressMiddleware', '@as-integrations/express5#expressMiddleware', '@as-integrations/express4#expressMiddleware', '@apollo/server/standalone#startStandaloneServer',
    '@as-integrations/next#startServerAndCreateNextHandler', '@as-integrations/koa#koaMiddleware', '@as-integrations/aws-lambda#startServerAndCreateLambdaHandler',
    '@as-integrations/h3#startServerAndCreateH3Handler',
  ], '1.context'),
  {
    path: ['mercurius#default(register)', 'mercurius#mercurius(register)'],
    entry: { kind: 'resolver', method: 'QUERY', handlers: ['0.loaders{}{}', '0.loaders{}{}.loader'], params: ['', context] },
  },
  { path: 'fastify#FastifyInstance.new.graphql.defineLoaders', entry: { kind: 'resolver', method: 'QUERY', handlers: ['0{}{}', '0{}{}.loader'], params: ['', context] } },
  ...composed,
  contextAt(['mercurius#default(register)', '@as-integrations/fastify#default(register)'], '0.context'),
  { path: 'graphql-yoga#createYoga', returns: 'graphql-yoga#Yoga.new' },
  // Version 1 serves with Express, and lets others register there.
  { path: 'graphql-yoga#GraphQLServer.new.express', property: true, returns: 'express#Express.new' },
  {
    path: ['express-graphql#graphqlHTTP', 'express-graphql#default', 'koa-graphql#graphqlHTTP', 'koa-graphql#default', 'graphql-http/lib/use/express#createHandler', 'graphql-http/lib/use/http#createHandler', 'graphql-http/lib/use/fastify#createHandler', 'graphql-http/lib/use/koa#createHandler', 'graphql-http#createHandler'],
    entry: { kind: 'resolver', method: 'QUERY', sdl: true, handlers: ['0.rootValue{}', '0().rootValue{}'], params: ['graphql#Args.new', context, 'graphql#Info.new'] },
    run: [{ fn: '0', when: 'request', params: ['express#Request.new', 'express#Response.new'] }, { fn: '0.context', when: 'request', params: ['graphql#ContextInput.new'], makes: madeContext }],
    puts: { from: '0.context', on: madeContext },
  },
  { path: ['graphql-ws/lib/use/ws#useServer', 'graphql-ws/use/ws#useServer', 'graphql-ws#useServer'], run: ['onConnect', 'onSubscribe', 'onOperation', 'onDisconnect', 'context'].map(name => ({ fn: `0.${name}`, when: 'request' as const, params: ['graphql-ws#Context.new'] })) },
  { path: 'subscriptions-transport-ws#SubscriptionServer.create', run: ['onConnect', 'onOperation', 'onDisconnect'].map(name => ({ fn: `0.${name}`, when: 'request' as const })) },
]

const mutationTypes = ['Mutation', 'RootMutation', 'RootMutationType', 'MutationType', 'Mutations', 'mutation', 'RootMutations']
const fieldHandlers = ['0.fields', '0.fields()'].flatMap(base => [`${base}{}.resolve`, `${base}{}.subscribe`])
const objects: CatalogRow[] = [
  { path: 'graphql#GraphQLObjectType', entry: { kind: 'resolver', method: 'MUTATION', handlers: fieldHandlers, params: resolverParams, onlyWhen: { arg: '0.name', values: mutationTypes } } },
  { path: 'graphql#GraphQLObjectType', entry: { kind: 'resolver', method: 'QUERY', handlers: fieldHandlers, params: resolverParams, onlyWhen: { arg: '0.name', not: mutationTypes } } },
  {
    path: 'graphql-relay#mutationWithClientMutationId', returns: 'graphql-relay#MutationField.new',
    entry: { kind: 'resolver', method: 'MUTATION', path: '0.name', handlers: ['0.mutateAndGetPayload'], params: ['graphql#Args.new', context, 'graphql#Info.new'] },
  },
  // It runs whatever operation the text names: mutations too.
  {
    path: ['graphql#graphql', 'graphql#graphqlSync', 'graphql#execute'],
    run: ['0.schema', '0'].flatMap(at => ['fields', 'fields()'].map(fields => ({ fn: `${at}.@0.mutation.@0.${fields}{}.resolve`, when: 'now' as const, params: resolverParams }))),
  },
  { path: 'graphql#graphql', entry: { kind: 'resolver', method: 'QUERY', sdl: true, handlers: ['0.rootValue{}'], params: ['graphql#Args.new', context] } },
  { path: context, prototype: madeContext },
  { path: madeContext, owned: 'request' },
  { path: [context, 'graphql#Args.new', 'graphql#Info.new', 'graphql-ws#Context.new', 'graphql#ContextInput.new'], owned: 'request' },
  { path: 'graphql#Args.new', identity: 'input' },
  ...identities(context, { user: 'user', currentUser: 'user', viewer: 'user', session: 'session', token: 'token' }),
  { path: members(['graphql#ContextInput.new', context], ['req', 'request']), property: true, returns: 'express#Request.new' },
  { path: members(['graphql#ContextInput.new', context], ['res', 'response']), property: true, returns: 'express#Response.new' },
]

/** Redwood hands its context around as an import. */
const redwoodContext = ['@redwoodjs/graphql-server#context', '@redwoodjs/context#context', '@redwoodjs/api#context', '@cedarjs/context#context']
const redwood: CatalogRow[] = [
  { path: redwoodContext, owned: 'request' },
  ...redwoodContext.flatMap(path => identities(path, { currentUser: 'user' })),
]

const tg = (names: string[]): string[] => names.map(name => `type-graphql#${name}`)
const typeGraphql: CatalogRow[] = [
  { path: 'type-graphql#Resolver', component: { scope: 'singleton', entries: true } },
  ...Object.entries(operations).map(([name, method]): CatalogRow => ({ path: `type-graphql#${name}`, entry: { kind: 'resolver', method, path: '1.name~0.name', decorator: true } })),
  { path: 'type-graphql#FieldResolver', entry: { kind: 'resolver', method: 'QUERY', decorator: true } },
  { path: tg(['Arg', 'Args', 'Info', 'Root']), owned: 'request', identity: 'input' },
  { path: 'type-graphql#Ctx', returns: context },
  { path: 'type-graphql#MiddlewareInterface', component: { scope: 'singleton', request: { use: ['graphql#ResolverData.new', ''] } } },
  { path: tg(['UseMiddleware', 'createMethodDecorator', 'createMethodMiddlewareDecorator']), entry: { kind: 'middleware', handlers: ['0..'], params: ['graphql#ResolverData.new', ''] } },
  { path: tg(['createParamDecorator', 'createParameterDecorator']), run: [{ fn: '0', when: 'request', params: ['graphql#ResolverData.new'] }] },
  { path: tg(['buildSchema', 'buildSchemaSync']), entry: { kind: 'middleware', handlers: ['0.globalMiddlewares', '0.authChecker'], params: ['graphql#ResolverData.new', ''] } },
  { path: 'graphql#ResolverData.new', owned: 'request' },
  { path: 'graphql#ResolverData.new.context', property: true, returns: context },
]

const builder = '@pothos/core#default.new'
const fields = { Query: '@pothos/core#QueryFieldBuilder.new', Mutation: '@pothos/core#MutationFieldBuilder.new', Subscription: '@pothos/core#SubscriptionFieldBuilder.new' }
/** Members that may be given what resolves them; `exposeString` and its kin only name a member. */
const resolved = (
  'field string int float boolean id stringList intList floatList booleanList idList listRef fieldWithInput connection '
  + 'loadable loadableList loadableGroup node nodes variant type simpleField crud'
).split(' ')
/** Of these, resolvers are given the selection first. */
const selecting = ['prismaField', 'prismaConnection', 'prismaFieldWithInput', 'drizzleField', 'drizzleConnection']
const lower = (name: string): string => name.toLowerCase()
const pothos: CatalogRow[] = [
  ...(['Query', 'Mutation', 'Subscription'] as const).flatMap((name): CatalogRow[] => [
    { path: `${builder}.${lower(name)}Field`, run: [{ fn: '1', when: 'startup', params: [fields[name]] }] },
    { path: `${builder}.${lower(name)}Fields`, run: [{ fn: '0', when: 'startup', params: [fields[name]] }] },
    { path: `${builder}.${lower(name)}Type`, run: [{ fn: '0.fields', when: 'startup', params: [fields[name]] }] },
    { path: `${fields[name]}.withAuth`, returns: 'this' },
    {
      path: members([fields[name]], selecting),
      entry: { kind: 'resolver', method: operations[name], handlers: ['0.resolve', '1.resolve', '2.resolve'], params: ['', ...resolverParams] },
      run: [{ fn: '0.subscribe', when: 'request', params: resolverParams }],
    },
    { path: members([fields[name]], resolved), entry: { kind: 'resolver', method: operations[name], handlers: ['0.resolve', '1.resolve', '2.resolve', '0.subscribe'], params: resolverParams } },
  ]),
  {
    path: members([builder], ['objectType', 'prismaObject', 'prismaNode', 'node', 'interfaceType', 'drizzleObject', 'loadableObject', 'loadableNode']),
    run: [{ fn: '1.fields', when: 'startup', params: [fields.Query] }, { fn: '1.load', when: 'request', params: ['', context] }],
  },
  { path: `${builder}.objectRef().implement`, run: [{ fn: '0.fields', when: 'startup', params: [fields.Query] }] },
  { path: members([builder], ['objectField', 'prismaObjectField', 'interfaceField']), run: [{ fn: '2', when: 'startup', params: [fields.Query] }] },
  { path: members([builder], ['objectFields', 'prismaObjectFields']), run: [{ fn: '1', when: 'startup', params: [fields.Query] }] },
  { path: `${builder}.relayMutationField`, entry: { kind: 'resolver', method: 'MUTATION', path: '0', handlers: ['2.resolve'], params: resolverParams } },
]

const block = 'nexus#DefinitionBlock.new'
const mutationBlock = 'nexus#MutationDefinitionBlock.new'
const definition = { fn: '0.definition', when: 'startup' as const }
const nexusTypes = ['field', 'string', 'int', 'boolean', 'id', 'float']
const nexusFields = ['connectionField', ...['', 'nonNull.', 'nullable.', 'list.', 'nonNull.list.', 'nullable.list.', 'list.nonNull.', 'list.nullable.', 'nonNull.list.nonNull.', 'nullable.list.nonNull.'].flatMap(form => nexusTypes.map(type => form + type))]
const nexusModules = ['nexus', '@nexus/schema']
const nexus: CatalogRow[] = nexusModules.flatMap((name): CatalogRow[] => [
  { path: `${name}#objectType`, run: [{ ...definition, params: [mutationBlock], onlyWhen: { arg: '0.name', values: ['Mutation'] } }, { ...definition, params: [block], onlyWhen: { arg: '0.name', not: ['Mutation'] } }] },
  { path: [`${name}#queryType`, `${name}#subscriptionType`, `${name}#interfaceType`], run: [{ ...definition, params: [block] }] },
  { path: `${name}#mutationType`, run: [{ ...definition, params: [mutationBlock] }] },
  { path: `${name}#extendType`, run: [{ ...definition, params: [mutationBlock], onlyWhen: { arg: '0.type', values: ['Mutation'] } }, { ...definition, params: [block], onlyWhen: { arg: '0.type', not: ['Mutation'] } }] },
  { path: `${name}#queryField`, entry: { kind: 'resolver', method: 'QUERY', path: '0', handlers: ['1.resolve', '0.resolve'], params: resolverParams } },
  { path: `${name}#mutationField`, entry: { kind: 'resolver', method: 'MUTATION', path: '0', handlers: ['1.resolve', '0.resolve'], params: resolverParams } },
  { path: `${name}#mutationField`, run: [{ fn: '0', when: 'startup', params: [mutationBlock] }] },
  { path: `${name}#queryField`, run: [{ fn: '0', when: 'startup', params: [block] }] },
])
const nexusBlocks: CatalogRow[] = [
  { path: members([block], nexusFields), entry: { kind: 'resolver', method: 'QUERY', path: '0', handlers: ['1.resolve', '0.resolve'], params: resolverParams } },
  { path: members([mutationBlock], nexusFields), entry: { kind: 'resolver', method: 'MUTATION', path: '0', handlers: ['1.resolve', '0.resolve'], params: resolverParams } },
]

export const graphqlRows: CatalogRow[] = [...redwood, ...schemas, ...objects, ...typeGraphql, ...pothos, ...nexus, ...nexusBlocks]
