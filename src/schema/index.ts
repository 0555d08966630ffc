import type { SchemaFacts } from '../model/schema.js'
import { CONFIGURATION_FILE, readConfigured } from './configured.js'
import { DATASOURCE_FILE, readDatasources } from './datasources.js'
import { noTables, readDdl } from './ddl.js'
import { readPrisma } from './prisma.js'

export { schemasFromFacts, tablesOfMigrations } from './code.js'
export { findTables, hasNaturalKey, naturalKeys, uniqueAmong } from './tables.js'

/** Tables, unique columns and providers that schema files and SQL migrations declare; migrations are applied in the order of their paths. */
export function readSchemas(files: readonly { path: string; text: string }[]): SchemaFacts {
  const all: SchemaFacts = { tables: [], providers: [], notices: [] }
  const migrated = noTables()
  for (const { path, text } of [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))) {
    if (path.endsWith('.prisma')) append(all, readPrisma(path, text))
    else if (/\.sql$/i.test(path)) readSql(path, text, migrated)
    else if (CONFIGURATION_FILE.test(path)) append(all, readConfigured(path, text))
    else if (!DATASOURCE_FILE.test(path)) all.notices.push({ id: 'schema-unknown', message: `no reader for this kind of schema file: ${path}` })
  }
  all.providers.push(...readDatasources(files))
  for (const table of migrated.tables.values()) all.tables.push(table)
  return all
}

function append(all: SchemaFacts, more: SchemaFacts): void {
  for (const table of more.tables) all.tables.push(table)
  all.providers.push(...more.providers)
  all.notices.push(...more.notices)
}

function readSql(path: string, text: string, into: ReturnType<typeof noTables>): void {
  if (/(?:^|[/._-])(?:down|rollback|undo)(?:\.sql|[/._-])/i.test(path)) return
  readDdl(text, (start, end) => ({ file: path, start, end }), into)
}
