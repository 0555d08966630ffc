import { posix } from 'node:path'

const homes = new Set(['lib', 'libs', 'vendor', 'vendors', 'external', 'externals', 'deps', 'modules', 'packages', 'contrib'])
const license = /^(?:licen[cs]e|copying)(?:[.-]\w+)*$/i
/** Signs of a part of the project's own: a package, or a library of a workspace. */
const own = /^(?:package|project|deno|tsconfig[\w.-]*|jsconfig)\.jsonc?$/

/**
 * Folders that hold somebody's library as sources: `libs/memorystore/` with a license of its own, in JavaScript, that is no package
 * of the project. What they do is known by the name, as of an installed one.
 */
export function vendoredLibraries(files: readonly string[]): string[] {
  const licensed = new Set(files.filter(file => license.test(posix.basename(file))).map(file => posix.dirname(file)).filter(isInHome))
  if (licensed.size === 0) return []
  for (const file of files) {
    const folder = posix.dirname(file)
    if (licensed.has(folder) && (own.test(posix.basename(file)) || /\.tsx?$/.test(file.replace(/\.d\.ts$/, '')))) licensed.delete(folder)
  }
  return [...licensed].sort((a, b) => (a < b ? -1 : 1))
}

/**
 * Scripts that were fetched in both forms, among others of the kind: `js/lib/angular.js` beside `js/lib/angular.min.js`. They are
 * somebody's library for browsers; a single pair may be what the project builds.
 */
export function fetchedScripts(files: readonly string[]): Set<string> {
  const minified = new Set(files.filter(file => MINIFIED.test(file)))
  const pairs = minified.size === 0 ? [] : files.filter(file => PLAIN.test(file) && minified.has(file.replace(PLAIN, '.min.js')))
  const many = new Map<string, number>()
  for (const file of pairs) many.set(posix.dirname(file), (many.get(posix.dirname(file)) ?? 0) + 1)
  const fetched = new Set(pairs.filter(file => (many.get(posix.dirname(file)) ?? 0) >= FETCHED))
  return minified.size === 0 ? fetched : new Set([...fetched, ...bundledScripts(files, minified)])
}

/** `js/libs/**` beside `js/libs.min.js`: what a page is sent in one file. */
function bundledScripts(files: readonly string[], minified: ReadonlySet<string>): string[] {
  const folders = new Set([...minified].map(file => file.replace(MINIFIED, '')))
  return files.filter(file => PLAIN.test(file) && outermostOf(file, folders) !== undefined)
}

const MINIFIED = /\.min\.js$/
const PLAIN = /(?<!\.min)\.js$/
/** Of so many in one folder none is made here. */
const FETCHED = 2

const isInHome = (folder: string): boolean => homes.has(posix.basename(posix.dirname(folder)))

/** The outermost of these folders that a file stands in. */
export function outermostOf(file: string, folders: ReadonlySet<string>): string | undefined {
  if (folders.size === 0) return undefined
  for (let at = file.indexOf('/'); at > 0; at = file.indexOf('/', at + 1)) if (folders.has(file.slice(0, at))) return file.slice(0, at)
  return undefined
}
