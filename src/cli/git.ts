import { execFile, execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, posix, relative } from 'node:path'
import { UserError } from '../config/errors.js'
import { gitRoot } from '../config/load.js'

/** Never read by an audit, and often large. */
const MEDIA = /\.(?:png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|psd|svgz|mp[34]|m4[av]|mov|avi|webm|wav|ogg|flac|woff2?|ttf|otf|eot|pdf|docx?|xlsx?|pptx?|zip|t?gz|tar|bz2|xz|7z|rar|jar|war|exe|dll|so|dylib|wasm|bin|dat|db|sqlite3?|map|snap)$/i

/** No filter of the repository is run: what is laid out is what git stores. */
const PLAIN = ['-c', 'filter.lfs.smudge=', '-c', 'filter.lfs.process=', '-c', 'filter.lfs.required=false', '-c', 'core.fsmonitor=false']

/** A repository, and the audited folder in it. */
export interface Repository {
  top: string
  /** The audited folder from the top, `.` at the top. */
  inside: string
}

/** A tree of the repository in a folder of its own. */
export interface Tree {
  root: string
  remove(): void
}

const firstLine = (error: unknown): string => {
  const { stderr, code, message } = error as { stderr?: string; code?: unknown; message?: string }
  if (code === 'ENOENT') return 'git is not installed'
  return (String(stderr ?? '').trim() || message || '').split('\n')[0]?.replace(/^(fatal|error): /, '') ?? ''
}

function git(top: string, args: string[], env: Record<string, string> = {}): string {
  return execFileSync('git', [...PLAIN, ...args], { cwd: top, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
}

const list = (text: string): string[] => text.split('\0').filter(Boolean)

/** The repository that a folder belongs to. `flag` names who asks. */
export function repositoryOf(root: string, flag: string): Repository {
  const top = gitRoot(root)
  if (!top) throw new UserError(`${flag}: ${root} is in no git repository`)
  return { top, inside: relative(top, root).split('\\').join('/') || '.' }
}

/** The commit where the current branch left the one that is named: what was changed since then is its own. */
export function commitOf({ top }: Repository, ref: string): string {
  let commit: string
  try {
    commit = git(top, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).trim()
  } catch (error) {
    const why = firstLine(error)
    throw new UserError(`--since ${ref}: no such commit or branch in this clone${/installed/.test(why) ? ` (${why})` : ''}; in CI fetch it first (actions/checkout with fetch-depth: 0)`)
  }
  try {
    return git(top, ['merge-base', commit, 'HEAD']).trim() || commit
  } catch {
    return commit
  }
}

/** Files that a commit would take in, from the audited folder; deleted ones are not among them. */
export function stagedFiles({ top, inside }: Repository): string[] {
  try {
    const files = list(git(top, ['diff', '--cached', '--name-only', '--diff-filter=ACMRT', '-z']))
    return files.flatMap((file) => (inside === '.' ? file : file.startsWith(`${inside}/`) ? file.slice(inside.length + 1) : []))
  } catch (error) {
    throw new UserError(`--staged: ${firstLine(error)}`)
  }
}

/** Writes the files of an index below a folder, without those that no audit reads. */
async function checkOut(top: string, folder: string, env: Record<string, string>): Promise<void> {
  const files = list(git(top, ['ls-files', '-z', '--cached'], env)).filter((file) => !MEDIA.test(file))
  await new Promise<void>((done, fail) => {
    const args = [...PLAIN, 'checkout-index', '--quiet', '--force', '-z', '--stdin', `--prefix=${folder}/`]
    const child = execFile('git', args, { cwd: top, env: { ...process.env, ...env }, maxBuffer: 1 << 28 }, (error, _, stderr) => (error ? fail(Object.assign(error, { stderr })) : done()))
    child.stdin?.on('error', () => {})
    child.stdin?.end(files.map((file) => `${file}\0`).join(''))
  })
}

/** Lays a tree out in a temporary folder: that of a commit, or what is staged. The repository, its index and its work tree stay as they are. */
export async function layOut({ top, inside }: Repository, commit: string | 'staged'): Promise<Tree> {
  const base = mkdtempSync(join(tmpdir(), 'stateless-audit-tree-'))
  const remove = (): void => rmSync(base, { recursive: true, force: true })
  const folder = join(base, 'tree')
  try {
    // An empty `.git` makes it the top of a repository: paths and ignore rules are those of the real one.
    mkdirSync(join(folder, '.git'), { recursive: true })
    const env: Record<string, string> = commit === 'staged' ? {} : { GIT_INDEX_FILE: join(base, 'index') }
    if (commit !== 'staged') git(top, ['read-tree', commit], env)
    await checkOut(top, folder, env)
    const root = join(folder, ...inside.split('/'))
    mkdirSync(root, { recursive: true })
    return { root, remove }
  } catch (error) {
    remove()
    throw new UserError(`the ${commit === 'staged' ? 'staged files' : `tree of ${commit.slice(0, 9)}`} could not be laid out: ${firstLine(error)}`)
  }
}

/** A path as the user wrote it, from the audited folder. */
export function fromRoot(root: string, file: string): string {
  return posix.normalize(relative(root, file).split('\\').join('/'))
}
