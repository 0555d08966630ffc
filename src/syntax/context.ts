import type { ts } from 'ts-morph'
import type { BindingId, Expr, FileFacts, FnId, Stmt } from '../model/facts.js'
import { FACTS_VERSION } from '../model/facts.js'

/** Names of one function or block; the map appears with the first name. */
export interface Scope {
  parent: Scope | undefined
  names: Map<string, BindingId> | undefined
}

/** A member that a namespace body exports. */
export interface NamespaceMember { n: string; b: BindingId; p: number; e: number }

/** State of the walk over one file. */
export interface Context {
  readonly text: string
  readonly facts: FileFacts
  /** Names in `export { … }` that are no value. */
  readonly exportedTypes: Set<string>
  /** Statements that only call something. */
  readonly said: Extract<Stmt, { k: 'expr' }>[]
  scope: Scope
  fn: FnId
  /** Inside a loop body of the current function. */
  loop: boolean
  depth: number
  /** Where `export` modifiers go inside a namespace; undefined at module level. */
  members: NamespaceMember[] | undefined
}

/** Nesting beyond which a tree is cut: no person writes it, and every later walk over the facts recurses. */
export const DEPTH_LIMIT = 800

/** A fresh context, with the module body as function 0. */
export function createContext(text: string): Context {
  return {
    text, facts: emptyFacts(text), exportedTypes: new Set(), said: [],
    scope: { parent: undefined, names: undefined }, fn: 0, loop: false, depth: 0, members: undefined,
  }
}

/** Facts of an empty module whose text is `text`. */
export function emptyFacts(text: string): FileFacts {
  return {
    v: FACTS_VERSION, bindings: [], classes: [], imports: [], exports: [], types: [], specifiers: [], typeSpecifiers: [],
    functions: [{ p: 0, e: text.length, q: 0, kind: 'module', owner: -1, params: [], body: [] }],
    directives: [], comments: [], parseErrors: [], lines: countLines(text),
  }
}

export function countLines(text: string): number {
  if (text === '') return 0
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1 && at + 1 < text.length; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Start of a node without its leading trivia. */
export function startOf(cx: Context, node: ts.ReadonlyTextRange): number {
  return node.pos === node.end ? node.pos : skipTrivia(cx.text, node.pos)
}

/** First offset at or after `pos` that is neither white space nor comment. */
export function skipTrivia(text: string, pos: number): number {
  for (;;) {
    const c = text.charCodeAt(pos)
    if (c <= 32) pos++
    else if (c === 47) {
      const end = commentEnd(text, pos)
      if (end === pos) return pos
      pos = end
    } else if (c === 35 && pos === 0 && text.charCodeAt(1) === 33) pos = lineEnd(text, pos)
    else if (c < 127 || !isWideSpace(c)) return pos
    else pos++
  }
}

/** End of the comment that starts at `pos`, or `pos` when none does. */
export function commentEnd(text: string, pos: number): number {
  const next = text.charCodeAt(pos + 1)
  if (next === 47) return lineEnd(text, pos)
  if (next !== 42) return pos
  const close = text.indexOf('*/', pos + 2)
  return close === -1 ? text.length : close + 2
}

function lineEnd(text: string, pos: number): number {
  for (; pos < text.length; pos++) {
    const c = text.charCodeAt(pos)
    if (c === 10 || c === 13 || c === 0x2028 || c === 0x2029) break
  }
  return pos
}

function isWideSpace(c: number): boolean {
  return c === 0xa0 || c === 0xfeff || c === 0x85 || c === 0x1680 || (c >= 0x2000 && c <= 0x200b)
    || c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x3000
}

/** Stands for an expression that is missing or that the facts have no word for. */
export function nothingAt(p: number, e: number): Expr {
  return { k: 'lit', v: null, p, e }
}

/** A copy that shares no object with its original, so that a cold run has the same object identities as a warm one. */
export function copyOf<T>(fact: T): T {
  return JSON.parse(JSON.stringify(fact)) as T
}
