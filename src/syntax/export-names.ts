import type { BindingId } from '../model/facts.js'
import type { Context } from './context.js'

/** Exports a binding under its own name: from the module, or from the namespace under way. */
export function exportBinding(cx: Context, b: BindingId, as?: string): void {
  const binding = cx.facts.bindings[b]
  if (binding === undefined) return
  const { n, p, e } = binding
  if (cx.members === undefined) cx.facts.exports.push({ n: as ?? n, p, b })
  else if (!cx.members.some(member => member.n === n)) cx.members.push({ n, b, p, e })
}
