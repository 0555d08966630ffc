import { ts } from 'ts-morph'
import type { ClassId, Expr, FnFact, FnId, FnKind, ParamFact, Stmt } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { lowerDecorators } from './decorators.js'
import { lowerExpr, lowerStatements } from './dispatch.js'
import type { Naming, NamedHandlers, ExprHandlers, StmtHandlers } from './dispatch.js'
import { exportDeclared } from './modules.js'
import { hoistFunction } from './hoist.js'
import { lowerBinding, lowerDefault } from './patterns.js'
import { declare, declareNames, lookup, openScope } from './scopes.js'
import { lowerType } from './types.js'

const K = ts.SyntaxKind

/** Lowers any function-like node with its parameters and body. */
export function lowerFunction(cx: Context, node: ts.FunctionLikeDeclaration, kind: FnKind, naming?: Naming, cls?: ClassId): FnId {
  const fact = functionFact(cx, node, kind, naming)
  if (cls !== undefined) fact.cls = cls
  return insideFunction(cx, fact, id => {
    if (node.kind === K.FunctionExpression && node.name !== undefined) {
      const b = declare(cx, node.name, 'fn')
      const binding = cx.facts.bindings[b]
      if (binding !== undefined) binding.fn = id
      // Its own name stands outside of its body, which may declare the same name for something else.
      openScope(cx)
    }
    lowerParams(cx, node, fact)
    if (node.type !== undefined) fact.ret = lowerType(cx, node.type)
    if (node.body === undefined) fact.bodiless = 1
    else fact.body = functionBody(cx, node.body, fact)
  })
}

/** Registers a function and runs `lower` inside its scope. */
export function insideFunction(cx: Context, fact: FnFact, lower: (id: FnId) => void): FnId {
  const { scope, fn, loop, members } = cx
  const id = cx.facts.functions.push(fact) - 1
  openScope(cx)
  cx.fn = id
  cx.loop = false
  cx.members = undefined
  lower(id)
  cx.scope = scope
  cx.fn = fn
  cx.loop = loop
  cx.members = members
  return id
}

function functionFact(cx: Context, node: ts.FunctionLikeDeclaration, kind: FnKind, naming: Naming | undefined): FnFact {
  const p = startOf(cx, node)
  const fact: FnFact = { p, e: node.end, q: naming?.q ?? p, kind, owner: cx.fn, params: [], body: [] }
  if (naming !== undefined) fact.n = naming.n
  if (node.modifiers?.some(modifier => modifier.kind === K.AsyncKeyword) === true) fact.async = 1
  if (node.asteriskToken !== undefined) fact.gen = 1
  return fact
}

function lowerParams(cx: Context, node: ts.FunctionLikeDeclaration, fact: FnFact): void {
  for (const param of node.parameters) if (!isThis(param)) declareNames(cx, param.name, 'param')
  for (const param of node.parameters) if (!isThis(param)) fact.params.push(lowerParam(cx, param, fact))
}

function isThis(param: ts.ParameterDeclaration): boolean {
  return param.name.kind === K.Identifier && ts.idText(param.name) === 'this'
}

function lowerParam(cx: Context, node: ts.ParameterDeclaration, owner: FnFact): ParamFact {
  const t = lowerBinding(cx, node.name)
  const fact: ParamFact = { t, p: startOf(cx, node), e: node.end }
  if (node.initializer !== undefined) fact.t = { k: 'def', t, d: lowerDefault(cx, node.name, node.initializer) }
  if (node.type !== undefined) fact.ty = lowerType(cx, node.type)
  if (node.dotDotDotToken !== undefined) fact.rest = 1
  if (node.questionToken !== undefined) fact.opt = 1
  const dec = lowerDecorators(cx, node)
  if (dec !== undefined) fact.dec = dec
  if (owner.kind === 'ctor' && node.name.kind === K.Identifier && isProperty(node)) fact.prop = ts.idText(node.name)
  const binding = t.k === 'bind' ? cx.facts.bindings[t.b] : undefined
  if (binding !== undefined && fact.ty !== undefined) binding.ty = fact.ty
  return fact
}

/** Whether a constructor parameter declares a field. */
export function isProperty(node: ts.ParameterDeclaration): boolean {
  return node.modifiers?.some(modifier => modifier.kind !== K.Decorator) === true
}

function functionBody(cx: Context, body: ts.ConciseBody, fact: FnFact): Stmt[] {
  if (body.kind !== K.Block) {
    const x = lowerExpr(cx, body)
    return [{ k: 'ret', x, p: x.p }]
  }
  const statements = (body as ts.Block).statements
  const directives = leadingDirectives(statements)
  if (directives.length > 0) fact.directives = directives
  hoistFunction(cx, statements)
  const rest = directives.length > 0 ? statements.slice(directives.length) : statements
  return [...propertyAssignments(cx, fact), ...lowerStatements(cx, rest)]
}

/** Texts of the string statements that a body begins with. */
export function leadingDirectives(statements: readonly ts.Statement[]): string[] {
  const out: string[] = []
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) break
    out.push(statement.expression.text)
  }
  return out
}

function propertyAssignments(cx: Context, fact: FnFact): Stmt[] {
  const out: Stmt[] = []
  for (const param of fact.params) {
    const b = param.prop === undefined ? undefined : lookup(cx, param.prop)
    const binding = b === undefined ? undefined : cx.facts.bindings[b]
    if (param.prop === undefined || b === undefined || binding === undefined) continue
    const { p, e } = binding
    const l: Expr = { k: 'mem', o: { k: 'this', p, e: p }, n: param.prop, q: p, p, e }
    out.push({ k: 'expr', x: { k: 'set', op: '=', l, r: { k: 'ref', b, p, e }, p, e }, p })
  }
  return out
}

function functionExpression(cx: Context, node: ts.FunctionExpression | ts.ArrowFunction, naming?: Naming): Expr {
  const kind = node.kind === K.ArrowFunction ? 'arrow' : 'fn'
  const own = node.name === undefined ? naming : { n: ts.idText(node.name), q: startOf(cx, node.name) }
  return { k: 'fn', f: lowerFunction(cx, node, kind, own), p: startOf(cx, node), e: node.end }
}

function functionDeclaration(cx: Context, node: ts.FunctionDeclaration, out: Stmt[]): void {
  const f = lowerDeclaration(cx, node)
  const p = startOf(cx, node)
  if (!exportDeclared(cx, node, { k: 'fn', f, p, e: node.end })) out.push({ k: 'fn', f, p })
}

function lowerDeclaration(cx: Context, node: ts.FunctionDeclaration): FnId {
  if (node.name === undefined || node.name.pos === node.name.end) return lowerFunction(cx, node, 'fn')
  const n = ts.idText(node.name)
  const id = lowerFunction(cx, node, 'fn', { n, q: startOf(cx, node.name) })
  const binding = cx.facts.bindings[lookup(cx, n) ?? -1]
  if (binding?.kind === 'fn' && (node.body !== undefined || binding.fn === undefined)) binding.fn = id
  return id
}

export const functionExpressions: ExprHandlers = { [K.FunctionExpression]: functionExpression, [K.ArrowFunction]: functionExpression }
export const namedFunctions: NamedHandlers = { [K.FunctionExpression]: functionExpression, [K.ArrowFunction]: functionExpression }
export const functionStatements: StmtHandlers = { [K.FunctionDeclaration]: functionDeclaration }
