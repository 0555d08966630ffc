import { FACTS_VERSION, type FileFacts, type FileHead } from '../model/facts.js'

type Body = Omit<FileFacts, keyof FileHead | 'v' | 'unread'>

/** What is kept of a file: its head, and its facts once they were asked for. */
export interface StoredFacts {
  head: FileHead
  /** Absent where nobody asked for more than the head. */
  body?: () => FileFacts
}

const TAB = 9

/** Of many files only the head is ever asked for: their facts are not there, or stay text until something needs them. */
export function encodeFacts(head: FileHead, facts?: FileFacts): Buffer {
  const { specifiers, typeSpecifiers, directives, lines, speaks } = head
  const text = JSON.stringify({ specifiers, typeSpecifiers, directives, lines, speaks } satisfies Record<keyof FileHead, unknown>)
  return Buffer.from(`${text}\t${facts ? JSON.stringify(bodyOf(facts)) : ''}`)
}

function bodyOf({ bindings, functions, classes, imports, exports, types, comments, parseErrors }: FileFacts): Body {
  return { bindings, functions, classes, imports, exports, types, comments, parseErrors }
}

/** What a text of `encodeFacts` says; throws where it is none. */
export function decodeFacts(bytes: Buffer): StoredFacts {
  const tab = bytes.indexOf(TAB)
  const head = JSON.parse(bytes.toString('utf8', 0, tab)) as FileHead
  if (tab === bytes.length - 1) return { head }
  return { head, body: () => ({ v: FACTS_VERSION, ...head, ...(JSON.parse(bytes.toString('utf8', tab + 1)) as Body) }) }
}

/** Facts that are read when something asks for more than the head. */
export const factsOnDemand = (head: FileHead, read: () => FileFacts): FileFacts => new FactsOnDemand(head, read)

/** A class, since all that links asks for facts: getters of an object literal would give each file a shape of its own. */
class FactsOnDemand implements FileFacts {
  readonly v = FACTS_VERSION
  readonly specifiers: FileHead['specifiers']
  readonly typeSpecifiers: FileHead['typeSpecifiers']
  readonly directives: FileHead['directives']
  readonly lines: FileHead['lines']
  readonly speaks: FileHead['speaks']
  private whole: FileFacts | undefined = undefined

  constructor(head: FileHead, private readonly read: () => FileFacts) {
    this.specifiers = head.specifiers
    this.typeSpecifiers = head.typeSpecifiers
    this.directives = head.directives
    this.lines = head.lines
    this.speaks = head.speaks
  }

  private get facts(): FileFacts { return (this.whole ??= this.read()) }

  get unread(): boolean { return this.whole === undefined }
  get bindings(): FileFacts['bindings'] { return this.facts.bindings }
  get functions(): FileFacts['functions'] { return this.facts.functions }
  get classes(): FileFacts['classes'] { return this.facts.classes }
  get imports(): FileFacts['imports'] { return this.facts.imports }
  get exports(): FileFacts['exports'] { return this.facts.exports }
  get types(): FileFacts['types'] { return this.facts.types }
  get comments(): FileFacts['comments'] { return this.speaks ? this.facts.comments : [] }
  get parseErrors(): FileFacts['parseErrors'] { return this.facts.parseErrors }
}
