import type { AutoImportRow } from '../model/auto-imports.js'
import type { CatalogRow, ConventionRow } from '../model/catalog.js'
import { autoImports } from './auto-imports.js'
import { collectionRows, folderRows } from './collections.js'
import { dataRows } from './data.js'
import { effectRows } from './effects/index.js'
import { conventions, entryRows } from './entries/index.js'
import { stateRows } from './state/index.js'

/** Everything that is known of libraries. */
export const catalog: { rows: CatalogRow[]; conventions: ConventionRow[]; autoImports: AutoImportRow[] } = {
  rows: [...entryRows, ...effectRows, ...stateRows, ...collectionRows, ...folderRows, ...dataRows],
  conventions,
  autoImports,
}
