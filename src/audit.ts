import { catalog } from './catalog/index.js'
import { factsKey } from './cache/index.js'
import type { ResolvedConfig } from './config/types.js'
import { hintRows } from './config/hints.js'
import { assembleReport } from './engine/assemble.js'
import { isDeploymentCode, namesFunctions } from './deploy/code-files.js'
import { levelOf } from './engine/levels.js'
import { pageAddress } from './model/pages.js'
import { locator } from './engine/locate.js'
import { runRules } from './engine/run.js'
import { type Study, studyOf } from './engine/study.js'
import { traceText } from './engine/trace.js'
import { discover, isThere, readSource } from './input/index.js'
import { clientOnly } from './link/client.js'
import { link } from './link/link.js'
import type { DeployedHandler } from './model/handlers.js'
import type { InputFiles } from './model/input.js'
import type { Report } from './model/report.js'
import type { Rule, RuleTools } from './rule.js'
import type { SchemaFacts } from './model/schema.js'
import { MODEL_FILE } from './schema/model-files.js'
import { Deployment } from './program/deployment.js'
import { Program } from './program/program.js'
import { FactsReader, type SourceFacts, withParser } from './read-facts.js'
import { type FoundFiles, remembered } from './remembered.js'
import { createResolver, type Witness } from './resolve/index.js'
import { rules } from '../rules/index.js'

export interface AuditOptions {
  /** Absolute path of the folder to audit. */
  root: string
  config: ResolvedConfig
  /** Absolute folder of the facts cache; null for none. */
  cacheDir: string | null
  /** Names the project in the cache where the root is but a copy of it; the root by default. */
  project?: string
  /** Version of the tool: part of the cache key and of the report. */
  version: string
  onProgress?: (event: { phase: string; done?: number; total?: number }) => void
}

/** What an audit knows when all files are read and linked. */
export interface Audited {
  input: InputFiles
  program: Program
  files: SourceFacts[]
  complete: boolean
  /** What the resolver looked at besides the files of `input`. */
  witness: Witness
  /** Keeps the facts that were read for the next run. */
  close(): void
}

/**
 * Audits a folder: files → facts → program → findings → verdicts. Throws only for what the user must mend
 * (a malformed tsconfig); a file that does not parse is a notice and a gap. Where nothing changed since an earlier
 * run, the study of that run is settled anew and no program is linked.
 */
export const audit = async (options: AuditOptions): Promise<Report> => {
  const { root, config, version } = options
  const all = [...rules, ...(config.customRules ?? [])]
  const chosen = all.filter((rule) => config.only.length === 0 || config.only.includes(rule.id))
  const found = await findFiles(options)
  const study = await remembered(options, found, () => withParser(async () => {
    const audited = await linkFiles(options, found)
    const made = { study: await studyProgram(options, audited, chosen), witness: audited.witness }
    audited.close()
    return made
  }))
  return assembleReport({ study, config, root: found.input.fromGitRoot, rules: chosen, knownRules: all.map(({ id }) => id), version, pageOf: pages(version), readText: (file) => readSource(root, file), isThere: (file) => isThere(root, file) })
}

/** Pages of rules of the package come with it; others may name theirs. */
const pages = (version: string) => (rule: Rule): string => rule.docs ?? (rules.includes(rule) ? pageAddress(rule.id, version) : '')

const studyProgram = async ({ root, config, version, onProgress }: AuditOptions, audited: Audited, chosen: readonly Rule[]): Promise<Study> => {
  onProgress?.({ phase: 'rules' })
  const readText = (file: string): string => readSource(root, file)
  const locate = locator(readText)
  const findings = runRules(audited.program, chosen, { locate, pageOf: pages(version), level: levelOf(config), root: audited.input.fromGitRoot, tools: await toolsFor(chosen, audited, root), allRules: config.only.length === 0 })
  return studyOf({ ...audited, config, findings, locate, readText })
}

/** The parser is loaded for rules that take a second parameter. */
const toolsFor = async (chosen: readonly Rule[], { files }: Audited, root: string): Promise<RuleTools> => {
  const paths = files.map(({ path }) => path)
  const refuse = (file: string): never => { throw new Error(`${file} was not parsed: a rule that asks for parsed files takes \`tools\` as its second parameter`) }
  if (!chosen.some(({ check }) => check.length > 1)) return { files: paths, sourceFile: refuse }
  const { sourceFiles } = await import('./syntax/source-files.js')
  return { files: paths, sourceFile: sourceFiles((file) => readSource(root, file)) }
}

/** Every way from entries to a piece of state or an entry (`file:line`, symbol, `POST /path`), as text; or why it is not reported. */
export const auditTrace = async (options: AuditOptions, what: string): Promise<string> => {
  const { root, config, version } = options
  const found = await findFiles(options)
  return withParser(async () => {
    const audited = await linkFiles(options, found)
    const all = [...rules, ...(config.customRules ?? [])]
    const study = await studyProgram(options, audited, all)
    const report = assembleReport({ study, config, root: found.input.fromGitRoot, rules: all, knownRules: all.map(({ id }) => id), version, pageOf: pages(version), readText: (file) => readSource(root, file), isThere: (file) => isThere(root, file) })
    const text = traceText({ program: audited.program, report, minConfidence: config.minConfidence, what, locate: locator((file) => readSource(root, file)) })
    audited.close()
    return text
  })
}

/** Reads and links: everything before the rules. */
export const linkProgram = async (options: AuditOptions): Promise<Audited> => {
  const found = await findFiles(options)
  return withParser(() => linkFiles(options, found))
}

const findFiles = async ({ root, config, onProgress }: AuditOptions): Promise<FoundFiles> => {
  onProgress?.({ phase: 'files' })
  const input = await discover(root, { include: config.include, exclude: config.exclude })
  return { input, keys: input.sources.map((path) => factsKey(path, input.texts?.get(path) ?? readSource(root, path))) }
}

const linkFiles = async (options: AuditOptions, { input, keys }: FoundFiles): Promise<Audited> => {
  const resolver = createResolver(input)
  const reader = factsReader(options)
  const files = await reader.readHeads(input.sources, keys, input.texts)
  const client = clientOnly(files, resolver)
  await reader.read(files.filter(({ path }) => !client.has(path)))
  options.onProgress?.({ phase: 'link' })
  const rows = [...catalog.rows, ...options.config.models]
  const linked = link({ files, client, resolver, rows, conventions: catalog.conventions, autoImports: catalog.autoImports, handlers: await deployedHandlers(options, input, files), hints: hintRows(options.config.entries) })
  const schemas = await readSchemaFiles(options, input, files)
  const program = new Program(linked.analysis, linked.library, input.manifests, await readDeploymentFiles(options, input, files), schemas)
  // What the resolver could not read shows only while it resolves.
  const notices = [...input.notices, ...resolver.notices]
  return { input: { ...input, notices }, program, files, complete: linked.complete, witness: resolver.witness(), close: () => reader.close() }
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
  const { handlersBeside } = beside.length > 0 ? await import('./deploy/route-files.js') : { handlersBeside: () => [] }
  const { handlersOf } = named.length > 0 ? await import('./deploy/functions.js') : { handlersOf: () => [] }
  const { handlersInCode } = coded.length > 0 ? await import('./deploy/functions-in-code.js') : { handlersInCode: () => [] }
  return [...beside.flatMap((path) => handlersBeside(path, readSource(root, path), input.sources)), ...named.flatMap((path) => handlersOf(path, readSource(root, path))), ...coded.flatMap(({ path, facts }) => handlersInCode(path, facts))]
}

/** Packages whose users declare tables in code. */
const SCHEMA_PACKAGE = /typeorm|mikro-orm|mongoose|typegoose|sequelize|drizzle-orm|knex|kysely|mongodb|objection|bookshelf/

/** What such a package is called where it is handed in: `module.exports = (sequelize, DataTypes) => …`. */
const HANDED_IN = new Set(['knex', 'queryInterface', 'sequelize', 'DataTypes', 'mongoose'])
const declaresTables = ({ path, facts }: SourceFacts): boolean =>
  MODEL_FILE.test(path) || facts.specifiers.some((specifier) => SCHEMA_PACKAGE.test(specifier)) || (!facts.unread && facts.bindings.some(({ n, kind }) => kind === 'param' && HANDED_IN.has(n)))

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
  const files = await reader.readHeads(migrations, migrations.map((path) => factsKey(path, readSource(options.root, path))))
  await reader.read(files)
  reader.close()
  return files
}
