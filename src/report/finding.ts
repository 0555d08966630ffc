import type { Finding, Step } from '../model/report.js'
import { pageInPackage } from '../model/pages.js'
import type { Location } from '../model/site.js'
import { frame, type Mark } from './frame.js'
import type { RenderOptions } from './options.js'
import type { Paint } from './paint.js'
import { clean, deployedText, place, plural, wrap } from './text.js'

const INDENT = '    '
const LABEL = 7
/** So many places beside its own go into a finding's frame. */
const OTHER_MARKS = 3
/** And so many that are in no frame are listed, unless --verbose asks for all. */
const OTHER_STEPS = 2

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
function head(finding: Finding, options: RenderOptions, paint: Paint): string[] {
  const { rule, severity, confidence, location, symbol } = finding
  const id = paint.link(paint.chalk.bold(rule), pageOf(finding, options))
  const sure = `${confidence} confidence`
  const what = `  ${paint.severity[severity](severity)} ${id} ${paint.chalk.dim(`· ${sure} ·`)} ${clean(symbol)}`
  const where = `at ${clean(place(location))}`
  const length = [severity, rule, sure, clean(symbol), where].join(' ').length + 6
  return length <= options.width ? [`${what} ${paint.chalk.dim(where)}`] : [what, `${INDENT}${paint.chalk.dim(where)}`]
}

/** Findings of one rule in few lines: what, where, why; the fix once. */
export function foldedFindings(findings: readonly Finding[], options: RenderOptions, paint: Paint): string[] {
  const [first] = findings
  if (!first) return []
  const { rule, severity } = first
  const room = options.width - INDENT.length
  const head = `  ${paint.severity[severity](severity)} ${paint.link(paint.chalk.bold(rule), pageOf(first, options))} ${paint.chalk.dim(`· ${plural(findings.length, 'finding')}`)}`
  // Those with one fix stand together, and it is said once.
  const fixes = [...new Set(findings.map(({ fix }) => fix))]
  return [head, ...fixes.flatMap((fix, index) => [
    ...(index > 0 ? [''] : []),
    ...findings.filter((finding) => finding.fix === fix).flatMap((finding) => folded(finding, options, paint)),
    ...labelled('fix', wrap(fix, room - LABEL), paint),
  ])]
}

/** What, where, why; a message that names the thing needs it said no second time. */
function folded({ symbol, message, location }: Finding, options: RenderOptions, paint: Paint): string[] {
  const at = `(${clean(place(location))})`
  const why = wrap(message, options.width - INDENT.length - 2).map((line) => `${INDENT}  ${paint.chalk.dim(line)}`)
  if (!message.startsWith(`${symbol} `)) return [...oneLine(clean(symbol), at, options.width, paint), ...why]
  const [first = '', ...rest] = wrap(message, options.width - INDENT.length)
  const last = rest.at(-1) ?? first
  const lines = [INDENT + first, ...rest.map((line) => `${INDENT}${line}`)]
  const fits = INDENT.length + last.length + 1 + at.length <= options.width
  return fits ? [...lines.slice(0, -1), `${INDENT}${last} ${paint.chalk.dim(at)}`] : [...lines, `${INDENT}  ${paint.chalk.dim(at)}`]
}

function oneLine(what: string, where: string, width: number, paint: Paint): string[] {
  const fits = INDENT.length + what.length + 1 + where.length <= width
  return fits ? [`${INDENT}${what} ${paint.chalk.dim(where)}`] : [INDENT + what, `${INDENT}  ${paint.chalk.dim(where)}`]
}

/** The page of a finding's rule as something that can be opened, where it is known where pages lie. */
function pageOf({ docs }: Finding, { docsBase }: RenderOptions): string {
  const own = pageInPackage(docs)
  return own === undefined || docsBase === undefined ? docs : docsBase + own
}

/** Everything about one finding: what, where in the code, the way from the route, the fix. */
export function fullFinding(finding: Finding, sources: ReadonlyMap<string, string>, options: RenderOptions, paint: Paint): string[] {
  const { width } = options
  const room = width - INDENT.length
  const tone = { dim: paint.chalk.dim, primary: paint.severity[finding.severity], secondary: paint.chalk.cyan }
  const marks = marksOf(finding)
  const code = frame(marks, sources, room, tone)
  const drawn = options.verbose ? [] : marks.filter(({ location }) => sources.has(location.file))
  const undrawn = finding.related.filter((step) => !drawn.some(({ location }) => same(location, step.location)))
  const shownSteps = options.verbose ? undrawn : undrawn.slice(0, OTHER_STEPS)
  const more = undrawn.length - shownSteps.length
  return [
    ...head(finding, options, paint),
    ...wrap(finding.message, room).map((line) => INDENT + line),
    ...(code.length > 0 ? ['', ...code.map((line) => INDENT + line), ''] : []),
    ...steps('way', finding.trace, width, paint),
    ...steps('see', shownSteps, width, paint),
    ...(more > 0 ? labelled('', [paint.chalk.dim(`${more} more, --verbose shows all`)], paint) : []),
    ...labelled('runs', wrap(deployedText(finding), room - LABEL), paint),
    ...labelled('causes', finding.causes.length > 0 ? wrap(finding.causes.join(', '), room - LABEL) : [], paint),
    ...labelled('fix', wrap(finding.fix, room - LABEL), paint),
  ]
}
