type Node = Record<string, unknown>

/** Every object below a piece of plain data. */
export function* nodes(value: unknown): Generator<Node> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield value as Node
  for (const inner of Object.values(value)) yield* nodes(inner)
}
