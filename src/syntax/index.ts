import { ts } from 'ts-morph'
import type { FileFacts, FileHead } from '../model/facts.js'
import { classExpressions, classStatements, namedClasses } from './classes.js'
import { directiveComments } from './comments.js'
import { createContext, emptyFacts } from './context.js'
import type { Context } from './context.js'
import { declarationStatements } from './declarations.js'
import { install, lowerStatements } from './dispatch.js'
import { embeddedScript } from './embedded.js'
import { valueExpressions } from './expressions.js'
import { functionExpressions, functionStatements, leadingDirectives, namedFunctions } from './functions.js'
import { scriptHead } from './head.js'
import { hoistFunction, hoistReactive } from './hoist.js'
import { jsxExpressions } from './jsx.js'
import { markExportedTypes, moduleStatements } from './modules.js'
import { operatorExpressions } from './operators.js'
import { plainStatements } from './statements.js'
import { markThrows } from './throwing.js'
import { typeStatements } from './types.js'

export { TYPESCRIPT_VERSION } from './version.js'

for (const expressions of [valueExpressions, operatorExpressions, jsxExpressions, functionExpressions, classExpressions]) install({ expressions })
for (const statements of [plainStatements, functionStatements, classStatements, declarationStatements, moduleStatements, typeStatements]) install({ statements })
for (const named of [namedFunctions, namedClasses]) install({ named })

/** The head of one file: the beginning of its facts, for a fraction of their cost. */
export function extractHead(path: string, text: string): FileHead {
  return scriptHead(languageOf(path, text).script)
}

/** Facts of one file. The path decides the language alone; the answer holds no path. Never throws. */
export function extractFacts(path: string, text: string, head: FileHead = extractHead(path, text)): FileFacts {
  try {
    const { script, kind } = languageOf(path, text)
    const source = parse(script, kind)
    const cx = createContext(script)
    lowerModule(cx, source, path.endsWith('.svelte'))
    cx.facts.comments = directiveComments(source, script)
    return Object.assign(cx.facts, head)
  } catch (error) {
    return Object.assign(unreadable(text, error), head)
  }
}

/** The script of a file under a name that tells its language; offsets stay those of the file. */
export function sourceText(path: string, text: string): { path: string; text: string } {
  const { script, kind } = languageOf(path, text)
  if (!/\.(?:vue|svelte|astro)$/i.test(path)) return { path, text: script }
  return { path: `${path}${kind === ts.ScriptKind.TSX ? '.tsx' : '.ts'}`, text: script }
}

function languageOf(path: string, text: string): { script: string; kind: ts.ScriptKind } {
  const extension = path.slice(path.lastIndexOf('.')).toLowerCase()
  switch (extension) {
    case '.ts': case '.mts': case '.cts': return { script: text, kind: ts.ScriptKind.TS }
    case '.vue': case '.svelte': case '.astro': {
      const embedded = embeddedScript(extension, text)
      return { script: embedded.text, kind: embedded.jsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS }
    }
    case '.tsx': return { script: text, kind: ts.ScriptKind.TSX }
    default: return { script: text, kind: ts.ScriptKind.JSX }
  }
}

/** Comments of the JSDoc kind are not parsed; every file counts as a module, so that top-level `await` parses. */
function parse(text: string, kind: ts.ScriptKind): ts.SourceFile {
  return ts.createSourceFile('source', text, {
    languageVersion: ts.ScriptTarget.ESNext,
    jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    setExternalModuleIndicator: markAsModule,
  }, false, kind)
}

function markAsModule(file: ts.SourceFile): void {
  (file as { externalModuleIndicator?: boolean }).externalModuleIndicator = true
}

function lowerModule(cx: Context, source: ts.SourceFile, svelte: boolean): void {
  const directives = leadingDirectives(source.statements)
  const statements = directives.length > 0 ? source.statements.slice(directives.length) : source.statements
  hoistFunction(cx, statements)
  if (svelte) hoistReactive(cx, statements)
  const body = lowerStatements(cx, statements)
  const module = cx.facts.functions[0]
  if (module !== undefined) module.body = body
  markExportedTypes(cx)
  markThrows(cx.facts, cx.said)
  cx.facts.parseErrors.unshift(...parseErrors(source))
}

function parseErrors(source: ts.SourceFile): FileFacts['parseErrors'] {
  const { parseDiagnostics } = source as unknown as { parseDiagnostics?: readonly ts.Diagnostic[] }
  return (parseDiagnostics ?? []).map(diagnostic => ({
    p: diagnostic.start ?? 0, message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  }))
}

/** The parser itself gives up on some inputs, such as ten thousand nested brackets. */
function unreadable(text: string, error: unknown): FileFacts {
  const facts = emptyFacts(text)
  facts.parseErrors.push({ p: 0, message: `The file could not be read: ${error instanceof Error ? error.message : String(error)}` })
  return facts
}
