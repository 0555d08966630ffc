/**
 * Blanks `{{ … }}` so that a chart's template reads as YAML with unchanged offsets: a line of actions alone becomes empty,
 * an action inside a line becomes underscores (a value nobody knows).
 */
export function blankTemplate(text: string): string {
  const action = /\{\{[\s\S]*?\}\}/g
  const filled = text.replace(action, (match) => match.replace(/[^\n\r]/g, UNKNOWN))
  const original = text.split('\n')
  return filled.split('\n').map((line, index) => (isActionOnly(line, original[index] ?? '') ? line.replace(/[^\r]/g, ' ') : line)).join('\n')
}

const UNKNOWN = '_'

/** A line that holds nothing but blanked actions; a line with underscores of its own has them in the original too. */
function isActionOnly(line: string, original: string): boolean {
  return line !== original && /^[\s_]*$/.test(line)
}
