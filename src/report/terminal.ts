import type { Finding, Gap, Report, Verdict } from '../model/report.js'
import { foldedFindings, fullFinding } from './finding.js'
import type { RenderOptions } from './options.js'
import { painter, type Paint } from './paint.js'
import { byReason, clean, compare, countSeverities, countsText, evidenceText, GLYPH, isUrl, leftOutText, place, plural, reasonText, worstFirst, wrap } from './text.js'

/** Unless --verbose asks for all. */
const MOST_FINDINGS = 50
const MOST_IN_FULL = 10
const MOST_OF_A_RULE = 3
const MOST_EVIDENCE = 3
const MOST_REASONS = 5
/** Of a kind. */
const MOST_NOTICES = 5
const VERDICT_COLUMN = 10
const REVIEW = 'review: no certain error, but findings or gaps that a person should judge'
const RANK = { info: 0, warning: 1, error: 2 }
const SURE = { low: 0, medium: 1, high: 2 }
/** From so many findings on, the reader is told how to start from what is there. */
const MANY = 10

function checklist(report: Report, { width, quiet }: RenderOptions, paint: Paint): string[] {
  const { questions } = report
  const indent = ' '.repeat(VERDICT_COLUMN + 2)
  const asksForEyes = !quiet && questions.some(({ verdict }) => verdict === 'review')
  const legend = asksForEyes ? ['', ...wrap(REVIEW, width - 4).map((line) => `  ${paint.chalk.dim(line)}`)] : []
  return [...questions.flatMap((verdict) => {
    const { number, title } = verdict
    const mark = paint.verdict[verdict.verdict](`${GLYPH[verdict.verdict]} ${verdict.verdict}`.padEnd(VERDICT_COLUMN))
    const first = `  ${mark}${paint.chalk.bold(`${number}. ${title}`)}`
    if (quiet) return [first]
    return [first, ...wrap(reasonText(verdict, report), width - indent.length).map((line) => indent + paint.chalk.dim(line))]
  }), ...legend]
}

interface Selection {
  /** With code frame, way and fix. */
  full: Set<Finding>
  /** In a line or two. */
  folded: Set<Finding>
  more: number
}

/** Which findings are printed in full, which in a few lines, and how many not at all: a screen that scrolls away is read by nobody. */
function selection({ findings }: Report, { quiet, verbose, failOn }: RenderOptions): Selection {
  const asked = findings.filter(({ severity }) => !quiet || (failOn !== 'never' && RANK[severity] >= RANK[failOn]))
  const sorted = [...asked].sort(worstFirst)
  if (verbose) return { full: new Set(sorted), folded: new Set(), more: 0 }
  const ofRule = new Map<string, number>()
  const typical = sorted.filter(({ rule, severity }) => {
    const count = ofRule.get(rule) ?? 0
    ofRule.set(rule, count + 1)
    return severity !== 'info' && count < MOST_OF_A_RULE
  })
  const full = new Set(typical.slice(0, MOST_IN_FULL))
  const folded = sorted.filter((finding) => !full.has(finding)).slice(0, MOST_FINDINGS - full.size)
  return { full, folded: new Set(folded), more: sorted.length - full.size - folded.length }
}

function foldedGroups(findings: readonly Finding[], options: RenderOptions, paint: Paint): string[] {
  const rules = [...new Set(findings.map(({ rule, severity }) => `${severity} ${rule}`))]
  return rules.flatMap((key) => ['', ...foldedFindings(findings.filter(({ rule, severity }) => `${severity} ${rule}` === key), options, paint)])
}

function groupLines(verdict: Verdict, findings: Finding[], full: ReadonlySet<Finding>, report: Report, options: RenderOptions, paint: Paint): string[] {
  const title = `${verdict.number}. ${verdict.title}`
  const line = paint.chalk.dim('─'.repeat(Math.max(0, options.width - title.length - 5)))
  return [
    '',
    `${paint.chalk.dim('──')} ${paint.chalk.bold(title)} ${line}`,
    ...foldedGroups(findings.filter((finding) => !full.has(finding)).reverse(), options, paint),
    ...findings.filter((finding) => full.has(finding)).reverse().flatMap((finding) => ['', ...fullFinding(finding, report.sources, options, paint)]),
  ]
}

/** Grouped by question; the worst group and the worst finding come last, where the screen still shows them. */
function findingLines(report: Report, options: RenderOptions, paint: Paint): string[] {
  const { full, folded, more } = selection(report, options)
  const shown = [...full, ...folded].sort(worstFirst)
  const groups = report.questions
    .map((verdict) => ({ verdict, findings: shown.filter(({ question }) => question === verdict.id) }))
    .filter(({ findings }) => findings.length > 0)
    .sort((a, b) => worst(a.findings) - worst(b.findings) || a.verdict.number - b.verdict.number)
  const rest = more > 0 ? ['', paint.chalk.dim(`  ${more} more not shown; --verbose shows all`)] : []
  return [
    ...rest,
    ...groups.flatMap(({ verdict, findings }) => groupLines(verdict, findings, full, report, options, paint)),
    ...(options.links ? [] : pageLines(shown, paint)),
  ]
}

/** Where the terminal knows no links, the page of each rule once: addresses are not folded, so that they can be opened. */
function pageLines(findings: readonly Finding[], paint: Paint): string[] {
  const pages = [...new Set(findings.map(({ docs }) => docs).filter(isUrl))].sort(compare)
  return section('Rules', pages.map((page) => `  ${page}`), paint)
}

function worst([first]: Finding[]): number {
  return first ? RANK[first.severity] * 3 + SURE[first.confidence] : 0
}

function section(title: string, lines: string[], paint: Paint): string[] {
  return lines.length > 0 ? ['', paint.chalk.bold(title), ...lines] : []
}

/** A paragraph with a hanging indent; `mark` stands before its first line. */
function bullet(text: string, width: number, indent = 2, mark = ''): string[] {
  const [first = '', ...rest] = wrap(text, width - indent - 2)
  return [`${' '.repeat(indent)}${mark}${first}`, ...rest.map((line) => `${' '.repeat(indent + 2)}${line}`)]
}

function cut(lines: string[][], most: number, verbose: boolean): string[] {
  const rest = verbose ? 0 : lines.length - most
  return [...lines.slice(0, verbose ? undefined : most).flat(), ...(rest > 0 ? [`  ${rest} more; --verbose shows all`] : [])]
}

function evidenceLines({ questions }: Report, { width, verbose }: RenderOptions, paint: Paint): string[] {
  const lines = questions.flatMap(({ number, evidence }) =>
    cut(evidence.map((one) => bullet(`${number}. ${evidenceText(one)}`, width, 2, `${paint.chalk.green('✔')} `)), MOST_EVIDENCE, verbose),
  )
  return section('Evidence', lines, paint)
}

function gapLines({ coverage }: Report, { width, verbose }: RenderOptions): string[] {
  const { gaps } = coverage
  if (gaps.length === 0) return []
  const reasons = byReason(gaps).map(({ reason, count }) => {
    const located = verbose ? gaps.filter((gap) => gap.reason === reason) : []
    return [...bullet(`${count} × ${reason}`, width, 4), ...located.flatMap((gap) => gapPlace(gap, width))]
  })
  return [`  ${plural(gaps.length, 'gap')} on request paths${verbose ? '' : ' (--verbose says where)'}:`, ...cut(reasons, MOST_REASONS, verbose)]
}

function gapPlace({ location, symbol }: Gap, width: number): string[] {
  return location ? bullet(`${place(location)}${symbol ? ` ${symbol}` : ''}`, width, 8) : []
}

function coverageLines(report: Report, options: RenderOptions, paint: Paint): string[] {
  const { files, parsed, entries, request, skipped } = report.coverage
  const left = byReason(skipped).map(({ reason, count }) => `${count} ${reason}`).join(', ')
  const calls = request.callsTotal > 0 ? `, ${request.callsResolved} of ${plural(request.callsTotal, 'call')} on request paths resolved` : ''
  return section('Coverage', [
    ...bullet(`${plural(files, 'file')}${parsed < files ? ` (${parsed} parsed)` : ''}, ${plural(entries, 'entry', 'entries')}${calls}`, options.width),
    ...gapLines(report, options),
    ...(left ? bullet(`left out: ${left}`, options.width) : []),
    ...deploymentLine(report, options),
  ], paint)
}

/** What the deployment files make of state, stores and sockets, all findings together. */
function deploymentLine({ findings }: Report, { width }: RenderOptions): string[] {
  const joined = findings.flatMap(({ deployment }) => (deployment ? [{ reason: deployment.verdict }] : []))
  if (joined.length === 0) return []
  const meaning = { live: 'wrong today', masked: 'hidden by affinity', latent: 'breaks when scaled or restarted', unknown: 'no deployment file says how many instances run' }
  const kinds = byReason(joined).map(({ reason, count }) => `${count} ${reason} (${meaning[reason as keyof typeof meaning]})`)
  return bullet(`as deployed: ${kinds.join(', ')}`, width)
}

function noticeLines({ notices }: Report, { width, verbose }: RenderOptions, paint: Paint): string[] {
  const ids = [...new Set(notices.map(({ id }) => id))]
  const lines = ids.flatMap((id) => {
    const own = notices.filter((notice) => notice.id === id)
    const shown = own.map(({ message, location }) => bullet(`${location && !message.startsWith(location.file) ? `${location.file}:${location.line}: ` : ''}${message} [${id}]`, width))
    return cut(shown, MOST_NOTICES, verbose)
  })
  return section('Notices', lines, paint)
}

/** `--verbose` shows what was left out on purpose, with the reasons that were given. */
function leftOutLines({ suppressed, statefulByDesign, baselined }: Report, { width }: RenderOptions, paint: Paint): string[] {
  const reasoned = [...suppressed, ...statefulByDesign].map(({ finding, reason, by }) => ({ finding, why: `${by === 'stateful' ? 'stateful by design' : `suppressed by ${by}`}: ${reason}` }))
  const known = baselined.map((finding) => ({ finding, why: 'in the baseline' }))
  const lines = [...reasoned, ...known].flatMap(({ finding, why }) =>
    bullet(`${finding.rule} ${finding.symbol} at ${finding.location.file}:${finding.location.line}: ${why}`, width),
  )
  return section('Left out', lines, paint)
}

/** What to do next, for who sees such a report for the first time. */
function nextLines({ findings, baselined }: Report, { width }: RenderOptions, paint: Paint): string[] {
  const [first] = [...findings].sort(worstFirst)
  if (!first) return []
  const explain = `\`stateless-audit explain ${first.rule}\` says more of a rule`
  const start = findings.length >= MANY && baselined.length === 0 ? '; `stateless-audit baseline write` accepts what is there, so that only new findings fail' : ''
  return ['', ...bullet(explain + start, width, 0).map((line) => paint.chalk.dim(line))]
}

function summary(report: Report, { failOn, width }: RenderOptions, paint: Paint): string[] {
  const counts = countSeverities(report.findings)
  const failing = report.findings.filter(({ severity }) => failOn !== 'never' && RANK[severity] >= RANK[failOn]).length
  const color = failing > 0 ? paint.chalk.red : counts.warning > 0 ? paint.chalk.yellow : paint.chalk.green
  const left = leftOutText(report)
  const glyph = report.complete ? (failing > 0 ? '✖' : '✔') : '?'
  const text = `${glyph} ${countsText(counts)} in ${plural(report.coverage.files, 'file')}${report.complete ? '' : '; the run is not complete'}`
  const short = text.length + left.length + 3 <= width
  return left && short ? [`${color(paint.chalk.bold(text))} (${left})`] : [...(left ? [`  ${left}`] : []), color(paint.chalk.bold(text))]
}

/** The report for people at a screen. */
export function terminal(report: Report, asked: RenderOptions): string {
  const options = { ...asked, width: Math.max(40, Math.min(asked.width, 140)) }
  const paint = painter(options)
  const { quiet, verbose } = options
  const { tool, root } = report
  const lines = [
    ...(quiet ? [] : [`${paint.chalk.bold(tool.name)} ${tool.version}${root === '.' ? '' : ` ${paint.chalk.dim(clean(root))}`}`, '']),
    ...checklist(report, options, paint),
    ...findingLines(report, options, paint),
    ...(quiet ? [] : [...evidenceLines(report, options, paint), ...coverageLines(report, options, paint)]),
    ...(verbose ? leftOutLines(report, options, paint) : []),
    ...(quiet ? [] : noticeLines(report, options, paint)),
    ...(quiet ? [] : nextLines(report, options, paint)),
    '',
    ...summary(report, options, paint),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
