import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Document, Node, Pair, YAMLMap } from 'yaml'
import type { Entry, MapNode, ScalarNode, Tree } from '../tree.js'
import { withClosed } from './closing.js'

export interface YamlText {
  documents: Tree[]
  errors: { message: string; at: number }[]
}

/** YAML (and JSON, which is YAML) → trees with offsets. Aliases and merge keys stand where they point to. */
export function parseYaml(text: string): YamlText {
  const documents = withClosed(text, documentsOf, (parsed) => parsed.flatMap(({ errors }) => errors))
  const errors = documents.flatMap((document) => document.errors.map((error) => ({ message: firstLine(error.message), at: error.pos[0] })))
  const trees = documents.flatMap((document) => (document.contents ? [toTree(document.contents, new Map())] : []))
  return { documents: trees, errors }
}

function documentsOf(text: string): Document.Parsed[] {
  const parsed = parseAllDocuments(text, { uniqueKeys: false, strict: false, logLevel: 'silent', version: '1.2', keepSourceTokens: false })
  return Array.isArray(parsed) ? (parsed as Document.Parsed[]) : []
}

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/:$/, '') ?? ''

function span(node: Node): { start: number; end: number } {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 }
}

/** Trees of anchors seen so far: an alias shares the tree of its anchor, so that nested aliases cannot blow up. */
type Anchors = Map<string, Tree>

function toTree(node: Node, anchors: Anchors): Tree {
  if (isAlias(node)) return anchors.get(node.source) ?? { kind: 'scalar', value: null, ...span(node) }
  const tree = ownTree(node, anchors)
  if ('anchor' in node && node.anchor) anchors.set(node.anchor, tree)
  return tree
}

function ownTree(node: Node, anchors: Anchors): Tree {
  if (isMap(node)) return mapToTree(node, anchors)
  if (isSeq(node)) return { kind: 'list', ...span(node), items: node.items.map((item) => toTree(item as Node, anchors)) }
  return { kind: 'scalar', value: isScalar(node) ? plainValue(node.value) : null, ...span(node) }
}

function plainValue(value: unknown): ScalarNode['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : String(value)
}

/** Own keys win over merged ones, earlier merged ones over later. */
function mapToTree(node: YAMLMap, anchors: Anchors): MapNode {
  const own: Entry[] = []
  const merged = new Map<string, Entry>()
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    if (!pair.key) continue
    const key = isScalar(pair.key) ? String(pair.key.value ?? '') : ''
    const value = pair.value ? toTree(pair.value, anchors) : emptyAfter(pair.key)
    if (key !== '<<') own.push({ key, ...span(pair.key), value })
    else for (const entry of mergedEntries(value)) if (!merged.has(entry.key)) merged.set(entry.key, entry)
  }
  for (const entry of own) merged.delete(entry.key)
  return { kind: 'map', ...span(node), entries: [...own, ...merged.values()] }
}

const emptyAfter = (key: Node): ScalarNode => ({ kind: 'scalar', value: null, start: span(key).end, end: span(key).end })

function mergedEntries(value: Tree): Entry[] {
  if (value.kind === 'list') return value.items.flatMap(mergedEntries)
  return value.kind === 'map' ? value.entries : []
}
