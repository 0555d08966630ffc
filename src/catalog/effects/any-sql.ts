import type { CatalogRow } from '../../model/catalog.js'

/** Methods by which a library runs SQL, though nobody has looked at it: the text that it is given says what it does. */
export const RUNS_SQL = /[.#](query|execute|exec|run|raw|none|one|all|any|get|first|prepare|executeQuery|queryOne|queryRaw|executeRaw)$/
/** A text that changes rows. */
export const CHANGES_ROWS = /^\s*(?:insert\s+(?:or\s+\w+\s+)?into|update\s+[\w."`[\]]+\s+set|delete\s+from|replace\s+into)\b/i
export const SQL_OF_UNKNOWN: CatalogRow = { path: '', effect: { kind: 'sql', by: 'SQL', sql: '0', data: '1', fix: 'add `ON CONFLICT (<unique column>) DO NOTHING` (MySQL: `INSERT IGNORE` or `ON DUPLICATE KEY UPDATE`)' } }
