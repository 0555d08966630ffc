import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { FileFacts } from '../model/facts.js'
import { decodeFacts, encodeFacts } from './stored.js'

/**
 * A pack is one file: a line with the salt, then one line an entry, `<key> <checksum> <facts>`, all of it in
 * bytes, so that entries nobody asks for are neither decoded nor parsed, and are written back as they are.
 */
const NEWLINE = 10
const KEY = 40
const HEADER = KEY + 1 + 8 + 1
const SUFFIX = '.facts'

/** Path of the pack of one audited project. */
export function packPath(dir: string, project: string): string {
  return join(dir, createHash('sha1').update(project).digest('hex').slice(0, 16) + SUFFIX)
}

/** Entries of a pack by key; empty when there is none, or when it is another salt's. */
export function readPack(path: string, salt: string): Map<string, Buffer> {
  const entries = new Map<string, Buffer>()
  let bytes
  try { bytes = readFileSync(path) } catch { return entries }
  const first = bytes.indexOf(NEWLINE)
  if (first === -1 || bytes.toString('utf8', 0, first) !== salt) return entries
  for (let start = first + 1; start < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, start)
    if (end === -1) break
    if (end - start > HEADER) entries.set(bytes.toString('latin1', start, start + KEY), bytes.subarray(start, end))
    start = end + 1
  }
  return entries
}

/** One entry as a line without its end. */
export function encodeEntry(key: string, facts: FileFacts): Buffer {
  const json = encodeFacts(facts)
  return Buffer.concat([Buffer.from(`${key} ${checksum(json)} `, 'latin1'), json])
}

/** The facts of an entry, or undefined when it is damaged. */
export function decodeEntry(entry: Buffer): FileFacts | undefined {
  const json = entry.subarray(HEADER)
  if (entry.toString('latin1', KEY + 1, HEADER - 1) !== checksum(json)) return undefined
  try { return decodeFacts(json) } catch { return undefined }
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}

/** Writes a pack at once or not at all; a folder that cannot be written is no cache. */
export function writePack(path: string, salt: string, entries: Iterable<Buffer>): void {
  const end = Buffer.from([NEWLINE])
  const parts: Uint8Array[] = [Buffer.from(salt), end]
  for (const entry of entries) parts.push(entry, end)
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(temporary, Buffer.concat(parts), { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    try { rmSync(temporary, { force: true }) } catch { /* a folder that refuses the file refuses its removal */ }
  }
}

/** Removes the packs that were written longest ago until the rest fit into `limit` bytes. */
export function prunePacks(dir: string, limit: number): void {
  try {
    const packs = readdirSync(dir).filter(name => name.endsWith(SUFFIX)).map(name => join(dir, name))
      .map(path => ({ path, ...pick(path) })).sort((a, b) => b.mtimeMs - a.mtimeMs)
    let total = 0
    for (const { path, size } of packs) if ((total += size) > limit && path !== packs[0]?.path) rmSync(path, { force: true })
  } catch { /* another process prunes too, or the folder cannot be read: the next run tries again */ }
}

function pick(path: string): { mtimeMs: number; size: number } {
  const { mtimeMs, size } = statSync(path)
  return { mtimeMs, size }
}
