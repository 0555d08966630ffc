import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, transaction, yields } from './build.js'

const modules = ['@google-cloud/firestore', 'firebase-admin/firestore', 'firebase-admin', 'firebase-functions']
const store = '@google-cloud/firestore#Firestore.new'
const stores = instances(modules, 'Firestore firestore.Firestore')
const collection = '@google-cloud/firestore#CollectionReference.new'
const document = '@google-cloud/firestore#DocumentReference.new'
const batch = '@google-cloud/firestore#WriteBatch.new'
const collections = instances(modules, 'CollectionReference')
const documents = instances(modules, 'DocumentReference')
const batches = instances(modules, 'WriteBatch Transaction BulkWriter')
const natural = 'write to `doc(<natural id>)` with `.create()`, which fails when it exists'

const firestore = [
  client(stores, 'sdk'),
  yields([...exported(['firebase-admin/firestore'], 'getFirestore initializeFirestore'), 'firebase-admin#firestore', ...members(instances('firebase-admin', 'app.App'), 'firestore')], store),
  yields([...members(stores, 'collection'), ...members(documents, 'collection')], collection),
  yields([...members(stores, 'doc'), ...members(collections, 'doc')], document),
  yields(members(stores, 'batch bulkWriter'), batch),
  yields(members(batches, 'set update delete create'), 'this'),
  property(members(instances(modules, 'QueryDocumentSnapshot DocumentSnapshot'), 'ref'), document),
  effect(members(collections, 'add'), 'insert', 'firestore', { model: 'receiver', data: '0', fix: natural }),
  effect(members(documents, 'create'), 'insert', 'firestore', { model: 'receiver', data: '0', clearedBy: [{ call: 'create' }] }),
  effect(members(documents, 'set'), 'upsert', 'firestore', { model: 'receiver', data: '0', where: 'this', unnamed: { call: 'doc', args: 0 }, fix: natural }),
  effect(members(documents, 'update'), 'update', 'firestore', { model: 'receiver', data: '0', where: 'this' }),
  effect(members(documents, 'delete'), 'delete', 'firestore', { model: 'receiver', where: 'this' }),
  effect(members(batches, 'create'), 'insert', 'firestore', { model: '0', data: '1', where: '0' }),
  effect(members(batches, 'set'), 'upsert', 'firestore', { model: '0', data: '1', where: '0', unnamed: { call: 'doc', args: 0 }, fix: natural }),
  effect(members(batches, 'update'), 'update', 'firestore', { model: '0', data: '1', where: '0' }),
  effect(members(batches, 'delete'), 'delete', 'firestore', { model: '0', where: '0' }),
  // Contention makes Firestore run the callback again.
  transaction(members(stores, 'runTransaction'), '0', ['@google-cloud/firestore#Transaction.new'], true),
]

const web = [
  yields(exported('firebase/firestore', 'getFirestore initializeFirestore'), 'firebase/firestore#Firestore.new'),
  effect('firebase/firestore#addDoc', 'insert', 'firestore', { model: '0', data: '1', fix: natural }),
  effect('firebase/firestore#setDoc', 'upsert', 'firestore', { model: '0', where: '0', data: '1', unnamed: { call: 'doc', args: 1 }, fix: natural }),
  effect('firebase/firestore#updateDoc', 'update', 'firestore', { model: '0', where: '0', data: '1' }),
  effect('firebase/firestore#deleteDoc', 'delete', 'firestore', { model: '0', where: '0' }),
  transaction(['firebase/firestore#runTransaction'], '1', ['@google-cloud/firestore#Transaction.new'], true),
]

const realtime = [
  yields(['firebase-admin#database', 'firebase-admin/database#getDatabase'], 'firebase-admin/database#Database.new'),
  yields(members(instances('firebase-admin/database', 'Database Reference'), 'ref child'), 'firebase-admin/database#Reference.new'),
  effect(members('firebase-admin/database#Reference.new', 'push'), 'insert', 'firebase', { model: 'receiver', data: '0', fix: 'write to `child(<natural key>)` with `set`' }),
  effect(members('firebase-admin/database#Reference.new', 'set update'), 'update', 'firebase', { model: 'receiver', data: '0' }),
  effect(members('firebase-admin/database#Reference.new', 'remove'), 'delete', 'firebase', { model: 'receiver' }),
  transaction([...members('firebase-admin/database#Reference.new', 'transaction')], '0', [], true),
  effect(members('firebase-admin/database#Reference.new', 'transaction'), 'update', 'firebase', { model: 'receiver', turns: '0', fix: 'keep what was counted under the key of the request, and add it up when it is read' }),
  effect('firebase/database#runTransaction', 'update', 'firebase', { model: '0', turns: '1' }),
]

const accounts = [
  yields(['firebase-admin#auth', 'firebase-admin/auth#getAuth'], 'firebase-admin/auth#Auth.new'),
  effect(members('firebase-admin/auth#Auth.new', 'createUser'), 'create-remote', 'firebase auth', { data: '0', key: ['0.uid', '0.email'], fix: 'pass a `uid` of your own: the second call then fails' }),
]

/** Firestore, Realtime Database and accounts of Firebase. */
export const rows: CatalogRow[] = [...firestore, ...web, ...realtime, ...accounts]
