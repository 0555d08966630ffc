import type { CatalogRow } from '../../model/catalog.js'
import { client, effect, exported, instances, members, property, yields } from './build.js'

const supabase = '@supabase/supabase-js#SupabaseClient.new'
const tables = ['@supabase/postgrest-js#PostgrestQueryBuilder.new', ...instances('@supabase/supabase-js', 'QueryBuilder')]
const clients = instances(['@supabase/supabase-js', '@nuxtjs/supabase'], 'SupabaseClient').concat('@supabase/postgrest-js#PostgrestClient.new')
const chain = { model: ['from:0'], where: ['eq:0', 'match:0', 'in:0', 'filter:0'] }

/** Supabase and PostgREST. */
export const rows: CatalogRow[] = [
  client(clients, 'sdk'),
  yields([...exported('@supabase/supabase-js', 'createClient'), ...exported('@supabase/ssr', 'createServerClient createBrowserClient'),
    ...exported('@supabase/auth-helpers-nextjs', 'createServerComponentClient createRouteHandlerClient createServerActionClient createMiddlewareClient createPagesServerClient')], supabase),
  yields(members(clients, 'from'), tables[0]!),
  yields(members(clients, 'schema'), 'this'),
  property(members(clients, 'storage'), '@supabase/storage-js#StorageClient.new'),
  effect(members(tables, 'insert'), 'insert', 'supabase', { data: '0', lazy: true, chain: { model: ['from:0'] }, fix: 'use `.upsert(row, { onConflict: \'<unique column>\', ignoreDuplicates: true })`' }),
  effect(members(tables, 'upsert'), 'upsert', 'supabase', { data: '0', where: '1.onConflict', byPrimary: true, lazy: true, chain: { model: ['from:0'] }, clearedBy: [{ arg: '1.onConflict', target: '1.onConflict' }] }),
  effect(members(tables, 'update'), 'update', 'supabase', { data: '0', lazy: true, chain }),
  effect(members(tables, 'delete'), 'delete', 'supabase', { lazy: true, chain }),
  effect(members(clients, 'rpc'), 'update', 'supabase rpc', { model: '0', data: '1', lazy: true, procedure: '0' }),
  effect(members(clients, 'auth.admin.createUser auth.signUp'), 'create-remote', 'supabase auth', { data: '0' }),
  effect(members(clients, 'auth.signInWithOtp auth.resetPasswordForEmail auth.resend auth.reauthenticate auth.admin.inviteUserByEmail'), 'mail', 'supabase auth', { data: '0' }),
  // A link of a mail holds what can be used once.
  effect(members(clients, 'auth.verifyOtp'), 'update', 'supabase auth', { data: '0' }),
  effect(members(clients, 'functions.invoke'), 'http-post', 'supabase function', { url: '0', data: '1.body' }),
  yields(members('@supabase/storage-js#StorageClient.new', 'from'), '@supabase/storage-js#StorageFileApi.new'),
  effect(members('@supabase/storage-js#StorageFileApi.new', 'upload'), 'object-put', 'supabase', { model: '0', data: '1', fix: 'use a path made from the content or the request\'s key' }),
  effect(members('@supabase/storage-js#StorageFileApi.new', 'remove'), 'delete', 'supabase', { model: '0' }),
]
