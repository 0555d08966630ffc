import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { AuditOptions } from '../audit.js'
import { UserError } from '../config/errors.js'
import { hint } from '../config/suggest.js'
import { sourceExtension } from '../input/classify.js'
import { kindByName } from '../input/deployment.js'
import type { Report } from '../model/report.js'
import type { Context } from './context.js'
import type { Engine } from './engine.js'
import { commitOf, fromRoot, layOut, repositoryOf, stagedFiles, type Tree } from './git.js'
import type { Io } from './io.js'
import { since } from './narrow.js'
import type { CliOptions } from './options.js'

/** What a run is about: a folder, and where files were named or staged, only findings that touch them. */
export interface Scope {
  path: string
  /** From the audited folder; undefined: all. */
  files?: string[]
  /** As they were named, until the audited folder is known. */
  named: string[]
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

/** One folder, or files as hooks append them; a file that a commit deletes is none any more. */
export function scopeOf(io: Io, paths: readonly string[], options: CliOptions, commands: readonly string[]): Scope {
  const at = (path: string): string => resolve(io.cwd, path)
  const named = paths.filter((path) => isFile(at(path)))
  const [path = '.', second] = paths.filter((one) => !named.includes(one) && !(named.length > 0 && !existsSync(at(one))))
  if (second !== undefined) throw new UserError(`too many arguments: one folder at a time, not ${path} and ${second}${existsSync(at(path)) ? '' : hint(path, commands)}`)
  return { path, named: named.map(at), ...(options.staged && { files: [] }) }
}

/** Completes the files of a scope now that the audited folder is known. */
export function settleScope(scope: Scope, context: Context, options: CliOptions): void {
  const named = scope.named.map((file) => fromRoot(context.root, file))
  if (options.staged) scope.files = stagedFiles(repositoryOf(context.root, '--staged')).filter((file) => named.length === 0 || named.includes(file))
  else if (named.length > 0) scope.files = named
}

/** May a finding sit in such a file, or depend on it? */
export const isAudited = (file: string): boolean => sourceExtension.test(file) || kindByName(file) !== undefined || /(^|\/)(package\.json|bin\/[\w-]+)$/.test(file)

/** Audits the work tree or what is staged, and where asked for also the state before. */
export async function auditScope(context: Context, options: CliOptions, engine: Engine, onProgress: AuditOptions['onProgress']): Promise<Report> {
  const trees: Tree[] = []
  const lay = async (commit: string): Promise<string> => {
    const tree = await layOut(repositoryOf(context.root, options.staged ? '--staged' : '--since'), commit)
    trees.push(tree)
    return tree.root
  }
  const run = (root: string, baseline: Context['config']['baseline']): Promise<Report> =>
    engine.audit({ ...context.audit, config: { ...context.config, baseline }, root, project: context.root, ...(onProgress && { onProgress }) })
  try {
    // A mistake in the name of a commit shows before any work is done.
    const commit = options.since === undefined ? undefined : commitOf(repositoryOf(context.root, '--since'), options.since)
    const root = options.staged ? await lay('staged') : context.root
    const now = await run(root, context.config.baseline)
    if (commit === undefined) return now
    const before = await run(await lay(commit), null)
    return await since(now, before, `${options.since} (${commit.slice(0, 9)})`, engine, (file) => !existsSync(join(root, file)))
  } finally {
    for (const tree of trees) tree.remove()
  }
}
