import { ts } from 'ts-morph'
import type { ExportFact, Expr, ImportFact, Stmt } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { hasModifier } from './decorators.js'
import { lowerExpr } from './dispatch.js'
import type { StmtHandlers } from './dispatch.js'
import { exportBinding } from './export-names.js'
import { propertyText } from './names.js'
import { lookup, reference } from './scopes.js'

const K = ts.SyntaxKind

function importDeclaration(cx: Context, node: ts.ImportDeclaration): void {
  const s = specifierOf(node.moduleSpecifier)
  if (s === undefined) return
  const fact: ImportFact = { s, p: startOf(cx, node), e: node.end, names: [] }
  const clause = node.importClause
  if (clause?.phaseModifier === K.TypeKeyword) fact.typeOnly = 1
  if (clause?.name !== undefined) importName(cx, fact, 'default', clause.name)
  const bound = clause?.namedBindings
  if (bound?.kind === K.NamespaceImport) importName(cx, fact, '*', bound.name)
  else for (const element of bound?.elements ?? []) importName(cx, fact, exportedText(element.propertyName ?? element.name), element.name, element.isTypeOnly)
  cx.facts.imports.push(fact)
}

function importName(cx: Context, fact: ImportFact, n: string, local: ts.Identifier, typeOnly = false): void {
  const b = lookup(cx, ts.idText(local))
  if (b !== undefined) fact.names.push(typeOnly ? { n, b, typeOnly: 1 } : { n, b })
}

function specifierOf(node: ts.Expression): string | undefined {
  return ts.isStringLiteralLike(node) ? node.text : undefined
}

function exportedText(name: ts.ModuleExportName): string {
  return propertyText(name) ?? ''
}

/** `import x = require('y')` is an import; `import x = A.B` a constant. */
function importEquals(cx: Context, node: ts.ImportEqualsDeclaration, out: Stmt[]): void {
  const p = startOf(cx, node)
  const target = node.moduleReference
  const b = lookup(cx, ts.idText(node.name))
  if (b === undefined) return
  if (target.kind !== K.ExternalModuleReference) {
    out.push({ k: 'var', d: [{ t: { k: 'bind', b }, i: entityExpr(cx, target) }], kind: 'const', p })
  } else {
    const s = specifierOf(target.expression)
    if (s === undefined) return
    cx.facts.imports.push({ s, p, e: node.end, ...(node.isTypeOnly ? { typeOnly: 1 as const } : {}), names: [{ n: 'default', b }] })
  }
  if (hasModifier(node, K.ExportKeyword)) exportBinding(cx, b)
}

function entityExpr(cx: Context, name: ts.EntityName): Expr {
  const p = startOf(cx, name)
  if (name.kind === K.Identifier) return reference(cx, ts.idText(name), p, name.end)
  return { k: 'mem', o: entityExpr(cx, name.left), n: ts.idText(name.right), q: startOf(cx, name.right), p, e: name.end }
}

function exportDeclaration(cx: Context, node: ts.ExportDeclaration): void {
  const from = node.moduleSpecifier === undefined ? undefined : specifierOf(node.moduleSpecifier)
  const clause = node.exportClause
  if (clause === undefined) {
    if (from !== undefined) cx.facts.exports.push(typed({ n: '*', p: startOf(cx, node), from, i: '*' }, node.isTypeOnly))
  } else if (clause.kind === K.NamespaceExport) {
    if (from !== undefined) cx.facts.exports.push(typed({ n: exportedText(clause.name), p: startOf(cx, clause.name), from, i: '*' }, node.isTypeOnly))
  } else for (const element of clause.elements) exportSpecifier(cx, element, from, node.isTypeOnly || element.isTypeOnly)
}

function exportSpecifier(cx: Context, node: ts.ExportSpecifier, from: string | undefined, typeOnly: boolean): void {
  const i = exportedText(node.propertyName ?? node.name)
  const fact: ExportFact = { n: exportedText(node.name), p: startOf(cx, node.name) }
  if (from !== undefined) { cx.facts.exports.push(typed({ ...fact, from, i }, typeOnly)); return }
  const b = lookup(cx, i)
  if (b !== undefined) cx.facts.exports.push(typed({ ...fact, b }, typeOnly))
  else markTypeExported(cx, i)
}

function typed(fact: ExportFact, typeOnly: boolean): ExportFact {
  if (typeOnly) fact.typeOnly = 1
  return fact
}

/** The declaration may come later in the file, so the names wait until the walk is over. */
function markTypeExported(cx: Context, name: string): void {
  cx.exportedTypes.add(name)
}

/** Flags the types that an `export { … }` names. */
export function markExportedTypes(cx: Context): void {
  for (const type of cx.facts.types) if (cx.exportedTypes.has(type.n)) type.exported = 1
}

/** `export default <expr>` and `export = <expr>`: the expression stands in the export alone, not in the module body. */
function exportAssignment(cx: Context, node: ts.ExportAssignment): void {
  const n = node.isExportEquals === true ? '=' : 'default'
  const p = startOf(cx, node)
  const x = lowerExpr(cx, node.expression)
  if (x.k === 'glob') markTypeExported(cx, x.n)
  cx.facts.exports.push(x.k === 'ref' ? { n, p, b: x.b } : { n, p, x })
}

/** Exports what an `export function` or `export class` declares; true where nothing but the export can name it. */
export function exportDeclared(cx: Context, node: ts.FunctionDeclaration | ts.ClassDeclaration, x: Expr): boolean {
  if (!hasModifier(node, K.ExportKeyword)) return false
  const n = hasModifier(node, K.DefaultKeyword) ? 'default' : undefined
  const b = node.name === undefined ? undefined : lookup(cx, ts.idText(node.name))
  if (b === undefined) cx.facts.exports.push({ n: n ?? '', p: x.p, x })
  else exportBinding(cx, b, n)
  return b === undefined
}

export const moduleStatements: StmtHandlers = {
  [K.ImportDeclaration]: (cx: Context, node: ts.ImportDeclaration, _out: Stmt[]) => importDeclaration(cx, node),
  [K.ImportEqualsDeclaration]: importEquals,
  [K.ExportDeclaration]: (cx: Context, node: ts.ExportDeclaration, _out: Stmt[]) => exportDeclaration(cx, node),
  [K.ExportAssignment]: (cx: Context, node: ts.ExportAssignment, _out: Stmt[]) => exportAssignment(cx, node),
}
