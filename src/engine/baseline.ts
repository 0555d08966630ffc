import type { Finding } from '../model/finding.js'

/** A known finding, written so that a person can read it. */
export interface BaselineEntry {
  fp: string
  rule: string
  file: string
  symbol: string
  scope: string
  /** Why it may stay: written by a person, kept by `update`. */
  reason?: string
}

/** A file that is no baseline; the message names it and the remedy. */
export class BaselineError extends Error {}

const VERSION = 1

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function byIdentity(a: BaselineEntry, b: BaselineEntry): number {
  return compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.symbol, b.symbol) || compare(a.scope, b.scope) || compare(a.fp, b.fp)
}

function toEntry(value: unknown, index: number, file: string): BaselineEntry {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const text = (key: string): string => {
    const content = row[key]
    if (typeof content === 'string') return content
    throw new BaselineError(`${file}: finding ${index + 1} has no '${key}'; write the file again with \`stateless-audit baseline write\``)
  }
  const entry = { fp: text('fp'), rule: text('rule'), file: text('file'), symbol: text('symbol'), scope: text('scope') }
  return row['reason'] === undefined ? entry : { ...entry, reason: text('reason') }
}

/** The entries of a baseline file. `file` names it in errors. */
export function readBaseline(text: string, file = 'stateless-audit.baseline.json'): BaselineEntry[] {
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    const conflict = /^(<{7}|>{7})/m.test(text)
    throw new BaselineError(`${file}: ${conflict ? 'merge conflict markers' : 'not JSON'}; ${conflict ? 'keep the lines of both sides' : 'mend it'}, or write it again with \`stateless-audit baseline write\``)
  }
  const { version, findings } = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>
  if (version !== VERSION) throw new BaselineError(`${file}: version ${JSON.stringify(version) ?? 'missing'} is not known (this program writes ${VERSION}); write it again with \`stateless-audit baseline write\``)
  if (!Array.isArray(findings)) throw new BaselineError(`${file}: 'findings' is not a list; write it again with \`stateless-audit baseline write\``)
  return findings.map((row, index) => toEntry(row, index, file))
}

/** Sorted, one finding a line, no totals and no times: two branches that each add a finding merge without a conflict in most cases. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const unique = [...new Map(entries.map((entry) => [entry.fp, entry])).values()].sort(byIdentity)
  const lines = unique.map(({ fp, rule, file, symbol, scope, reason }) => `    ${JSON.stringify({ fp, rule, file, symbol, scope, ...(reason !== undefined && { reason }) })}`)
  const list = lines.length > 0 ? `[\n${lines.join(',\n')}\n  ]` : '[]'
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`
}

/** What a baseline keeps of a finding. */
export function baselineEntry({ fingerprint, rule, location, symbol, scope }: Finding): BaselineEntry {
  return { fp: fingerprint, rule, file: location.file, symbol, scope }
}

/** Splits findings into new ones and known ones; `stale` entries match nothing any more. */
export function applyBaseline(findings: readonly Finding[], baseline: readonly BaselineEntry[]): { fresh: Finding[]; baselined: Finding[]; stale: BaselineEntry[] } {
  const known = new Set(baseline.map(({ fp }) => fp))
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  return {
    fresh: findings.filter(({ fingerprint }) => !known.has(fingerprint)),
    baselined: findings.filter(({ fingerprint }) => known.has(fingerprint)),
    stale: baseline.filter(({ fp }) => !present.has(fp)),
  }
}

/** The baseline of what is there now; the reasons of entries that stay are kept. */
export function updateBaseline(findings: readonly Finding[], before: readonly BaselineEntry[]): BaselineEntry[] {
  const reasons = new Map(before.map(({ fp, reason }) => [fp, reason]))
  return findings.map(baselineEntry).map((entry) => {
    const reason = reasons.get(entry.fp)
    return reason === undefined ? entry : { ...entry, reason }
  })
}

/** Only the entries that still match a finding; nothing is added. */
export function prune(findings: readonly Finding[], baseline: readonly BaselineEntry[]): BaselineEntry[] {
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  return baseline.filter(({ fp }) => present.has(fp))
}
