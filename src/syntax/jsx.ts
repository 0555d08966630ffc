import { ts } from 'ts-morph'
import type { Expr, PropFact } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { lowerExpr, lowerNamed } from './dispatch.js'
import type { ExprHandlers } from './dispatch.js'
import { propertyText } from './names.js'

const K = ts.SyntaxKind

function element(cx: Context, node: ts.JsxElement): Expr {
  return tagCall(cx, node, node.openingElement, node.children)
}

function selfClosing(cx: Context, node: ts.JsxSelfClosingElement): Expr {
  return tagCall(cx, node, node, [])
}

function fragment(cx: Context, node: ts.JsxFragment): Expr {
  const p = startOf(cx, node)
  return jsxCall({ k: 'lit', v: '', p, e: p }, childProps(cx, node.children), p, node.end)
}

function tagCall(cx: Context, node: ts.Node, tag: ts.JsxOpeningLikeElement, children: readonly ts.JsxChild[]): Expr {
  const f = tagName(cx, tag.tagName)
  const props = tag.attributes.properties.map(property => attribute(cx, property))
  return jsxCall(f, [...props, ...childProps(cx, children)], startOf(cx, node), node.end)
}

function jsxCall(f: Expr, m: PropFact[], p: number, e: number): Expr {
  return { k: 'call', f, a: [{ k: 'obj', m, p, e }], jsx: 1, p, e }
}

function tagName(cx: Context, name: ts.JsxTagNameExpression): Expr {
  const text = propertyText(name)
  const intrinsic = text !== undefined && (/^[a-z]/.test(text) || /[-:]/.test(text))
  return intrinsic ? { k: 'lit', v: text, p: startOf(cx, name), e: name.end } : lowerExpr(cx, name)
}

function attribute(cx: Context, node: ts.JsxAttributeLike): PropFact {
  const p = startOf(cx, node)
  if (node.kind === K.JsxSpreadAttribute) return { v: lowerExpr(cx, node.expression), kind: 'spread', p, q: p }
  const n = propertyText(node.name) ?? ''
  return { n, v: attributeValue(cx, node, n, p), kind: 'init', p, q: p }
}

function attributeValue(cx: Context, node: ts.JsxAttribute, n: string, p: number): Expr {
  const value = node.initializer
  if (value === undefined) return { k: 'lit', v: true, p, e: node.end }
  return value.kind === K.JsxExpression && value.expression !== undefined ? lowerNamed(cx, value.expression, n, p) : lowerExpr(cx, value)
}

/** Children that are values, as one array; plain text says nothing about state. */
function childProps(cx: Context, children: readonly ts.JsxChild[]): PropFact[] {
  const x: Expr[] = []
  for (const child of children) {
    if (child.kind === K.JsxText || (child.kind === K.JsxExpression && child.expression === undefined)) continue
    x.push(lowerExpr(cx, child))
  }
  const first = x[0]
  if (first === undefined) return []
  return [{ n: 'children', v: { k: 'arr', x, p: first.p, e: x.at(-1)?.e ?? first.e }, kind: 'init', p: first.p, q: first.p }]
}

function braces(cx: Context, node: ts.JsxExpression): Expr {
  if (node.expression === undefined) return { k: 'lit', v: null, p: startOf(cx, node), e: node.end }
  if (node.dotDotDotToken === undefined) return lowerExpr(cx, node.expression)
  return { k: 'spread', x: lowerExpr(cx, node.expression), p: startOf(cx, node), e: node.end }
}

export const jsxExpressions: ExprHandlers = {
  [K.JsxElement]: element,
  [K.JsxSelfClosingElement]: selfClosing,
  [K.JsxFragment]: fragment,
  [K.JsxExpression]: braces,
}
