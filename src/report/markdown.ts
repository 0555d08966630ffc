import type { Finding, Report, Verdict } from '../model/report.js'
import { frame } from './frame.js'
import { byReason, checksText, clean, countSeverities, countsText, deployedText, GLYPH, leftOutText, plural, worstFirst } from './text.js'

/** A job summary over 1 MiB is refused as a whole: stay below it. */
const MOST_BYTES = 1_000_000
const NO_PAINT = { dim: (text: string) => text, primary: (text: string) => text, secondary: (text: string) => text }

function bytes(text: string): number {
  return new TextEncoder().encode(text).length
}

/** Text in which only code spans (`x`) keep their meaning. */
function prose(content: string): string {
  return clean(content).split(/(`[^`]+`)/).map((part) => (/^`[^`]+`$/.test(part) ? span(part.slice(1, -1)) : escaped(part))).join('')
}

function escaped(content: string): string {
  return content.replace(/[\\`*_[\]|~#]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An inline code span whose fence is longer than any run of backticks in it. */
function span(content: string): string {
  const shown = clean(content).replaceAll('|', '\\|')
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${shown} ${fence}` : `${fence}${shown}${fence}`
}

function block(lines: string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${lines.join('\n')}\n${fence}\n\n`
}

function table({ questions, coverage }: Report): string {
  const rows = questions.map((verdict) => `| ${verdict.number}. ${prose(verdict.title)} | ${GLYPH[verdict.verdict]} ${verdict.verdict} | ${coverage.entries > 0 ? checksText(verdict) : '–'} | ${prose(verdict.why)} |`)
  return ['| question | verdict | checks | why |', '|---|---|---|---|', ...rows, '', ''].join('\n')
}

function findingBlock(finding: Finding, { sources }: Report): string {
  const { severity, rule, symbol, location, message, trace, fix, docs, confidence } = finding
  const end = trace.at(-1)
  const marks = [{ location, label: symbol, primary: true }, ...(end ? [{ location: end.location, label: end.message, primary: false }] : [])]
  const code = frame(marks, sources, 100, NO_PAINT)
  const id = /^https?:\/\/[^\s()<>]+$/.test(docs) ? `[${rule}](${docs})` : rule
  const way = trace.map((step) => `${prose(step.message)} (${span(`${step.location.file}:${step.location.line}`)})`).join(' → ')
  return [
    `**${severity}** ${id} (${confidence} confidence) · ${span(symbol)} at ${span(`${location.file}:${location.line}`)}\n\n${prose(message)}\n\n`,
    code.length > 0 ? block(code) : '',
    way && `Way: ${way}\n\n`,
    deployedText(finding) && `Runs: ${prose(deployedText(finding))}\n\n`,
    `Fix: ${prose(fix)}\n\n`,
  ].join('')
}

const findingsOf = ({ id }: Verdict, { findings }: Report): Finding[] => findings.filter(({ question }) => question === id)

/** The findings of a question as one fold, with as many of the worst as fit; undefined where not even one does. */
function questionSection(question: Verdict, report: Report, room: number): string | undefined {
  const findings = findingsOf(question, report).sort(worstFirst)
  if (findings.length === 0) return ''
  const open = `<details${question.verdict === 'fail' ? ' open' : ''}>\n<summary>${question.number}. ${prose(question.title)} (${countsText(countSeverities(findings))})</summary>\n\n`
  const end = '</details>\n\n'
  let body = ''
  let shown = 0
  let used = bytes(open + end) + 100
  for (const finding of findings) {
    const next = findingBlock(finding, report)
    used += bytes(next)
    if (used > room) break
    body += next
    shown++
  }
  if (shown === 0) return undefined
  const rest = findings.length - shown
  return `${open}${body}${rest > 0 ? `${plural(rest, 'further finding')} left out for size.\n\n` : ''}${end}`
}

function list(title: string, lines: string[]): string {
  return lines.length > 0 ? `<details>\n<summary>${title}</summary>\n\n${lines.map((line) => `- ${line}`).join('\n')}\n\n</details>\n\n` : ''
}

function coverage({ coverage: { files, parsed, entries, request, gaps, skipped } }: Report): string[] {
  const open = byReason(gaps).map(({ reason, count }) => `${count} × ${prose(reason)}`)
  const left = byReason(skipped).map(({ reason, count }) => `${count} ${prose(reason)}`)
  return [
    `${plural(files, 'file')}, ${parsed} parsed, ${plural(entries, 'entry', 'entries')}`,
    `${request.callsResolved} of ${plural(request.callsTotal, 'call')} on request paths resolved`,
    ...(open.length > 0 ? [`gaps: ${open.join(', ')}`] : []),
    ...(left.length > 0 ? [`left out: ${left.join(', ')}`] : []),
  ]
}

function evidence({ questions }: Report): string[] {
  return questions.flatMap(({ number, evidence: rows }) =>
    rows.map(({ message, location }) => `${number}. ${prose(message)}${location ? ` (${span(`${location.file}:${location.line}`)})` : ''}`.replace(/^(\d)\./, '$1\\.')),
  )
}

function notices(report: Report): string[] {
  return report.notices.map(({ id, message, location }) => `${location ? `${span(`${location.file}:${location.line}`)}: ` : ''}${prose(message)} (${span(id)})`)
}

/** A job summary: the verdicts, then a fold for each question, cut by whole sections where it would be too long. */
export function markdown(report: Report): string {
  const left = leftOutText(report)
  const head = `## ${prose(report.tool.name)}\n\n${countsText(countSeverities(report.findings))}${left ? ` (${left})` : ''}${report.complete ? '' : '. **The run is not complete.**'}\n\n`
  const sections = [table(report), list('Notices', notices(report)), list('Evidence', evidence(report)), list('Coverage', coverage(report))]
  let used = bytes(head) + 200
  const kept = sections.filter((section) => {
    const fits = used + bytes(section) <= MOST_BYTES
    if (fits) used += bytes(section)
    return fits
  })
  const cut: string[] = sections.length > kept.length ? ['a section of the report'] : []
  const folds = report.questions.map((question) => {
    const section = questionSection(question, report, MOST_BYTES - used)
    if (section === undefined) cut.push(`question ${question.number} (${plural(findingsOf(question, report).length, 'finding')})`)
    used += bytes(section ?? '')
    return section ?? ''
  })
  const [first = '', ...rest] = kept
  return `${head}${first}${folds.join('')}${rest.join('')}${cut.length > 0 ? `Left out for size: ${cut.join(', ')}.\n` : ''}`
}
