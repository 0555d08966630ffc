/** A directive of nginx (`name args;` or `name args { … }`), with offsets. */
export interface NginxDirective {
  name: string
  args: { text: string; start: number; end: number }[]
  /** From the name to the end of the last argument. */
  start: number
  end: number
  block?: NginxDirective[]
}

type Word = { text: string; start: number; end: number; quoted: boolean }

export function parseNginx(text: string): { directives: NginxDirective[]; errors: { message: string; at: number }[] } {
  const errors: { message: string; at: number }[] = []
  const words = [...lex(text)]
  let at = 0

  const block = (nested: boolean): NginxDirective[] => {
    const found: NginxDirective[] = []
    let pending: Word[] = []
    for (; at < words.length; at++) {
      const word = words[at] as Word
      const mark = word.quoted ? '' : word.text
      if (mark === ';' || mark === '{') {
        const directive = toDirective(pending)
        pending = []
        if (mark === '{') {
          at++
          const inner = block(true)
          if (directive) directive.block = inner
        }
        if (directive) found.push(directive)
      } else if (mark === '}') {
        if (nested) return found
        errors.push({ message: 'unexpected }', at: word.start })
      } else pending.push(word)
    }
    if (nested) errors.push({ message: 'missing }', at: text.length })
    return found
  }
  return { directives: block(false), errors }
}

function toDirective([name, ...args]: Word[]): NginxDirective | undefined {
  if (!name) return undefined
  const end = (args.at(-1) ?? name).end
  return { name: name.text, args: args.map(({ text, start, end: stop }) => ({ text, start, end: stop })), start: name.start, end }
}

function* lex(text: string): Generator<Word> {
  const token = /\s+|#[^\n]*|[;{}]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?:\\.|\$\{\w+\}|[^\s;{}])+/g
  for (const match of text.matchAll(token)) {
    const [raw] = match
    if (/^[\s#]/.test(raw)) continue
    const quoted = /^["']/.test(raw)
    yield { text: quoted ? raw.slice(1, -1) : raw, start: match.index, end: match.index + raw.length, quoted }
  }
}

/** Every directive below, with the blocks that hold it, outermost first. */
export function* walkNginx(directives: NginxDirective[], holders: NginxDirective[] = []): Generator<{ directive: NginxDirective; holders: NginxDirective[] }> {
  for (const directive of directives) {
    yield { directive, holders }
    if (directive.block) yield* walkNginx(directive.block, [...holders, directive])
  }
}
