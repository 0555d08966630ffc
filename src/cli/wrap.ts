/** Breaks prose at words; keeps paragraphs and indented lines. */
export function wrap(text: string, width: number, indent = ''): string {
  return text.trim().split('\n').map((line) => (line.startsWith('  ') ? indent + line : wrapLine(line, width, indent))).join('\n')
}

function wrapLine(line: string, width: number, indent: string): string {
  const rows: string[] = ['']
  for (const word of line.split(' ')) {
    const last = rows.at(-1) ?? ''
    if (last && indent.length + last.length + word.length + 1 > width) rows.push(word)
    else rows[rows.length - 1] = last ? `${last} ${word}` : word
  }
  return rows.map((row) => (row ? indent + row : row)).join('\n')
}
