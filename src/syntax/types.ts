import { ts } from 'ts-morph'
import type { Expr, Stmt, TypeDeclFact, TypeFact, TypeMember } from '../model/facts.js'
import { DEPTH_LIMIT, startOf } from './context.js'
import type { Context } from './context.js'
import type { StmtHandlers } from './dispatch.js'
import { propertyText } from './names.js'
import { lookup, reference } from './scopes.js'

const K = ts.SyntaxKind
const OTHER: TypeFact = { k: 'other' }

const PRIMITIVES = new Map<ts.SyntaxKind, string>([
  [K.StringKeyword, 'string'], [K.NumberKeyword, 'number'], [K.BooleanKeyword, 'boolean'], [K.AnyKeyword, 'any'],
  [K.UnknownKeyword, 'unknown'], [K.VoidKeyword, 'void'], [K.NeverKeyword, 'never'], [K.UndefinedKeyword, 'undefined'],
  [K.ObjectKeyword, 'object'], [K.SymbolKeyword, 'symbol'], [K.BigIntKeyword, 'bigint'],
])

/** Lowers a type annotation, unresolved. */
export function lowerType(cx: Context, node: ts.TypeNode): TypeFact {
  if (cx.depth > DEPTH_LIMIT) return OTHER
  cx.depth++
  const fact = typeFact(cx, node)
  cx.depth--
  return fact
}

/** Lowers a list of types, such as type arguments. */
export function lowerTypes(cx: Context, nodes: readonly ts.TypeNode[]): TypeFact[] {
  return nodes.map(node => lowerType(cx, node))
}

function typeFact(cx: Context, node: ts.TypeNode): TypeFact {
  switch (node.kind) {
    case K.TypeReference: return namedType(cx, (node as ts.TypeReferenceNode).typeName, (node as ts.TypeReferenceNode).typeArguments)
    case K.ExpressionWithTypeArguments: return heritageType(cx, node as ts.ExpressionWithTypeArguments)
    case K.ArrayType: return { k: 'arr', x: lowerType(cx, (node as ts.ArrayTypeNode).elementType) }
    case K.TupleType: return { k: 'tuple', x: lowerTypes(cx, (node as ts.TupleTypeNode).elements) }
    case K.UnionType: return { k: 'union', x: lowerTypes(cx, (node as ts.UnionTypeNode).types) }
    case K.IntersectionType: return { k: 'inter', x: lowerTypes(cx, (node as ts.IntersectionTypeNode).types) }
    case K.TypeLiteral: return { k: 'obj', m: typeMembers(cx, (node as ts.TypeLiteralNode).members) }
    case K.FunctionType: case K.ConstructorType: return functionType(cx, node as ts.FunctionTypeNode)
    case K.LiteralType: return literalType((node as ts.LiteralTypeNode).literal)
    case K.TypeQuery: return { k: 'typeof', x: entityExpr(cx, (node as ts.TypeQueryNode).exprName) }
    case K.ImportType: return importType(cx, node as ts.ImportTypeNode)
    case K.TypePredicate: return { k: 'prim', n: (node as ts.TypePredicateNode).assertsModifier === undefined ? 'boolean' : 'void' }
    case K.TemplateLiteralType: return { k: 'prim', n: 'string' }
    case K.TypeOperator: return operatorType(cx, node as ts.TypeOperatorNode)
    case K.ParenthesizedType: case K.OptionalType: case K.RestType: case K.NamedTupleMember:
      return lowerType(cx, (node as ts.ParenthesizedTypeNode).type)
    default: return primitive(node.kind)
  }
}

function primitive(kind: ts.SyntaxKind): TypeFact {
  const n = PRIMITIVES.get(kind)
  return n === undefined ? OTHER : { k: 'prim', n }
}

function operatorType(cx: Context, node: ts.TypeOperatorNode): TypeFact {
  return node.operator === K.KeyOfKeyword ? OTHER : lowerType(cx, node.type)
}

function namedType(cx: Context, name: ts.EntityName, args: readonly ts.TypeNode[] | undefined): TypeFact {
  let first = name
  while (first.kind === K.QualifiedName) first = first.left
  return refType(cx, entityText(name), ts.idText(first), args)
}

function refType(cx: Context, n: string, first: string, args: readonly ts.TypeNode[] | undefined): TypeFact {
  const fact: TypeFact = { k: 'ref', n }
  const b = lookup(cx, first)
  if (b !== undefined) fact.b = b
  if (args !== undefined) fact.a = lowerTypes(cx, args)
  return fact
}

function heritageType(cx: Context, node: ts.ExpressionWithTypeArguments): TypeFact {
  const names: string[] = []
  let at: ts.Expression = node.expression
  for (; ts.isPropertyAccessExpression(at); at = at.expression) names.unshift(ts.idText(at.name))
  if (!ts.isIdentifier(at)) return OTHER
  names.unshift(ts.idText(at))
  return refType(cx, names.join('.'), ts.idText(at), node.typeArguments)
}

function entityText(name: ts.EntityName): string {
  return name.kind === K.Identifier ? ts.idText(name) : `${entityText(name.left)}.${ts.idText(name.right)}`
}

function entityExpr(cx: Context, name: ts.TypeQueryNode['exprName'] | ts.Expression): Expr {
  const p = startOf(cx, name)
  if (ts.isIdentifier(name)) return reference(cx, ts.idText(name), p, name.end)
  if (ts.isQualifiedName(name)) {
    return { k: 'mem', o: entityExpr(cx, name.left), n: ts.idText(name.right), q: startOf(cx, name.right), p, e: name.end }
  }
  return { k: 'glob', n: '', p, e: name.end }
}

function functionType(cx: Context, node: ts.SignatureDeclaration): TypeFact {
  const fact: TypeFact = { k: 'fn', ps: node.parameters.map(param => param.type === undefined ? OTHER : lowerType(cx, param.type)) }
  if (node.type !== undefined) fact.r = lowerType(cx, node.type)
  return fact
}

function literalType(node: ts.LiteralTypeNode['literal']): TypeFact {
  switch (node.kind) {
    case K.StringLiteral: case K.NoSubstitutionTemplateLiteral: return { k: 'lit', v: (node as ts.StringLiteral).text }
    case K.NumericLiteral: return { k: 'lit', v: finite((node as ts.NumericLiteral).text) }
    case K.TrueKeyword: return { k: 'lit', v: true }
    case K.FalseKeyword: return { k: 'lit', v: false }
    case K.NullKeyword: return { k: 'prim', n: 'null' }
    case K.PrefixUnaryExpression: return negativeLiteral(node as ts.PrefixUnaryExpression)
    default: return OTHER
  }
}

function negativeLiteral(node: ts.PrefixUnaryExpression): TypeFact {
  return ts.isNumericLiteral(node.operand) && node.operator === K.MinusToken ? { k: 'lit', v: finite(`-${node.operand.text}`) } : OTHER
}

/** A number that JSON can hold, or its text. */
export function finite(text: string): number | string {
  const value = Number(text)
  return Number.isFinite(value) ? value === 0 ? 0 : value : text
}

function importType(cx: Context, node: ts.ImportTypeNode): TypeFact {
  const argument = node.argument
  if (!ts.isLiteralTypeNode(argument) || !ts.isStringLiteral(argument.literal)) return OTHER
  const fact: TypeFact = { k: 'import', s: argument.literal.text }
  if (node.qualifier !== undefined) fact.n = entityText(node.qualifier)
  if (node.typeArguments !== undefined) fact.a = lowerTypes(cx, node.typeArguments)
  return fact
}

function typeMembers(cx: Context, nodes: readonly ts.TypeElement[]): TypeMember[] {
  const members: TypeMember[] = []
  for (const node of nodes) {
    const n = node.name === undefined ? undefined : propertyText(node.name)
    if (n === undefined || node.name === undefined) continue
    const member: TypeMember = { n, p: startOf(cx, node.name) }
    const ty = memberType(cx, node)
    if (ty !== undefined) member.ty = ty
    if (node.questionToken !== undefined) member.opt = 1
    members.push(member)
  }
  return members
}

function memberType(cx: Context, node: ts.TypeElement): TypeFact | undefined {
  if (node.kind === K.MethodSignature) return functionType(cx, node as ts.MethodSignature)
  const type = (node as ts.PropertySignature).type
  return type === undefined ? undefined : lowerType(cx, type)
}

function interfaceDeclaration(cx: Context, node: ts.InterfaceDeclaration): void {
  const fact = typeDeclaration(cx, node, 'interface')
  const ext = node.heritageClauses?.flatMap(clause => lowerTypes(cx, clause.types))
  if (ext !== undefined && ext.length > 0) fact.ext = ext
  fact.m = typeMembers(cx, node.members)
}

function aliasDeclaration(cx: Context, node: ts.TypeAliasDeclaration): void {
  const fact = typeDeclaration(cx, node, 'alias')
  fact.ty = lowerType(cx, node.type)
}

function typeDeclaration(cx: Context, node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration, kind: TypeDeclFact['kind']): TypeDeclFact {
  const fact: TypeDeclFact = { n: ts.idText(node.name), p: startOf(cx, node), e: node.end, kind }
  if (node.typeParameters !== undefined) fact.tp = node.typeParameters.map(param => ts.idText(param.name))
  if (node.modifiers?.some(modifier => modifier.kind === K.ExportKeyword) === true) fact.exported = 1
  cx.facts.types.push(fact)
  return fact
}

export const typeStatements: StmtHandlers = {
  [K.InterfaceDeclaration]: (cx: Context, node: ts.InterfaceDeclaration, _out: Stmt[]) => interfaceDeclaration(cx, node),
  [K.TypeAliasDeclaration]: (cx: Context, node: ts.TypeAliasDeclaration, _out: Stmt[]) => aliasDeclaration(cx, node),
}
