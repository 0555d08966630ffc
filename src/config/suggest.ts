/** Edit distance where a swap of neighbours counts once: the commonest typing slip. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      let best = Math.min(change, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? a.length
}

/** The candidate that the user most likely meant, if one is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase()
  let best: { name: string; cost: number } | undefined
  for (const name of [...candidates].sort()) {
    const lower = name.toLowerCase()
    const partial = wanted.length >= 4 && (lower.includes(wanted) || wanted.includes(lower)) && lower.length >= 4
    const cost = Math.min(distance(wanted, lower), partial ? 2 : Infinity)
    if (cost <= Math.max(1, Math.floor(word.length * 0.4)) && (!best || cost < best.cost)) best = { name, cost }
  }
  return best?.name
}

/** `; did you mean 'x'?`, or a pointer to the list where nothing is near. */
export function hint(word: string, candidates: Iterable<string>, otherwise = ''): string {
  const name = nearest(word, candidates)
  return name ? `; did you mean '${name}'?` : otherwise && `; ${otherwise}`
}
