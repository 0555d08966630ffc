import type { Entry, ListNode, MapNode, Tree } from '../tree.js'
import { NOT_PLAIN, notPlain, plainFlow, scalarOf, WORD } from './plain-flow.js'

/**
 * YAML as most deployment files write it: maps and lists by indentation, values on one line, flow lists on one line, JSON.
 * Undefined for whatever else (anchors, tags, blocks of text, escapes, odd indentation, errors): that is for the `yaml` library,
 * whose loading and cold parsing cost more than all other work on such files. Trees are the library's, but for one thing:
 * a map or list by indentation ends with its last line, comments behind it left out.
 */
export function plainYaml(text: string): Tree[] | undefined {
  if (/[\t\r\u0085\u2028\u2029\uFEFF]/.test(text)) return undefined
  try {
    return /^\s*[[{]/.test(text) ? [MARK.test(text) ? notPlain() : plainFlow(text)] : documentsOf(text).map((lines) => new BlockParser(text, lines).document())
  } catch (error) {
    // Too deep to read.
    if (error === NOT_PLAIN || error instanceof RangeError) return undefined
    throw error
  }
}

/** A line that begins or ends a document; it ends what is open in a flow, too. */
const MARK = /^(?:---|\.\.\.)/m

/** What is left of a line from its first sign on; list marks before it move `at` and `indent` on. */
interface Line {
  at: number
  indent: number
  end: number
}

/** Lines that say something, by document. */
function documentsOf(text: string): Line[][] {
  const documents: Line[][] = [[]]
  for (const match of text.matchAll(/^( *)([^ \n].*)$/gm)) {
    const [, { length: indent } = '', content = ''] = match
    if (content.startsWith('#')) continue
    if (indent === 0 && /^(?:---|\.\.\.|%)/.test(content)) {
      if (!/^--- *$/.test(content)) notPlain()
      if (documents.length > 1 || documents[0]?.length) documents.push([])
      else documents[0] = []
    } else documents.at(-1)?.push({ at: match.index + indent, indent, end: match.index + indent + content.length })
  }
  return documents
}

/** A key that is no number and no word with a meaning, and its colon. */
const KEY = /([A-Za-z_][\w./-]*):(?: +|$)/my
const DASH = /-(?: +|$)/my

class BlockParser {
  private next = 0

  constructor(private readonly text: string, private readonly lines: Line[]) {}

  document(): Tree {
    const line = this.line() ?? notPlain()
    const tree = line.indent === 0 ? this.collection(line) : undefined
    return tree && !this.line() ? tree : notPlain()
  }

  private line(): Line | undefined {
    return this.lines[this.next]
  }

  /** What `pattern` finds at the start of a line, without what stands behind the line. */
  private match(pattern: RegExp, line: Line): RegExpExecArray | undefined {
    pattern.lastIndex = line.at
    return pattern.exec(this.text) ?? undefined
  }

  private collection(line: Line): Tree | undefined {
    if (this.match(DASH, line)) return this.list(line.at, line.indent)
    return this.match(KEY, line) ? this.map(line.at, line.indent) : undefined
  }

  private list(start: number, indent: number): ListNode {
    const items: Tree[] = []
    for (let line = this.line(); line && line.indent >= indent; line = this.line()) {
      const dash = line.indent === indent ? this.match(DASH, line) : notPlain()
      if (!dash) break
      items.push(this.item(line, dash[0].length))
    }
    return { kind: 'list', items, start, end: this.endOfLast() }
  }

  private item(line: Line, dash: number): Tree {
    const { indent } = line
    line.at += dash
    line.indent += dash
    if (this.isOver(line)) {
      this.next++
      const below = this.line()
      return (below && below.indent > indent ? this.collection(below) : undefined) ?? notPlain()
    }
    return this.collection(line) ?? this.scalar(line)
  }

  private map(start: number, indent: number): MapNode {
    const entries: Entry[] = []
    for (let line = this.line(); line && line.indent >= indent; line = this.line()) {
      const found = line.indent === indent ? this.match(KEY, line) : notPlain()
      if (!found) {
        if (this.match(DASH, line)) break
        notPlain()
      }
      const [whole, key = ''] = found
      if (WORD.test(key)) notPlain()
      entries.push({ key, start: line.at, end: line.at + key.length, value: this.value({ ...line, at: line.at + whole.length }, indent) })
    }
    return { kind: 'map', entries, start, end: this.endOfLast() }
  }

  private value(rest: Line, indent: number): Tree {
    if (!this.isOver(rest)) return this.scalar(rest)
    this.next++
    const below = this.line()
    // A list may stand as far left as the key that holds it.
    if (below && (below.indent > indent || (below.indent === indent && this.match(DASH, below)))) return this.collection(below) ?? notPlain()
    return { kind: 'scalar', value: null, start: rest.at, end: rest.at }
  }

  private isOver(line: Line): boolean {
    return line.at >= line.end || this.text[line.at] === '#'
  }

  /** A value that ends with its line; the loops above find it out when one goes on below. */
  private scalar(line: Line): Tree {
    this.next++
    return scalarOf(this.text, line.at, line.end)
  }

  private endOfLast(): number {
    return Math.min((this.lines[this.next - 1]?.end ?? 0) + 1, this.text.length)
  }
}
