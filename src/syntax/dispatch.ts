import { ts } from 'ts-morph'
import type { Expr, Stmt } from '../model/facts.js'
import { DEPTH_LIMIT, nothingAt, startOf } from './context.js'
import type { Context } from './context.js'
import { hoistBlock } from './hoist.js'
import { openScope } from './scopes.js'

/** Handlers by syntax kind: an array lookup a node, and no import cycle between expressions, functions and classes. */
export type ExprHandlers = Partial<Record<ts.SyntaxKind, (cx: Context, node: never) => Expr>>
export type StmtHandlers = Partial<Record<ts.SyntaxKind, (cx: Context, node: never, out: Stmt[]) => void>>
/** Handlers of expressions that take the name they are assigned to. */
export type NamedHandlers = Partial<Record<ts.SyntaxKind, (cx: Context, node: never, naming: Naming) => Expr>>

/** A name that an anonymous function or class gets from where it is assigned. */
export interface Naming { n: string; q: number }

const K = ts.SyntaxKind
const expressions: ExprHandlers[ts.SyntaxKind][] = []
const statements: StmtHandlers[ts.SyntaxKind][] = []
const named: NamedHandlers[ts.SyntaxKind][] = []

/** Fills the tables; called once, when the syntax layer is loaded. */
export function install(handlers: { expressions?: ExprHandlers; statements?: StmtHandlers; named?: NamedHandlers }): void {
  fill(expressions, handlers.expressions)
  fill(statements, handlers.statements)
  fill(named, handlers.named)
}

function fill<T>(table: T[], entries: Record<number, T> | undefined): void {
  for (const kind of Object.keys(entries ?? {})) {
    while (table.length <= Number(kind)) table.push(undefined as T)
    table[Number(kind)] = entries?.[Number(kind)] as T
  }
}

/** Lowers an expression. */
export function lowerExpr(cx: Context, outer: ts.Node): Expr {
  const node = withoutCasts(outer)
  const handler = expressions[node.kind]
  if (handler === undefined) return nothingAt(startOf(cx, node), node.end)
  if (cx.depth > DEPTH_LIMIT) return tooDeep(cx, node)
  cx.depth++
  const fact = handler(cx, node as never)
  cx.depth--
  return fact
}

/** Lowers an expression; a function or class without a name of its own takes the given one. */
export function lowerNamed(cx: Context, outer: ts.Node, n: string, q: number): Expr {
  const node = withoutCasts(outer)
  const handler = named[node.kind]
  return handler === undefined || cx.depth > DEPTH_LIMIT ? lowerExpr(cx, node) : handler(cx, node as never, { n, q })
}

/** What is inside parentheses, casts and assertions. */
export function withoutCasts(node: ts.Node): ts.Node {
  for (;;) {
    switch (node.kind) {
      case K.ParenthesizedExpression: case K.AsExpression: case K.TypeAssertionExpression: case K.NonNullExpression:
      case K.SatisfiesExpression: case K.ExpressionWithTypeArguments:
        node = (node as ts.ParenthesizedExpression).expression
        break
      default: return node
    }
  }
}

/** Lowers a statement; one may become several or none. */
export function lowerStatement(cx: Context, node: ts.Statement, out: Stmt[]): void {
  const handler = statements[node.kind]
  if (handler === undefined) return
  if (cx.depth > DEPTH_LIMIT) { tooDeep(cx, node); return }
  cx.depth++
  handler(cx, node as never, out)
  cx.depth--
}

/** Lowers statements whose names are hoisted already. */
export function lowerStatements(cx: Context, nodes: readonly ts.Statement[]): Stmt[] {
  const out: Stmt[] = []
  for (const node of nodes) lowerStatement(cx, node, out)
  return out
}

/** Lowers a block, or the single statement that stands for one, in a scope of its own. */
export function lowerBlock(cx: Context, node: ts.Statement): Stmt[] {
  const outer = cx.scope
  openScope(cx)
  const nodes = node.kind === K.Block ? (node as ts.Block).statements : [node]
  hoistBlock(cx, nodes)
  const out = lowerStatements(cx, nodes)
  cx.scope = outer
  return out
}

function tooDeep(cx: Context, node: ts.Node): Expr {
  const p = startOf(cx, node)
  cx.facts.parseErrors.push({ p, message: 'Nested too deeply: the inside of this expression or statement was not read.' })
  return nothingAt(p, node.end)
}
