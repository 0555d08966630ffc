import type { BindingId } from '../model/facts.js'
import type { Context } from './context.js'

/** Exports a binding once: from the module, or from the namespace under way. Overloads and merged declarations repeat it. */
export function exportBinding(cx: Context, b: BindingId, as?: string): void {
  const binding = cx.facts.bindings[b]
  if (binding === undefined) return
  const { n, p, e } = binding
  const name = as ?? n
  if (cx.members === undefined) {
    if (!cx.facts.exports.some(fact => fact.b === b && fact.n === name)) cx.facts.exports.push({ n: name, p, b })
  } else if (!cx.members.some(member => member.n === n)) cx.members.push({ n, b, p, e })
}
