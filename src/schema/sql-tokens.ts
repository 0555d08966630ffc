/** Stands for one `${…}` of a template in SQL text. */
export const SQL_HOLE = '\uFFFC'

export interface SqlToken {
  k: 'word' | 'quoted' | 'number' | 'string' | 'param' | 'hole' | 'op'
  /** Text without quotes. */
  v: string
  /** Upper case of a bare word; the operator itself; empty for all else, so that a quoted `"select"` is no keyword. */
  u: string
  /** Offset in the text. */
  p: number
  /** For `(` the index of its `)`, or the number of tokens where it is never closed. */
  close?: number
  /** For `?` and `$1` the position (from 0) of the value; for a hole its number (from 0). */
  n?: number
}

type Scan = { k: SqlToken['k']; v: string; end: number } | { skip: number }

const closing: Record<string, string> = { '`': '`', '"': '"', "'": "'", '[': ']' }
const operators = /^(?:\|\||<=>|->>|#>>|->|#>|@>|<@|::|:=|<=|>=|<>|!=|==|\+=|-=|[-+*/%^=<>(),.;[\]{}~!&|@:#?$\\])/

/** Tokens of SQL in any dialect. Never fails: an odd character is an operator of its own. */
export function tokenizeSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = []
  const counts = { question: 0, hole: 0 }
  for (let i = 0; i < text.length;) {
    const found = scan(text, i, tokens)
    if ('skip' in found) { i = found.skip; continue }
    tokens.push(token(found.k, found.v, i, counts))
    i = found.end
  }
  return matchBrackets(tokens)
}

function token(k: SqlToken['k'], v: string, p: number, counts: { question: number; hole: number }): SqlToken {
  const u = k === 'word' ? v.toUpperCase() : k === 'op' ? v : ''
  const made: SqlToken = { k, v, u, p }
  if (k === 'hole') made.n = counts.hole++
  else if (k === 'param' && /^\?\??$/.test(v)) made.n = counts.question++
  else if (k === 'param' && /^[$?:]\d+$/.test(v)) made.n = Number(v.slice(1)) - 1
  return made
}

function scan(text: string, i: number, before: SqlToken[]): Scan {
  const c = text[i]!
  if (/\s/.test(c)) return { skip: i + 1 }
  if (c === SQL_HOLE) return { k: 'hole', v: '', end: i + 1 }
  return comment(text, i) ?? quoted(text, i, before) ?? parameter(text, i) ?? plain(text, i)
}

function comment(text: string, i: number): Scan | undefined {
  const two = text.slice(i, i + 2)
  if (two === '--' || two === '# ') return { skip: orEnd(text, text.indexOf('\n', i)) }
  if (two === '/*') return { skip: orEnd(text, text.indexOf('*/', i) + 2, text.indexOf('*/', i)) }
  return undefined
}

function orEnd(text: string, at: number, found = at): number {
  return found < 0 ? text.length : at
}

function quoted(text: string, i: number, before: SqlToken[]): Scan | undefined {
  const c = text[i]!
  if (c === '$') return dollarQuoted(text, i)
  if (/[eEnNbBxX]/.test(c) && text[i + 1] === "'") return untilQuote(text, i + 1, c === 'e' || c === 'E')
  if (c === '[') return bracketName(text, i, before)
  return c === "'" || c === '"' || c === '`' ? untilQuote(text, i, c === "'") : undefined
}

function dollarQuoted(text: string, i: number): Scan | undefined {
  const open = /^\$(?:[A-Za-z_]\w*)?\$/.exec(text.slice(i, i + 64))?.[0]
  if (open === undefined) return undefined
  const end = text.indexOf(open, i + open.length)
  return { k: 'string', v: text.slice(i + open.length, orEnd(text, end)), end: orEnd(text, end + open.length, end) }
}

function untilQuote(text: string, i: number, escapes: boolean): Scan {
  const quote = closing[text[i]!]!
  let v = ''
  for (let j = i + 1; j < text.length; j++) {
    const c = text[j]!
    if (escapes && c === '\\' && j + 1 < text.length) { v += text[++j]!; continue }
    if (c !== quote) { v += c; continue }
    if (text[j + 1] !== quote) return { k: quote === "'" ? 'string' : 'quoted', v, end: j + 1 }
    v += quote
    j++
  }
  return { k: 'string', v, end: text.length }
}

/** `[name]` of T-SQL, told from `array[1]` and `ARRAY['x']`. */
function bracketName(text: string, i: number, before: SqlToken[]): Scan | undefined {
  const last = before.at(-1)
  const touches = last !== undefined && /[\w\])]/.test(text[i - 1] ?? '')
  const name = /^\[([A-Za-z_][\w $#]*)\]/.exec(text.slice(i, i + 130))
  return name && !touches ? { k: 'quoted', v: name[1]!, end: i + name[0].length } : undefined
}

function parameter(text: string, i: number): Scan | undefined {
  const rest = text.slice(i, i + 80)
  const found = /^(?:\$\d+|\?\d*(?![?|&-])|:(?!:)[A-Za-z_]\w*|:\d+|@{1,2}[A-Za-z_]\w*|\$[A-Za-z_]\w*|%s|%\([\w]+\)s)/.exec(rest)?.[0]
  if (found === undefined || (found.startsWith(':') && text[i - 1] === ':')) return undefined
  return { k: 'param', v: found, end: i + found.length }
}

function plain(text: string, i: number): Scan {
  const rest = text.slice(i, i + 256)
  const word = /^[\p{L}_][\p{L}\p{N}_$]*/u.exec(rest)?.[0]
  if (word !== undefined) return { k: 'word', v: word, end: i + word.length }
  const number = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?/i.exec(rest)?.[0]
  if (number !== undefined) return { k: 'number', v: number, end: i + number.length }
  // Knex writes an identifier placeholder as `??`: a name that is not known, like a hole.
  if (rest.startsWith('??')) return { k: 'param', v: '??', end: i + 2 }
  const op = operators.exec(rest)?.[0] ?? text[i]!
  return { k: 'op', v: op, end: i + op.length }
}

function matchBrackets(tokens: SqlToken[]): SqlToken[] {
  const open: SqlToken[] = []
  tokens.forEach((token, index) => {
    if (token.u === '(') open.push(token)
    else if (token.u === ')') {
      const opener = open.pop()
      if (opener) opener.close = index
    }
  })
  for (const token of open) token.close = tokens.length
  return tokens
}

/** A name, maybe qualified (`"public"."users"`): its last part, and the index after it. */
export function sqlName(tokens: SqlToken[], at: number): { name?: string; next: number } {
  let name: string | undefined
  for (let i = at; ; i += 2) {
    const token = tokens[i]
    if (!token || !['word', 'quoted', 'hole', 'param', 'string'].includes(token.k)) return named(name, i)
    name = token.k === 'hole' || token.k === 'param' ? undefined : token.v
    if (tokens[i + 1]?.u !== '.') return named(name, i + 1)
  }
}

function named(name: string | undefined, next: number): { name?: string; next: number } {
  return name === undefined ? { next } : { name, next }
}

/** Parts of a token range, cut at the commas that stand outside brackets. */
export function splitAtCommas(tokens: SqlToken[]): SqlToken[][] {
  const parts: SqlToken[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.u === '(' || token.u === '[') depth++
    if (token.u === ')' || token.u === ']') depth--
    if (token.u === ',' && depth === 0) parts.push([])
    else parts.at(-1)!.push(token)
  }
  return parts.filter(part => part.length > 0)
}

/** Statements of a text, cut at `;` outside brackets, each with its own bracket indexes. */
export function splitStatements(tokens: SqlToken[]): SqlToken[][] {
  const statements: SqlToken[][] = [[]]
  for (const token of tokens) {
    if (token.u === ';') statements.push([])
    else statements.at(-1)!.push(token)
  }
  return statements.filter(statement => statement.length > 0).map(rematch)
}

/** A slice of tokens whose bracket indexes hold in the slice. */
export function rematch(tokens: SqlToken[]): SqlToken[] {
  return matchBrackets(tokens.map(token => {
    const copy = { ...token }
    delete copy.close
    return copy
  }))
}
