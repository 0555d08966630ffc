import { isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import type { Document, Node, Pair, YAMLMap } from 'yaml'
import type { Entry, MapNode, ScalarNode, Tree } from '../tree.js'

export interface YamlText {
  documents: Tree[]
  errors: { message: string; at: number }[]
}

const MAX_DEPTH = 60

/** YAML (and JSON, which is YAML) → trees with offsets. Aliases and merge keys stand where they point to. */
export function parseYaml(text: string): YamlText {
  const parsed = parseAllDocuments(text, { uniqueKeys: false, strict: false, logLevel: 'silent', version: '1.2', keepSourceTokens: false })
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : []
  const errors = documents.flatMap((document) => document.errors.map((error) => ({ message: firstLine(error.message), at: error.pos[0] })))
  const trees = documents.flatMap((document) => (document.contents ? [toTree(document.contents, document, 0)] : []))
  return { documents: trees, errors }
}

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/:$/, '') ?? ''

function span(node: Node): { start: number; end: number } {
  return { start: node.range?.[0] ?? 0, end: node.range?.[1] ?? 0 }
}

function toTree(node: Node, document: Document, depth: number): Tree {
  if (depth > MAX_DEPTH) return { kind: 'scalar', value: null, ...span(node) }
  if (isAlias(node)) {
    const target = node.resolve(document)
    return target ? toTree(target, document, depth + 1) : { kind: 'scalar', value: null, ...span(node) }
  }
  if (isMap(node)) return mapToTree(node, document, depth)
  if (isSeq(node)) return { kind: 'list', ...span(node), items: node.items.map((item) => toTree(item as Node, document, depth + 1)) }
  return { kind: 'scalar', value: isScalar(node) ? plainValue(node.value) : null, ...span(node) }
}

function plainValue(value: unknown): ScalarNode['value'] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : String(value)
}

/** Own keys win over merged ones. */
function mapToTree(node: YAMLMap, document: Document, depth: number): MapNode {
  const own: Entry[] = []
  const merged: Entry[] = []
  for (const pair of node.items as Pair<Node, Node | null>[]) {
    if (!pair.key) continue
    const key = isScalar(pair.key) ? String(pair.key.value ?? '') : ''
    const value = pair.value ? toTree(pair.value, document, depth + 1) : emptyAfter(pair.key)
    if (key === '<<') merged.push(...mergedEntries(value))
    else own.push({ key, ...span(pair.key), value })
  }
  const known = new Set(own.map((entry) => entry.key))
  return { kind: 'map', ...span(node), entries: [...own, ...merged.filter((entry) => !known.has(entry.key))] }
}

const emptyAfter = (key: Node): ScalarNode => ({ kind: 'scalar', value: null, start: span(key).end, end: span(key).end })

function mergedEntries(value: Tree): Entry[] {
  if (value.kind === 'list') return value.items.flatMap(mergedEntries)
  return value.kind === 'map' ? value.entries : []
}
