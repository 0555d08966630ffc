function segmentMatches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.replaceAll(',', '|')})`)
  return new RegExp(`^${source}$`).test(name)
}

/**
 * A glob written relative to the config file, made relative to a folder below it.
 * Undefined where it cannot match anything in that folder.
 */
export function rebaseGlob(glob: string, folder: string[]): string | undefined {
  const negated = glob.startsWith('!')
  const rest = (negated ? glob.slice(1) : glob).replace(/^\.\//, '').split('/')
  for (const name of folder) {
    const [head] = rest
    if (head === '**' || (rest.length === 1 && head?.includes('**'))) break
    if (head === undefined || !segmentMatches(head, name)) return undefined
    rest.shift()
  }
  // A glob that names the audited folder, or a folder above it, means all of it.
  const pattern = rest.length > 0 && rest[0] !== '' ? rest.join('/') : '**'
  return negated ? `!${pattern}` : pattern
}

/** The globs of a list that can match below `folder`. */
export function rebaseGlobs(globs: string | string[], folder: string[]): string[] {
  const list = typeof globs === 'string' ? [globs] : globs
  return list.flatMap((glob) => rebaseGlob(glob, folder) ?? [])
}
