import type { Finding, Step } from '../model/report.js'
import type { Location } from '../model/site.js'
import { frame, type Mark } from './frame.js'
import type { RenderOptions } from './options.js'
import type { Paint } from './paint.js'
import { clean, isUrl, place, wrap } from './text.js'

const INDENT = '    '
const LABEL = 7
/** So many places beside its own go into a finding's frame. */
const OTHER_MARKS = 3

function same(a: Location, b: Location): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column
}

/** The declaration, the end of the way (the write), then what is related. */
function marksOf({ location, trace, related, symbol }: Finding): Mark[] {
  const end = trace.at(-1)
  const others: Step[] = [...(end ? [end] : []), ...related].filter((step) => !same(step.location, location))
  const own = [...trace, ...related].find((step) => same(step.location, location))
  return [
    { location, label: own?.message ?? symbol, primary: true },
    ...others.slice(0, OTHER_MARKS).map((step) => ({ location: step.location, label: step.message, primary: false })),
  ]
}

function labelled(label: string, lines: string[], paint: Paint): string[] {
  return lines.map((line, index) => `${INDENT}${paint.chalk.dim((index === 0 ? label : '').padEnd(LABEL))}${line}`)
}

/** Steps with their places in a column of their own where the width allows. */
function steps(label: string, list: readonly Step[], width: number, paint: Paint): string[] {
  const room = width - INDENT.length - LABEL
  const rows = list.map(({ message, location }, index) => ({ text: `${label === 'way' && index > 0 ? '→ ' : ''}${clean(message)}`, at: clean(place(location)) }))
  const column = Math.min(Math.max(0, ...rows.map(({ text }) => text.length)), Math.floor(room * 0.6))
  const lines = rows.flatMap(({ text, at }) => {
    if (text.length <= column && column + 2 + at.length <= room) return [`${text.padEnd(column)}  ${paint.chalk.dim(at)}`]
    return [...wrap(text, room), `  ${paint.chalk.dim(at)}`]
  })
  return labelled(label, lines, paint)
}

/** What it is, and where; the place goes to a line of its own where the width asks for it. */
function head(finding: Finding, width: number, paint: Paint): string[] {
  const { rule, severity, confidence, location, symbol, docs } = finding
  const id = paint.link(paint.chalk.bold(rule), docs)
  const sure = `${confidence} confidence`
  const what = `  ${paint.severity[severity](severity)} ${id} ${paint.chalk.dim(`· ${sure} ·`)} ${clean(symbol)}`
  const where = `at ${clean(place(location))}`
  const length = [severity, rule, sure, clean(symbol), where].join(' ').length + 6
  return length <= width ? [`${what} ${paint.chalk.dim(where)}`] : [what, `${INDENT}${paint.chalk.dim(where)}`]
}

/** One line that still says what, where and why. */
export function foldedFinding(finding: Finding, width: number, paint: Paint): string {
  const { rule, severity, location, message, docs } = finding
  const start = `${severity} ${rule} ${clean(location.file)}:${location.line} `
  const room = Math.max(10, width - start.length - 2)
  const text = clean(message)
  const shown = text.length > room ? `${text.slice(0, room - 1)}…` : text
  return `  ${paint.severity[severity](severity)} ${paint.link(rule, docs)} ${paint.chalk.dim(`${clean(location.file)}:${location.line}`)} ${shown}`
}

/** Everything about one finding: what, where in the code, the way from the route, the fix. */
export function fullFinding(finding: Finding, sources: ReadonlyMap<string, string>, options: RenderOptions, paint: Paint): string[] {
  const { width, links } = options
  const room = width - INDENT.length
  const tone = { dim: paint.chalk.dim, primary: paint.severity[finding.severity], secondary: paint.chalk.cyan }
  const marks = marksOf(finding)
  const code = frame(marks, sources, room, tone)
  const drawn = options.verbose ? [] : marks.filter(({ location }) => sources.has(location.file))
  const undrawn = finding.related.filter((step) => !drawn.some(({ location }) => same(location, step.location)))
  const showUrl = finding.docs !== '' && !(links && isUrl(finding.docs))
  return [
    ...head(finding, width, paint),
    ...wrap(finding.message, room).map((line) => INDENT + line),
    ...(code.length > 0 ? ['', ...code.map((line) => INDENT + line), ''] : []),
    ...steps('way', finding.trace, width, paint),
    ...steps('see', undrawn, width, paint),
    ...labelled('causes', finding.causes.length > 0 ? wrap(finding.causes.join(', '), room - LABEL) : [], paint),
    ...labelled('fix', wrap(finding.fix, room - LABEL), paint),
    ...(showUrl ? labelled('docs', [clean(finding.docs)], paint) : []),
  ]
}
