import type { Claim } from './claim.js'

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

/** Claims that each of several lists holds. */
export const inAll = <T extends Claim>([first = [], ...others]: T[][]): T[] =>
  first.filter((claim) => others.every((all) => all.some(({ name, field, found }) => name === claim.name && field === claim.field && found === claim.found)))
