import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Rule } from '../rule.js'
import { UserError } from './errors.js'
import { lineAt } from '../model/site.js'
import { lineOfKey, lineOfKeyInScript } from './position.js'
import type { Config, ParsedConfig } from './schema.js'
import { customRules } from './rules.js'

const MODULE = 'stateless-audit'
const PROPERTY = 'statelessAudit'

/** Where a config may stand in a folder, first one wins. */
export const SEARCH_PLACES: readonly string[] = [
  'package.json',
  `.${MODULE}rc`,
  ...['json', 'yaml', 'yml'].map((ext) => `.${MODULE}rc.${ext}`),
  ...['json', 'yaml', 'yml', 'js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((ext) => `${MODULE}.config.${ext}`),
]

export interface LoadedConfig {
  config: ParsedConfig
  /** The rules that the config brings. */
  rules: Rule[]
  /** Absolute path. */
  file: string
}

/** The folder with `.git` above (or at) a folder. */
export function gitRoot(folder: string): string | undefined {
  for (let dir = folder; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir
    if (dirname(dir) === dir) return undefined
  }
}

function isConfig(file: string): boolean {
  if (!existsSync(file)) return false
  return basename(file) !== 'package.json' || readFileSync(file, 'utf8').includes(`"${PROPERTY}"`)
}

/** Looks upward from the audited folder, not above the git root; outside git only in the folder itself. */
export function findConfig(root: string): string | undefined {
  const top = gitRoot(root) ?? root
  for (let dir = root; ; dir = dirname(dir)) {
    const found = SEARCH_PLACES.map((place) => join(dir, place)).find(isConfig)
    if (found || dir === top || dirname(dir) === dir) return found
  }
}

function syntaxError(file: string, line: number | undefined, message: string): UserError {
  return new UserError(`${file}${line ? `:${line}` : ''}: ${message}`)
}

function loadJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const message = (error as Error).message
    const offset = /position (\d+)/.exec(message)?.[1]
    const line = offset === undefined ? text.trimEnd().split('\n').length : lineAt(text, Number(offset))
    throw syntaxError(file, line, `not valid JSON: ${message.split(' in JSON')[0]}`)
  }
}

async function loadYaml(file: string, text: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import('yaml')
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    throw syntaxError(file, error.linePos?.[0].line, `not valid YAML: ${(error.message.split(' at line')[0] ?? '').trim()}`)
  }
}

/**
 * cosmiconfig's own loaders: the one of TypeScript needs the `typescript` package and writes a file beside the config,
 * the one of JavaScript tries `require` after `import` and hides the mistake that made it fail.
 */
async function loadScript(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  return createJiti(file, { fsCache: false, alias: aliases() }).import(file, { default: true })
}

/**
 * What a config imports from this package are the helpers of this very package, also where it runs by npx and is not installed;
 * the same for the parser.
 */
function aliases(): Record<string, string> {
  const own = fileURLToPath(new URL('define', import.meta.url))
  return { [MODULE]: existsSync(`${own}.js`) ? `${own}.js` : `${own}.ts`, 'ts-morph': fileURLToPath(import.meta.resolve('ts-morph')) }
}

/** `file:line` of a key of a config, as errors name it; the file alone where it has no lines to speak of. */
export async function placeInConfig(file: string, path: PropertyKey[], cwd: string): Promise<string> {
  const line = existsSync(file) ? await locator(file)(path) : undefined
  return `${shownPath(file, cwd)}${line ? `:${line}` : ''}`
}

async function loadRules(file: string, cwd: string): Promise<unknown> {
  const shown = shownPath(file, cwd)
  if (!existsSync(file)) throw new UserError(`${shown}: no such file; check 'customRules' in the config`)
  try {
    return await loadScript(file)
  } catch (error) {
    throw loadError(error, file, shown, 'the rules')
  }
}

function shownPath(file: string, cwd: string): string {
  return relative(cwd, file).startsWith('..') ? file : relative(cwd, file)
}

const SCRIPTS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs']

async function explorer() {
  const { cosmiconfig } = await import('cosmiconfig')
  const script = loadScript
  return cosmiconfig(MODULE, {
    searchPlaces: [...SEARCH_PLACES],
    packageProp: PROPERTY,
    searchStrategy: 'none',
    cache: false,
    loaders: { '.json': loadJson, '.yaml': loadYaml, '.yml': loadYaml, noExt: loadYaml, ...Object.fromEntries(SCRIPTS.map((ext) => [ext, script])) },
  })
}

function locator(file: string) {
  const isText = ['', '.json', '.yaml', '.yml'].includes(extname(file)) || basename(file).startsWith(`.${MODULE}rc`)
  if (!isText) return (path: PropertyKey[]) => lineOfKeyInScript(readFileSync(file, 'utf8'), path)
  const prefix = basename(file) === 'package.json' ? [PROPERTY] : []
  return (path: PropertyKey[]) => lineOfKey(readFileSync(file, 'utf8'), [...prefix, ...path] as (string | number)[])
}

/** The line of the config that an error of a module loader names. */
function lineIn(text: string, file: string): string | undefined {
  for (const name of [pathToFileURL(file).href, file]) {
    const at = text.indexOf(`${name}:`)
    const line = at < 0 ? undefined : /^\d+/.exec(text.slice(at + name.length + 1))?.[0]
    if (line) return line
  }
  return undefined
}

function loadError(error: unknown, file: string, shown: string, what: string): UserError {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: '' }
  const line = lineIn(`${message}\n${stack ?? ''}`, file)
  return new UserError(`${shown}${line ? `:${line}` : ''}: ${what} could not be loaded: ${message.split('\n')[0]?.trim()}`)
}

async function readConfig(file: string, shown: string): Promise<unknown> {
  try {
    return (await (await explorer()).load(file))?.config
  } catch (error) {
    if (error instanceof UserError) throw new UserError(error.message.replace(file, shown))
    throw loadError(error, file, shown, 'the config')
  }
}

/**
 * Loads one config file. The explorer is made only here, when there is a file to load: making one executes
 * `.config/config.js` of the working folder.
 */
export async function loadConfigFile(file: string, cwd: string): Promise<LoadedConfig> {
  const shown = shownPath(file, cwd)
  if (!existsSync(file)) throw new UserError(`${shown}: no such config file; check --config`)
  const value = await readConfig(file, shown)
  const { parseConfig } = await import('./validate.js')
  const config = await parseConfig(value ?? {}, shown, locator(file))
  return { file, config, rules: await customRules(config.customRules ?? [], file, (path) => loadRules(path, cwd)) }
}

/** A config that a program hands over; its paths are relative to the audited folder. */
export async function usedConfig(value: Config, root: string): Promise<LoadedConfig> {
  const { parseConfig } = await import('./validate.js')
  const config = await parseConfig(value, 'config', () => undefined)
  const file = join(root, 'config')
  return { file, config, rules: await customRules(config.customRules ?? [], file, (path) => loadRules(path, root)) }
}

/** An absolute path of a folder that is there. */
export function auditedFolder(path: string): string {
  const root = resolve(path)
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new UserError(`${path}: no such folder`)
  return root
}

/** The config that holds for a folder: the named file, or the nearest one above; null where there is none. */
export async function loadConfig(root: string, options: { file?: string; cwd: string }): Promise<LoadedConfig | null> {
  const file = options.file === undefined ? findConfig(root) : resolve(options.cwd, options.file)
  return file === undefined ? null : loadConfigFile(file, options.cwd)
}
