import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ignore, { type Ignore } from 'ignore'

/** Says whether git leaves a path out; one answer for each folder, with the rules of its own `.gitignore` added. */
export interface GitRules {
  /** `path` is relative to the git root. */
  ignores(path: string, isFolder: boolean): boolean
  /** The rules below `folder` (relative to the git root), given the text of its `.gitignore`. */
  below(folder: string, gitignore: string): GitRules
}

/** Nearest folder at or above `start` that holds `.git`. */
export function findGitRoot(start: string): string | undefined {
  for (let folder = resolve(start); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

/** The rules that hold at the audited root: `.git/info/exclude` and each `.gitignore` from the git root down to, not including, `root`. */
export function rulesAbove(gitRoot: string, root: string): GitRules {
  let rules = makeRules(ignore({ ignorecase: false }))
  rules = rules.below('.', readOptional(join(gitFolder(gitRoot), 'info', 'exclude')))
  const inside = relative(gitRoot, root).split(/[\\/]/).filter(Boolean)
  for (let depth = 0; depth < inside.length; depth++) {
    const folder = inside.slice(0, depth).join('/') || '.'
    rules = rules.below(folder, readOptional(join(gitRoot, folder, '.gitignore')))
    // A folder that git ignores and the user names all the same is audited: the rules that hide it say nothing about its files.
    if (rules.ignores(inside.slice(0, depth + 1).join('/'), true)) return makeRules(ignore({ ignorecase: false }))
  }
  return rules
}

function makeRules(matcher: Ignore): GitRules {
  return {
    ignores: (path, isFolder) => matcher.test(isFolder ? `${path}/` : path).ignored,
    below(folder, gitignore) {
      const patterns = gitignore.split(/\r?\n/).map(line => anchor(line, folder)).filter(line => line !== undefined)
      return patterns.length === 0 ? this : makeRules(ignore({ ignorecase: false }).add(matcher).add(patterns))
    },
  }
}

/** Rewrites a line of a nested `.gitignore` so that it means the same from the git root. */
function anchor(line: string, folder: string): string | undefined {
  if (line.trim() === '' || line.startsWith('#')) return undefined
  if (folder === '.') return line
  const negated = line.startsWith('!')
  const pattern = negated ? line.slice(1) : line
  const unescaped = pattern.startsWith('\\') && /^\\[!#]/.test(pattern) ? pattern.slice(1) : pattern
  const base = '/' + folder.replace(/[\\*?[\]!#]/g, '\\$&')
  const slash = unescaped.indexOf('/')
  const isAnchored = slash !== -1 && slash < unescaped.trimEnd().length - 1
  return (negated ? '!' : '') + base + (isAnchored ? '/' + unescaped.replace(/^\//, '') : '/**/' + unescaped)
}

/** The folder with `info/exclude`; in a worktree or submodule `.git` is a file that points to it. `alone`: what each worktree has for itself. */
export function gitFolder(gitRoot: string, alone = false): string {
  const dotGit = join(gitRoot, '.git')
  if (statSync(dotGit, { throwIfNoEntry: false })?.isDirectory()) return dotGit
  const target = /^gitdir:\s*(.+)$/m.exec(readOptional(dotGit))?.[1]?.trim()
  if (!target) return dotGit
  const own = resolve(gitRoot, target)
  const common = alone ? '' : readOptional(join(own, 'commondir')).trim()
  return common ? resolve(own, common) : own
}

function readOptional(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return ''
  }
}
