import { ts } from 'ts-morph'
import type { BindingFact, BindingId, BindingKind, Expr } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'

/** Opens a scope inside the current one; the caller restores `cx.scope`. */
export function openScope(cx: Context): void {
  cx.scope = { parent: cx.scope, names: undefined }
}

/** The binding a name means here, or undefined when the file does not bind it. */
export function lookup(cx: Context, name: string): BindingId | undefined {
  for (let scope: Context['scope'] | undefined = cx.scope; scope !== undefined; scope = scope.parent) {
    const found = scope.names?.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Binds an identifier in the current scope; a second declaration of the same name there is the same binding. */
export function declare(cx: Context, id: ts.Identifier, kind: BindingKind): BindingId {
  const name = ts.idText(id)
  const names = (cx.scope.names ??= new Map<string, BindingId>())
  const known = names.get(name)
  if (known !== undefined && kind !== 'param') return known
  const binding: BindingFact = { n: name, p: startOf(cx, id), e: id.end, kind, f: cx.fn }
  if (cx.loop && kind !== 'var' && kind !== 'param') binding.loop = 1
  names.set(name, cx.facts.bindings.push(binding) - 1)
  return cx.facts.bindings.length - 1
}

/** Binds every name of a binding pattern in the current scope. */
export function declareNames(cx: Context, name: ts.BindingName, kind: BindingKind): void {
  if (name.kind === ts.SyntaxKind.Identifier) {
    if (name.pos !== name.end) declare(cx, name, kind)
    return
  }
  for (const element of name.elements) {
    if (element.kind === ts.SyntaxKind.BindingElement) declareNames(cx, element.name, kind)
  }
}

/** A name as an expression: a reference where the file binds it, else a global. */
export function reference(cx: Context, name: string, p: number, e: number): Expr {
  const b = lookup(cx, name)
  if (b !== undefined) return { k: 'ref', b, p, e }
  if (name === 'arguments') markArguments(cx)
  return { k: 'glob', n: name, p, e }
}

function markArguments(cx: Context): void {
  let fn = cx.facts.functions[cx.fn]
  while (fn?.kind === 'arrow') fn = cx.facts.functions[fn.owner]
  if (fn !== undefined && fn.kind !== 'module') fn.args = 1
}
