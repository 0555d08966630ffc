import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
      write(folder, pathOf(key), JSON.stringify({ witness, study } satisfies Kept<S, W>))
      prune(folder)
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

function write(folder: string, path: string, json: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(temporary, `${digest(json)}\n${json}`, { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    try { rmSync(temporary, { force: true }) } catch { /* a folder that refuses the file refuses its removal */ }
  }
}

function digest(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}

function prune(folder: string): void {
  try {
    const studies = readdirSync(folder).filter(name => name.endsWith(SUFFIX)).map(name => join(folder, name))
      .map(path => ({ path, stat: statSync(path) })).sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    let bytes = 0
    for (const [index, { path, stat }] of studies.entries()) if ((bytes += stat.size) > MOST_BYTES || index >= MOST_STUDIES) rmSync(path, { force: true })
  } catch { /* another process prunes too: the next run tries again */ }
}
