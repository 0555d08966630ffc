/** Things of a list by what they have in common, in the order of the list. */
export const groupBy = <T, K, V>(list: readonly T[], key: (one: T) => K, value: (one: T) => V): Map<K, V[]> => {
  const groups = new Map<K, V[]>()
  for (const one of list) {
    const group = groups.get(key(one))
    if (group) group.push(value(one))
    else groups.set(key(one), [value(one)])
  }
  return groups
}
