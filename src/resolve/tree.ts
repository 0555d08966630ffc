import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'

const typescriptFirst = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.vue', '.svelte', '.astro']
const javascriptFirst = ['.js', '.jsx', '.cjs', '.mjs', '.ts', '.tsx', '.cts', '.mts', '.vue', '.svelte', '.astro']
/** What the compiler writes, and what it was written from. */
const originals: Record<string, string[]> = { '.js': ['.ts', '.tsx'], '.jsx': ['.tsx'], '.mjs': ['.mts'], '.cjs': ['.cts'] }
/** Mistaken extensions that bundlers and type checkers let pass. */
const tolerated: Record<string, string[]> = { '.ts': ['.tsx'], '.tsx': ['.ts'], '.jsx': ['.ts', '.js'], '.js': ['.jsx'] }
const assetExtensions = ['', '.json', '.d.ts', '.d.mts', '.d.cts', '.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.node', '/index.js', '/index.ts', '/index.json', '/index.d.ts']

/** The files of the audited folder, asked without a disk where the sources suffice. */
export interface SourceTree {
  /** The source that a path without certain extension stands for, or a folder's index. */
  source(path: string, fromJavascript: boolean): string | undefined
  /** A file on disk that is no source. */
  asset(path: string): string | undefined
  filesIn(dir: string, deep?: boolean): string[]
  folders(): Iterable<string>
  namesIn(dir: string): Iterable<string>
  read(file: string): string | undefined
  /** What was looked at on disk besides the sources. */
  witness(): Witness
}

/** Folders that were listed and files that were read, each with a digest of what was there. */
export interface Witness {
  folders: Record<string, string>
  files: Record<string, string>
}

/** Does the disk still say what a resolver saw? */
export function isStill(root: string, { folders, files }: Witness): boolean {
  return Object.entries(folders).every(([dir, seen]) => digestOfFolder(listFolder(join(root, dir))) === seen)
    && Object.entries(files).every(([file, seen]) => digestOfText(readFile(join(root, file))) === seen)
}

/** Builds the tables once from the sources; folders are listed on demand, each once. */
export function createTree(root: string, sources: string[]): SourceTree {
  const known = new Set(sources)
  const stems = { typescript: stemsOf(sources, typescriptFirst), javascript: stemsOf(sources, javascriptFirst) }
  const byFolder = groupByFolder(sources)
  const listings = new Map<string, Map<string, boolean>>()
  const texts = new Map<string, string | undefined>()
  const list = (dir: string): Map<string, boolean> => remember(listings, dir, () => listFolder(join(root, dir)))
  const isFile = (path: string): boolean => list(posix.dirname(path)).get(posix.basename(path)) === true
  return {
    source: (path, fromJavascript) => findSource(known, fromJavascript ? stems.javascript : stems.typescript, path, fromJavascript),
    asset: path => isInstalled(path) ? undefined : [...assetExtensions.map(extension => path + extension), ...swapped(path, originals)].find(isFile),
    filesIn: (dir, deep = false) => deep ? sources.filter(file => dir === '.' || file.startsWith(`${dir}/`)) : [...(byFolder.get(dir) ?? [])],
    folders: () => byFolder.keys(),
    namesIn: dir => list(dir).keys(),
    read: file => remember(texts, file, () => isInstalled(file) || !isFile(file) ? undefined : readFile(join(root, file))),
    witness: () => ({
      folders: Object.fromEntries([...listings].map(([dir, names]) => [dir, digestOfFolder(names)])),
      files: Object.fromEntries([...texts].filter(([file]) => !isInstalled(file)).map(([file, text]) => [file, digestOfText(text)])),
    }),
  }
}

/** Sources by their path without extension; of several the one whose extension comes first. */
function stemsOf(sources: string[], order: string[]): Map<string, string> {
  const stems = new Map<string, string>()
  const rankOf = (file: string): number => order.indexOf(posix.extname(file))
  for (const file of sources) {
    const stem = file.slice(0, file.length - posix.extname(file).length)
    const known = stems.get(stem)
    if (rankOf(file) >= 0 && (known === undefined || rankOf(file) < rankOf(known))) stems.set(stem, file)
  }
  return stems
}

function findSource(known: ReadonlySet<string>, stems: ReadonlyMap<string, string>, path: string, fromJavascript: boolean): string | undefined {
  if (fromJavascript && known.has(path)) return path
  const written = swapped(path, originals).find(candidate => known.has(candidate))
  if (written !== undefined) return written
  if (known.has(path)) return path
  const found = stems.get(path) ?? stems.get(path === '.' ? 'index' : `${path}/index`)
  return found ?? swapped(path, tolerated).find(candidate => known.has(candidate))
}

function swapped(path: string, table: Record<string, string[]>): string[] {
  const extension = posix.extname(path)
  return (table[extension] ?? []).map(each => path.slice(0, -extension.length) + each)
}

function groupByFolder(sources: string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const file of sources) {
    const dir = posix.dirname(file)
    const group = groups.get(dir)
    if (group) group.push(file)
    else groups.set(dir, [file])
  }
  return groups
}

/** Installed packages are never looked at: the answer is the same on a fresh clone. */
function isInstalled(path: string): boolean {
  return /(?:^|\/)node_modules(?:\/|$)/.test(path)
}

function listFolder(path: string): Map<string, boolean> {
  try {
    return new Map(readdirSync(path, { withFileTypes: true }).map(entry => {
      const isFile = entry.isSymbolicLink() ? statSync(join(path, entry.name), { throwIfNoEntry: false })?.isFile() ?? false : entry.isFile()
      return [entry.name, isFile]
    }))
  } catch {
    return new Map()
  }
}

function digestOfFolder(names: ReadonlyMap<string, boolean>): string {
  return digestOfText([...names].map(([name, isFile]) => `${name}${isFile ? '' : '/'}`).sort().join('\0'))
}

function digestOfText(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha1').update(text).digest('base64')
}

function readFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}

/** Reads a memo, filling it on the first question. */
export function remember<K, V>(memo: Map<K, V>, key: K, make: () => V): V {
  const found = memo.get(key)
  if (found !== undefined || memo.has(key)) return found as V
  const made = make()
  memo.set(key, made)
  return made
}
