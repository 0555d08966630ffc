import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import type { FileFacts, FileHead } from '../model/facts.js'
import { prune, writeWhole } from './files.js'
import { decodeFacts, encodeFacts, type StoredFacts } from './stored.js'

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
export function encodeEntry(key: string, head: FileHead, facts?: FileFacts): Buffer {
  const json = encodeFacts(head, facts)
  return Buffer.concat([Buffer.from(`${key} ${checksum(json)} `, 'latin1'), json])
}

/** What an entry says of a file, or undefined when it is damaged. */
export function decodeEntry(entry: Buffer): StoredFacts | undefined {
  const json = entry.subarray(HEADER)
  if (entry.toString('latin1', KEY + 1, HEADER - 1) !== checksum(json)) return undefined
  try { return decodeFacts(json) } catch { return undefined }
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0')
}

/** Writes a pack at once or not at all. */
export function writePack(path: string, salt: string, entries: Iterable<Buffer>): void {
  const end = Buffer.from([NEWLINE])
  const parts: Uint8Array[] = [Buffer.from(salt), end]
  for (const entry of entries) parts.push(entry, end)
  writeWhole(path, Buffer.concat(parts))
}

/** Removes the packs that were written longest ago until the rest fit into `limit` bytes; the last one stays. */
export function prunePacks(dir: string, limit: number): void {
  prune(dir, SUFFIX, (place, bytes) => place === 0 || bytes <= limit)
}
