import { ts } from 'ts-morph'
import type { CallExpr, ElementExpr, Expr, MemberExpr, NewExpr, PropFact, TemplateExpr, YieldExpr } from '../model/facts.js'
import { nothingAt, startOf } from './context.js'
import type { Context } from './context.js'
import { lowerExpr, lowerNamed } from './dispatch.js'
import type { ExprHandlers } from './dispatch.js'
import { lowerFunction } from './functions.js'
import { computedKey, propertyText } from './names.js'
import { reference } from './scopes.js'
import { finite, lowerTypes } from './types.js'

const K = ts.SyntaxKind

/** Lowers a list of expressions, such as arguments. */
export function lowerExprs(cx: Context, nodes: readonly ts.Node[] | undefined): Expr[] {
  const out: Expr[] = []
  if (nodes !== undefined) for (const node of nodes) out.push(lowerExpr(cx, node))
  return out
}

function identifier(cx: Context, node: ts.Identifier): Expr {
  return reference(cx, ts.idText(node), startOf(cx, node), node.end)
}

function literal(cx: Context, node: ts.LiteralExpression): Expr {
  return { k: 'lit', v: node.text, p: startOf(cx, node), e: node.end }
}

function numberLiteral(cx: Context, node: ts.NumericLiteral): Expr {
  return { k: 'lit', v: finite(node.text), p: startOf(cx, node), e: node.end }
}

function constant(v: boolean | null): (cx: Context, node: ts.Node) => Expr {
  return (cx, node) => ({ k: 'lit', v, p: startOf(cx, node), e: node.end })
}

function member(cx: Context, node: ts.PropertyAccessExpression): Expr {
  const fact: MemberExpr = {
    k: 'mem', o: lowerExpr(cx, node.expression), n: ts.idText(node.name), q: startOf(cx, node.name), p: startOf(cx, node), e: node.end,
  }
  if (node.questionDotToken !== undefined) fact.opt = 1
  return fact
}

function element(cx: Context, node: ts.ElementAccessExpression): Expr {
  const o = lowerExpr(cx, node.expression)
  const index = node.argumentExpression
  const p = startOf(cx, node)
  const fact: MemberExpr | ElementExpr = ts.isStringLiteralLike(index)
    ? { k: 'mem', o, n: index.text, q: startOf(cx, index), p, e: node.end }
    : { k: 'elem', o, i: lowerExpr(cx, index), p, e: node.end }
  if (node.questionDotToken !== undefined) fact.opt = 1
  return fact
}

function call(cx: Context, node: ts.CallExpression): Expr {
  const p = startOf(cx, node)
  if (node.expression.kind === K.ImportKeyword) return dynamicImport(cx, node, p)
  const fact: CallExpr = { k: 'call', f: lowerExpr(cx, node.expression), a: lowerExprs(cx, node.arguments), p, e: node.end }
  if (node.questionDotToken !== undefined) fact.opt = 1
  if (node.typeArguments !== undefined) fact.ta = lowerTypes(cx, node.typeArguments)
  return fact
}

function dynamicImport(cx: Context, node: ts.CallExpression, p: number): Expr {
  const specifier = node.arguments[0]
  if (specifier === undefined) return { k: 'imp', s: nothingAt(p, node.end), p, e: node.end }
  return { k: 'imp', s: lowerExpr(cx, specifier), p, e: node.end }
}

function construct(cx: Context, node: ts.NewExpression): Expr {
  const fact: NewExpr = {
    k: 'new', f: lowerExpr(cx, node.expression), a: lowerExprs(cx, node.arguments), p: startOf(cx, node), e: node.end,
  }
  if (node.typeArguments !== undefined) fact.ta = lowerTypes(cx, node.typeArguments)
  return fact
}

function template(cx: Context, node: ts.TemplateExpression): TemplateExpr {
  const fact: TemplateExpr = { k: 'tpl', q: [node.head.text], x: [], p: startOf(cx, node), e: node.end }
  for (const span of node.templateSpans) {
    fact.x.push(lowerExpr(cx, span.expression))
    fact.q.push(span.literal.text)
  }
  return fact
}

function taggedTemplate(cx: Context, node: ts.TaggedTemplateExpression): Expr {
  const tag = lowerExpr(cx, node.tag)
  const p = startOf(cx, node)
  if (node.template.kind === K.TemplateExpression) return { ...template(cx, node.template), tag, p, e: node.end }
  return { k: 'tpl', q: [node.template.text], x: [], tag, p, e: node.end }
}

function conditional(cx: Context, node: ts.ConditionalExpression): Expr {
  const t = lowerExpr(cx, node.condition)
  const c = lowerExpr(cx, node.whenTrue)
  return { k: 'cond', t, c, a: lowerExpr(cx, node.whenFalse), p: startOf(cx, node), e: node.end }
}

function awaiting(cx: Context, node: ts.AwaitExpression): Expr {
  return { k: 'await', x: lowerExpr(cx, node.expression), p: startOf(cx, node), e: node.end }
}

function yielding(cx: Context, node: ts.YieldExpression): Expr {
  const fact: YieldExpr = { k: 'yield', p: startOf(cx, node), e: node.end }
  if (node.expression !== undefined) fact.x = lowerExpr(cx, node.expression)
  if (node.asteriskToken !== undefined) fact.all = 1
  return fact
}

function spread(cx: Context, node: ts.SpreadElement): Expr {
  return { k: 'spread', x: lowerExpr(cx, node.expression), p: startOf(cx, node), e: node.end }
}

function array(cx: Context, node: ts.ArrayLiteralExpression): Expr {
  return { k: 'arr', x: lowerExprs(cx, node.elements), p: startOf(cx, node), e: node.end }
}

function object(cx: Context, node: ts.ObjectLiteralExpression): Expr {
  const m: PropFact[] = []
  for (const property of node.properties) m.push(prop(cx, property))
  return { k: 'obj', m, p: startOf(cx, node), e: node.end }
}

function prop(cx: Context, node: ts.ObjectLiteralElementLike): PropFact {
  const p = startOf(cx, node)
  if (node.kind === K.SpreadAssignment) return { v: lowerExpr(cx, node.expression), kind: 'spread', p, q: p }
  const q = startOf(cx, node.name)
  if (node.kind === K.ShorthandPropertyAssignment) {
    const n = ts.idText(node.name)
    return { n, v: reference(cx, n, q, node.name.end), kind: 'init', p, q }
  }
  const n = propertyText(node.name)
  const c = n === undefined ? computedKey(cx, node.name) : undefined
  const v = node.kind === K.PropertyAssignment
    ? n === undefined ? lowerExpr(cx, node.initializer) : lowerNamed(cx, node.initializer, n, q)
    : objectMethod(cx, node, n, p, q)
  const kind = node.kind === K.PropertyAssignment ? 'init' : methodKind(node)
  return c === undefined ? { n: n ?? '', v, kind, p, q } : { c, v, kind, p, q }
}

function objectMethod(cx: Context, node: ts.MethodDeclaration | ts.AccessorDeclaration, n: string | undefined, p: number, q: number): Expr {
  return { k: 'fn', f: lowerFunction(cx, node, methodKind(node), n === undefined ? undefined : { n, q }), p, e: node.end }
}

/** What kind of member a method or accessor declares. */
export function methodKind(node: ts.Node): 'method' | 'get' | 'set' {
  if (node.kind === K.GetAccessor) return 'get'
  return node.kind === K.SetAccessor ? 'set' : 'method'
}

function meta(cx: Context, node: ts.MetaProperty): Expr {
  const n = node.keywordToken === K.ImportKeyword ? 'import.meta' : 'new.target'
  return { k: 'meta', n, p: startOf(cx, node), e: node.end }
}

function privateName(cx: Context, node: ts.PrivateIdentifier): Expr {
  return { k: 'lit', v: ts.idText(node), p: startOf(cx, node), e: node.end }
}

export const valueExpressions: ExprHandlers = {
  [K.Identifier]: identifier,
  [K.PrivateIdentifier]: privateName,
  [K.StringLiteral]: literal,
  [K.NoSubstitutionTemplateLiteral]: literal,
  [K.BigIntLiteral]: literal,
  [K.NumericLiteral]: numberLiteral,
  [K.TrueKeyword]: constant(true),
  [K.FalseKeyword]: constant(false),
  [K.NullKeyword]: constant(null),
  [K.OmittedExpression]: constant(null),
  [K.RegularExpressionLiteral]: (cx: Context, node: ts.RegularExpressionLiteral) => ({ k: 're', v: node.text, p: startOf(cx, node), e: node.end }),
  [K.ThisKeyword]: (cx: Context, node: ts.Node) => ({ k: 'this', p: startOf(cx, node), e: node.end }),
  [K.SuperKeyword]: (cx: Context, node: ts.Node) => ({ k: 'super', p: startOf(cx, node), e: node.end }),
  [K.PropertyAccessExpression]: member,
  [K.ElementAccessExpression]: element,
  [K.CallExpression]: call,
  [K.NewExpression]: construct,
  [K.TemplateExpression]: template,
  [K.TaggedTemplateExpression]: taggedTemplate,
  [K.ConditionalExpression]: conditional,
  [K.AwaitExpression]: awaiting,
  [K.YieldExpression]: yielding,
  [K.SpreadElement]: spread,
  [K.ArrayLiteralExpression]: array,
  [K.ObjectLiteralExpression]: object,
  [K.MetaProperty]: meta,
}
