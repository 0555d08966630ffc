const MOST = 50

interface Problem {
  code: string
  pos: [number, number]
}

/**
 * A bracket that closes a list or map on a line of its own, no deeper than the key before it, is an error to one parser and none to those
 * of AWS and Python. It is put behind what stands before it; all places in the text stay as they are.
 */
export function withClosed<T>(text: string, parse: (text: string) => T, problems: (parsed: T) => readonly Problem[]): T {
  let shown = text
  for (let round = 0; ; round++) {
    const parsed = parse(shown)
    const at = problems(parsed).find(({ code, pos }) => code === 'BAD_INDENT' && /[\]}]/.test(shown.charAt(pos[0])))?.pos[0]
    const drawn = at === undefined || round === MOST ? shown : drawnUp(shown, at)
    if (drawn === shown) return parsed
    shown = drawn
  }
}

/** Blanks instead of the ends of line before a place. */
function drawnUp(text: string, at: number): string {
  const from = text.slice(0, at).trimEnd().length
  return text.slice(0, from) + text.slice(from, at).replace(/[\r\n]/g, ' ') + text.slice(at)
}
