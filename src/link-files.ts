import { catalog } from './catalog/index.js'
import { factsKey } from './cache/index.js'
import type { AuditOptions } from './audit.js'
import { hintRows } from './config/hints.js'
import { isDeploymentCode, namesFunctions } from './deploy/code-files.js'
import { readSource } from './input/index.js'
import { clientOnly } from './link/client.js'
import { link } from './link/link.js'
import type { DeployedHandler } from './model/handlers.js'
import type { InputFiles } from './model/input.js'
import type { SchemaFacts } from './model/schema.js'
import { Deployment } from './program/deployment.js'
import { Program } from './program/program.js'
import { FactsReader, type SourceFacts } from './read-facts.js'
import type { FoundFiles } from './remembered.js'
import { createResolver, type Witness } from './resolve/index.js'
import { MODEL_FILE } from './schema/model-files.js'

/** What an audit knows when all files are read and linked. */
export interface Audited {
  input: InputFiles
  program: Program
  files: SourceFacts[]
  complete: boolean
  /** What the resolver looked at besides the files of `input`, the rules' questions among them once they are asked. */
  witness(): Witness
  /** Keeps the facts that were read for the next run. */
  close(): void
}

/** Reads and links: everything before the rules. */
export const linkFiles = async (options: AuditOptions, { input, keys }: FoundFiles): Promise<Audited> => {
  const resolver = createResolver(input)
  const reader = factsReader(options)
  const files = await reader.readHeads(input.sources, keys, input.texts)
  const client = clientOnly(files, resolver, input.pageScripts)
  await reader.read(files.filter(({ path }) => !client.has(path)))
  options.onProgress?.({ phase: 'link' })
  const rows = [...catalog.rows, ...options.config.models]
  const linked = link({ files, client, resolver, rows, conventions: catalog.conventions, autoImports: catalog.autoImports, handlers: await deployedHandlers(options, input, files), hints: hintRows(options.config.entries) })
  // What only browsers run declares no tables.
  const schemas = await readSchemaFiles(options, input, files.filter(({ path }) => !client.has(path)))
  const program = new Program(linked.analysis, linked.library, input.manifests, await readDeploymentFiles(options, input, files), schemas)
  // What the resolver could not read shows only while it resolves.
  const notices = [...input.notices, ...resolver.notices]
  return { input: { ...input, notices }, program, files, complete: linked.complete, witness: () => resolver.witness(), close: () => reader.close() }
}

/** Packages that start more processes of a service. */
const STARTS_PROCESSES = /^(?:node:)?cluster$|^throng$/

/** Facts of deployment and environment files; their readers are loaded only where there are such files. */
const readDeploymentFiles = async ({ root, onProgress }: AuditOptions, input: InputFiles, files: SourceFacts[]): Promise<Deployment> => {
  onProgress?.({ phase: 'deployment' })
  const coded = files.filter(({ path, facts }) => isDeploymentCode(path, facts))
  if (input.deployment.length === 0 && input.environments.length === 0 && coded.length === 0) return new Deployment([], false)
  const { forcedSingleProcess, readDeployment, readEnvironment } = await import('./deploy/index.js')
  const texts = (paths: string[]): { path: string; text: string }[] => paths.map((path) => ({ path, text: readSource(root, path) }))
  const deployed = await readDeployment(texts(input.deployment))
  const environment = await readEnvironment(texts(input.environments))
  const forced = files.filter(({ facts }) => facts.specifiers.some((specifier) => STARTS_PROCESSES.test(specifier))).flatMap(({ path, facts }) => forcedSingleProcess(path, facts))
  const { deployedByCode } = coded.length > 0 ? await import('./deploy/from-code.js') : { deployedByCode: () => [] }
  const around = { files: new Map(files.map(({ path, facts }) => [path, facts])), coded: coded.map(({ path }) => path) }
  const inCode = coded.flatMap(({ path, facts }) => deployedByCode(path, readSource(root, path), facts, around))
  return new Deployment([...deployed.facts, ...environment.facts, ...forced, ...inCode], input.deployment.length > 0 || inCode.length > 0, input.manifests.map(({ dir, name }) => ({ folder: dir, ...(name ? { name } : {}) })), deployed.notices)
}

/** Files that name functions as handlers of events: Serverless Framework, SAM and CloudFormation. */
const FUNCTION_FILE = /(^|\/)(serverless[^/]*|template|sam[^/]*|cloudformation[^/]*)\.ya?ml$/i

const deployedHandlers = async ({ root }: AuditOptions, input: InputFiles, files: SourceFacts[]): Promise<DeployedHandler[]> => {
  const named = input.deployment.filter((path) => FUNCTION_FILE.test(path))
  const coded = files.filter(({ path, facts }) => namesFunctions(path, facts))
  const beside = input.routeFiles ?? []
  const described = beside.filter((path) => !path.endsWith('route.json'))
  const { handlersBeside } = beside.length > described.length ? await import('./deploy/route-files.js') : { handlersBeside: () => [] }
  const { handlersDescribed } = described.length > 0 ? await import('./deploy/api-descriptions.js') : { handlersDescribed: () => [] }
  const { handlersOf } = named.length > 0 ? await import('./deploy/functions.js') : { handlersOf: () => [] }
  const { handlersInCode } = coded.length > 0 ? await import('./deploy/functions-in-code.js') : { handlersInCode: () => [] }
  return [...beside.flatMap((path) => (described.includes(path) ? handlersDescribed : handlersBeside)(path, readSource(root, path), input.sources)), ...named.flatMap((path) => handlersOf(path, readSource(root, path), (other) => readSource(root, other))), ...coded.flatMap(({ path, facts }) => handlersInCode(path, facts, input.sources))]
}

/** Packages whose users declare tables in code. */
const SCHEMA_PACKAGE = /typeorm|mikro-orm|mongoose|mongolass|typegoose|sequelize|drizzle-orm|knex|kysely|mongodb|objection|bookshelf/

/** What such a package is called where it is handed in: `module.exports = (sequelize, DataTypes) => …`. */
const HANDED_IN = new Set(['knex', 'queryInterface', 'sequelize', 'DataTypes', 'mongoose'])
/** Drivers whose users may make their tables with SQL, where the file that speaks to the database starts. */
const SQL_DRIVER = /^(?:(?:node:|bun:)?sqlite3?|better-sqlite3.*|pg|pg-promise|postgres|mysql2?(?:\/.+)?|mariadb|sql\.js|@libsql\/.+|@electric-sql\/pglite|@neondatabase\/.+|@vercel\/postgres)$/
const TABLES_FILE = /(?:^|\/)[\w.-]*(?:schemas?|tables?|database|sqlite|init-?db|setup-?db|db-?(?:init|setup))[\w.-]*\.\w+$|(?:^|\/)(?:db|init|setup|seeds?|migrate|bootstrap)\.\w+$/i
const declaresTables = ({ path, facts }: SourceFacts): boolean =>
  MODEL_FILE.test(path) || TABLES_FILE.test(path) || facts.specifiers.some((specifier) => SCHEMA_PACKAGE.test(specifier) || SQL_DRIVER.test(specifier)) || (!facts.unread && facts.bindings.some(({ n, kind }) => kind === 'param' && HANDED_IN.has(n)))

/** Tables and their unique columns, from schema files, from migrations and from code, and the databases that schema files name. */
const readSchemaFiles = async (options: AuditOptions, input: InputFiles, files: SourceFacts[]): Promise<Pick<SchemaFacts, 'tables' | 'providers'>> => {
  const { root } = options
  const declaring = files.filter(declaresTables)
  const migrations = input.migrations ?? []
  if (input.schemas.length === 0 && declaring.length === 0 && migrations.length === 0) return { tables: [], providers: [] }
  const { readSchemas, schemasFromFacts, tablesOfMigrations } = await import('./schema/index.js')
  const written = readSchemas(input.schemas.map((path) => ({ path, text: readSource(root, path) })))
  const migrated = tablesOfMigrations(await readMigrations(options, migrations))
  return { tables: [...written.tables, ...migrated, ...declaring.flatMap(({ path, facts }) => schemasFromFacts(path, facts))], providers: written.providers }
}

const factsReader = ({ root, cacheDir, project = root, version, onProgress }: AuditOptions, part = ''): FactsReader =>
  new FactsReader({ root, cacheDir, project: `${project}${part}`, version, onProgress: (done, total) => onProgress?.({ phase: 'facts', done, total }) })

const readMigrations = async (options: AuditOptions, migrations: readonly string[]): Promise<SourceFacts[]> => {
  const reader = factsReader(options, '#migrations')
  const texts = new Map(migrations.map((path) => [path, readSource(options.root, path)]))
  const files = await reader.readHeads(migrations, [...texts].map(([path, text]) => factsKey(path, text)), texts)
  await reader.read(files)
  reader.close()
  return files
}
