import { dirname } from 'node:path'
import type { FileFacts, FileHead } from '../model/facts.js'
import { decodeEntry, encodeEntry, packPath, prunePacks, readPack, writePack } from './pack.js'
import type { StoredFacts } from './stored.js'

export { cacheSalt, factsKey } from './key.js'
export { factsOnDemand } from './stored.js'
export { openStudies, studyKey } from './studies.js'

const MEGABYTE = 1 << 20

export interface FactsCache {
  get(key: string): StoredFacts | undefined
  /** Keeps the head of a file, and its facts once they are known. */
  set(key: string, head: FileHead, facts?: FileFacts): void
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
    set(key, head, facts) {
      used.set(key, encodeEntry(key, head, facts))
      changed = true
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
