import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, members } from './build.js'

const clients = ['pocketbase#default.new', 'pocketbase#PocketBase.new', 'pocketbase/cjs#default.new']
const rows = members(clients, 'collection()')
const chain = { model: ['collection:0'] }

/** PocketBase: rows of its collections, mails of its accounts, routes of its own. */
export const pocketbase: CatalogRow[] = [
  client(clients, 'sdk'),
  effect(members(rows, 'create'), 'insert', 'pocketbase', { data: '0', chain, fix: 'give the row an `id` made from the request, or a unique index on the column of the key' }),
  effect(members(rows, 'update'), 'update', 'pocketbase', { data: '1', chain }),
  effect(members(rows, 'delete'), 'delete', 'pocketbase', { chain }),
  effect(members(rows, 'requestPasswordReset requestVerification requestEmailChange requestOTP'), 'mail', 'pocketbase', { data: '0' }),
  // A link of a mail holds what can be used once.
  effect(members(rows, 'confirmVerification confirmPasswordReset confirmEmailChange'), 'update', 'pocketbase', { chain }),
]
