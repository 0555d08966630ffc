import type { Finding } from '../model/finding.js'
import type { Notice, Suppressed } from '../model/report.js'
import { type Comment, type Directive, readDirectives } from './directives.js'
import { globMatcher } from './globs.js'
import { type DeclaredEntry, Intent } from './intent.js'

export type { Comment } from './directives.js'

/** A row of `ignores` in the config. */
export interface Ignore {
  rule: string
  files?: string[]
  symbol?: string
  reason: string
  until?: string
}

export interface SuppressionInput {
  findings: readonly Finding[]
  comments: readonly Comment[]
  ignores: readonly Ignore[]
  /** Files that keep state on purpose. */
  stateful: readonly { files: string[]; reason: string }[]
  /** Entries that the config calls safe to repeat. */
  idempotent?: readonly DeclaredEntry[]
  /** `YYYY-MM-DD`. */
  today: string
  /** Every rule there is: a comment for another one is a mistake. */
  knownRules: readonly string[]
  /** The rules that ran in this run; all by default. Only for these can a suppression be called unused. */
  ranRules?: readonly string[]
}

export interface SuppressionResult {
  findings: Finding[]
  suppressed: Suppressed[]
  statefulByDesign: Suppressed[]
  notices: Notice[]
}

type Matcher = (finding: Finding) => Suppressed | undefined

function speaksFor(directive: Directive, { rule, location }: Finding): boolean {
  if (directive.file !== location.file || !directive.rules.includes(rule)) return false
  return directive.wholeFile || (location.line >= directive.lines.from && location.line <= directive.lines.to)
}

/** A comment at the end of a line that has such a finding speaks for this line alone, not for the next. */
function narrow(directive: Directive, findings: readonly Finding[]): Directive {
  const own = { ...directive, lines: { ...directive.lines, to: directive.ownEnd } }
  return !directive.wholeFile && findings.some((finding) => speaksFor(own, finding)) ? own : directive
}

/** The nearest comment wins: a line's own before the file's. */
function byComment(directives: readonly Directive[], used: Set<string>): Matcher {
  const ordered = [...directives].sort((a, b) => Number(a.wholeFile) - Number(b.wholeFile))
  return (finding) => {
    const match = ordered.find((directive) => speaksFor(directive, finding))
    if (!match) return undefined
    used.add(useOf(match, finding.rule))
    return { finding, reason: match.reason, by: 'comment', location: match.location }
  }
}

function useOf({ file, location }: Directive, rule: string): string {
  return `${file}:${location.line}:${rule}`
}

/** Where the comment was perhaps meant to stand: the nearest finding of the rule in its file. */
function nearestLine({ file, lines }: Directive, rule: string, findings: readonly Finding[]): number | undefined {
  const found = findings.filter((finding) => finding.rule === rule && finding.location.file === file).map(({ location }) => location.line)
  return found.sort((a, b) => Math.abs(a - lines.to) - Math.abs(b - lines.to))[0]
}

function unusedText(directive: Directive, rule: string, findings: readonly Finding[]): string {
  const line = nearestLine(directive, rule, findings)
  return line === undefined ? `nothing to ignore for ${rule}: remove the comment` : `nothing to ignore for ${rule} here; it is found on line ${line}: put the comment on the line above it`
}

function unusedComments(directives: readonly Directive[], used: ReadonlySet<string>, ran: (rule: string) => boolean, left: readonly Finding[]): Notice[] {
  return directives.flatMap((directive) =>
    directive.rules
      .filter((rule) => ran(rule) && !used.has(useOf(directive, rule)))
      .map((rule): Notice => ({ id: 'suppression-unused', message: unusedText(directive, rule, left), location: directive.location })),
  )
}

function byConfig(ignores: readonly Ignore[], used: Set<Ignore>): Matcher {
  const rows = ignores.map((row) => ({ row, inFiles: row.files ? globMatcher(row.files) : () => true }))
  return (finding) => {
    const { rule, symbol, location } = finding
    const match = rows.find(({ row, inFiles }) => row.rule === rule && (row.symbol === undefined || row.symbol === symbol) && inFiles(location.file))
    if (!match) return undefined
    used.add(match.row)
    return { finding, reason: match.row.reason, by: 'config' }
  }
}

function nameOf({ rule, files, symbol }: Ignore): string {
  return [rule, ...(symbol ? [symbol] : []), ...(files ? [`in ${files.join(', ')}`] : [])].join(' ')
}

function ignoreNotices(ignores: readonly Ignore[], used: ReadonlySet<Ignore>, ran: (rule: string) => boolean, today: string): Notice[] {
  return ignores.flatMap((row): Notice[] => {
    if (isOver(row, today)) return [{ id: 'ignore-expired', message: `the config ignored ${nameOf(row)} until ${row.until}: mend the finding or set a new day` }]
    if (used.has(row) || !ran(row.rule)) return []
    return [{ id: 'ignore-unused', message: `the config ignores ${nameOf(row)}, which is not found: remove the row` }]
  })
}

function isOver({ until }: Ignore, today: string): boolean {
  return until !== undefined && until < today
}

function byDesign(stateful: SuppressionInput['stateful']): Matcher {
  const rows = stateful.map(({ files, reason }) => ({ inFiles: globMatcher(files), reason }))
  return (finding) => {
    const match = rows.find(({ inFiles }) => inFiles(finding.location.file))
    return match && { finding, reason: match.reason, by: 'stateful' }
  }
}

/** Comments first, then the config's `ignores`, then files that are stateful by design. What is wrong or unused becomes a notice. */
export function applySuppressions(input: SuppressionInput): SuppressionResult {
  const { comments, ignores, knownRules, today, ranRules = knownRules } = input
  const { directives: written, notices } = readDirectives(comments, new Set(knownRules), today)
  const directives = written.map((directive) => narrow(directive, input.findings))
  const usedComments = new Set<string>()
  const usedIgnores = new Set<Ignore>()
  const intent = new Intent(comments, input.idempotent ?? [])
  const matchers = [byComment(directives, usedComments), (finding: Finding) => intent.match(finding), byConfig(ignores.filter((row) => !isOver(row, today)), usedIgnores), byDesign(input.stateful)]
  const result: SuppressionResult = { findings: [], suppressed: [], statefulByDesign: [], notices: [] }
  for (const finding of input.findings) {
    const hit = firstHit(matchers, finding)
    if (!hit) result.findings.push(finding)
    else if (hit.by === 'stateful') result.statefulByDesign.push(hit)
    else result.suppressed.push(hit)
  }
  const ran = (rule: string) => ranRules.includes(rule)
  result.notices = [...notices, ...intent.notices(ranRules.includes('non-idempotent-post')), ...unusedComments(directives, usedComments, ran, result.findings), ...ignoreNotices(ignores, usedIgnores, ran, today)]
  return result
}

function firstHit(matchers: readonly Matcher[], finding: Finding): Suppressed | undefined {
  for (const matcher of matchers) {
    const hit = matcher(finding)
    if (hit) return hit
  }
  return undefined
}
