import { FILE_STORES, NO_ROWS } from '../catalog/packages.js'
import type { Effect } from './effects.js'
import { UNIQUE } from './uniqueness.js'

/** `PUT /me/photo`: a row is made to point at the new file; a repeat does the same again, and leaves but a file that nobody asks for. */
export const guardReplacedFiles = (effects: Effect[], method: string | undefined): void => {
  const files = effects.filter(({ kind, by, guard }) => kind === 'create-remote' && guard === undefined && FILE_STORES.test(by))
  if (files.length === 0) return
  if (/^(PUT|PATCH)$/.test(method ?? '') || effects.some(({ kind, by, stamp, guard }) => (kind === 'update' && !stamp && !NO_ROWS.test(by)) || (kind === 'insert' && guard === UNIQUE))) for (const file of files) file.guard = 'all that a repeat leaves is a file that nobody asks for'
}
