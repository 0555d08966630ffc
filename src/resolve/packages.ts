import { posix } from 'node:path'
import type { Manifest } from '../model/input.js'
import { targetsOf } from './exports.js'
import { remember, type SourceTree } from './tree.js'

/** The packages of the tree: whose file it is, which name leads where, and from which source a built file comes. */
export interface Packages {
  of(file: string): Manifest | undefined
  /** The package of the tree that a bare specifier names, seen from a file. */
  named(specifier: string, from: string): { manifest: Manifest; subpath: string } | undefined
  /** Paths that an import of a package may stand for, the likeliest first. `subpath` without leading slash. */
  entries(manifest: Manifest, subpath: string): string[]
  /** Paths of the sources that a file of a build folder may have been built from. */
  originals(path: string): string[]
}

/** Where builds go, as tsconfigs say it. */
export interface BuildFolders {
  (dir: string): { outDir: string; rootDir?: string }[]
}

const buildFolder = /^(?:dist|build|lib|out|output|es|esm|cjs|bundle|lib-esm|dist-[\w-]+)$/
const formatFolder = /^(?:esm|cjs|es|mjs|node|types|module|commonjs|src|source)$/

export function createPackages(manifests: Manifest[], tree: SourceTree, builds: BuildFolders): Packages {
  const byDir = new Map(manifests.filter(manifest => !isMark(manifest)).map(manifest => [manifest.dir, manifest]))
  const byName = new Map<string, Manifest[]>()
  for (const manifest of manifests) if (manifest.name) byName.set(manifest.name, [...(byName.get(manifest.name) ?? []), manifest])
  const nearest = new Map<string, Manifest | undefined>()
  const ofFolder = (dir: string): Manifest | undefined =>
    remember(nearest, dir, () => byDir.get(dir) ?? (dir === '.' || dir.startsWith('..') ? undefined : ofFolder(posix.dirname(dir))))
  const of = (file: string): Manifest | undefined => ofFolder(posix.dirname(file))
  const roots = workspaceRoots(manifests, tree)
  return {
    of,
    named(specifier, from) {
      const { name, subpath } = splitSpecifier(specifier)
      const importer = of(from)
      const found = (byName.get(name) ?? []).filter(manifest => isLinked(manifest, name, importer, roots))
      const manifest = closest(found, from)
      return manifest && { manifest, subpath }
    },
    entries: entryPaths,
    originals: path => originalPaths(path, ofFolder(path)?.dir ?? '.', builds),
  }
}

/** `{ "type": "module" }`, `{ "name": "api", "version": "1.0.0" }` in a folder: it asks for nothing and gives nothing, and the folder belongs to the package above. */
function isMark({ dir, json, dependencies, scripts }: Manifest): boolean {
  return dir !== '.' && Object.keys(json).length > 0 && Object.keys(dependencies).length === 0 && Object.keys(scripts).length === 0 && Object.keys(json).every(key => MARKS.has(key))
}

const MARKS = new Set(['name', 'version', 'type', 'private', 'description', 'author', 'license', 'keywords', 'sideEffects', 'dependencies', 'devDependencies'])

/** `@scope/name/a/b` is the package `@scope/name` and what follows. */
export function splitSpecifier(specifier: string): { name: string; subpath: string } {
  const parts = specifier.split('/')
  const length = specifier.startsWith('@') ? 2 : 1
  return { name: parts.slice(0, length).join('/'), subpath: parts.slice(length).join('/') }
}

/** Folders whose packages see each other by name. */
function workspaceRoots(manifests: Manifest[], tree: SourceTree): string[] {
  const marks = ['pnpm-workspace.yaml', 'lerna.json', 'rush.json', 'nx.json']
  return ['.', ...manifests.map(manifest => manifest.dir)].filter(dir => {
    const json = manifests.find(manifest => manifest.dir === dir)?.json
    return json?.['workspaces'] !== undefined || [...tree.namesIn(dir)].some(name => marks.includes(name))
  })
}

/**
 * Whether a name means the package of the tree or one from the registry that happens to be called the same
 * (a folder of examples has one for `redis`): a declared version range outside of a workspace means the registry.
 */
function isLinked(target: Manifest, name: string, importer: Manifest | undefined, roots: string[]): boolean {
  const range = importer?.dependencies[name]
  if (target === importer) return range === undefined
  if (range !== undefined && /^(?:workspace|file|link|portal):/.test(range)) return true
  if (standsIn(target, importer)) return true
  if (roots.some(root => isInside(target.dir, root) && isInside(importer?.dir ?? '.', root))) return true
  return range === undefined || range === '*'
}

/** `packages/node_modules/api`, kept in git: where Node looks for it, whatever version is asked for. */
function standsIn({ dir }: Manifest, importer: Manifest | undefined): boolean {
  const at = dir.lastIndexOf('/node_modules/')
  return at > 0 && isInside(importer?.dir ?? '.', dir.slice(0, at))
}

function isInside(dir: string, folder: string): boolean {
  return folder === '.' || dir === folder || dir.startsWith(`${folder}/`)
}

/** Where several packages have one name (copies of a template): the one that shares most of the path. */
function closest(manifests: Manifest[], from: string): Manifest | undefined {
  const shared = (dir: string): number => {
    const folders = from.split('/')
    const differs = dir.split('/').findIndex((part, index) => part !== folders[index])
    return differs === -1 ? dir.split('/').length : differs
  }
  return manifests.reduce<Manifest | undefined>((best, next) => best && shared(best.dir) >= shared(next.dir) ? best : next, undefined)
}

function entryPaths({ dir, json, main }: Manifest, subpath: string): string[] {
  const targets = targetsOf(json['exports'], subpath ? `./${subpath}` : '.') ?? []
  const fields = ['source', 'module', 'types', 'typings'].map(field => json[field])
  const guesses = subpath
    ? [subpath, `src/${subpath}`]
    : [main, ...fields, 'index', 'src/index', 'src/main', 'lib/index', 'source/index'].filter(each => typeof each === 'string')
  return [...targets.filter(target => target.startsWith('./')), ...guesses].map(path => posix.join(dir, path).replace(/(.)\/$/, '$1'))
}

function originalPaths(path: string, packageDir: string, builds: BuildFolders): string[] {
  const stem = path.replace(/\.d\.([cm]?)ts$/, '.$1js')
  const fromConfig = builds(packageDir).flatMap(({ outDir, rootDir }) => {
    if (outDir === packageDir) return []
    // `require('../dist')`: its index.
    if (stem === outDir) return [rootDir ?? posix.join(packageDir, 'src')]
    if (!stem.startsWith(`${outDir}/`)) return []
    const inside = stem.slice(outDir.length + 1)
    return rootDir === undefined ? [posix.join(packageDir, 'src', inside), posix.join(packageDir, inside)] : [posix.join(rootDir, inside)]
  })
  return [...fromConfig, ...guessOriginals(stem, packageDir)].flatMap(withoutFormat)
}

function guessOriginals(path: string, packageDir: string): string[] {
  const inside = packageDir === '.' ? path : path.slice(packageDir.length + 1)
  const [first, ...rest] = inside.split('/')
  if (!first || !buildFolder.test(first)) return []
  if (rest.length === 0) return [posix.join(packageDir, 'src')]
  const places: string[][] = []
  for (let parts = rest; parts.length > 0; parts = parts.slice(1)) {
    places.push(parts)
    if (!formatFolder.test(parts[0] ?? '')) break
  }
  return places.flatMap(parts => [posix.join(packageDir, 'src', ...parts), posix.join(packageDir, ...parts)])
}

/** Bundlers put the format into the name: `index.cjs.js`, `index.esm.js`. */
function withoutFormat(path: string): string[] {
  const plain = path.replace(/\.(?:esm|cjs|umd|es|module|node)(\.[cm]?js)$/, '$1')
  const base = plain.replace(/\.[cm]?jsx?$/, '')
  return [...new Set([path, plain, base])]
}
