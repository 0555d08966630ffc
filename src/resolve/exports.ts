/** Conditions of other places than a server: tried when no other leads to a file. */
const lastConditions = new Set(['types', 'typings', 'browser', 'worker', 'workerd', 'react-native', 'deno', 'edge-light', 'react-server', 'script', 'asset', 'style', 'sass'])

/**
 * All targets that `exports` or `imports` of a package.json names for a key (`.`, `./x`, `#x`), the likeliest first.
 * `undefined` where the table does not know the key.
 */
export function targetsOf(table: unknown, key: string): string[] | undefined {
  const entries = asTable(table)
  const exact = entries[key]
  if (exact !== undefined && !key.includes('*')) return flatten(exact)
  let best: { pattern: string; rest: string } | undefined
  for (const pattern of Object.keys(entries)) {
    const rest = matchPattern(pattern, key)
    if (rest !== undefined && (!best || prefixLength(pattern) > prefixLength(best.pattern))) best = { pattern, rest }
  }
  if (!best) return undefined
  const { pattern, rest } = best
  return flatten(entries[pattern]).map(target => pattern.endsWith('/') ? target + rest : target.replaceAll('*', () => rest))
}

/** What stands for the star of a pattern with one (`./x/*`, or an old `./x/`), if the text matches. */
export function matchPattern(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf('*')
  if (star === -1) return pattern.endsWith('/') && text.startsWith(pattern) ? text.slice(pattern.length) : undefined
  const before = pattern.slice(0, star)
  const after = pattern.slice(star + 1)
  const matches = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after)
  return matches ? text.slice(before.length, text.length - after.length) : undefined
}

function prefixLength(pattern: string): number {
  const star = pattern.indexOf('*')
  return star === -1 ? pattern.length : star
}

/** `exports` may be the value of `.` itself. */
function asTable(table: unknown): Record<string, unknown> {
  if (!isRecord(table)) return { '.': table }
  return Object.keys(table).some(key => key.startsWith('.') || key.startsWith('#')) ? table : { '.': table }
}

function flatten(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) return value.flatMap(flatten)
  if (!isRecord(value)) return []
  const conditions = Object.keys(value)
  const ordered = [...conditions.filter(each => !lastConditions.has(each)), ...conditions.filter(each => lastConditions.has(each))]
  return [...new Set(ordered.flatMap(condition => flatten(value[condition])))]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
