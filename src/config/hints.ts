import type { ConventionRow, EntryKind } from '../model/catalog.js'
import type { EntryHint } from './types.js'

/** What a handler of an unknown framework is given belongs to the request. */
const REQUEST = 'express#Request.new'
const WITHOUT_REQUEST: readonly EntryKind[] = ['job', 'hook']

/** The `entries` of a config as the catalog's own rows. */
export const hintRows = (hints: readonly EntryHint[]): ConventionRow[] =>
  hints.map(({ files, export: name, kind, method }) => ({
    packages: [], files: files.filter((glob) => !glob.startsWith('!')), not: files.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1)),
    exports: { [name]: { kind, ...(method && { method }), params: WITHOUT_REQUEST.includes(kind) ? [] : [REQUEST, '', ''] } },
  }))
