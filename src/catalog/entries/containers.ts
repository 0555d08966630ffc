import type { CatalogRow } from '../../model/catalog.js'

/** Containers of dependency injection: who makes the instance, and for how long. */
export const containerRows: CatalogRow[] = [
  { path: ['tsyringe#singleton'], component: { scope: 'singleton' } },
  { path: ['tsyringe#injectable', 'tsyringe#autoInjectable'], component: { scope: 'transient' } },
  { path: 'tsyringe#scoped', component: { scope: 'request' } },
  { path: ['tsyringe#container.resolve', 'tsyringe#DependencyContainer.new.resolve'], returns: 'arg:0.new' },
  { path: ['inversify#injectable'], component: { scope: 'transient', scopeFrom: { arg: '0', request: ['inversify#BindingScopeEnum.Request'], transient: ['inversify#BindingScopeEnum.Transient'] } } },
  { path: ['inversify-binding-decorators#fluentProvide()'], component: { scope: 'singleton' } },
  { path: ['inversify#Container.new.get', 'inversify#Container.new.resolve', 'inversify#Container.new.getAsync'], returns: 'arg:0.new' },
  { path: ['typedi#Service'], component: { scope: 'singleton', scopeFrom: { arg: '0.transient', transient: ['true'] } } },
  { path: ['typedi#Container.get'], returns: 'arg:0.new' },
  { path: ['awilix#asClass', 'awilix#asFunction', 'awilix#asValue'], returns: 'arg:0' },
  { path: ['@loopback/core#injectable', '@loopback/core#bind', '@loopback/context#bind'], component: { scope: 'transient' } },
  { path: ['@midwayjs/core#Provide', '@midwayjs/decorator#Provide'], component: { scope: 'request' } },
  { path: ['@midwayjs/core#Singleton', '@midwayjs/decorator#Singleton'], component: { scope: 'singleton' } },
  { path: ['@tsed/di#Injectable', '@tsed/di#Service', '@tsed/common#Service', '@tsed/common#Injectable'], component: { scope: 'singleton', startup: ['$onInit', '$onReady', '$afterInit'] } },
  { path: '@adonisjs/core#inject', component: { scope: 'request' } },
  { path: 'typeorm#EventSubscriber', component: { scope: 'singleton', requestKind: 'hook', request: { afterInsert: [''], beforeInsert: [''], afterUpdate: [''], beforeUpdate: [''], afterRemove: [''], beforeRemove: [''], afterLoad: [''] } } },
]
