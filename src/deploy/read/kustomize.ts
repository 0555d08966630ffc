import { entrySpan, factBase } from '../source.js'
import type { DocumentReading, Reading } from '../source.js'
import { entriesAt, entryAt, itemsAt, numberAt, textAt } from '../tree.js'
import type { Entry, Tree } from '../tree.js'
import { readAnnotation, clientAddress } from './annotations.js'
import { isKubernetes, readKubernetes } from './kubernetes.js'

export const isKustomization = (path: string, tree: Tree): boolean => /(^|\/)kustomization\.ya?ml$/.test(path) || textAt(tree, 'kind') === 'Kustomization' && entryAt(tree, 'resources') !== undefined

/** A kustomization: `replicas`, `commonAnnotations`, and patches written inline. */
export function readKustomization(reading: DocumentReading, tree: Tree): void {
  for (const item of itemsAt(tree, 'replicas')) {
    const count = entryAt(item, 'count')
    const number = numberAt(count?.value)
    if (count && number !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'kustomize', entrySpan(count), 'replicas[].count', textAt(item, 'name')), count: number, autoscaled: false })
  }
  for (const entry of entriesAt(tree, 'commonAnnotations')) readAnnotation(reading, entry, undefined, 'app', 'kustomize')
  for (const item of [...itemsAt(tree, 'patches'), ...itemsAt(tree, 'patchesJson6902')]) {
    const patch = entryAt(item, 'patch')
    if (patch) readInline(reading, patch, textAt(item, 'target', 'name'))
  }
}

/** JSON 6902 operations, as a file of their own or inline. */
export const isOperations = (tree: Tree): boolean => tree.kind === 'list' && tree.items.length > 0 && tree.items.every((item) => entryAt(item, 'op') !== undefined && entryAt(item, 'path') !== undefined)

export function readOperations(reading: Reading, tree: Tree, workload?: string): void {
  for (const item of itemsAt(tree)) {
    const path = textAt(item, 'path') ?? ''
    const value = entryAt(item, 'value')
    if (!value || textAt(item, 'op') === 'remove') continue
    const key = path.split('/').at(-1)?.replaceAll('~1', '/').replaceAll('~0', '~') ?? ''
    if (key === 'sessionAffinity' && textAt(value.value) === 'ClientIP') reading.facts.push({ kind: 'affinity', ...factBase(reading, 'kustomize', entrySpan(value), path, workload), ...clientAddress })
    const count = path === '/spec/replicas' ? numberAt(value.value) : undefined
    if (count !== undefined) reading.facts.push({ kind: 'replicas', ...factBase(reading, 'kustomize', entrySpan(value), path, workload), count, autoscaled: false })
    if (path.includes('/annotations/')) readAnnotation(reading, { ...value, key }, workload, 'app', 'kustomize')
  }
}

/** An inline patch is a block of text: parsed where it stands, with the indentation kept, so that offsets hold. */
function readInline(reading: DocumentReading, patch: Entry, workload: string | undefined): void {
  const { text } = reading.source
  const raw = text.slice(patch.value.start, patch.value.end)
  const body = raw.indexOf('\n') + 1
  if (!/^[|>]/.test(raw) || body === 0) return
  const padded = text.slice(0, patch.value.start + body).replace(/[^\n]/g, ' ') + raw.slice(body)
  for (const document of reading.parseYaml(padded).documents) {
    if (isOperations(document)) readOperations(reading, document, workload)
    else if (isKubernetes(document)) readKubernetes(reading, document, 'kustomize')
  }
}
