import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes a file at once or not at all, for its owner alone; a folder that cannot be written is no cache. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, content, { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    try { rmSync(temporary, { force: true }) } catch { /* a folder that refuses the file refuses its removal */ }
  }
}

/** Keeps the files of a kind that were written last, as long as `fits` says so of a file, its place in that order and the bytes up to it. */
export function prune(dir: string, suffix: string, fits: (place: number, bytes: number) => boolean): void {
  try {
    const files = readdirSync(dir).filter(name => name.endsWith(suffix)).map(name => join(dir, name))
      .map(path => ({ path, stat: statSync(path) })).sort((a, b) => b.stat.mtimeMs - a.stat.mtimeMs)
    let bytes = 0
    for (const [place, { path, stat }] of files.entries()) if (!fits(place, bytes += stat.size)) rmSync(path, { force: true })
  } catch { /* another process prunes too, or the folder cannot be read: the next run tries again */ }
}
