import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, instances, members } from './build.js'

const sdk = ['node-appwrite', 'appwrite']
const fix = 'give the document an id made from the request instead of `ID.unique()`: a second one under the same id is refused'
const of = (names: string): string[] => instances(sdk, names)

/** Appwrite: databases, files, messages. An id of one's own refuses the repeat; accounts are refused by their e-mail. */
export const rows: CatalogRow[] = [
  client(of('Client Databases TablesDB Storage Account Users Teams Functions Messaging'), 'sdk'),
  { path: sdk.map(name => `${name}#ID.unique`), random: 'fresh' },
  effect(members(of('Databases'), 'createDocument'), 'insert', 'appwrite', { model: '1', data: '3~0.data', key: ['2', '0.documentId'], fix }),
  effect(members(of('TablesDB'), 'createRow'), 'insert', 'appwrite', { model: '1', data: '3~0.data', key: ['2', '0.rowId'], fix }),
  effect(members(of('Databases'), 'updateDocument'), 'update', 'appwrite', { model: '1', data: '3~0.data' }),
  effect(members(of('TablesDB'), 'updateRow'), 'update', 'appwrite', { model: '1', data: '3~0.data' }),
  effect(members(of('Databases'), 'incrementDocumentAttribute decrementDocumentAttribute'), 'relative-update', 'appwrite', { model: '1' }),
  effect(members(of('Databases'), 'deleteDocument'), 'delete', 'appwrite', { model: '1' }),
  effect(members(of('TablesDB'), 'deleteRow'), 'delete', 'appwrite', { model: '1' }),
  effect(members(of('Storage'), 'createFile'), 'create-remote', 'appwrite', { data: '2~0.file', key: ['1', '0.fileId'], fix }),
  effect(members(of('Storage'), 'deleteFile'), 'delete', 'appwrite'),
  effect(members(of('Messaging'), 'createEmail'), 'mail', 'appwrite', { key: ['0', '0.messageId'], fix }),
  effect(members(of('Messaging'), 'createSms'), 'sms', 'appwrite', { key: ['0', '0.messageId'], fix }),
  effect(members(of('Account'), 'createVerification createRecovery createEmailToken createMagicURLToken'), 'mail', 'appwrite account', {}),
  effect(members(of('Account Users'), 'create'), 'create-remote', 'appwrite account', { key: ['0'], once: true }),
  effect(members(of('Teams'), 'create'), 'create-remote', 'appwrite', { key: ['0', '0.teamId'], fix }),
  effect(members(of('Functions'), 'createExecution'), 'http-post', 'appwrite function', { url: '0' }),
]
