import { posix } from 'node:path'
import type { InputFiles } from '../model/input.js'
import { splitSpecifier } from './packages.js'
import { remember, type SourceTree } from './tree.js'
import { readTsconfig, type Tsconfig, TsconfigError, type TsconfigHost } from './tsconfig.js'

const primary = ['tsconfig.json', 'jsconfig.json']

/** Which tsconfigs speak for a folder. */
export interface Scopes {
  /** Those whose aliases hold for files of a folder, the most competent first. */
  of(dir: string): Tsconfig[]
  /** All that stand in a folder. */
  in(dir: string): Tsconfig[]
  /** The path within the audited root, where it leaves it only to come back (`../api/src` seen from `api`). */
  inside(path: string): string
}

/** Reads tsconfigs on demand. Throws `TsconfigError` for a malformed one that governs sources. */
export function createScopes(input: InputFiles, tree: SourceTree, notices: InputFiles['notices']): Scopes {
  const host = createHost(input, tree, notices)
  const configs = new Map<string, Tsconfig | undefined>()
  const read = (file: string): Tsconfig | undefined => remember(configs, file, () => readTsconfig(file, host))
  const names = namesByFolder(input, tree)
  const inFolder = new Map<string, Tsconfig[]>()
  const all = (dir: string): Tsconfig[] => remember(inFolder, dir, () => names(dir).flatMap(name => {
    const file = posix.join(dir, name)
    return (primary.includes(name) ? read(file) : readTolerantly(file, read, notices)) ?? []
  }))
  const above = input.fromGitRoot === '.' ? 0 : input.fromGitRoot.split('/').length
  const memo = new Map<string, Tsconfig[]>()
  const of = (dir: string): Tsconfig[] => remember(memo, dir, () => {
    const found = foldersAbove(dir, above).flatMap(folder => competent(dir, folder, all(folder), read))
    return [...new Set(found)]
  })
  return { of, in: all, inside: host.inside }
}

/** A solution config hands its files to those it refers to; the one that covers the folder speaks first. */
function competent(dir: string, folder: string, configs: Tsconfig[], read: (file: string) => Tsconfig | undefined): Tsconfig[] {
  const [main, ...others] = configs
  if (!main) return []
  const referenced = main.references.flatMap(file => read(file) ?? [])
  const covering = referenced.filter(config => coverage(config, dir) >= 0).sort((a, b) => coverage(b, dir) - coverage(a, dir))
  const isSolution = main.covers?.length === 0
  const rest = [...referenced.filter(config => config.dir === folder), ...others].sort((a, b) => coverage(b, dir) - coverage(a, dir))
  return isSolution || coverage(main, dir) < 0 ? [...covering, main, ...rest] : [main, ...covering, ...rest]
}

/** Length of the longest part of the tree that a config claims and that holds the folder; -1 if none does. */
function coverage(config: Tsconfig, dir: string): number {
  const claims = config.covers ?? [config.dir]
  return Math.max(-1, ...claims.map(claim => {
    if (/^(?:\.|\.\.(?:\/\.\.)*)$/.test(claim)) return 0
    return dir === claim || dir.startsWith(`${claim}/`) || posix.dirname(claim) === dir && /\.\w+$/.test(claim) ? claim.length : -1
  }))
}

/** The folder and those above it, beyond the audited root as far as the git root. */
function foldersAbove(dir: string, above: number): string[] {
  const folders = [dir]
  for (let folder = dir; folder !== '.'; ) folders.push((folder = posix.dirname(folder)))
  for (let depth = 1; depth <= above; depth++) folders.push(Array<string>(depth).fill('..').join('/'))
  return folders
}

function namesByFolder(input: InputFiles, tree: SourceTree): (dir: string) => string[] {
  const isConfig = /^(?:ts|js)config(?:\.[\w.-]+)?\.json$/
  const order = (names: Iterable<string>): string[] => {
    const found = [...names].filter(name => isConfig.test(name)).sort()
    const main = primary.find(name => found.includes(name))
    return main ? [main, ...found.filter(name => !primary.includes(name))] : found
  }
  if (!input.tsconfigs) return dir => order(tree.namesIn(dir))
  const byFolder = new Map<string, string[]>()
  for (const file of input.tsconfigs) byFolder.set(posix.dirname(file), [...(byFolder.get(posix.dirname(file)) ?? []), posix.basename(file)])
  return dir => order(dir.startsWith('..') ? tree.namesIn(dir) : byFolder.get(dir) ?? [])
}

/** `tsconfig.build.json` and the like may hold aliases that `tsconfig.json` lacks, but nothing depends on them. */
function readTolerantly(file: string, read: (file: string) => Tsconfig | undefined, notices: InputFiles['notices']): Tsconfig | undefined {
  try {
    return read(file)
  } catch (error) {
    if (!(error instanceof TsconfigError)) throw error
    notices.push({ id: 'tsconfig-malformed', message: `${error.message}. The file was left out.`, file })
    return undefined
  }
}

function createHost({ manifests, fromGitRoot }: InputFiles, tree: SourceTree, notices: InputFiles['notices']): TsconfigHost {
  return {
    read: file => tree.read(file),
    packageOf(specifier) {
      const { name, subpath } = splitSpecifier(specifier)
      const manifest = manifests.find(each => each.name === name)
      return manifest && { dir: manifest.dir, subpath, json: manifest.json }
    },
    notice(id, message, file) {
      if (!notices.some(notice => notice.message === message)) notices.push({ id, message, file })
    },
    inside: path => comeBack(path, fromGitRoot.split('/')),
  }
}

function comeBack(path: string, rootFolders: string[]): string {
  const ups = /^(?:\.\.(?:\/|$))+/.exec(path)?.[0].split('..').length ?? 1
  const way = ups === 1 || ups - 1 > rootFolders.length ? '' : rootFolders.slice(1 - ups).join('/')
  const rest = path.split('/').slice(ups - 1).join('/')
  if (way === '' || way === '.') return path
  return rest === way ? '.' : rest.startsWith(`${way}/`) ? rest.slice(way.length + 1) : path
}
