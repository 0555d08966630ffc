import type { Finding } from '../model/finding.js'
import { lineAt } from '../model/site.js'
import { fromGitRoot } from './fingerprint.js'

/** A known finding, written so that a person can read it. */
export interface BaselineEntry {
  fp: string
  rule: string
  /** From the git root. */
  file: string
  symbol: string
  scope: string
  /** Why it may stay: written by a person, kept by `update`. */
  reason?: string
}

/** A file that is no baseline; the message names it and the remedy. The run cannot be trusted: exit code 2. */
export class BaselineError extends Error {
  readonly exitCode = 2
}

const VERSION = 1

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function byIdentity(a: BaselineEntry, b: BaselineEntry): number {
  return compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.symbol, b.symbol) || compare(a.scope, b.scope) || compare(a.fp, b.fp)
}

const AGAIN = 'write it again with `stateless-audit baseline write`'

const lineOf = (text: string, at: number): number => lineAt(text, Math.max(at, 0))

/** The line on which a row of a list begins. */
function lineOfRow(text: string, index: number): number {
  const from = text.indexOf('[', text.indexOf('"findings"'))
  let depth = 0
  let row = -1
  for (const { 0: token, index: at } of text.slice(from).matchAll(/"(?:[^"\\]|\\.)*"|[{}]|[^\s"{},[\]]+/g)) {
    if (token === '}') depth--
    else if (depth === 0 && ++row === index) return lineOf(text, from + at)
    if (token === '{') depth++
  }
  return 1
}

function toEntry(value: unknown, place: () => string): BaselineEntry {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const text = (key: string): string => {
    const content = row[key]
    if (typeof content === 'string') return content
    throw new BaselineError(`${place()}: this finding has no '${key}'; ${AGAIN}`)
  }
  const entry = { fp: text('fp'), rule: text('rule'), file: text('file'), symbol: text('symbol'), scope: text('scope') }
  return row['reason'] === undefined ? entry : { ...entry, reason: text('reason') }
}

/** The entries of a baseline file. `file` names it in errors. */
export function readBaseline(text: string, file = 'stateless-audit.baseline.json'): BaselineEntry[] {
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const conflict = /^(<{7}|>{7})/m.test(text)
    const at = conflict ? text.search(/^(<{7}|>{7})/m) : Number(/at position (\d+)/.exec(String(error))?.[1] ?? text.length)
    const line = text.slice(0, at).trimEnd().split('\n').length + (conflict && at > 0 ? 1 : 0)
    throw new BaselineError(`${file}:${line}: ${conflict ? 'merge conflict markers' : 'not JSON'}; ${conflict ? 'keep the lines of both sides' : 'mend it'}, or write it again with \`stateless-audit baseline write\``)
  }
  const { version, findings } = (typeof content === 'object' && content !== null ? content : {}) as Record<string, unknown>
  if (version !== VERSION) throw new BaselineError(`${file}:${lineOf(text, text.indexOf('"version"'))}: version ${JSON.stringify(version) ?? 'missing'} is not known (this program writes ${VERSION}); ${AGAIN}`)
  if (!Array.isArray(findings)) throw new BaselineError(`${file}:${lineOf(text, text.indexOf('"findings"'))}: 'findings' is not a list; ${AGAIN}`)
  return findings.map((row, index) => toEntry(row, () => `${file}:${lineOfRow(text, index)}`))
}

/** Sorted, one finding a line, no totals and no times: two branches that each add a finding merge without a conflict in most cases. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const unique = [...new Map(entries.map((entry) => [entry.fp, entry])).values()].sort(byIdentity)
  const lines = unique.map(({ fp, rule, file, symbol, scope, reason }) => `    ${JSON.stringify({ fp, rule, file, symbol, scope, ...(reason !== undefined && { reason }) })}`)
  const list = lines.length > 0 ? `[\n${lines.join(',\n')}\n  ]` : '[]'
  return `{\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`
}

/** What a baseline keeps of a finding. `root`: the audited folder from the git root. */
export function baselineEntry({ fingerprint, rule, location, symbol, scope }: Finding, root = '.'): BaselineEntry {
  return { fp: fingerprint, rule, file: fromGitRoot(root, location.file), symbol, scope }
}

export interface Compared {
  fresh: Finding[]
  baselined: Finding[]
  /** Entries that match nothing any more. */
  stale: BaselineEntry[]
  /** Entries whose file is gone and whose finding is now in another one. */
  moved: { entry: BaselineEntry; finding: Finding }[]
}

/** What a finding is, wherever its file lies. */
function moveKey({ rule, scope, symbol }: Pick<BaselineEntry, 'rule' | 'scope' | 'symbol'>): string {
  return [rule, scope, symbol.replace(/\s+/g, ' ').trim()].join('\u001f')
}

/**
 * Splits findings into new ones and known ones. A finding in another file takes the place of an entry whose file is gone:
 * a renamed file brings no new findings.
 */
export function applyBaseline(findings: readonly Finding[], baseline: readonly BaselineEntry[], isGone: (file: string) => boolean = () => false): Compared {
  const known = new Set(baseline.map(({ fp }) => fp))
  const present = new Set(findings.map(({ fingerprint }) => fingerprint))
  const fresh = findings.filter(({ fingerprint }) => !known.has(fingerprint))
  const stale = baseline.filter(({ fp }) => !present.has(fp))
  const moved: Compared['moved'] = []
  for (const finding of fresh) {
    const entry = stale.find((one) => !moved.some((move) => move.entry === one) && moveKey(one) === moveKey(finding) && isGone(one.file))
    if (entry) moved.push({ entry, finding })
  }
  const found = new Set(moved.map(({ finding }) => finding))
  const left = new Set(moved.map(({ entry }) => entry))
  return {
    fresh: fresh.filter((finding) => !found.has(finding)),
    baselined: findings.filter((finding) => known.has(finding.fingerprint) || found.has(finding)),
    stale: stale.filter((entry) => !left.has(entry)),
    moved,
  }
}

export interface Update {
  /** `write` and `update` take in what is there; `prune` adds nothing. */
  adds: boolean
  /** The audited folder from the git root; entries outside of it stay as they are. */
  root: string
  isGone(file: string): boolean
}

/** The baseline after an action; entries that stay, or whose file was renamed, keep the reason that a person wrote. */
export function updateBaseline(findings: readonly Finding[], before: readonly BaselineEntry[], { adds, root, isGone }: Update): BaselineEntry[] {
  const mine = before.filter(within(root))
  const { baselined, fresh, moved } = applyBaseline(findings, mine, isGone)
  const byPrint = new Map(mine.map((entry) => [entry.fp, entry]))
  const movedFrom = new Map(moved.map(({ entry, finding }) => [finding, entry]))
  const kept = baselined.map((finding) => byPrint.get(finding.fingerprint) ?? { ...movedFrom.get(finding), ...baselineEntry(finding, root) })
  return [...before.filter((entry) => !mine.includes(entry)), ...kept, ...(adds ? fresh.map((finding) => baselineEntry(finding, root)) : [])]
}

/** Tells whether a baseline entry speaks of the audited folder. */
export function within(root: string): (entry: BaselineEntry) => boolean {
  return ({ file }) => root === '.' || file.startsWith(`${root}/`)
}

/** A path from the git root as one from the audited folder. */
export function belowRoot(root: string, file: string): string {
  return root === '.' ? file : file.slice(root.length + 1)
}
