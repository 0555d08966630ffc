import type { Location, Site } from '../model/site.js'
import type { CellView, Program } from '../program/program.js'

const MOST_WAYS = 20

/** Answers `trace`: the ways to a piece of state, the state that an entry changes, or why there is nothing to report. */
export const traceText = (program: Program, what: string, locate: (site: Site) => Location): string => {
  const cells = program.cells().filter((cell) => names(cell, what, locate))
  const entries = program.entries.filter((entry) => entry.symbol.toLowerCase() === what.toLowerCase())
  if (cells.length > 0) return `${cells.map((cell) => cellText(program, cell, locate)).join('\n\n')}\n`
  if (entries.length > 0) return `${entries.map((entry) => entryText(program, entry.symbol)).join('\n\n')}\n`
  return `${what}: no state of that name is written by a request or in the background, and no entry is called so. It may be written at start-up only, never, or from code that no entry reaches; \`stateless-audit entries\` and \`stateless-audit state\` list what was found.\n`
}

const names = (cell: CellView, what: string, locate: (site: Site) => Location): boolean => {
  const { file, line } = locate(cell.site)
  return cell.symbol === what || cell.symbol.endsWith(`.${what}`) || `${file}:${line}` === what
}

const cellText = (program: Program, cell: CellView, locate: (site: Site) => Location): string => {
  const at = locate(cell.site)
  const head = `${cell.symbol} (${at.file}:${at.line}), role: ${cell.role}`
  const seen = new Set<string>()
  const ways = cell.writes.flatMap((write) => {
    const way = program.reach.way(write.inst)
    if (!way) return []
    const steps = program.steps(way, { message: `writes ${cell.symbol}`, site: program.siteOf(write.inst, write.site) })
    const text = steps.map((step) => ` ${place(locate(step.site))}  ${step.message}`).join('\n')
    if (seen.has(text)) return []
    seen.add(text)
    return [text]
  })
  if (ways.length === 0) return `${head}\n no entry or timer reaches a write: not reported`
  const more = ways.length > MOST_WAYS ? `\n … and ${ways.length - MOST_WAYS} more ways` : ''
  return `${head}\n${ways.slice(0, MOST_WAYS).join('\n\n')}${more}`
}

const entryText = (program: Program, symbol: string): string => {
  const written = program.cells().filter((cell) => cell.writers.includes(symbol))
  const read = program.cells().filter((cell) => cell.readers.includes(symbol) && !written.includes(cell))
  const list = (cells: CellView[]): string => cells.map((cell) => `  ${cell.symbol} (${cell.role})`).join('\n') || '  nothing'
  return `${symbol}\n writes:\n${list(written)}\n reads:\n${list(read)}`
}

const place = (at: Location): string => `${at.file}:${at.line}:${at.column}`
