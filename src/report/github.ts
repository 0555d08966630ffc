import type { Finding, Report } from '../model/report.js'
import type { RenderOptions } from './options.js'
import { terminal } from './terminal.js'
import { countSeverities, countsText, deployedText, fromGitRoot, leftOutText, plural, seeText, worstFirst } from './text.js'

/** GitHub keeps ten errors and ten warnings of a step and drops the rest without a word. */
const MOST = 10
const LOG_WIDTH = 120
const COMMAND = { error: 'error', warning: 'warning', info: 'notice' }

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function command(finding: Finding, root: string): string {
  const { location, severity, rule, symbol, message, fix } = finding
  const properties = {
    file: fromGitRoot(root, location.file), line: location.line, endLine: location.endLine,
    // GitHub ignores columns of a range over several lines.
    ...(location.line === location.endLine && { col: location.column, endColumn: location.endColumn }),
    title: `${rule}: ${symbol}`,
  }
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${COMMAND[severity]} ${list.join(',')}::${data([message, deployedText(finding) && `runs ${deployedText(finding)}`, `fix: ${fix}`, seeText(finding)].filter(Boolean).join('\n'))}`
}

function noticeCommand({ location, message, id }: Report['notices'][number], root: string): string {
  const where = location ? ` file=${property(fromGitRoot(root, location.file))},line=${location.line},title=${property(id)}` : ` title=${property(id)}`
  return `::notice${where}::${data(message)}`
}

/** A line of the log that the runner would take for a command of ours, because audited code is called so. */
function harmless(line: string): string {
  return line.replace(/^(\s*)(::|##\[)/, '$1\u200b$2')
}

/** Workflow commands: the worst ten become annotations; then the report as people read it in the log, and a line that counts. */
export function github(report: Report, options: RenderOptions): string {
  const { findings, root, notices, questions } = report
  const sorted = [...findings].sort(worstFirst)
  const more = sorted.length - MOST
  const verdicts = questions.map(({ id, verdict }) => `${id} ${verdict}`).join(', ')
  const left = leftOutText(report)
  const summary = `stateless-audit: ${countsText(countSeverities(findings))}${more > 0 ? ` (${plural(more, 'finding')} not annotated)` : ''}${left ? `; ${left}` : ''}${verdicts ? `; ${verdicts}` : ''}`
  const log = terminal(report, { ...options, width: Math.max(options.width, LOG_WIDTH), color: false, links: false }).trimEnd().split('\n').map(harmless)
  const lines = [...sorted.slice(0, MOST).map((finding) => command(finding, root)), ...notices.slice(0, MOST).map((notice) => noticeCommand(notice, root)), ...log, '', summary]
  return `${lines.join('\n')}\n`
}
