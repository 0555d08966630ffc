import type { ConventionRow } from '../model/catalog.js'

const compiled = new Map<string, RegExp>()

/** A file-system convention's glob as a pattern: `**`, `*`, `?`, `{a,b}`. Runs for each file and row, so it is made once. */
export const globPattern = (glob: string): RegExp => {
  const known = compiled.get(glob)
  if (known) return known
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|[.+^$()|[\]\\]/g, (token) => {
    if (token === '**/') return '(?:.*/)?'
    if (token === '**') return '.*'
    if (token === '*') return '[^/]*'
    if (token === '?') return '[^/]'
    if (token.startsWith('{')) return `(?:${token.slice(1, -1).split(',').map((part) => part.replace(/[.+^$()|[\]\\]/g, '\\$&').replace(/\*/g, '[^/]*')).join('|')})`
    return `\\${token}`
  })
  const pattern = new RegExp(`^${source}$`)
  compiled.set(glob, pattern)
  return pattern
}

/** Does a file (relative to its package) fall under a convention? */
export const convention = (row: ConventionRow, file: string): boolean =>
  row.files.some((glob) => globPattern(glob).test(file)) && !(row.not ?? []).some((glob) => globPattern(glob).test(file))
