import type { Entry, ScalarNode, Tree } from '../tree.js'

/** Thrown where something is not plain enough. */
export const NOT_PLAIN = Symbol('not plain')

export function notPlain(): never {
  // oxlint-disable-next-line no-throw-literal
  throw NOT_PLAIN
}

/** Words with a meaning, however they are written: as keys they are left to the library. */
export const WORD = /^(?:true|false|null)$/i

const BLANK = /[ \n]*/y
const SPACES = / */y
/** Without escapes, on one line. */
const QUOTED = /"[^"\\\n]*"|'[^'\n]*'(?!')/y
const BARE_IN_FLOW = /[\w./$-][\w./$@ -]*/y
const KEY_IN_FLOW = /[A-Za-z_][\w./-]*(?=: )/y
const COMMENT = /(?: +#[^\n]*| *)$/my

/** A whole text of JSON, or YAML in its style. */
export function plainFlow(text: string): Tree {
  const flow = new Flow(text, 0, BLANK)
  const tree = flow.collection()
  return /^\s*$/.test(text.slice(tree.end)) ? tree : notPlain()
}

/** A value from an offset to the end of its line. */
export function scalarOf(text: string, start: number, lineEnd: number): Tree {
  const first = text[start] ?? ''
  if (/["'[{]/.test(first)) {
    const flow = new Flow(text, start, SPACES)
    const tree = first === '[' || first === '{' ? flow.collection() : flow.quoted()
    return tree && isAt(COMMENT, text, tree.end) ? tree : notPlain()
  }
  if (/^(?:[\]},&*!|>%@`#]|[-?:](?: |$))/.test(text.slice(start, start + 2).trimEnd())) notPlain()
  const line = text.slice(start, lineEnd)
  const comment = line.search(/ #/)
  const word = (comment < 0 ? line : line.slice(0, comment)).trimEnd()
  if (/:(?: |$)/.test(word)) notPlain()
  return { kind: 'scalar', value: plainValue(word), start, end: start + word.length }
}

function isAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at
  return pattern.test(text)
}

/** What a bare word means in YAML 1.2. */
function plainValue(word: string): ScalarNode['value'] {
  if (/^(?:null|Null|NULL|~)$/.test(word)) return null
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(word)) return word.toLowerCase() === 'true'
  if (/^-?\d{1,15}$/.test(word) || /^-?\d{1,9}\.\d{1,9}$/.test(word)) return Number(word)
  // Other numbers: rare, and many ways to write them.
  return /^[-+]?(?:0[xo][\da-f]+|\.?\d+\.?\d*(?:e[-+]?\d+)?|\.inf|\.nan)$/i.test(word) ? notPlain() : word
}

class Flow {
  constructor(private readonly text: string, private at: number, private readonly blank: RegExp) {}

  collection(): Tree {
    this.take(this.blank)
    const start = this.at
    const isMap = this.text[start] === '{'
    if (!isMap && this.text[start] !== '[') notPlain()
    const close = isMap ? '}' : ']'
    const entries: Entry[] = []
    const items: Tree[] = []
    this.at++
    this.take(this.blank)
    if (!this.sign(close)) {
      do {
        this.take(this.blank)
        if (isMap) entries.push(this.entry())
        else items.push(this.value())
        this.take(this.blank)
      } while (this.sign(','))
      if (!this.sign(close)) notPlain()
    }
    return isMap ? { kind: 'map', entries, start, end: this.at } : { kind: 'list', items, start, end: this.at }
  }

  quoted(): ScalarNode | undefined {
    const start = this.at
    const found = this.take(QUOTED)
    return found === '' ? undefined : { kind: 'scalar', value: found.slice(1, -1), start, end: this.at }
  }

  private entry(): Entry {
    const start = this.at
    const quoted = this.quoted()
    const key = quoted ? String(quoted.value) : this.take(KEY_IN_FLOW)
    if (key === '' || WORD.test(key) || key === '<<') notPlain()
    const end = this.at
    if (!this.sign(':')) notPlain()
    this.take(this.blank)
    return { key, start, end, value: this.value() }
  }

  private value(): Tree {
    const first = this.text[this.at]
    if (first === '{' || first === '[') return this.collection()
    const quoted = this.quoted()
    if (quoted) return quoted
    const start = this.at
    const word = this.take(BARE_IN_FLOW).trimEnd()
    this.at = start + word.length
    if (word === '' || /^-(?: |$)/.test(word)) notPlain()
    return { kind: 'scalar', value: plainValue(word), start, end: this.at }
  }

  private sign(sign: string): boolean {
    if (this.text[this.at] !== sign) return false
    this.at++
    return true
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}
