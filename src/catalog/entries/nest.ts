import type { CatalogRow, ComponentModel } from '../../model/catalog.js'
import { expressParams } from './express.js'
import { members } from './build.js'

const common = '@nestjs/common'
const context = `${common}#ExecutionContext.new`
const host = `${common}#ArgumentsHost.new`
const app = '@nestjs/core#INestApplication.new'
const [request, response, next] = expressParams as [string, string, string]

const scopeFrom = (arg: string): NonNullable<ComponentModel['scopeFrom']> => ({
  arg, request: [`${common}#Scope.REQUEST`], transient: [`${common}#Scope.TRANSIENT`],
})
const startup = ['onModuleInit', 'onApplicationBootstrap', 'onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown', 'configure']
const perRequest = {
  canActivate: [context], intercept: [context, `${common}#CallHandler.new`], transform: ['', ''], use: expressParams, catch: ['', host],
}
export const nestScope = scopeFrom
export const nestStartup = startup

const http = (names: string[]): string[] => names.map(name => `${common}#${name}`)
const methods: Record<string, string> = {
  Get: 'GET', Post: 'POST', Put: 'PUT', Patch: 'PATCH', Delete: 'DELETE', Head: 'HEAD', Options: 'OPTIONS', All: 'ALL', Search: 'SEARCH', Sse: 'GET',
  Propfind: 'PROPFIND', Proppatch: 'PROPPATCH', Mkcol: 'MKCOL', Copy: 'COPY', Move: 'MOVE', Lock: 'LOCK', Unlock: 'UNLOCK',
}

const classes: CatalogRow[] = [
  { path: `${common}#Controller`, component: { scope: 'singleton', scopeFrom: scopeFrom('0.scope'), entries: true, startup }, prefix: '0.path~0' },
  // One of each for all requests (class-validator).
  { path: 'class-validator#ValidatorConstraint', component: { scope: 'singleton', request: { validate: ['', ''], defaultMessage: [''] } } },
  { path: `${common}#Injectable`, component: { scope: 'singleton', scopeFrom: scopeFrom('0.scope'), startup, request: perRequest } },
  { path: `${common}#Module`, component: { scope: 'singleton', startup } },
  { path: `${common}#Catch`, component: { scope: 'singleton', startup, request: { catch: ['', host] } } },
  { path: `${common}#CanActivate`, component: { scope: 'singleton', request: { canActivate: [context] } } },
  { path: `${common}#NestInterceptor`, component: { scope: 'singleton', request: { intercept: [context, `${common}#CallHandler.new`] } } },
  { path: `${common}#PipeTransform`, component: { scope: 'singleton', request: { transform: ['', ''] } } },
  // Adapters of sockets are given to the application, which makes its server by them.
  { path: ['@nestjs/platform-socket.io#IoAdapter', '@nestjs/platform-ws#WsAdapter', '@nestjs/websockets#AbstractWsAdapter'], component: { scope: 'singleton', startup: ['createIOServer', 'create'] } },
  { path: `${common}#NestMiddleware`, component: { scope: 'singleton', request: { use: expressParams } } },
  { path: [`${common}#ExceptionFilter`, '@nestjs/core#BaseExceptionFilter'], component: { scope: 'singleton', request: { catch: ['', host] } } },
  { path: '@nestjs/passport#PassportStrategy()', component: { scope: 'singleton', request: { validate: ['', '', ''] } } },
  {
    path: '@nestjs/passport#AuthGuard()',
    component: { scope: 'singleton', request: { canActivate: [context], getRequest: [context], handleRequest: ['', '', '', context, ''], getAuthenticateOptions: [context] } },
  },
  { path: '@nestjs/passport#PassportSerializer', component: { scope: 'singleton', request: { serializeUser: ['', ''], deserializeUser: ['', ''] } } },
  { path: '@nestjs/throttler#ThrottlerGuard', component: { scope: 'singleton', request: { getTracker: [request], shouldSkip: [context], handleRequest: [''], throwThrottlingException: [context] } } },
  { path: '@nestjs/cache-manager#CacheInterceptor', component: { scope: 'singleton', request: { trackBy: [context], isRequestCacheable: [context] } } },
]

const routes: CatalogRow[] = [
  ...Object.entries(methods).map(([name, method]): CatalogRow => ({ path: `${common}#${name}`, entry: { kind: 'route', method, path: '0', decorator: true } })),
  { path: `${common}#RequestMapping`, entry: { kind: 'route', methodFrom: '0.method', methodDefault: 'GET', path: '0.path', decorator: true } },
  { path: `${common}#applyDecorators`, returns: 'arg:0..' },
]

const parameters: CatalogRow[] = [
  { path: http(['Req', 'Request']), returns: request },
  { path: http(['Res', 'Response']), returns: response },
  { path: http(['Next']), returns: next },
  { path: http(['Session']), returns: `${request}.session`, owned: 'request', identity: 'session' },
  { path: http(['Body', 'Query', 'Param', 'Headers', 'Ip', 'HostParam', 'UploadedFile', 'UploadedFiles', 'RawBody']), owned: 'request', identity: 'input' },
  { path: `${common}#createParamDecorator`, run: [{ fn: '0', when: 'request', params: ['', context] }] },
  { path: `${common}#createParamDecorator()`, owned: 'request', identity: 'input' },
]

const contexts: CatalogRow[] = [
  { path: [context, host, `${common}#CallHandler.new`, `${common}#HttpArgumentsHost.new`, `${common}#WsArgumentsHost.new`, `${common}#RpcArgumentsHost.new`], owned: 'request' },
  { path: members([context, host], ['switchToHttp']), returns: `${common}#HttpArgumentsHost.new` },
  { path: members([context, host], ['switchToWs']), returns: `${common}#WsArgumentsHost.new` },
  { path: members([context, host], ['switchToRpc']), returns: `${common}#RpcArgumentsHost.new` },
  { path: members([context, host], ['getArgs', 'getArgByIndex']), owned: 'request' },
  { path: `${common}#HttpArgumentsHost.new.getRequest`, returns: request },
  { path: `${common}#HttpArgumentsHost.new.getResponse`, returns: response },
  { path: `${common}#WsArgumentsHost.new.getClient`, returns: 'socket.io#Socket.new' },
  { path: members([`${common}#WsArgumentsHost.new`, `${common}#RpcArgumentsHost.new`], ['getData', 'getContext']), owned: 'request', identity: 'input' },
  { path: '@nestjs/core#REQUEST', returns: request },
  { path: '@nestjs/graphql#CONTEXT', owned: 'request' },
]

const application: CatalogRow[] = [
  { path: '@nestjs/core#NestFactory.create', returns: app },
  // The server below: what an adapter was made for, or with (`new ExpressAdapter(server)`).
  { path: `${app}.getHttpAdapter`, returns: 'arg:made.1' },
  { path: '@nestjs/platform-fastify#FastifyAdapter.new.getInstance', returns: 'fastify#FastifyInstance.new' },
  { path: '@nestjs/platform-express#ExpressAdapter.new.getInstance', returns: 'arg:made.0' },
  { path: '@nestjs/core#NestFactory.createMicroservice', returns: '@nestjs/microservices#INestMicroservice.new' },
  { path: '@nestjs/core#NestFactory.createApplicationContext', returns: `${common}#INestApplicationContext.new` },
  { path: [`${common}#INestApplication.new`, '@nestjs/platform-express#NestExpressApplication.new', '@nestjs/platform-fastify#NestFastifyApplication.new'], returns: app },
  // On Fastify.
  { path: [`${app}.register`], returns: 'this', mount: { path: '1.prefix', children: ['0'], plugin: { params: ['fastify#FastifyInstance.new', 'arg:1'] } } },
  { path: [`${app}.use`], returns: 'this', mount: { path: '0', children: ['0..'], params: expressParams, errorParams: ['', ...expressParams] } },
  { path: `${app}.useGlobalGuards`, returns: 'this', entry: { kind: 'middleware', handlers: ['0.canActivate', '1.canActivate', '2.canActivate'], params: [context] } },
  {
    path: `${app}.useGlobalInterceptors`, returns: 'this',
    entry: { kind: 'middleware', handlers: ['0.intercept', '1.intercept', '2.intercept', '3.intercept'], params: [context, `${common}#CallHandler.new`] },
  },
  { path: `${app}.useGlobalPipes`, returns: 'this', entry: { kind: 'middleware', handlers: ['0.transform', '1.transform', '2.transform'], params: ['', ''] } },
  { path: `${app}.useGlobalFilters`, returns: 'this', entry: { kind: 'middleware', handlers: ['0.catch', '1.catch', '2.catch', '3.catch'], params: ['', host] } },
  // Classes that give modules their options.
  { path: '@nestjs/typeorm#TypeOrmModule.forRootAsync', run: [{ fn: '0.useFactory', when: 'startup' }, { fn: '0.useClass.new.createTypeOrmOptions', when: 'startup' }] },
  // What it is where nobody sets it.
  { path: '@nestjs/config#ConfigService.new.get', returns: 'arg:1', besides: '@nestjs/config#ConfigService.new.get()' },
  { path: `${app}.setGlobalPrefix`, returns: 'this', prefix: '0' },
  { path: `${app}.listen`, returns: 'node:http#Server.new', run: [{ fn: 'last', when: 'startup' }] },
  { path: members([app, `${common}#INestApplicationContext.new`, `${common}#ModuleRef.new`, '@nestjs/core#ModuleRef.new'], ['get', 'resolve', 'create']), returns: 'arg:0.new' },
  { path: `${app}.getHttpServer`, returns: 'node:http#Server.new' },
  { path: `${common}#MiddlewareConsumer.new.apply`, returns: `${common}#MiddlewareConfigProxy.new`, entry: { kind: 'middleware', handlers: ['0..'], params: expressParams } },
  { path: members([`${common}#MiddlewareConfigProxy.new`], ['exclude']), returns: 'this' },
  { path: `${common}#MiddlewareConfigProxy.new.forRoutes`, returns: `${common}#MiddlewareConsumer.new` },
]

const helpers: CatalogRow[] = [
  { path: `${common}#mixin`, returns: 'arg:0' },
  { path: `${common}#Inject`, injects: '0' },
  { path: `${common}#forwardRef`, run: [{ fn: '0', when: 'startup', result: 'value' }] },
  { path: ['nestjs-cls#ClsService.new.run', 'nestjs-cls#ClsService.new.runWith', 'nestjs-cls#ClsService.new.enter'], run: [{ fn: 'last', when: 'now', result: 'value' }] },
  { path: ['nestjs-cls#ClsService.new', 'nestjs-cls#ClsServiceManager.getClsService()'], owned: 'request' },
  { path: `${common}#RawBodyRequest.new`, returns: request },
]

export const nestRows: CatalogRow[] = [...classes, ...routes, ...parameters, ...contexts, ...application, ...helpers]
