import { lineAt } from '../model/site.js'

/** A syntax error of a JSON text with comments. */
export class JsoncError extends Error {
  override name = 'JsoncError'
  constructor(message: string, readonly line: number) {
    super(message)
  }
}

/** Reads JSON that may hold comments and trailing commas, as compilers' configurations do. Throws `JsoncError` with the line. */
export function parseJsonc(text: string): unknown {
  const reader = { text, at: 0 }
  const value = readValue(reader)
  skipBlank(reader)
  if (reader.at < text.length) fail(reader, 'unexpected text after the end')
  return value
}

interface Reader {
  text: string
  at: number
}

function readValue(reader: Reader): unknown {
  skipBlank(reader)
  const next = reader.text[reader.at]
  if (next === '{') return readObject(reader)
  if (next === '[') return readArray(reader)
  if (next === '"') return readString(reader)
  const word = /[-+.\w]*/y
  word.lastIndex = reader.at
  const token = word.exec(reader.text)?.[0] ?? ''
  if (!/^(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$/.test(token)) fail(reader, next === undefined ? 'unexpected end of file' : `unexpected "${token || next}"`)
  reader.at += token.length
  return JSON.parse(token)
}

function readObject(reader: Reader): Record<string, unknown> {
  const entries: [string, unknown][] = []
  readMembers(reader, '}', () => {
    if (reader.text[reader.at] !== '"') fail(reader, reader.at < reader.text.length ? 'a property name in double quotes is expected' : 'unexpected end of file')
    const key = readString(reader)
    skipBlank(reader)
    if (reader.text[reader.at] !== ':') fail(reader, `":" is missing after "${key}"`)
    reader.at++
    entries.push([key, readValue(reader)])
  })
  return Object.fromEntries(entries)
}

function readArray(reader: Reader): unknown[] {
  const values: unknown[] = []
  readMembers(reader, ']', () => values.push(readValue(reader)))
  return values
}

function readMembers(reader: Reader, end: string, readMember: () => void): void {
  reader.at++
  for (;;) {
    skipBlank(reader)
    if (reader.text[reader.at] === end) break
    readMember()
    skipBlank(reader)
    if (reader.text[reader.at] === ',') reader.at++
    else if (reader.text[reader.at] !== end) fail(reader, reader.at < reader.text.length ? `"," or "${end}" is missing` : `unexpected end of file, "${end}" is missing`)
  }
  reader.at++
}

function readString(reader: Reader): string {
  const literal = /"(?:[^"\\\n]|\\.)*"/y
  literal.lastIndex = reader.at
  const token = literal.exec(reader.text)?.[0]
  if (token === undefined) fail(reader, 'a text is not closed')
  try {
    const value = JSON.parse(token.replaceAll('\t', '\\t')) as string
    reader.at += token.length
    return value
  } catch {
    return fail(reader, 'a text holds an invalid escape')
  }
}

function skipBlank(reader: Reader): void {
  const blank = /(?:[\s\uFEFF]|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
  blank.lastIndex = reader.at
  blank.exec(reader.text)
  reader.at = blank.lastIndex
}

function fail(reader: Reader, message: string): never {
  throw new JsoncError(message, lineAt(reader.text, reader.at))
}
