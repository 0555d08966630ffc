import type { FileFacts } from '../model/facts.js'

type Body = Pick<FileFacts, 'bindings' | 'functions' | 'classes' | 'exports' | 'types'>

/** Of many files only the imports are ever asked for: the rest of their facts stays text until something needs it. */
export function encodeFacts(facts: FileFacts): Buffer {
  const { bindings, functions, classes, exports, types, ...head } = facts
  return Buffer.from(`${JSON.stringify(head)}\t${JSON.stringify({ bindings, functions, classes, exports, types } satisfies Body)}`)
}

const TAB = 9

/** The facts in a text of `encodeFacts`; throws where it is none. */
export function decodeFacts(bytes: Buffer): FileFacts {
  const tab = bytes.indexOf(TAB)
  const head = JSON.parse(bytes.toString('utf8', 0, tab)) as Omit<FileFacts, keyof Body>
  let text: Buffer | undefined = bytes.subarray(tab + 1)
  let body: Body | undefined
  const read = (): Body => {
    body ??= JSON.parse((text as Buffer).toString('utf8')) as Body
    text = undefined
    return body
  }
  return {
    v: head.v, imports: head.imports, specifiers: head.specifiers, directives: head.directives, comments: head.comments, parseErrors: head.parseErrors, lines: head.lines,
    get bindings() { return (body ?? read()).bindings },
    get functions() { return (body ?? read()).functions },
    get classes() { return (body ?? read()).classes },
    get exports() { return (body ?? read()).exports },
    get types() { return (body ?? read()).types },
  }
}
