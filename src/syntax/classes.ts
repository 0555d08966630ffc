import { ts } from 'ts-morph'
import type { ClassFact, ClassId, Expr, FieldFact, FnId, MethodFact, Stmt } from '../model/facts.js'
import { copyOf, startOf } from './context.js'
import type { Context, Scope } from './context.js'
import { hasModifier, lowerDecorators } from './decorators.js'
import { lowerExpr, lowerNamed, lowerStatements } from './dispatch.js'
import type { ExprHandlers, NamedHandlers, Naming, StmtHandlers } from './dispatch.js'
import { methodKind } from './expressions.js'
import { insideFunction, isProperty, lowerFunction } from './functions.js'
import { hoistFunction } from './hoist.js'
import { exportDeclared } from './modules.js'
import { propertyText } from './names.js'
import { declare, lookup, openScope } from './scopes.js'
import { lowerType, lowerTypes } from './types.js'

const K = ts.SyntaxKind

/** The class under way: its fact and the synthetic functions that hold its initialisers. */
interface ClassWork {
  id: ClassId
  fact: ClassFact
  init?: { f: FnId; scope: Scope }
  sinit?: { f: FnId; scope: Scope }
}

function lowerClass(cx: Context, node: ts.ClassLikeDeclaration, naming: Naming | undefined): ClassId {
  const p = startOf(cx, node)
  const fact: ClassFact = { p, e: node.end, q: naming?.q ?? p, owner: cx.fn, fields: [], methods: [] }
  if (naming !== undefined) fact.n = naming.n
  if (hasModifier(node, K.AbstractKeyword)) fact.abstract = 1
  const id = cx.facts.classes.push(fact) - 1
  const outer = cx.scope
  bindOwnName(cx, node, fact, id)
  const dec = lowerDecorators(cx, node)
  if (dec !== undefined) fact.dec = dec
  lowerHeritage(cx, node, fact)
  const work: ClassWork = { id, fact }
  for (const member of node.members) lowerMember(cx, member, work, node.members)
  cx.scope = outer
  return id
}

/** A declaration's name is hoisted; an expression's own name is visible inside it alone. */
function bindOwnName(cx: Context, node: ts.ClassLikeDeclaration, fact: ClassFact, id: ClassId): void {
  if (node.name === undefined || node.name.pos === node.name.end) return
  if (node.kind === K.ClassExpression) {
    openScope(cx)
    declare(cx, node.name, 'class')
  }
  const b = lookup(cx, ts.idText(node.name))
  const binding = cx.facts.bindings[b ?? -1]
  if (b === undefined || binding?.kind !== 'class') return
  fact.b = b
  binding.cls = id
}

function lowerHeritage(cx: Context, node: ts.ClassLikeDeclaration, fact: ClassFact): void {
  for (const clause of node.heritageClauses ?? []) {
    if (clause.token === K.ImplementsKeyword) fact.impl = lowerTypes(cx, clause.types)
    else {
      const base = clause.types[0]
      if (base === undefined) continue
      fact.ext = lowerExpr(cx, base.expression)
      if (base.typeArguments !== undefined) fact.extTypes = lowerTypes(cx, base.typeArguments)
    }
  }
}

function lowerMember(cx: Context, node: ts.ClassElement, work: ClassWork, all: readonly ts.ClassElement[]): void {
  if (ts.isPropertyDeclaration(node)) return lowerField(cx, node, work)
  if (ts.isConstructorDeclaration(node)) return lowerConstructor(cx, node, work)
  if (ts.isMethodDeclaration(node)) return hasImplementation(node, all) ? undefined : lowerMethod(cx, node, work)
  if (ts.isAccessor(node)) return lowerMethod(cx, node, work)
  if (ts.isClassStaticBlockDeclaration(node)) lowerStaticBlock(cx, node, work)
}

/** An overload signature says nothing that its implementation does not say. */
function hasImplementation(node: ts.MethodDeclaration, all: readonly ts.ClassElement[]): boolean {
  if (node.body !== undefined) return false
  const name = propertyText(node.name)
  return all.some(other => ts.isMethodDeclaration(other) && other.body !== undefined && propertyText(other.name) === name)
}

function lowerMethod(cx: Context, node: ts.MethodDeclaration | ts.AccessorDeclaration, work: ClassWork): void {
  const q = startOf(cx, node.name)
  const n = propertyText(node.name) ?? cx.text.slice(q, node.name.end)
  const kind = methodKind(node)
  const dec = lowerDecorators(cx, node)
  const fact: MethodFact = { n, f: lowerFunction(cx, node, kind, { n, q }, work.id), kind, p: startOf(cx, node), q, e: node.end }
  if (hasModifier(node, K.StaticKeyword)) fact.static = 1
  if (hasModifier(node, K.AbstractKeyword)) fact.abstract = 1
  if (dec !== undefined) fact.dec = dec
  work.fact.methods.push(fact)
}

function lowerConstructor(cx: Context, node: ts.ConstructorDeclaration, work: ClassWork): void {
  if (node.body === undefined && work.fact.ctor !== undefined) return
  const id = lowerFunction(cx, node, 'ctor', { n: 'constructor', q: startOf(cx, node) }, work.id)
  work.fact.ctor = id
  const params = cx.facts.functions[id]?.params ?? []
  for (const param of node.parameters) {
    if (!isProperty(param) || param.name.kind !== K.Identifier) continue
    const name = ts.idText(param.name)
    const known = params.find(fact => fact.prop === name)
    const field = fieldFact(cx, param, name)
    field.param = 1
    if (known?.ty !== undefined) field.ty = known.ty
    if (known?.dec !== undefined) field.dec = copyOf(known.dec)
    work.fact.fields.push(field)
  }
}

function lowerField(cx: Context, node: ts.PropertyDeclaration, work: ClassWork): void {
  const n = propertyText(node.name)
  if (n !== undefined) {
    const field = fieldFact(cx, node, n)
    if (node.type !== undefined) field.ty = lowerType(cx, node.type)
    if (hasModifier(node, K.StaticKeyword)) field.static = 1
    const dec = lowerDecorators(cx, node)
    if (dec !== undefined) field.dec = dec
    work.fact.fields.push(field)
  }
  if (node.initializer !== undefined) initialise(cx, node, node.initializer, n, work)
}

function fieldFact(cx: Context, node: ts.PropertyDeclaration | ts.ParameterDeclaration, n: string): FieldFact {
  const field: FieldFact = { n, p: startOf(cx, node), e: node.end, q: startOf(cx, node.name) }
  if (hasModifier(node, K.ReadonlyKeyword)) field.ro = 1
  return field
}

function initialise(cx: Context, node: ts.PropertyDeclaration, value: ts.Expression, n: string | undefined, work: ClassWork): void {
  insideInitialiser(cx, hasModifier(node, K.StaticKeyword) ? 'sinit' : 'init', work, body => {
    const q = startOf(cx, node.name)
    const e = node.name.end
    const o: Expr = { k: 'this', p: q, e: q }
    const l: Expr = n === undefined ? { k: 'elem', o, i: computedName(cx, node.name), p: q, e } : { k: 'mem', o, n, q, p: q, e }
    const r = n === undefined ? lowerExpr(cx, value) : lowerNamed(cx, value, n, q)
    body.push({ k: 'expr', x: { k: 'set', op: '=', l, r, p: q, e: value.end }, p: q })
  })
}

function computedName(cx: Context, name: ts.PropertyName): Expr {
  return lowerExpr(cx, ts.isComputedPropertyName(name) ? name.expression : name)
}

function lowerStaticBlock(cx: Context, node: ts.ClassStaticBlockDeclaration, work: ClassWork): void {
  insideInitialiser(cx, 'sinit', work, body => {
    const outer = cx.scope
    openScope(cx)
    hoistFunction(cx, node.body.statements)
    body.push({ k: 'block', b: lowerStatements(cx, node.body.statements), p: startOf(cx, node) })
    cx.scope = outer
  })
}

/** Runs `lower` inside the class's synthetic initialiser, made at the first use. */
function insideInitialiser(cx: Context, kind: 'init' | 'sinit', work: ClassWork, lower: (body: Stmt[]) => void): void {
  const known = work[kind]
  const fact = cx.facts.functions[known?.f ?? -1]
  if (known !== undefined && fact !== undefined) {
    const { scope, fn, loop } = cx
    cx.scope = known.scope
    cx.fn = known.f
    cx.loop = false
    lower(fact.body)
    cx.scope = scope
    cx.fn = fn
    cx.loop = loop
    return
  }
  const { p, e, q } = work.fact
  const made = { p, e, q, kind, owner: cx.fn, cls: work.id, params: [], body: [] as Stmt[] }
  insideFunction(cx, made, id => {
    work[kind] = { f: id, scope: cx.scope }
    work.fact[kind] = id
    lower(made.body)
  })
}

function classDeclaration(cx: Context, node: ts.ClassDeclaration, out: Stmt[]): void {
  const c = lowerClass(cx, node, ownNaming(cx, node))
  const p = startOf(cx, node)
  if (!exportDeclared(cx, node, { k: 'class', c, p, e: node.end })) out.push({ k: 'class', c, p })
}

function classExpression(cx: Context, node: ts.ClassExpression, naming?: Naming): Expr {
  return { k: 'class', c: lowerClass(cx, node, ownNaming(cx, node) ?? naming), p: startOf(cx, node), e: node.end }
}

function ownNaming(cx: Context, node: ts.ClassLikeDeclaration): Naming | undefined {
  if (node.name === undefined || node.name.pos === node.name.end) return undefined
  return { n: ts.idText(node.name), q: startOf(cx, node.name) }
}

export const classExpressions: ExprHandlers = { [K.ClassExpression]: classExpression }
export const namedClasses: NamedHandlers = { [K.ClassExpression]: classExpression }
export const classStatements: StmtHandlers = { [K.ClassDeclaration]: classDeclaration }
