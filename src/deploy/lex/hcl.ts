/** HCL as far as deployment facts need it: blocks, labels and attributes with offsets. Expressions stay text. */
export interface HclBlock {
  type: string
  labels: string[]
  attributes: HclAttribute[]
  blocks: HclBlock[]
  /** Header: type and labels. */
  start: number
  end: number
}
export interface HclAttribute {
  name: string
  /** Source of the expression, trimmed; a plain string literal without its quotes. */
  value: string
  start: number
  end: number
}

interface Token {
  text: string
  start: number
  end: number
}

export function parseHcl(text: string): { root: HclBlock; errors: { message: string; at: number }[] } {
  const root: HclBlock = { type: '', labels: [], attributes: [], blocks: [], start: 0, end: 0 }
  const errors: { message: string; at: number }[] = []
  const open = [root]
  const tokens = [...lex(text)]
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at] as Token
    const holder = open.at(-1) as HclBlock
    if (token.text === '\n') at++
    else if (token.text === '}') {
      if (open.length > 1) open.pop()
      else errors.push({ message: 'unexpected }', at: token.start })
      at++
    } else if (tokens[at + 1]?.text === '=') {
      const stop = endOfExpression(tokens, at + 2)
      holder.attributes.push(toAttribute(text, token, tokens[at + 2], tokens[stop - 1]))
      at = stop
    } else at = header(tokens, at, holder, open, errors)
  }
  if (open.length > 1) errors.push({ message: 'missing }', at: text.length })
  return { root, errors }
}

function header(tokens: Token[], from: number, holder: HclBlock, open: HclBlock[], errors: { message: string; at: number }[]): number {
  let at = from
  while (at < tokens.length && !['{', '\n', '}'].includes((tokens[at] as Token).text)) at++
  const head = tokens.slice(from, at)
  const [first, last] = [head[0], head.at(-1)]
  if (tokens[at]?.text !== '{' || !first || !last) {
    errors.push({ message: `unexpected ${tokens[from]?.text ?? ''}`, at: tokens[from]?.start ?? 0 })
    return Math.max(at, from + 1)
  }
  const block: HclBlock = { type: first.text, labels: head.slice(1).map((token) => unquote(token.text)), attributes: [], blocks: [], start: first.start, end: last.end }
  holder.blocks.push(block)
  open.push(block)
  return at + 1
}

/** An expression ends with its line, unless a bracket is open. */
function endOfExpression(tokens: Token[], from: number): number {
  let depth = 0
  let at = from
  for (; at < tokens.length; at++) {
    const { text } = tokens[at] as Token
    if ('([{'.includes(text)) depth++
    else if (')]}'.includes(text) && --depth < 0) return at
    else if (depth === 0 && (text === '\n' || text === ',')) return at
  }
  return at
}

function toAttribute(text: string, name: Token, first: Token | undefined, last: Token | undefined): HclAttribute {
  const end = last?.end ?? name.end
  return { name: unquote(name.text), value: unquote(text.slice(first?.start ?? end, end)), start: name.start, end }
}

const unquote = (text: string): string => (/^"(?:\\.|[^"\\])*"$/.test(text) ? text.slice(1, -1) : text)

function* lex(text: string): Generator<Token> {
  const token = /[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\n[\s\S]*?\n[ \t]*\1\b|"(?:\\.|\$\{(?:"[^"]*"|[^}])*\}|[^"\\])*"|\n|=>|==|[=(){}[\],]|[^\s=(){}[\],"#]+|"/g
  for (const match of text.matchAll(token)) {
    const [raw] = match
    if (/^[ \t\r#]/.test(raw) || raw.startsWith('//') || raw.startsWith('/*')) continue
    yield { text: raw, start: match.index, end: match.index + raw.length }
  }
}

/** Every block below with the blocks that hold it, outermost first. */
export function* walkHcl(block: HclBlock, holders: HclBlock[] = []): Generator<{ block: HclBlock; holders: HclBlock[] }> {
  for (const inner of block.blocks) {
    yield { block: inner, holders }
    yield* walkHcl(inner, [...holders, inner])
  }
}
