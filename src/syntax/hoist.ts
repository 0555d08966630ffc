import { ts } from 'ts-morph'
import type { BindingKind } from '../model/facts.js'
import type { Context } from './context.js'
import { declare, declareNames, lookup } from './scopes.js'

const K = ts.SyntaxKind

/** Binds what the statements of a function body (or module) declare, `var` in nested blocks included. */
export function hoistFunction(cx: Context, statements: readonly ts.Statement[]): void {
  for (const statement of statements) hoistVars(cx, statement)
  hoistBlock(cx, statements)
}

/** Binds what the statements of a block declare for that block. */
export function hoistBlock(cx: Context, statements: readonly ts.Statement[]): void {
  for (const statement of statements) hoistStatement(cx, statement)
}

function hoistStatement(cx: Context, node: ts.Statement): void {
  switch (node.kind) {
    case K.VariableStatement: return saysWhatIsThere(node) ? undefined : hoistLexical(cx, (node as ts.VariableStatement).declarationList)
    case K.FunctionDeclaration: return hoistNamed(cx, (node as ts.FunctionDeclaration).name, 'fn')
    case K.ClassDeclaration: return hoistNamed(cx, (node as ts.ClassDeclaration).name, 'class')
    case K.EnumDeclaration: return hoistNamed(cx, (node as ts.EnumDeclaration).name, 'enum')
    case K.ModuleDeclaration: return hoistNamespace(cx, node as ts.ModuleDeclaration)
    case K.ImportDeclaration: return hoistImport(cx, (node as ts.ImportDeclaration).importClause)
    case K.ImportEqualsDeclaration: return hoistImportEquals(cx, node as ts.ImportEqualsDeclaration)
  }
}

/** `declare const global: { db: Database }` gives the global object a type, not a module a name of its own. */
export function saysWhatIsThere(node: ts.Node): boolean {
  const { declarationList, modifiers } = node as ts.VariableStatement
  return modifiers?.some(({ kind }) => kind === K.DeclareKeyword) === true && declarationList.declarations.every(({ name }) => name.kind === K.Identifier && /^(global|globalThis)$/.test(ts.idText(name)))
}

function hoistNamed(cx: Context, name: ts.Identifier | undefined, kind: BindingKind): void {
  if (name !== undefined && name.pos !== name.end) declare(cx, name, kind)
}

/** Binds the names of a `let`, `const` or `using` list in the current scope. */
export function hoistLexical(cx: Context, list: ts.VariableDeclarationList): void {
  const kind = listKind(list)
  if (kind === 'var') return
  for (const declaration of list.declarations) declareNames(cx, declaration.name, kind === 'let' ? 'let' : 'const')
}

/** The keyword of a declaration list. */
export function listKind(list: ts.VariableDeclarationList): 'var' | 'let' | 'const' | 'using' {
  if ((list.flags & ts.NodeFlags.Using) !== 0) return 'using'
  if ((list.flags & ts.NodeFlags.Const) !== 0) return 'const'
  return (list.flags & ts.NodeFlags.Let) !== 0 ? 'let' : 'var'
}

function hoistImport(cx: Context, clause: ts.ImportClause | undefined): void {
  if (clause === undefined) return
  hoistNamed(cx, clause.name, 'import')
  const bound = clause.namedBindings
  if (bound === undefined) return
  if (bound.kind === K.NamespaceImport) hoistNamed(cx, bound.name, 'import')
  else for (const element of bound.elements) hoistNamed(cx, element.name, 'import')
}

function hoistImportEquals(cx: Context, node: ts.ImportEqualsDeclaration): void {
  hoistNamed(cx, node.name, node.moduleReference.kind === K.ExternalModuleReference ? 'import' : 'const')
}

function hoistNamespace(cx: Context, node: ts.ModuleDeclaration): void {
  if (node.name.kind === K.Identifier && holdsValues(node)) hoistNamed(cx, node.name, 'ns')
}

/** Whether a namespace exists at run time: not ambient, and more in it than types. */
export function holdsValues(node: ts.ModuleDeclaration): boolean {
  const body = node.body
  if (body === undefined || (node.flags & ts.NodeFlags.GlobalAugmentation) !== 0) return false
  if (node.modifiers?.some(modifier => modifier.kind === K.DeclareKeyword) === true) return false
  if (body.kind === K.ModuleDeclaration) return holdsValues(body as ts.ModuleDeclaration)
  if (body.kind !== K.ModuleBlock) return false
  return body.statements.some(statement => statement.kind !== K.InterfaceDeclaration && statement.kind !== K.TypeAliasDeclaration)
}

/** Binds each `var` at or below a statement; does not enter functions, nor expressions. */
function hoistVars(cx: Context, node: ts.Statement | undefined): void {
  switch (node?.kind) {
    case K.VariableStatement: return saysWhatIsThere(node) ? undefined : hoistVarList(cx, (node as ts.VariableStatement).declarationList)
    case K.Block: return hoistVarsOf(cx, (node as ts.Block).statements)
    case K.IfStatement:
      hoistVars(cx, (node as ts.IfStatement).thenStatement)
      return hoistVars(cx, (node as ts.IfStatement).elseStatement)
    case K.ForStatement: case K.ForInStatement: case K.ForOfStatement:
      hoistVarList(cx, (node as ts.ForStatement).initializer)
      return hoistVars(cx, (node as ts.ForStatement).statement)
    case K.WhileStatement: case K.DoStatement: case K.LabeledStatement: case K.WithStatement:
      return hoistVars(cx, (node as ts.WhileStatement).statement)
    case K.TryStatement:
      hoistVars(cx, (node as ts.TryStatement).tryBlock)
      hoistVars(cx, (node as ts.TryStatement).catchClause?.block)
      return hoistVars(cx, (node as ts.TryStatement).finallyBlock)
    case K.SwitchStatement:
      for (const clause of (node as ts.SwitchStatement).caseBlock.clauses) hoistVarsOf(cx, clause.statements)
  }
}

function hoistVarsOf(cx: Context, statements: readonly ts.Statement[]): void {
  for (const statement of statements) hoistVars(cx, statement)
}

function hoistVarList(cx: Context, list: ts.Node | undefined): void {
  if (list?.kind !== K.VariableDeclarationList || (list.flags & ts.NodeFlags.BlockScoped) !== 0) return
  for (const declaration of (list as ts.VariableDeclarationList).declarations) declareNames(cx, declaration.name, 'var')
}

/** Binds names that a Svelte component declares by computing them: `$: total = count * price`, `$: ({ page } = data)`. */
export function hoistReactive(cx: Context, statements: readonly ts.Statement[]): void {
  for (const statement of statements) {
    if (statement.kind !== K.LabeledStatement || ts.idText((statement as ts.LabeledStatement).label) !== '$') continue
    const inner = (statement as ts.LabeledStatement).statement
    if (inner.kind !== K.ExpressionStatement) continue
    const assignment = unwrapped((inner as ts.ExpressionStatement).expression)
    if (assignment.kind === K.BinaryExpression && (assignment as ts.BinaryExpression).operatorToken.kind === K.EqualsToken) declareTargets(cx, (assignment as ts.BinaryExpression).left)
  }
}

function unwrapped(node: ts.Expression): ts.Expression {
  return node.kind === K.ParenthesizedExpression ? unwrapped((node as ts.ParenthesizedExpression).expression) : node
}

function declareTargets(cx: Context, target: ts.Node): void {
  switch (target.kind) {
    case K.Identifier:
      if (lookup(cx, ts.idText(target as ts.Identifier)) === undefined && !ts.idText(target as ts.Identifier).startsWith('$')) declare(cx, target as ts.Identifier, 'let')
      return
    case K.ObjectLiteralExpression: return (target as ts.ObjectLiteralExpression).properties.forEach(part => declareTargets(cx, part))
    case K.ArrayLiteralExpression: return (target as ts.ArrayLiteralExpression).elements.forEach(part => declareTargets(cx, part))
    case K.ShorthandPropertyAssignment: return declareTargets(cx, (target as ts.ShorthandPropertyAssignment).name)
    case K.PropertyAssignment: return declareTargets(cx, (target as ts.PropertyAssignment).initializer)
    case K.SpreadAssignment: case K.SpreadElement: return declareTargets(cx, (target as ts.SpreadElement).expression)
    case K.BinaryExpression: return declareTargets(cx, (target as ts.BinaryExpression).left)
  }
}
