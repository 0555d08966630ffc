import type { CatalogRow } from '../../model/catalog.js'
import { effect, exported, instances, members, property, yields } from './build.js'

const payloads = instances('payload', 'Payload BasePayload')
const documents = 'payload#Payload.new'
const payload: CatalogRow[] = [
  yields(exported('payload', 'getPayload init'), documents),
  yields(['payload#getPayloadHMR', '@payloadcms/next/utilities#getPayloadHMR', ...members(payloads, 'init')], documents),
  property(['payload#PayloadRequest.new.payload', 'payload#HookArgs.new.payload'], documents),
  ...[...members(payloads, 'create'), 'payload#create'].map(path => effect(path, 'insert', 'payload', { model: '0.collection', data: '0.data', fix: 'look for the document by a field that is `unique: true` in the collection' })),
  effect([...members(payloads, 'duplicate'), 'payload#duplicate'], 'insert', 'payload', { model: '0.collection' }),
  effect([...members(payloads, 'update updateByID'), 'payload#update'], 'update', 'payload', { model: '0.collection', where: '0.where', data: '0.data' }),
  effect([...members(payloads, 'updateGlobal'), 'payload#updateGlobal'], 'update', 'payload', { model: '0.slug', data: '0.data' }),
  effect([...members(payloads, 'delete'), 'payload#delete'], 'delete', 'payload', { model: '0.collection', where: '0.where' }),
  effect([...members(payloads, 'sendEmail'), 'payload#sendEmail'], 'mail', 'payload', { data: '0' }),
]

const strapi = 'global#strapi'
const strapiRepository = ['documents()', 'db.query()', 'query()', 'service()'].map(at => `${strapi}.${at}`)
const strapiRows: CatalogRow[] = [
  property(['@strapi/strapi#Factory.new.strapi'], strapi),
  { path: ['createCoreController', 'createCoreService', 'createCoreRouter'].map(name => `@strapi/strapi#factories.${name}`), run: [{ fn: '1', when: 'startup', params: ['@strapi/strapi#Factory.new'] }] },
  effect(members(strapi, 'entityService.create'), 'insert', 'strapi', { model: '0', data: '1.data', fix: 'look for the entry by an attribute that is `unique: true` in its schema' }),
  effect(members(strapi, 'entityService.update'), 'update', 'strapi', { model: '0', data: '2.data' }),
  effect(members(strapi, 'entityService.delete entityService.deleteMany'), 'delete', 'strapi', { model: '0' }),
  effect(members(strapiRepository, 'create createMany'), 'insert', 'strapi', { model: 'receiver', data: '0.data' }),
  effect(members(strapiRepository, 'update updateMany publish unpublish'), 'update', 'strapi', { model: 'receiver', data: '0.data' }),
  effect(members(strapiRepository, 'delete deleteMany'), 'delete', 'strapi', { model: 'receiver' }),
  effect([`${strapi}.plugins.email.services.email.send`, `${strapi}.plugin().service().send`], 'mail', 'strapi', { data: '0' }),
]

const keystone = '@keystone-6/core#Context.new'
const keystoneLists = ['query', 'db', 'lists'].map(name => `${keystone}.${name}.*`)
const keystoneRows: CatalogRow[] = [
  yields(members(keystone, 'sudo withSession withRequest'), keystone),
  property(['@keystone-6/core#HookArgs.new.context'], keystone),
  property(members(keystone, 'prisma'), '@prisma/client#PrismaClient.new'),
  effect(members(keystoneLists, 'createOne createMany'), 'insert', 'keystone', { model: 'member:-1', data: '0.data', fix: 'look for the item by a field with `isIndexed: \'unique\'`' }),
  effect(members(keystoneLists, 'updateOne updateMany'), 'update', 'keystone', { model: 'member:-1', where: '0.where', data: '0.data' }),
  effect(members(keystoneLists, 'deleteOne deleteMany'), 'delete', 'keystone', { model: 'member:-1', where: '0.where' }),
]

/** Documents of content management systems, written through their own interface: Payload, Strapi, Keystone. */
export const rows: CatalogRow[] = [...payload, ...strapiRows, ...keystoneRows]
