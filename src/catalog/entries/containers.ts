import type { CatalogRow } from '../../model/catalog.js'
import type { ServiceModel } from '../../model/services.js'
import { members } from './build.js'
import { expressParams } from './express.js'
import { koaParams } from './koa.js'

const tsyringe: CatalogRow[] = [
  { path: ['tsyringe#singleton'], component: { scope: 'singleton' }, service: [{ token: '0', of: 'this', as: 'value' }] },
  { path: ['tsyringe#injectable', 'tsyringe#autoInjectable'], component: { scope: 'transient' } },
  { path: 'tsyringe#scoped', component: { scope: 'request' } },
  { path: ['tsyringe#inject', 'tsyringe#injectAll'], injects: '0' },
  { path: 'tsyringe#delay', run: [{ fn: '0', when: 'startup', result: 'value' }] },
  { path: ['tsyringe#container.createChildContainer', 'tsyringe#DependencyContainer.new.createChildContainer'], returns: 'tsyringe#DependencyContainer.new' },
  ...['tsyringe#container', 'tsyringe#DependencyContainer.new'].flatMap((container): CatalogRow[] => [
    { path: members([container], ['resolve', 'resolveAll']), returns: 'arg:0.new' },
    {
      path: `${container}.register`, returns: 'this', service: [
        { token: '0', of: '1.useClass', as: 'instance', scopeFrom: { arg: '2.lifecycle', singleton: ['tsyringe#Lifecycle.Singleton'] } },
        { token: '0', of: '1.useValue', as: 'value' },
        { token: '0', of: '1.useFactory', as: 'result', params: ['tsyringe#DependencyContainer.new'] },
        { token: '0', of: '1.useToken', as: 'service' },
        { token: '0', of: '1', as: 'instance', scopeFrom: { arg: '2.lifecycle', singleton: ['tsyringe#Lifecycle.Singleton'] } },
      ],
    },
    { path: `${container}.registerSingleton`, returns: 'this', service: [{ token: '0', of: '1~0', as: 'instance', scope: 'singleton' }] },
    { path: `${container}.registerInstance`, returns: 'this', service: [{ token: '0', of: '1', as: 'value' }] },
    { path: `${container}.registerType`, returns: 'this', service: [{ token: '0', of: '1', as: 'service' }, { token: '0', of: '1', as: 'instance' }] },
  ]),
]

/** The scope is said by the rest of the chain, or by the container as a whole. */
const bound = { scope: 'bound' as const, scopeFrom: { arg: 'made.0.defaultScope', singleton: ['Singleton', 'inversify#BindingScopeEnum.Singleton', 'inversify#bindingScopeValues.Singleton'] } }
const binding = 'inversify#Binding.new'
const binder = ['inversify#Container.new', 'inversify#binder']
const binds = (name: string, models: Partial<ServiceModel>[]): CatalogRow => ({
  path: `${binding}.${name}`, returns: 'this', service: models.map((model): ServiceModel => ({ token: 'made.0', of: '0', as: 'instance', ...bound, ...model })),
})
const inversify: CatalogRow[] = [
  { path: 'inversify#injectable', component: { scope: 'transient', bound: true } },
  { path: ['inversify#inject', 'inversify#multiInject'], injects: '0' },
  { path: 'inversify#LazyServiceIdentifer.new', run: [{ fn: '0', when: 'startup' }] },
  { path: [...members(binder, ['bind', 'rebind', 'rebindSync']), 'inversify#binder()'], returns: binding },
  binds('to', [{}]),
  binds('toSelf', [{ of: 'made.0' }]),
  binds('toConstantValue', [{ as: 'value' }]),
  binds('toFunction', [{ as: 'value' }]),
  binds('toConstructor', [{ as: 'value' }]),
  binds('toDynamicValue', [{ as: 'result', params: ['inversify#Context.new'] }]),
  ...['toFactory', 'toProvider'].map((name) => binds(name, [{ as: 'result', params: ['inversify#Context.new'], scope: 'singleton' }])),
  binds('toAutoFactory', [{ as: 'maker', maker: 'inversify#AutoFactory', scope: 'singleton' }]),
  { path: 'inversify#AutoFactory()', returns: 'arg:made.0.new' },
  binds('toService', [{ as: 'service' }]),
  { path: `${binding}.inSingletonScope`, returns: 'this', scopes: 'singleton' },
  { path: `${binding}.inRequestScope`, returns: 'this', scopes: 'transient' },
  { path: `${binding}.inTransientScope`, returns: 'this', scopes: 'transient' },
  { path: members([binding], ['whenTargetNamed', 'whenNamed', 'whenTargetTagged', 'whenTagged', 'whenInjectedInto', 'whenParentNamed', 'whenTargetIsDefault', 'whenDefault', 'when', 'onActivation']), returns: 'this' },
  { path: 'inversify#Context.new.container', property: true, returns: 'inversify#Container.new' },
  { path: members(['inversify#Container.new', 'inversify#Context.new'], ['get', 'resolve', 'getAsync', 'getNamed', 'getTagged', 'getAll', 'getAllAsync']), returns: 'arg:0.new' },
  { path: 'inversify#Container.new.createChild', returns: 'inversify#Container.new' },
  { path: ['inversify#ContainerModule.new', 'inversify#AsyncContainerModule.new'], run: [{ fn: '0', when: 'startup', params: ['inversify#binder'] }] },
  { path: 'inversify-binding-decorators#fluentProvide()', component: { scope: 'singleton' } },
]

const typedi: CatalogRow[] = [
  { path: 'typedi#Service', component: { scope: 'singleton', scopeFrom: { arg: '0.transient', transient: ['true'] } }, service: [{ token: '0.id~0', of: 'this', as: 'value' }] },
  { path: 'typedi#Inject', injects: '0' },
  // One of its own for what it is asked for, a request mostly: what is set there is nobody else's.
  { path: 'typedi#Container.of', returns: 'typedi#ContainerInstance.new' },
  { path: ['typedi#Container.get', 'typedi#ContainerInstance.new.get'], returns: 'arg:0.new' },
  {
    path: ['typedi#Container.set', 'typedi#ContainerInstance.new.set'], returns: 'this', service: [
      { token: '0.id', of: '0.value', as: 'value' }, { token: '0.id', of: '0.type', as: 'instance', scope: 'singleton' }, { token: '0.id', of: '0.factory', as: 'result', scope: 'singleton' },
      { token: '0[].id', of: '0[].value', as: 'value' }, { token: '0', of: '1', as: 'value' },
    ],
  },
]

const resolvers = ['ClassResolver', 'FunctionResolver', 'ValueResolver', 'AliasResolver'].map((name) => `awilix#${name}.new`)
const SINGLETON = ['SINGLETON', 'awilix#Lifetime.SINGLETON']
const lifetime = { scope: 'bound' as const, scopeFrom: { arg: '1.lifetime~1', singleton: SINGLETON } }
const cradle = 'awilix#Cradle.new'
const scopesOf = { singleton: 'singleton', scoped: 'transient', transient: 'transient' } as const
const patterns = '0[]~0[][]~0'
/** Bridges to frameworks: what is made of a class or factory for each request. */
const bridge = (module: string, params: string[], on: string): CatalogRow[] => {
  const builds = { of: '0', byName: cradle, scope: 'request' as const }
  const controller = `${module}#Controller.new`
  const route = (name: string, method: string): CatalogRow => ({ path: `${controller}.${name}`, returns: 'this', entry: { kind: 'route', method, path: '0', handlers: ['2.before', 'this.@built[=1]', '2.after'], params } })
  return [
    { path: `${module}#scopePerRequest`, puts: { from: '0', on, as: 'container' } },
    { path: `${module}#loadControllers`, loads: { dir: patterns, as: 'run', from: 'package', cwd: '1.cwd' } },
    { path: [`${module}#createController`, `${module}#controller.createController`], returns: controller, builds },
    { path: `${controller}.prefix`, returns: 'this', prefix: '0' },
    { path: [`${controller}.before`, `${controller}.after`], returns: 'this', entry: { kind: 'middleware', handlers: ['0', '0[]'], params } },
    ...['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map((name) => route(name, name.toUpperCase())),
    route('all', 'ALL'),
    { path: `${controller}.verbs`, returns: 'this', entry: { kind: 'route', methodFrom: '0', path: '1', handlers: ['3.before', 'this.@built[=2]', '3.after'], params } },
    { path: [`${module}#makeInvoker`, `${module}#makeClassInvoker`, `${module}#makeFunctionInvoker`, `${module}#makeResolverInvoker`], returns: `${module}#Invoker.new`, builds },
    { path: `${module}#Invoker.new`, returns: 'arg:this.@built[=0]' },
    { path: `${module}#inject`, builds },
    { path: `${module}#route`, component: { scope: 'request', entries: true, byName: cradle }, prefix: '0' },
  ]
}
const awilix: CatalogRow[] = [
  ...[['asClass', 'ClassResolver'], ['asFunction', 'FunctionResolver'], ['asValue', 'ValueResolver'], ['aliasTo', 'AliasResolver']].map(([name, resolver]): CatalogRow => ({ path: `awilix#${name}`, returns: `awilix#${resolver}.new` })),
  { path: 'awilix#ClassResolver.new', service: [{ token: '0', of: '0', as: 'instance', byName: cradle, ...lifetime }] },
  { path: 'awilix#FunctionResolver.new', service: [{ token: '0', of: '0', as: 'result', byName: cradle, ...lifetime }] },
  { path: 'awilix#ValueResolver.new', service: [{ token: '0', of: '0', as: 'value' }] },
  { path: 'awilix#AliasResolver.new', service: [{ token: '0', of: '0', as: 'service' }] },
  ...Object.entries(scopesOf).map(([name, scopes]): CatalogRow => ({ path: members(resolvers, [name]), returns: 'this', scopes })),
  { path: members(resolvers, ['setLifetime']), returns: 'this' },
  { path: members(resolvers, ['classic', 'proxy', 'disposer', 'inject', 'setInjectionMode']), returns: 'this' },
  { path: 'awilix#createContainer', returns: 'awilix#AwilixContainer.new' },
  { path: 'awilix#AwilixContainer.new.createScope', returns: 'awilix#AwilixContainer.new' },
  {
    path: 'awilix#AwilixContainer.new.register', returns: 'this', service: [
      { token: '0{}', of: '0', as: 'resolver' }, { token: '0', of: '1', as: 'resolver' },
    ],
  },
  { path: 'awilix#AwilixContainer.new.resolve', returns: 'arg:0.new' },
  { path: 'awilix#AwilixContainer.new.cradle', property: true, returns: cradle },
  { path: cradle, bag: true, services: true },
  { path: 'awilix#AwilixContainer.new.build', builds: { of: '0', byName: cradle } },
  {
    path: 'awilix#AwilixContainer.new.loadModules', returns: 'this',
    loads: { dir: patterns, as: 'services', from: 'package', cwd: '1.cwd', bound: { token: '0', of: '0', as: 'instance', byName: cradle, scopeFrom: { arg: '1.resolverOptions.lifetime', singleton: SINGLETON } } },
  },
  // One container for the process, and one that each request is given.
  { path: ['@fastify/awilix#diContainer', '@fastify/awilix#diContainerClassic', '@fastify/awilix#diContainerProxy'], property: true, returns: 'awilix#AwilixContainer.new' },
  { path: ['fastify#FastifyRequest.new.diScope', 'fastify#FastifyInstance.new.diContainer'], property: true, returns: 'awilix#AwilixContainer.new' },
  ...bridge('awilix-express', expressParams, 'express#Request.new'),
  ...bridge('awilix-koa', koaParams, 'koa#Context.new.state'),
]

/** Containers of dependency injection: who makes an instance, and how long it lives. */
export const containerRows: CatalogRow[] = [...tsyringe, ...inversify, ...typedi, ...awilix]
