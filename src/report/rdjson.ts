import type { Report, Step } from '../model/report.js'
import type { Location } from '../model/site.js'
import { byPlace, fromGitRoot, isUrl } from './text.js'

const SEVERITY = { error: 'ERROR', warning: 'WARNING', info: 'INFO' }

/** The format counts bytes of UTF-8; where the line is known, columns are turned into them. */
function byteColumn(lines: string[] | undefined, line: number, column: number): number {
  const text = lines?.[line - 1]
  return text === undefined ? column : new TextEncoder().encode(text.slice(0, column - 1)).length + 1
}

/** Reviewdog diagnostics. */
export function rdjson({ findings, root, sources, tool }: Report): string {
  const tables = new Map<string, string[]>()
  const linesOf = (file: string) => {
    if (!tables.has(file) && sources.has(file)) tables.set(file, (sources.get(file) ?? '').split(/\r\n|\n|\r/))
    return tables.get(file)
  }
  const position = (file: string, line: number, column: number) => ({ line, column: byteColumn(linesOf(file), line, column) })
  const where = ({ file, line, column, endLine, endColumn }: Location) => ({
    path: fromGitRoot(root, file),
    range: { start: position(file, line, column), end: position(file, endLine, endColumn) },
  })
  const related = ({ message, location }: Step) => ({ message, location: where(location) })
  const diagnostics = [...findings].sort(byPlace).map((finding) => ({
    message: `${finding.symbol}: ${finding.message}\nfix: ${finding.fix}`,
    location: where(finding.location),
    severity: SEVERITY[finding.severity],
    code: { value: finding.rule, ...(isUrl(finding.docs) && { url: finding.docs }) },
    ...(finding.trace.length + finding.related.length > 0 && { related_locations: [...finding.trace, ...finding.related].map(related) }),
  }))
  return `${JSON.stringify({ source: { name: tool.name }, diagnostics }, null, 2)}\n`
}
