import { ts } from 'ts-morph'
import type { AssignExpr, Expr, UnaryExpr, UpdateExpr } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { lowerExpr, lowerNamed, withoutCasts } from './dispatch.js'
import type { ExprHandlers } from './dispatch.js'
import { lowerTarget } from './patterns.js'

const K = ts.SyntaxKind

function binary(cx: Context, node: ts.BinaryExpression): Expr {
  const operator = node.operatorToken.kind
  if (operator >= K.FirstAssignment && operator <= K.LastAssignment) return assignment(cx, node)
  if (operator === K.CommaToken) return sequence(cx, node)
  const p = startOf(cx, node)
  const l = lowerExpr(cx, node.left)
  const r = lowerExpr(cx, node.right)
  const op = ts.tokenToString(operator) ?? ''
  return op === '&&' || op === '||' || op === '??' ? { k: 'log', op, l, r, p, e: node.end } : { k: 'bin', op, l, r, p, e: node.end }
}

function assignment(cx: Context, node: ts.BinaryExpression): Expr {
  const target = withoutCasts(node.left)
  const l = target.kind === K.ObjectLiteralExpression || target.kind === K.ArrayLiteralExpression
    ? lowerTarget(cx, target) : lowerExpr(cx, target)
  const op = ts.tokenToString(node.operatorToken.kind) ?? '='
  return { k: 'set', op, l, r: assignedValue(cx, l, node.right), p: startOf(cx, node), e: node.end }
}

function assignedValue(cx: Context, l: AssignExpr['l'], right: ts.Expression): Expr {
  if (l.k === 'ref') return lowerNamed(cx, right, cx.facts.bindings[l.b]?.n ?? '', l.p)
  if (l.k === 'glob') return lowerNamed(cx, right, l.n, l.p)
  return l.k === 'mem' && !isModuleExports(l) ? lowerNamed(cx, right, l.n, l.q) : lowerExpr(cx, right)
}

/** `module.exports = function () {}` names nothing. */
function isModuleExports(l: Extract<Expr, { k: 'mem' }>): boolean {
  return l.n === 'exports' && l.o.k === 'glob' && l.o.n === 'module'
}

function sequence(cx: Context, node: ts.BinaryExpression): Expr {
  const parts: ts.Expression[] = []
  let at: ts.Expression = node
  for (; ts.isBinaryExpression(at) && at.operatorToken.kind === K.CommaToken; at = at.left) parts.unshift(at.right)
  return { k: 'seq', x: [at, ...parts].map(part => lowerExpr(cx, part)), p: startOf(cx, node), e: node.end }
}

function prefix(cx: Context, node: ts.PrefixUnaryExpression): Expr {
  const op = ts.tokenToString(node.operator) as UnaryExpr['op'] | UpdateExpr['op']
  const p = startOf(cx, node)
  const x = lowerExpr(cx, node.operand)
  return op === '++' || op === '--' ? { k: 'upd', op, x, pre: 1, p, e: node.end } : { k: 'un', op, x, p, e: node.end }
}

function postfix(cx: Context, node: ts.PostfixUnaryExpression): Expr {
  const op = node.operator === K.PlusPlusToken ? '++' : '--'
  return { k: 'upd', op, x: lowerExpr(cx, node.operand), p: startOf(cx, node), e: node.end }
}

function unary(op: UnaryExpr['op']): (cx: Context, node: ts.TypeOfExpression | ts.VoidExpression) => Expr {
  return (cx, node) => ({ k: 'un', op, x: lowerExpr(cx, node.expression), p: startOf(cx, node), e: node.end })
}

function deletion(cx: Context, node: ts.DeleteExpression): Expr {
  return { k: 'del', x: lowerExpr(cx, node.expression), p: startOf(cx, node), e: node.end }
}

export const operatorExpressions: ExprHandlers = {
  [K.BinaryExpression]: binary,
  [K.PrefixUnaryExpression]: prefix,
  [K.PostfixUnaryExpression]: postfix,
  [K.TypeOfExpression]: unary('typeof'),
  [K.VoidExpression]: unary('void'),
  [K.DeleteExpression]: deletion,
}
