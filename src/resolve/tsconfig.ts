import { posix } from 'node:path'
import { JsoncError, parseJsonc } from './jsonc.js'

/** A tsconfig that cannot be read: nothing that follows from it could be trusted. */
export class TsconfigError extends Error {
  override name = 'TsconfigError'
  readonly exitCode = 2
  readonly remedy = 'correct the syntax (comments and trailing commas are allowed)'
  constructor(readonly file: string, readonly line: number, readonly detail: string) {
    super(`${file}:${line}: ${detail}`)
  }
}

/** What of a tsconfig decides where a specifier leads. All paths are relative to the audited root and may begin with `../`. */
export interface Tsconfig {
  file: string
  dir: string
  baseUrl?: string
  /** Patterns with the folders or files they stand for. */
  paths: { pattern: string; targets: string[] }[]
  outDir?: string
  rootDir?: string
  /** Fixed folders of the `include` patterns and the `files`; absent: all below `dir`. */
  covers?: string[]
  references: string[]
}

/** What the reader needs to know of the disk. */
export interface TsconfigHost {
  read(file: string): string | undefined
  /** Folder of the workspace package that a bare `extends` names, with what follows the name. */
  packageOf(specifier: string): { dir: string; subpath: string; json: Record<string, unknown> } | undefined
  notice(id: string, message: string, file: string): void
  /** As in `Scopes`. */
  inside(path: string): string
}

interface Raw {
  extends?: unknown
  compilerOptions?: Record<string, unknown>
  files?: unknown
  include?: unknown
  references?: unknown
}

/** A value together with the folder of the tsconfig that states it. */
interface Stated<T> {
  value: T
  dir: string
}

interface Merged {
  baseUrl?: Stated<string>
  paths?: Stated<Record<string, unknown>>
  outDir?: Stated<string>
  rootDir?: Stated<string>
  files?: Stated<string[]>
  include?: Stated<string[]>
}

/** Reads a tsconfig with all that it extends; an `extends` that is not there is a notice, and the rest holds. */
export function readTsconfig(file: string, host: TsconfigHost): Tsconfig | undefined {
  const raw = readRaw(file, host)
  if (!raw) return undefined
  const dir = posix.dirname(file)
  const merged = merge(file, raw, host, new Set([file]))
  const place = (value: string, statedIn: string): string => host.inside(locate(value, statedIn, dir))
  const one = (stated: Stated<string> | undefined): string | undefined => stated && place(stated.value, stated.dir)
  const many = (stated: Stated<string[]> | undefined): string[] => (stated?.value ?? []).map(value => place(value, stated?.dir ?? dir))
  const [outDir, rootDir] = [one(merged.outDir), one(merged.rootDir)]
  const baseUrl = one(merged.baseUrl)
  return {
    file,
    dir: host.inside(dir),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    paths: pathsOf(merged, place),
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
    ...(merged.files || merged.include ? { covers: [...many(merged.files), ...many(merged.include).map(fixedPart)] } : {}),
    references: referencesOf(raw, dir, host),
  }
}

function readRaw(file: string, host: TsconfigHost): Raw | undefined {
  const text = host.read(file)
  if (text === undefined) return undefined
  if (text.trim() === '') return {}
  try {
    const value = parseJsonc(text)
    return isRecord(value) ? value : {}
  } catch (error) {
    if (error instanceof JsoncError) throw new TsconfigError(file, error.line, error.message)
    throw error
  }
}

function merge(file: string, raw: Raw, host: TsconfigHost, seen: Set<string>): Merged {
  let merged: Merged = {}
  for (const parent of strings(raw.extends)) {
    const target = findExtended(parent, posix.dirname(file), host)
    if (target && seen.has(target)) continue
    const parentRaw = target && readRaw(target, host)
    if (parentRaw) merged = { ...merged, ...merge(target, parentRaw, host, new Set([...seen, target])) }
    else host.notice('tsconfig-extends-missing', `${file} extends "${parent}", which is not here (not installed?): its settings are unknown, the rest of the file holds.`, file)
  }
  return { ...merged, ...own(raw, posix.dirname(file)) }
}

function own(raw: Raw, dir: string): Merged {
  const merged: Merged = {}
  const options = isRecord(raw.compilerOptions) ? raw.compilerOptions : {}
  for (const name of ['baseUrl', 'outDir', 'rootDir'] as const) {
    const value = options[name]
    if (typeof value === 'string') merged[name] = { value, dir }
  }
  if (isRecord(options['paths'])) merged.paths = { value: options['paths'], dir }
  if (Array.isArray(raw.files)) merged.files = { value: strings(raw.files), dir }
  if (Array.isArray(raw.include)) merged.include = { value: strings(raw.include), dir }
  return merged
}

function findExtended(specifier: string, dir: string, host: TsconfigHost): string | undefined {
  const isPath = /^(?:\.{1,2}(?:\/|$)|\/|\$\{configDir\})/.test(specifier)
  if (isPath) return firstFile(host, locate(specifier, dir, dir))
  const found = host.packageOf(specifier)
  if (!found) return undefined
  if (found.subpath) return firstFile(host, posix.join(found.dir, found.subpath)) ?? exported(found, host)
  const named = found.json['tsconfig']
  return (typeof named === 'string' ? firstFile(host, posix.join(found.dir, named)) : undefined) ?? exported(found, host) ?? firstFile(host, posix.join(found.dir, 'tsconfig.json'))
}

/** The target of a plain entry of a package's `exports`. */
function exported({ dir, subpath, json }: { dir: string; subpath: string; json: Record<string, unknown> }, host: TsconfigHost): string | undefined {
  const exports = json['exports']
  const target = isRecord(exports) ? exports[subpath ? `./${subpath}` : '.'] : subpath ? undefined : exports
  return typeof target === 'string' ? firstFile(host, posix.join(dir, target)) : undefined
}

function firstFile(host: TsconfigHost, path: string): string | undefined {
  return [path, `${path}.json`, posix.join(path, 'tsconfig.json')].find(candidate => host.read(candidate) !== undefined)
}

function pathsOf({ paths, baseUrl }: Merged, place: (value: string, statedIn: string) => string): Tsconfig['paths'] {
  if (!paths) return []
  const located = (target: string): string => baseUrl && !target.startsWith('${configDir}') ? place(posix.join(baseUrl.value, target), baseUrl.dir) : place(target, paths.dir)
  return Object.entries(paths.value)
    .map(([pattern, targets]) => ({ pattern, targets: strings(targets).map(located) }))
    .sort((a, b) => rank(b.pattern) - rank(a.pattern))
}

/** TypeScript takes an exact pattern first, then the one with the longest text before the star. */
function rank(pattern: string): number {
  const star = pattern.indexOf('*')
  return star === -1 ? Infinity : star
}

function referencesOf(raw: Raw, dir: string, host: TsconfigHost): string[] {
  if (!Array.isArray(raw.references)) return []
  return raw.references.flatMap((reference: unknown) => {
    const path = isRecord(reference) ? reference['path'] : undefined
    const file = typeof path === 'string' ? firstFile(host, posix.join(dir, path)) : undefined
    return file ? [file] : []
  })
}

function locate(value: string, statedIn: string, configDir: string): string {
  const text = value.replaceAll('\\', '/')
  if (text.startsWith('${configDir}')) return posix.join(configDir, text.slice('${configDir}'.length))
  return posix.join(statedIn, text).replace(/(.)\/$/, '$1')
}

function fixedPart(pattern: string): string {
  const parts = pattern.split('/')
  const glob = parts.findIndex(part => /[*?{]/.test(part))
  return glob === -1 ? pattern : parts.slice(0, glob).join('/') || '.'
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
