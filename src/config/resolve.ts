import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import type { Confidence, Severity } from '../model/finding.js'
import { UserError } from './errors.js'
import { rebaseGlobs } from './globs.js'
import type { LoadedConfig } from './load.js'
import type { ParsedConfig, RuleLevel } from './schema.js'
import type { IgnoreRule, Origin, ResolvedConfig } from './types.js'

export const BASELINE_FILE = 'stateless-audit.baseline.json'

/** What the command line may say; everything is optional. */
export interface Flags {
  include?: string[]
  exclude?: string[]
  only?: string[]
  rules?: Record<string, RuleLevel>
  failOn?: Severity | 'never'
  minConfidence?: Confidence
  maxWarnings?: number
  gate?: ResolvedConfig['gate']
  strict?: boolean
  /** Absolute; false: use none. */
  baseline?: string | false
}

function folderBelow(file: string | undefined, root: string): string[] {
  if (file === undefined) return []
  const path = relative(dirname(file), root).split(sep).filter(Boolean)
  // A config named by --config may stand beside or below the root: its globs are then taken as relative to the root.
  return path.includes('..') ? [] : path
}

function withFiles<T extends { files: string | string[] }>(rows: T[] | undefined, folder: string[]): (Omit<T, 'files'> & { files: string[] })[] {
  return (rows ?? []).map((row) => ({ ...row, files: rebaseGlobs(row.files, folder) })).filter((row) => row.files.length > 0)
}

function ignores(rows: ParsedConfig['ignores'], folder: string[]): IgnoreRule[] {
  return (rows ?? []).flatMap(({ files, symbol, until, ...row }) => {
    const globs = files === undefined ? undefined : rebaseGlobs(files, folder)
    if (globs?.length === 0) return []
    return [{ ...row, ...(globs && { files: globs }), ...(symbol && { symbol }), ...(until && { until }) }]
  })
}

function included(config: ParsedConfig, folder: string[], file: string | undefined): string[] {
  const globs = rebaseGlobs(config.include ?? [], folder)
  if (config.include?.length && globs.length === 0) {
    throw new UserError(`${file}: 'include' matches nothing in ${folder.join('/')}; audit a folder that it covers, or run with --no-config`)
  }
  return globs
}

function baselineFile(config: ParsedConfig, loaded: LoadedConfig | null, root: string, flags: Flags): string {
  if (flags.baseline) return flags.baseline
  if (config.baseline !== undefined && loaded) return resolve(dirname(loaded.file), config.baseline)
  const beside = loaded ? join(dirname(loaded.file), BASELINE_FILE) : undefined
  const inRoot = join(root, BASELINE_FILE)
  return !existsSync(inRoot) && beside && existsSync(beside) ? beside : inRoot
}

function readBaselineFile(file: string, mustExist: boolean): { file: string; text: string } | null {
  if (existsSync(file)) return { file, text: readFileSync(file, 'utf8') }
  if (mustExist) throw new UserError(`${basename(file)}: no such baseline in ${basename(dirname(file)) || dirname(file)}/; write one with \`stateless-audit baseline write\``)
  return null
}

/** Text of a baseline file; null where there is none. */
export function readBaselineText(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

/** Where `baseline write` puts the file. */
export function baselinePath(loaded: LoadedConfig | null, root: string, flags: Flags): string {
  return baselineFile(loaded?.config ?? {}, loaded, root, flags)
}

/** Defaults, then the config file, then the command line. */
export function resolveConfig(loaded: LoadedConfig | null, root: string, flags: Flags, today: string): ResolvedConfig {
  const config: ParsedConfig = loaded?.config ?? {}
  const folder = folderBelow(loaded?.file, root)
  const named = flags.baseline !== undefined || config.baseline !== undefined
  return {
    file: loaded?.file ?? null,
    include: flags.include ?? included(config, folder, loaded?.file),
    exclude: [...rebaseGlobs(config.exclude ?? [], folder), ...(flags.exclude ?? [])],
    only: flags.only ?? [],
    rules: { ...config.rules, ...flags.rules },
    customRules: loaded?.rules ?? [],
    overrides: withFiles(config.overrides, folder),
    entries: withFiles(config.entries, folder).map(({ method, ...row }) => ({ ...row, export: row.export ?? '*', kind: row.kind ?? 'route', ...(method && { method }) })),
    models: config.models ?? [],
    stateful: withFiles(config.stateful, folder),
    ignores: ignores(config.ignores, folder),
    idempotent: config.idempotent ?? [],
    failOn: flags.failOn ?? config.failOn ?? 'error',
    minConfidence: flags.minConfidence ?? config.minConfidence ?? 'medium',
    maxWarnings: flags.maxWarnings ?? config.maxWarnings ?? null,
    strict: flags.strict ?? false,
    gate: Object.fromEntries(Object.entries({ ...config.gate, ...flags.gate }).filter(([, value]) => value !== undefined)),
    baseline: flags.baseline === false ? null : readBaselineFile(baselineFile(config, loaded, root, flags), named),
    cacheDir: config.cacheDir !== undefined && loaded ? resolve(dirname(loaded.file), config.cacheDir) : null,
    today,
  }
}

/** Where each value of a resolved config came from, for `--print-config`. */
export function originsOf(loaded: LoadedConfig | null, flags: Flags): (key: keyof ResolvedConfig) => Origin {
  return (key) => {
    if ((flags as Record<string, unknown>)[key] !== undefined) return 'flag'
    return (loaded?.config as Record<string, unknown> | undefined)?.[key] === undefined ? 'default' : 'config'
  }
}
