import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative } from 'node:path'
import glob from 'fast-glob'
import { trackedIn, type Tracked } from './git-index.js'
import { findGitRoot, gitFolder, type GitRules, rulesAbove } from './gitignore.js'

const never = new Set(['node_modules', '.git', '.hg', '.svn', 'bower_components', 'jspm_packages', '.pnpm-store'])

/** The tree below the audited root, without what git ignores and without installed packages. */
export interface Tree {
  fromGitRoot: string
  files: string[]
  /** Files that git ignores, as far as they stand in folders that it does not. */
  ignored: string[]
  /** The files of the tree that match glob patterns; a plain folder name stands for all below it. */
  matching(patterns: string[]): Set<string>
}

/** Walks the folder once; symbolic links are not followed, unreadable folders count as empty. */
export function walk(root: string): Tree {
  const gitRoot = findGitRoot(root)
  const fromGitRoot = toPosix(relative(gitRoot ?? root, root)) || '.'
  let tracked: Tracked | undefined
  const isTracked = (path: string): boolean => gitRoot !== undefined && (tracked ??= trackedIn(gitFolder(gitRoot, true))).has(path)
  const reader = folderReader(root, fromGitRoot, rulesAbove(gitRoot ?? root, root), isTracked)
  const find = (patterns: string[]): string[] => glob.sync(patterns, {
    cwd: root, dot: true, followSymbolicLinks: false, suppressErrors: true, onlyFiles: true,
    fs: { readdirSync: reader.read as unknown as typeof readdirSync },
  })
  const files = find(['**/*']).sort(compare)
  return { fromGitRoot, files, ignored: reader.ignored, matching: patterns => new Set(find(patterns.flatMap(withFolder))) }
}

/** fast-glob knows nothing of `.gitignore`: it is given a reader of folders that leaves out what git ignores, so ignored folders are never entered, unless git keeps something in them all the same. */
function folderReader(root: string, fromGitRoot: string, above: GitRules, isTracked: (path: string) => boolean) {
  const seen = new Map<string, Dirent[]>()
  const rulesOf = new Map<string, GitRules>()
  const ignored: string[] = []
  const read = (path: string): Dirent[] => {
    const dir = toPosix(relative(root, path)) || '.'
    const known = seen.get(dir)
    if (known) return known
    const entries = readFolder(path)
    const inGit = posix.join(fromGitRoot, dir)
    let rules = (dir === '.' ? undefined : rulesOf.get(posix.dirname(dir))) ?? above
    if (entries.some(entry => entry.name === '.gitignore' && entry.isFile())) rules = rules.below(inGit, readRules(path))
    rulesOf.set(dir, rules)
    const kept = entries.filter(entry => {
      if (never.has(entry.name) && !isOfProject(dir, entry.name)) return false
      const path = posix.join(inGit, entry.name)
      // What git keeps is not ignored, and a look at its list costs less than all rules.
      const isIgnored = !isTracked(path) && rules.ignores(path, entry.isDirectory())
      if (isIgnored && entry.isFile()) ignored.push(posix.join(dir, entry.name))
      return !isIgnored
    })
    seen.set(dir, kept)
    return kept
  }
  return { read, ignored }
}

/** `packages/node_modules`, kept in git: packages of the project that find each other without being installed. Where git ignores it, it is left out as anything else. */
function isOfProject(dir: string, name: string): boolean {
  return name === 'node_modules' && posix.basename(dir) === 'packages'
}

function readFolder(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch {
    return []
  }
}

function readRules(folder: string): string {
  try {
    return readFileSync(join(folder, '.gitignore'), 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return ''
  }
}

function withFolder(pattern: string): string[] {
  const plain = pattern.replace(/^(!?)\.\//, '$1').replace(/\/+$/, '')
  return plain === '' ? [] : plain === '.' ? ['**/*'] : [plain, `${plain}/**`]
}

/** Order by code units: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function toPosix(path: string): string {
  return path.replaceAll('\\', '/')
}
