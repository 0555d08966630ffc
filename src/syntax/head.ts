import { ts } from 'ts-morph'
import type { FileHead } from '../model/facts.js'
import { countLines, skipTrivia } from './context.js'

/** Words that comments to the tool begin with. */
export const SPEAKS = /stateless-audit|@idempotent|@stateless|@stateful/

/** What a specifier stands behind, with a bracket or without. */
const IMPORTING = /\b(?:from|import|module|require)\b/g
const QUOTES = new Set(['"', "'", '`'])

/** The head of a script: its tokens are scanned as far as specifiers may stand, and nothing is parsed. */
export function scriptHead(script: string): FileHead {
  const head: FileHead = { specifiers: [], typeSpecifiers: [], directives: leadingDirectives(script), lines: countLines(script) }
  if (SPEAKS.test(script)) head.speaks = 1
  const last = lastSpecifier(script)
  if (last === -1) return head
  const found = ts.preProcessFile(script.slice(0, lineEnd(script, last)), true, true).importedFiles
  head.specifiers = [...new Set([...found.map(({ fileName }) => fileName), ...namespaceExports(script)])]
  const types = new Set(found.filter(({ pos }) => isTypeImport(script, pos)).map(({ fileName }) => fileName))
  for (const { fileName, pos } of found) if (types.has(fileName) && !isTypeImport(script, pos)) types.delete(fileName)
  head.typeSpecifiers = [...types]
  return head
}

/** Where the last specifier begins; behind its line nothing is scanned. */
function lastSpecifier(script: string): number {
  let last = -1
  IMPORTING.lastIndex = 0
  while (IMPORTING.test(script)) {
    const next = skipTrivia(script, IMPORTING.lastIndex)
    const at = script[next] === '(' ? skipTrivia(script, next + 1) : next
    if (QUOTES.has(script[at] ?? '')) last = at
  }
  return last
}

/** `export * as name from 'x'`, which the scan of TypeScript passes over. */
function namespaceExports(script: string): string[] {
  return [...script.matchAll(/^[^\S\n]*export\s*\*\s*as\s+[\w$]+\s+from\s*(['"])([^'"\n]+)\1/gm)].map(([, , specifier]) => specifier as string)
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

const TYPE_IMPORT = /\b(?:import|export)\s+type\b[^;'"]*$/
/** Longer than any list of names between `import type` and its specifier. */
const NAMES = 2000

function isTypeImport(script: string, pos: number): boolean {
  if (!/\bfrom\s*$/.test(script.slice(Math.max(0, pos - 40), pos))) return false
  return TYPE_IMPORT.test(script.slice(Math.max(0, pos - NAMES), pos))
}

const DIRECTIVE = /(?:'([^'\n\\]*)'|"([^"\n\\]*)")[^\S\n]*(?=;|\r?\n|\/[/*]|$)/y

/** Texts of the string statements that a script begins with. */
function leadingDirectives(script: string): string[] {
  const out: string[] = []
  for (let at = skipTrivia(script, 0); ;) {
    DIRECTIVE.lastIndex = at
    const found = DIRECTIVE.exec(script)
    if (found === null) return out
    out.push(found[1] ?? found[2] ?? '')
    at = skipTrivia(script, DIRECTIVE.lastIndex)
    if (script[at] === ';') at = skipTrivia(script, at + 1)
  }
}
