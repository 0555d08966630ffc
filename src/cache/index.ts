import { dirname } from 'node:path'
import type { FileFacts } from '../model/facts.js'
import { decodeEntry, encodeEntry, packPath, prunePacks, readPack, writePack } from './pack.js'

export { cacheSalt, factsKey } from './key.js'
export { openStudies, studyKey } from './studies.js'

const MEGABYTE = 1 << 20

export interface FactsCache {
  get(key: string): FileFacts | undefined
  /** Keeps facts; gives them back as text that is decoded on demand, so that those of many files need not stay in memory. */
  set(key: string, facts: FileFacts): FileFacts
  /** Writes what is new. */
  close(): void
}

export interface CacheOptions {
  dir: string
  /** See `cacheSalt`; a pack with another salt is empty. */
  salt: string
  /** What names the audited project (its root): each project has a pack of its own. */
  project?: string
  /** Size of a pack above which entries go that this run did not use. */
  maxBytes?: number
}

/** Facts by content. Any damage is a miss, and a folder that cannot be used is no cache: nothing here throws. */
export function openCache({ dir, salt, project = '', maxBytes = 64 * MEGABYTE }: CacheOptions): FactsCache {
  const path = packPath(dir, project)
  const stored = readPack(path, salt)
  const used = new Map<string, Buffer>()
  let changed = false
  return {
    get(key) {
      const entry = stored.get(key)
      const facts = entry === undefined ? undefined : decodeEntry(entry)
      if (entry !== undefined && facts !== undefined) used.set(key, entry)
      return facts
    },
    set(key, facts) {
      const entry = encodeEntry(key, facts)
      used.set(key, entry)
      changed = true
      return decodeEntry(entry) ?? facts
    },
    close() {
      if (!changed) return
      writePack(path, salt, kept(used, stored, maxBytes))
      prunePacks(dirname(path), 8 * maxBytes)
      changed = false
    },
  }
}

/** All that this run used, then older entries while they fit, in an order that does not depend on timing. */
function kept(used: Map<string, Buffer>, stored: Map<string, Buffer>, maxBytes: number): Buffer[] {
  const out = sorted(used)
  let size = out.reduce((sum, entry) => sum + entry.length, 0)
  for (const entry of sorted(stored, used)) {
    size += entry.length
    if (size > maxBytes) break
    out.push(entry)
  }
  return out
}

function sorted(entries: Map<string, Buffer>, without?: Map<string, Buffer>): Buffer[] {
  return [...entries].filter(([key]) => without?.has(key) !== true).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry)
}
