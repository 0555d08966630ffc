/**
 * Paths inside the audited root as texts: `@root/server/models`. What is not known of a path is a star: `@root/server/models/*`
 * is any file of that folder, `@root/server/**` anything below.
 */

/** Prefix of literals that stand for a path inside the audited root. */
export const ROOT_PATH = '@root/'

/** Something of a path that nobody knows: the name of a file that was listed. */
export const ANY = '*'

export const isRooted = (text: string): boolean => text.startsWith(ROOT_PATH)

/** Is a member of a file's URL the same path? */
export const isSamePath = (path: string, member: string): boolean => isRooted(path) && (member === 'href' || member === 'pathname')

/** The folder of a file. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** `path.join`: parts behind the last one that is rooted; unknown parts that follow each other are anything below. */
export const joinRooted = (parts: string[]): string | undefined => {
  const start = parts.findLastIndex(isRooted)
  if (start < 0) return undefined
  const out: string[] = []
  for (const part of parts.slice(start).join('/').slice(ROOT_PATH.length).split('/')) {
    if (part === '..') out.pop()
    else if (isUnknown(part) && isUnknown(out.at(-1))) out[out.length - 1] = '**'
    else if (part !== '.' && part !== '') out.push(part)
  }
  const stars = out.flatMap((part, i) => (part.includes(ANY) ? [i] : []))
  return ROOT_PATH + (stars.length > MOST_UNKNOWN ? [...out.slice(0, stars[0]), '**'] : out).join('/')
}

/** Unknown parts of a path that are told apart. */
const MOST_UNKNOWN = 3
const isUnknown = (part: string | undefined): boolean => part === ANY || part === '**'

/** `!(*.spec|index)`: names that are left out. */
const allBut = (names: string): string => names.split('|').map((name) => name.replace(SPECIAL, '\\$&').replace(/\*/g, '[^/]*')).join('|')
const SPECIAL = /[.+^${}()|[\]\\]/g

/** Is a source one of the files that a rooted path with stars names? Endings may differ, and a folder stands for its index. */
export const matcherOf = (pattern: string): { folder: string; matches(file: string): boolean } => {
  const path = pattern.slice(ROOT_PATH.length)
  const folder = folderOf(path.slice(0, path.indexOf(ANY)))
  const but: string[] = []
  const source = path
    .replace(/\.(?:[cm]?[jt]sx?|\*|\?s|\[jt\]s|[@+]?\([^)]*\)|\{[^}]*\})$/, '')
    .replace(/!\(([^()]*)\)/g, (_all, names: string) => `\0${but.push(names) - 1}\0`)
    .replace(SPECIAL, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (sign) => (sign === '**/' ? '(?:.+/)?' : sign === '**' ? '.+' : sign === '?' ? '[^/]' : '[^/]+'))
    .replace(/\0(\d+)\0/g, (_all, i: string) => `(?!(?:${allBut(but[Number(i)] ?? '')})\\.\\w+$)[^/]+`)
  const regexp = new RegExp(`^${source}(?:/index)?\\.[\\w.]+$`)
  return { folder, matches: (file) => regexp.test(file) }
}
