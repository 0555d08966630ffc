import { ts } from 'ts-morph'
import type { BindingId, Expr, PropFact, Stmt } from '../model/facts.js'
import { nothingAt, startOf } from './context.js'
import type { Context, NamespaceMember } from './context.js'
import { hasModifier } from './decorators.js'
import { lowerExpr, lowerStatement, lowerStatements } from './dispatch.js'
import type { StmtHandlers } from './dispatch.js'
import { exportBinding } from './export-names.js'
import { hoistFunction, holdsValues } from './hoist.js'
import { propertyText } from './names.js'
import { declare, lookup, openScope } from './scopes.js'

const K = ts.SyntaxKind

function enumeration(cx: Context, node: ts.EnumDeclaration, out: Stmt[]): void {
  const b = lookup(cx, ts.idText(node.name))
  if (b === undefined) return
  const m: PropFact[] = []
  let next: number | undefined = 0
  for (const member of node.members) {
    const v = enumValue(cx, member, next)
    next = v.k === 'lit' && typeof v.v === 'number' ? v.v + 1 : undefined
    const p = startOf(cx, member)
    m.push({ n: propertyText(member.name) ?? '', v, kind: 'init', p, q: p })
  }
  const p = startOf(cx, node)
  out.push(constant(b, { k: 'obj', m, p, e: node.end }, p))
  if (hasModifier(node, K.ExportKeyword)) exportBinding(cx, b)
}

function enumValue(cx: Context, member: ts.EnumMember, next: number | undefined): Expr {
  if (member.initializer !== undefined) return lowerExpr(cx, member.initializer)
  const p = startOf(cx, member)
  return next === undefined ? nothingAt(p, member.end) : { k: 'lit', v: next, p, e: member.end }
}

function constant(b: BindingId, i: Expr, p: number): Stmt {
  return { k: 'var', d: [{ t: { k: 'bind', b }, i }], kind: 'const', p }
}

function namespace(cx: Context, node: ts.ModuleDeclaration, out: Stmt[]): void {
  if (node.name.kind !== K.Identifier || !holdsValues(node)) return typesOnly(cx, node)
  const b = declareNamespace(cx, node.name)
  const members = namespaceBody(cx, node, out)
  bindMembers(cx, node, b, members, out)
  if (hasModifier(node, K.ExportKeyword)) exportBinding(cx, b)
}

/** The name is hoisted, unless it is the inner one of `namespace A.B`. */
function declareNamespace(cx: Context, name: ts.Identifier): BindingId {
  return lookup(cx, ts.idText(name)) ?? declare(cx, name, 'ns')
}

function namespaceBody(cx: Context, node: ts.ModuleDeclaration, out: Stmt[]): NamespaceMember[] {
  const { scope, members: outerMembers } = cx
  const members: NamespaceMember[] = []
  openScope(cx)
  cx.members = members
  if (node.body?.kind === K.ModuleBlock) {
    hoistFunction(cx, node.body.statements)
    out.push(...lowerStatements(cx, node.body.statements))
  } else if (node.body?.kind === K.ModuleDeclaration) {
    const inner = node.body as ts.ModuleDeclaration
    if (inner.name.kind === K.Identifier) exportBinding(cx, declare(cx, inner.name, 'ns'))
    lowerStatement(cx, inner, out)
  }
  cx.scope = scope
  cx.members = outerMembers
  return members
}

/** `const N = { members }`, or `C.member = member` where the namespace extends a class or function. */
function bindMembers(cx: Context, node: ts.ModuleDeclaration, b: BindingId, members: NamespaceMember[], out: Stmt[]): void {
  const p = startOf(cx, node)
  if (cx.facts.bindings[b]?.kind === 'ns') {
    const m = members.map((member): PropFact => ({ n: member.n, v: memberRef(member), kind: 'init', p: member.p, q: member.p }))
    out.push(constant(b, { k: 'obj', m, p, e: node.end }, p))
    return
  }
  for (const member of members) {
    const l: Expr = { k: 'mem', o: { k: 'ref', b, p, e: p }, n: member.n, q: member.p, p, e: member.e }
    out.push({ k: 'expr', x: { k: 'set', op: '=', l, r: memberRef(member), p, e: member.e }, p })
  }
}

function memberRef(member: NamespaceMember): Expr {
  return { k: 'ref', b: member.b, p: member.p, e: member.e }
}

/** Ambient modules and augmentations run nothing, but the types in them hold (`declare module 'express-session'`). */
function typesOnly(cx: Context, node: ts.ModuleDeclaration): void {
  if (node.body?.kind === K.ModuleDeclaration) return typesOnly(cx, node.body as ts.ModuleDeclaration)
  if (node.body?.kind !== K.ModuleBlock) return
  for (const statement of node.body.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) lowerStatement(cx, statement, [])
    else if (ts.isModuleDeclaration(statement)) typesOnly(cx, statement)
  }
}

export const declarationStatements: StmtHandlers = {
  [K.EnumDeclaration]: enumeration,
  [K.ModuleDeclaration]: namespace,
}
