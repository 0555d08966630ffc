import type { Entry, ListNode, MapNode, ScalarNode, Tree } from '../tree.js'

export interface TomlText {
  root: MapNode
  errors: { message: string; at: number }[]
}

/** TOML → a tree with offsets. A table's entry has the span of its header, where people look for it. */
export function parseToml(text: string): TomlText {
  return new TomlParser(text).parse()
}

const emptyMap = (start: number, end: number): MapNode => ({ kind: 'map', entries: [], start, end })

class TomlParser {
  private at = 0
  private readonly errors: TomlText['errors'] = []

  constructor(private readonly text: string) {}

  parse(): TomlText {
    const root = emptyMap(0, this.text.length)
    let table = root
    for (;;) {
      this.skipBlank(true)
      if (this.at >= this.text.length) return { root, errors: this.errors }
      if (this.text[this.at] === '[') table = this.header(root)
      else this.pair(table)
      this.endOfLine()
    }
  }

  private header(root: MapNode): MapNode {
    const start = this.at
    const isList = this.text.startsWith('[[', start)
    this.at += isList ? 2 : 1
    const keys = this.dottedKey()
    this.skipBlank(false)
    const close = isList ? ']]' : ']'
    if (this.text.startsWith(close, this.at)) this.at += close.length
    else this.fail(`expected ${close}`)
    const parent = this.descend(root, keys.slice(0, -1))
    const last = keys.at(-1)
    return last ? openTable(parent, { ...last, start, end: this.at }, isList) : root
  }

  private pair(table: MapNode): void {
    const keys = this.dottedKey()
    this.skipBlank(false)
    const last = keys.at(-1)
    if (!last || this.text[this.at] !== '=') return this.fail('expected key = value')
    this.at++
    this.descend(table, keys.slice(0, -1)).entries.push({ ...last, value: this.value() })
  }

  private descend(from: MapNode, keys: Omit<Entry, 'value'>[]): MapNode {
    return keys.reduce((map, key) => openTable(map, key, false, true), from)
  }

  private dottedKey(): Omit<Entry, 'value'>[] {
    const keys: Omit<Entry, 'value'>[] = []
    do {
      this.skipBlank(false)
      const start = this.at
      const quote = this.text[this.at]
      const key = quote === '"' || quote === "'" ? this.quoted(quote) : this.take(/[\w-]+/y)
      if (key === '') return keys
      keys.push({ key, start, end: this.at })
      this.skipBlank(false)
    } while (this.text[this.at] === '.' && this.at++ >= 0)
    return keys
  }

  private value(): Tree {
    this.skipBlank(false)
    const start = this.at
    const first = this.text[start]
    if (first === '[') return this.list(start)
    if (first === '{') return this.inlineTable(start)
    if (first === '"' || first === "'") return this.scalar(this.quoted(first), start)
    const word = this.take(/[^\s,\]}#]+(?: \d\d:[^\s,\]}#]+)?/y)
    if (word === '') this.fail('expected a value')
    return this.scalar(plain(word), start)
  }

  private scalar(value: ScalarNode['value'], start: number): ScalarNode {
    return { kind: 'scalar', value, start, end: this.at }
  }

  private list(start: number): ListNode {
    this.at++
    const items: Tree[] = []
    for (;;) {
      this.skipBlank(true)
      if (this.text[this.at] === ']' || this.at >= this.text.length) break
      const before = this.at
      items.push(this.value())
      this.skipBlank(true)
      if (this.text[this.at] === ',') this.at++
      if (this.at === before) break
    }
    this.at++
    return { kind: 'list', items, start, end: this.at }
  }

  private inlineTable(start: number): MapNode {
    this.at++
    const map = emptyMap(start, start)
    for (;;) {
      this.skipBlank(true)
      if (this.text[this.at] === '}' || this.at >= this.text.length) break
      const before = this.at
      this.pair(map)
      this.skipBlank(true)
      if (this.text[this.at] === ',') this.at++
      if (this.at === before) break
    }
    this.at++
    return { ...map, end: this.at }
  }

  private quoted(quote: string): string {
    const long = this.text.startsWith(quote.repeat(3), this.at)
    const mark = long ? quote.repeat(3) : quote
    const from = this.at + mark.length
    let end = from
    while (end < this.text.length && !this.text.startsWith(mark, end)) {
      if (!long && this.text[end] === '\n') break
      end += quote === '"' && this.text[end] === '\\' ? 2 : 1
    }
    this.at = Math.min(end + mark.length, this.text.length)
    return this.text.slice(from, end)
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)?.[0] ?? ''
    this.at += match.length
    return match
  }

  private skipBlank(lines: boolean): void {
    this.take(lines ? /(?:\s|#[^\n]*)*/y : /[ \t]*/y)
  }

  private endOfLine(): void {
    this.skipBlank(false)
    const rest = this.take(/[^\n]*/y).replace(/#.*/, '').trim()
    if (rest !== '') this.fail(`unexpected ${rest.slice(0, 20)}`)
  }

  private fail(message: string): void {
    this.errors.push({ message, at: this.at })
    this.take(/[^\n]*/y)
  }
}

function openTable(parent: MapNode, key: Omit<Entry, 'value'>, isList: boolean, intoLast = false): MapNode {
  const known = parent.entries.find((entry) => entry.key === key.key)
  if (known?.value.kind === 'map') return known.value
  const lastItem = known?.value.kind === 'list' ? known.value.items.at(-1) : undefined
  if (intoLast && lastItem?.kind === 'map') return lastItem
  const table = emptyMap(key.start, key.end)
  if (isList && known?.value.kind === 'list') known.value.items.push(table)
  else parent.entries.push({ ...key, value: isList ? { kind: 'list', items: [table], start: key.start, end: key.end } : table })
  return table
}

function plain(word: string): ScalarNode['value'] {
  if (word === 'true' || word === 'false') return word === 'true'
  const number = Number(word.replaceAll('_', ''))
  return Number.isNaN(number) ? word : number
}
