import { lineAt } from '../model/site.js'

/** 1-based line of a key path in JSON or YAML text; undefined where it is not to be found. */
export async function lineOfKey(text: string, path: (string | number)[]): Promise<number | undefined> {
  const { LineCounter, isNode, parseDocument } = await import('yaml')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' })
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

/** 1-based line of a key path in the text of a script: of the last key of the path that is written exactly once. */
export function lineOfKeyInScript(text: string, path: readonly PropertyKey[]): number | undefined {
  for (const key of path.filter((part) => typeof part === 'string').reverse()) {
    const found = [...text.matchAll(new RegExp(`(?<![\\w$.])(['"]?)${key.replace(/[^\w]/g, '\\$&')}\\1\\s*:(?!:)`, 'g'))]
    if (found.length === 1) return lineAt(text, found[0]?.index ?? 0)
  }
  return undefined
}
