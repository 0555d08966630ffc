import type { Effect } from './effects.js'
import { UNIQUE } from './uniqueness.js'

/** Where files are put under a name that is made up. */
const STORES = /^(local disk|file system|s3|gcs|minio|r2|azure blob|vercel blob|cloudinary|uploadthing|supabase|appwrite)$/
/** Caches and files are no rows. */
const NO_ROWS = /redis|memcached|cache|file system|local disk|session/i

/** `PUT /me/photo`: a row is made to point at the new file; a repeat does the same again, and leaves but a file that nobody asks for. */
export const guardReplacedFiles = (effects: Effect[], method: string | undefined): void => {
  const files = effects.filter(({ kind, by, guard }) => kind === 'create-remote' && guard === undefined && STORES.test(by))
  if (files.length === 0) return
  if (/^(PUT|PATCH)$/.test(method ?? '') || effects.some(({ kind, by, stamp, guard }) => (kind === 'update' && !stamp && !NO_ROWS.test(by)) || (kind === 'insert' && guard === UNIQUE))) for (const file of files) file.guard = 'all that a repeat leaves is a file that nobody asks for'
}
