import { ts } from 'ts-morph'
import type { Expr, Pattern } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { lowerExpr, lowerNamed, withoutCasts } from './dispatch.js'
import { computedKey, propertyText } from './names.js'
import { lookup, reference } from './scopes.js'

const K = ts.SyntaxKind
type ObjectPattern = Extract<Pattern, { k: 'objpat' }>
type ArrayPattern = Extract<Pattern, { k: 'arrpat' }>

/** Lowers a declared name or pattern whose names are bound already. */
export function lowerBinding(cx: Context, name: ts.BindingName): Pattern {
  if (name.kind === K.Identifier) return boundName(cx, name)
  return name.kind === K.ObjectBindingPattern ? objectBinding(cx, name) : arrayBinding(cx, name)
}

/** A name that parsing lost (`const = 1`) has no binding: it is an assignment to nothing. */
function boundName(cx: Context, name: ts.Identifier): Pattern {
  const b = lookup(cx, ts.idText(name))
  return b === undefined ? { k: 'target', x: { k: 'glob', n: '', p: name.pos, e: name.end } } : { k: 'bind', b }
}

function objectBinding(cx: Context, node: ts.ObjectBindingPattern): Pattern {
  const pattern: ObjectPattern = { k: 'objpat', m: [] }
  for (const element of node.elements) {
    if (element.dotDotDotToken !== undefined) pattern.rest = lowerBinding(cx, element.name)
    else pattern.m.push(objectMember(cx, element.propertyName ?? element.name, startOf(cx, element), () => bindingElement(cx, element)))
  }
  return pattern
}

/** The key is lowered before its target, as it runs. */
function objectMember(cx: Context, key: ts.PropertyName | ts.BindingName, p: number, target: () => Pattern): ObjectPattern['m'][number] {
  const n = propertyText(key)
  const c = n === undefined ? computedKey(cx, key as ts.PropertyName) : undefined
  const t = target()
  return c === undefined ? { n: n ?? '', t, p } : { c, t, p }
}

function arrayBinding(cx: Context, node: ts.ArrayBindingPattern): Pattern {
  const pattern: ArrayPattern = { k: 'arrpat', x: [] }
  for (const element of node.elements) {
    if (element.kind === K.OmittedExpression) pattern.x.push(null)
    else if (element.dotDotDotToken !== undefined) pattern.rest = lowerBinding(cx, element.name)
    else pattern.x.push(bindingElement(cx, element))
  }
  return pattern
}

function bindingElement(cx: Context, element: ts.BindingElement): Pattern {
  const t = lowerBinding(cx, element.name)
  return element.initializer === undefined ? t : { k: 'def', t, d: lowerDefault(cx, element.name, element.initializer) }
}

/** A default value; a function takes the name of what it is the default of. */
export function lowerDefault(cx: Context, name: ts.Node, value: ts.Expression): Expr {
  return name.kind === K.Identifier ? lowerNamed(cx, value, ts.idText(name as ts.Identifier), startOf(cx, name)) : lowerExpr(cx, value)
}

/** Lowers the left side of a destructuring assignment (or of `for (x of …)`). */
export function lowerTarget(cx: Context, outer: ts.Node): Pattern {
  const node = withoutCasts(outer)
  if (ts.isObjectLiteralExpression(node)) return objectTarget(cx, node)
  if (ts.isArrayLiteralExpression(node)) return arrayTarget(cx, node)
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === K.EqualsToken) {
    return { k: 'def', t: lowerTarget(cx, node.left), d: lowerDefault(cx, node.left, node.right) }
  }
  return { k: 'target', x: lowerExpr(cx, node) }
}

function objectTarget(cx: Context, node: ts.ObjectLiteralExpression): Pattern {
  const pattern: ObjectPattern = { k: 'objpat', m: [] }
  for (const member of node.properties) {
    const p = startOf(cx, member)
    if (ts.isSpreadAssignment(member)) pattern.rest = lowerTarget(cx, member.expression)
    else if (ts.isPropertyAssignment(member)) pattern.m.push(objectMember(cx, member.name, p, () => lowerTarget(cx, member.initializer)))
    else if (ts.isShorthandPropertyAssignment(member)) pattern.m.push({ n: ts.idText(member.name), t: shorthandTarget(cx, member), p })
  }
  return pattern
}

function shorthandTarget(cx: Context, member: ts.ShorthandPropertyAssignment): Pattern {
  const name = member.name
  const t: Pattern = { k: 'target', x: reference(cx, ts.idText(name), startOf(cx, name), name.end) }
  const initial = member.objectAssignmentInitializer
  return initial === undefined ? t : { k: 'def', t, d: lowerDefault(cx, name, initial) }
}

function arrayTarget(cx: Context, node: ts.ArrayLiteralExpression): Pattern {
  const pattern: ArrayPattern = { k: 'arrpat', x: [] }
  for (const element of node.elements) {
    if (element.kind === K.OmittedExpression) pattern.x.push(null)
    else if (ts.isSpreadElement(element)) pattern.rest = lowerTarget(cx, element.expression)
    else pattern.x.push(lowerTarget(cx, element))
  }
  return pattern
}
