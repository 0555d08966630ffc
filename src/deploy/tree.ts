/** One shape for YAML, JSON and TOML: data with offsets, so that readers need not know the syntax. */
export type Tree = MapNode | ListNode | ScalarNode

interface Span {
  start: number
  end: number
}
export interface Entry extends Span {
  /** `start`..`end` is the key's own span. */
  key: string
  value: Tree
}
export interface MapNode extends Span {
  kind: 'map'
  entries: Entry[]
}
export interface ListNode extends Span {
  kind: 'list'
  items: Tree[]
}
export interface ScalarNode extends Span {
  kind: 'scalar'
  value: string | number | boolean | null
}

/** The entry at a path of keys; list items are not entered. */
export function entryAt(tree: Tree | undefined, ...path: string[]): Entry | undefined {
  let node: Tree | undefined = tree
  let found: Entry | undefined
  for (const key of path) {
    found = node?.kind === 'map' ? node.entries.find((entry) => entry.key === key) : undefined
    if (!found) return undefined
    node = found.value
  }
  return found
}

/** The value at a path of keys. */
export const valueAt = (tree: Tree | undefined, ...path: string[]): Tree | undefined =>
  path.length === 0 ? tree : entryAt(tree, ...path)?.value

/** The text of a scalar at a path; numbers and booleans as written in JSON; undefined for null, maps and lists. */
export function textAt(tree: Tree | undefined, ...path: string[]): string | undefined {
  const node = valueAt(tree, ...path)
  return node?.kind === 'scalar' && node.value !== null ? String(node.value) : undefined
}

/** A number at a path; text that is one counts. */
export function numberAt(tree: Tree | undefined, ...path: string[]): number | undefined {
  const text = textAt(tree, ...path)
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined
}

export const isTrue = (tree: Tree | undefined, ...path: string[]): boolean => /^(true|yes|on)$/i.test(textAt(tree, ...path) ?? '')

/** The items of a list at a path; a single value counts as a list of one. */
export function itemsAt(tree: Tree | undefined, ...path: string[]): Tree[] {
  const node = valueAt(tree, ...path)
  if (!node || (node.kind === 'scalar' && node.value === null)) return []
  return node.kind === 'list' ? node.items : [node]
}

export function entriesAt(tree: Tree | undefined, ...path: string[]): Entry[] {
  const node = valueAt(tree, ...path)
  return node?.kind === 'map' ? node.entries : []
}

/** Every entry below a tree with the keys that lead to it, depth first. A shared tree (a YAML alias) is entered once. */
export function* walkEntries(tree: Tree, path: readonly string[] = [], seen = new Set<Tree>()): Generator<{ entry: Entry; path: readonly string[]; parent: MapNode }> {
  if (tree.kind === 'scalar' || seen.has(tree)) return
  seen.add(tree)
  if (tree.kind === 'list') for (const item of tree.items) yield* walkEntries(item, path, seen)
  else {
    for (const entry of tree.entries) {
      yield { entry, path, parent: tree }
      yield* walkEntries(entry.value, [...path, entry.key], seen)
    }
  }
}
