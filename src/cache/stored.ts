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
export function factsOnDemand(head: FileHead, read: () => FileFacts): FileFacts {
  let whole: FileFacts | undefined
  const facts = (): FileFacts => (whole ??= read())
  return {
    v: FACTS_VERSION, ...head,
    get unread() { return whole === undefined },
    get bindings() { return facts().bindings },
    get functions() { return facts().functions },
    get classes() { return facts().classes },
    get imports() { return facts().imports },
    get exports() { return facts().exports },
    get types() { return facts().types },
    get comments() { return head.speaks ? facts().comments : [] },
    get parseErrors() { return facts().parseErrors },
  }
}
