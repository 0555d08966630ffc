let count = 0

export function served(): number {
  count += 1
  return count
}
