import type { CatalogRow } from '../../model/catalog.js'
import { aliases, identities, members } from './build.js'

const trpc = '@trpc/server#TRPC.new'
const procedure = '@trpc/server#Procedure.new'
const options = '@trpc/server#ResolverOptions.new'
const contextInput = '@trpc/server#CreateContextOptions.new'
const trpcContext = '@trpc/server#Context.new'
const madeContext = '@trpc/server#MadeContext'
const procedureMethods = { query: 'QUERY', mutation: 'MUTATION', subscription: 'SUBSCRIPTION' }

const trpcRows: CatalogRow[] = [
  { path: ['@trpc/server#initTRPC.context', '@trpc/server#initTRPC.meta', '@trpc/server#initTRPC.context().meta', '@trpc/server#initTRPC.meta().context'], returns: '@trpc/server#initTRPC' },
  { path: '@trpc/server#initTRPC.create', returns: trpc, run: [{ fn: '0.errorFormatter', when: 'request' }] },
  { path: `${trpc}.procedure`, property: true, returns: procedure },
  { path: members([procedure], ['input', 'output', 'meta', 'concat', 'unstable_concat', 'experimental_caller']), returns: 'this', run: [{ fn: '0', when: 'request' }] },
  { path: `${procedure}.use`, returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: `${trpc}.middleware`, returns: '@trpc/server#Middleware.new', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: '@trpc/server#Middleware.new.unstable_pipe', returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: '@trpc/server#experimental_standaloneMiddleware().create', returns: '@trpc/server#Middleware.new', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  ...Object.entries(procedureMethods).map(([member, method]): CatalogRow => ({ path: `${procedure}.${member}`, entry: { kind: 'procedure', method, handlers: ['0'], params: [options] } })),
  { path: [`${trpc}.router`, `${trpc}.mergeRouters`], returns: '@trpc/server#AnyRouter.new' },
  // Version 9: a router with chained procedures.
  { path: '@trpc/server#router', returns: '@trpc/server#Router.new' },
  ...Object.entries(procedureMethods).map(([member, method]): CatalogRow => ({
    path: `@trpc/server#Router.new.${member}`, returns: 'this', entry: { kind: 'procedure', method, path: '0', handlers: ['1.resolve'], params: [options] },
  })),
  { path: '@trpc/server#Router.new.middleware', returns: 'this', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: '@trpc/server#Router.new.merge', returns: 'this', mount: { path: '0', children: ['1~0'] } },
  { path: '@trpc/server#Router.new.transformer', returns: 'this' },
  {
    path: [
      '@trpc/server/adapters/express#createExpressMiddleware', '@trpc/server/adapters/next#createNextApiHandler', '@trpc/server/adapters/fetch#fetchRequestHandler',
      '@trpc/server/adapters/standalone#createHTTPServer', '@trpc/server/adapters/standalone#createHTTPHandler', '@trpc/server/adapters/node-http#createHTTPHandler', '@trpc/server/adapters/ws#applyWSSHandler',
      '@trpc/server/adapters/aws-lambda#awsLambdaRequestHandler',
    ],
    run: [{ fn: '0.createContext', when: 'request', params: [contextInput], makes: madeContext }, { fn: '0.onError', when: 'request' }, { fn: '0.responseMeta', when: 'request' }],
  },
  { path: '@trpc/server/adapters/fastify#fastifyTRPCPlugin(register)', run: [{ fn: '0.trpcOptions.createContext', when: 'request', params: [contextInput], makes: madeContext }] },
  { path: [options, contextInput, trpcContext, madeContext], owned: 'request' },
  { path: `${options}.ctx`, property: true, returns: trpcContext },
  { path: trpcContext, prototype: madeContext },
  { path: '@hono/trpc-server#trpcServer', run: [{ fn: '0.createContext', when: 'request', params: [contextInput, 'hono#Context.new'], makes: madeContext }] },
  // Callers within the server: `createCallerFactory(router)(context)`, `router.createCaller(context)`, helpers of server-side rendering.
  ...[[`${trpc}.createCallerFactory()`, '0'], ['@trpc/server#AnyRouter.new.createCaller', '0'], ['@trpc/react-query/server#createServerSideHelpers', '0.ctx']].map(([path = '', from = '']): CatalogRow => (
    { path, run: [{ fn: from, when: 'request', makes: madeContext }], puts: { from, on: madeContext } })),
  { path: `${options}.next`, puts: { from: '0.ctx', on: madeContext } },
  ...identities(options, { input: 'input', rawInput: 'input', getRawInput: 'input', ctx: 'user' }),
  ...identities(trpcContext, { user: 'user', session: 'session' }),
  { path: members([contextInput], ['req']), property: true, returns: 'express#Request.new' },
  { path: members([contextInput], ['res']), property: true, returns: 'express#Response.new' },
  ...aliases(contextInput, [
    '@trpc/server/adapters/express#CreateExpressContextOptions.new', '@trpc/server/adapters/next#CreateNextContextOptions.new', '@trpc/server/adapters/fetch#FetchCreateContextFnOptions.new',
    '@trpc/server/adapters/fastify#CreateFastifyContextOptions.new', '@trpc/server/adapters/standalone#CreateHTTPContextOptions.new', '@trpc/server/adapters/ws#CreateWSSContextFnOptions.new',
  ]),
]

const orpc = '@orpc/server#os'
const implemented = '@orpc/server#Implementer.new'
const chain = ['input', 'output', 'route', 'errors', 'meta', '$context', '$config', '$meta', '$route', '$input']
const orpcRows: CatalogRow[] = [
  { path: members([orpc], chain), returns: orpc },
  { path: [`${orpc}.use`], returns: orpc, entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: `${orpc}.middleware`, returns: 'arg:0', entry: { kind: 'middleware', handlers: ['0'], params: [options] } },
  { path: `${orpc}.handler`, entry: { kind: 'procedure', handlers: ['0'], params: [options] } },
  { path: '@orpc/server#implement', returns: implemented },
  { path: [`${implemented}.use`, `${implemented}.$context`], returns: 'this' },
  { path: [`${implemented}.*.handler`, `${implemented}.*.*.handler`, `${implemented}.*.*.*.handler`, `${implemented}.handler`], entry: { kind: 'procedure', handlers: ['0'], params: [options] } },
  ...identities(options, { context: 'user' }),
]

const tsRest: CatalogRow[] = [
  { path: ['@ts-rest/express#initServer', '@ts-rest/fastify#initServer'], returns: '@ts-rest/core#Server.new' },
  { path: '@ts-rest/core#Server.new.router', entry: { kind: 'route', methodFrom: '0.{@}.method', methodDefault: 'ALL', handlers: ['1{}.middleware', '1{}.handler', '1{}'], params: ['express#Request.new', ''] } },
  { path: ['@ts-rest/core#initContract().router', '@ts-rest/core#initContract().query', '@ts-rest/core#initContract().mutation'], returns: 'arg:0' },
  { path: ['@ts-rest/next#createNextRoute', '@ts-rest/serverless/next#createNextHandler', '@ts-rest/serverless/fetch#fetchRequestHandler'], entry: { kind: 'route', method: 'ALL', handlers: ['1{}', '0.router{}'], params: ['next#NextApiRequest.new', ''] } },
  { path: '@ts-rest/nest#TsRestHandler', entry: { kind: 'route', method: 'ALL', decorator: true } },
  { path: '@ts-rest/nest#tsRestHandler', run: [{ fn: '1', when: 'now' }, { fn: '1{}', when: 'now' }] },
  { path: '@grpc/grpc-js#Server', returns: '@grpc/grpc-js#Server.new' },
  { path: ['@grpc/grpc-js#Server.new.addService', 'grpc#Server.new.addService'], entry: { kind: 'procedure', handlers: ['1{}'], params: ['@grpc/grpc-js#Call.new', ''] } },
  {
    path: ['@connectrpc/connect-node#connectNodeAdapter', '@connectrpc/connect-express#expressConnectMiddleware', '@connectrpc/connect-next#nextJsApiRouter', '@connectrpc/connect-fastify#fastifyConnectPlugin(register)', '@connectrpc/connect#createRouterTransport'],
    run: [{ fn: '0.routes', when: 'startup', params: ['@connectrpc/connect#ConnectRouter.new'] }, { fn: '0.contextValues', when: 'request', params: ['express#Request.new'] }],
  },
  { path: ['@connectrpc/connect#ConnectRouter.new.service'], returns: 'this', entry: { kind: 'procedure', handlers: ['1{}'], params: ['@grpc/grpc-js#Call.new', ''] } },
  { path: '@connectrpc/connect#ConnectRouter.new.rpc', returns: 'this', entry: { kind: 'procedure', handlers: ['last'], params: ['@grpc/grpc-js#Call.new', ''] } },
  { path: '@grpc/grpc-js#Call.new', owned: 'request' },
  ...identities('@grpc/grpc-js#Call.new', { request: 'input', metadata: 'token' }),
]

const mcp = '@modelcontextprotocol/sdk/server/mcp.js#McpServer.new'
const lowLevel = '@modelcontextprotocol/sdk/server/index.js#Server.new'
const stdio = ['@modelcontextprotocol/sdk/server/stdio.js', '@modelcontextprotocol/sdk/server/stdio', '@modelcontextprotocol/server', '@modelcontextprotocol/server/stdio'].map((module) => `${module}#StdioServerTransport.new`)
const mcpRows: CatalogRow[] = [
  ...aliases(mcp, ['@modelcontextprotocol/sdk/server/mcp#McpServer.new', '@modelcontextprotocol/server#McpServer.new']),
  ...aliases(lowLevel, ['@modelcontextprotocol/sdk/server/index#Server.new', '@modelcontextprotocol/sdk/server#Server.new']),
  { path: members([mcp], ['tool', 'registerTool', 'prompt', 'registerPrompt', 'resource', 'registerResource']), entry: { kind: 'procedure', path: '0', handlers: ['last'], params: ['mcp#Input.new', 'mcp#Extra.new'] } },
  { path: `${lowLevel}.setRequestHandler`, entry: { kind: 'procedure', path: '0', handlers: ['1'], params: ['mcp#Input.new', 'mcp#Extra.new'] } },
  { path: members([mcp, lowLevel], ['connect']), connects: { to: '0', one: stdio } },
  { path: 'fastmcp#FastMCP.new.start', connects: { to: '0.transportType', one: ['stdio'] } },
  { path: '@better-agent/core#defineTool().server', entry: { kind: 'procedure', handlers: ['0'], params: ['mcp#Input.new', ''] } },
  { path: 'fastmcp#FastMCP.new.addTool', entry: { kind: 'procedure', path: '0.name', handlers: ['0.execute'], params: ['mcp#Input.new', 'mcp#Extra.new'] } },
  { path: ['Tool', 'Resource', 'ResourceTemplate', 'Prompt'].map((name) => `@rekog/mcp-nest#${name}`), entry: { kind: 'procedure', path: '0.name', decorator: true, params: ['mcp#Input.new', 'mcp#Extra.new'] } },
  { path: ['mcp#Input.new', 'mcp#Extra.new'], owned: 'request', identity: 'input' },
  // The session that a client names with each message, and that the transport stands for.
  { path: ['mcp#Extra.new.sessionId', ...['streamableHttp', 'sse'].flatMap((file) => ['', '.js'].flatMap((ending) => ['StreamableHTTPServerTransport', 'SSEServerTransport'].map((name) => `@modelcontextprotocol/sdk/server/${file}${ending}#${name}.new.sessionId`)))], identity: 'session' },
  { path: ['express#Request.new', 'node:http#IncomingMessage.new', 'fastify#FastifyRequest.new'].map((request) => `${request}.headers.mcp-session-id`), identity: 'session' },
  { path: ['json-rpc-2.0#JSONRPCServer.new.addMethod'], entry: { kind: 'procedure', path: '0', handlers: ['1'] } },
  { path: 'jayson#Server', entry: { kind: 'procedure', handlers: ['0{}'] } },
]

const xrpc = '@atproto/xrpc-server#Server.new'
const xrpcContext = '@atproto/xrpc-server#Context.new'
/** Servers of AT Protocol: generated code hands its methods to one of these. */
const xrpcRows: CatalogRow[] = [
  { path: '@atproto/xrpc-server#createServer', returns: xrpc },
  { path: [`${xrpc}.router`, `${xrpc}.routes`], property: true, returns: 'express#Router.new' },
  { path: members([xrpc], ['method', 'addMethod', 'streamMethod', 'addStreamMethod']), entry: { kind: 'procedure', path: '0', handlers: ['1.auth', '1.handler', '1'], params: [xrpcContext] } },
  { path: xrpcContext, owned: 'request' },
  { path: `${xrpcContext}.req`, property: true, returns: 'express#Request.new' },
  { path: `${xrpcContext}.res`, property: true, returns: 'express#Response.new' },
  ...identities(xrpcContext, { params: 'input', input: 'input', auth: 'user' }),
]

export const rpcRows: CatalogRow[] = [...trpcRows, ...xrpcRows, ...orpcRows, ...tsRest, ...mcpRows]
