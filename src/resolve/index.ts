import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import type { InputFiles, Manifest, Resolution, Resolver } from '../model/input.js'
import { type Aliases, createAliases } from './aliases.js'
import { conventions } from './conventions.js'
import { mapped, remotePackage } from './deno.js'
import { matchPattern, targetsOf } from './exports.js'
import { parseJsonc } from './jsonc.js'
import { isEntryOf, isExample, isExampleOf } from './library.js'
import { createPackages, type Packages, splitSpecifier } from './packages.js'
import { generatedPrismaClients } from './prisma.js'
import { createScopes, type Scopes } from './scopes.js'
import { createTree, remember, type SourceTree, type Witness } from './tree.js'
import { createVersions, isInRange } from './versions.js'

export { isStill, type Witness } from './tree.js'
export { TsconfigError } from './tsconfig.js'

const builtins = new Set(builtinModules)
const relative = /^\.{1,2}(?:\/|$)/

/** Everything a question about a specifier needs. */
interface Tables {
  tree: SourceTree
  scopes: Scopes
  packages: Packages
  aliases: Aliases
  prismaClients: string[]
  vendored: string[]
  built: NonNullable<InputFiles['built']>
  /** What stands at paths, for askers of either language: many folders ask the same. */
  known: { typescript: Map<string, Resolution | undefined>; javascript: Map<string, Resolution | undefined> }
}

/** One import, seen from its file. */
interface Question {
  from: string
  specifier: string
  fromJavascript: boolean
}

/**
 * Answers where specifiers lead, from the files of the tree alone: no `node_modules`, no build.
 * Throws `TsconfigError` for a malformed tsconfig that governs sources.
 */
export function createResolver(input: InputFiles): Resolver & { witness(): Witness } {
  const notices: InputFiles['notices'] = []
  const tree = createTree(input.root, input.sources)
  const scopes = createScopes(input, tree, notices)
  const packages = createPackages(input.manifests, tree, dir => scopes.in(dir).flatMap(({ outDir, rootDir }) => outDir ? [{ outDir, ...(rootDir ? { rootDir } : {}) }] : []))
  for (const dir of tree.folders()) scopes.of(dir)
  const tables: Tables = { tree, scopes, packages, aliases: createAliases(tree), prismaClients: generatedPrismaClients(input.schemas, tree), vendored: input.vendored ?? [], built: input.built ?? [], known: { typescript: new Map(), javascript: new Map() } }
  const answers = new Map<string, Map<string, Resolution>>()
  const realmOf = createRealms(tables)
  const versionOf = createVersions(file => packages.of(file), input.manifests, tree)
  return {
    resolve(from, specifier) {
      const fromJavascript = /\.[cm]?jsx?$/.test(from)
      const folder = from.slice(0, from.lastIndexOf('/') + 1)
      const place = (relative.test(specifier) || specifier.includes('!') ? folder : realmOf(folder, from)) + (fromJavascript ? 'js' : '')
      const known = answers.get(place)?.get(specifier)
      if (known) return known
      const question = { from, specifier, fromJavascript }
      const found = asLibrary(tables, { ...question, specifier: plain(specifier) }, answer(tables, question))
      remember(answers, place, () => new Map<string, Resolution>()).set(specifier, found)
      return found
    },
    filesIn: (dir, deep) => tree.filesIn(posix.normalize(dir).replace(/(.)\/$/, '$1'), deep),
    manifestOf: file => packages.of(file),
    isVersion(file, name, range) {
      const version = versionOf(file, name)
      return version && isInRange(version, range)
    },
    settings: file => settingsIn(tree.read(posix.normalize(file))),
    notices,
    witness: tree.witness,
  }
}

function settingsIn(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : parseJsonc(text)
  } catch {
    return undefined
  }
}

/** Folders with the same package and the same tsconfigs get the same answers to what is not relative, unless one is of examples: each has its realm's name. */
function createRealms({ scopes, packages }: Tables): (folder: string, from: string) => string {
  const realms = new Map<string, string>()
  const numbers = new Map<object, number>()
  const numberOf = (config: object): number => remember(numbers, config, () => numbers.size)
  return (folder, from) => remember(realms, folder, () => `:${packages.of(from)?.dir ?? ''}:${scopes.of(posix.dirname(from)).map(numberOf).join()}:${isExample(from) ? 'example' : ''}`)
}

function answer(tables: Tables, asked: Question): Resolution {
  const specifier = plain(asked.specifier)
  const question = { ...asked, specifier }
  if (specifier === '') return { kind: 'unresolved', reason: 'empty specifier' }
  const builtin = builtinOf(specifier)
  if (builtin) return builtin
  const remote = remotePackage(specifier)
  if (remote) return remote
  if (/^(?:https?|data|file|blob):/.test(specifier)) return { kind: 'unresolved', reason: 'a URL' }
  if (relative.test(specifier)) return answerRelative(tables, question)
  return throughImportMap(tables, question) ?? throughImports(tables, question) ?? throughTsconfig(tables, question) ?? throughWorkspace(tables, question)
    ?? throughAlias(tables, question) ?? throughConvention(tables, question) ?? fromRoot(tables, question) ?? installed(tables, question)
}

/** Without loader prefixes (`!!raw-loader!./x`) and queries (`./x?raw`). */
function plain(specifier: string): string {
  return specifier.slice(specifier.lastIndexOf('!') + 1).replace(/(?<=.)\?.*$/, '')
}

function builtinOf(specifier: string): Resolution | undefined {
  if (specifier.startsWith('node:')) return { kind: 'builtin', name: specifier }
  return builtins.has(specifier) ? { kind: 'builtin', name: `node:${specifier}` } : undefined
}

function answerRelative(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution {
  const path = posix.join(posix.dirname(from), specifier).replace(/(.)\/$/, '$1')
  if (path.startsWith('..')) return { kind: 'unresolved', reason: 'outside the audited folder' }
  const found = atPath(tables, path, fromJavascript)
  const isBeside = found?.kind === 'file' && namesFolder.test(specifier) && !found.file.startsWith(`${path}/`)
  return (isBeside ? atPath(tables, posix.join(path, 'index'), fromJavascript) : undefined) ?? found ?? { kind: 'unresolved', reason: missing(specifier) }
}

/** What an example asks of its library, by a path to its entry or by its name. */
function asLibrary({ packages }: Tables, { from, specifier }: Question, found: Resolution): Resolution {
  const library = found.kind === 'file' ? packages.of(found.file) : undefined
  if (found.kind !== 'file' || !library?.name || !isExampleOf(library, from)) return found
  if (relative.test(specifier)) return isEntryOf(library, found.file) ? { kind: 'package', name: library.name } : found
  const { name, subpath } = splitSpecifier(specifier)
  if (name !== library.name) return found
  return subpath ? { kind: 'package', name, subpath } : { kind: 'package', name }
}

/** `./bins/`, `..`: the folder, also where a file of the same name stands beside it. */
const namesFolder = /(^|\/)\.{0,2}$/

function missing(specifier: string): string {
  return /(?:^|\/)(?:\$types|\+types|generated|__generated__)(?:\/|$)/.test(specifier) ? 'generated file that is not here' : 'no such file'
}

const prismaClient: Resolution = { kind: 'package', name: '@prisma/client' }

function atPath(tables: Tables, path: string, fromJavascript: boolean): Resolution | undefined {
  return remember(fromJavascript ? tables.known.javascript : tables.known.typescript, path, () => findAt(tables, path, fromJavascript))
}

/** What stands at a path: a source, a folder with a package.json, what it was built from, or another file. */
function findAt(tables: Tables, path: string, fromJavascript: boolean): Resolution | undefined {
  const { tree, packages } = tables
  if (tables.prismaClients.some(client => path === client || path.startsWith(`${client}/`))) return prismaClient
  const source = tree.source(path, fromJavascript)
  if (source) return { kind: 'file', file: source }
  const manifest = packages.of(posix.join(path, 'package.json'))
  if (manifest?.dir === path) {
    const entry = atEntry(tables, manifest, '', fromJavascript)
    if (entry) return entry
  }
  const library = vendoredLibrary(tables.vendored, path)
  if (library) return library
  const asset = tree.asset(path)
  if (asset && !/\.[cm]?[jt]sx?$/.test(asset)) return { kind: 'asset', file: asset }
  for (const original of [...packages.originals(path), ...builtFrom(tables.scopes, path), ...tables.built.flatMap(({ out, from }) => (path.startsWith(`${out}/`) ? [posix.join(from, path.slice(out.length + 1))] : []))]) {
    const file = tree.source(original, fromJavascript)
    if (file) return { kind: 'file', file }
  }
  return asset ? { kind: 'asset', file: asset } : undefined
}

/** What a project of a solution builds, where it has no package.json: `../core/dist/visits.js` by its `outDir`. */
function builtFrom(scopes: Scopes, path: string): string[] {
  const originals: string[] = []
  for (let dir = posix.dirname(path); dir !== '.' && dir !== '/'; dir = posix.dirname(dir)) {
    for (const { outDir, rootDir } of scopes.in(dir)) {
      if (outDir && outDir !== dir && path.startsWith(`${outDir}/`)) originals.push(posix.join(rootDir ?? posix.join(dir, 'src'), path.slice(outDir.length + 1)))
    }
  }
  return originals
}

/** A library that is kept as sources goes by its folder's name: `libs/expressFileupload` is `express-fileupload`. */
function vendoredLibrary(folders: string[], path: string): Resolution | undefined {
  const folder = folders.find(each => path === each || path.startsWith(`${each}/`))
  if (!folder) return undefined
  const name = posix.basename(folder).replace(/(?<=[a-z0-9])[A-Z]/g, letter => `-${letter}`).toLowerCase()
  const subpath = path.slice(folder.length + 1).replace(/(?:^|\/)index(?:\.[cm]?js)?$/, '')
  return subpath ? { kind: 'package', name, subpath } : { kind: 'package', name }
}

function atEntry({ tree, packages }: Tables, manifest: Manifest, subpath: string, fromJavascript: boolean): Resolution | undefined {
  const paths = packages.entries(manifest, subpath)
  for (const path of paths) {
    const originals = packages.originals(path).flatMap((original) => tree.source(original, fromJavascript) ?? [])
    const built = tree.source(path, fromJavascript)
    // What was built is committed beside what it was built from.
    const file = built?.endsWith('js') ? originals.find((original) => original.endsWith('ts')) ?? built : built ?? originals[0]
    if (file) return { kind: 'file', file }
  }
  const asset = paths.map(path => tree.asset(path)).find(each => each !== undefined)
  return asset ? { kind: 'asset', file: asset } : undefined
}

/** By the import map of the nearest Deno configuration. */
function throughImportMap(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  const to = mapped(specifier, tables.packages.of(from))
  if (!to) return undefined
  if ('path' in to) return atPath(tables, to.path, fromJavascript)
  return to.specifier === specifier ? undefined : remotePackage(to.specifier) ?? builtinOf(to.specifier)
}

/** `#name` by the `imports` of the nearest package.json. */
function throughImports(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  const manifest = specifier.startsWith('#') ? tables.packages.of(from) : undefined
  if (!manifest) return undefined
  for (const target of targetsOf(manifest.json['imports'], specifier) ?? []) {
    const found = relative.test(target)
      ? atPath(tables, posix.join(manifest.dir, target), fromJavascript)
      : answer(tables, { from: posix.join(manifest.dir, 'package.json'), specifier: target, fromJavascript })
    if (found && found.kind !== 'unresolved') return found
  }
  return undefined
}

function throughTsconfig(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  for (const { paths, baseUrl } of tables.scopes.of(posix.dirname(from))) {
    for (const { pattern, targets } of paths) {
      const rest = pattern.includes('*') ? matchPattern(pattern, specifier) : pattern === specifier ? '' : undefined
      if (rest === undefined) continue
      const found = firstAt(tables, targets.map(target => posix.normalize(target.replace('*', () => rest))), fromJavascript)
      if (found) return found
    }
    const found = baseUrl === undefined ? undefined : firstAt(tables, [posix.join(baseUrl, specifier)], fromJavascript)
    if (found && (found.kind === 'file' || specifier.includes('/'))) return found
  }
  return undefined
}

function firstAt(tables: Tables, paths: string[], fromJavascript: boolean): Resolution | undefined {
  for (const path of paths.map(tables.scopes.inside).filter(each => !each.startsWith('..'))) {
    const found = atPath(tables, path, fromJavascript)
    if (found) return found
  }
  return undefined
}

function throughWorkspace(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  const found = tables.packages.named(specifier, from)
  if (!found) return undefined
  return atEntry(tables, found.manifest, found.subpath, fromJavascript) ?? (isExampleOf(found.manifest, from) ? installed(tables, { from, specifier, fromJavascript }) : { kind: 'unresolved', reason: 'workspace package without such an entry' })
}

/** Aliases that are written in a configuration, where no package of that name is asked for. */
function throughAlias(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  const manifest = tables.packages.of(from)
  if (manifest?.dependencies[splitSpecifier(specifier).name] !== undefined) return undefined
  return firstAt(tables, tables.aliases(specifier, manifest), fromJavascript)
}

/** Aliases that a framework or bundler defines without a tsconfig. */
function throughConvention(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  return firstAt(tables, conventions(specifier, tables.packages.of(from)), fromJavascript)
}

/** `require('services/mail')` where the program puts its own folder among those of packages (`rootpath`, `app-module-path`, `NODE_PATH`): no package of that name is asked for. */
function fromRoot(tables: Tables, { from, specifier, fromJavascript }: Question): Resolution | undefined {
  const manifest = tables.packages.of(from)
  if (!manifest || !/^[\w.-]+\/[\w./-]+$/.test(specifier) || manifest.dependencies[splitSpecifier(specifier).name] !== undefined) return undefined
  const found = firstAt(tables, ['', 'src'].map(folder => posix.join(manifest.dir, folder, specifier)), fromJavascript)
  return found?.kind === 'file' ? found : undefined
}

function installed(tables: Tables, { from, specifier }: Question): Resolution {
  if (/^(?:@|~~?|@@)\//.test(specifier) || specifier.startsWith('/')) return { kind: 'unresolved', reason: missing(specifier) }
  const { name, subpath } = splitSpecifier(specifier)
  const isDeclared = tables.packages.of(from)?.dependencies[name] !== undefined
  if (!isDeclared && isAliased(tables, from, specifier)) return { kind: 'unresolved', reason: missing(specifier) }
  return subpath ? { kind: 'package', name, subpath } : { kind: 'package', name }
}

/** Whether a tsconfig claims the specifier as a path of the project, though nothing stands there. */
function isAliased({ scopes }: Tables, from: string, specifier: string): boolean {
  return scopes.of(posix.dirname(from)).some(({ paths }) => paths.some(({ pattern, targets }) => {
    const isInstalled = targets.some(target => target.includes('node_modules'))
    return !isInstalled && pattern !== '*' && (pattern === specifier || (pattern.includes('*') && matchPattern(pattern, specifier) !== undefined))
  }))
}
