import { ts } from 'ts-morph'
import type { Expr } from '../model/facts.js'
import type { Context } from './context.js'
import { lowerExpr } from './dispatch.js'

const K = ts.SyntaxKind

/** Text of a property name, or undefined when only the running program knows it. */
export function propertyText(name: ts.PropertyName | ts.Node): string | undefined {
  switch (name.kind) {
    case K.Identifier: case K.PrivateIdentifier: return ts.idText(name as ts.Identifier)
    case K.StringLiteral: case K.NumericLiteral: case K.NoSubstitutionTemplateLiteral: case K.BigIntLiteral:
      return (name as ts.StringLiteral).text
    case K.JsxNamespacedName: return `${ts.idText((name as ts.JsxNamespacedName).namespace)}:${ts.idText((name as ts.JsxNamespacedName).name)}`
    case K.ComputedPropertyName: return literalText((name as ts.ComputedPropertyName).expression)
    default: return undefined
  }
}

/** Text of a literal key. */
function literalText(node: ts.Expression): string | undefined {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node) ? node.text : undefined
}

/** The expression of a computed key whose text nobody knows. */
export function computedKey(cx: Context, name: ts.PropertyName): Expr | undefined {
  return ts.isComputedPropertyName(name) ? lowerExpr(cx, name.expression) : undefined
}
