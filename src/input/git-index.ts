import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Paths that git keeps, and the folders above them. */
export interface Tracked {
  has(path: string): boolean
}

const NONE: Tracked = { has: () => false }
const HEADER = 12
/** What stands of each file before its path: times, device, owner, size, hash and flags. */
const STAT = 60
const EXTENDED = 0x4000

/** What the index of a repository lists. Git goes on keeping what a `.gitignore` names later; an index that cannot be read lists nothing. */
export const trackedIn = (gitFolder: string): Tracked => {
  let index: Buffer
  try {
    index = readFileSync(join(gitFolder, 'index'))
  } catch {
    return NONE
  }
  const version = index.length > HEADER && index.toString('latin1', 0, 4) === 'DIRC' ? index.readUInt32BE(4) : 0
  return version === 2 || version === 3 ? withFolders(pathsIn(index)) : NONE
}

function* pathsIn(index: Buffer): Generator<string> {
  const count = index.readUInt32BE(8)
  for (let i = 0, at = HEADER; i < count && at + STAT + 2 < index.length; i++) {
    const start = at + STAT + (index.readUInt16BE(at + STAT) & EXTENDED ? 4 : 2)
    const end = index.indexOf(0, start)
    if (end < 0) return
    yield index.toString('utf8', start, end)
    // Each entry ends in one to eight zeros, at a multiple of eight.
    at += Math.floor((end - at + 8) / 8) * 8
  }
}

const withFolders = (paths: Iterable<string>): Tracked => {
  const all = new Set<string>()
  for (const path of paths) {
    all.add(path)
    for (let cut = path.lastIndexOf('/'); cut > 0 && !all.has(path.slice(0, cut)); cut = path.lastIndexOf('/', cut - 1)) all.add(path.slice(0, cut))
  }
  return all
}
