/** Columns as wide as their widest cell; the first row is the head. */
export function table(rows: string[][]): string {
  const [head = []] = rows
  const widths = head.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: string[]) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ').trimEnd()
  return `${rows.map(line).join('\n')}\n`
}
