import { ts } from 'ts-morph'
import type { BindingId, Expr, Pattern, Stmt } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { hasModifier } from './decorators.js'
import { lowerBlock, lowerExpr, lowerNamed, lowerStatement, lowerStatements } from './dispatch.js'
import type { StmtHandlers } from './dispatch.js'
import { exportBinding } from './export-names.js'
import { hoistBlock, hoistLexical, listKind, saysWhatIsThere } from './hoist.js'
import { lowerBinding, lowerTarget } from './patterns.js'
import { declareNames, openScope } from './scopes.js'
import { maySpeak } from './throwing.js'
import { lowerType } from './types.js'

const K = ts.SyntaxKind
type VarStmt = Extract<Stmt, { k: 'var' }>
type LoopStmt = Extract<Stmt, { k: 'loop' }>
type TryStmt = Extract<Stmt, { k: 'try' }>

function variables(cx: Context, node: ts.VariableStatement, out: Stmt[]): void {
  if (saysWhatIsThere(node)) return
  const statement = declarationList(cx, node.declarationList)
  out.push(statement)
  if (!hasModifier(node, K.ExportKeyword)) return
  for (const { t } of statement.d) for (const b of boundNames(t)) exportBinding(cx, b)
}

function declarationList(cx: Context, list: ts.VariableDeclarationList): VarStmt {
  const d = list.declarations.map(declaration => variable(cx, declaration, list))
  return { k: 'var', d, kind: listKind(list), p: startOf(cx, list) }
}

function variable(cx: Context, node: ts.VariableDeclaration, list: ts.VariableDeclarationList): VarStmt['d'][number] {
  const t = lowerBinding(cx, node.name)
  const fact: VarStmt['d'][number] = { t }
  const binding = t.k === 'bind' ? cx.facts.bindings[t.b] : undefined
  if (node.type !== undefined && binding !== undefined) binding.ty ??= lowerType(cx, node.type)
  if (node.initializer === undefined) return fact
  fact.i = binding === undefined ? lowerExpr(cx, node.initializer) : lowerNamed(cx, node.initializer, binding.n, startOf(cx, node.name))
  if (binding === undefined || (list.flags & ts.NodeFlags.Const) === 0) return fact
  if (fact.i.k === 'fn') binding.fn = fact.i.f
  if (fact.i.k === 'class') binding.cls = fact.i.c
  return fact
}

/** Every binding that a pattern declares. */
function boundNames(pattern: Pattern): BindingId[] {
  switch (pattern.k) {
    case 'bind': return [pattern.b]
    case 'def': return boundNames(pattern.t)
    case 'objpat': return [...pattern.m.flatMap(member => boundNames(member.t)), ...(pattern.rest ? boundNames(pattern.rest) : [])]
    case 'arrpat': return [...pattern.x.flatMap(x => x === null ? [] : boundNames(x)), ...(pattern.rest ? boundNames(pattern.rest) : [])]
    case 'target': return []
  }
}

function expression(cx: Context, node: ts.ExpressionStatement, out: Stmt[]): void {
  const fact: Extract<Stmt, { k: 'expr' }> = { k: 'expr', x: lowerExpr(cx, node.expression), p: startOf(cx, node) }
  if (maySpeak(fact.x)) cx.said.push(fact)
  out.push(fact)
}

function branch(cx: Context, node: ts.IfStatement, out: Stmt[]): void {
  const fact: Stmt = { k: 'if', t: lowerExpr(cx, node.expression), c: lowerBlock(cx, node.thenStatement), p: startOf(cx, node) }
  if (node.elseStatement !== undefined) fact.a = lowerBlock(cx, node.elseStatement)
  out.push(fact)
}

/** Lowers a loop: its head and body share a scope whose bindings are fresh in each round. */
function loop(cx: Context, out: Stmt[], fact: LoopStmt, lower: () => void): void {
  const { scope, loop: outerLoop } = cx
  openScope(cx)
  cx.loop = true
  lower()
  cx.scope = scope
  cx.loop = outerLoop
  out.push(fact)
}

function forLoop(cx: Context, node: ts.ForStatement, out: Stmt[]): void {
  const fact: LoopStmt = { k: 'loop', kind: 'for', b: [], p: startOf(cx, node) }
  loop(cx, out, fact, () => {
    if (node.initializer !== undefined) fact.init = loopInit(cx, node.initializer)
    if (node.condition !== undefined) fact.t = lowerExpr(cx, node.condition)
    if (node.incrementor !== undefined) fact.upd = lowerExpr(cx, node.incrementor)
    fact.b = lowerBlock(cx, node.statement)
  })
}

function loopInit(cx: Context, node: ts.ForInitializer): Stmt[] {
  if (!ts.isVariableDeclarationList(node)) return [{ k: 'expr', x: lowerExpr(cx, node), p: startOf(cx, node) }]
  hoistLexical(cx, node)
  return [declarationList(cx, node)]
}

function eachLoop(cx: Context, node: ts.ForOfStatement | ts.ForInStatement, out: Stmt[]): void {
  const fact: LoopStmt = { k: 'loop', kind: node.kind === K.ForOfStatement ? 'of' : 'in', b: [], p: startOf(cx, node) }
  fact.t = lowerExpr(cx, node.expression)
  loop(cx, out, fact, () => {
    fact.each = eachTarget(cx, node.initializer)
    fact.b = lowerBlock(cx, node.statement)
  })
}

function eachTarget(cx: Context, node: ts.ForInitializer): Pattern {
  if (!ts.isVariableDeclarationList(node)) return lowerTarget(cx, node)
  hoistLexical(cx, node)
  const name = node.declarations[0]?.name
  return name === undefined ? { k: 'arrpat', x: [] } : lowerBinding(cx, name)
}

function whileLoop(cx: Context, node: ts.WhileStatement | ts.DoStatement, out: Stmt[]): void {
  const fact: LoopStmt = { k: 'loop', kind: node.kind === K.DoStatement ? 'do' : 'while', b: [], p: startOf(cx, node) }
  loop(cx, out, fact, () => {
    fact.t = lowerExpr(cx, node.expression)
    fact.b = lowerBlock(cx, node.statement)
  })
}

function tryStatement(cx: Context, node: ts.TryStatement, out: Stmt[]): void {
  const fact: TryStmt = { k: 'try', b: lowerBlock(cx, node.tryBlock), p: startOf(cx, node) }
  if (node.catchClause !== undefined) catchClause(cx, node.catchClause, fact)
  if (node.finallyBlock !== undefined) fact.f = lowerBlock(cx, node.finallyBlock)
  out.push(fact)
}

function catchClause(cx: Context, node: ts.CatchClause, fact: TryStmt): void {
  const outer = cx.scope
  openScope(cx)
  const name = node.variableDeclaration?.name
  if (name !== undefined) {
    declareNames(cx, name, 'catch')
    fact.param = lowerBinding(cx, name)
  }
  fact.c = lowerBlock(cx, node.block)
  cx.scope = outer
}

function returning(cx: Context, node: ts.ReturnStatement, out: Stmt[]): void {
  const p = startOf(cx, node)
  out.push(node.expression === undefined ? { k: 'ret', p } : { k: 'ret', x: lowerExpr(cx, node.expression), p })
}

function throwing(cx: Context, node: ts.ThrowStatement, out: Stmt[]): void {
  out.push({ k: 'throw', x: lowerExpr(cx, node.expression), p: startOf(cx, node) })
}

function switchStatement(cx: Context, node: ts.SwitchStatement, out: Stmt[]): void {
  const x = lowerExpr(cx, node.expression)
  const outer = cx.scope
  openScope(cx)
  for (const clause of node.caseBlock.clauses) hoistBlock(cx, clause.statements)
  const cases = node.caseBlock.clauses.map(clause => switchCase(cx, clause))
  cx.scope = outer
  out.push({ k: 'switch', x, cases, p: startOf(cx, node) })
}

function switchCase(cx: Context, clause: ts.CaseOrDefaultClause): { t?: Expr; b: Stmt[] } {
  if (clause.kind === K.DefaultClause) return { b: lowerStatements(cx, clause.statements) }
  return { t: lowerExpr(cx, clause.expression), b: lowerStatements(cx, clause.statements) }
}

function block(cx: Context, node: ts.Block, out: Stmt[]): void {
  out.push({ k: 'block', b: lowerBlock(cx, node), p: startOf(cx, node) })
}

function labelled(cx: Context, node: ts.LabeledStatement, out: Stmt[]): void {
  const b: Stmt[] = []
  lowerStatement(cx, node.statement, b)
  out.push({ k: 'block', b, label: ts.idText(node.label), p: startOf(cx, node) })
}

function jump(k: 'break' | 'continue'): (cx: Context, node: ts.BreakOrContinueStatement, out: Stmt[]) => void {
  return (cx, node, out) => {
    const p = startOf(cx, node)
    out.push(node.label === undefined ? { k, p } : { k, label: ts.idText(node.label), p })
  }
}

function withStatement(cx: Context, node: ts.WithStatement, out: Stmt[]): void {
  const p = startOf(cx, node)
  out.push({ k: 'expr', x: lowerExpr(cx, node.expression), p }, { k: 'block', b: lowerBlock(cx, node.statement), p })
}

export const plainStatements: StmtHandlers = {
  [K.VariableStatement]: variables,
  [K.ExpressionStatement]: expression,
  [K.IfStatement]: branch,
  [K.ForStatement]: forLoop,
  [K.ForOfStatement]: eachLoop,
  [K.ForInStatement]: eachLoop,
  [K.WhileStatement]: whileLoop,
  [K.DoStatement]: whileLoop,
  [K.TryStatement]: tryStatement,
  [K.ReturnStatement]: returning,
  [K.ThrowStatement]: throwing,
  [K.SwitchStatement]: switchStatement,
  [K.Block]: block,
  [K.LabeledStatement]: labelled,
  [K.BreakStatement]: jump('break'),
  [K.ContinueStatement]: jump('continue'),
  [K.WithStatement]: withStatement,
}
