import type { Location, Site } from '../model/site.js'

/** Offsets at which the lines of a text start. CR LF, LF and a lone CR end a line. */
function lineStarts(text: string): number[] {
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length)
  return starts
}

/** Index of the last start at or before the offset. */
function lineAt(starts: number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** From offsets to lines and columns; the table of a file is made when it is first asked for. */
export function locator(readText: (file: string) => string): (site: Site) => Location {
  const tables = new Map<string, { starts: number[]; length: number }>()
  const tableOf = (file: string) => {
    const known = tables.get(file)
    if (known) return known
    const text = readText(file)
    const table = { starts: lineStarts(text), length: text.length }
    tables.set(file, table)
    return table
  }
  return ({ file, start, end }) => {
    const { starts, length } = tableOf(file)
    const place = (offset: number) => {
      const inside = Math.max(0, Math.min(offset, length))
      const index = lineAt(starts, inside)
      return { line: index + 1, column: inside - (starts[index] ?? 0) + 1 }
    }
    const from = place(start)
    const to = place(Math.max(start, end))
    return { file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
  }
}
