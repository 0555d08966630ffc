/** The same plain objects once each, in the order in which they came: what many calls say alike is said once. */
export const distinct = <T extends object>(all: readonly T[]): T[] => {
  if (all.length < 2) return [...all]
  const known = new Map<string, T>()
  for (const one of all) {
    const key = JSON.stringify(one, Object.keys(one).sort())
    if (!known.has(key)) known.set(key, one)
  }
  return [...known.values()]
}
