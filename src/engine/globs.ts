import ignore from 'ignore'

/** `a/{b,c}.ts` → `a/b.ts`, `a/c.ts`: gitignore patterns know no braces. */
function expandBraces(glob: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(glob)
  if (!match) return [glob]
  const [, before = '', list = '', after = ''] = match
  return list.split(',').flatMap((choice) => expandBraces(before + choice + after))
}

/**
 * Tells whether a file, relative to the root, is matched by globs. They are anchored at the root, `!` takes away,
 * and a folder stands for all below it.
 */
export function globMatcher(globs: readonly string[]): (file: string) => boolean {
  const patterns = globs.flatMap(expandBraces).map((glob) => {
    const negated = glob.startsWith('!')
    const rest = (negated ? glob.slice(1) : glob).replace(/^\.?\//, '')
    return `${negated ? '!' : ''}/${rest}`
  })
  const rules = ignore({ ignorecase: false }).add(patterns)
  return (file) => rules.ignores(file)
}
