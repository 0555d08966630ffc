import { createHash } from 'node:crypto'
import type { Finding } from '../model/finding.js'

export interface Identity {
  rule: string
  file: string
  scope: string
  symbol: string
  /** Place among equal ones, in source order. */
  ordinal: number
}

const VERSION = '1'
const SEPARATOR = '\u001f'

function key({ rule, file, scope, symbol }: Omit<Identity, 'ordinal'>): string {
  return [VERSION, rule, file, scope, symbol.replace(/\s+/g, ' ').trim()].join(SEPARATOR)
}

/** What a finding is, without line and message: it survives moved lines, reformatting and reworded messages. 32 hex digits. */
export function fingerprint(identity: Identity): string {
  return createHash('sha256').update(`${key(identity)}${SEPARATOR}${identity.ordinal}`).digest('hex').slice(0, 32)
}

function bySource(a: Finding, b: Finding): number {
  return a.location.line - b.location.line || a.location.column - b.location.column
}

/** Path from the git root. */
export function fromGitRoot(root: string, file: string): string {
  return root === '.' ? file : `${root}/${file}`
}

/** Sets the fingerprint of each finding, in place; equal ones are told apart by their order in the source. `root`: the audited folder from the git root. */
export function assignFingerprints(findings: readonly Finding[], root = '.'): void {
  const seen = new Map<string, number>()
  for (const finding of [...findings].sort(bySource)) {
    const identity = { rule: finding.rule, file: fromGitRoot(root, finding.location.file), scope: finding.scope, symbol: finding.symbol }
    const ordinal = seen.get(key(identity)) ?? 0
    seen.set(key(identity), ordinal + 1)
    finding.fingerprint = fingerprint({ ...identity, ordinal })
  }
}
