import { ts } from 'ts-morph'
import type { DecoratorFact } from '../model/facts.js'
import { startOf } from './context.js'
import type { Context } from './context.js'
import { lowerExpr } from './dispatch.js'

/** Decorators of a class, member or parameter; undefined when it has none. */
export function lowerDecorators(cx: Context, node: { readonly modifiers?: ts.NodeArray<ts.ModifierLike> | undefined }): DecoratorFact[] | undefined {
  let out: DecoratorFact[] | undefined
  for (const modifier of node.modifiers ?? []) {
    if (modifier.kind !== ts.SyntaxKind.Decorator) continue
    out ??= []
    out.push({ x: lowerExpr(cx, modifier.expression), p: startOf(cx, modifier), e: modifier.end })
  }
  return out
}

/** Whether a declaration carries a modifier such as `static` or `export`. */
export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const modifiers = (node as { modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers
  return modifiers !== undefined && modifiers.some(modifier => modifier.kind === kind)
}
