/** Marks of a node in the search: not met, or its number; done nodes belong to a circle that is complete. */
const UNMET = -1

/**
 * Circles of copy edges (Tarjan's strongly connected components, without recursion): whatever one place of a circle holds,
 * all of them hold. Each with its places in ascending order.
 */
export const circles = (count: number, outs: (node: number) => Iterable<number>): number[][] => {
  const order = new Int32Array(count).fill(UNMET)
  const low = new Int32Array(count)
  const open = new Uint8Array(count)
  const found: number[][] = []
  const stack: number[] = []
  const path: { node: number; rest: Iterator<number> }[] = []
  let met = 0
  const enter = (node: number): void => {
    order[node] = low[node] = met++
    stack.push(node)
    open[node] = 1
    path.push({ node, rest: outs(node)[Symbol.iterator]() })
  }
  const leave = (node: number): void => {
    path.pop()
    const above = path.at(-1)?.node
    if (above !== undefined) low[above] = Math.min(low[above] as number, low[node] as number)
    if (low[node] !== order[node]) return
    const circle = stack.splice(stack.lastIndexOf(node))
    for (const one of circle) open[one] = 0
    if (circle.length > 1) found.push(circle.sort((a, b) => a - b))
  }
  for (let start = 0; start < count; start++) {
    if (order[start] !== UNMET) continue
    enter(start)
    for (let at = path.at(-1); at; at = path.at(-1)) {
      const next = at.rest.next()
      if (next.done) leave(at.node)
      else if (order[next.value] === UNMET) enter(next.value)
      else if (open[next.value] === 1) low[at.node] = Math.min(low[at.node] as number, order[next.value] as number)
    }
  }
  return found
}
