import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prune, writeWhole } from './files.js'
import { ownStamp } from './own.js'

const FOLDER = 'studies'
const SUFFIX = '.study'
/** Studies of all projects together; the youngest stay. */
const MOST_STUDIES = 64
const MOST_BYTES = 256 << 20

/** What a study holds about files that only its making asked for: it stands while `isStill` says so. */
interface Kept<S, W> { witness: W; study: S }

export interface StudyCache<S, W> {
  get(key: string, isStill: (witness: W) => boolean): S | undefined
  set(key: string, study: S, witness: W): void
}

/** Studies by what they were made from. Damage is a miss, and a folder that cannot be used is no cache: nothing here throws. */
export function openStudies<S, W>(dir: string): StudyCache<S, W> {
  const folder = join(dir, FOLDER)
  const pathOf = (key: string): string => join(folder, key + SUFFIX)
  return {
    get(key, isStill) {
      const kept = read<Kept<S, W>>(pathOf(key))
      return kept && isStill(kept.witness) ? kept.study : undefined
    },
    set(key, study, witness) {
      const json = JSON.stringify({ witness, study } satisfies Kept<S, W>)
      writeWhole(pathOf(key), `${digest(json)}\n${json}`)
      prune(folder, SUFFIX, (place, bytes) => place < MOST_STUDIES && bytes <= MOST_BYTES)
    },
  }
}

/** Key of a study: this very tool, and everything else that decides what it finds. */
export function studyKey(parts: readonly unknown[]): string {
  const hash = createHash('sha1').update(ownStamp())
  for (const part of parts) hash.update('\0').update(JSON.stringify(part, plainly) ?? '')
  return hash.digest('hex')
}

/** Patterns in models would be `{}`. */
function plainly(_: string, value: unknown): unknown {
  return value instanceof RegExp ? String(value) : value
}

/** A checksum stands before the text. */
function read<T>(path: string): T | undefined {
  try {
    const text = readFileSync(path, 'utf8')
    const json = text.slice(41)
    return text.slice(0, 40) === digest(json) ? JSON.parse(json) as T : undefined
  } catch {
    return undefined
  }
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
