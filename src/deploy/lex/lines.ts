/** Lines of words with offsets, for the formats that are no more than that (HAProxy, Caddyfile, Apache, systemd, env files). */
export interface Line {
  words: { text: string; start: number; end: number }[]
  start: number
  /** After the last word. */
  end: number
  /** White space in front. */
  indent: number
}

/** Splits a text into its lines that hold words; comments begin with one of `comments`. Quotes hold blanks together. */
export function wordLines(text: string, comments = '#'): Line[] {
  const lines: Line[] = []
  let offset = 0
  for (const raw of text.split('\n')) {
    const words = wordsOf(raw, offset, comments)
    const [first, last] = [words[0], words.at(-1)]
    if (first && last) lines.push({ words, start: first.start, end: last.end, indent: first.start - offset })
    offset += raw.length + 1
  }
  return lines
}

function wordsOf(raw: string, offset: number, comments: string): Line['words'] {
  const words: Line['words'] = []
  for (const match of raw.matchAll(/"(?:\\.|[^"\\])*"|'[^']*'|(?:\\.|[^\s"'\\]|"(?:\\.|[^"\\])*"|'[^']*'|["'\\])+/g)) {
    const [word] = match
    if (comments.includes(word[0] ?? '')) break
    const start = offset + match.index
    words.push({ text: word.replace(/^(["'])([\s\S]*)\1$/, '$2'), start, end: start + word.length })
  }
  return words
}
