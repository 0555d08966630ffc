import { keepCompiledCode } from './code-cache.js'
import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, isAbsolute, join, resolve } from 'node:path'
import type { AuditOptions } from '../audit.js'
import { UserError } from '../config/errors.js'
import type { LoadedConfig } from '../config/load.js'
import type { Flags } from '../config/resolve.js'
import type { RuleLevel } from '../config/schema.js'
import { hint } from '../config/suggest.js'
import type { ResolvedConfig } from '../config/types.js'
import type { Engine } from './engine.js'
import type { Io } from './io.js'
import type { CliOptions } from './options.js'
import { progressLine } from './progress.js'
import { version } from '../config/version.js'

const LEVELS: readonly string[] = ['off', 'info', 'warning', 'error']

/** Everything that an analysing command needs to start. */
export interface Context {
  io: Io
  root: string
  loaded: LoadedConfig | null
  flags: Flags
  config: ResolvedConfig
  audit: AuditOptions
  /** Wipes the progress line. */
  done(): void
}

/** The folder to audit, absolute. */
export function auditRoot(path: string, cwd: string, commands: readonly string[]): string {
  const root = resolve(cwd, path)
  if (!existsSync(root)) throw new UserError(`${path}: no such folder${hint(path, commands)}`)
  if (!statSync(root).isDirectory()) throw new UserError(`${path} is a file; name the folder that holds the server's code (and --include for one file)`)
  return root
}

function maxWarnings(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw new UserError(`--max-warnings ${text}: expected a whole number, such as 0`)
  return Number(text)
}

/** `--rule x` is `--only x`; `--rule x=warning` sets a severity. */
function ruleFlags(options: CliOptions): { only?: string[]; rules?: Record<string, RuleLevel> } {
  const only = [...(options.only ?? [])]
  const rules: Record<string, RuleLevel> = {}
  for (const text of options.rule ?? []) {
    const [id = '', level] = text.split('=')
    if (level === undefined) only.push(id)
    else if (LEVELS.includes(level)) rules[id] = level as RuleLevel
    else throw new UserError(`--rule ${text}: unknown severity '${level}'${hint(level, LEVELS, `known are ${LEVELS.join(', ')}`)}`)
  }
  return { ...(only.length > 0 && { only }), ...(Object.keys(rules).length > 0 && { rules }) }
}

const QUESTIONS = ['context', 'session', 'retries', 'scaling', 'auth'] as const

/** `--gate session`, `--gate scaling=review`, `--gate all=review`. */
function gates(said: readonly string[]): NonNullable<Flags['gate']> {
  const gate: NonNullable<Flags['gate']> = {}
  for (const text of said) {
    const [question = '', level = 'pass'] = text.split('=')
    const wanted = QUESTIONS.filter((id, index) => question === 'all' || question === id || question === String(index + 1))
    if (wanted.length === 0) throw new UserError(`--gate ${text}: unknown question '${question}'${hint(question, [...QUESTIONS, 'all'], `known are ${QUESTIONS.join(', ')} and all`)}`)
    if (level !== 'pass' && level !== 'review') throw new UserError(`--gate ${text}: unknown verdict '${level}'${hint(level, ['pass', 'review'], 'known are pass, review')}`)
    for (const id of wanted) gate[id] = level
  }
  return gate
}

function flagsOf(options: CliOptions, cwd: string): Flags {
  const warnings = maxWarnings(options.maxWarnings)
  const { baseline } = options
  return {
    ...ruleFlags(options),
    ...(options.include && { include: options.include }),
    ...(options.exclude && { exclude: options.exclude }),
    ...(options.failOn && { failOn: options.failOn }),
    ...(options.minConfidence && { minConfidence: options.minConfidence }),
    ...(warnings !== undefined && { maxWarnings: warnings }),
    ...(options.gate && { gate: gates(options.gate) }),
    ...(options.strict && { strict: true }),
    ...(baseline === false && { baseline }),
    ...(typeof baseline === 'string' && { baseline: resolve(cwd, baseline) }),
  }
}

/** A rule of the user's own must not stand in for one of ours: baselines and suppressions name rules. */
async function checkCustom(loaded: LoadedConfig | null, engine: Engine): Promise<void> {
  if (!loaded || loaded.rules.length === 0) return
  const known = new Set((await engine.rules()).map((rule) => rule.id))
  for (const { id } of loaded.rules) {
    if (known.has(id)) throw new UserError(`${basename(loaded.file)}: two rules are called '${id}'; give yours another id`)
    known.add(id)
  }
}

/** Rule ids that a config names, with the way to them in the file. */
function idsInConfig({ config }: LoadedConfig): { id: string; path: (string | number)[] }[] {
  return [
    ...Object.keys(config.rules ?? {}).map((id) => ({ id, path: ['rules', id] })),
    ...(config.overrides ?? []).flatMap((row, index) => Object.keys(row.rules).map((id) => ({ id, path: ['overrides', index, 'rules', id] }))),
    ...(config.ignores ?? []).map((row, index) => ({ id: row.rule, path: ['ignores', index, 'rule'] })),
  ]
}

async function checkRules(flags: Flags, loaded: LoadedConfig | null, engine: Engine, cwd: string): Promise<void> {
  await checkCustom(loaded, engine)
  const inConfig = loaded ? idsInConfig(loaded) : []
  const overridden = Object.keys(flags.rules ?? {})
  if (inConfig.length + (flags.only?.length ?? 0) + overridden.length === 0) return
  const { checkRuleIds } = await import('../config/validate.js')
  const { placeInConfig } = await import('../config/load.js')
  const known = [...(await engine.rules()), ...(loaded?.rules ?? [])].map((rule) => rule.id)
  checkRuleIds(flags.only ?? [], known, '--only')
  checkRuleIds(overridden, known, '--rule')
  for (const { id, path } of inConfig) if (!known.includes(id)) checkRuleIds([id], known, await placeInConfig(loaded?.file ?? '', path, cwd))
}

function cacheFolder(options: CliOptions, config: ResolvedConfig, io: Io): string | null {
  if (options.cache === false) return null
  if (options.cacheDir !== undefined) return resolve(io.cwd, options.cacheDir)
  const said = io.env['XDG_CACHE_HOME'] ?? ''
  // As the standard has it, a relative one is ignored: nothing is to be written into the audited project.
  const base = isAbsolute(said) ? said : join(io.env['HOME'] || homedir(), '.cache')
  return config.cacheDir ?? join(base, 'stateless-audit')
}

/** Reads flags and config for a folder. */
export async function prepare(io: Io, path: string, options: CliOptions, commands: readonly string[], engine: Engine): Promise<Context> {
  const root = auditRoot(path, io.cwd, commands)
  const flags = flagsOf(options, io.cwd)
  const { loadConfig } = await import('../config/load.js')
  const { resolveConfig } = await import('../config/resolve.js')
  const file = typeof options.config === 'string' ? { file: options.config } : {}
  const loaded = options.config === false ? null : await loadConfig(root, { ...file, cwd: io.cwd })
  await checkRules(flags, loaded, engine, io.cwd)
  const config = resolveConfig(loaded, root, flags, io.today)
  const progress = progressLine(io, options.progress !== false)
  const cacheDir = cacheFolder(options, config, io)
  keepCompiledCode(cacheDir)
  const audit = { root, config, cacheDir, version: version(), onProgress: progress.show }
  return { io, root, loaded, flags, config, audit, done: progress.clear }
}
